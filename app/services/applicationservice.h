// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/application.h"
#include "domain/linkedresource.h"

/// The applications that a token can see. Calls answer through the event loop, and never once dropped.
class ApplicationService
{
public:
    static constexpr int perPage = 1000;

    /// The transport must outlive the service.
    explicit ApplicationService(Transport &transport);

    /// A page of all applications, by name. `page` is zero-based. An application token gets Forbidden.
    [[nodiscard]] PendingCall list(int page, Then<ApplicationPage> then);
    [[nodiscard]] PendingCall get(const QString &applicationId, Then<Application> then);
    /// Which credentials the application's archive uses.
    [[nodiscard]] PendingCall archiveSettings(const QString &applicationId, Then<ArchiveSettings> then);

private:
    Transport &m_transport;
};
