// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/memorypeek.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;

/// What becomes of calls whose token the server takes no longer.
class AwaitedTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void withoutSomebodyWhoAsksForAnotherACallFails();
    void aCallWithoutATokenAwaitsNone();
    void aGetGoesOnWithTheNextToken();
    void aWriteIsNotSentAgainByItself_data();
    void aWriteIsNotSentAgainByItself();
    void aNextTokenThatIsRefusedTooIsTheEnd_data();
    void aNextTokenThatIsRefusedTooIsTheEnd();
    void oneQuestionStandsForAllCallsThatWait();
    void aCallThatWasUnderWayWhenTheTokenChangedAsksNobody_data();
    void aCallThatWasUnderWayWhenTheTokenChangedAsksNobody();
    void aTokenThatIsWithheldFailsTheCalls();
    void aCallThatGoesOnDoesNotHearOfALaterRefusal();
    void aCallThatIsDroppedWaitsNoMore();
    void aWriteThatWaitsSaysSo_data() { aWriteIsNotSentAgainByItself_data(); }
    void aWriteThatWaitsSaysSo();
    void aBodyIsOverwrittenWhenItIsNotSentAgain_data();
    void aBodyIsOverwrittenWhenItIsNotSentAgain();
    void otherRefusalsDoNotWait();
    void aTokenThatIsDroppedIsNotSentAndAskedFor_data();
    void aTokenThatIsDroppedIsNotSentAndAskedFor();
    void aTokenThatIsDroppedFailsWhatDoesNotWait();
    void aCallWithoutATokenDoesNotMindADroppedOne();

private:
    /// Takes the token "new" and no other.
    static ScriptedReply reply(const RecordedRequest &request)
    {
        if (request.header("Authorization") == "Bearer new")
            return {.body = "{\"done\":true}"};
        return {.status = 401, .body = "{\"type\":\"Unauthorized\"}"};
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<QSignalSpy> m_refused;
};

void AwaitedTokenTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->handle(reply);
    m_transport = std::make_unique<Transport>(m_server->url());
    m_transport->setToken("old");
    m_transport->setAwaitsToken(true);
    m_refused = std::make_unique<QSignalSpy>(m_transport.get(), &Transport::tokenRefused);
}

void AwaitedTokenTest::withoutSomebodyWhoAsksForAnotherACallFails()
{
    m_transport->setAwaitsToken(false);
    const Answer answer(*m_transport, getRequest());
    QCOMPARE(answer.error().kind, Kind::Unauthorized);
    QCOMPARE(m_refused->size(), 0);
}

void AwaitedTokenTest::aCallWithoutATokenAwaitsNone()
{
    ApiRequest request = postRequest("{\"email\":\"ada@example.com\"}");
    request.path = u"/auth/user"_s;
    request.carriesToken = false;
    const Answer answer(*m_transport, request);
    QCOMPARE(answer.error().kind, Kind::Unauthorized);
    QVERIFY(!answer.error().tokenRenewed);
    QCOMPARE(m_refused->size(), 0);
    QVERIFY(m_server->request(0).header("Authorization").isEmpty());
    QCOMPARE(m_server->requests().size(), 1U);
}

void AwaitedTokenTest::aGetGoesOnWithTheNextToken()
{
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, getRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    QVERIFY(!heard.isAnswered());

    m_transport->setToken("new");

    QVERIFY(heard.wait());
    QCOMPARE(heard.value().body, "{\"done\":true}"_ba);
    QCOMPARE(m_server->requests().size(), 2U);
}

void AwaitedTokenTest::aWriteIsNotSentAgainByItself_data()
{
    QTest::addColumn<ApiRequest>("request");
    for (const ApiRequest &request : writeRequests())
        QTest::newRow(methodName(request.method)) << request;
}

void AwaitedTokenTest::aWriteIsNotSentAgainByItself()
{
    QFETCH(ApiRequest, request);
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
    QVERIFY(m_refused->wait());
    QVERIFY(!heard.isAnswered());

    m_transport->setToken("new");

    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::Unauthorized);
    QVERIFY(heard.error().tokenRenewed);
    QVERIFY(call->mayHaveBeenSent());
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == 1);

    heard.result.reset();
    call->sendAgain();

    QVERIFY(call->mayHaveBeenSent());
    QVERIFY(heard.wait() && heard.isSuccess());
    QCOMPARE(heard.count, 2);
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(m_server->request(1).body, request.body);
}

void AwaitedTokenTest::aNextTokenThatIsRefusedTooIsTheEnd_data()
{
    QTest::addColumn<ApiRequest>("request");
    for (const ApiRequest &request : allRequests())
        QTest::newRow(methodName(request.method)) << request;
}

void AwaitedTokenTest::aNextTokenThatIsRefusedTooIsTheEnd()
{
    QFETCH(ApiRequest, request);
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
    QVERIFY(m_refused->wait());
    m_transport->setToken("of-no-use-either");
    QVERIFY(heard.wait());
    if (heard.error().tokenRenewed) {
        heard.result.reset();
        call->sendAgain();
        QVERIFY(heard.wait());
    }
    QCOMPARE(heard.error().kind, Kind::Unauthorized);
    QVERIFY(!heard.error().tokenRenewed);
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(m_refused->size(), 1);
}

void AwaitedTokenTest::oneQuestionStandsForAllCallsThatWait()
{
    std::array<Heard<ApiAnswer>, 4> heard;
    std::vector<PendingCall> calls;
    for (auto &one : heard)
        calls.emplace_back(new ApiCall(*m_transport, getRequest(), one.listener()));
    QTRY_COMPARE(m_server->requests().size(), 4U);
    QTRY_COMPARE(m_refused->size(), 1);
    VERIFY_HOLDS_FOR(50ms, m_refused->size() == 1);
    m_transport->setToken("new");
    for (auto &one : heard)
        QVERIFY(one.wait() && one.isSuccess());
}

void AwaitedTokenTest::aCallThatWasUnderWayWhenTheTokenChangedAsksNobody_data()
{
    aNextTokenThatIsRefusedTooIsTheEnd_data();
}

void AwaitedTokenTest::aCallThatWasUnderWayWhenTheTokenChangedAsksNobody()
{
    QFETCH(ApiRequest, request);
    m_server->handle([](const RecordedRequest &asked) {
        ScriptedReply answer = reply(asked);
        answer.delay = 50ms;
        return answer;
    });
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
    QSignalSpy asked(m_server.get(), &ScriptedServer::requested);
    QVERIFY(asked.wait());
    m_transport->setToken("new");
    QVERIFY(heard.wait());
    QCOMPARE(heard.isSuccess(), request.isRead());
    QCOMPARE(heard.error().tokenRenewed, !request.isRead());
    QCOMPARE(m_refused->size(), 0);
}

void AwaitedTokenTest::aTokenThatIsWithheldFailsTheCalls()
{
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, getRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    m_transport->withholdToken();
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::Unauthorized);
    QCOMPARE(heard.error().serverType, u"Unauthorized"_s);
    QCOMPARE(m_server->requests().size(), 1U);

    // The next call asks again.
    Heard<ApiAnswer> later;
    const PendingCall next(new ApiCall(*m_transport, getRequest(), later.listener()));
    QVERIFY(m_refused->wait());
    QCOMPARE(m_refused->size(), 2);
}

void AwaitedTokenTest::aCallThatGoesOnDoesNotHearOfALaterRefusal()
{
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply answer = reply(request);
        if (request.header("Authorization") == "Bearer new")
            answer.delay = 100ms;
        return answer;
    });
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, getRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    m_transport->setToken("new");
    m_transport->withholdToken();
    QVERIFY(heard.wait());
    QVERIFY(heard.isSuccess());
    QCOMPARE(heard.count, 1);
}

void AwaitedTokenTest::aCallThatIsDroppedWaitsNoMore()
{
    Heard<ApiAnswer> heard;
    PendingCall call(new ApiCall(*m_transport, postRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    call.reset();
    m_transport->setToken("new");
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == 1 && !heard.isAnswered());
}

void AwaitedTokenTest::aWriteThatWaitsSaysSo()
{
    QFETCH(ApiRequest, request);
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
    QVERIFY(!call->awaitsToken());
    QVERIFY(m_refused->wait());
    QVERIFY(call->awaitsToken());
    m_transport->setToken("new");
    QVERIFY(!call->awaitsToken());
}

void AwaitedTokenTest::aBodyIsOverwrittenWhenItIsNotSentAgain_data()
{
    QTest::addColumn<bool>("isRenewed");
    QTest::addColumn<bool>("isWithdrawn");
    QTest::newRow("withheld") << false << false;
    QTest::newRow("withdrawn") << false << true;
    QTest::newRow("withdrawn with another token there") << true << true;
}

void AwaitedTokenTest::aBodyIsOverwrittenWhenItIsNotSentAgain()
{
    QFETCH(bool, isRenewed);
    QFETCH(bool, isWithdrawn);
    ApiRequest request = postRequest(QByteArray(4000, 's'));
    const char *place = request.body.constData() + 1000; // freed memory keeps its middle for a while
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, std::move(request), heard.listener()));
    QVERIFY(m_refused->wait());

    if (isRenewed)
        m_transport->setToken("new");
    if (isWithdrawn)
        call->withdraw();
    else
        m_transport->withholdToken();

    QVERIFY(!memoryAt(place, 1000).contains("ssss"));
}

void AwaitedTokenTest::otherRefusalsDoNotWait()
{
    m_server->otherwise({.status = 403});
    const Answer answer(*m_transport, getRequest());
    QCOMPARE(answer.error().kind, Kind::Forbidden);
    QCOMPARE(m_refused->size(), 0);
}

void AwaitedTokenTest::aTokenThatIsDroppedIsNotSentAndAskedFor_data()
{
    aNextTokenThatIsRefusedTooIsTheEnd_data();
}

void AwaitedTokenTest::aTokenThatIsDroppedIsNotSentAndAskedFor()
{
    QFETCH(ApiRequest, request);
    m_transport->dropToken();
    QCOMPARE(m_refused->size(), 1); // at once, though nothing was asked
    QVERIFY(m_transport->token().isEmpty());
    m_transport->withholdToken();

    Heard<ApiAnswer> withheld;
    const PendingCall first(new ApiCall(*m_transport, request, withheld.listener()));
    QVERIFY(m_refused->wait()); // each time
    QVERIFY(!withheld.isAnswered());
    m_transport->withholdToken();
    QVERIFY(withheld.isAnswered());
    QCOMPARE(withheld.error().kind, Kind::Unauthorized);
    QVERIFY(withheld.error().tokenDropped);
    QVERIFY(!first->mayHaveBeenSent());

    Heard<ApiAnswer> heard;
    const PendingCall second(new ApiCall(*m_transport, request, heard.listener()));
    QVERIFY(m_refused->wait());
    VERIFY_HOLDS_FOR(50ms, m_server->requests().empty());
    m_transport->setToken("new");
    QVERIFY(heard.wait());
    if (!request.isRead()) {
        QVERIFY(heard.error().tokenRenewed && !second->mayHaveBeenSent());
        heard.result.reset();
        second->sendAgain();
        QVERIFY(heard.wait());
    }
    QVERIFY(heard.isSuccess());
    QCOMPARE(m_server->requests().size(), 1U);
    QCOMPARE(m_server->request(0).body, request.body);
}

void AwaitedTokenTest::aTokenThatIsDroppedFailsWhatDoesNotWait()
{
    m_transport->dropToken();
    ApiRequest request = getRequest();
    request.priority = ApiRequest::Priority::Background;
    QCOMPARE(Answer(*m_transport, request).error().kind, Kind::Unauthorized);
    m_transport->setAwaitsToken(false);
    QVERIFY(Answer(*m_transport, getRequest()).error().tokenDropped);
    QVERIFY(m_server->requests().empty());
    QCOMPARE(m_refused->size(), 1);
}

void AwaitedTokenTest::aCallWithoutATokenDoesNotMindADroppedOne()
{
    m_transport->dropToken();
    m_server->otherwise({.body = "{}"});
    ApiRequest request = postRequest();
    request.carriesToken = false;
    QVERIFY(Answer(*m_transport, request).isAnswered());
    QCOMPARE(m_server->requests().size(), 1U);
}

QTEST_GUILESS_MAIN(AwaitedTokenTest)
#include "awaitedtokentest.moc"
