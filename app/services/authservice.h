// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/account.h"

/// Who a token belongs to. Calls answer through the event loop, and never once dropped.
class AuthService
{
public:
    /// The transport must outlive the service.
    explicit AuthService(Transport &transport);

    /// The user of the transport's token. An application token gets Forbidden.
    [[nodiscard]] PendingCall me(Then<Account> then);

private:
    Transport &m_transport;
};
