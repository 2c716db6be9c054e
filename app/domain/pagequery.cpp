// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pagequery.h"

#include "domain/straytext.h"

#include <algorithm>

namespace {

/// The only one that the API names: `?` is a character as any other.
constexpr QChar wildcard = u'*';

} // namespace

int PageQuery::pageCount(int totalCount) const
{
    return std::max(1, totalCount / perPage + (totalCount % perPage > 0 ? 1 : 0));
}

PageQuery PageQuery::forApplication(const QString &id) const
{
    PageQuery query = withoutFilter();
    query.applicationId = id;
    return query;
}

PageQuery PageQuery::sortedBy(SortField field) const
{
    if (field == sortField)
        return sortedBy(field, sortOrder == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
    const bool isText = field == SortField::Name || field == SortField::Type;
    return sortedBy(field, isText ? Qt::AscendingOrder : Qt::DescendingOrder);
}

PageQuery PageQuery::sortedBy(SortField field, Qt::SortOrder order) const
{
    PageQuery query = onPage(0);
    query.sortField = field;
    query.sortOrder = order;
    return query;
}

PageQuery PageQuery::onPage(int newPage) const
{
    PageQuery query = *this;
    query.page = std::max(0, newPage);
    return query;
}

PageQuery PageQuery::withPageSize(int rows, int visibleRow) const
{
    PageQuery query = *this;
    query.perPage = rows;
    query.page = (firstRow() + std::max(0, visibleRow)) / rows;
    return query;
}

PageQuery PageQuery::withFilter(FilterField field, const QString &glob) const
{
    PageQuery query = onPage(0);
    query.filterField = field;
    query.filter = glob;
    return query;
}

PageQuery PageQuery::withoutFilter() const
{
    return withFilter(filterField, {});
}

PageQuery PageQuery::newestFirst() const
{
    return withoutFilter().sortedBy(SortField::CreationDate, Qt::DescendingOrder);
}

QString PageQuery::globFor(const QString &text)
{
    const QString line = StrayText::inOneLine(text);
    return line.isEmpty() || line.contains(wildcard) ? line : wildcard + line + wildcard;
}

QString PageQuery::textFor(const QString &glob)
{
    const QString inner = glob.size() > 2 ? glob.mid(1, glob.size() - 2) : QString();
    return globFor(inner) == glob ? inner : glob;
}
