// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/networkmonitor.h"
#include "api/transport.h"
#include "domain/profile.h"
#include "services/applicationservice.h"
#include "services/authservice.h"
#include "services/credentialservice.h"
#include "services/inventory.h"
#include "services/pagecache.h"
#include "services/usagecache.h"

#include <QObject>

#include <memory>
#include <optional>

/// A profile and the account that is signed in with it: what everything that asks the server hangs on.
class Session : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Account, Sandbox };

    /// The token is kept in memory, by the transport alone.
    Session(const Profile &profile, const QByteArray &token, Kind kind, QObject *parent = nullptr);
    Session(const QUrl &server, const QByteArray &token, Kind kind);

    /// The same sign-in with a profile of the same origin that was changed.
    std::unique_ptr<Session> reopened(const Profile &profile) const;

    const Profile &profile() const { return m_profile; }
    QUrl server() const { return m_transport.baseUrl(); }
    /// Which certificate authorities can't be trusted, as their files can't be read; empty: none.
    QString authorityProblem() const { return m_transport.authorityProblem(); }
    /// In the sandbox nothing is kept.
    bool isSandbox() const { return m_kind == Kind::Sandbox; }
    /// Nothing as long as the server has not said, or with a token that belongs to no user.
    const std::optional<Account> &account() const { return m_account; }
    /// The server said that the token belongs to no user: it is an application's.
    bool belongsToNobody() const { return m_belongsToNobody; }

    AuthService &auth() { return m_auth; }
    CredentialService &credentials() { return m_credentials; }
    PageCache &pages() { return m_pages; }
    UsageCache &usages() { return m_usages; }
    Inventory &inventory() { return m_inventory; }
    ApplicationService &applications() { return m_applications; }

    /// Another token may see other things, so what is cached is forgotten. `account` is whose it is; nothing
    /// for an application's.
    void setToken(const QByteArray &token, const std::optional<Account> &account);
    void setProxyPassword(const QString &password) { m_transport.setProxyPassword(password); }
    /// Asks who is signed in; accountChanged() follows if the server says.
    void loadAccount();

    /// From now on requests go over new connections when the machine's network has changed, or it slept.
    /// Takes some milliseconds.
    void watchNetwork() { m_monitor.start(); }

    /// From now on calls whose token is refused wait: tokenRefused() asks for another one, and setToken() or
    /// withholdToken() answers.
    void awaitTokens() { m_transport.setAwaitsToken(true); }
    void withholdToken() { m_transport.withholdToken(); }
    /// The token is not used any more, whatever the server thinks of it: tokenRefused() asks for another one.
    void dropToken() { m_transport.dropToken(); }

Q_SIGNALS:
    void accountChanged();
    void tokenRefused();
    /// There is another token: what failed for want of one may succeed now.
    void tokenChanged();
    /// What failed may succeed now.
    void networkChanged();

private:
    void setAccount(const std::optional<Account> &account);

    const Profile m_profile;
    Transport m_transport;
    NetworkMonitor m_monitor;
    const Kind m_kind;
    AuthService m_auth;
    ApplicationService m_applications;
    CredentialService m_credentials;
    PageCache m_pages;
    UsageCache m_usages;
    Inventory m_inventory;
    std::optional<Account> m_account;
    bool m_belongsToNobody = false;
    PendingCall m_call;
};
