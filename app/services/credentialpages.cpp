// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialpages.h"

#include <algorithm>
#include <utility>

CredentialPages::CredentialPages(CredentialService &service, std::size_t capacity)
    : m_service(service), m_capacity(capacity)
{
}

const CredentialPages::KnownPage *CredentialPages::find(const PageQuery &query)
{
    const auto found = std::ranges::find(m_known, query, &KnownPage::query);
    if (found == m_known.end())
        return nullptr;
    std::rotate(m_known.begin(), found, found + 1);
    return &m_known.front();
}

PendingCall CredentialPages::list(const PageQuery &query, Then<CredentialPage> then)
{
    for (std::vector<Foreseen> *calls : {&m_neighbours, &m_single}) {
        const auto found = std::ranges::find(*calls, query, &Foreseen::query);
        if (found == calls->end())
            continue;
        Foreseen foreseen = std::move(*found);
        calls->erase(found);
        *foreseen.receiver = std::move(then);
        foreseen.call->promote();
        return std::move(foreseen.call);
    }
    return ask(query, std::make_shared<Then<CredentialPage>>(std::move(then)),
               ApiRequest::Urgency::Foreground);
}

void CredentialPages::foreseeNeighbours(const PageQuery &shown, int totalCount)
{
    std::vector<PageQuery> neighbours;
    if (shown.page + 1 < shown.pageCount(totalCount))
        neighbours.push_back(shown.onPage(shown.page + 1));
    if (shown.page > 0)
        neighbours.push_back(shown.onPage(shown.page - 1));
    foresee(m_neighbours, neighbours);
}

void CredentialPages::foresee(const PageQuery &query)
{
    foresee(m_single, {query});
}

void CredentialPages::foresee(std::vector<Foreseen> &calls, const std::vector<PageQuery> &queries)
{
    std::erase_if(calls, [&](const Foreseen &foreseen) {
        return std::ranges::find(queries, foreseen.query) == queries.end();
    });
    const auto isUnderWay = [this](const PageQuery &query) {
        return std::ranges::find(m_neighbours, query, &Foreseen::query) != m_neighbours.end() ||
               std::ranges::find(m_single, query, &Foreseen::query) != m_single.end();
    };
    for (const PageQuery &query : queries) {
        if (m_service.isThrottled() || find(query) || isUnderWay(query))
            continue;
        const auto receiver =
            std::make_shared<Then<CredentialPage>>([&calls, query](const Result<CredentialPage> &) {
                std::erase_if(calls, [&](const Foreseen &foreseen) { return foreseen.query == query; });
            });
        calls.push_back({query, receiver, ask(query, receiver, ApiRequest::Urgency::Background)});
    }
}

PendingCall CredentialPages::ask(const PageQuery &query, const Receiver &receiver,
                                 ApiRequest::Urgency urgency)
{
    const auto answered = [this, query, receiver, askedAt = Clock::now(),
                           timesForgotten = m_timesForgotten](Result<CredentialPage> page) {
        if (page && timesForgotten == m_timesForgotten)
            remember(query, *page, askedAt);
        else if (!page && page.error().kind == ApiError::Kind::NotFound)
            forgetApplication(query.applicationId);
        (*receiver)(std::move(page));
    };
    return m_service.list(query, answered, urgency);
}

void CredentialPages::remember(const PageQuery &query, const CredentialPage &page, Clock::time_point askedAt)
{
    // Where the count has changed, the pages beside this one are not what they were.
    std::erase_if(m_known, [&](const KnownPage &known) {
        return known.query.onPage(query.page) == query &&
               (known.query == query || known.page.totalCount != page.totalCount);
    });
    if (page.items.empty() && query.page > 0) // past the end
        return;
    m_known.insert(m_known.begin(), {query, page, askedAt});
    if (m_known.size() > m_capacity)
        m_known.pop_back();
}

void CredentialPages::forgetApplication(const QString &applicationId)
{
    const auto isOfIt = [&](const auto &one) { return one.query.applicationId == applicationId; };
    std::erase_if(m_known, isOfIt);
    std::erase_if(m_neighbours, isOfIt);
    std::erase_if(m_single, isOfIt);
}

void CredentialPages::forget()
{
    ++m_timesForgotten;
    m_known.clear();
    m_neighbours.clear();
    m_single.clear();
}
