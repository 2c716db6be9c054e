// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// The value of the variable, which nobody finds there any more: no process that is started from now on, and
/// nobody who looks at what this one was started with. No other thread may read the environment meanwhile.
QByteArray takeFromEnvironment(const char *name);
