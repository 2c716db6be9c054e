// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSslCertificate>

#include <optional>

struct Connection;

/// The certificates of a PEM file that says whom to trust. Nothing if there is none that can be read.
std::optional<QList<QSslCertificate>> readAuthorities(const QString &path);

/// Whom to trust besides the system's authorities: the connection's file and, as OpenSSL would, the file that
/// SSL_CERT_FILE names: this one is read once. A file that can't be read adds nobody. Thread-safe.
QList<QSslCertificate> furtherAuthorities(const Connection &connection);

/// Whether a file looks like one of certificates, for what must be said before any of them is needed.
bool looksLikeAuthorities(const QString &path);
