// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keymaterial.h"
#include "domain/openssl.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

// Keys that sign on behalf of a credential: those of JWT, and Google's.

using namespace KeyMaterial;
using namespace OpenSsl;
using namespace Qt::StringLiterals;

namespace {

struct JwtAlgorithm
{
    QLatin1StringView name;
    enum class Family { Hmac, Rsa, RsaPss, Ec, Edwards } family;
    int bytes = 0; ///< of the hash
    QByteArrayView curve{};
};
using Family = JwtAlgorithm::Family;

constexpr std::array jwtAlgorithms{
    JwtAlgorithm{"HS256"_L1, Family::Hmac, 32},
    JwtAlgorithm{"HS384"_L1, Family::Hmac, 48},
    JwtAlgorithm{"HS512"_L1, Family::Hmac, 64},
    JwtAlgorithm{"RS256"_L1, Family::Rsa, 32},
    JwtAlgorithm{"RS384"_L1, Family::Rsa, 48},
    JwtAlgorithm{"RS512"_L1, Family::Rsa, 64},
    JwtAlgorithm{"PS256"_L1, Family::RsaPss, 32},
    JwtAlgorithm{"PS384"_L1, Family::RsaPss, 48},
    JwtAlgorithm{"PS512"_L1, Family::RsaPss, 64},
    JwtAlgorithm{"ES256"_L1, Family::Ec, 32, "P-256"},
    JwtAlgorithm{"ES384"_L1, Family::Ec, 48, "P-384"},
    JwtAlgorithm{"ES512"_L1, Family::Ec, 64, "P-521"},
    JwtAlgorithm{"ES256K"_L1, Family::Ec, 32, "secp256k1"},
    JwtAlgorithm{"EdDSA"_L1, Family::Edwards},
};

const JwtAlgorithm *algorithmNamed(QStringView name)
{
    const auto it =
        std::ranges::find_if(jwtAlgorithms, [name](const JwtAlgorithm &known) { return name == known.name; });
    return it == jwtAlgorithms.end() ? nullptr : &*it;
}

bool isOfFamily(Algorithm key, Family family)
{
    switch (family) {
    case Family::Hmac:
        return false;
    case Family::Rsa:
        return key == Algorithm::Rsa;
    case Family::RsaPss:
        return key == Algorithm::Rsa || key == Algorithm::RsaPss;
    case Family::Ec:
        return key == Algorithm::Ec;
    case Family::Edwards:
        return key == Algorithm::Ed25519 || key == Algorithm::Ed448;
    }
    return false;
}

using Account = ServiceAccountKey;

bool isServiceAccountAddress(const QString &address)
{
    return address.contains(u'@') && address.endsWith(".gserviceaccount.com"_L1);
}

Account::Kind kindOf(const QJsonObject &object)
{
    const QString type = object["type"_L1].toString();
    if (type == "service_account"_L1)
        return Account::Kind::ServiceAccount;
    if (type == "authorized_user"_L1)
        return Account::Kind::AuthorizedUser;
    if (type.startsWith("external_account"_L1))
        return Account::Kind::ExternalAccount;
    if (type == "impersonated_service_account"_L1)
        return Account::Kind::Impersonated;
    if (object["installed"_L1].isObject() || object["web"_L1].isObject())
        return Account::Kind::OAuthClient;
    if (object.contains("project_info"_L1) ||
        (object.contains("apiKey"_L1) && object.contains("projectId"_L1)))
        return Account::Kind::FirebaseConfig;
    // Without its type it is still one: Google's libraries say which line is missing.
    if (type.isEmpty() && object.contains("private_key"_L1) && object.contains("client_email"_L1))
        return Account::Kind::ServiceAccount;
    return Account::Kind::OtherJson;
}

void readPrivateKey(Account &account, const QJsonObject &object)
{
    const WipedText text(object["private_key"_L1].toString());
    const PemText pem = readPem(text);
    account.privateKeyDamage = pem.damage;
    // Google's keys have no empty lines and end in a line break, others work as well.
    account.privateKeyDamage &= ~PemDamages(PemDamage::NoFinalLineBreak);
    if (const PemBlock *key = pem.firstPrivateKey()) {
        account.isPrivateKeyReadable = key->isReadable;
        account.isPrivateKeyEncrypted = key->isEncrypted();
        account.privateKeyAlgorithm = key->algorithm;
    }
}

Account accountOf(const QJsonObject &object)
{
    Account account{.kind = kindOf(object)};
    account.hasType = object["type"_L1].isString();
    account.hasClientEmail = !object["client_email"_L1].toString().isEmpty();
    account.isServiceAccountEmail = isServiceAccountAddress(object["client_email"_L1].toString());
    account.keyId = object["private_key_id"_L1].toString();
    account.hasPrivateKey = !object["private_key"_L1].toString().isEmpty();
    if (account.hasPrivateKey)
        readPrivateKey(account, object);
    return account;
}

std::optional<QJsonObject> objectOf(QStringView text)
{
    const WipedBytes utf8 = text.toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(utf8);
    if (document.isNull())
        return std::nullopt;
    return document.object();
}

/// JSON as a text within JSON, or in base64.
std::optional<QJsonObject> wrappedObject(QStringView text)
{
    if (text.startsWith(u'"')) {
        const WipedBytes array = WipedText("["_L1 % text % "]"_L1).toUtf8();
        const WipedText inner(QJsonDocument::fromJson(array)[0].toString());
        return inner.trimmed().startsWith(u'{') ? objectOf(inner) : std::nullopt;
    }
    if (text.startsWith("eyJ"_L1) || text.startsWith("ewo"_L1) || text.startsWith("ew0K"_L1) ||
        text.startsWith("eyA"_L1)) {
        const WipedBytes latin = text.toLatin1();
        const WipedBytes json = QByteArray::fromBase64(latin);
        const QJsonDocument document = QJsonDocument::fromJson(json);
        return document.isObject() ? std::optional(document.object()) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

int KeyMaterial::leastSecretBytes(QStringView algorithm)
{
    const JwtAlgorithm *known = algorithmNamed(algorithm);
    return known && known->family == Family::Hmac ? known->bytes : 0;
}

JwtKeyFit KeyMaterial::jwtKeyFit(QStringView algorithm, QStringView key)
{
    const JwtAlgorithm *known = algorithmNamed(algorithm);
    if (!known)
        return JwtKeyFit::Unknown;
    const PemText pem = readPem(key);
    if (known->family == Family::Hmac) {
        if (!pem.isEmpty())
            return JwtKeyFit::KeyAsSecret;
        const WipedBytes utf8 = key.toUtf8();
        return utf8.size() < known->bytes ? JwtKeyFit::SecretTooShort : JwtKeyFit::Fits;
    }
    const PemBlock *secret = pem.firstPrivateKey();
    if (!secret) {
        const bool isPublic = pem.first(PemBlock::Kind::PublicKey) ||
                              pem.first(PemBlock::Kind::Certificate) ||
                              pem.first(PemBlock::Kind::CertificateRequest);
        return isPublic ? JwtKeyFit::PublicKey : JwtKeyFit::NotAKey;
    }
    if (secret->isEncrypted())
        return JwtKeyFit::Encrypted;
    if (!secret->isReadable)
        return JwtKeyFit::Unreadable;
    if (!isOfFamily(secret->algorithm, known->family))
        return JwtKeyFit::WrongAlgorithm;
    if (known->family == Family::Ec && secret->curve != known->curve)
        return JwtKeyFit::WrongCurve;
    return secret->isWeakKey ? JwtKeyFit::TooSmall : JwtKeyFit::Fits;
}

ServiceAccountKey KeyMaterial::serviceAccountKey(QStringView given)
{
    const QStringView text = given.trimmed();
    if (text.isEmpty() || text.size() > maxCharacters)
        return {};
    if (const auto object = objectOf(text))
        return accountOf(*object);
    if (const auto object = wrappedObject(text)) {
        Account account = accountOf(*object);
        account.isWrapped = true;
        return account;
    }
    if (text.startsWith(u'{'))
        return {.kind = Account::Kind::CutJson};
    if (!readPem(text).isEmpty())
        return {.kind = Account::Kind::Pem};
    if (text.startsWith("AIza"_L1) && text.size() == 39)
        return {.kind = Account::Kind::ApiKey};
    return {};
}
