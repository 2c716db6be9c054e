// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

/// A 2xx answer, whole.
struct ApiAnswer
{
    int httpStatus = 0;
    QByteArray body;
    /// The server's clock less ours in milliseconds, by the answer's `Date`, which counts whole seconds.
    std::optional<qint64> clockOffset;
};
