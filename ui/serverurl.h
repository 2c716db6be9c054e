// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// The URL in a text that was typed, pasted or set: without what stands around it, and out of quotes or an
/// assignment if a URL comes out.
QString serverUrlIn(const QString &text);

/// Why this can't be the URL of a server, in words; empty if it can.
QString serverUrlProblem(const QString &url);
