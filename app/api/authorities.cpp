// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorities.h"

std::optional<QList<QSslCertificate>> readAuthorities(const QString &path)
{
    const QList<QSslCertificate> authorities = QSslCertificate::fromPath(path, QSsl::Pem);
    return authorities.isEmpty() ? std::nullopt : std::optional(authorities);
}
