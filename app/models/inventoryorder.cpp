// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventoryorder.h"

#include "models/expiry.h"
#include "models/stablesort.h"

#include <QByteArrayView>
#include <QHash>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

namespace {

using Column = InventoryColumns::Column;

constexpr qint64 day = 86'400'000;
/// Comes last in either order. Others are above 0.
constexpr quint64 missing = lastRank;

quint64 idOf(const InventoryRow &row)
{
    return qHash(row.idBytes(), 0);
}

quint64 dateNumber(qint64 date)
{
    constexpr quint64 sign = 1ULL << 63;
    return date == InventoryRow::noDate ? missing : quint64(date) ^ sign;
}

quint64 statusNumber(InventoryRow::Status status)
{
    switch (status) {
    case InventoryRow::Status::Enabled:
        return 1;
    case InventoryRow::Status::Disabled:
        return 2;
    case InventoryRow::Status::Unknown:
        break;
    }
    return missing;
}

} // namespace

void InventoryOrder::resetParts()
{
    QHash<QString, qint32> partOf;
    std::vector<QString> applicationIds;
    std::vector<QByteArray> searched;
    for (const Inventory::Part &part : m_inventory.parts()) {
        partOf.insert(part.application.id, qint32(applicationIds.size()));
        applicationIds.push_back(part.application.id);
        searched.push_back(part.searched);
    }
    for (Place &place : m_places) {
        if (place.part >= 0)
            place.part = partOf.value(m_applicationIds[std::size_t(place.part)], withoutPart);
    }
    m_applicationRanks = ranksOf(searched);
    applyFilterToParts();
    m_applicationIds = std::move(applicationIds);
    m_known.assign(m_applicationIds.size(), 0);
    m_hasFormer = true;
}

bool InventoryOrder::replaceRows(int part, int first)
{
    if (std::size_t(part) >= m_known.size())
        return false;
    quint32 &known = m_known[std::size_t(part)];
    if (quint32(first) >= known)
        return false;
    known = quint32(first);
    m_hasFormer = true;
    return true;
}

bool InventoryOrder::takeUp(qint64 now)
{
    m_now = now;
    m_sorting.reset();
    const std::vector<Inventory::Part> &parts = m_inventory.parts();
    if (m_known.size() != parts.size())
        resetParts();
    const std::vector<Former> former = leaveFormer();
    std::vector<bool> isThere(former.size());
    Rows fresh;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const std::vector<InventoryRow> &rows = parts[part].rows;
        for (std::size_t row = m_known[part]; row < rows.size(); ++row) {
            const quint64 id = idOf(rows[row]);
            auto same =
                std::lower_bound(former.begin(), former.end(), Former{.part = qint32(part), .id = id});
            const auto isFree = [&] { return !isThere[std::size_t(same - former.begin())]; };
            while (same != former.end() && same->part == qint32(part) && same->id == id && !isFree())
                ++same;
            const bool wasThere = same != former.end() && same->part == qint32(part) && same->id == id;
            const quint32 number = wasThere ? same->number : newNumber();
            if (wasThere)
                isThere[std::size_t(same - former.begin())] = true;
            m_places[number] = {.part = qint32(part), .row = quint32(row)};
            m_ids[number] = id;
            m_marks[number] = marksOf(rows[row]);
            setFound(number);
            fresh.push_back(number);
        }
        m_known[part] = quint32(rows.size());
    }
    // Not before: whoever shows them may still know them by their numbers.
    for (std::size_t i = 0; i < former.size(); ++i) {
        if (!isThere[i])
            m_free.push_back(former[i].number);
    }
    sortByName(fresh);
    mergeByName(fresh);
    if (!fresh.empty() || !former.empty())
        findRepeatedKeys();
    return std::ranges::find(isThere, true) != isThere.end();
}

/// Rows that are others by now, which have no place from then on; in order.
std::vector<InventoryOrder::Former> InventoryOrder::leaveFormer()
{
    std::vector<Former> former;
    if (!std::exchange(m_hasFormer, false))
        return former;
    for (quint32 number = 0; number < m_places.size(); ++number) {
        Place &place = m_places[number];
        const bool isKept = place.part >= 0 && place.row < m_known[std::size_t(place.part)];
        if (isKept || place.part == gone)
            continue;
        former.push_back({.part = place.part, .id = m_ids[number], .number = number});
        place.part = gone;
        m_marks[number] = 0;
    }
    std::erase_if(m_byName, [this](quint32 number) { return m_places[number].part == gone; });
    std::sort(former.begin(), former.end());
    return former;
}

quint32 InventoryOrder::newNumber()
{
    if (!m_free.empty()) {
        const quint32 number = m_free.back();
        m_free.pop_back();
        return number;
    }
    m_places.emplace_back();
    m_ids.push_back(0);
    m_marks.push_back(0);
    return quint32(m_places.size() - 1);
}

quint8 InventoryOrder::marksOf(const InventoryRow &row) const
{
    const bool isExpiring =
        row.expiryDate != InventoryRow::noDate && row.expiryDate <= m_now + Expiry::soonDays * day;
    const bool isOld = row.lastUpdated != InventoryRow::noDate && row.lastUpdated < m_now - 365 * day;
    return quint8((row.status == InventoryRow::Status::Disabled ? Disabled : 0) |
                  (isExpiring ? Expiring : 0) | (isOld ? NotUpdatedForAYear : 0));
}

bool InventoryOrder::setNow(qint64 now)
{
    m_now = now;
    constexpr int others = Found | SameKey;
    bool isDifferent = false;
    for (quint32 number = 0; number < m_places.size(); ++number) {
        if (m_places[number].part == gone)
            continue;
        const auto marks = quint8((m_marks[number] & others) | marksOf(row(number)));
        isDifferent |= std::exchange(m_marks[number], marks) != marks;
    }
    return isDifferent;
}

void InventoryOrder::applyFilterToParts()
{
    m_filterOf.clear();
    for (const Inventory::Part &part : m_inventory.parts())
        m_filterOf.push_back(m_filter.inApplication(part.searched));
}

void InventoryOrder::setFound(quint32 number)
{
    const auto part = std::size_t(m_places[number].part);
    const auto &filter = m_filterOf[part];
    const bool isFound = filter && filter->matches(m_inventory.parts()[part].rows[m_places[number].row]);
    m_marks[number] = quint8((m_marks[number] & ~Found) | (isFound ? Found : 0));
}

void InventoryOrder::setFilter(const InventoryFilter &filter)
{
    const bool isSame = filter.terms() == m_filter.terms();
    const bool isNarrower = filter.narrows(m_filter);
    m_filter = filter;
    if (isSame)
        return;
    applyFilterToParts();
    // In the order of the numbers, which is about that in memory.
    for (quint32 number = 0; number < m_places.size(); ++number) {
        if (m_places[number].part != gone && (!isNarrower || has(number, Found)))
            setFound(number);
    }
}

bool InventoryOrder::comesBefore(quint32 left, quint32 right) const
{
    const auto key = [this](quint32 number, const InventoryRow &row) {
        return std::make_tuple(m_applicationRanks[std::size_t(m_places[number].part)], row.name(),
                               row.idBytes(), number);
    };
    const InventoryRow &leftRow = row(left);
    const InventoryRow &rightRow = row(right);
    const int names = leftRow.foldedName().compare(rightRow.foldedName());
    return names != 0 ? names < 0 : key(left, leftRow) < key(right, rightRow);
}

void InventoryOrder::sortByName(Rows &rows) const
{
    const auto application = [this](quint32 number) {
        return m_applicationRanks[std::size_t(m_places[number].part)];
    };
    sortByNumber(rows, application);
    sortByText(rows, [this](quint32 number) { return row(number).foldedName(); });
    // Few names differ by no more than case or accents in the same application.
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first + 1, rows.end(), [&](quint32 number) {
            return application(number) != application(*first) ||
                   row(number).foldedName() != row(*first).foldedName();
        });
        if (last - first > 1)
            std::sort(first, last, [this](quint32 left, quint32 right) { return comesBefore(left, right); });
        first = last;
    }
}

/// `rows` are sorted.
void InventoryOrder::mergeByName(const Rows &rows)
{
    Rows merged;
    merged.reserve(m_byName.size() + rows.size());
    auto rest = m_byName.cbegin();
    for (const quint32 number : rows) {
        const auto next =
            std::upper_bound(rest, m_byName.cend(), number,
                             [this](quint32 left, quint32 right) { return comesBefore(left, right); });
        merged.insert(merged.end(), rest, next);
        merged.push_back(number);
        rest = next;
    }
    merged.insert(merged.end(), rest, m_byName.cend());
    m_byName = std::move(merged);
}

void InventoryOrder::findRepeatedKeys()
{
    const std::vector<quint64> keys = numbers([](const InventoryRow &row, std::size_t) { return row.keyId; });
    Rows rows;
    for (quint32 number = 0; number < m_places.size(); ++number) {
        m_marks[number] &= quint8(~SameKey);
        if (keys[number] != 0)
            rows.push_back(number);
    }
    sortByNumber(rows, [&](quint32 number) { return keys[number]; });
    m_repeated.clear();
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last =
            std::find_if(first, rows.end(), [&](quint32 number) { return keys[number] != keys[*first]; });
        if (last - first > 1)
            m_repeated.insert(m_repeated.end(), first, last);
        first = last;
    }
    for (const quint32 number : m_repeated)
        m_marks[number] |= SameKey;
}

void InventoryOrder::sort(Column column, Qt::SortOrder order, bool isGroupedByKey, const Account &account)
{
    const Sorting sorting{.column = column, .order = order, .accountId = account.id};
    if (m_sorting != sorting) {
        sortByColumn(column, order, account);
        m_sorting = sorting;
    }
    m_sorted = m_ordered;
    if (isGroupedByKey)
        groupByKey();
}

void InventoryOrder::sortByColumn(Column column, Qt::SortOrder order, const Account &account)
{
    m_ordered = m_byName;
    switch (column) {
    case Column::Name:
        // What has no name is first there.
        if (order == Qt::DescendingOrder)
            std::ranges::reverse(m_ordered);
        else
            std::rotate(
                m_ordered.begin(),
                std::ranges::find_if(m_ordered,
                                     [this](quint32 number) { return !row(number).foldedName().isEmpty(); }),
                m_ordered.end());
        break;
    case Column::Key:
    case Column::Description:
    case Column::Id:
        sortByColumnText(column, order);
        break;
    default:
        const std::vector<quint64> values = columnNumbers(column, account);
        sortByNumber(m_ordered, [&](quint32 number) {
            const quint64 value = values[number];
            return value == missing || order == Qt::AscendingOrder ? value : ~value;
        });
    }
}

void InventoryOrder::sortByColumnText(Column column, Qt::SortOrder order)
{
    // Gathered in the order in memory: that of the rows is another, and to look each up there would take most
    // of the time.
    std::vector<QByteArrayView> texts(m_places.size());
    for (quint32 number = 0; number < m_places.size(); ++number) {
        const InventoryRow &row = this->row(number);
        texts[number] = column == Column::Key           ? row.foldedKey()
                        : column == Column::Description ? row.foldedDescription()
                                                        : row.idBytes();
    }
    const auto text = [&texts](quint32 number) { return texts[number]; };
    const auto withoutText = std::stable_partition(m_ordered.begin(), m_ordered.end(),
                                                   [&](quint32 number) { return !text(number).isEmpty(); });
    const Rows last(withoutText, m_ordered.end());
    m_ordered.erase(withoutText, m_ordered.end());
    // Twice, so that what is the same stays in its order.
    if (order == Qt::DescendingOrder)
        std::ranges::reverse(m_ordered);
    sortByText(m_ordered, text);
    if (order == Qt::DescendingOrder)
        std::ranges::reverse(m_ordered);
    m_ordered.insert(m_ordered.end(), last.begin(), last.end());
}

void InventoryOrder::groupByKey()
{
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < m_repeated.size(); ++i) {
        if (i == 0 || row(m_repeated[i]).keyId != row(m_repeated[i - 1]).keyId)
            begins.push_back(i);
    }
    begins.push_back(m_repeated.size());
    Rows groups(begins.size() - 1);
    std::iota(groups.begin(), groups.end(), 0U);
    sortByText(groups, [&](quint32 group) { return row(m_repeated[begins[group]]).foldedKey(); });
    sortByNumber(groups, [&](quint32 group) { return ~quint64(begins[group + 1] - begins[group]); });

    std::vector<quint64> ranks(m_places.size(), missing);
    for (std::size_t rank = 0; rank < groups.size(); ++rank) {
        for (std::size_t i = begins[groups[rank]]; i < begins[groups[rank] + 1]; ++i)
            ranks[m_repeated[i]] = rank;
    }
    sortByNumber(m_sorted, [&](quint32 number) { return ranks[number]; });
}

template<typename NumberOf>
std::vector<quint64> InventoryOrder::numbers(NumberOf numberOf) const
{
    std::vector<quint64> numbers(m_places.size());
    const std::vector<Inventory::Part> &parts = m_inventory.parts();
    for (std::size_t number = 0; number < m_places.size(); ++number) {
        const Place place = m_places[number];
        if (place.part != gone)
            numbers[number] =
                numberOf(parts[std::size_t(place.part)].rows[place.row], std::size_t(place.part));
    }
    return numbers;
}

std::vector<quint64> InventoryOrder::columnNumbers(Column column, const Account &account) const
{
    switch (column) {
    case Column::ApplicationName:
        return numbers([this](const InventoryRow &, std::size_t part) { return m_applicationRanks[part]; });
    case Column::Owner:
    case Column::ApplicationId: {
        std::vector<QByteArray> texts;
        for (const Inventory::Part &part : m_inventory.parts())
            texts.push_back(column == Column::Owner ? foldedText(ownerName(part.application))
                                                    : part.application.id.toUtf8());
        return numbers(
            [ranks = ranksOf(texts)](const InventoryRow &, std::size_t part) { return ranks[part]; });
    }
    case Column::Status:
        return numbers([](const InventoryRow &row, std::size_t) { return statusNumber(row.status); });
    case Column::Created:
        return numbers([](const InventoryRow &row, std::size_t) { return dateNumber(row.creationDate); });
    case Column::LastUpdated:
        return numbers([](const InventoryRow &row, std::size_t) { return dateNumber(row.lastUpdated); });
    case Column::Expires:
        return numbers([](const InventoryRow &row, std::size_t) { return dateNumber(row.expiryDate); });
    default:
        return textNumbers(column, account);
    }
}

/// Of a column with few different texts.
std::vector<quint64> InventoryOrder::textNumbers(Column column, const Account &account) const
{
    using Words = std::pair<QString, QString>;
    const auto wordsOf = [column](const InventoryRow &row) {
        return column == Column::Type        ? Words(row.type(), {})
               : column == Column::CreatedBy ? Words(row.createdBy().id, row.createdBy().type)
                                             : Words(row.lastUpdatedBy().id, row.lastUpdatedBy().type);
    };
    QHash<Words, quint64> indexes;
    std::vector<QByteArray> texts;
    std::vector<quint64> result = numbers([&](const InventoryRow &row, std::size_t) {
        const Words words = wordsOf(row);
        auto found = indexes.constFind(words);
        if (found == indexes.constEnd()) {
            found = indexes.insert(words, texts.size());
            texts.push_back(words.first.isEmpty()
                                ? QByteArray()
                                : foldedText(InventoryColumns::text(row, {}, column, account)));
        }
        return *found;
    });
    const std::vector<quint64> ranks = ranksOf(texts);
    if (!ranks.empty())
        std::ranges::transform(result, result.begin(), [&](quint64 index) { return ranks[index]; });
    return result;
}

InventoryOrder::Rows InventoryOrder::rows(quint8 marks) const
{
    Rows rows;
    rows.reserve(m_sorted.size());
    std::ranges::copy_if(m_sorted, std::back_inserter(rows),
                         [&](quint32 number) { return (m_marks[number] & marks) == marks; });
    return rows;
}

std::array<int, InventoryOrder::quickFilterCount> InventoryOrder::counts() const
{
    std::array<int, quickFilterCount> counts{};
    for (const quint8 marks : m_marks) {
        for (int filter = 0; (marks & Found) && filter < quickFilterCount; ++filter)
            counts[std::size_t(filter)] += (marks & markOf(filter)) ? 1 : 0;
    }
    return counts;
}

const InventoryRow &InventoryOrder::row(quint32 number) const
{
    static const InventoryRow none{};
    const Place place = m_places[number];
    const std::vector<Inventory::Part> &parts = m_inventory.parts();
    if (place.part < 0 || std::size_t(place.part) >= parts.size())
        return none;
    const std::vector<InventoryRow> &rows = parts[std::size_t(place.part)].rows;
    return place.row < rows.size() ? rows[place.row] : none;
}

const Application &InventoryOrder::application(quint32 number) const
{
    static const Application none{};
    const qint32 part = m_places[number].part;
    const std::vector<Inventory::Part> &parts = m_inventory.parts();
    return part < 0 || std::size_t(part) >= parts.size() ? none : parts[std::size_t(part)].application;
}

std::optional<quint32> InventoryOrder::numberOf(const QString &applicationId,
                                                const QString &credentialId) const
{
    const auto part = std::ranges::find(m_applicationIds, applicationId) - m_applicationIds.begin();
    const QByteArray id = credentialId.toUtf8();
    for (quint32 number = 0; number < m_places.size(); ++number) {
        if (m_places[number].part == part && row(number).idBytes() == id)
            return number;
    }
    return std::nullopt;
}
