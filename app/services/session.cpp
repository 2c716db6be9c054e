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
{
    m_transport.setToken(token);
    connect(&m_transport, &Transport::tokenRefused, this, &Session::tokenRefused);
}

Session::Session(const QUrl &server, const QByteArray &token, Kind kind)
    : Session(Profile{.connection = {.server = server}}, token, kind)
{
}

std::unique_ptr<Session> Session::reopened(const Profile &profile) const
{
    return std::make_unique<Session>(profile, m_transport.token(), m_kind);
}

void Session::setToken(const QByteArray &token)
{
    m_pages.forget();
    m_transport.setToken(token);
}

void Session::loadAccount()
{
    m_call = m_auth.me([this](Result<Account> account) {
        if (!account)
            return;
        m_account = std::move(*account);
        Q_EMIT accountLoaded();
    });
}
