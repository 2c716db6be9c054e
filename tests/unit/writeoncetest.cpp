// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/http2server.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;
using Security = ScriptedServer::Security;

namespace {

/// Every status that there is a rule for; a 2xx is no error, whatever its body is.
constexpr Kind noError = Kind(-1);
constexpr std::array answers{
    std::pair(200, noError),         std::pair(204, noError),          std::pair(301, Kind::Protocol),
    std::pair(302, Kind::Protocol),  std::pair(303, Kind::Protocol),   std::pair(307, Kind::Protocol),
    std::pair(308, Kind::Protocol),  std::pair(400, Kind::Validation), std::pair(401, Kind::Unauthorized),
    std::pair(403, Kind::Forbidden), std::pair(404, Kind::NotFound),   std::pair(405, Kind::Protocol),
    std::pair(408, Kind::Server),    std::pair(409, Kind::Validation), std::pair(413, Kind::Validation),
    std::pair(421, Kind::Protocol),  std::pair(422, Kind::Protocol),   std::pair(423, Kind::Protocol),
    std::pair(425, Kind::Protocol),  std::pair(429, Kind::Throttled),  std::pair(499, Kind::Protocol),
    std::pair(500, Kind::Server),    std::pair(502, Kind::Server),     std::pair(503, Kind::Server),
    std::pair(504, Kind::Server),    std::pair(511, Kind::Server),     std::pair(600, Kind::Protocol),
    std::pair(999, Kind::Protocol)};

} // namespace

/// What writes is sent once, whatever happens to its answer. Of what has a body, that is so on the wire too.
class WriteOnceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void overHttp1_data();
    void overHttp1();
    void onAConnectionThatWasUsedBefore_data();
    void onAConnectionThatWasUsedBefore();
    void withALargeBody_data();
    void withALargeBody();
    void overHttp2_data();
    void overHttp2();
    void onAnHttp2ConnectionThatWasUsedBefore_data();
    void onAnHttp2ConnectionThatWasUsedBefore();
    void aDeleteThatIsLostGetsNoFurtherAttempt_data();
    void aDeleteThatIsLostGetsNoFurtherAttempt();
    void notAtAllWithoutAConnection_data();
    void notAtAllWithoutAConnection();

private:
    /// Longer than a second attempt of anyone would take.
    static constexpr auto settling = 100ms;
};

void WriteOnceTest::initTestCase()
{
    TestCertificate::trust();
}

void WriteOnceTest::overHttp1_data()
{
    QTest::addColumn<ApiRequest>("request");
    QTest::addColumn<Security>("security");
    QTest::addColumn<int>("status");
    QTest::addColumn<Way>("way");
    QTest::addColumn<Kind>("kind");
    for (const ApiRequest &request : writeRequests()) {
        for (const auto &[name, security] :
             {std::pair("HTTP/1.1", Security::None), std::pair("TLS", Security::Tls)}) {
            const auto add = [&](const char *what, int status, Way way, Kind kind) {
                QTest::addRow("%s, %s, %s", methodName(request.method), name, what)
                    << request << security << status << way << kind;
            };
            if (request.hasBody()) {
                add("closed once the headers are there", 201, Way::CloseAtOnce, Kind::Offline);
                add("closed before the answer", 201, Way::CloseBefore, Kind::Offline);
                add("closed in the answer's headers", 201, Way::CloseInHeaders, Kind::Offline);
                add("closed in the answer's body", 201, Way::CloseInBody, Kind::Offline);
                add("reset before the answer", 201, Way::ResetBefore, Kind::Offline);
                add("reset in the answer's body", 201, Way::ResetInBody, Kind::Offline);
            }
            add("stalled before the answer", 201, Way::Stall, Kind::Timeout);
            add("stalled in the answer's body", 201, Way::StallInBody, Kind::Timeout);
            add("503 and closed", 503, Way::ThenClose, Kind::Server);
            add("408 and closed", 408, Way::ThenClose, Kind::Server);
            for (const auto &[answer, kind] : answers)
                add(qPrintable(QString::number(answer)), answer, Way::Whole, kind);
        }
    }
}

void WriteOnceTest::overHttp1()
{
    QFETCH(ApiRequest, request);
    QFETCH(Security, security);
    QFETCH(int, status);
    QFETCH(Way, way);
    ScriptedServer server(security);
    const ScriptedReply reply{.status = status,
                              .body = R"({"name":"a"})",
                              .headers = {{"Location", "/elsewhere"},
                                          {"Retry-After", "0"},
                                          {"WWW-Authenticate", "Basic realm=\"any\""}},
                              .way = way};
    for (int i = 0; i < 5; ++i)
        server.answer(reply);
    Transport transport(server.url());
    if (way == Way::Stall || way == Way::StallInBody)
        transport.setStallTimeout(1s); // the connection has to be there by then
    transport.setToken("t");

    const Answer heard = answerTo(transport, request);
    QTEST(heard.error().kind, "kind");
    QVERIFY(heard.call->mayHaveBeenSent() || way == Way::CloseAtOnce);
    VERIFY_HOLDS_FOR(settling, server.requests().size() == 1);
    const QByteArray start = QByteArray(methodName(request.method)) + " /";
    QCOMPARE(server.wire().count(start), 1);
    QCOMPARE(server.request(0).method, QByteArray(methodName(request.method)));
    if (way != Way::CloseAtOnce) {
        QCOMPARE(server.request(0).body, request.body);
        QVERIFY(server.request(0).isWhole);
    }
    QCOMPARE(heard.count, 1);
}

void WriteOnceTest::onAConnectionThatWasUsedBefore_data()
{
    QTest::addColumn<ApiRequest>("request");
    QTest::addColumn<Security>("security");
    QTest::addColumn<Way>("way");
    for (const ApiRequest &request : {postRequest(), patchRequest()}) {
        const auto add = [&](const char *what, Security security, Way way) {
            QTest::addRow("%s, %s", methodName(request.method), what) << request << security << way;
        };
        add("HTTP/1.1, closed before the answer", Security::None, Way::CloseBefore);
        add("HTTP/1.1, closed once the headers are there", Security::None, Way::CloseAtOnce);
        add("TLS, closed before the answer", Security::Tls, Way::CloseBefore);
        add("TLS, closed once the headers are there", Security::Tls, Way::CloseAtOnce);
    }
}

void WriteOnceTest::onAConnectionThatWasUsedBefore()
{
    QFETCH(ApiRequest, request);
    QFETCH(Security, security);
    QFETCH(Way, way);
    ScriptedServer server(security);
    Transport transport(server.url());
    server.answer({});
    QVERIFY(answerTo(transport, getRequest()).isSuccess());

    for (int i = 0; i < 5; ++i)
        server.answer({.way = way});
    const Answer heard = answerTo(transport, request);
    QCOMPARE(heard.error().kind, Kind::Offline);
    VERIFY_HOLDS_FOR(settling, server.count(methodName(request.method)) == 1);
    QCOMPARE(server.request(1).connection, 1);
}

void WriteOnceTest::withALargeBody_data()
{
    const QByteArray body = "{\"name\":\"" + QByteArray(3'000'000, 'x') + "\"}";
    QTest::addColumn<ApiRequest>("request");
    QTest::newRow("POST") << postRequest(body);
    QTest::newRow("PATCH") << patchRequest(body);
}

void WriteOnceTest::withALargeBody()
{
    QFETCH(ApiRequest, request);
    ScriptedServer server;
    Transport transport(server.url());
    server.answer({.status = 201, .body = "{}"});
    QVERIFY(answerTo(transport, request).isSuccess());
    QCOMPARE(server.request(0).body, request.body);
    QCOMPARE(server.request(0).header("Content-Length"), QByteArray::number(request.body.size()));
    QCOMPARE(server.request(0).header("Transfer-Encoding"), QByteArray());

    for (int i = 0; i < 5; ++i)
        server.answer({.way = Way::CloseAtOnce}); // in the middle of the body
    server.forget();
    QCOMPARE(answerTo(transport, request).error().kind, Kind::Offline);
    VERIFY_HOLDS_FOR(settling, server.count(methodName(request.method)) == 1);
}

void WriteOnceTest::overHttp2_data()
{
    using H = Http2Server::Way;
    QTest::addColumn<ApiRequest>("request");
    QTest::addColumn<H>("way");
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    for (const ApiRequest &request : writeRequests()) {
        const auto add = [&](const char *what, H way, int status, Kind kind) {
            QTest::addRow("%s, %s", methodName(request.method), what) << request << way << status << kind;
        };
        add("closed once the headers are there", H::CloseAtOnce, 201, Kind::Offline);
        add("closed before the answer", H::CloseBefore, 201, Kind::Offline);
        add("closed in the answer's body", H::CloseInBody, 201, Kind::Offline);
        add("stream reset", H::Reset, 201, Kind::Protocol);
        add("stream refused", H::Refuse, 201, Kind::Protocol);
        add("go away", H::GoAway, 201, Kind::Offline);
        add("stalled", H::Stall, 201, Kind::Timeout);
        for (const auto &[answer, kind] : answers)
            add(qPrintable(QString::number(answer)), H::Answer, answer, kind);
    }
}

void WriteOnceTest::overHttp2()
{
    QFETCH(ApiRequest, request);
    QFETCH(Http2Server::Way, way);
    QFETCH(int, status);
    Http2Server server;
    server.answer(way, status);
    Transport transport(server.url());
    if (way == Http2Server::Way::Stall)
        transport.setStallTimeout(1s); // the connection has to be there by then

    const Answer heard = answerTo(transport, request);
    VERIFY_HOLDS_FOR(settling, server.requests().size() == 1);
    QTEST(heard.error().kind, "kind");
    QVERIFY(heard.call->mayHaveBeenSent() || way == Http2Server::Way::CloseAtOnce);
    QCOMPARE(server.requests().size(), 1u);
    QCOMPARE(server.count(methodName(request.method)), 1);
    if (way != Http2Server::Way::CloseAtOnce)
        QCOMPARE(server.requests().front().body, request.body);
    QCOMPARE(heard.count, 1);
}

void WriteOnceTest::onAnHttp2ConnectionThatWasUsedBefore_data()
{
    using H = Http2Server::Way;
    QTest::addColumn<ApiRequest>("request");
    QTest::addColumn<H>("way");
    for (const ApiRequest &request : writeRequests()) {
        const auto add = [&](const char *what, H way) {
            QTest::addRow("%s, %s", methodName(request.method), what) << request << way;
        };
        add("closed once the headers are there", H::CloseAtOnce);
        add("closed before the answer", H::CloseBefore);
        add("go away", H::GoAway);
        add("stream refused", H::Refuse);
    }
}

void WriteOnceTest::onAnHttp2ConnectionThatWasUsedBefore()
{
    QFETCH(ApiRequest, request);
    QFETCH(Http2Server::Way, way);
    Http2Server server;
    Transport transport(server.url());
    for (int i = 0; i < 2; ++i)
        QVERIFY(answerTo(transport, getRequest()).isSuccess());

    server.answer(way);
    const Answer heard = answerTo(transport, request);
    VERIFY_HOLDS_FOR(settling, server.requests().size() == 3);
    QVERIFY(!heard.isSuccess());
    QCOMPARE(server.count("GET"), 2);
    QCOMPARE(server.count(methodName(request.method)), 1);
    QCOMPARE(server.requests().back().connection, 1);
}

void WriteOnceTest::aDeleteThatIsLostGetsNoFurtherAttempt_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("closed once the headers are there") << Way::CloseAtOnce;
    QTest::newRow("closed before the answer") << Way::CloseBefore;
    QTest::newRow("closed in the answer's headers") << Way::CloseInHeaders;
    QTest::newRow("closed in the answer's body") << Way::CloseInBody;
    QTest::newRow("reset before the answer") << Way::ResetBefore;
}

void WriteOnceTest::aDeleteThatIsLostGetsNoFurtherAttempt()
{
    QFETCH(Way, way);
    ScriptedServer server;
    for (int i = 0; i < 10; ++i)
        server.answer({.body = R"({"success":true})", .way = way});
    Transport transport(server.url());
    QElapsedTimer time;
    time.start();

    const Answer heard = answerTo(transport, deleteRequest());

    QCOMPARE(heard.error().kind, Kind::Offline);
    QVERIFY(heard.call->mayHaveBeenSent());
    QVERIFY(time.elapsed() < 240); // no delay before another attempt: those there are QNetworkAccessManager's
    const int sent = server.count("DELETE");
    qInfo("DELETE on the wire: %d", sent);
    QVERIFY(sent >= 1);
    VERIFY_HOLDS_FOR(1s, server.count("DELETE") == sent && heard.count == 1);
}

void WriteOnceTest::notAtAllWithoutAConnection_data()
{
    QTest::addColumn<ApiRequest>("request");
    for (const ApiRequest &request : writeRequests())
        QTest::newRow(methodName(request.method)) << request;
}

void WriteOnceTest::notAtAllWithoutAConnection()
{
    QFETCH(ApiRequest, request);
    for (const Security security : {Security::None, Security::Tls}) {
        ScriptedServer server(security);
        Transport transport(server.url());
        server.close();
        const Answer heard = answerTo(transport, request);
        QCOMPARE(heard.error().kind, Kind::Offline);
        QVERIFY(!heard.call->mayHaveBeenSent());
    }
    Transport nowhere(QUrl(u"https://nowhere.invalid"_s));
    const Answer heard = answerTo(nowhere, request);
    QCOMPARE(heard.error().kind, Kind::Offline);
    QVERIFY(!heard.call->mayHaveBeenSent());
}

QTEST_GUILESS_MAIN(WriteOnceTest)
#include "writeoncetest.moc"
