// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pemblock.h"

#include <openssl/types.h>

#include <optional>

/// What is between the lines of an armour, decoded.
namespace KeyContent {

/// A legacy key's Proc-Type and DEK-Info.
struct LegacyHeader
{
    QByteArray cipher; ///< "AES-256-CBC"
    QByteArray iv;     ///< in hexadecimal digits

    bool isEmpty() const { return cipher.isEmpty(); }
    QByteArray text() const;
};

struct Content
{
    KeyMaterial::PemBlock block;
    QByteArray label; ///< what the armour has to say
};

enum class Look {
    AtAll,
    ForPrivateKeys, ///< what can't be one is taken for what its label says, which is quick
};

/// What the bytes are, all of them. The label only says what is tried first; without one, or if it is wrong,
/// the bytes decide. Nothing for what does not parse.
std::optional<Content> read(const QByteArray &bytes, QByteArrayView label, const LegacyHeader &header = {},
                            Look look = Look::AtAll);

/// Whether DER begins as a private key does: a certificate or a public key does not. Cheap.
bool mayBePrivate(QByteArrayView beginning);

/// How many characters of base64 there are of a DER value, by the first of them; 0 for anything else.
qsizetype base64Length(QByteArrayView beginning);

/// Algorithm, size and public part.
void describeKey(KeyMaterial::PemBlock &block, EVP_PKEY *key);

/// What a label promises.
KeyMaterial::PemBlock promised(QByteArrayView label);

/// Whether a cipher of a DEK-Info is known, and how many hexadecimal digits its vector has.
int legacyVectorDigits(const QByteArray &cipher);

/// OpenSSH's own format as far as cipher and public part; OpenSSL does not read it.
std::optional<KeyMaterial::PemBlock> readOpenSsh(const QByteArray &bytes);

/// DER of a PKCS#12 store in which a key can be seen without its password.
bool isKeyStoreWithKey(const QByteArray &bytes);

/// How long a DER value is that begins so, header included; 0 for anything but a SEQUENCE of a plausible
/// length.
qsizetype derLength(QByteArrayView beginning);

} // namespace KeyContent
