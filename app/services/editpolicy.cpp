// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/editpolicy.h"

#include "api/losantjson.h"
#include "services/credentialservice.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// Whether nobody has edited it from one to the other.
bool isUnchanged(const Credential &before, const Credential &now)
{
    if (before.lastUpdated && now.lastUpdated)
        return before.lastUpdated == now.lastUpdated;
    return before.name == now.name && before.description == now.description &&
           before.enabled == now.enabled && before.config == now.config;
}

} // namespace

EditPolicy::EditPolicy(CredentialService &service, const QString &applicationId, const CredentialDraft &draft,
                       const QString &userId)
    : m_service(service)
    , m_applicationId(applicationId)
    , m_userId(userId)
    , m_draft(draft)
    , m_generatesKey(draft.generatesKey())
    , m_changesPublicPart(m_generatesKey || std::ranges::any_of(draft.publicFields(), [&](FieldId field) {
                              return draft.isChanged(field);
                          }))
{
}

std::optional<ChangeOutcome> EditPolicy::obstacle(const Result<CredentialPage> &seen)
{
    ChangeOutcome outcome{.state = ChangeOutcome::State::NotDone};
    if (!seen) {
        outcome.error = seen.error();
        return outcome;
    }
    const Credential &now = seen->items.front();
    if (!isUnchanged(*m_draft.base(), now)) {
        outcome.theirs = now;
        return outcome;
    }
    m_updatedBefore = now.lastUpdated;
    return std::nullopt;
}

PendingCall EditPolicy::send(Then<Credential> then)
{
    PendingCall call = m_service.patch(m_applicationId, m_draft, std::move(then));
    letGo();
    return call;
}

void EditPolicy::letGo()
{
    for (const FieldId field : m_draft.fieldIds()) {
        if (m_draft.type()->field(field).secret)
            m_draft.keep(field);
    }
}

PendingCall EditPolicy::lookUp(Then<CredentialPage> then)
{
    return lookUpById(m_service, m_applicationId, m_draft.base()->id, std::move(then));
}

Finding EditPolicy::judge(const CredentialPage &seen, const WriteTimes &times)
{
    Finding finding;
    const Credential &now = seen.items.front();
    if (now.lastUpdated && now.lastUpdated == m_updatedBefore) {
        finding.verdict = Finding::Verdict::NotYet;
        return finding;
    }
    m_hasOtherUpdate |= m_updatedSince && m_updatedSince != now.lastUpdated;
    m_updatedSince = now.lastUpdated;
    const bool isInTime = times.canBeOf(now.lastUpdated, seen.clockOffset).value_or(false);
    if (isInTime && isAsMeant(now) && (m_changesPublicPart || (isByUs(now) && !m_hasOtherUpdate))) {
        finding.verdict = Finding::Verdict::Done;
        finding.credential = now;
    }
    return finding;
}

std::vector<FieldId> EditPolicy::differences(const CredentialDraft &meant, const Credential &credential)
{
    const CredentialDraft there = LosantJson::readDraft(credential, meant.type());
    std::vector<FieldId> fields = meant.publicFields();
    std::erase_if(fields, [&](FieldId field) { return there.value(field) == meant.value(field); });
    return fields;
}

bool EditPolicy::lacksNewKey(const CredentialDraft &meant, const QString &publicKey)
{
    return meant.base() && meant.generatesKey() &&
           (publicKey.isEmpty() || publicKey == LosantJson::readPublicKey(*meant.base(), *meant.type()));
}

bool EditPolicy::isAsMeant(const Credential &credential) const
{
    return credential.type == m_draft.base()->type && differences(m_draft, credential).empty() &&
           !(m_generatesKey && lacksNewKey(m_draft, LosantJson::readPublicKey(credential, *m_draft.type())));
}

bool EditPolicy::isByUs(const Credential &credential) const
{
    return !m_userId.isEmpty() && credential.lastUpdatedById == m_userId &&
           credential.lastUpdatedByType == "user"_L1;
}
