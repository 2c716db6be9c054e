// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <QByteArray>

class QNetworkReply;

/// What a finished reply means when it is no 2xx answer; nothing if it is one.
/// `body` is what was received of it: any bytes.
std::optional<ApiError> replyError(const QNetworkReply &reply, const QByteArray &body);

/// The reply's `Date`, in milliseconds since 1970, UTC.
std::optional<qint64> serverDate(const QNetworkReply &reply);
