// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/residentmemory.h"

#if defined(Q_OS_LINUX) && !defined(__SANITIZE_ADDRESS__) // which keeps what is freed
#define CREDENZA_TELLS_MEMORY
#include <QFile>

#include <unistd.h>
#endif

#if defined(__GLIBC__)
#include <malloc.h>
#endif

std::optional<qint64> residentMemory()
{
#ifdef CREDENZA_TELLS_MEMORY
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly)) {
        if (const qint64 pages = file.readAll().split(' ').value(1).toLongLong())
            return pages * sysconf(_SC_PAGESIZE);
    }
#endif
    return std::nullopt;
}

void shareOneHeap()
{
#if defined(__GLIBC__)
    mallopt(M_ARENA_MAX, 1);
#endif
}

void returnFreedMemory()
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
