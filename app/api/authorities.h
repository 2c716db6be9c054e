// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/authorityproblem.h"

#include <QList>
#include <QSslCertificate>

#include <vector>

struct Connection;

/// Whom to trust besides the system's authorities, and what of it could not be used.
struct Authorities
{
    QList<QSslCertificate> certificates;
    std::vector<AuthorityProblem> problems;
};

/// A longer file is not read: the lists of whole systems are a tenth of it.
constexpr qint64 maxAuthorityFile = 4 * 1024 * 1024;
/// Of the folders of SSL_CERT_DIR together.
constexpr int maxAuthorityFiles = 4096;
constexpr qint64 maxAuthorityFolders = 32 * 1024 * 1024;

/// The certificates of a file, PEM or DER, as far as they can be read. In bounded time and memory, whatever
/// the path leads to.
Authorities readAuthorities(const QString &path);

/// The connection's file and, as OpenSSL would, the file that SSL_CERT_FILE and all files of the folders that
/// SSL_CERT_DIR names: these are read once. Thread-safe.
Authorities furtherAuthorities(const Connection &connection);
