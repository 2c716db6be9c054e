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

/// What a PEM certificate says of itself, as the platform's `info` object.
std::optional<QJsonObject> certificateInfo(const QString &certificate);
