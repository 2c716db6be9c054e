// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/queryhistory.h"

namespace {

constexpr std::size_t maxHistory = 200;

bool differOnlyInFilter(const PageQuery &a, const PageQuery &b)
{
    return a.withoutFilter() == b.withoutFilter() && a.filter != b.filter;
}

} // namespace

void QueryHistory::push(const PageQuery &query)
{
    auto &[queries, current] = m_steps;
    if (!queries.empty()) {
        if (queries[current] == query)
            return;
        queries.resize(current + 1);
        const PageQuery &last = queries.back();
        const bool isStillTyping = current > 0 && last.isFiltered() && query.isFiltered() &&
                                   differOnlyInFilter(last, query) &&
                                   differOnlyInFilter(queries[current - 1], last);
        if (isStillTyping)
            queries.pop_back();
        else if (queries.size() == maxHistory)
            queries.erase(queries.begin());
    }
    queries.push_back(query);
    current = queries.size() - 1;
}

void QueryHistory::settle(const PageQuery &query)
{
    auto &[queries, current] = m_steps;
    if (queries.empty() || queries[current] == query)
        return;
    queries[current] = query;
    if (canGoForward() && queries[current + 1] == query)
        queries.erase(queries.begin() + std::ptrdiff_t(current) + 1);
    if (canGoBack() && queries[current - 1] == query)
        queries.erase(queries.begin() + std::ptrdiff_t(current--));
}

void QueryHistory::commit(const PageQuery &query)
{
    settle(query);
    m_committed = m_steps;
}
