// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

/// What of this process's memory is in RAM, in bytes. Nothing on systems other than Linux, and with
/// AddressSanitizer.
std::optional<qint64> residentMemory();

/// From now on all threads allocate from one heap, so that less of it lies unused. For the start of the
/// program. Does nothing where the C library is not glibc.
void shareOneHeap();

/// Gives what was freed back to the system: after a page was read and painted a good megabyte of 50 is. Takes
/// a millisecond or two, so it is for when nothing else is done. Does nothing where the C library is not
/// glibc.
void returnFreedMemory();
