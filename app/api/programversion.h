// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

/// The version of the project, as the build has it.
QLatin1StringView programVersion();
