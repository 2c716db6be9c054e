// SPDX-License-Identifier: GPL-3.0-or-later
#include "perflog.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLoggingCategory>

#ifdef Q_OS_LINUX
#include <ctime>
#include <unistd.h>
#endif

Q_LOGGING_CATEGORY(perfLog, "credenza.perf", QtWarningMsg)

namespace {

#ifdef Q_OS_LINUX
/// The age of this process by the kernel's account, or -1.
qint64 processAge()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray stat = file.readAll();
    // Field 22 is the start in clock ticks since boot; the second field, in brackets, may hold blanks.
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    timespec sinceBoot{};
    if (fields.size() < 20 || clock_gettime(CLOCK_BOOTTIME, &sinceBoot) != 0)
        return -1;
    const qint64 started = fields[19].toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return qint64(sinceBoot.tv_sec) * 1000 + sinceBoot.tv_nsec / 1'000'000 - started;
}
#else
qint64 processAge()
{
    return -1;
}
#endif

qint64 millisecondsSinceStart()
{
    static const qint64 ageAtFirstCall = qMax(qint64(0), processAge());
    static const QElapsedTimer sinceFirstCall = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    return ageAtFirstCall + sinceFirstCall.elapsed();
}

} // namespace

void logPerf(const char *event, int rows)
{
    if (!perfLog().isDebugEnabled())
        return;
    if (rows < 0)
        qCDebug(perfLog, "%s %lld", event, millisecondsSinceStart());
    else
        qCDebug(perfLog, "%s %lld %d", event, millisecondsSinceStart(), rows);
}
