// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/authservice.h"
#include "services/credentialservice.h"

#include <QObject>

#include <optional>

/// A server and the account that is signed in there: what everything that asks the server hangs on.
class Session : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Account, Sandbox };

    /// The token is kept in memory, by the transport alone.
    Session(const QUrl &server, const QByteArray &token, Kind kind, QObject *parent = nullptr);

    QUrl server() const { return m_transport.baseUrl(); }
    /// In the sandbox nothing is kept.
    bool isSandbox() const { return m_kind == Kind::Sandbox; }
    /// Nothing as long as the server has not said, or with a token that belongs to no user.
    const std::optional<Account> &account() const { return m_account; }

    CredentialService &credentials() { return m_credentials; }
    ApplicationService &applications() { return m_applications; }

    /// Asks who the token belongs to, to see whether the server takes it.
    [[nodiscard]] PendingCall tryToken(Then<Account> then) { return m_auth.me(std::move(then)); }
    /// Asks who is signed in; accountLoaded() follows if the server says.
    void loadAccount();

Q_SIGNALS:
    void accountLoaded();

private:
    Transport m_transport;
    const Kind m_kind;
    AuthService m_auth;
    ApplicationService m_applications;
    CredentialService m_credentials;
    std::optional<Account> m_account;
    PendingCall m_call;
};
