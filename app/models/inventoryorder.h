// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "models/inventorycolumns.h"
#include "models/inventoryfilter.h"
#include "services/inventory.h"

#include <array>
#include <optional>
#include <tuple>
#include <vector>

/// The rows of an Inventory in an order, and what a filter and quick filters make of each.
///
/// A row is told by a number that it keeps as long as its credential is there, wherever its part and the row
/// within are by then. Nothing here watches the inventory: what changes there has to be said, and nothing be
/// asked before takeUp().
class InventoryOrder
{
public:
    using Rows = std::vector<quint32>;

    static constexpr int quickFilterCount = 4;
    /// What may hold of a row, as bits; of a quick filter by its number.
    enum Mark : quint8 { Found = 1, Disabled = 2, Expiring = 4, NotUpdatedForAYear = 8, SameKey = 16 };
    static constexpr quint8 markOf(int quickFilter) { return quint8(Disabled << quickFilter); }

    /// The inventory must outlive it.
    explicit InventoryOrder(const Inventory &inventory) : m_inventory(inventory) {}

    /// Parts came or went.
    void resetParts();
    /// All rows of the part from this one on are others; whether any of them was taken up.
    bool replaceRows(int part, int first);
    /// Reads what is new. Whether rows were read again that were there before.
    bool takeUp(qint64 now);
    /// The dates are looked at anew; whether that makes a difference.
    bool setNow(qint64 now);

    void setFilter(const InventoryFilter &filter);
    const InventoryFilter &filter() const { return m_filter; }
    /// `account` is whose credentials are created by "you".
    void sort(InventoryColumns::Column column, Qt::SortOrder order, bool isGroupedByKey,
              const Account &account);

    /// In the order, those with all these marks.
    Rows rows(quint8 marks) const;
    /// Of what the filter finds, by quick filter.
    std::array<int, quickFilterCount> counts() const;

    /// What the number stands for; an empty one once its credential has gone.
    const InventoryRow &row(quint32 number) const;
    const Application &application(quint32 number) const;
    /// Of a number whose credential is there.
    std::size_t partOf(quint32 number) const { return std::size_t(m_places[number].part); }
    bool has(quint32 number, Mark mark) const { return (m_marks[number] & mark) != 0; }
    /// Above all of them.
    std::size_t numberCount() const { return m_places.size(); }
    std::optional<quint32> numberOf(const QString &applicationId, const QString &credentialId) const;

private:
    struct Place
    {
        qint32 part = gone;
        quint32 row = 0;
    };
    struct Former
    {
        qint32 part = 0;
        quint64 id = 0;
        quint32 number = 0;

        bool operator<(const Former &other) const
        {
            return std::tie(part, id, number) < std::tie(other.part, other.id, other.number);
        }
    };

    static constexpr qint32 gone = -1;
    static constexpr qint32 withoutPart = -2; ///< until takeUp()

    /// What m_ordered is in the order of.
    struct Sorting
    {
        InventoryColumns::Column column = InventoryColumns::Name;
        Qt::SortOrder order = Qt::AscendingOrder;
        QString accountId;

        bool operator==(const Sorting &) const = default;
    };

    std::vector<Former> leaveFormer();
    quint32 newNumber();
    quint8 marksOf(const InventoryRow &row) const;
    void applyFilterToParts();
    void setFound(quint32 number);
    void sortByName(Rows &rows) const;
    void mergeByName(const Rows &rows);
    bool comesBefore(quint32 left, quint32 right) const;
    void findRepeatedKeys();
    void sortByColumn(InventoryColumns::Column column, Qt::SortOrder order, const Account &account);
    void sortByColumnText(InventoryColumns::Column column, Qt::SortOrder order);
    void groupByKey();
    /// What the column says of each row, by its number, as numbers in the same order.
    std::vector<quint64> columnNumbers(InventoryColumns::Column column, const Account &account) const;
    std::vector<quint64> textNumbers(InventoryColumns::Column column, const Account &account) const;
    template<typename NumberOf>
    std::vector<quint64> numbers(NumberOf numberOf) const;

    const Inventory &m_inventory;
    InventoryFilter m_filter;
    std::vector<std::optional<InventoryFilter>>
        m_filterOf; ///< by part, what it leaves to be found in its rows
    qint64 m_now = 0;
    std::vector<Place> m_places; ///< by number, as the next two
    std::vector<quint64> m_ids;  ///< what tells a credential from others of its application
    std::vector<quint8> m_marks;
    Rows m_free;     ///< numbers that can be given again
    Rows m_byName;   ///< all rows, by folded name, application, name and ID
    Rows m_repeated; ///< those whose key others have as well, key by key
    Rows m_ordered;  ///< by a column
    std::optional<Sorting> m_sorting;
    Rows m_sorted;                         ///< as m_ordered, but perhaps with groups before
    std::vector<QString> m_applicationIds; ///< by part, as it was taken up
    std::vector<quint64> m_applicationRanks;
    std::vector<quint32> m_known; ///< how many rows of each part were taken up
    bool m_hasFormer = false;     ///< rows that were taken up are others by now
};
