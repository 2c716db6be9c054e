// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Logs `EVENT MS` or `EVENT MS ROWS` in the category `credenza.perf`: milliseconds since the process was
/// started, where the system tells, else since the first call.
void logPerf(const char *event, int rows = -1);
