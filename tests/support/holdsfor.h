// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QTest>

#include <chrono>

/// Fails unless the expression holds now and at every turn of the event loop for this long, and says when it
/// ceased to: for what should not come, or should stay.
#define VERIFY_HOLDS_FOR(time, ...)                                                                          \
    do {                                                                                                     \
        const QByteArray end = endOf(#__VA_ARGS__, time, [&] { return bool(__VA_ARGS__); });                 \
        QVERIFY2(end.isEmpty(), end.constData());                                                            \
    } while (false)

/// When the condition of this text ceased to hold, in words; empty if it holds for all of the time.
template<typename Condition>
QByteArray endOf(const QByteArray &text, std::chrono::milliseconds time, Condition condition)
{
    QElapsedTimer timer;
    timer.start();
    if (!QTest::qWaitFor([&] { return !condition(); }, int(time.count())))
        return {};
    return '\'' + text + "' held for " + QByteArray::number(timer.elapsed()) + " ms of " +
           QByteArray::number(time.count());
}
