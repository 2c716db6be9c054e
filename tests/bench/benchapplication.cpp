// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchapplication.h"

#include <QEventLoop>
#include <QProgressBar>
#include <QTimer>

#include <utility>

using namespace std::chrono_literals;

double BenchApplication::untilPainted(const std::function<void()> &gesture,
                                      const std::function<bool()> &isShown)
{
    QEventLoop loop;
    bool isDone = false;
    connect(this, &BenchApplication::framePainted, &loop, [&] {
        if (isDone)
            return;
        const auto now = Clock::now();
        if (isShown()) {
            m_paintedAt = now;
            isDone = true;
            loop.quit();
        }
    });
    QTimer::singleShot(10s, &loop, [] { qFatal("what should be painted is not after ten seconds"); });
    const auto start = Clock::now();
    gesture();
    if (!isDone)
        loop.exec();
    return milliseconds(m_paintedAt - start);
}

bool BenchApplication::notify(QObject *receiver, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Paint && receiver == m_watched)
        m_isPainted = true;
    else if (type == QEvent::Show && qobject_cast<QProgressBar *>(receiver))
        ++m_progressBars;
    const bool isHandled = QApplication::notify(receiver, event);
    // The whole window is painted and handed over in one.
    if (type == QEvent::UpdateRequest && std::exchange(m_isPainted, false))
        Q_EMIT framePainted();
    return isHandled;
}
