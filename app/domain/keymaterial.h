// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pemblock.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

/// What keys and certificates in a text are, by OpenSSL's libcrypto. Pure functions, for any thread; they
/// never ask for a password, keep no secret and say nothing in words. Text beyond maxCharacters is not looked
/// into.
namespace KeyMaterial {

struct PemText
{
    std::vector<PemBlock> blocks; ///< those that are damaged too, as they are once restored
    PemDamages damage;
    bool isRestorable = false; ///< restored() has something to offer

    bool isEmpty() const { return blocks.empty(); }
    bool holdsPrivateKey() const;
    const PemBlock *first(PemBlock::Kind kind) const;
    const PemBlock *firstPrivateKey() const;
};

PemText readPem(QStringView text);

/// What a restoration would do, for a preview.
struct PemRestoration
{
    QString text;      ///< a secret, if the former text was one
    PemDamages mended; ///< with TextAround if lines between the blocks go
    qsizetype formerLines = 0, lines = 0;
    qsizetype blocks = 0;
    qsizetype removedCharacters = 0; ///< neither blanks nor line breaks: quotes, names, text inside …
};

/// The text as it has to be, where all its blocks parse then. Nothing if it is all right, or beyond repair.
/// What was restored is all right.
std::optional<PemRestoration> restored(QStringView text);
std::optional<QString> restoredPem(QStringView text);

/// Private keys and the rest of a text, each as PEM of its own; nothing where a block can't be read.
struct SeparatedPem
{
    QString privateKeys;
    QString others;
};
std::optional<SeparatedPem> separated(QStringView text);

/// A private key that was found in a text.
struct FoundPrivateKey
{
    enum class Form { Pem, OpenSsh, OpenPgp, SshCom, Putty, Jwk, Der, Pkcs12, JavaKeyStore, Xml };
    Form form = Form::Pem;
    bool isEncrypted = false;
    bool isWrapped = false; ///< within base64 or percent encoding, or text that escapes it
    qsizetype begin = 0;    ///< about where it is
};

/// A private key anywhere in the text, as certain as it parses: armoured, damaged but restorable, as bare
/// base64, as JWK, of PuTTY, in a PKCS#12 or Java key store.
std::optional<FoundPrivateKey> findPrivateKey(QStringView text);
bool holdsPrivateKey(QStringView text);

/// A label of a private key and what is written as one behind it, whether anybody can read it or not: there
/// may be something before or behind each of its lines, or a part may be missing.
bool saysPrivateKey(QStringView text);

enum class Pairing {
    Unknown, ///< there is no key or certificate that can be read
    Match,   ///< the key is that of the first certificate
    LaterCertificate,
    Mismatch,
};
Pairing pairing(const PemText &key, const PemText &certificates);
/// Nothing where one of them can't be read. The certificate's place does not matter.
std::optional<bool> belongTogether(QStringView key, QStringView certificates);

enum class ChainOrder {
    InOrder,    ///< each is followed by its issuer; also a single certificate
    OutOfOrder, ///< orderedChain() mends it
    Unrelated,  ///< no chain, such as several authorities
};
ChainOrder chainOrder(const PemText &certificates);
bool chainIsInOrder(QStringView certificates);
/// The certificates so that each is followed by its issuer, if they are out of order and nothing else is
/// there.
std::optional<QString> orderedChain(QStringView certificates);

enum class Validity { Valid, NotYetValid, ExpiresSoon, Expired };
constexpr int soonDays = 30;
Validity validity(const PemBlock &certificate, const QDateTime &now);

enum class JwtKeyFit {
    Fits,
    Unknown,        ///< an algorithm that is not known here
    SecretTooShort, ///< HS: shorter than the hash
    KeyAsSecret,    ///< HS: PEM is no shared secret
    NotAKey,        ///< RS, PS, ES, EdDSA: no private key is in the text
    PublicKey,      ///< or a certificate: can't sign
    Unreadable,
    Encrypted,
    WrongAlgorithm, ///< RSA for ES …
    WrongCurve,
    TooSmall, ///< RSA under 2048 bits
};
JwtKeyFit jwtKeyFit(QStringView algorithm, QStringView key);
/// The least bytes of a shared secret for HS256 …; 0 for other algorithms.
int leastSecretBytes(QStringView algorithm);

/// What is in a text that should be a Google service account's key file.
struct ServiceAccountKey
{
    enum class Kind {
        ServiceAccount,
        OAuthClient,    ///< "installed" or "web"
        AuthorizedUser, ///< what `gcloud auth application-default login` keeps
        ExternalAccount,
        Impersonated,
        FirebaseConfig, ///< a web app's or google-services.json
        OtherJson,
        Pem,
        ApiKey,
        CutJson, ///< begins as JSON, but does not parse
        NotJson,
    };
    Kind kind = Kind::NotJson;
    bool isWrapped = false; ///< JSON within a JSON string, or within base64
    bool hasType = false, hasClientEmail = false, hasPrivateKey = false;
    bool isServiceAccountEmail = false; ///< ends as those of service accounts do
    QString keyId;                      ///< `private_key_id`: no secret
    /// Of a ServiceAccount with a private key.
    bool isPrivateKeyReadable = false;
    bool isPrivateKeyEncrypted = false;
    PemDamages privateKeyDamage;
    Algorithm privateKeyAlgorithm = Algorithm::Unknown;

    bool isComplete() const
    {
        return kind == Kind::ServiceAccount && hasType && hasClientEmail && hasPrivateKey &&
               isPrivateKeyReadable && !isPrivateKeyEncrypted;
    }
};
ServiceAccountKey serviceAccountKey(QStringView text);

} // namespace KeyMaterial
