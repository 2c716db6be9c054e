// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialchange.h"

#include "support/creationscene.h"
#include "support/holdsfor.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ChangeOutcome::State;

namespace {

const QByteArray createdBody = R"({"id":"575ecf887ae143cd83dc4aa2","name":"S3 archive","type":"aws"})";

/// A creation whose first token the server takes no longer.
struct Scene : CreationScene
{
    Scene() : refused(&transport, &Transport::tokenRefused)
    {
        validToken = "new";
        transport.setToken("old");
        transport.setAwaitsToken(true);
        post = {.status = 201, .body = createdBody};
    }

    /// Up to the question for another token.
    void createAndBeRefused()
    {
        create();
        if (refused.isEmpty() && !refused.wait())
            qFatal("No other token is asked for");
    }

    QSignalSpy refused;
};

} // namespace

/// What becomes of a creation whose token is refused, once there is another: it is looked up first, and sent
/// again only if it is not there.
class CreationTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsSentAgainIfItIsNotThere();
    void itIsNotSentAgainIfItWasCarriedOutAllTheSame();
    void oneOfTheNameThatIsNotItIsLeftToTheServer_data();
    void oneOfTheNameThatIsNotItIsLeftToTheServer();
    void whatCanNotBeToldIsUnknownAndNotSentAgain_data();
    void whatCanNotBeToldIsUnknownAndNotSentAgain();
    void aLookUpThatFailsIsTriedLater();
    void afterAnOutageNothingIsSentUnasked();
    void oneThatSomebodyElseMadeBeforeItWasSentAgainIsNotTakenForIt();
    void theAnswerToTheSecondMayBeLostToo();
    void aSecondTokenThatIsRefusedIsNotSentAThirdTime();
    void withoutAnotherTokenItIsUnknown();
    void cancelledWhileItWaitsItIsUnknown();
    void whatWasNeverReadIsNotCreated();
    void cancelledWhileItIsLookedUpItIsUnknown();
    void aLookUpBeforeThePostAsksForTheTokenAndThePostIsSentOnce();
};

void CreationTokenTest::itIsSentAgainIfItIsNotThere()
{
    Scene scene;
    scene.createAndBeRefused();
    VERIFY_HOLDS_FOR(50ms, scene.methods() == QByteArrayList{"POST"});

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "POST"}));
    QCOMPARE(scene.server.request(2).body, scene.server.request(0).body);
    QCOMPARE(scene.lost, 0);
    QCOMPARE(scene.refused.size(), 1);
}

void CreationTokenTest::itIsNotSentAgainIfItWasCarriedOutAllTheSame()
{
    Scene scene;
    scene.createAndBeRefused();
    const QJsonObject carriedOut = scene.listed();
    scene.lookUps = {[&] { return scene.page({carriedOut}); }};

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.outcomes[0].credential.id, u"575ecf887ae143cd83dc4aa2"_s);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET"}));
}

void CreationTokenTest::oneOfTheNameThatIsNotItIsLeftToTheServer_data()
{
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<QString>("type");
    QTest::newRow("an older one") << qint64(3600) << u"aws"_s;
    QTest::newRow("another type") << qint64(0) << u"gcp"_s;
}

void CreationTokenTest::oneOfTheNameThatIsNotItIsLeftToTheServer()
{
    QFETCH(qint64, secondsAgo);
    QFETCH(QString, type);
    Scene scene;
    scene.post = {.status = 409, .body = R"({"message":"There is one of that name."})"};
    scene.lookUps = {[&] { return scene.page({scene.listed(secondsAgo, u"S3 archive"_s, type)}); }};
    scene.createAndBeRefused();

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.serverMessage, u"There is one of that name."_s);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "POST"}));
}

void CreationTokenTest::whatCanNotBeToldIsUnknownAndNotSentAgain_data()
{
    using LookUp = std::function<ScriptedReply(const CreationScene &)>;
    QTest::addColumn<LookUp>("lookUp");
    QTest::addColumn<bool>("hasNamesake");
    QTest::newRow("the look-up is refused")
        << LookUp([](const auto &) { return ScriptedReply{.status = 403}; }) << false;
    QTest::newRow("more than a page of such names")
        << LookUp([](const auto &scene) { return scene.page({}, 101); }) << false;
    QTest::newRow("one without a date") << LookUp([](const auto &scene) {
        return scene.page({CreationScene::with(scene.listed(), u"creationDate"_s, QJsonValue::Undefined)});
    }) << true;
    QTest::newRow("one, by a clock that is off") << LookUp([](const auto &scene) {
        ScriptedReply reply = scene.page({scene.listed()});
        reply.headers = {{"Date", CreationScene::httpDate(scene.now().addSecs(3600))}};
        return reply;
    }) << true;
}

void CreationTokenTest::whatCanNotBeToldIsUnknownAndNotSentAgain()
{
    QFETCH(std::function<ScriptedReply(const CreationScene &)>, lookUp);
    Scene scene;
    scene.lookUps = {[&] { return lookUp(scene); }};
    scene.createAndBeRefused();

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(scene.outcomes[0].error.tokenRenewed);
    QTEST(scene.outcomes[0].hasNamesake, "hasNamesake");
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "GET", "GET"}));
}

void CreationTokenTest::afterAnOutageNothingIsSentUnasked()
{
    Scene scene;
    bool isReachable = false;
    scene.lookUps = {
        [&] { return isReachable ? scene.page({}) : ScriptedReply{.way = ScriptedReply::Way::CloseBefore}; }};
    scene.createAndBeRefused();
    scene.transport.setToken("new");
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(scene.outcomes[0].isStillLookedFor);

    isReachable = true;

    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, State::Unknown);
    QVERIFY(!scene.outcomes[1].isStillLookedFor);
    VERIFY_HOLDS_FOR(100ms, scene.server.count("POST") == 1);
}

void CreationTokenTest::aLookUpThatFailsIsTriedLater()
{
    Scene scene;
    scene.lookUps = {[&] { return ScriptedReply{.status = 403}; }, [&] { return scene.page({}); }};
    scene.createAndBeRefused();

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "GET", "POST"}));
}

void CreationTokenTest::oneThatSomebodyElseMadeBeforeItWasSentAgainIsNotTakenForIt()
{
    Scene scene;
    scene.post = {.way = ScriptedReply::Way::CloseBefore};
    scene.createAndBeRefused();
    QTest::qWait(2500); // the server's clock is known to a second
    const QJsonObject ofSomebodyElse = scene.listed();
    scene.lookUps = {[&] { return scene.page({ofSomebodyElse}); }};

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(!scene.outcomes[0].hasNamesake);
    QCOMPARE(scene.server.count("POST"), 2);
}

void CreationTokenTest::theAnswerToTheSecondMayBeLostToo()
{
    Scene scene;
    scene.post = {.way = ScriptedReply::Way::CloseBefore};
    scene.lookUps = {[&] { return scene.page({}); }, [&] { return scene.page({scene.listed()}); }};
    scene.createAndBeRefused();

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "POST", "GET"}));
    QCOMPARE(scene.lost, 1);
}

void CreationTokenTest::aSecondTokenThatIsRefusedIsNotSentAThirdTime()
{
    Scene scene;
    scene.createAndBeRefused();

    scene.transport.setToken("of-no-use-either");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.httpStatus, 401);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "POST"}));
    QCOMPARE(scene.refused.size(), 1);
}

void CreationTokenTest::withoutAnotherTokenItIsUnknown()
{
    Scene scene;
    scene.createAndBeRefused();

    scene.transport.withholdToken();

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.serverMessage, u"Expired."_s);
    QCOMPARE(scene.lost, 0);
    QCOMPARE(scene.methods(), QByteArrayList{"POST"}); // what looks it up would be refused as well

    scene.transport.setToken("new");
    const QJsonObject carriedOut = scene.listed();
    scene.lookUps = {[&] { return scene.page({carriedOut}); }};
    scene.creation->checkAgain();

    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET"}));
}

void CreationTokenTest::cancelledWhileItWaitsItIsUnknown()
{
    Scene scene;
    scene.createAndBeRefused();

    scene.creation->cancel();

    QVERIFY(scene.wait(1, 500));
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QCOMPARE(scene.outcomes[0].error.httpStatus, 401);
    scene.transport.setToken("new");
    VERIFY_HOLDS_FOR(100ms, scene.methods() == QByteArrayList{"POST"} && scene.outcomes.size() == 1);
}

void CreationTokenTest::whatWasNeverReadIsNotCreated()
{
    Scene scene;
    scene.transport.setAwaitsToken(false);
    scene.transport.dropToken(); // so nothing is sent
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QVERIFY(scene.outcomes[0].error.tokenDropped);
    QCOMPARE(scene.server.requests().size(), 0U);
}

void CreationTokenTest::cancelledWhileItIsLookedUpItIsUnknown()
{
    Scene scene;
    scene.transport.setStallTimeout(10s);
    scene.lookUps = {[&] { return ScriptedReply{.way = ScriptedReply::Way::Stall}; },
                     [&] { return scene.page({}); }};
    scene.createAndBeRefused();
    scene.transport.setToken("new");
    QTRY_COMPARE(scene.server.count("GET"), 1);

    scene.creation->cancel();

    QVERIFY(scene.wait(1, 500));
    QCOMPARE(scene.outcomes[0].state, State::Unknown);
    QVERIFY(scene.outcomes[0].error.tokenRenewed);

    scene.creation->checkAgain(); // and nothing more

    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, State::Unknown);
    QCOMPARE(scene.methods(), (QByteArrayList{"POST", "GET", "GET"}));
}

void CreationTokenTest::aLookUpBeforeThePostAsksForTheTokenAndThePostIsSentOnce()
{
    Scene scene;
    scene.transport.setClockOffset(7'200'000);
    scene.server.handle([&](const RecordedRequest &request) {
        if (request.header("Authorization") != "Bearer new")
            return ScriptedReply{.status = 401};
        return request.method == "POST" ? scene.post : scene.page({});
    });
    scene.createAndBeRefused();

    scene.transport.setToken("new");

    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"GET", "GET", "POST"}));

    // Nor is it sent if there is no other token.
    scene.transport.setToken("old");
    scene.transport.setClockOffset(7'200'000); // the look-up had the right time
    scene.createAndBeRefused();
    QTRY_COMPARE(scene.refused.size(), 2);
    scene.transport.withholdToken();
    QVERIFY(scene.wait(2));
    QCOMPARE(scene.outcomes[1].state, State::NotDone);
    QCOMPARE(scene.outcomes[1].error.httpStatus, 401);
    QCOMPARE(scene.server.count("POST"), 1);
}

QTEST_GUILESS_MAIN(CreationTokenTest)
#include "creationtokentest.moc"
