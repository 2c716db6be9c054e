// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keyadvice.h"

#include "domain/keymaterial.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace DraftFields;
using namespace KeyMaterial;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

namespace {

using Findings = std::vector<DraftFinding>;
using BlockKind = PemBlock::Kind;

DraftFinding said(FieldId field, Kind kind, const char *message)
{
    return advice(field, kind, words(message));
}

bool takesPrivateKey(const CredentialField &row)
{
    return row.format == FileFormat::Pem && row.pem != PemContent::Certificate &&
           row.pem != PemContent::Authorities;
}

/// The field beside a private key that takes its certificate, if there is one.
std::optional<FieldId> certificateFor(const CredentialDraft &draft, FieldId key)
{
    if (!takesPrivateKey(*row(draft, key)))
        return std::nullopt;
    for (const FieldId field : draft.shownFields()) {
        const CredentialField *row = DraftFields::row(draft, field);
        if (row->format == FileFormat::Pem && row->pem == PemContent::Certificate)
            return field;
    }
    return std::nullopt;
}

/// What is damaged, the worst of it.
const char *damageWords(PemDamages damage)
{
    if (damage & PemDamage::EscapedLineBreaks)
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "There are the two characters “\\n” in it in place of line breaks.");
    if (damage & (PemDamage::LineBreaksLost | PemDamage::LongLines))
        return QT_TRANSLATE_NOOP("DraftValidator", "Its line breaks were lost.");
    if (damage & PemDamage::LineBreaksAsBlanks)
        return QT_TRANSLATE_NOOP("DraftValidator", "There are blanks in it in place of line breaks.");
    if (damage & (PemDamage::MissingFirstLine | PemDamage::MissingLastLine))
        return QT_TRANSLATE_NOOP("DraftValidator", "A line with BEGIN or END is missing.");
    if (damage & (PemDamage::DamagedDashes | PemDamage::WrongLabel))
        return QT_TRANSLATE_NOOP("DraftValidator", "A line with BEGIN or END is not as it has to be.");
    if (damage & PemDamage::Assigned)
        return QT_TRANSLATE_NOOP("DraftValidator", "There is a name and “=” before it.");
    if (damage & PemDamage::Quoted)
        return QT_TRANSLATE_NOOP("DraftValidator", "There are quotes around it.");
    if (damage & (PemDamage::PercentEncoded | PemDamage::Base64Encoded))
        return QT_TRANSLATE_NOOP("DraftValidator", "It is encoded once more.");
    if (damage & PemDamage::InvisibleCharacters)
        return QT_TRANSLATE_NOOP("DraftValidator", "There are invisible characters in it.");
    if (damage & (PemDamage::TextInside | PemDamage::TextAround))
        return QT_TRANSLATE_NOOP("DraftValidator", "There is text in it that does not belong there.");
    if (damage & (PemDamage::BlanksInLines | PemDamage::EmptyLines))
        return QT_TRANSLATE_NOOP("DraftValidator", "There are blanks or empty lines in it.");
    if (damage & PemDamage::PaddingLost)
        return QT_TRANSLATE_NOOP("DraftValidator", "The “=” at its end were lost.");
    if (damage & PemDamage::CarriageReturns)
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "It has the line breaks of Windows, which some programs do not read.");
    if (damage & PemDamage::NoFinalLineBreak)
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "The line break at its end is missing, which some programs need.");
    return QT_TRANSLATE_NOOP("DraftValidator", "It is not written as PEM has to be.");
}

/// What a block is that is not what its field takes.
const char *kindWords(BlockKind kind, bool wantsKey)
{
    switch (kind) {
    case BlockKind::Certificate:
        return QT_TRANSLATE_NOOP("DraftValidator", "This is a certificate. The private key belongs here.");
    case BlockKind::CertificateRequest:
        return wantsKey
                   ? QT_TRANSLATE_NOOP("DraftValidator",
                                       "This is a request for a certificate. The private key belongs here.")
                   : QT_TRANSLATE_NOOP(
                         "DraftValidator",
                         "This is a request for a certificate. The certificate belongs here that "
                         "the authority has made of it.");
    case BlockKind::PublicKey:
    case BlockKind::OtherPublicKey:
        return wantsKey ? QT_TRANSLATE_NOOP("DraftValidator",
                                            "This is a public key. The private key belongs here.")
                        : QT_TRANSLATE_NOOP("DraftValidator",
                                            "This is a public key. The certificate belongs here.");
    case BlockKind::Pkcs7:
        return QT_TRANSLATE_NOOP(
            "DraftValidator",
            "These are certificates in an envelope (PKCS#7). “openssl pkcs7 -print_certs” takes "
            "them out.");
    case BlockKind::RevocationList:
        return QT_TRANSLATE_NOOP("DraftValidator", "This is a list of revoked certificates.");
    case BlockKind::Parameters:
        return QT_TRANSLATE_NOOP("DraftValidator", "These are parameters only, without a key.");
    default:
        return nullptr;
    }
}

const char *encryptionWords(Encryption encryption)
{
    return encryption == Encryption::OpenSsh
               ? QT_TRANSLATE_NOOP(
                     "DraftValidator",
                     "The key has a passphrase, for which the platform can't ask. “ssh-keygen -p” takes "
                     "it off.")
               : QT_TRANSLATE_NOOP(
                     "DraftValidator",
                     "The key has a passphrase, for which the platform can't ask. “openssl pkey -in FILE” "
                     "writes it without.");
}

/// A key in another form than PEM.
const char *formWords(FoundPrivateKey::Form form)
{
    switch (form) {
    case FoundPrivateKey::Form::Putty:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is a key in PuTTY's format. PuTTYgen exports it as an OpenSSH key.");
    case FoundPrivateKey::Form::Jwk:
        return QT_TRANSLATE_NOOP("DraftValidator", "This is a key as JSON (JWK). It has to be PEM.");
    case FoundPrivateKey::Form::Pkcs12:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is a PKCS#12 file. “openssl pkcs12 -nodes” makes PEM of it.");
    case FoundPrivateKey::Form::JavaKeyStore:
        return QT_TRANSLATE_NOOP("DraftValidator", "This is a Java key store. The key has to be PEM.");
    case FoundPrivateKey::Form::OpenPgp:
    case FoundPrivateKey::Form::SshCom:
    case FoundPrivateKey::Form::Xml:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is a key in another program's format. It has to be PEM.");
    case FoundPrivateKey::Form::Pem:
    case FoundPrivateKey::Form::OpenSsh:
    case FoundPrivateKey::Form::Der:
        break;
    }
    return nullptr;
}

DraftFinding wrongKind(const CredentialDraft &draft, FieldId field, const char *message)
{
    DraftFinding found = said(field, Kind::WrongKeyKind, message);
    const auto partner = certificateFor(draft, field);
    if (!partner)
        return found;
    const QString &there = draft.value(*partner);
    const PemText own = readPem(draft.value(field));
    if (!own.first(BlockKind::Certificate))
        return found;
    if (there.isEmpty())
        return with(std::move(found), Remedy::MoveToField,
                    {{field, QString()}, {*partner, draft.value(field)}}, partner);
    if (readPem(there).holdsPrivateKey())
        return with(std::move(found), Remedy::ExchangeFields,
                    {{field, there}, {*partner, draft.value(field)}}, partner);
    return found;
}

std::optional<DraftFinding> damaged(FieldId field, const QString &value, const PemText &pem)
{
    if (pem.isRestorable) {
        if (auto restored = restoredPem(value))
            return with(said(field, Kind::DamagedPem, damageWords(pem.damage)), Remedy::RestorePem,
                        {{field, std::move(*restored)}});
    }
    const bool isReadable = std::ranges::all_of(pem.blocks, [](const PemBlock &block) {
        return block.isReadable || block.kind == BlockKind::Unknown ||
               block.kind == BlockKind::OtherPrivateKey || block.kind == BlockKind::OtherPublicKey;
    });
    if (isReadable)
        return std::nullopt;
    return said(
        field, Kind::DamagedPem,
        QT_TRANSLATE_NOOP("DraftValidator",
                          "This can't be read: a part may be missing or changed. Copy the whole file."));
}

DraftFinding weakKey(FieldId field, const PemBlock &block)
{
    return advice(field, Kind::WeakKey,
                  words(QT_TRANSLATE_NOOP("DraftValidator",
                                          "The key has %1 bits only, which is weak: servers may refuse it."))
                      .arg(number(block.bits)));
}

std::optional<DraftFinding> jwtAdvice(const CredentialDraft &draft, FieldId field)
{
    const QString algorithm = draft.valueOf(row(draft, field)->algorithmIn);
    const auto named = [&](Kind kind, const char *message) {
        return advice(field, kind, words(message).arg(algorithm));
    };
    switch (jwtKeyFit(algorithm, draft.value(field))) {
    case JwtKeyFit::SecretTooShort:
        return advice(
            field, Kind::WeakKey,
            words(QT_TRANSLATE_NOOP("DraftValidator",
                                    "For %1 the secret should have at least %2 bytes, as the hash has."))
                .arg(algorithm, number(leastSecretBytes(algorithm))));
    case JwtKeyFit::KeyAsSecret:
        return named(Kind::WrongKeyKind,
                     QT_TRANSLATE_NOOP("DraftValidator",
                                       "%1 signs with a shared secret, and this is PEM. With a "
                                       "private key choose RS or ES."));
    case JwtKeyFit::WrongAlgorithm:
        return named(Kind::WrongKeyKind,
                     QT_TRANSLATE_NOOP("DraftValidator",
                                       "This key does not fit %1: RS takes an RSA key, ES one on "
                                       "an elliptic curve."));
    case JwtKeyFit::WrongCurve:
        return named(Kind::WrongKeyKind,
                     QT_TRANSLATE_NOOP("DraftValidator",
                                       "This key's curve does not fit %1: ES256 takes P-256, ES384 "
                                       "P-384 and ES512 P-521."));
    case JwtKeyFit::TooSmall:
        return named(Kind::WeakKey,
                     QT_TRANSLATE_NOOP("DraftValidator", "For %1 the key has to have at least 2048 bits."));
    case JwtKeyFit::Fits:
    case JwtKeyFit::Unknown:
    case JwtKeyFit::NotAKey:
    case JwtKeyFit::PublicKey:
    case JwtKeyFit::Unreadable:
    case JwtKeyFit::Encrypted:
        break;
    }
    return std::nullopt;
}

/// A field that takes a private key.
void checkKey(const CredentialDraft &draft, FieldId field, const PemText &pem, Findings &found)
{
    const PemBlock *key = pem.firstPrivateKey();
    const CredentialField &row = *DraftFields::row(draft, field);
    if (!key) {
        for (const PemBlock &block : pem.blocks) {
            if (const char *message = kindWords(block.kind, true)) {
                found.push_back(wrongKind(draft, field, message));
                return;
            }
        }
        return;
    }
    if (key->kind == BlockKind::OtherPrivateKey) {
        found.push_back(said(field, Kind::WrongKeyKind, formWords(FoundPrivateKey::Form::OpenPgp)));
        return;
    }
    if (key->isEncrypted()) {
        found.push_back(said(field, Kind::EncryptedKey, encryptionWords(key->encryption)));
        return;
    }
    if (key->kind == BlockKind::OpenSshPrivateKey && row.pem != PemContent::SshPrivateKey) {
        found.push_back(
            said(field, Kind::WrongKeyKind,
                 QT_TRANSLATE_NOOP("DraftValidator",
                                   "This is a key in OpenSSH's own format. “ssh-keygen -p -m PKCS8 -f FILE” "
                                   "makes PEM of it.")));
        return;
    }
    if (!key->isReadable)
        return;
    if (!row.algorithmIn.isEmpty()) {
        if (auto odd = jwtAdvice(draft, field)) {
            found.push_back(std::move(*odd));
            return;
        }
    }
    if (row.pem == PemContent::RsaPrivateKey && key->algorithm != Algorithm::Rsa)
        found.push_back(advice(field, Kind::WrongKeyKind,
                               words(QT_TRANSLATE_NOOP("DraftValidator", "%1 takes RSA keys only."))
                                   .arg(translated(draft.type()->product))));
    else if (key->isWeakKey)
        found.push_back(weakKey(field, *key));
    const auto certificate = certificateFor(draft, field);
    if (certificate && pairing(pem, readPem(draft.value(*certificate))) == Pairing::Mismatch)
        found.push_back(
            said(field, Kind::KeyMismatch,
                 QT_TRANSLATE_NOOP("DraftValidator", "This key does not belong to the certificate.")));
}

void checkValidity(FieldId field, const PemText &pem, bool isBundle, const QDateTime &now, Findings &found)
{
    if (!now.isValid())
        return;
    // Of several authorities one that is valid will do; of a chain every one has to be.
    const PemBlock *told = nullptr;
    auto worst = isBundle ? Validity::Expired : Validity::Valid;
    const auto rank = [](Validity validity) {
        return validity == Validity::Expired       ? 3
               : validity == Validity::NotYetValid ? 2
                                                   : validity == Validity::ExpiresSoon;
    };
    for (const PemBlock &block : pem.blocks) {
        if (block.kind != BlockKind::Certificate || !block.isReadable)
            continue;
        const Validity each = validity(block, now);
        if (isBundle ? rank(each) < rank(worst) || !told : rank(each) > rank(worst)) {
            worst = each;
            told = &block;
        }
    }
    if (!told || worst == Validity::Valid)
        return;
    const QDateTime &day = worst == Validity::NotYetValid ? told->notBefore : told->notAfter;
    const char *message =
        worst == Validity::Expired
            ? QT_TRANSLATE_NOOP("DraftValidator", "A certificate in here has expired, on %1.")
        : worst == Validity::NotYetValid
            ? QT_TRANSLATE_NOOP("DraftValidator", "A certificate in here is not valid before %1.")
            : QT_TRANSLATE_NOOP("DraftValidator", "A certificate in here expires soon, on %1.");
    found.push_back(advice(field, Kind::Validity,
                           words(message).arg(QLocale().toString(day.date(), QLocale::ShortFormat))));
}

/// A field that takes certificates.
void checkCertificates(const CredentialDraft &draft, FieldId field, const QString &value, const PemText &pem,
                       const QDateTime &now, Findings &found)
{
    const PemBlock *first = pem.first(BlockKind::Certificate);
    if (!first) {
        for (const PemBlock &block : pem.blocks) {
            if (const char *message = kindWords(block.kind, false)) {
                found.push_back(said(field, Kind::WrongKeyKind, message));
                return;
            }
        }
        return;
    }
    const bool isAuthorities = row(draft, field)->pem == PemContent::Authorities;
    if (isAuthorities && first->isReadable && !first->isAuthority && !first->isSelfSigned)
        found.push_back(
            said(field, Kind::WrongKeyKind,
                 QT_TRANSLATE_NOOP("DraftValidator",
                                   "This is no certificate of an authority. That of the authority is "
                                   "needed which signed the server's.")));
    checkValidity(field, pem, isAuthorities, now, found);
    if (!isAuthorities && chainOrder(pem) == ChainOrder::OutOfOrder) {
        DraftFinding order =
            said(field, Kind::ChainOrder,
                 QT_TRANSLATE_NOOP("DraftValidator",
                                   "The certificates are in the wrong order: each has to be followed "
                                   "by that of its issuer."));
        if (auto ordered = orderedChain(value))
            order = with(std::move(order), Remedy::OrderChain, {{field, std::move(*ordered)}});
        found.push_back(std::move(order));
    }
    for (const PemBlock &block : pem.blocks) {
        if (block.kind != BlockKind::Certificate || !block.isReadable)
            continue;
        if (block.isWeakKey) {
            found.push_back(weakKey(field, block));
            return;
        }
        if (block.isWeakSignature) {
            found.push_back(
                advice(field, Kind::WeakKey,
                       words(QT_TRANSLATE_NOOP("DraftValidator",
                                               "A certificate is signed with %1, which is weak: servers "
                                               "may refuse it."))
                           .arg(QString::fromLatin1(block.signatureDigest))));
            return;
        }
    }
}

/// Of a label that is not known here: nothing can be said about that.
bool hasArmour(QStringView text)
{
    return text.trimmed().startsWith("-----BEGIN "_L1) && text.contains("-----END "_L1);
}

void checkPem(const CredentialDraft &draft, FieldId field, const QDateTime &now, Findings &found)
{
    const QString &value = draft.value(field);
    const PemText pem = readPem(value);
    const bool wantsKey = takesPrivateKey(*row(draft, field));
    if (pem.isEmpty()) {
        const auto key = wantsKey ? findPrivateKey(value) : std::nullopt;
        if (const char *message = key ? formWords(key->form) : nullptr)
            found.push_back(said(field, Kind::WrongKeyKind, message));
        else if (value.trimmed().startsWith("ssh-"_L1) || value.trimmed().startsWith("ecdsa-sha2-"_L1))
            found.push_back(said(field, Kind::WrongKeyKind, kindWords(BlockKind::PublicKey, wantsKey)));
        else if (!hasArmour(value))
            found.push_back(unlikely(
                field,
                QT_TRANSLATE_NOOP("DraftValidator",
                                  "This does not look like PEM, which begins with “-----BEGIN …-----”.")));
        return;
    }
    if (auto odd = damaged(field, value, pem))
        found.push_back(std::move(*odd));
    if (wantsKey)
        checkKey(draft, field, pem, found);
    else
        checkCertificates(draft, field, value, pem, now, found);
}

const char *jsonWords(const ServiceAccountKey &key)
{
    switch (key.kind) {
    case ServiceAccountKey::Kind::ServiceAccount:
        if (!key.hasPrivateKey || !key.hasClientEmail || !key.hasType)
            return QT_TRANSLATE_NOOP(
                "DraftValidator",
                "A part of the service account key is missing: it has “type”, “client_email” and "
                "“private_key”.");
        if (key.isPrivateKeyEncrypted)
            return QT_TRANSLATE_NOOP(
                "DraftValidator",
                "The private key within it has a passphrase, for which the platform can't ask.");
        if (!key.isPrivateKeyReadable)
            return QT_TRANSLATE_NOOP(
                "DraftValidator",
                "The private key within it can't be read. Use the file as Google offered it.");
        return nullptr;
    case ServiceAccountKey::Kind::OAuthClient:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is an OAuth client of Google Cloud, not a service account key.");
    case ServiceAccountKey::Kind::AuthorizedUser:
        return QT_TRANSLATE_NOOP(
            "DraftValidator",
            "These are a person's credentials, as gcloud keeps them, not a service account key.");
    case ServiceAccountKey::Kind::ExternalAccount:
    case ServiceAccountKey::Kind::Impersonated:
        return QT_TRANSLATE_NOOP(
            "DraftValidator",
            "This only leads to a service account. A key of the service account is needed.");
    case ServiceAccountKey::Kind::FirebaseConfig:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is the configuration of a Firebase app, not a service account key.");
    case ServiceAccountKey::Kind::Pem:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is PEM. The whole JSON file is needed that Google offers.");
    case ServiceAccountKey::Kind::ApiKey:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This is an API key of Google, not a service account key.");
    case ServiceAccountKey::Kind::CutJson:
        return QT_TRANSLATE_NOOP("DraftValidator",
                                 "This JSON can't be read: a part may be missing. Copy the whole file.");
    case ServiceAccountKey::Kind::OtherJson:
    case ServiceAccountKey::Kind::NotJson:
        break;
    }
    return QT_TRANSLATE_NOOP("DraftValidator", "This does not look like a service account key file: "
                                               "JSON with “client_email” and “private_key”.");
}

} // namespace

std::vector<DraftFinding> KeyAdvice::check(const CredentialDraft &draft, FieldId field, const QDateTime &now)
{
    Findings found;
    const CredentialField &row = *DraftFields::row(draft, field);
    const QString &value = draft.value(field);
    constexpr qsizetype maxBlocks =
        16; // no field has room for more certificates, and to read them takes a while
    const bool hasManyBlocks = value.count("-----BEGIN "_L1) > maxBlocks;
    if (row.format == FileFormat::Pem) {
        if (!hasManyBlocks)
            checkPem(draft, field, now, found);
    } else if (row.format == FileFormat::Json) {
        const ServiceAccountKey key = hasManyBlocks ? ServiceAccountKey{.kind = ServiceAccountKey::Kind::Pem}
                                                    : serviceAccountKey(value);
        if (const char *message = jsonWords(key))
            found.push_back(said(field, Kind::NotAServiceAccountKey, message));
    } else if (!row.algorithmIn.isEmpty() && !hasManyBlocks) {
        if (auto odd = jwtAdvice(draft, field))
            found.push_back(std::move(*odd));
    } else if (row.secret && row.kind == FieldKind::Line && value.contains("-----BEGIN "_L1)) {
        found.push_back(
            said(field, Kind::WrongKeyKind,
                 QT_TRANSLATE_NOOP("DraftValidator",
                                   "This is a key or certificate (PEM), which does not belong here.")));
    }
    return found;
}
