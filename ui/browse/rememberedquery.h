// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

class QSettings;

/// The order and the page size that were last used, without an application. What can't be read is as usual.
PageQuery rememberedQuery(const QSettings &settings);
void rememberQuery(const PageQuery &query, QSettings &settings);
