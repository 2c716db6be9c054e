// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/memorypeek.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// One answer a call: what it says, when it comes, and that it does not come once withdrawn.
class ApiCallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void an2xxIsTheAnswerWhole_data();
    void an2xxIsTheAnswerWhole();
    void anAnswerTellsHowFarTheServersClockIsOff();
    void eachStatusHasItsKind_data();
    void eachStatusHasItsKind();
    void anErrorSaysWhatTheServerSays();
    void theStatusCountsWhateverTheBodyIs_data();
    void theStatusCountsWhateverTheBodyIs();
    void anAnswerThatIsNoHttpIsProtocol();
    void aServerThatIsNotThereIsOffline();
    void aServerThatClosesIsOfflineAndIsNotAskedAgain_data();
    void aServerThatClosesIsOfflineAndIsNotAskedAgain();
    void aServerWithAnUnknownCertificateIsTls();
    void anAddressThatIsNotAllowedIsNotAsked_data();
    void anAddressThatIsNotAllowedIsNotAsked();
    void anAnswerNeverComesAtOnce();
    void aWithdrawnCallNeverAnswers_data();
    void aWithdrawnCallNeverAnswers();
    void aCallThatIsGoneWithItsOwnerNeverAnswers();
    void aCallMayBeDroppedByItsOwnAnswer();
    void aCallWithdrawnAfterItsAnswerStaysQuiet();
    void aBodyIsOverwrittenOnceAnswered_data();
    void aBodyIsOverwrittenOnceAnswered();
    void aBodyIsOverwrittenWhenTheCallIsWithdrawn();
    void aTransportMayGoBeforeAWithdrawnCall();
    void manyCallsAtOnceEachGetTheirOwnAnswer();
    void anAnswerLargerThanAllowedIsProtocol_data();
    void anAnswerLargerThanAllowedIsProtocol();
    void anAnswerThatGrowsTooLargeIsNotAwaited();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void ApiCallTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
}

void ApiCallTest::an2xxIsTheAnswerWhole_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("200") << 200 << QByteArray("{\"a\":1}");
    QTest::newRow("201") << 201 << QByteArray("{\"a\":1}");
    QTest::newRow("202 without a body") << 202 << QByteArray();
    QTest::newRow("204 without a body") << 204 << QByteArray();
    QTest::newRow("a megabyte") << 200 << QByteArray(1'000'000, 'x');
    QTest::newRow("bytes of any kind") << 200 << QByteArray("\0\xff\r\n\r\n", 6);
}

void ApiCallTest::an2xxIsTheAnswerWhole()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    m_server->otherwise({.status = status, .body = body});
    for (const ApiRequest &request : allRequests()) {
        const auto heard = answerTo(*m_transport, request);
        QVERIFY(heard.isSuccess());
        QCOMPARE(heard.count, 1);
        QCOMPARE(heard.value().httpStatus, status);
        QCOMPARE(heard.value().body, body);
    }
}

void ApiCallTest::anAnswerTellsHowFarTheServersClockIsOff()
{
    m_server->answer({.headers = {{"Date", "Tue, 01 Jan 2030 00:00:00 GMT"}}});
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const auto dated = answerTo(*m_transport, getRequest());
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    const qint64 date = QDateTime(QDate(2030, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    QVERIFY(dated.value().clockOffset);
    QVERIFY(*dated.value().clockOffset >= date - after && *dated.value().clockOffset <= date - before);

    for (const QByteArray &odd : {"yesterday"_ba, "Tue, 41 Jan 2030 00:00:00 GMT"_ba, ""_ba}) {
        m_server->answer({.headers = {{"Date", odd}}});
        QVERIFY(!answerTo(*m_transport, getRequest()).value().clockOffset);
    }
}

void ApiCallTest::eachStatusHasItsKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    const auto add = [](int status, Kind kind) { QTest::addRow("%d", status) << status << kind; };
    for (const int status : {400, 409, 413})
        add(status, Kind::Validation);
    add(401, Kind::Unauthorized);
    add(403, Kind::Forbidden);
    add(404, Kind::NotFound);
    for (const int status : {408, 500, 501, 502, 503, 504, 507, 520, 599})
        add(status, Kind::Server);
    add(429, Kind::Throttled);
    for (const int status : {402, 405, 406, 407, 410, 411, 414, 415, 418, 422, 423, 426, 451, 499})
        add(status, Kind::Protocol);
    for (const int status : {300, 301, 302, 303, 304, 305, 307, 308, 399})
        add(status, Kind::Protocol); // without a Location there is nowhere to go
    add(600, Kind::Protocol);
}

void ApiCallTest::eachStatusHasItsKind()
{
    QFETCH(int, status);
    m_server->otherwise({.status = status, .body = R"({"type":"Any","message":"Says why"})"});
    const auto posted = answerTo(*m_transport, postRequest());
    QTEST(posted.error().kind, "kind");
    QCOMPARE(posted.error().httpStatus, status);
    QCOMPARE(m_server->count("POST"), 1);

    const bool isTriedAgain = posted.error().kind == Kind::Server || posted.error().kind == Kind::Throttled;
    if (isTriedAgain && status != 503)
        return; // would wait for the further attempts once more each
    const auto got = answerTo(*m_transport, getRequest());
    QTEST(got.error().kind, "kind");
    QCOMPARE(got.error().httpStatus, status);
    QCOMPARE(m_server->count("GET"), isTriedAgain ? 3 : 1);
}

void ApiCallTest::anErrorSaysWhatTheServerSays()
{
    m_server->answer(
        {.status = 400, .body = R"({"type":"Validation","message":"No <b>good</b>","validationErrors":[
        {"type":"minLength","name":"awsConfig.region","id":"x","message":"too short"}]})"});
    const ApiError error = answerTo(*m_transport, postRequest()).error();
    QCOMPARE(error.serverMessage, u"No <b>good</b>"_s);
    QCOMPARE(error.fieldProblems.size(), 1u);
    QCOMPARE(error.fieldProblems.front().field, u"awsConfig.region"_s);
    QCOMPARE(error.fieldProblems.front().message, u"too short"_s);
}

void ApiCallTest::theStatusCountsWhateverTheBodyIs_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Way>("way");
    QTest::newRow("empty") << QByteArray() << Way::Whole;
    QTest::newRow("HTML") << QByteArray("<html><h1>403</h1></html>") << Way::Whole;
    QTest::newRow("an array") << QByteArray("[1,2]") << Way::Whole;
    QTest::newRow("other types") << QByteArray(R"({"message":7,"validationErrors":"none"})") << Way::Whole;
    QTest::newRow("broken JSON") << QByteArray(R"({"message":"ab)") << Way::Whole;
    QTest::newRow("no UTF-8") << QByteArray("{\"message\":\"\xff\xfe\"}") << Way::Whole;
    QTest::newRow("connection closed after it") << QByteArray("{}") << Way::ThenClose;
    QTest::newRow("cut short") << QByteArray(R"({"message":"Says why"})") << Way::CloseInBody;
    QTest::newRow("stalled") << QByteArray(R"({"message":"Says why"})") << Way::StallInBody;
}

void ApiCallTest::theStatusCountsWhateverTheBodyIs()
{
    QFETCH(QByteArray, body);
    QFETCH(Way, way);
    m_transport->setStallTimeout(300ms);
    m_server->otherwise({.status = 403, .body = body, .way = way});
    for (const ApiRequest &request : allRequests()) {
        const ApiError error = answerTo(*m_transport, request).error();
        QCOMPARE(error.kind, Kind::Forbidden);
        QCOMPARE(error.httpStatus, 403);
    }
    for (const char *method : {"POST", "PATCH", "DELETE"})
        QCOMPARE(m_server->count(method), 1);
}

void ApiCallTest::anAnswerThatIsNoHttpIsProtocol()
{
    m_server->otherwise({.way = Way::ThenClose, .raw = "220 mail.example.com ESMTP ready\r\n\r\n\r\n"});
    const ApiError error = answerTo(*m_transport, getRequest()).error();
    QVERIFY(error.kind == Kind::Protocol || error.kind == Kind::Offline);
    QVERIFY(!error.technicalDetail.isEmpty());
}

void ApiCallTest::aServerThatIsNotThereIsOffline()
{
    m_server->close();
    const auto posted = answerTo(*m_transport, postRequest());
    QCOMPARE(posted.error().kind, Kind::Offline);
    QCOMPARE(posted.error().httpStatus, 0);
    QVERIFY(!posted.error().connectionClosed);
}

void ApiCallTest::aServerThatClosesIsOfflineAndIsNotAskedAgain_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("before the answer") << Way::CloseBefore;
    QTest::newRow("in its headers") << Way::CloseInHeaders;
    QTest::newRow("in its body") << Way::CloseInBody;
}

void ApiCallTest::aServerThatClosesIsOfflineAndIsNotAskedAgain()
{
    QFETCH(Way, way);
    m_server->otherwise({.body = "{\"items\":[]}", .way = way});
    QElapsedTimer timer;
    timer.start();
    const auto heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Offline);
    QVERIFY(heard.error().connectionClosed);
    QVERIFY(timer.elapsed() <
            240); // no pause for another attempt; those there are QNetworkAccessManager's own
    qInfo("GET on the wire: %d", m_server->count("GET"));
}

void ApiCallTest::aServerWithAnUnknownCertificateIsTls()
{
    ScriptedServer secure(ScriptedServer::Security::Tls);
    Transport transport(secure.url());
    transport.setToken("token-of-this-test");
    for (const ApiRequest &request : allRequests()) {
        Heard<ApiAnswer> heard;
        const PendingCall call(new ApiCall(transport, request, heard.listener()));
        QVERIFY(heard.wait());
        QCOMPARE(heard.error().kind, Kind::Tls);
        QVERIFY(heard.error().technicalDetail.contains(u"self-signed"_s));
        QVERIFY(!call->mayHaveBeenSent());
    }
    QCOMPARE(secure.requests().size(), 0u);
}

void ApiCallTest::anAddressThatIsNotAllowedIsNotAsked_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("HTTP to another machine") << QUrl(u"http://192.0.2.1"_s);
    QTest::newRow("a name that begins like loopback") << QUrl(u"http://localhost.example.com"_s);
    QTest::newRow("a file") << QUrl(u"file:///etc/hostname"_s);
    QTest::newRow("FTP") << QUrl(u"ftp://127.0.0.1/"_s);
    QTest::newRow("nothing") << QUrl();
    QTest::newRow("no host") << QUrl(u"https:///path"_s);
}

void ApiCallTest::anAddressThatIsNotAllowedIsNotAsked()
{
    QFETCH(QUrl, url);
    QVERIFY(!Transport::isAllowed(url));
    Transport transport(url);
    for (const ApiRequest &request : allRequests()) {
        Heard<ApiAnswer> heard;
        const PendingCall call(new ApiCall(transport, request, heard.listener()));
        QVERIFY(!heard.isAnswered());
        QVERIFY(heard.wait(200));
        QCOMPARE(heard.error().kind, Kind::Tls);
        QVERIFY(!call->mayHaveBeenSent());
    }
}

void ApiCallTest::anAnswerNeverComesAtOnce()
{
    m_server->otherwise({});
    for (const QUrl &url :
         {m_server->url(), QUrl(u"http://127.0.0.1:1"_s), QUrl(u"http://example.com"_s), QUrl()}) {
        Transport transport(url);
        Heard<ApiAnswer> heard;
        const PendingCall call(new ApiCall(transport, postRequest(), heard.listener()));
        QCOMPARE(heard.count, 0);
        QVERIFY(heard.wait());
        QCOMPARE(heard.count, 1);
    }
}

void ApiCallTest::aWithdrawnCallNeverAnswers_data()
{
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("status");
    QTest::newRow("at once") << -1 << 200;
    QTest::newRow("while the answer is awaited") << 30 << 200;
    QTest::newRow("while another attempt is") << 150 << 503;
}

void ApiCallTest::aWithdrawnCallNeverAnswers()
{
    QFETCH(int, after);
    QFETCH(int, status);
    m_server->otherwise({.status = status, .delay = 300ms});
    for (const ApiRequest &request : allRequests()) {
        if (status == 503 && !request.isRead())
            continue;
        Heard<ApiAnswer> heard;
        const std::size_t before = m_server->requests().size();
        PendingCall call(new ApiCall(*m_transport, request, heard.listener()));
        if (after >= 0) {
            QTRY_COMPARE(m_server->requests().size(), before + 1);
            QTest::qWait(after);
        }
        const std::size_t sent = m_server->requests().size();
        call.reset();
        const bool mayBeOnItsWay = after < 0 && !request.hasBody();
        VERIFY_HOLDS_FOR(600ms, heard.count == 0 && (mayBeOnItsWay || m_server->requests().size() == sent));
    }
}

void ApiCallTest::aCallThatIsGoneWithItsOwnerNeverAnswers()
{
    struct Owner
    {
        int *answers;
        PendingCall call;
    };
    int answers = 0;
    m_server->otherwise({.delay = 20ms});
    for (const int wait : {0, 10, 19, 20, 21, 30}) {
        auto owner = std::make_unique<Owner>(Owner{&answers, {}});
        owner->call.reset(
            new ApiCall(*m_transport, getRequest(), [o = owner.get()](const auto &) { ++*o->answers; }));
        QTest::qWait(wait);
        const int before = answers;
        owner.reset(); // the sanitizers would see an answer that reaches it
        VERIFY_HOLDS_FOR(60ms, answers == before);
    }
}

void ApiCallTest::aCallMayBeDroppedByItsOwnAnswer()
{
    m_server->otherwise({});
    int answers = 0;
    PendingCall call;
    call.reset(new ApiCall(*m_transport, getRequest(), [&](const auto &) {
        ++answers;
        call.reset();
    }));
    QTRY_COMPARE(answers, 1);
    QVERIFY(!call);

    // And be followed by another one.
    call.reset(new ApiCall(*m_transport, getRequest(), [&](const auto &) {
        call.reset(new ApiCall(*m_transport, getRequest(), [&](const auto &) { ++answers; }));
    }));
    QTRY_COMPARE(answers, 2);
}

void ApiCallTest::aCallWithdrawnAfterItsAnswerStaysQuiet()
{
    m_server->otherwise({});
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, postRequest(), heard.listener()));
    QVERIFY(heard.wait());
    call->withdraw();
    VERIFY_HOLDS_FOR(50ms, heard.count == 1);
    QVERIFY(call->mayHaveBeenSent());
}

void ApiCallTest::aBodyIsOverwrittenOnceAnswered_data()
{
    QTest::addColumn<ScriptedReply>("reply");
    QTest::newRow("created") << ScriptedReply{.status = 201};
    QTest::newRow("refused") << ScriptedReply{.status = 400};
    QTest::newRow("answer lost") << ScriptedReply{.way = ScriptedReply::Way::CloseBefore};
}

void ApiCallTest::aBodyIsOverwrittenOnceAnswered()
{
    QFETCH(ScriptedReply, reply);
    m_server->otherwise(reply);
    ApiRequest request = postRequest(QByteArray(4000, 's'));
    const char *place = request.body.constData() + 1000; // freed memory keeps its middle for a while
    Heard<ApiAnswer> heard;

    const PendingCall call(new ApiCall(*m_transport, std::move(request), heard.listener()));
    QCOMPARE(memoryAt(place, 1000), QByteArray(1000, 's'));
    QVERIFY(heard.wait());

    QVERIFY(!memoryAt(place, 1000).contains("ssss"));
}

void ApiCallTest::aBodyIsOverwrittenWhenTheCallIsWithdrawn()
{
    m_server->otherwise({.way = ScriptedReply::Way::Stall});
    ApiRequest request = postRequest(QByteArray(4000, 's'));
    const char *place = request.body.constData() + 1000;
    Heard<ApiAnswer> heard;
    const PendingCall call(new ApiCall(*m_transport, std::move(request), heard.listener()));
    QTRY_COMPARE(m_server->count("POST"), 1);

    call->withdraw();

    QVERIFY(!memoryAt(place, 1000).contains("ssss"));
    QVERIFY(call->mayHaveBeenSent());
}

void ApiCallTest::aTransportMayGoBeforeAWithdrawnCall()
{
    m_server->otherwise({.delay = 300ms});
    Heard<ApiAnswer> heard;
    auto *call = new ApiCall(*m_transport, postRequest(), heard.listener());
    QTRY_COMPARE(m_server->requests().size(), 1u);
    call->withdraw();
    m_transport.reset();
    VERIFY_HOLDS_FOR(500ms, heard.count == 0);
    delete call;
    QCOMPARE(heard.count, 0);
}

void ApiCallTest::manyCallsAtOnceEachGetTheirOwnAnswer()
{
    m_server->handle([](const RecordedRequest &request) {
        return ScriptedReply{.body = request.path(),
                             .delay = std::chrono::milliseconds(request.path().size() % 7)};
    });
    std::vector<Heard<ApiAnswer>> heard(50);
    std::vector<PendingCall> calls;
    for (std::size_t i = 0; i < heard.size(); ++i) {
        calls.emplace_back(
            new ApiCall(*m_transport, getRequest(u"/x"_s.repeated(int(i) + 1)), heard[i].listener()));
    }
    for (std::size_t i = 0; i < heard.size(); ++i) {
        QVERIFY(heard[i].wait());
        QCOMPARE(heard[i].value().body, QByteArray("/x").repeated(int(i) + 1));
        QCOMPARE(heard[i].count, 1);
    }
}

void ApiCallTest::anAnswerLargerThanAllowedIsProtocol_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("as it is") << QByteArray();
    QTest::newRow("packed small") << QByteArray("deflate");
}

void ApiCallTest::anAnswerLargerThanAllowedIsProtocol()
{
    QFETCH(QByteArray, encoding);
    QByteArray body(Transport::maxBodySize + 1'000'000, ' ');
    ScriptedReply reply;
    if (!encoding.isEmpty()) {
        body = qCompress(body, 1).mid(4);
        reply.headers = {{"Content-Encoding", encoding}};
    }
    reply.body = body;
    m_server->otherwise(reply);
    const auto heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Protocol);
    QCOMPARE(m_server->count("GET"), 1);
}

void ApiCallTest::anAnswerThatGrowsTooLargeIsNotAwaited()
{
    m_transport->setStallTimeout(15s);
    m_server->otherwise({.way = Way::Stall,
                         .raw = "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" +
                                QByteArray(Transport::maxBodySize + 1'000'000, ' ')});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(answerTo(*m_transport, getRequest()).error().kind, Kind::Protocol);
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(m_server->count("GET"), 1);
}

QTEST_GUILESS_MAIN(ApiCallTest)
#include "apicalltest.moc"
