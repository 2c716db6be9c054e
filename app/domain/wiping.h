// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Overwrites a secret, then empties it. Where a copy shares it, that one is left to overwrite it.
void wipe(QByteArray &bytes);
void wipe(QString &text);
