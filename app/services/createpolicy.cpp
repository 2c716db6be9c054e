// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/createpolicy.h"

#include "api/losantjson.h"
#include "services/credentialservice.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// A glob that matches the name; characters that some globs read as more than themselves become `*`.
QString globOf(QString name)
{
    for (QChar &c : name) {
        if (u"*?[]{}()!|+@\\"_s.contains(c))
            c = u'*';
    }
    return name;
}

/// Nothing if there are more than are on the page.
std::optional<std::vector<QString>> idsOf(const CredentialPage &page)
{
    if (page.totalCount > int(page.items.size()))
        return std::nullopt;
    std::vector<QString> ids;
    std::ranges::transform(page.items, std::back_inserter(ids), &Credential::id);
    return ids;
}

} // namespace

CreatePolicy::CreatePolicy(CredentialService &service, const QString &applicationId,
                           const CredentialDraft &draft)
    : m_service(service)
    , m_applicationId(applicationId)
    , m_name(draft.value(FieldId::name))
    , m_type(*draft.type())
    , m_generatesKey(draft.generatesKey())
    , m_draft(draft)
{
}

bool CreatePolicy::looksBefore() const
{
    const auto offset = m_service.clockOffset();
    return offset && WriteTimes::isFarOff(*offset);
}

std::optional<ChangeOutcome> CreatePolicy::obstacle(const Result<CredentialPage> &seen)
{
    if (!seen && seen.error().kind == ApiError::Kind::Unauthorized)
        return ChangeOutcome{.state = ChangeOutcome::State::NotDone, .error = seen.error()};
    if (seen)
        m_ids = idsOf(*seen);
    return std::nullopt;
}

PendingCall CreatePolicy::send(Then<Credential> then)
{
    return m_service.post(m_applicationId, *std::exchange(m_draft, std::nullopt), std::move(then));
}

PendingCall CreatePolicy::lookUp(Then<CredentialPage> then)
{
    const PageQuery query =
        PageQuery{.applicationId = m_applicationId}.withFilter(PageQuery::FilterField::Name, globOf(m_name));
    return m_service.list(query, std::move(then));
}

Finding CreatePolicy::judge(const CredentialPage &seen, const WriteTimes &times)
{
    Finding finding;
    const Credential *created = nullptr;
    for (const Credential &candidate : seen.items) {
        const Match is = match(candidate, seen.clockOffset, times);
        const bool isAnother = is == Match::Created && created && created->id != candidate.id;
        finding.hasNamesake |= is == Match::Unclear || isAnother;
        if (is == Match::Created)
            created = &candidate;
    }
    const auto ids = idsOf(seen);
    if (created && !finding.hasNamesake) {
        finding.verdict = Finding::Verdict::Done;
        finding.credential = *created;
    } else if (times.refusedAt && ids && !finding.hasNamesake) {
        finding.verdict = Finding::Verdict::NotYet;
        m_ids = ids;
    }
    return finding;
}

CreatePolicy::Match CreatePolicy::match(const Credential &candidate, std::optional<qint64> clockOffset,
                                        const WriteTimes &times) const
{
    if (candidate.name != m_name)
        return Match::Other;
    if (candidate.type != m_type.key)
        return candidate.type.isEmpty() ? Match::Unclear : Match::Other;
    if (m_ids && !candidate.id.isEmpty())
        return std::ranges::find(*m_ids, candidate.id) == m_ids->end() ? Match::Created : Match::Other;
    const std::optional<bool> isOfIt = times.canBeOf(candidate.creationDate, clockOffset);
    if (!isOfIt)
        return Match::Unclear;
    return *isOfIt ? Match::Created : Match::Other;
}
