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

    bool canGoBack() const { return m_current > 0; }
    bool canGoForward() const { return m_current + 1 < m_queries.size(); }
    /// Only if canGoBack().
    const PageQuery &back() { return m_queries.at(--m_current); }
    /// Only if canGoForward().
    const PageQuery &forward() { return m_queries.at(++m_current); }

private:
    std::vector<PageQuery> m_queries;
    std::size_t m_current = 0;
};
