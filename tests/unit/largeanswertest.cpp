// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::atomic<QThread *> readIn = nullptr;
QSemaphore mayRead;

Result<qsizetype> readSize(const ApiAnswer &answer)
{
    readIn = QThread::currentThread();
    return answer.body.size();
}

Result<qsizetype> readLate(const ApiAnswer &answer)
{
    readIn = QThread::currentThread();
    mayRead.acquire();
    return answer.body.size();
}

Result<qsizetype> refuse(const ApiAnswer &answer)
{
    return tl::unexpected(ApiError{.kind = ApiError::Kind::Protocol, .httpStatus = answer.httpStatus});
}

} // namespace

/// An answer that takes long to be read holds up nothing, and is an answer like any other.
class LargeAnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aLargeAnswerIsReadInAnotherThread_data();
    void aLargeAnswerIsReadInAnotherThread();
    void anErrorOfTheReaderIsTheAnswer();
    void whatIsWithdrawnWhileItIsReadDoesNotAnswer();
    void theTransportMayGoWhileItIsRead();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    Heard<qsizetype> m_heard;
};

void LargeAnswerTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->otherwise({.body = QByteArray(maxReadAtOnce + 1, ' ')});
    m_transport = std::make_unique<Transport>(m_server->url());
    m_heard.result.reset();
    m_heard.count = 0;
    readIn = nullptr;
}

void LargeAnswerTest::aLargeAnswerIsReadInAnotherThread_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("isHere");
    QTest::newRow("small") << 10 << true;
    QTest::newRow("largest") << int(maxReadAtOnce) << true;
    QTest::newRow("larger") << int(maxReadAtOnce) + 1 << false;
    QTest::newRow("30 MB") << 30'000'000 << false;
}

void LargeAnswerTest::aLargeAnswerIsReadInAnotherThread()
{
    QFETCH(int, size);
    QFETCH(bool, isHere);
    m_server->otherwise({.body = QByteArray(size, ' ')});

    const PendingCall call = ask<qsizetype>(*m_transport, getRequest(), readSize, m_heard.listener());

    QVERIFY(m_heard.wait());
    QCOMPARE(m_heard.value(), size);
    QCOMPARE(m_heard.count, 1);
    QCOMPARE(readIn == QThread::currentThread(), isHere);
}

void LargeAnswerTest::anErrorOfTheReaderIsTheAnswer()
{
    const PendingCall call = ask<qsizetype>(*m_transport, getRequest(), refuse, m_heard.listener());
    QVERIFY(m_heard.wait());
    QCOMPARE(m_heard.error().kind, ApiError::Kind::Protocol);
    QCOMPARE(m_heard.error().httpStatus, 200);
}

void LargeAnswerTest::whatIsWithdrawnWhileItIsReadDoesNotAnswer()
{
    PendingCall call = ask<qsizetype>(*m_transport, getRequest(), readLate, m_heard.listener());
    QTRY_VERIFY(readIn.load());
    call.reset();
    mayRead.release();
    QThreadPool::globalInstance()->waitForDone();
    VERIFY_HOLDS_FOR(50ms, m_heard.count == 0);
}

void LargeAnswerTest::theTransportMayGoWhileItIsRead()
{
    PendingCall call = ask<qsizetype>(*m_transport, getRequest(), readLate, m_heard.listener());
    QTRY_VERIFY(readIn.load());
    m_transport.reset();
    mayRead.release();
    QVERIFY(m_heard.wait());
    QCOMPARE(m_heard.value(), maxReadAtOnce + 1);
}

QTEST_GUILESS_MAIN(LargeAnswerTest)
#include "largeanswertest.moc"
