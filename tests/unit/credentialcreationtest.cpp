// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialchange.h"

#include "support/creationscene.h"
#include "support/holdsfor.h"
#include "support/testcertificate.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using State = ChangeOutcome::State;
using Way = ScriptedReply::Way;

namespace {

using Scene = CreationScene;

const QByteArray createdBody = R"({"id":"575ecf887ae143cd83dc4aa2","name":"S3 archive","type":"aws"})";

} // namespace

/// A credential is posted once, and what became of it is said as well as it can be known.
class CredentialCreationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }

    void a2xxOfThePostedNameIsCreated_data();
    void a2xxOfThePostedNameIsCreated();
    void aGeneratedKeyIsHandedOver_data();
    void aGeneratedKeyIsHandedOver();
    void aRefusalIsNotCreated_data();
    void aRefusalIsNotCreated();
    void aBodyThatWasNeverSentIsNotCreated();
    void aLostAnswerIsLookedUpAndFound_data();
    void aLostAnswerIsLookedUpAndFound();
    void theNameIsLookedUpExactly_data();
    void theNameIsLookedUpExactly();
    void aLateCredentialIsFoundAndOtherwiseItIsUnknown();
    void cancellingLooksUpWhatBecameOfIt();
    void cancellingBeforeAnythingWasSentIsNotCreated();
    void cancellingTheSearchLeavesItUnknown();
    void checkingAgainAsksOnceMore();
    void aServerOutOfReachIsAskedUntilItAnswers_data();
    void aServerOutOfReachIsAskedUntilItAnswers();
    void nobodyIsAskedOnceLookingIsStopped();
    void aDroppedCreationSaysNothingAndAsksNothing();
    void aCreationMayBeDeletedByItsOutcome();
    void cancellingAfterTheAnswerChangesNothing();
};

void CredentialCreationTest::a2xxOfThePostedNameIsCreated_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("201") << 201;
    QTest::newRow("200") << 200;
    QTest::newRow("202") << 202;
}

void CredentialCreationTest::a2xxOfThePostedNameIsCreated()
{
    QFETCH(int, status);
    Scene scene;
    scene.post = {.status = status, .body = createdBody};
    scene.create();
    QVERIFY(scene.outcomes.empty());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.id, u"575ecf887ae143cd83dc4aa2"_s);
    QVERIFY(scene.outcomes[0].publicKey.isEmpty());
    QCOMPARE(scene.lost, 0);
    QCOMPARE(scene.server.requests().size(), 1u);
    QCOMPARE(QJsonDocument::fromJson(scene.server.request(0).body),
             QJsonDocument::fromJson(postedFixture(u"aws"_s)));
}

void CredentialCreationTest::aGeneratedKeyIsHandedOver_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::newRow("snowflake, generated") << u"snowflake-generated"_s << u"ssh-ed25519 AAAA\n"_s;
    QTest::newRow("git, generated") << u"git-generated"_s << u"ssh-ed25519 AAAA\n"_s;
    QTest::newRow("snowflake, pasted") << u"snowflake-pasted"_s << u""_s;
}

void CredentialCreationTest::aGeneratedKeyIsHandedOver()
{
    QFETCH(QString, fixture);
    const CredentialDraft draft = draftFor(postedFixture(fixture));
    Scene scene;
    scene.post = {.status = 201,
                  .body = QJsonDocument(QJsonObject{{u"name"_s, draft.value(FieldId::name)},
                                                    {u"type"_s, QString(draft.type()->key)},
                                                    {QString(draft.type()->configKey),
                                                     QJsonObject{{u"publicKey"_s, u"ssh-ed25519 AAAA\n"_s}}}})
                              .toJson()};
    scene.create(draft);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QTEST(scene.outcomes[0].publicKey, "key");
}

void CredentialCreationTest::aRefusalIsNotCreated_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Way>("way");
    for (const int status : {400, 403, 404, 405, 406, 409, 411, 413, 414, 415, 422, 429, 431})
        QTest::addRow("%d", status) << status << Way::Whole;
    QTest::newRow("400, cut short") << 400 << Way::CloseInBody;
    QTest::newRow("400, stalled") << 400 << Way::StallInBody;
}

void CredentialCreationTest::aRefusalIsNotCreated()
{
    QFETCH(int, status);
    QFETCH(Way, way);
    Scene scene;
    scene.post = {
        .status = status, .body = R"({"message":"because"})", .headers = {{"Location", "/x"}}, .way = way};
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.httpStatus, status);
    if (way == Way::Whole)
        QCOMPARE(scene.outcomes[0].error.serverMessage, u"because"_s);
    QCOMPARE(scene.server.requests().size(), 1u);
    QCOMPARE(scene.lost, 0);
}

void CredentialCreationTest::aBodyThatWasNeverSentIsNotCreated()
{
    Scene nobody;
    nobody.server.close();
    nobody.create();
    QVERIFY(nobody.wait());
    QCOMPARE(nobody.outcomes[0].state, State::NotDone);
    QCOMPARE(nobody.outcomes[0].error.kind, Kind::Offline);
    QCOMPARE(nobody.lost, 0);

    Scene silent(ScriptedServer::Security::Tls); // never gets as far as a handshake
    silent.server.stopAccepting();
    silent.create();
    QVERIFY(silent.wait());
    QCOMPARE(silent.outcomes[0].state, State::NotDone);
    QCOMPARE(silent.outcomes[0].error.kind, Kind::Timeout);
}

void CredentialCreationTest::aLostAnswerIsLookedUpAndFound_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Way>("way");
    QTest::newRow("closed before the answer") << 201 << createdBody << Way::CloseBefore;
    QTest::newRow("closed in its headers") << 201 << createdBody << Way::CloseInHeaders;
    QTest::newRow("closed in its body") << 201 << createdBody << Way::CloseInBody;
    QTest::newRow("stalled") << 201 << createdBody << Way::Stall;
    QTest::newRow("stalled in its body") << 201 << createdBody << Way::StallInBody;
    QTest::newRow("500") << 500 << QByteArray("oops") << Way::Whole;
    QTest::newRow("502 of a proxy") << 502 << QByteArray("<html>Bad gateway") << Way::Whole;
    QTest::newRow("408") << 408 << QByteArray() << Way::ThenClose;
    for (const int code : {300, 301, 302, 303, 304, 305, 307, 308, 402, 410, 412, 416, 417, 418,
                           421, 423, 424, 425, 426, 428, 451, 499, 501, 511, 599, 600, 999})
        QTest::addRow("%d", code) << code << QByteArray(R"({"message":"because"})") << Way::ThenClose;
    QTest::newRow("201 that is empty") << 201 << QByteArray() << Way::Whole;
    QTest::newRow("200 that is a sign-in page") << 200 << QByteArray("<html>Sign in") << Way::Whole;
    QTest::newRow("201 that is broken") << 201 << QByteArray(R"({"name":"S3 archive")") << Way::Whole;
    QTest::newRow("201 of another name")
        << 201 << QByteArray(R"({"name":"S3 Archive","type":"aws"})") << Way::Whole;
    QTest::newRow("200 that is a page") << 200 << QByteArray(R"({"items":[]})") << Way::Whole;
}

void CredentialCreationTest::aLostAnswerIsLookedUpAndFound()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Way, way);
    Scene scene;
    scene.post = {.status = status, .body = body, .way = way};
    scene.lookUps = {[&] { return scene.page({scene.listed(3600, u"another"_s), scene.listed()}); }};
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.id, u"575ecf887ae143cd83dc4aa2"_s);
    QCOMPARE(scene.lost, 1);
    QCOMPARE(scene.server.count("POST"), 1);
    QCOMPARE(scene.server.count("GET"), 1);
    QVERIFY(scene.answeredAfter < 1000);
}

void CredentialCreationTest::theNameIsLookedUpExactly_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("filter");
    QTest::newRow("plain") << u"S3 archive"_s << u"S3 archive"_s;
    QTest::newRow("another script") << u"仓库"_s << u"仓库"_s;
    QTest::newRow("with wildcards") << u"a*b?c"_s << u"a*b*c"_s;
    QTest::newRow("with what some globs know") << u"[x]{y}(z)!|+@\\"_s << u"*x**y**z******"_s;
    QTest::newRow("percent and ampersand") << u"50% & more"_s << u"50% & more"_s;
}

void CredentialCreationTest::theNameIsLookedUpExactly()
{
    QFETCH(QString, name);
    CredentialDraft draft = draftOfType("aws"_L1);
    draft.set(FieldId::name, name);
    Scene scene;
    scene.post = {.way = Way::CloseBefore};
    scene.lookUps = {[&] {
        return scene.page({scene.listed(0, name.toUpper() + u"x"_s), scene.listed(0, name)});
    }};
    scene.create(draft);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.name, name);
    const RecordedRequest &lookUp = scene.server.request(1);
    QCOMPARE(lookUp.path(), "/applications/575e/credentials"_ba);
    QCOMPARE(lookUp.parameter(u"filterField"_s), u"name"_s);
    QTEST(lookUp.parameter(u"filter"_s), "filter");
    QCOMPARE(lookUp.parameter(u"page"_s), u"0"_s);
    QCOMPARE(lookUp.parameter(u"sortField"_s), u"creationDate"_s);
    QCOMPARE(lookUp.parameter(u"sortDirection"_s), u"desc"_s);
}

void CredentialCreationTest::aLateCredentialIsFoundAndOtherwiseItIsUnknown()
{
    // All at once, since each takes as long as the search does.
    Scene late, second, never, failing;
    std::vector<Scene *> unknown{&never, &failing};
    late.lookUps = {[&] { return late.page({}); }, [&] { return late.page({}); },
                    [&] { return late.page({late.listed()}); }};
    second.lookUps = {[&] { return ScriptedReply{.status = 403}; },
                      [&] { return second.page({second.listed()}); }};
    failing.lookUps = {[&] { return ScriptedReply{.status = 404}; }};

    std::vector<Scene *> all = unknown;
    all.insert(all.end(), {&late, &second});
    for (Scene *scene : all) {
        scene->post = {.status = 503, .body = R"({"message":"busy"})"};
        scene->create();
    }
    for (Scene *scene : all)
        QVERIFY(scene->wait());

    QCOMPARE(late.outcomes[0].state, State::Done);
    QCOMPARE(late.lookUpTimes.size(), 3u);
    QCOMPARE(second.outcomes[0].state, State::Done);
    QCOMPARE(second.lookUpTimes.size(), 2u);
    for (const Scene *scene : unknown) {
        QCOMPARE(scene->outcomes[0].state, State::Unknown);
        QCOMPARE(scene->outcomes[0].error.kind, Kind::Server);
        QCOMPARE(scene->outcomes[0].error.serverMessage, u"busy"_s);
        QVERIFY(!scene->outcomes[0].hasNamesake);
        QCOMPARE(scene->lookUpTimes.size(), 3u);
        QCOMPARE(scene->server.count("POST"), 1);
        QCOMPARE(scene->lost, 1);
    }
    const auto &times = never.lookUpTimes;
    QVERIFY2(times[0] < 500, qPrintable(QString::number(times[0])));
    QVERIFY2(times[1] > 1800 && times[1] < 3000, qPrintable(QString::number(times[1])));
    QVERIFY2(times[2] > 4500 && times[2] < 6500, qPrintable(QString::number(times[2])));
}

void CredentialCreationTest::cancellingLooksUpWhatBecameOfIt()
{
    Scene scene;
    scene.post = {.way = Way::Stall};
    scene.transport.setStallTimeout(10s);
    scene.lookUps = {[&] { return scene.page({scene.listed()}); }};
    scene.create();
    QTRY_COMPARE(scene.server.count("POST"), 1);
    QTRY_VERIFY(scene.server.request(0).isWhole);
    scene.creation->cancel();
    QVERIFY(scene.outcomes.empty());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.lost, 1);
    QCOMPARE(scene.server.count("POST"), 1);
}

void CredentialCreationTest::cancellingBeforeAnythingWasSentIsNotCreated()
{
    Scene scene;
    scene.create();
    scene.creation->cancel();
    QVERIFY(scene.outcomes.empty());
    QVERIFY(scene.wait());
    VERIFY_HOLDS_FOR(100ms, scene.outcomes.size() == 1);
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    for (const RecordedRequest &request : scene.server.requests())
        QVERIFY(request.body.isEmpty() && !request.isWhole);
}

void CredentialCreationTest::cancellingTheSearchLeavesItUnknown()
{
    Scene scene;
    scene.post = {.status = 500};
    scene.create();
    QTRY_COMPARE(scene.server.count("GET"), 1);
    scene.creation->cancel();
    QVERIFY(scene.wait(1, 500));
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.kind, Kind::Server);
    VERIFY_HOLDS_FOR(2300ms, scene.server.count("GET") == 1 && scene.outcomes.size() == 1);
}

void CredentialCreationTest::checkingAgainAsksOnceMore()
{
    Scene scene;
    scene.post = {.status = 500};
    bool isThere = false;
    scene.lookUps = {[&] { return scene.page(isThere ? QJsonArray{scene.listed()} : QJsonArray{}); }};
    scene.create();
    QTRY_COMPARE(scene.server.count("GET"), 1);
    scene.creation->cancel();
    QVERIFY(scene.wait(1));

    scene.creation->checkAgain();
    QVERIFY(scene.wait(2, 1000));
    QCOMPARE(scene.outcomes[1].state, State::Unknown);
    QCOMPARE(scene.server.count("GET"), 2);

    isThere = true;
    scene.creation->checkAgain();
    QVERIFY(scene.wait(3, 1000));
    QCOMPARE(scene.outcomes[2].state, State::Done);
    QCOMPARE(scene.server.count("GET"), 3);
    QCOMPARE(scene.server.count("POST"), 1);
}

void CredentialCreationTest::aServerOutOfReachIsAskedUntilItAnswers_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("it was created") << true;
    QTest::newRow("it was not") << false;
}

void CredentialCreationTest::aServerOutOfReachIsAskedUntilItAnswers()
{
    QFETCH(bool, isThere);
    Scene scene;
    scene.post = {.way = Way::CloseBefore};
    bool isReachable = false;
    scene.lookUps = {[&] {
        return isReachable ? scene.page(isThere ? QJsonArray{scene.listed()} : QJsonArray{})
                           : ScriptedReply{.way = Way::CloseBefore};
    }};
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(scene.outcomes[0].isStillLookedFor);
    const int before = scene.server.count("GET");
    QTRY_VERIFY(scene.server.count("GET") > before);
    QCOMPARE(scene.outcomes.size(), 1u);

    isReachable = true;

    QVERIFY(scene.wait(2, int(CredentialChange::unreachableDelay.count()) + 1000));
    QCOMPARE(scene.outcomes[1].state, isThere ? State::Done : State::Unknown);
    QVERIFY(!scene.outcomes[1].isStillLookedFor);
    QCOMPARE(scene.server.count("POST"), 1);
}

void CredentialCreationTest::nobodyIsAskedOnceLookingIsStopped()
{
    Scene scene;
    scene.post = {.way = Way::CloseBefore};
    scene.lookUps = {[&] { return ScriptedReply{.way = Way::CloseBefore}; }};
    scene.create();
    QVERIFY(scene.wait());
    QVERIFY(scene.outcomes[0].isStillLookedFor);
    const int before = scene.server.count("GET");

    scene.creation->stopLooking();

    VERIFY_HOLDS_FOR(CredentialChange::unreachableDelay + 500ms,
                     scene.server.count("GET") == before && scene.outcomes.size() == 1);
}

void CredentialCreationTest::aDroppedCreationSaysNothingAndAsksNothing()
{
    for (const bool isLost : {false, true}) {
        Scene scene;
        scene.post = {.status = 500, .delay = 50ms};
        scene.create();
        if (isLost)
            QTRY_COMPARE(scene.lost, 1);
        scene.creation.reset();
        // The POST, and the look-up that was on its way: none of those that were to follow.
        VERIFY_HOLDS_FOR(isLost ? 2300ms : 200ms,
                         scene.outcomes.empty() && scene.server.requests().size() <= (isLost ? 2u : 1u));
    }
}

void CredentialCreationTest::aCreationMayBeDeletedByItsOutcome()
{
    ScriptedServer server;
    Transport transport(server.url());
    CredentialService service(transport);
    for (const int status : {201, 400}) {
        server.otherwise({.status = status, .body = createdBody});
        int outcomes = 0;
        std::unique_ptr<CredentialChange> creation;
        creation = CredentialChange::create(
            service, u"575e"_s, draftOfType("aws"_L1), [&](const ChangeOutcome &outcome) {
                creation.reset();
                ++outcomes;
                QCOMPARE(outcome.state == State::Done, status == 201); // the outcome outlives the creation
            });
        QTRY_COMPARE(outcomes, 1);
        VERIFY_HOLDS_FOR(20ms, outcomes == 1);
    }
}

void CredentialCreationTest::cancellingAfterTheAnswerChangesNothing()
{
    Scene scene;
    scene.post = {.status = 201, .body = createdBody};
    scene.create();
    QVERIFY(scene.wait());
    scene.creation->cancel();
    VERIFY_HOLDS_FOR(100ms, scene.outcomes.size() == 1 && scene.server.requests().size() == 1);
}

QTEST_GUILESS_MAIN(CredentialCreationTest)
#include "credentialcreationtest.moc"
