// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorities.h"

#include "domain/connection.h"

#include <QFile>
#include <QMutex>

namespace {

/// Of the file that SSL_CERT_FILE names. It may be a whole system's, so it is read once.
QList<QSslCertificate> environmentAuthorities()
{
    static QMutex mutex;
    static QString file;
    static QList<QSslCertificate> authorities;
    const QMutexLocker lock(&mutex);
    if (const QString named = qEnvironmentVariable("SSL_CERT_FILE"); named != file) {
        file = named;
        authorities = readAuthorities(file).value_or(QList<QSslCertificate>());
    }
    return authorities;
}

} // namespace

std::optional<QList<QSslCertificate>> readAuthorities(const QString &path)
{
    if (path.isEmpty())
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QSslCertificate> authorities = QSslCertificate::fromDevice(&file, QSsl::Pem);
    return authorities.isEmpty() ? std::nullopt : std::optional(authorities);
}

QList<QSslCertificate> furtherAuthorities(const Connection &connection)
{
    return readAuthorities(connection.authorityFile).value_or(QList<QSslCertificate>()) +
           environmentAuthorities();
}

bool looksLikeAuthorities(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains("-----BEGIN CERTIFICATE-----");
}
