// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/background.h"

#include <QThread>

#if defined(Q_OS_LINUX)
#include <sys/resource.h>
#endif

void letOthersGoFirst()
{
#if defined(Q_OS_LINUX)
    constexpr int nice = 10; // a tenth of the time where all processors are busy, so it goes on all the same
    constexpr int thisThread = 0;
    setpriority(PRIO_PROCESS, thisThread, nice);
#else
    QThread::currentThread()->setPriority(QThread::LowPriority);
#endif
}
