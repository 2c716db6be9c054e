// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/watchedapplication.h"

#include <QByteArray>
#include <QThread>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

using namespace std::chrono;

WatchedApplication::WatchedApplication(int &argc, char **argv)
    : QApplication(argc, argv), m_schedule(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC))
{
}

WatchedApplication::~WatchedApplication()
{
    if (m_schedule >= 0)
        ::close(m_schedule);
}

milliseconds WatchedApplication::longestEvent() const
{
    return duration_cast<milliseconds>(m_longest);
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0 || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    ++m_depth;
    const nanoseconds start = now();
    const bool isDone = QApplication::notify(receiver, event);
    m_longest = std::max(m_longest, now() - start);
    --m_depth;
    return isDone;
}

nanoseconds WatchedApplication::now() const
{
    const nanoseconds wall = steady_clock::now().time_since_epoch();
    std::array<char, 80> text;
    const ssize_t size = m_schedule < 0 ? 0 : ::pread(m_schedule, text.data(), text.size(), 0);
    const auto waited =
        QByteArrayView(text.data(), std::max<ssize_t>(size, 0)).toByteArray().split(' ').value(1);
    return wall - nanoseconds(waited.toLongLong());
}
