// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/http2server.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

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

/// A POST reaches the wire once, whatever happens to its answer.
class PostOnceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void overHttp1_data();
    void overHttp1();
    void onAConnectionThatWasUsedBefore_data();
    void onAConnectionThatWasUsedBefore();
    void withALargeBody();
    void overHttp2_data();
    void overHttp2();
    void onAnHttp2ConnectionThatWasUsedBefore_data();
    void onAnHttp2ConnectionThatWasUsedBefore();
    void notAtAllIfNobodyListens();

private:
    /// Longer than a second attempt of anyone would take.
    static constexpr int settling = 100;
};

void PostOnceTest::initTestCase()
{
    TestCertificate::trust();
}

void PostOnceTest::overHttp1_data()
{
    QTest::addColumn<Security>("security");
    QTest::addColumn<int>("status");
    QTest::addColumn<Way>("way");
    QTest::addColumn<Kind>("kind");
    for (const auto &[name, security] :
         {std::pair("HTTP/1.1", Security::None), std::pair("TLS", Security::Tls)}) {
        const auto add = [&](const char *what, int status, Way way, Kind kind) {
            QTest::addRow("%s, %s", name, what) << security << status << way << kind;
        };
        add("closed once the headers are there", 201, Way::CloseAtOnce, Kind::Offline);
        add("closed before the answer", 201, Way::CloseBefore, Kind::Offline);
        add("closed in the answer's headers", 201, Way::CloseInHeaders, Kind::Offline);
        add("closed in the answer's body", 201, Way::CloseInBody, Kind::Offline);
        add("reset before the answer", 201, Way::ResetBefore, Kind::Offline);
        add("reset in the answer's body", 201, Way::ResetInBody, Kind::Offline);
        add("stalled before the answer", 201, Way::Stall, Kind::Timeout);
        add("stalled in the answer's body", 201, Way::StallInBody, Kind::Timeout);
        add("503 and closed", 503, Way::ThenClose, Kind::Server);
        add("408 and closed", 408, Way::ThenClose, Kind::Server);
        for (const auto &[answer, kind] : answers)
            add(qPrintable(QString::number(answer)), answer, Way::Whole, kind);
    }
}

void PostOnceTest::overHttp1()
{
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
    transport.setStallTimeout(200ms);
    transport.setToken("t");

    const Answer heard = answerTo(transport, postRequest());
    QTEST(heard.error().kind, "kind");
    QVERIFY(heard.call->bodyWasSent() || way == Way::CloseAtOnce);
    QTest::qWait(settling);
    qInfo("requests on the wire: %d", int(server.requests().size()));
    QCOMPARE(server.requests().size(), 1u);
    QCOMPARE(server.wire().count("POST "), 1);
    QCOMPARE(server.request(0).method, "POST"_ba);
    if (way != Way::CloseAtOnce) {
        QCOMPARE(server.request(0).body, postRequest().body);
        QVERIFY(server.request(0).isWhole);
    }
    QCOMPARE(heard.count, 1);
}

void PostOnceTest::onAConnectionThatWasUsedBefore_data()
{
    QTest::addColumn<Security>("security");
    QTest::addColumn<Way>("way");
    QTest::newRow("HTTP/1.1, closed before the answer") << Security::None << Way::CloseBefore;
    QTest::newRow("HTTP/1.1, closed once the headers are there") << Security::None << Way::CloseAtOnce;
    QTest::newRow("TLS, closed before the answer") << Security::Tls << Way::CloseBefore;
    QTest::newRow("TLS, closed once the headers are there") << Security::Tls << Way::CloseAtOnce;
}

void PostOnceTest::onAConnectionThatWasUsedBefore()
{
    QFETCH(Security, security);
    QFETCH(Way, way);
    ScriptedServer server(security);
    Transport transport(server.url());
    server.answer({});
    QVERIFY(answerTo(transport, getRequest()).isSuccess());

    for (int i = 0; i < 5; ++i)
        server.answer({.way = way});
    const Answer heard = answerTo(transport, postRequest());
    QCOMPARE(heard.error().kind, Kind::Offline);
    QTest::qWait(settling);
    qInfo("POST on the wire: %d", server.count("POST"));
    QCOMPARE(server.count("POST"), 1);
    QCOMPARE(server.request(1).connection, 1);
}

void PostOnceTest::withALargeBody()
{
    ScriptedServer server;
    Transport transport(server.url());
    const QByteArray body = "{\"name\":\"" + QByteArray(3'000'000, 'x') + "\"}";
    server.answer({.status = 201, .body = "{}"});
    QVERIFY(answerTo(transport, postRequest(body)).isSuccess());
    QCOMPARE(server.request(0).body, body);
    QCOMPARE(server.request(0).header("Content-Length"), QByteArray::number(body.size()));
    QCOMPARE(server.request(0).header("Transfer-Encoding"), QByteArray());

    for (int i = 0; i < 5; ++i)
        server.answer({.way = Way::CloseAtOnce}); // in the middle of the body
    server.forget();
    QCOMPARE(answerTo(transport, postRequest(body)).error().kind, Kind::Offline);
    QTest::qWait(settling);
    QCOMPARE(server.count("POST"), 1);
}

void PostOnceTest::overHttp2_data()
{
    using H = Http2Server::Way;
    QTest::addColumn<H>("way");
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("closed once the headers are there") << H::CloseAtOnce << 201 << Kind::Offline;
    QTest::newRow("closed before the answer") << H::CloseBefore << 201 << Kind::Offline;
    QTest::newRow("closed in the answer's body") << H::CloseInBody << 201 << Kind::Offline;
    QTest::newRow("stream reset") << H::Reset << 201 << Kind::Protocol;
    QTest::newRow("stream refused") << H::Refuse << 201 << Kind::Protocol;
    QTest::newRow("go away") << H::GoAway << 201 << Kind::Offline;
    QTest::newRow("stalled") << H::Stall << 201 << Kind::Timeout;
    for (const auto &[answer, kind] : answers)
        QTest::addRow("%d", answer) << H::Answer << answer << kind;
}

void PostOnceTest::overHttp2()
{
    QFETCH(Http2Server::Way, way);
    QFETCH(int, status);
    Http2Server server;
    server.answer(way, status);
    Transport transport(server.url());
    transport.setStallTimeout(200ms);

    const Answer heard = answerTo(transport, postRequest());
    QTest::qWait(settling);
    qInfo("requests on the wire: %d, kind %d", int(server.requests().size()), int(heard.error().kind));
    QTEST(heard.error().kind, "kind");
    QCOMPARE(server.requests().size(), 1u);
    QCOMPARE(server.count("POST"), 1);
    if (way != Http2Server::Way::CloseAtOnce)
        QCOMPARE(server.requests().front().body, postRequest().body);
    QCOMPARE(heard.count, 1);
}

void PostOnceTest::onAnHttp2ConnectionThatWasUsedBefore_data()
{
    using H = Http2Server::Way;
    QTest::addColumn<H>("way");
    QTest::newRow("closed once the headers are there") << H::CloseAtOnce;
    QTest::newRow("closed before the answer") << H::CloseBefore;
    QTest::newRow("go away") << H::GoAway;
    QTest::newRow("stream refused") << H::Refuse;
}

void PostOnceTest::onAnHttp2ConnectionThatWasUsedBefore()
{
    QFETCH(Http2Server::Way, way);
    Http2Server server;
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    QVERIFY(answerTo(transport, postRequest()).isSuccess());

    server.answer(way);
    const Answer heard = answerTo(transport, postRequest());
    QTest::qWait(settling);
    qInfo("POST on the wire: %d", server.count("POST") - 1);
    QVERIFY(!heard.isSuccess());
    QCOMPARE(server.count("GET"), 1);
    QCOMPARE(server.count("POST"), 2);
    QCOMPARE(server.requests().back().connection, 1);
}

void PostOnceTest::notAtAllIfNobodyListens()
{
    for (const Security security : {Security::None, Security::Tls}) {
        ScriptedServer server(security);
        Transport transport(server.url());
        server.close();
        const Answer heard = answerTo(transport, postRequest());
        QCOMPARE(heard.error().kind, Kind::Offline);
        QVERIFY(!heard.call->bodyWasSent());
    }
}

QTEST_GUILESS_MAIN(PostOnceTest)
#include "postoncetest.moc"
