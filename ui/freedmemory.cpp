// SPDX-License-Identifier: GPL-3.0-or-later
#include "freedmemory.h"

#include <QtGlobal>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace {

/// What is larger is pictures and pages of rows, and would take its time. Bodies that hold a secret are
/// smaller.
constexpr std::size_t maxOverwritten = 256 * 1024;

std::atomic<bool> overwrites = false;

void overwrite(void *place)
{
    if (const std::size_t size = malloc_usable_size(place); size <= maxOverwritten)
        std::memset(place, 0, size);
}

} // namespace

// These take the place of the C library's for all of the program, libraries included. mallopt(M_PERTURB)
// would not do: it passes over the blocks that a thread keeps for its next use, all of up to 1 KiB
// (glibc 2.36).
extern "C" {

// The names are those that the linker finds in glibc.
// NOLINTBEGIN(bugprone-reserved-identifier)
void __libc_free(void *place);
void *__libc_realloc(void *place, std::size_t size);
// NOLINTEND(bugprone-reserved-identifier)

void free(void *place) noexcept
{
    if (place && overwrites.load(std::memory_order_relaxed))
        overwrite(place);
    __libc_free(place);
}

void *realloc(void *place, std::size_t size) noexcept
{
    if (!place || size == 0 || !overwrites.load(std::memory_order_relaxed))
        return __libc_realloc(place, size);
    const std::size_t before = malloc_usable_size(place);
    if (before > maxOverwritten)
        return __libc_realloc(place, size);
    if (size <= before && size >= before / 2)
        return place;
    // It would move the bytes and leave them behind where they were.
    void *moved = std::malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, place, std::min(before, size));
    free(place);
    return moved;
}
}

void overwriteFreedMemory()
{
    overwrites = true;
}

#else

void overwriteFreedMemory() {}

#endif
