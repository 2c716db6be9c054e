// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/queryhistory.h"

namespace {

constexpr std::size_t longestHistory = 200;

bool differOnlyInFilter(const PageQuery &a, const PageQuery &b)
{
    return a.withoutFilter() == b.withoutFilter() && a.filter != b.filter;
}

} // namespace

void QueryHistory::push(const PageQuery &query)
{
    if (!m_queries.empty()) {
        if (m_queries[m_current] == query)
            return;
        m_queries.resize(m_current + 1);
        const PageQuery &current = m_queries.back();
        const bool isStillTyping = m_current > 0 && current.isFiltered() && query.isFiltered() &&
                                   differOnlyInFilter(current, query) &&
                                   differOnlyInFilter(m_queries[m_current - 1], current);
        if (isStillTyping)
            m_queries.pop_back();
        else if (m_queries.size() == longestHistory)
            m_queries.erase(m_queries.begin());
    }
    m_queries.push_back(query);
    m_current = m_queries.size() - 1;
}

void QueryHistory::settle(const PageQuery &query)
{
    if (m_queries.empty() || m_queries[m_current] == query)
        return;
    m_queries[m_current] = query;
    if (canGoForward() && m_queries[m_current + 1] == query)
        m_queries.erase(m_queries.begin() + std::ptrdiff_t(m_current) + 1);
    if (canGoBack() && m_queries[m_current - 1] == query)
        m_queries.erase(m_queries.begin() + std::ptrdiff_t(m_current--));
}
