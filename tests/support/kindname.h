// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

/// The kind of error as the program's source names it.
inline QString kindName(ApiError::Kind kind)
{
    switch (kind) {
    case ApiError::Kind::Offline:
        return QStringLiteral("Offline");
    case ApiError::Kind::Timeout:
        return QStringLiteral("Timeout");
    case ApiError::Kind::Tls:
        return QStringLiteral("Tls");
    case ApiError::Kind::Unauthorized:
        return QStringLiteral("Unauthorized");
    case ApiError::Kind::Forbidden:
        return QStringLiteral("Forbidden");
    case ApiError::Kind::NotFound:
        return QStringLiteral("NotFound");
    case ApiError::Kind::Validation:
        return QStringLiteral("Validation");
    case ApiError::Kind::Throttled:
        return QStringLiteral("Throttled");
    case ApiError::Kind::Server:
        return QStringLiteral("Server");
    case ApiError::Kind::Protocol:
        return QStringLiteral("Protocol");
    case ApiError::Kind::Unsendable:
        return QStringLiteral("Unsendable");
    }
    Q_UNREACHABLE();
}
