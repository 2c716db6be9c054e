// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/holdsfor.h"

#include <QTimer>

using namespace std::chrono_literals;

/// A condition that ceases to hold for a moment only is noticed, and one that holds is looked at to the end.
class HoldsForTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHoldsIsLookedAtToTheEnd();
    void whatDoesNotHoldIsSaidAtOnce();
    void whatCeasesToHoldForAMomentIsSaid();
};

void HoldsForTest::whatHoldsIsLookedAtToTheEnd()
{
    int times = 0;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(endOf("it", 100ms, [&] { return ++times > 0; }), QByteArray());
    QVERIFY(timer.elapsed() >= 100);
    QVERIFY(times > 1);
}

void HoldsForTest::whatDoesNotHoldIsSaidAtOnce()
{
    int times = 0;
    const QByteArray end = endOf("it", 10s, [&] { return ++times == 0; });
    QVERIFY2(end.startsWith("'it' held for "), end.constData());
    QCOMPARE(times, 1);
}

void HoldsForTest::whatCeasesToHoldForAMomentIsSaid()
{
    bool holds = true;
    QTimer::singleShot(20ms, this, [&] {
        holds = false;
        QTimer::singleShot(200ms, this, [&] { holds = true; });
    });
    const QByteArray end = endOf("it", 10s, [&] { return holds; });
    QVERIFY2(end.startsWith("'it' held for ") && end.endsWith(" ms of 10000"), end.constData());
}

QTEST_GUILESS_MAIN(HoldsForTest)
#include "holdsfortest.moc"
