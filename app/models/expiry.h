// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <optional>

/// When what a credential holds expires, as far as its public part tells.
struct Expiry
{
    enum class State { Later, Soon, Expired };

    qint64 date = 0;     ///< milliseconds since 1970, UTC
    qint64 daysLeft = 0; ///< whole ones, from 0; 0 once it has expired
    State state = State::Later;

    static constexpr int soonDays = 30;

    bool operator==(const Expiry &) const = default;
};

/// The credential's expiry at `now`, in milliseconds since 1970: what the platform has read out of its
/// certificate, else what its certificates say that can be read back. Of a chain the first to expire counts,
/// of several authorities the last. Nothing where nothing is known to expire. Takes long for a long text.
std::optional<Expiry> expiry(const Credential &credential, qint64 now);

/// At `now`, of what expires at `date`; both in milliseconds since 1970, UTC.
Expiry expiryOf(qint64 date, qint64 now);

/// How long that is from now, or was: "in 3 days".
QString relativeExpiryText(qint64 date, qint64 now);

/// The date, and how long that is from now, or was.
QString expiryText(const Expiry &expiry, qint64 now);
