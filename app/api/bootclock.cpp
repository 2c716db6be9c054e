// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/bootclock.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

BootClock::time_point BootClock::now() noexcept
{
#ifdef Q_OS_LINUX
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
#endif
    return time_point(
        std::chrono::duration_cast<duration>(std::chrono::steady_clock::now().time_since_epoch()));
}
