// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/pagecache.h"

#include "services/credentialservice.h"

#include <algorithm>
#include <utility>

PageCache::PageCache(CredentialService &service, std::size_t capacity)
    : m_service(service), m_capacity(capacity)
{
    connect(&m_service, &CredentialService::credentialsChanged, this, &PageCache::credentialsChanged);
}

const PageCache::CachedPage *PageCache::find(const PageQuery &query)
{
    const auto found = std::ranges::find(m_pages, query, &CachedPage::query);
    if (found == m_pages.end())
        return nullptr;
    std::rotate(m_pages.begin(), found, found + 1);
    return &m_pages.front();
}

PendingCall PageCache::list(const PageQuery &query, Then<CredentialPage> then)
{
    for (std::vector<Prefetched> *calls : {&m_neighbours, &m_single}) {
        const auto found = std::ranges::find(*calls, query, &Prefetched::query);
        if (found == calls->end())
            continue;
        Prefetched prefetched = std::move(*found);
        calls->erase(found);
        *prefetched.receiver = std::move(then);
        prefetched.call->promote();
        return std::move(prefetched.call);
    }
    return ask(query, std::make_shared<Then<CredentialPage>>(std::move(then)),
               ApiRequest::Priority::Foreground);
}

void PageCache::prefetchNeighbours(const PageQuery &shown, int totalCount)
{
    std::vector<PageQuery> neighbours;
    if (shown.page + 1 < shown.pageCount(totalCount))
        neighbours.push_back(shown.onPage(shown.page + 1));
    if (shown.page > 0)
        neighbours.push_back(shown.onPage(shown.page - 1));
    prefetch(m_neighbours, neighbours);
}

void PageCache::prefetch(const PageQuery &query)
{
    prefetch(m_single, {query});
}

void PageCache::prefetch(std::vector<Prefetched> &calls, const std::vector<PageQuery> &queries)
{
    std::erase_if(calls, [&](const Prefetched &prefetched) {
        return std::ranges::find(queries, prefetched.query) == queries.end();
    });
    const auto isUnderWay = [this](const PageQuery &query) {
        return std::ranges::find(m_neighbours, query, &Prefetched::query) != m_neighbours.end() ||
               std::ranges::find(m_single, query, &Prefetched::query) != m_single.end();
    };
    for (const PageQuery &query : queries) {
        if (m_service.isThrottled() || find(query) || isUnderWay(query))
            continue;
        const auto receiver =
            std::make_shared<Then<CredentialPage>>([&calls, query](const Result<CredentialPage> &) {
                std::erase_if(calls, [&](const Prefetched &prefetched) { return prefetched.query == query; });
            });
        calls.push_back({query, receiver, ask(query, receiver, ApiRequest::Priority::Background)});
    }
}

PendingCall PageCache::ask(const PageQuery &query, const Receiver &receiver, ApiRequest::Priority priority)
{
    const auto answered = [this, query, receiver, askedAt = Clock::now(),
                           times = timesForgotten(query.applicationId)](Result<CredentialPage> page) {
        if (page && times == timesForgotten(query.applicationId))
            remember(query, *page, askedAt);
        else if (!page && page.error().kind == ApiError::Kind::NotFound)
            forgetApplication(query.applicationId);
        (*receiver)(std::move(page));
    };
    return m_service.list(query, answered, priority);
}

void PageCache::remember(const PageQuery &query, const CredentialPage &page, Clock::time_point askedAt)
{
    // Where the count has changed, the pages beside this one are not what they were.
    std::erase_if(m_pages, [&](const CachedPage &cached) {
        return cached.query.onPage(query.page) == query &&
               (cached.query == query || cached.page.totalCount != page.totalCount);
    });
    if (page.items.empty() && query.page > 0) // past the end
        return;
    m_pages.insert(m_pages.begin(), {query, page, askedAt});
    if (m_pages.size() > m_capacity)
        m_pages.pop_back();
}

void PageCache::forgetApplication(const QString &applicationId)
{
    const auto isOfIt = [&](const auto &one) { return one.query.applicationId == applicationId; };
    std::erase_if(m_pages, isOfIt);
    std::erase_if(m_neighbours, isOfIt);
    std::erase_if(m_single, isOfIt);
}

void PageCache::credentialsChanged(const QString &applicationId)
{
    ++m_timesChanged[applicationId]; // what was asked before is not remembered
    forgetApplication(applicationId);
}

void PageCache::forget()
{
    ++m_timesForgotten;
    m_pages.clear();
    m_neighbours.clear();
    m_single.clear();
}
