// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

/// What of this process's memory is in RAM, in bytes. Nothing on systems other than Linux, and with
/// AddressSanitizer.
std::optional<qint64> residentMemory();
