// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bootclock.h"
#include "services/credentialservice.h"

#include <chrono>
#include <memory>
#include <vector>

/// The pages of credentials that were seen or are foreseen, by query, in memory.
///
/// What is foreseen is asked for quietly: once, at low priority, not while the server asks for patience, and
/// without a word if it fails.
class CredentialPages
{
public:
    using Clock = BootClock;

    struct KnownPage
    {
        PageQuery query;
        CredentialPage page;
        Clock::time_point askedAt;
    };

    /// The service must outlive the pages. Of more than `capacity` pages those longest unused are forgotten.
    explicit CredentialPages(CredentialService &service, std::size_t capacity = 16);

    /// nullptr if it is not known; else valid until the pages are asked for anything else.
    const KnownPage *find(const PageQuery &query);
    /// Whether it is new enough to be shown without asking again.
    bool isFresh(const KnownPage &known) const { return Clock::now() - known.askedAt <= m_freshness; }
    void setFreshness(std::chrono::milliseconds freshness) { m_freshness = freshness; }

    /// Asks in the foreground, known or not; but a call for this page that is under way already becomes the
    /// one that is returned. The pages must outlive the call.
    [[nodiscard]] PendingCall list(const PageQuery &query, Then<CredentialPage> then);

    /// Foresees the next and the previous page of the one that is shown, and withdraws calls for those of
    /// the one before.
    void foreseeNeighbours(const PageQuery &shown, int totalCount);
    /// Foresees a single page, and withdraws the call for the one before.
    void foresee(const PageQuery &query);

    /// Forgets all, also what is under way.
    void forget();

private:
    using Receiver = std::shared_ptr<Then<CredentialPage>>;

    /// A page that is foreseen, but not there yet.
    struct Foreseen
    {
        PageQuery query;
        Receiver receiver; ///< is exchanged when somebody comes to wait for it
        PendingCall call;
    };

    void foresee(std::vector<Foreseen> &calls, const std::vector<PageQuery> &queries);
    PendingCall ask(const PageQuery &query, const Receiver &receiver, ApiRequest::Urgency urgency);
    void remember(const PageQuery &query, const CredentialPage &page, Clock::time_point askedAt);
    void forgetApplication(const QString &applicationId);

    CredentialService &m_service;
    const std::size_t m_capacity;
    std::chrono::milliseconds m_freshness{30'000};
    std::vector<KnownPage> m_known; ///< the last one used comes first
    std::vector<Foreseen> m_neighbours;
    std::vector<Foreseen> m_single;
    int m_timesForgotten = 0;
};
