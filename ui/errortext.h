// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <QString>

/// What happened and what to do, in one or two sentences of the user's language. Plain text; what the server
/// said is in it as it came.
QString errorText(const ApiError &error);
