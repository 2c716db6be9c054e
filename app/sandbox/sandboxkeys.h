// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

/// The public half of a new RSA key pair as PEM; the private half is forgotten at once. Empty if no key can
/// be made.
QString generatedPublicKey();

/// As generatedPublicKey(), in the form in which a Git host takes deploy keys.
QString generatedDeployKey();

/// The public half of an unencrypted private key, both PEM. Empty if it can't be read.
QString publicKeyOf(const QString &privateKey);

/// The RSA key of 2048 bits with this modulus as PEM, and as Git hosts take it.
QString publicKeyPem(const QByteArray &modulus);
QString deployKeyText(const QByteArray &modulus);

/// What a certificate is made of. Dates are milliseconds since 1970, UTC.
struct CertificateFacts
{
    QString commonName;
    quint64 serialNumber = 0;
    qint64 from = 0;
    qint64 until = 0;
};

/// A certificate that signs itself, PEM: the same of the same facts. Its key follows from the name, so it is
/// good for nothing but to be looked at.
QString signedCertificate(const CertificateFacts &facts);

/// What a PEM certificate says of itself, as the platform's `info` object.
std::optional<QJsonObject> certificateInfo(const QString &certificate);
