// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/networkmonitor.h"
#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/http2server.h"
#include "support/relay.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::chrono::milliseconds)

/// A connection whose packets vanish is left for another one.
class DeadConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }
    void init();
    void cleanup();

    void theNextAttemptGoesOverAnotherConnection_data() { addVersions(); }
    void theNextAttemptGoesOverAnotherConnection();
    void aPostIsSentOnceAndTheNextRequestGoesThrough_data() { addVersions(); }
    void aPostIsSentOnceAndTheNextRequestGoesThrough();
    void itRecoversOnceTheNetworkIsBack_data() { addVersions(); }
    void itRecoversOnceTheNetworkIsBack();
    void whatIsUnderWayGoesOn();
    void stallsOfOneConnectionRenewItOnce();
    void aTransportMayGoWhileAFormerManagerHasReplies();
    void aProxyStaysInUse();
    void aClockThatJumpsIsAChange_data();
    void aClockThatJumpsIsAChange();

private:
    static void addVersions();
    void connectOver(bool isHttp2);
    int requestCount(const QByteArray &method) const;

    std::unique_ptr<ScriptedServer> m_http1;
    std::unique_ptr<Http2Server> m_http2;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Transport> m_transport;
};

void DeadConnectionTest::init()
{
    m_http1 = std::make_unique<ScriptedServer>();
    m_http1->otherwise({});
    m_http2 = std::make_unique<Http2Server>();
}

void DeadConnectionTest::cleanup()
{
    m_transport.reset();
    m_relay.reset();
}

void DeadConnectionTest::addVersions()
{
    QTest::addColumn<bool>("isHttp2");
    QTest::newRow("HTTP/1.1") << false;
    QTest::newRow("HTTP/2") << true;
}

/// To a server behind a network that can be lost, with one connection there.
void DeadConnectionTest::connectOver(bool isHttp2)
{
    m_relay = std::make_unique<Relay>(isHttp2 ? m_http2->url() : m_http1->url());
    m_transport = std::make_unique<Transport>(m_relay->url());
    m_transport->setStallTimeout(500ms);
    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QCOMPARE(m_relay->connectionCount(), 1);
}

int DeadConnectionTest::requestCount(const QByteArray &method) const
{
    return m_http1->count(method) + m_http2->count(method);
}

void DeadConnectionTest::theNextAttemptGoesOverAnotherConnection()
{
    QFETCH(bool, isHttp2);
    connectOver(isHttp2);
    m_relay->swallow();
    QElapsedTimer time;
    time.start();

    const Answer answer = answerTo(*m_transport, getRequest());

    QVERIFY2(answer.isSuccess(), qPrintable(answer.error().technicalDetail));
    QVERIFY2(time.elapsed() < 2500, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(m_relay->connectionCount(), 2);
    QCOMPARE(requestCount("GET"), 2);
}

void DeadConnectionTest::aPostIsSentOnceAndTheNextRequestGoesThrough()
{
    QFETCH(bool, isHttp2);
    connectOver(isHttp2);
    m_relay->swallow();

    const Answer lost = answerTo(*m_transport, postRequest());
    QCOMPARE(lost.error().kind, ApiError::Kind::Timeout);
    QElapsedTimer time;
    time.start();
    const Answer next = answerTo(*m_transport, getRequest());

    QVERIFY(next.isSuccess());
    QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(requestCount("POST"), 0); // swallowed, and not sent again
}

void DeadConnectionTest::itRecoversOnceTheNetworkIsBack()
{
    QFETCH(bool, isHttp2);
    connectOver(isHttp2);
    m_relay->swallow();
    m_relay->setDown(true);
    QCOMPARE(answerTo(*m_transport, getRequest()).error().kind, ApiError::Kind::Timeout);
    m_relay->setDown(false);
    QElapsedTimer time;
    time.start();

    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());

    QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed())));
}

void DeadConnectionTest::whatIsUnderWayGoesOn()
{
    connectOver(false);
    m_http1->answer({.body = "\"slow\"", .delay = 300ms});
    Heard<ApiAnswer> heard;
    const PendingCall slow(new ApiCall(*m_transport, getRequest(), heard.listener()));
    QTRY_COMPARE(m_http1->count("GET"), 2);

    m_transport->renewConnections();

    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QVERIFY(heard.wait());
    QCOMPARE(heard.value().body, "\"slow\"");
    QCOMPARE(m_http1->count("GET"), 3);
    QTRY_COMPARE(m_http1->openConnectionCount(),
                 1); // that of the former manager has gone with its last reply
}

void DeadConnectionTest::stallsOfOneConnectionRenewItOnce()
{
    connectOver(false);
    m_relay->swallow();
    std::vector<std::unique_ptr<Heard<ApiAnswer>>> heard;
    std::vector<PendingCall> calls;
    for (int i = 0; i < 4; ++i) {
        heard.push_back(std::make_unique<Heard<ApiAnswer>>());
        calls.emplace_back(new ApiCall(*m_transport, getRequest(), heard.back()->listener()));
    }
    for (const auto &one : heard) {
        QVERIFY(one->wait());
        QVERIFY(one->isSuccess());
    }
    QTRY_VERIFY(m_transport->findChildren<QNetworkAccessManager *>().isEmpty());
}

void DeadConnectionTest::aTransportMayGoWhileAFormerManagerHasReplies()
{
    connectOver(false);
    m_http1->answer({.delay = 300ms});
    Heard<ApiAnswer> heard;
    PendingCall slow(new ApiCall(*m_transport, getRequest(), heard.listener()));
    QTRY_COMPARE(m_http1->count("GET"), 2);
    m_transport->renewConnections();
    slow.reset();
    m_transport.reset();
    VERIFY_HOLDS_FOR(400ms, heard.count == 0);
}

void DeadConnectionTest::aProxyStaysInUse()
{
    // Which refuses, as nobody listens there: the request does not go past it.
    Connection connection{.server = QUrl(u"https://api.example.com"_s)};
    connection.proxy = {.kind = Connection::Proxy::Kind::Http, .host = u"127.0.0.1"_s, .port = 1};
    Transport transport(connection);
    transport.renewConnections();
    const Answer answer = answerTo(transport, postRequest());
    QCOMPARE(answer.error().kind, ApiError::Kind::Offline);
    QVERIFY2(answer.error().technicalDetail.contains(u"127.0.0.1:1"_s),
             qPrintable(answer.error().technicalDetail));
}

void DeadConnectionTest::aClockThatJumpsIsAChange_data()
{
    QTest::addColumn<std::chrono::milliseconds>("wall");
    QTest::addColumn<std::chrono::milliseconds>("steady");
    QTest::addColumn<bool>("isChange");
    QTest::newRow("time passes") << 5000ms << 5000ms << false;
    QTest::newRow("the clock is adjusted") << 6000ms << 5000ms << false;
    QTest::newRow("the machine slept, and the steady clock went on") << 60'000ms << 60'000ms << true;
    QTest::newRow("the machine slept") << 60'000ms << 5000ms << true;
    QTest::newRow("the clock is set back") << -60'000ms << 5000ms << true;
}

void DeadConnectionTest::aClockThatJumpsIsAChange()
{
    QFETCH(std::chrono::milliseconds, wall);
    QFETCH(std::chrono::milliseconds, steady);
    QFETCH(bool, isChange);
    std::chrono::milliseconds wallNow = 1'000'000ms;
    std::chrono::milliseconds steadyNow = 3000ms;
    NetworkMonitor monitor([&wallNow] { return wallNow; }, [&steadyNow] { return steadyNow; }, 10ms);
    QSignalSpy changed(&monitor, &NetworkMonitor::networkChanged);
    monitor.start();
    VERIFY_HOLDS_FOR(50ms, changed.empty());

    wallNow += wall;
    steadyNow += steady;

    QTRY_COMPARE(changed.count(), isChange ? 1 : 0);
    VERIFY_HOLDS_FOR(50ms, changed.count() == (isChange ? 1 : 0));
}

QTEST_GUILESS_MAIN(DeadConnectionTest)
#include "deadconnectiontest.moc"
