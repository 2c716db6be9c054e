// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "services/credentialcreation.h"
#include "support/asking.h"
#include "support/drafts.h"
#include "support/memorypeek.h"
#include "support/scriptedserver.h"

#include <QDateTime>
#include <QLocale>
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
    void aCallGoesOnWithTheNextToken_data();
    void aCallGoesOnWithTheNextToken();
    void aNextTokenThatIsRefusedTooIsTheEnd();
    void oneQuestionStandsForAllCallsThatWait();
    void aCallThatWasUnderWayWhenTheTokenChangedAsksNobody();
    void aTokenThatIsWithheldFailsTheCalls();
    void aCallThatGoesOnDoesNotHearOfALaterRefusal();
    void aCallThatIsDroppedWaitsNoMore();
    void aPostThatWaitsWasNotCarriedOut();
    void aBodyIsOverwrittenWhenNoTokenComes_data();
    void aBodyIsOverwrittenWhenNoTokenComes();
    void aCredentialOfSomebodyElseMadeInBetweenIsNotTakenForOurs();
    void otherRefusalsDoNotWait();

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

void AwaitedTokenTest::aCallGoesOnWithTheNextToken_data()
{
    QTest::addColumn<ApiRequest>("request");
    QTest::newRow("GET") << getRequest();
    QTest::newRow("POST") << postRequest("{\"name\":\"S3 archive\"}");
}

void AwaitedTokenTest::aCallGoesOnWithTheNextToken()
{
    QFETCH(ApiRequest, request);
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
    QVERIFY(m_refused->wait());
    QVERIFY(!heard.isAnswered());

    m_transport->setToken("new");

    QVERIFY(heard.wait());
    QCOMPARE(heard.value().body, "{\"done\":true}"_ba);
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(m_server->request(1).body, request.body);
}

void AwaitedTokenTest::aNextTokenThatIsRefusedTooIsTheEnd()
{
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, postRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    m_transport->setToken("of no use either");
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::Unauthorized);
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
    QTest::qWait(50);
    QCOMPARE(m_refused->size(), 1);
    m_transport->setToken("new");
    for (auto &one : heard)
        QVERIFY(one.wait() && one.isSuccess());
}

void AwaitedTokenTest::aCallThatWasUnderWayWhenTheTokenChangedAsksNobody()
{
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply answer = reply(request);
        answer.delay = 50ms;
        return answer;
    });
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, postRequest(), heard.listener()));
    QSignalSpy asked(m_server.get(), &ScriptedServer::requested);
    QVERIFY(asked.wait());
    m_transport->setToken("new");
    QVERIFY(heard.wait());
    QVERIFY(heard.isSuccess());
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
    QTest::qWait(50);
    QCOMPARE(m_server->requests().size(), 1U);
    QVERIFY(!heard.isAnswered());
}

void AwaitedTokenTest::aPostThatWaitsWasNotCarriedOut()
{
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, postRequest(), heard.listener()));
    QVERIFY(m_refused->wait());
    QVERIFY(!call->bodyWasSent());
}

void AwaitedTokenTest::aBodyIsOverwrittenWhenNoTokenComes_data()
{
    QTest::addColumn<bool>("isWithdrawn");
    QTest::newRow("withheld") << false;
    QTest::newRow("withdrawn") << true;
}

void AwaitedTokenTest::aBodyIsOverwrittenWhenNoTokenComes()
{
    QFETCH(bool, isWithdrawn);
    ApiRequest request = postRequest(QByteArray(4000, 's'));
    const char *place = request.body.constData() + 1000; // freed memory keeps its middle for a while
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, std::move(request), heard.listener()));
    QVERIFY(m_refused->wait());

    if (isWithdrawn)
        call->withdraw();
    else
        m_transport->withholdToken();

    QVERIFY(!memoryAt(place, 1000).contains("ssss"));
}

void AwaitedTokenTest::aCredentialOfSomebodyElseMadeInBetweenIsNotTakenForOurs()
{
    const QLocale c = QLocale::c();
    QString madeAt;
    m_server->handle([&](const RecordedRequest &request) -> ScriptedReply {
        if (request.header("Authorization") != "Bearer new")
            return {.status = 401};
        if (request.method == "POST")
            return {.way = ScriptedReply::Way::CloseBefore};
        const QString now = c.toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        const QString item =
            uR"({"items":[{"id":"1","name":"S3 archive","type":"aws","creationDate":"%1"}]})"_s;
        return {.body = item.arg(madeAt).toUtf8(), .headers = {{"Date", now.toLatin1()}}};
    });
    CredentialDraft draft = draftOfType("aws"_L1);
    draft.name = u"S3 archive"_s;
    std::optional<CreateOutcome> outcome;
    CredentialService service(*m_transport);
    const auto creation = service.create(u"1"_s, draft, [&](const CreateOutcome &o) { outcome = o; });
    QVERIFY(m_refused->wait());
    madeAt = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    QTest::qWait(2500); // the server's clock is known to a second

    m_transport->setToken("new");

    QTRY_VERIFY_WITH_TIMEOUT(outcome, 15'000);
    QCOMPARE(outcome->state, CreateOutcome::State::Unknown);
}

void AwaitedTokenTest::otherRefusalsDoNotWait()
{
    m_server->otherwise({.status = 403});
    const Answer answer(*m_transport, getRequest());
    QCOMPARE(answer.error().kind, Kind::Forbidden);
    QCOMPARE(m_refused->size(), 0);
}

QTEST_GUILESS_MAIN(AwaitedTokenTest)
#include "awaitedtokentest.moc"
