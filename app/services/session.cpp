// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session.h"

Session::Session(const QUrl &server, const QByteArray &token, Kind kind, QObject *parent)
    : QObject(parent)
    , m_transport(server)
    , m_kind(kind)
    , m_auth(m_transport)
    , m_applications(m_transport)
    , m_credentials(m_transport)
{
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
