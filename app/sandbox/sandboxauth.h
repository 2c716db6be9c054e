// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The accounts that one may sign in with, and the tokens that are valid.
///
/// All accounts are ways into one and the same user's workspace, and have one password:
/// - ada@example.com: nothing else is asked for;
/// - grace@example.com: wants the two-factor code 123456 too;
/// - unverified@example.com: has not confirmed its address yet;
/// - locked@example.com: locked, as the others are after five wrong tries in a row, until the sandbox is
/// started again;
/// - anything at sso.example.com signs in by single sign-on and has no password.
class SandboxAuth
{
public:
    static constexpr QByteArrayView twoFactorCode = "123456";

    /// Who a token belongs to and what it allows.
    struct Grant
    {
        QString email;
        QStringList scopes;
        qint64 expires = 0; ///< in milliseconds since 1970; 0: never
    };
    struct Account
    {
        QLatin1StringView email;
        bool wantsTwoFactor = false;
        bool isLocked = false;
        bool isUnverified = false;
    };
    enum class Refusal { WrongPassword, TwoFactorMissing, WrongTwoFactor, Locked };
    struct SignIn
    {
        std::optional<Refusal> refusal;
        QByteArray token; ///< a new one, valid from now on
    };

    /// `token` is valid, never expires and may do everything.
    SandboxAuth(const QByteArray &token, const QByteArray &password);

    /// What the token of an `Authorization` header allows, or nothing.
    std::optional<Grant> grant(const QByteArray &authorization) const;

    SignIn signIn(const QString &email, const QString &givenPassword, const QString &code,
                  const QStringList &scopes, qint64 secondsToLive);

    static const Account *findAccount(const QString &email);
    static bool isSso(const QString &email);
    static bool isEmail(const QString &text);

    /// What nobody can guess.
    static QByteArray randomToken();
    static QByteArray randomPassword();

private:
    struct Token
    {
        QByteArray digest;
        Grant grant;
    };

    QByteArray m_passwordDigest;
    std::vector<Token> m_tokens;
    QHash<QLatin1StringView, int> m_wrongTries;
};
