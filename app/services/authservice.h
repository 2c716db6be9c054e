// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/account.h"

/// Signing in, and who a token belongs to. Calls answer through the event loop, and never once dropped.
class AuthService
{
public:
    /// The transport must outlive the service.
    explicit AuthService(Transport &transport);

    /// The scopes that Credenza uses, and no others; without those that write if it `onlyReads`.
    static QStringList scopes(bool onlyReads);

    /// How long a token shall last that is kept in a keychain, or else in memory.
    static std::chrono::days tokenLifetime(bool isKept) { return std::chrono::days(isKept ? 30 : 1); }

    /// The user of the transport's token. An application token gets Forbidden.
    [[nodiscard]] PendingCall me(Then<Account> then);

    /// Asks for a token, once. Unauthorized: a wrong address, password or two-factor code, one that is
    /// missing, or an account that is locked; the error's server type and message tell which.
    [[nodiscard]] PendingCall signIn(const PasswordSignIn &signIn, Then<SignedIn> then);

    /// Whether this e-mail address signs in by single sign-on, and so not with a password.
    [[nodiscard]] PendingCall isSingleSignOn(const QString &email, Then<bool> then);

private:
    Transport &m_transport;
};
