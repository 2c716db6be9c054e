// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session.h"

Session::Session(const Profile &profile, const QByteArray &token, Kind kind, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_transport(profile.connection)
    , m_kind(kind)
    , m_auth(m_transport)
    , m_applications(m_transport)
    , m_credentials(m_transport)
    , m_pages(m_credentials)
    , m_usages(m_credentials, m_applications)
    , m_inventory(m_applications, m_credentials)
{
    m_transport.setToken(token);
    connect(&m_transport, &Transport::tokenRefused, this, &Session::tokenRefused);
    connect(&m_monitor, &NetworkMonitor::networkChanged, this, [this] {
        m_transport.renewConnections();
        Q_EMIT networkChanged();
    });
}

Session::Session(const QUrl &server, const QByteArray &token, Kind kind)
    : Session(Profile{.connection = {.server = server}}, token, kind)
{
}

std::unique_ptr<Session> Session::reopened(const Profile &profile) const
{
    const bool isSameOrigin = Transport::isSameOrigin(profile.connection.server, server());
    return std::make_unique<Session>(profile, isSameOrigin ? m_transport.token() : QByteArray(), m_kind);
}

void Session::setToken(const QByteArray &token, const std::optional<Account> &account)
{
    m_pages.forget();
    m_usages.forget();
    m_inventory.forget();
    setAccount(account);
    m_transport.setToken(token);
    Q_EMIT tokenChanged();
}

void Session::loadAccount()
{
    m_call = m_auth.me([this](const Result<Account> &account) {
        if (account)
            setAccount(*account);
        else if (account.error().kind == ApiError::Kind::Forbidden)
            setAccount(std::nullopt);
    });
}

void Session::setAccount(const std::optional<Account> &account)
{
    const bool hasChanged = m_account || account;
    m_account = account;
    m_belongsToNobody = !account;
    if (hasChanged)
        Q_EMIT accountChanged();
}
