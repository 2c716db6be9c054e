// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

class QSettings;
class Session;

/// The order and the page size that were last used, without an application. What can't be read is as usual.
PageQuery rememberedQuery(const QSettings &settings);
void rememberQuery(const PageQuery &query, QSettings &settings);

/// The application that was last open on the session's server, or on the sandbox, which is somewhere else
/// each time; empty if there was none.
QString rememberedApplication(const QSettings &settings, const Session &session);
void rememberApplication(const QString &applicationId, QSettings &settings, const Session &session);
