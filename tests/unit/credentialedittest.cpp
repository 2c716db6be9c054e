// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/changescene.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;
using Scene = ChangeScene;
using State = ChangeOutcome::State;
using Way = ScriptedReply::Way;

namespace {

const QString us = u"57a1"_s;

CredentialDraft draftUpon(const QJsonObject &stored)
{
    return LosantJson::readDraft(Scene::credentialOf(stored));
}

CredentialDraft renamed()
{
    CredentialDraft draft = draftUpon(Scene::stored());
    draft.set(FieldId::name, u"Archive"_s);
    return draft;
}

CredentialDraft withSecret()
{
    CredentialDraft draft = draftUpon(Scene::stored());
    draft.set(draft.shownField("secretAccessKey"_L1).value(), u"typed-secret"_s);
    return draft;
}

/// What the server has once renamed() was carried out.
QJsonObject renamedThere()
{
    return Scene::updated(Scene::with(Scene::stored(), u"name"_s, u"Archive"_s));
}

/// What the server has once withSecret() was.
QJsonObject updatedBy(const QString &id, const QString &type = u"user"_s)
{
    return Scene::with(Scene::with(Scene::updated(Scene::stored()), u"lastUpdatedById"_s, id),
                       u"lastUpdatedByType"_s, type);
}

void edit(Scene &scene, const CredentialDraft &draft, const QString &userId = us)
{
    scene.change = CredentialChange::edit(scene.service, u"575e"_s, draft, userId, scene.finished());
}

/// The first look is the one before the edit.
void look(Scene &scene, const std::vector<QJsonObject> &objects)
{
    scene.looks = {[] { return Scene::shown(Scene::stored()); }};
    for (const QJsonObject &object : objects)
        scene.looks.push_back([object] { return Scene::shown(object); });
}

} // namespace

/// A credential is edited once, unless somebody else did so meanwhile, and what became of that is said as
/// well as it can be known.
class CredentialEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheServerHasIsTheOutcome();
    void anUnknownTypeCanBeDisabled();
    void whatTheServerMadeSomethingElseOfIsSaid();
    void whatSomebodyElseEditedIsNotSent_data();
    void whatSomebodyElseEditedIsNotSent();
    void whatCannotBeReadBeforeIsNotSent_data();
    void whatCannotBeReadBeforeIsNotSent();
    void aRefusalIsNotDone_data();
    void aRefusalIsNotDone();
    void aLostAnswerIsLookedUp_data();
    void aLostAnswerIsLookedUp();
    void whatIsNotThereYetIsLookedUpAgain();
    void whereOnlySecretsWereSentItMustBeByUs_data();
    void whereOnlySecretsWereSentItMustBeByUs();
    void anotherUpdateThatWasSeenLeavesSecretsUnknown();
    void aGeneratedKeyTellsThatItWasDone_data();
    void aGeneratedKeyTellsThatItWasDone();
    void aServerWithoutAClockLeavesItUnknown();
    void aRefusedTokenSendsItAgainIfItWasNotDone_data();
    void aRefusedTokenSendsItAgainIfItWasNotDone();
    void withoutAnotherTokenItIsUnknownUntilItIsLookedUp_data();
    void withoutAnotherTokenItIsUnknownUntilItIsLookedUp();
    void cancellingBeforeItIsSentIsNotDone();
    void cancellingLooksUpWhatBecameOfIt();
    void aLostServerIsUnknownAndCanBeCheckedAgain();
};

void CredentialEditTest::whatTheServerHasIsTheOutcome()
{
    Scene scene;
    scene.write = Scene::shown(renamedThere());
    edit(scene, renamed());
    QVERIFY(scene.outcomes.empty());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.name, u"Archive"_s);
    QVERIFY(scene.outcomes[0].isAsMeant);
    QVERIFY(scene.outcomes[0].publicKey.isEmpty());
    QCOMPARE(scene.server.requests().size(), 2U);
    QCOMPARE(scene.server.request(0).method, "GET"_ba);
    const RecordedRequest &sent = scene.server.request(1);
    QCOMPARE(sent.method, "PATCH"_ba);
    QCOMPARE(sent.path(), "/applications/575e/credentials/575ecf887ae143cd83dc4aa2"_ba);
    QCOMPARE(sent.body, R"({"name":"Archive"})"_ba);
    QCOMPARE(scene.changes, QStringList{u"575e 0"_s});
}

void CredentialEditTest::anUnknownTypeCanBeDisabled()
{
    for (const bool isDone : {true, false}) {
        Scene scene;
        const QJsonObject stored = Scene::with(Scene::stored(), u"type"_s, u"unheard"_s);
        scene.looks = {[stored] { return Scene::shown(stored); }};
        scene.write =
            Scene::shown(Scene::updated(isDone ? Scene::with(stored, u"enabled"_s, false) : stored));
        CredentialDraft draft = draftUpon(stored);
        draft.clear(FieldId::enabled);
        edit(scene, draft);
        QVERIFY(scene.wait());
        QCOMPARE(scene.outcomes[0].state, State::Done);
        QCOMPARE(scene.outcomes[0].isAsMeant, isDone);
        QCOMPARE(scene.server.request(1).body, R"({"enabled":false})"_ba);
    }
}

void CredentialEditTest::whatTheServerMadeSomethingElseOfIsSaid()
{
    Scene scene;
    scene.write = Scene::shown(Scene::with(renamedThere(), u"description"_s, u""_s));
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QVERIFY(!scene.outcomes[0].isAsMeant);
}

void CredentialEditTest::whatSomebodyElseEditedIsNotSent_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<QJsonObject>("now");
    QTest::newRow("updated") << Scene::stored() << Scene::updated(Scene::stored());
    const QJsonObject undated = Scene::with(Scene::stored(), u"lastUpdated"_s, QJsonValue::Undefined);
    QTest::newRow("undated, another name") << undated << Scene::with(undated, u"name"_s, u"Theirs"_s);
    QTest::newRow("undated, disabled") << undated << Scene::with(undated, u"enabled"_s, false);
    QTest::newRow("undated, another configuration")
        << undated << Scene::with(undated, u"awsConfig"_s, QJsonObject{{u"region"_s, u"eu-west-1"_s}});
}

void CredentialEditTest::whatSomebodyElseEditedIsNotSent()
{
    QFETCH(QJsonObject, before);
    QFETCH(QJsonObject, now);
    CredentialDraft draft = draftUpon(before);
    draft.set(FieldId::description, u"Ours"_s);
    Scene scene;
    scene.looks = {[now] { return Scene::shown(now); }};
    edit(scene, draft);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QVERIFY(scene.outcomes[0].theirs == Scene::credentialOf(now));
    QCOMPARE(scene.server.requests().size(), 1U);
    QCOMPARE(scene.changes, QStringList());
}

void CredentialEditTest::whatCannotBeReadBeforeIsNotSent_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {401, 403, 404, 418})
        QTest::addRow("%d", status) << status;
}

void CredentialEditTest::whatCannotBeReadBeforeIsNotSent()
{
    QFETCH(int, status);
    Scene scene;
    scene.looks = {[status] { return ScriptedReply{.status = status}; }};
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.httpStatus, status);
    QVERIFY(!scene.outcomes[0].theirs);
    QCOMPARE(scene.server.requests().size(), 1U);
}

void CredentialEditTest::aRefusalIsNotDone_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 403, 404, 409, 413, 429})
        QTest::addRow("%d", status) << status;
}

void CredentialEditTest::aRefusalIsNotDone()
{
    QFETCH(int, status);
    Scene scene;
    scene.write = {.status = status, .body = R"({"message":"because"})"};
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.httpStatus, status);
    QCOMPARE(scene.server.requests().size(), 2U);
    QCOMPARE(scene.changes, QStringList());
}

void CredentialEditTest::aLostAnswerIsLookedUp_data()
{
    QTest::addColumn<QJsonObject>("there");
    QTest::addColumn<State>("state");
    const QJsonObject renamed = Scene::with(Scene::stored(), u"name"_s, u"Archive"_s);
    QTest::newRow("as meant") << renamedThere() << State::Done;
    QTest::newRow("as it was") << Scene::stored() << State::NotDone;
    QTest::newRow("as meant, but before") << Scene::updated(renamed, 60) << State::Unknown;
    QTest::newRow("as meant, but undated")
        << Scene::with(renamed, u"lastUpdated"_s, QJsonValue::Undefined) << State::Unknown;
    QTest::newRow("another name") << Scene::updated(Scene::stored()) << State::Unknown;
    QTest::newRow("and something else") << Scene::with(renamedThere(), u"enabled"_s, false) << State::Unknown;
    QTest::newRow("another type") << Scene::with(renamedThere(), u"type"_s, u"gcp"_s) << State::Unknown;
}

void CredentialEditTest::aLostAnswerIsLookedUp()
{
    QFETCH(QJsonObject, there);
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    look(scene, {there});
    edit(scene, renamed());
    QSignalSpy lost(scene.change.get(), &CredentialChange::answerLost);
    QVERIFY(scene.wait());
    QTEST(scene.outcomes[0].state, "state");
    QCOMPARE(lost.size(), 1);
    QCOMPARE(scene.server.count("PATCH"), 1);
    const bool isDone = scene.outcomes[0].state == State::Done;
    QCOMPARE(scene.outcomes[0].credential.name, isDone ? u"Archive"_s : QString());
    QCOMPARE(scene.server.count("GET"), isDone ? 2 : 4);
}

void CredentialEditTest::whatIsNotThereYetIsLookedUpAgain()
{
    Scene scene;
    scene.write = {.status = 502};
    look(scene, {Scene::stored(), renamedThere()});
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.server.count("GET"), 3);
}

void CredentialEditTest::whereOnlySecretsWereSentItMustBeByUs_data()
{
    QTest::addColumn<QJsonObject>("there");
    QTest::addColumn<QString>("userId");
    QTest::addColumn<State>("state");
    QTest::newRow("by us") << updatedBy(us) << us << State::Done;
    QTest::newRow("not done") << Scene::stored() << us << State::NotDone;
    QTest::newRow("by somebody else") << updatedBy(u"other"_s) << us << State::Unknown;
    QTest::newRow("by a workflow") << updatedBy(us, u"flow"_s) << us << State::Unknown;
    QTest::newRow("by nobody") << Scene::updated(Scene::stored()) << us << State::Unknown;
    QTest::newRow("who we are is not known") << updatedBy(QString()) << QString() << State::Unknown;
    QTest::newRow("with something else")
        << Scene::with(updatedBy(us), u"name"_s, u"Theirs"_s) << us << State::Unknown;
}

void CredentialEditTest::whereOnlySecretsWereSentItMustBeByUs()
{
    QFETCH(QJsonObject, there);
    QFETCH(QString, userId);
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    look(scene, {there});
    edit(scene, withSecret(), userId);
    QVERIFY(scene.wait());
    QTEST(scene.outcomes[0].state, "state");
    QVERIFY(scene.server.request(1).body.contains("typed-secret"));
}

void CredentialEditTest::anotherUpdateThatWasSeenLeavesSecretsUnknown()
{
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    look(scene, {updatedBy(u"other"_s),
                 Scene::with(updatedBy(us), u"lastUpdated"_s,
                             QDateTime::currentDateTimeUtc().addSecs(1).toString(Qt::ISODateWithMs))});
    edit(scene, withSecret());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.server.count("GET"), 4);
}

void CredentialEditTest::aGeneratedKeyTellsThatItWasDone_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<State>("state");
    QTest::newRow("a new key") << u"ssh-ed25519 NEW"_s << State::Done;
    QTest::newRow("the old key") << u"ssh-ed25519 OLD"_s << State::Unknown;
}

void CredentialEditTest::aGeneratedKeyTellsThatItWasDone()
{
    QFETCH(QString, key);
    const auto withKey = [](const QString &publicKey) {
        QJsonObject object = Scene::with(Scene::stored(), u"type"_s, u"git"_s);
        object.remove(u"awsConfig"_s);
        object[u"gitConfig"_s] = QJsonObject{{u"type"_s, u"ssh-key"_s},
                                             {u"cloneUrl"_s, u"git@example.com:a/b.git"_s},
                                             {u"publicKey"_s, publicKey}};
        return object;
    };
    const QJsonObject before = withKey(u"ssh-ed25519 OLD"_s);
    CredentialDraft draft = draftUpon(before);
    draft.set(draft.shownField("generatePrivateKey"_L1).value(), u"true"_s);
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    scene.looks = {[before] { return Scene::shown(before); },
                   [there = Scene::updated(withKey(key))] { return Scene::shown(there); }};
    edit(scene, draft, QString());
    QVERIFY(scene.wait());
    QTEST(scene.outcomes[0].state, "state");
    QCOMPARE(scene.outcomes[0].publicKey, scene.outcomes[0].state == State::Done ? key : QString());
}

void CredentialEditTest::aServerWithoutAClockLeavesItUnknown()
{
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    scene.looks = {[] { return ScriptedReply{.body = QJsonDocument(Scene::stored()).toJson()}; },
                   [] { return ScriptedReply{.body = QJsonDocument(renamedThere()).toJson()}; }};
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
}

void CredentialEditTest::aRefusedTokenSendsItAgainIfItWasNotDone_data()
{
    QTest::addColumn<QJsonObject>("there");
    QTest::addColumn<int>("sent");
    QTest::newRow("not done") << Scene::stored() << 2;
    QTest::newRow("done") << renamedThere() << 1;
}

void CredentialEditTest::aRefusedTokenSendsItAgainIfItWasNotDone()
{
    QFETCH(QJsonObject, there);
    Scene scene;
    scene.transport.setToken("old");
    scene.transport.setAwaitsToken(true);
    scene.validToken = "new";
    connect(&scene.transport, &Transport::tokenRefused, &scene.transport,
            [&] { scene.transport.setToken("new"); });
    scene.write = Scene::shown(renamedThere());
    look(scene, {there});
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.name, u"Archive"_s);
    QTEST(scene.server.count("PATCH"), "sent");
}

void CredentialEditTest::withoutAnotherTokenItIsUnknownUntilItIsLookedUp_data()
{
    QTest::addColumn<State>("found");
    QTest::newRow("not done") << State::NotDone;
    QTest::newRow("done") << State::Done;
}

void CredentialEditTest::withoutAnotherTokenItIsUnknownUntilItIsLookedUp()
{
    QFETCH(State, found);
    Scene scene;
    scene.write = {.status = 401, .body = R"({"message":"Expired."})"};
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.httpStatus, 401);
    QVERIFY(!scene.outcomes[0].error.tokenRenewed);
    QVERIFY(!scene.outcomes[0].isStillLookedFor);
    QCOMPARE(scene.server.requests().size(), 2U);
    QVERIFY(scene.changes.contains(u"575e 0"_s));

    scene.looks = {[found] { return Scene::shown(found == State::Done ? renamedThere() : Scene::stored()); }};
    scene.change->checkAgain();

    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, found);
    QCOMPARE(scene.outcomes[1].error.tokenRenewed, found == State::NotDone);
    QCOMPARE(scene.server.count("PATCH"), 1);
}

void CredentialEditTest::cancellingBeforeItIsSentIsNotDone()
{
    Scene scene;
    scene.looks = {[] { return ScriptedReply{.way = Way::Stall}; }};
    edit(scene, renamed());
    QTRY_COMPARE(scene.server.count("GET"), 1);
    scene.change->cancel();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.server.count("PATCH"), 0);
    QCOMPARE(scene.changes, QStringList());
}

void CredentialEditTest::cancellingLooksUpWhatBecameOfIt()
{
    Scene scene;
    scene.write = {.way = Way::Stall};
    look(scene, {renamedThere()});
    edit(scene, renamed());
    QTRY_COMPARE(scene.server.count("PATCH"), 1);
    scene.change->cancel();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
}

void CredentialEditTest::aLostServerIsUnknownAndCanBeCheckedAgain()
{
    bool isThere = false;
    Scene scene;
    scene.write = {.way = Way::CloseBefore};
    scene.looks = {
        [] { return Scene::shown(Scene::stored()); },
        [&isThere] { return isThere ? Scene::shown(renamedThere()) : ScriptedReply{.status = 418}; }};
    edit(scene, renamed());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(!scene.outcomes[0].isStillLookedFor);

    isThere = true;
    scene.change->checkAgain();
    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, State::Done);
    QCOMPARE(scene.server.count("PATCH"), 1);
}

QTEST_GUILESS_MAIN(CredentialEditTest)
#include "credentialedittest.moc"
