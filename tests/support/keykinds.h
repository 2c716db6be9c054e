// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/keymaterial.h"

#include <QList>

/// Keys, certificates and what else is PEM, made anew for each run; only what OpenSSL does not write comes
/// from tests/fixtures/keys. All belong to nobody.
namespace KeyKinds {

struct Kind
{
    const char *name = nullptr;
    QString text;
    KeyMaterial::PemBlock::Kind kind = KeyMaterial::PemBlock::Kind::PrivateKey;
    KeyMaterial::Encryption encryption = KeyMaterial::Encryption::None;
    KeyMaterial::Algorithm algorithm = KeyMaterial::Algorithm::Unknown; ///< as far as it can be known
    int bits = 0;
    QByteArray curve{};
};

/// One PEM block each.
const QList<Kind> &privateKeys();
const QList<Kind> &publicOnes();

/// Private keys that are no PEM: bare DER, JWK, key stores …
struct OtherForm
{
    const char *name = nullptr;
    QString text;
    KeyMaterial::FoundPrivateKey::Form form = KeyMaterial::FoundPrivateKey::Form::Der;
};
const QList<OtherForm> &otherForms();

/// By its name, of both lists.
QString text(const char *name);

/// A file of tests/fixtures/keys/formats.
QString fixture(const QString &name);

/// Certificates of one chain: its own, that of the authority between, and the root's.
struct Chain
{
    QString key, leaf, intermediate, root;
};
const Chain &chain();

struct CertificateOptions
{
    int days = 90;
    int startsInDays = -1;
    bool isSha1 = false;
    bool isSelfSigned = false;
};
/// Of the key "rsa, PKCS#8".
QString certificate(const CertificateOptions &options);
/// PKCS#8, RSA of so many bits.
QString rsaKey(int bits);
/// PKCS#8 on a curve of this name.
QString ecKey(const char *curve);

} // namespace KeyKinds
