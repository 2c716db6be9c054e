// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// From now on the whole program overwrites what it frees, whoever frees it: tokens and secrets pass through
/// Qt's network code, JSON, TLS and D-Bus too, and what was freed stands in memory until something else does.
/// Does nothing where the C library is not glibc, or is watched by a sanitizer.
void overwriteFreedMemory();
