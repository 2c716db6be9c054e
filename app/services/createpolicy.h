// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"
#include "services/changepolicy.h"

#include <vector>

class CredentialService;

/// Creates a credential, and finds it by its name.
///
/// What is found is the created one if it has the name, the type, and a creationDate not before the POST:
/// that date and `Date` are both the server's, and the time since the POST is measured. Where there is no
/// `Date`, or one that is far off, only whether an id was there before counts. If that is known in advance,
/// the name is looked up before the POST too.
class CreatePolicy : public ChangePolicy
{
public:
    /// The service must outlive the policy. The draft has a type.
    CreatePolicy(CredentialService &service, const QString &applicationId, const CredentialDraft &draft);

    bool looksBefore() const override;
    std::optional<ChangeOutcome> obstacle(const Result<CredentialPage> &seen) override;
    PendingCall send(Then<Credential> then) override;
    void letGo() override { m_draft.reset(); }
    PendingCall lookUp(Then<CredentialPage> then) override;
    Finding judge(const CredentialPage &seen, const WriteTimes &times) override;
    const CredentialType *generatedKeyType() const override { return m_generatesKey ? &m_type : nullptr; }
    int countDifference() const override { return +1; }

private:
    /// What a credential that was found is.
    enum class Match { Other, Created, Unclear };

    Match match(const Credential &candidate, std::optional<qint64> clockOffset,
                const WriteTimes &times) const;

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_name;
    const CredentialType &m_type;
    const bool m_generatesKey;
    std::optional<CredentialDraft> m_draft;    ///< as long as it waits to be sent
    std::optional<std::vector<QString>> m_ids; ///< of all that had the name before the POST
};
