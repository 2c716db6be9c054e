// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <fcntl.h>
#include <unistd.h>

/// What stands at this place of the process's memory, also once it was freed; empty if nothing does any more.
inline QByteArray memoryAt(quintptr place, qsizetype size)
{
    QByteArray bytes(size, '\0');
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    const ssize_t count = pread(memory, bytes.data(), std::size_t(size), off_t(place));
    close(memory);
    bytes.truncate(std::max<qsizetype>(0, count));
    return bytes;
}

inline QByteArray memoryAt(const void *place, qsizetype size)
{
    return memoryAt(reinterpret_cast<quintptr>(place), size);
}
