// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/changescene.h"

using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;
using Scene = ChangeScene;
using State = ChangeOutcome::State;
using Way = ScriptedReply::Way;

namespace {

const QByteArray success = R"({"success":true})";
const ScriptedReply gone{.status = 404, .body = R"({"type":"NotFound","message":"No such credential."})"};

void remove(Scene &scene)
{
    scene.change = CredentialChange::remove(scene.service, u"575e"_s, Scene::credentialOf(Scene::stored()),
                                            scene.finished());
}

} // namespace

/// A credential is deleted, and what became of that is said as well as it can be known.
class CredentialDeleteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSuccessIsDone_data();
    void aSuccessIsDone();
    void aRefusalIsNotDone_data();
    void aRefusalIsNotDone();
    void whatIsLostIsLookedUp_data();
    void whatIsLostIsLookedUp();
    void aServerThatFindsNothingAtAllDoesNotTell();
    void aRefusedTokenSendsItAgainIfItIsThere_data();
    void aRefusedTokenSendsItAgainIfItIsThere();
    void withoutAnotherTokenItIsUnknownUntilItIsLookedUp_data();
    void withoutAnotherTokenItIsUnknownUntilItIsLookedUp();
    void cancellingLooksUpWhatBecameOfIt();
};

void CredentialDeleteTest::aSuccessIsDone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("200") << 200 << success;
    QTest::newRow("204") << 204 << ""_ba;
}

void CredentialDeleteTest::aSuccessIsDone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Scene scene;
    scene.write = {.status = status, .body = body};
    remove(scene);
    QVERIFY(scene.outcomes.empty());
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.name, u"S3 archive"_s);
    QCOMPARE(scene.server.requests().size(), 1U);
    QCOMPARE(scene.server.request(0).method, "DELETE"_ba);
    QCOMPARE(scene.server.request(0).path(), "/applications/575e/credentials/575ecf887ae143cd83dc4aa2"_ba);
    QVERIFY(scene.server.request(0).body.isEmpty());
    QCOMPARE(scene.changes, QStringList{u"575e -1"_s});
}

void CredentialDeleteTest::aRefusalIsNotDone_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 403, 405, 409, 429})
        QTest::addRow("%d", status) << status;
}

void CredentialDeleteTest::aRefusalIsNotDone()
{
    QFETCH(int, status);
    Scene scene;
    scene.write = {.status = status, .body = R"({"message":"because"})"};
    remove(scene);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.serverMessage, u"because"_s);
    QCOMPARE(scene.server.requests().size(), 1U);
    QCOMPARE(scene.changes, QStringList());
}

void CredentialDeleteTest::whatIsLostIsLookedUp_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Way>("way");
    QTest::addColumn<int>("looked");
    QTest::addColumn<State>("state");
    QTest::newRow("closed, gone") << 200 << success << Way::CloseBefore << 404 << State::Done;
    QTest::newRow("closed, there") << 200 << success << Way::CloseBefore << 200 << State::NotDone;
    QTest::newRow("closed, no telling") << 200 << success << Way::CloseBefore << 403 << State::Unknown;
    QTest::newRow("stalled, gone") << 200 << success << Way::Stall << 404 << State::Done;
    QTest::newRow("404, gone") << 404 << gone.body << Way::Whole << 404 << State::Done;
    QTest::newRow("404, there") << 404 << gone.body << Way::Whole << 200 << State::NotDone;
    QTest::newRow("502, gone") << 502 << "<html>"_ba << Way::Whole << 404 << State::Done;
    QTest::newRow("no success, there")
        << 200 << R"({"success":false})"_ba << Way::Whole << 200 << State::NotDone;
    QTest::newRow("no JSON, gone") << 200 << "<html>"_ba << Way::Whole << 404 << State::Done;
}

void CredentialDeleteTest::whatIsLostIsLookedUp()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Way, way);
    QFETCH(int, looked);
    QFETCH(State, state);
    Scene scene;
    bool isWarm = false;
    scene.looks = {[] { return Scene::shown(Scene::stored()); },
                   [looked] {
                       ScriptedReply reply = looked == 404 ? gone : Scene::shown(Scene::stored());
                       reply.status = looked;
                       return reply;
                   }};
    const PendingCall call =
        scene.service.get(u"575e"_s, u"575ecf887ae143cd83dc4aa2"_s,
                          [&](const Result<Credential> &credential) { isWarm = credential.has_value(); });
    QTRY_VERIFY(isWarm); // the server has answered something by then
    scene.write = {.status = status, .body = body, .way = way};
    remove(scene);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, state);
    QCOMPARE(scene.server.count("GET"), state == State::Done ? 2 : 4);
    if (state == State::Done)
        QCOMPARE(scene.changes.back(), u"575e -1"_s);
    else
        QVERIFY(!scene.changes.contains(u"575e -1"_s));
}

void CredentialDeleteTest::aServerThatFindsNothingAtAllDoesNotTell()
{
    Scene scene;
    scene.looks = {[] { return ScriptedReply{.status = 404, .body = "<html>"}; }};
    scene.write = {.status = 404, .body = "<html>"};
    remove(scene);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
}

void CredentialDeleteTest::aRefusedTokenSendsItAgainIfItIsThere_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("there") << true;
    QTest::newRow("gone") << false;
}

void CredentialDeleteTest::aRefusedTokenSendsItAgainIfItIsThere()
{
    QFETCH(bool, isThere);
    Scene scene;
    scene.transport.setToken("old");
    scene.transport.setAwaitsToken(true);
    scene.validToken = "new";
    connect(&scene.transport, &Transport::tokenRefused, &scene.transport,
            [&] { scene.transport.setToken("new"); });
    scene.write = {.body = success};
    scene.looks = {[isThere] { return isThere ? Scene::shown(Scene::stored()) : gone; }};
    remove(scene);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.server.count("DELETE"), isThere ? 2 : 1);
}

void CredentialDeleteTest::withoutAnotherTokenItIsUnknownUntilItIsLookedUp_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<State>("found");
    QTest::newRow("there") << true << State::NotDone;
    QTest::newRow("gone") << false << State::Done;
}

void CredentialDeleteTest::withoutAnotherTokenItIsUnknownUntilItIsLookedUp()
{
    QFETCH(bool, isThere);
    QFETCH(State, found);
    Scene scene;
    scene.write = {.status = 401, .body = R"({"message":"Expired."})"};
    remove(scene);
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.serverMessage, u"Expired."_s);
    QCOMPARE(scene.server.requests().size(), 1U);

    scene.looks = {[isThere] { return isThere ? Scene::shown(Scene::stored()) : gone; }};
    scene.change->checkAgain();

    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, found);
    QCOMPARE(scene.server.count("DELETE"), 1);
}

void CredentialDeleteTest::cancellingLooksUpWhatBecameOfIt()
{
    Scene scene;
    scene.write = {.way = Way::Stall};
    remove(scene);
    QTRY_COMPARE(scene.server.count("DELETE"), 1);
    scene.change->cancel();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone); // it is there
    QCOMPARE(scene.server.count("DELETE"), 1);
}

QTEST_GUILESS_MAIN(CredentialDeleteTest)
#include "credentialdeletetest.moc"
