// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorities.h"

#include "domain/connection.h"

#include <QFile>

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
    QList<QSslCertificate> authorities;
    for (const QString &file : {connection.authorityFile, qEnvironmentVariable("SSL_CERT_FILE")})
        authorities += readAuthorities(file).value_or(QList<QSslCertificate>());
    return authorities;
}

bool looksLikeAuthorities(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains("-----BEGIN CERTIFICATE-----");
}
