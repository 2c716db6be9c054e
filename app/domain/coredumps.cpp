// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/coredumps.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>

#include <algorithm>
#endif

void turnOffCoreDumps()
{
#ifdef Q_OS_LINUX
    // Too small for a file, and the one limit that keeps a dump from a handler that it is piped to: with 0
    // the handler gets all of it. PR_SET_DUMPABLE would do too, but then desktop portals turn the process
    // away, as they can't look at its /proc/PID/root: no file dialogs in a sandbox, no dark style.
    constexpr rlim_t least = 1;
#else
    constexpr rlim_t least = 0;
#endif
#ifdef Q_OS_UNIX
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max = std::min(least, limit.rlim_max);
    setrlimit(RLIMIT_CORE, &limit);
#endif
}
