// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/authservice.h"

#include "api/losantjson.h"

AuthService::AuthService(Transport &transport) : m_transport(transport) {}

PendingCall AuthService::me(Then<Account> then)
{
    return ask<Account>(m_transport, {.path = apiPath({u"me"})}, LosantJson::readAccount, std::move(then));
}
