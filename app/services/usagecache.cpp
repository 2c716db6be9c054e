// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/usagecache.h"

#include "domain/credential.h"
#include "services/applicationservice.h"
#include "services/credentialservice.h"

#include <algorithm>
#include <memory>
#include <utility>

using Kind = LinkedResource::Kind;

struct UsageCache::Asked
{
    Key key;
    Clock::time_point askedAt;
    int timesForgotten = 0;
    Answered answered;
    CredentialUsage usage = {};
    ArchiveSettings archive = {};
    int openCalls = 2;
};

namespace {

/// It would be the same if it were asked again.
bool isLasting(const std::optional<ApiError> &error)
{
    return !error || error->kind == ApiError::Kind::Forbidden;
}

} // namespace

UsageCache::UsageCache(CredentialService &credentials, ApplicationService &applications, std::size_t capacity)
    : m_credentials(credentials), m_applications(applications), m_capacity(capacity)
{
    connect(&m_credentials, &CredentialService::credentialsChanged, this, &UsageCache::credentialsChanged);
}

UsageCache::Key UsageCache::keyOf(const QString &applicationId, const Credential &credential)
{
    return {applicationId, credential.id, credential.name};
}

const CredentialUsage *UsageCache::find(const QString &applicationId, const Credential &credential) const
{
    const auto found = std::ranges::find(m_usages, keyOf(applicationId, credential), &CachedUsage::key);
    const bool isThere = found != m_usages.end() && Clock::now() - found->askedAt <= m_maxAge;
    return isThere ? &found->usage : nullptr;
}

PendingUsage UsageCache::ask(const QString &applicationId, const Credential &credential, Answered answered)
{
    const auto asked = std::make_shared<Asked>(Asked{.key = keyOf(applicationId, credential),
                                                     .askedAt = Clock::now(),
                                                     .timesForgotten = timesForgotten(applicationId),
                                                     .answered = std::move(answered)});
    return {m_credentials.linkedResources(applicationId, credential.id,
                                          [this, asked](Result<LinkedResources> linked) {
                                              if (linked) {
                                                  asked->usage.listedCount = int(linked->items.size());
                                                  asked->usage.totalCount = linked->totalCount;
                                                  asked->usage.isComplete = linked->isComplete;
                                                  asked->usage.items = std::move(linked->items);
                                              } else {
                                                  asked->usage.linksError = linked.error();
                                              }
                                              oneAnswered(*asked);
                                          }),
            m_applications.archiveSettings(applicationId, [this, asked](Result<ArchiveSettings> archive) {
                if (archive)
                    asked->archive = std::move(*archive);
                else
                    asked->usage.archiveError = archive.error();
                oneAnswered(*asked);
            })};
}

void UsageCache::oneAnswered(Asked &asked)
{
    if (--asked.openCalls > 0)
        return;
    const QString &name = asked.key.name;
    if (!name.isEmpty() && asked.archive.credentialName == name)
        asked.usage.items.push_back({.kind = Kind::DataArchive});
    if (!name.isEmpty() && asked.archive.exportCredentialName == name)
        asked.usage.items.push_back({.kind = Kind::ApplicationExport});
    remember(asked);
    const Answered answered = std::move(asked.answered);
    answered(asked.usage);
}

void UsageCache::remember(const Asked &asked)
{
    if (asked.timesForgotten != timesForgotten(asked.key.applicationId))
        return;
    std::erase_if(m_usages, [&](const CachedUsage &cached) { return cached.key == asked.key; });
    if (!isLasting(asked.usage.linksError) || !isLasting(asked.usage.archiveError))
        return;
    m_usages.push_back({asked.key, asked.usage, asked.askedAt});
    if (m_usages.size() > m_capacity)
        m_usages.erase(m_usages.begin());
}

void UsageCache::credentialsChanged(const QString &applicationId)
{
    ++m_timesChanged[applicationId]; // what was asked before is not remembered
    std::erase_if(m_usages,
                  [&](const CachedUsage &cached) { return cached.key.applicationId == applicationId; });
}

void UsageCache::forget()
{
    ++m_timesForgotten;
    m_usages.clear();
}
