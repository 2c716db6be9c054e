// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

/// Which page of which application's credentials to show, in which order, filtered how.
///
/// A value, and the only state of the browser: every gesture makes a new query out of the one before.
/// The defaults are the API's own.
struct PageQuery
{
    enum class SortField { Name, Type, CreationDate, LastUpdated };
    enum class FilterField { Name, Type };

    static constexpr int pageSizes[] = {25, 50, 100, 250, 500, 1000};

    QString applicationId; ///< empty: no application is chosen
    SortField sortField = SortField::CreationDate;
    Qt::SortOrder sortOrder = Qt::DescendingOrder;
    int page = 0; ///< zero-based
    int perPage = 100;
    FilterField filterField = FilterField::Name;
    QString filter; ///< a glob for the server, see globFor(); empty: no filter

    bool operator==(const PageQuery &) const = default;

    bool isFiltered() const { return !filter.isEmpty(); }
    int firstRow() const { return page * perPage; }

    /// The number of pages that hold this many rows, at least one.
    int pageCount(int totalCount) const;

    /// Another application: its first page, in the same order and page size, without a filter.
    PageQuery forApplication(const QString &id) const;
    /// A first sort by a text is ascending, by a date descending; the same field again turns it round.
    PageQuery sortedBy(SortField field) const;
    PageQuery sortedBy(SortField field, Qt::SortOrder order) const;
    PageQuery onPage(int newPage) const;
    /// `visibleRow`, counted from the first row of this page, stays on the new page.
    PageQuery withPageSize(int rows, int visibleRow) const;
    PageQuery withFilter(FilterField field, const QString &glob) const;
    PageQuery withoutFilter() const;
    /// Newest first, from the start, unfiltered: where a credential just created is found.
    PageQuery newestFirst() const;

    /// What a person typed or pasted, as a glob: a text without `*` means "contains". What stands around it
    /// does not count, and a line break is a blank. Blank: no filter.
    static QString globFor(const QString &text);
    /// What a person may have typed to get this glob: the inverse of globFor().
    static QString textFor(const QString &glob);
};
