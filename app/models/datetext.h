// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// How long ago `date` was, in words of the user's language: "3 days ago".
/// Both in milliseconds since 1970, UTC.
QString relativeDateText(qint64 date, qint64 now);

/// The date to the second in the user's locale and time zone, the zone named.
QString exactDateText(qint64 date);

/// In ISO 8601, UTC, to the millisecond, as the API writes dates; empty outside the years 1 to 9999. Several
/// times as fast as QDateTime::toString(), of which an export makes hundreds of thousands.
QString isoDateText(qint64 date);
