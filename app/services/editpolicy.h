// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"
#include "services/changepolicy.h"

class CredentialService;

/// Edits a credential, unless somebody else has since its draft was begun, and reads it to find out what
/// became of that.
///
/// It was edited if its public part is as meant and lastUpdated is not before the PATCH. Where only secrets
/// were sent, nothing in that part tells: so the last to update it must also be we, and nobody else in
/// between. It was not if lastUpdated is what it was before.
class EditPolicy : public ChangePolicy
{
public:
    /// The service must outlive the policy. The draft has a base. `userId`: who we are, empty if that is not
    /// known.
    EditPolicy(CredentialService &service, const QString &applicationId, const CredentialDraft &draft,
               const QString &userId);

    /// The fields in which a credential is not what a draft means, as far as answers show.
    static std::vector<FieldId> differences(const CredentialDraft &meant, const Credential &credential);

    /// Whether a key was to be made in place of the base's, and this public half is not one of a new key.
    static bool lacksNewKey(const CredentialDraft &meant, const QString &publicKey);

    bool looksBefore() const override { return true; }
    std::optional<ChangeOutcome> obstacle(const Result<CredentialPage> &seen) override;
    PendingCall send(Then<Credential> then) override;
    void letGo() override;
    PendingCall lookUp(Then<CredentialPage> then) override;
    Finding judge(const CredentialPage &seen, const WriteTimes &times) override;
    bool isAsMeant(const Credential &credential) const override;
    const CredentialType *generatedKeyType() const override
    {
        return m_generatesKey ? m_draft.type() : nullptr;
    }
    int countDifference() const override { return 0; }

private:
    bool isByUs(const Credential &credential) const;

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_userId;
    CredentialDraft m_draft; ///< without its secrets, once they are sent
    const bool m_generatesKey;
    const bool m_changesPublicPart;
    std::optional<qint64> m_updatedBefore;
    std::optional<qint64> m_updatedSince; ///< as it was seen after the PATCH
    bool m_hasOtherUpdate = false;        ///< was seen after the PATCH
};
