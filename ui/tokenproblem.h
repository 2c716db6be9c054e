// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/tokentext.h"

#include <QString>

/// Why what was given is no API token, and what to do, in words that go on after a colon.
QString tokenProblemText(TokenText::Problem problem);
