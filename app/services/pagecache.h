// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bootclock.h"
#include "api/pendingcall.h"
#include "domain/credential.h"
#include "domain/pagequery.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

class CredentialService;

/// The pages of credentials that were seen or are prefetched, by query, in memory.
///
/// What is prefetched is asked for quietly: once, at low priority, not while the server asks for patience,
/// and without a word if it fails. The pages of an application whose credentials changed are forgotten, as
/// the service says so.
class PageCache : public QObject
{
    Q_OBJECT

public:
    using Clock = BootClock;

    struct CachedPage
    {
        PageQuery query;
        CredentialPage page;
        Clock::time_point askedAt;
    };

    /// The service must outlive the pages. Of more than `capacity` pages those longest unused are forgotten.
    explicit PageCache(CredentialService &service, std::size_t capacity = 16);

    /// nullptr if it is not cached; else valid until the pages are asked for anything else.
    const CachedPage *find(const PageQuery &query);
    /// Whether it is new enough to be shown without asking again.
    bool isFresh(const CachedPage &page) const { return Clock::now() - page.askedAt <= m_freshness; }
    void setFreshness(std::chrono::milliseconds freshness) { m_freshness = freshness; }

    /// Asks in the foreground, cached or not; but a call for this page that is under way already becomes the
    /// one that is returned. The pages must outlive the call.
    [[nodiscard]] PendingCall list(const PageQuery &query, Then<CredentialPage> then);

    /// Prefetches the next and the previous page of the one that is shown, and withdraws calls for those of
    /// the one before.
    void prefetchNeighbours(const PageQuery &shown, int totalCount);
    /// Prefetches a single page, and withdraws the call for the one before.
    void prefetch(const PageQuery &query);

    /// Forgets all, also what is under way: for somebody who wants to see what is there now.
    void forget();

private:
    using Receiver = std::shared_ptr<Then<CredentialPage>>;

    /// A page that is prefetched, but not there yet.
    struct Prefetched
    {
        PageQuery query;
        Receiver receiver; ///< is exchanged when somebody comes to wait for it
        PendingCall call;
    };

    void prefetch(std::vector<Prefetched> &calls, const std::vector<PageQuery> &queries);
    PendingCall ask(const PageQuery &query, const Receiver &receiver, ApiRequest::Priority priority);
    void remember(const PageQuery &query, const CredentialPage &page, Clock::time_point askedAt);
    void forgetApplication(const QString &applicationId);
    void credentialsChanged(const QString &applicationId);
    int timesForgotten(const QString &applicationId) const
    {
        return m_timesForgotten + m_timesChanged.value(applicationId);
    }

    CredentialService &m_service;
    const std::size_t m_capacity;
    std::chrono::milliseconds m_freshness{30'000};
    std::vector<CachedPage> m_pages; ///< the last one used comes first
    std::vector<Prefetched> m_neighbours;
    std::vector<Prefetched> m_single;
    int m_timesForgotten = 0;
    QHash<QString, int> m_timesChanged; ///< by application
};
