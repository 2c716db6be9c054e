// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>

/// Whether these bytes may be sent as the value of a header, whoever they come from: visible ASCII, so that
/// no line break begins a header of its own. An API token has no blanks either.
bool isHeaderValue(QByteArrayView value);

/// Whether this may be sent as the header `losantdomain`: a host name, perhaps with a port.
bool isLosantDomain(QStringView domain);

/// Whether a proxy may be told this user name, which Digest sends as it is: no control characters.
bool isProxyUser(QStringView user);
