// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sandboxanswers.h"
#include "sandbox/sandboxauth.h"
#include "sandbox/sandboxstore.h"

#include <QByteArray>

/// What a client asks, as it came over the wire.
struct SandboxRequest
{
    QByteArray method;
    QByteArray path;          ///< percent-encoded
    QByteArray query;         ///< percent-encoded, without the `?`
    QByteArray authorization; ///< the header's value
    QByteArray body;
};

/// The endpoints of the Losant API that Credenza knows: what each answers, and what it refuses.
class SandboxApi
{
public:
    static constexpr qsizetype maxBodySize = 1024 * 1024;

    SandboxApi(SampleData samples, const QByteArray &token, const QByteArray &password);

    SandboxAnswer answer(const SandboxRequest &request);

private:
    struct Call;
    using Handler = SandboxAnswer (SandboxApi::*)(const Call &call);
    struct Endpoint;

    static const Endpoint endpoints[];

    SandboxAnswer me(const Call &call);
    SandboxAnswer signIn(const Call &call);
    SandboxAnswer ssoDomain(const Call &call);
    SandboxAnswer applications(const Call &call);
    SandboxAnswer application(const Call &call);
    SandboxAnswer credentials(const Call &call);
    SandboxAnswer createCredential(const Call &call);
    SandboxAnswer credential(const Call &call);
    SandboxAnswer changeCredential(const Call &call);
    SandboxAnswer deleteCredential(const Call &call);
    SandboxAnswer linkedResources(const Call &call);
    SandboxAnswer organization(const Call &call);

    QJsonObject applicationObject(const SandboxApplication &application) const;

    SandboxStore m_store;
    SandboxAuth m_auth;
};
