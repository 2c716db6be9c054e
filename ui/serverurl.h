// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Why this can't be the URL of a server, in words; empty if it can.
QString serverUrlProblem(const QString &url);
