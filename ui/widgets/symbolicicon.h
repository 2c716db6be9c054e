// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

/// The drawing `:/icons/actions/NAME.svg` in the palette's text colour, whichever that is when it is painted.
QIcon symbolicIcon(const QString &name);

/// Credenza's own icon.
QIcon programIcon();

/// The icon of a credential type, by its raw key.
QIcon credentialTypeIcon(const QString &type);
