// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/changepolicy.h"

class CredentialService;

/// Deletes a credential, and sees by whether it is there what became of that.
class DeletePolicy : public ChangePolicy
{
public:
    /// The service must outlive the policy.
    DeletePolicy(CredentialService &service, const QString &applicationId, const Credential &credential);

    PendingCall send(Then<Credential> then) override;
    bool isRefusal(const ApiError &error) const override;
    PendingCall lookUp(Then<CredentialPage> then) override;
    Finding judge(const CredentialPage &seen, const WriteTimes &times) override;
    int countDifference() const override { return -1; }

private:
    CredentialService &m_service;
    const QString m_applicationId;
    const Credential m_credential;
};
