// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxauth.h"

#include "sandbox/sandboxrecords.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr int triesBeforeLock = 5;
constexpr qint64 maxLifetime = 100LL * 365 * 24 * 3600; // seconds

constexpr SandboxAuth::Account accounts[] = {
    {"ada@example.com"_L1},
    {"grace@example.com"_L1, true, false},
    {"locked@example.com"_L1, false, true},
    {"unverified@example.com"_L1, false, false, true},
};

constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray randomBytes()
{
    std::array<quint32, 8> numbers;
    QRandomGenerator::system()->fillRange(numbers.data(), qsizetype(numbers.size()));
    return QByteArray(reinterpret_cast<const char *>(numbers.data()), sizeof(numbers));
}

QByteArray digestOf(QByteArrayView secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

/// Takes the same time whether the digests differ in the first byte or in the last.
bool isSame(const QByteArray &digest, const QByteArray &other)
{
    return CRYPTO_memcmp(digest.constData(), other.constData(), std::size_t(digest.size())) == 0;
}

/// In the form of a JSON Web Token, which clients may read `exp` from; its signature is a random number.
QByteArray webToken(qint64 now, qint64 expires)
{
    QJsonObject claims{{"sub"_L1, sandboxUser.id}, {"subtype"_L1, "user"_L1}, {"iat"_L1, now / 1000}};
    if (expires > 0)
        claims["exp"_L1] = expires / 1000;
    const auto part = [](const QJsonObject &object) {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(base64Url);
    };
    return part({{"alg"_L1, "HS256"_L1}, {"typ"_L1, "JWT"_L1}}) + '.' + part(claims) + '.' +
           randomBytes().toBase64(base64Url);
}

} // namespace

SandboxAuth::SandboxAuth(const QByteArray &token, const QByteArray &password)
    : m_passwordDigest(digestOf(password))
    , m_tokens{{digestOf(token), {QString(accounts[0].email), {u"all.User"_s}, 0}}}
{
}

std::optional<SandboxAuth::Grant> SandboxAuth::grant(const QByteArray &authorization) const
{
    constexpr QByteArrayView scheme = "bearer ";
    if (authorization.left(scheme.size()).toLower() != scheme)
        return std::nullopt;
    const QByteArray given = digestOf(authorization.mid(scheme.size()).trimmed());
    const Grant *found = nullptr;
    for (const Token &token : m_tokens) {
        if (isSame(token.digest, given))
            found = &token.grant;
    }
    if (!found)
        return std::nullopt;
    if (found->expires > 0 && found->expires <= QDateTime::currentMSecsSinceEpoch())
        return std::nullopt;
    return *found;
}

SandboxAuth::SignIn SandboxAuth::signIn(const QString &email, const QString &givenPassword,
                                        const QString &code, const QStringList &scopes, qint64 secondsToLive)
{
    const Account *account = findAccount(email);
    if (!account)
        return {Refusal::WrongPassword, {}};
    int &wrongTries = m_wrongTries[account->email];
    if (account->isLocked || wrongTries >= triesBeforeLock)
        return {Refusal::Locked, {}};
    if (!isSame(digestOf(givenPassword.toUtf8()), m_passwordDigest)) {
        ++wrongTries;
        return {Refusal::WrongPassword, {}};
    }
    if (account->wantsTwoFactor && code.isEmpty())
        return {Refusal::TwoFactorMissing, {}};
    if (account->wantsTwoFactor && !isSame(digestOf(code.toUtf8()), digestOf(twoFactorCode))) {
        ++wrongTries;
        return {Refusal::WrongTwoFactor, {}};
    }
    wrongTries = 0;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 expires = secondsToLive > 0 ? now + std::min(secondsToLive, maxLifetime) * 1000 : 0;
    const QByteArray token = webToken(now, expires);
    m_tokens.push_back(
        {digestOf(token),
         {QString(account->email), scopes.isEmpty() ? QStringList{u"all.User"_s} : scopes, expires}});
    return {std::nullopt, token};
}

const SandboxAuth::Account *SandboxAuth::findAccount(const QString &email)
{
    const auto found = std::ranges::find_if(accounts, [&email](const Account &account) {
        return email.compare(account.email, Qt::CaseInsensitive) == 0;
    });
    return found == std::end(accounts) ? nullptr : found;
}

bool SandboxAuth::isSso(const QString &email)
{
    return email.endsWith("@sso.example.com"_L1, Qt::CaseInsensitive);
}

bool SandboxAuth::isEmail(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    return at > 0 && at + 1 < text.size() && text.size() <= 1024 &&
           std::ranges::none_of(text, [](QChar character) { return character.isSpace(); });
}

QByteArray SandboxAuth::randomToken()
{
    return randomBytes().toHex();
}

QByteArray SandboxAuth::randomPassword()
{
    return randomBytes().first(12).toHex(); // 96 bits, which a person may have to type
}
