// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/result.h"

#include <QByteArray>

/// The content codings (RFC 9110, section 8.4.1) that are asked for, as `Accept-Encoding` takes them. The
/// network access manager would ask for them by itself and decode what comes, but in the thread that reads,
/// and all that has come in one go: a few KiB can become gigabytes.
constexpr char acceptedCodings[] = "gzip, deflate";

/// The body that came in this coding, which is that of `Content-Encoding` and may be empty. Fails with
/// Kind::Protocol if the coding is none of those that are asked for, or the body is damaged, not whole, or
/// larger than `maxSize` bytes, which is seen before it takes more memory. 64 MiB take some tenths of a
/// second.
Result<QByteArray> decodedBody(const QByteArray &coding, const QByteArray &body, qsizetype maxSize);

/// A body is larger than the bytes that it may have.
ApiError bodyTooLarge(qsizetype maxSize);
