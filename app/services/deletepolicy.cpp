// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deletepolicy.h"

#include "services/credentialservice.h"

#include <utility>

DeletePolicy::DeletePolicy(CredentialService &service, const QString &applicationId,
                           const Credential &credential)
    : m_service(service), m_applicationId(applicationId), m_credential(credential)
{
}

PendingCall DeletePolicy::send(Then<Credential> then)
{
    return m_service.remove(m_applicationId, m_credential.id,
                            [then = std::move(then), credential = m_credential](const Result<void> &answer) {
                                then(answer.map([&] { return credential; }));
                            });
}

/// The network access manager may send a DELETE twice, so a 404 may mean that the first copy has deleted it.
bool DeletePolicy::isRefusal(const ApiError &error) const
{
    return error.isRefusal() && error.kind != ApiError::Kind::NotFound;
}

PendingCall DeletePolicy::lookUp(Then<CredentialPage> then)
{
    return lookUpById(m_service, m_applicationId, m_credential.id,
                      [then = std::move(then)](Result<CredentialPage> seen) {
                          const bool isGone = !seen && seen.error().kind == ApiError::Kind::NotFound &&
                                              !seen.error().urlIsSuspect;
                          then(isGone ? CredentialPage() : std::move(seen));
                      });
}

Finding DeletePolicy::judge(const CredentialPage &seen, const WriteTimes &)
{
    if (!seen.items.empty())
        return {.verdict = Finding::Verdict::NotYet};
    return {.verdict = Finding::Verdict::Done, .credential = m_credential};
}
