// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <vector>

/// The queries that were looked at, for going back and forward.
class QueryHistory
{
public:
    /// Goes on from the current query; what was ahead is forgotten. Typing a filter is one step, not one a
    /// letter.
    void push(const PageQuery &query);

    /// The current query turned out to be this one; it is no step if it stands beside already.
    void settle(const PageQuery &query);

    /// As settle(), and this query's page is shown now: it is what rollBack() returns to.
    void commit(const PageQuery &query);
    /// Forgets what was done since commit(): nobody has got there.
    void rollBack() { m_steps = m_committed; }

    bool canGoBack() const { return m_steps.current > 0; }
    bool canGoForward() const { return m_steps.current + 1 < m_steps.queries.size(); }
    /// Only if canGoBack().
    const PageQuery &back() { return m_steps.queries.at(--m_steps.current); }
    /// Only if canGoForward().
    const PageQuery &forward() { return m_steps.queries.at(++m_steps.current); }

private:
    struct Steps
    {
        std::vector<PageQuery> queries;
        std::size_t current = 0;
    };

    Steps m_steps;
    Steps m_committed;
};
