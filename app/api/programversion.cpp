// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/programversion.h"

QLatin1StringView programVersion()
{
    return QLatin1StringView(CREDENZA_VERSION);
}
