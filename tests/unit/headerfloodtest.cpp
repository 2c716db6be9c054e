// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/residentmemory.h"
#include "api/transport.h"
#include "support/asking.h"
#include "support/floodserver.h"
#include "support/holdsfor.h"
#include "support/testcertificate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// In milliseconds. Guards against waiting for ever: what takes the headers in may have little of the
/// processor.
constexpr int guard = 100'000;

qint64 residentMebibytes()
{
    return residentMemory().value_or(0) / 1024 / 1024;
}

} // namespace

/// Headers that never end take no memory without bound.
class HeaderFloodTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }
    void init();

    void areGivenUp_data() { addProtocols(); }
    void areGivenUp();
    void areGivenUpOnceNobodyWaitsForThem_data() { addProtocols(); }
    void areGivenUpOnceNobodyWaitsForThem();
    void aPostIsNotSentAgain_data() { addProtocols(); }
    void aPostIsNotSentAgain();

private:
    static void addProtocols();

    /// What the process may take above what it had: the bound, what comes until it is looked at, what OpenSSL
    /// and the server of the test have under way.
    static constexpr qint64 maxGrowth = 3 * Transport::maxMemoryGrowth / 1024 / 1024;

    QTimer m_sampler;
    qint64 m_before = 0;
    qint64 m_peak = 0;
};

void HeaderFloodTest::init()
{
    if (m_sampler.interval() == 0)
        connect(&m_sampler, &QTimer::timeout, this,
                [this] { m_peak = std::max(m_peak, residentMebibytes()); });
    m_before = m_peak = residentMebibytes();
    if (m_before == 0)
        QSKIP("It is not known how much memory this process has.");
    m_sampler.start(5);
}

void HeaderFloodTest::addProtocols()
{
    QTest::addColumn<FloodServer::Protocol>("protocol");
    QTest::newRow("HTTP/1.1") << FloodServer::Protocol::Http1;
    QTest::newRow("HTTP/2") << FloodServer::Protocol::Http2;
}

void HeaderFloodTest::areGivenUp()
{
    QFETCH(FloodServer::Protocol, protocol);
    FloodServer server(protocol);
    Transport transport(server.url());
    transport.setStallTimeout(120s); // that of the tests is not what ends it

    Heard<ApiAnswer> answer;
    const ApiCall call(transport, getRequest(), answer.listener());
    QVERIFY(answer.wait(guard));

    QCOMPARE(answer.error().kind, ApiError::Kind::Protocol);
    QVERIFY(answer.error().technicalDetail.contains(u"384 MiB"_s));
    QCOMPARE(server.connectionCount(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(residentMebibytes() < (m_before + m_peak) / 2, guard); // it ended
    qInfo("resident %lld MiB before, %lld at most, %lld MiB sent", m_before, m_peak,
          server.sent() / 1024 / 1024);
    QVERIFY(m_peak - m_before < maxGrowth);
}

void HeaderFloodTest::areGivenUpOnceNobodyWaitsForThem()
{
    QFETCH(FloodServer::Protocol, protocol);
    FloodServer server(protocol);
    Transport transport(server.url());
    Heard<ApiAnswer> heard;
    PendingCall call(new ApiCall(transport, getRequest(), heard.listener()));
    QTRY_VERIFY_WITH_TIMEOUT(server.sent() > 16 * 1024 * 1024, guard);

    call.reset();

    QTRY_VERIFY_WITH_TIMEOUT(!server.isFlooding(), guard);
    QVERIFY(m_peak - m_before < maxGrowth);
    QCOMPARE(heard.count, 0);
}

void HeaderFloodTest::aPostIsNotSentAgain()
{
    QFETCH(FloodServer::Protocol, protocol);
    FloodServer server(protocol);
    Transport transport(server.url());
    transport.setStallTimeout(120s);

    Heard<ApiAnswer> answer;
    const ApiCall call(transport, postRequest(), answer.listener());
    QVERIFY(answer.wait(guard));

    QCOMPARE(answer.error().kind, ApiError::Kind::Protocol);
    QCOMPARE(answer.error().httpStatus, 0);
    QVERIFY(call.mayHaveBeenSent());
    VERIFY_HOLDS_FOR(500ms, server.connectionCount() == 1);
}

QTEST_GUILESS_MAIN(HeaderFloodTest)
#include "headerfloodtest.moc"
