// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

class QSettings;
class QUrl;

/// The order and the page size that were last used, without an application. What can't be read is as usual.
PageQuery rememberedQuery(const QSettings &settings);
void rememberQuery(const PageQuery &query, QSettings &settings);

/// The application that was last open on this server; empty if there was none.
QString rememberedApplication(const QSettings &settings, const QUrl &server);
void rememberApplication(const QString &applicationId, QSettings &settings, const QUrl &server);
