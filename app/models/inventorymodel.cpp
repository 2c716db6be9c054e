// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventorymodel.h"

#include "domain/textbounds.h"
#include "models/expiry.h"
#include "services/inventory.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

using namespace std::chrono_literals;

namespace {

/// Runs of rows that are removed or inserted one by one; more of them go as one run, by a change of layout.
constexpr std::size_t maxRuns = 8;

/// Of indexes that are next to each other.
struct Run
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Of rows of which it holds; stops at more than maxRuns.
template<typename Holds>
std::vector<Run> runsOf(const InventoryOrder::Rows &rows, Holds holds)
{
    std::vector<Run> runs;
    for (std::size_t i = 0; i < rows.size() && runs.size() <= maxRuns; ++i) {
        if (!holds(rows[i]))
            continue;
        if (!runs.empty() && runs.back().end == i)
            ++runs.back().end;
        else
            runs.push_back({.begin = i, .end = i + 1});
    }
    return runs;
}

std::ptrdiff_t offset(std::size_t index)
{
    return std::ptrdiff_t(index);
}

qint64 currentTime()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

InventoryModel::InventoryModel(const Inventory &inventory, QObject *parent)
    : CredentialRows(parent), m_inventory(inventory), m_order(inventory)
{
    m_nextBatch.setSingleShot(true);
    connect(&m_nextBatch, &QTimer::timeout, this, [this] {
        if (m_isWaiting)
            takeUp();
    });
    connect(&m_inventory, &Inventory::partsReset, this, [this] {
        m_order.resetParts();
        takeUp();
    });
    connect(&m_inventory, &Inventory::partChanged, this, &InventoryModel::arrived);
    connect(&m_inventory, &Inventory::finished, this, [this] {
        if (m_isWaiting)
            takeUp();
    });
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        rowsSayOther(Created, Expires);
        if (m_order.setNow(currentTime()))
            updateRows();
    });
    m_minute.start();
    takeUp();
}

InventoryModel::~InventoryModel() = default;

void InventoryModel::arrived(int part, int first)
{
    // Rows that are shown can't wait: they are not what they were.
    if (m_order.replaceRows(part, first) || !m_nextBatch.isActive())
        takeUp();
    else
        m_isWaiting = true;
}

void InventoryModel::takeUp()
{
    QElapsedTimer timer;
    timer.start();
    m_isWaiting = false;
    const bool areOthers = m_order.takeUp(currentTime());
    sortAgain();
    if (areOthers)
        rowsSayOther(Name, ApplicationId);
    // A tenth of the time at most, however many rows there are; the first ones at once.
    if (m_inventory.rowCount() > 0)
        m_nextBatch.start(std::max(100ms, 10 * std::chrono::milliseconds(timer.elapsed())));
}

void InventoryModel::setFilter(const InventoryFilter &filter)
{
    m_order.setFilter(filter);
    updateRows();
}

void InventoryModel::setQuickFilter(QuickFilter filter, bool isOn)
{
    m_quick[std::size_t(filter)] = isOn;
    updateRows();
}

void InventoryModel::setGroupedByKey(bool isGrouped)
{
    if (m_isGrouped == isGrouped)
        return;
    m_isGrouped = isGrouped;
    sortAgain();
    rowsSayOther(Name, ApplicationId);
}

void InventoryModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        return;
    m_sortColumn = Column(column);
    m_sortOrder = order;
    sortAgain();
}

void InventoryModel::sortAgain()
{
    m_order.sort(m_sortColumn, m_sortOrder, m_isGrouped, m_account);
    updateRows();
}

void InventoryModel::updateRows()
{
    quint8 marks = InventoryOrder::Found;
    for (int filter = 0; filter < quickFilterCount; ++filter) {
        if (m_quick[std::size_t(filter)])
            marks |= InventoryOrder::markOf(filter);
    }
    const std::size_t before = m_shown.size();
    show(m_order.rows(marks));
    if (std::exchange(m_counts, m_order.counts()) != m_counts || m_shown.size() != before)
        Q_EMIT countsChanged();
}

void InventoryModel::show(const Rows &rows)
{
    std::vector<bool> isWanted(m_order.numberCount());
    for (const quint32 number : rows)
        isWanted[number] = true;
    removeOthers(isWanted);
    insert(rows);
}

void InventoryModel::removeOthers(const std::vector<bool> &isWanted)
{
    const auto isOther = [&](quint32 number) { return !isWanted[number]; };
    std::vector<Run> runs = runsOf(m_shown, isOther);
    if (runs.size() > maxRuns) {
        // To the top: what is current then, if it has to go, is the first one that stays.
        Rows rows = m_shown;
        const auto staying = std::stable_partition(rows.begin(), rows.end(), isOther);
        runs = {{.begin = 0, .end = std::size_t(staying - rows.begin())}};
        arrange(std::move(rows));
    }
    for (; !runs.empty(); runs.pop_back()) {
        const Run run = runs.back();
        beginRemoveRows({}, int(run.begin), int(run.end) - 1);
        m_shown.erase(m_shown.begin() + offset(run.begin), m_shown.begin() + offset(run.end));
        endRemoveRows();
    }
}

/// Nothing else is shown than what is in `rows`.
void InventoryModel::insert(const Rows &rows)
{
    std::vector<bool> isShown(m_order.numberCount());
    for (const quint32 number : m_shown)
        isShown[number] = true;
    const auto isNew = [&](quint32 number) { return !isShown[number]; };
    Rows others;
    others.reserve(rows.size());
    std::ranges::copy_if(rows, std::back_inserter(others), std::not_fn(isNew));
    const std::vector<Run> runs = runsOf(rows, isNew);
    if (runs.size() <= maxRuns) {
        arrange(std::move(others));
        for (const Run &run : runs) {
            beginInsertRows({}, int(run.begin), int(run.end) - 1);
            m_shown.insert(m_shown.begin() + offset(run.begin), rows.begin() + offset(run.begin),
                           rows.begin() + offset(run.end));
            endInsertRows();
        }
        return;
    }
    beginInsertRows({}, int(m_shown.size()), int(rows.size()) - 1);
    std::ranges::copy_if(rows, std::back_inserter(m_shown), isNew);
    endInsertRows();
    arrange(rows);
}

/// `rows` are those that are shown, in another order.
void InventoryModel::arrange(Rows rows)
{
    if (rows == m_shown)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    if (!from.isEmpty()) {
        std::vector<int> rowOf(m_order.numberCount());
        for (std::size_t row = 0; row < rows.size(); ++row)
            rowOf[rows[row]] = int(row);
        to.reserve(from.size());
        for (const QModelIndex &index : from)
            to.append(createIndex(rowOf[m_shown[std::size_t(index.row())]], index.column()));
    }
    m_shown = std::move(rows);
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void InventoryModel::rowsSayOther(Column first, Column last)
{
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, first), index(int(m_shown.size()) - 1, last));
}

const InventoryRow &InventoryModel::row(int row) const
{
    return m_order.row(m_shown.at(std::size_t(row)));
}

const Application &InventoryModel::application(int row) const
{
    return m_order.application(m_shown.at(std::size_t(row)));
}

Credential InventoryModel::credential(int row) const
{
    return credentialOf(this->row(row), application(row).id);
}

int InventoryModel::rowOf(const QString &applicationId, const QString &credentialId) const
{
    const std::optional<quint32> number = m_order.numberOf(applicationId, credentialId);
    if (!number)
        return -1;
    const auto found = std::ranges::find(m_shown, *number);
    return found == m_shown.end() ? -1 : int(found - m_shown.begin());
}

InventoryExport InventoryModel::exported(std::vector<int> columns) const
{
    InventoryExport content;
    for (const Inventory::Part &part : m_inventory.parts())
        content.applications.push_back(part.application);
    content.rows.reserve(m_shown.size());
    for (const quint32 number : m_shown)
        content.rows.push_back({.row = m_order.row(number), .application = m_order.partOf(number)});
    content.columns = std::move(columns);
    content.account = m_account;
    return content;
}

InventoryModel::Places InventoryModel::sameKey(const QString &applicationId,
                                               const QString &credentialId) const
{
    return placesOf(applicationId, credentialId, [](const InventoryRow &one, const InventoryRow &other) {
        return one.keyId != 0 && one.keyId == other.keyId;
    });
}

InventoryModel::Places InventoryModel::sameAccount(const QString &applicationId,
                                                   const QString &credentialId) const
{
    return placesOf(applicationId, credentialId, [](const InventoryRow &one, const InventoryRow &other) {
        return one.accountId != 0 && one.accountId == other.accountId &&
               (one.keyId == 0 || one.keyId != other.keyId);
    });
}

InventoryModel::Places InventoryModel::placesOf(const QString &applicationId, const QString &credentialId,
                                                bool (*isMeant)(const InventoryRow &,
                                                                const InventoryRow &)) const
{
    struct Found
    {
        const Inventory::Part *part = nullptr;
        const InventoryRow *row = nullptr;
    };
    const std::optional<quint32> number = m_order.numberOf(applicationId, credentialId);
    if (!number)
        return {};
    const InventoryRow &sought = m_order.row(*number);
    std::vector<Found> found;
    for (const Inventory::Part &part : m_inventory.parts()) {
        for (const InventoryRow &row : part.rows) {
            if (&row != &sought && isMeant(sought, row))
                found.push_back({.part = &part, .row = &row});
        }
    }
    Places places{.count = found.size()};
    const auto end = found.begin() + offset(std::min(found.size(), maxPlaces));
    std::ranges::partial_sort(found, end, {}, [](const Found &one) {
        return std::make_tuple(QByteArrayView(one.part->searched), one.row->searched(), one.row->id());
    });
    std::for_each(found.begin(), end, [&places](const Found &one) {
        const Application &application = one.part->application;
        places.first.push_back({.applicationId = application.id,
                                .applicationName = InventoryColumns::applicationName(application),
                                .credential = credentialOf(*one.row, application.id)});
    });
    return places;
}

void InventoryModel::setAccount(const Account &account)
{
    m_account = account;
    if (m_sortColumn == CreatedBy || m_sortColumn == LastUpdatedBy)
        sortAgain();
    rowsSayOther(CreatedBy, LastUpdatedBy);
}

std::optional<bool> InventoryModel::enabledAt(int row) const
{
    const InventoryRow::Status status = this->row(row).status;
    return status == InventoryRow::Status::Unknown ? std::nullopt
                                                   : std::optional(status == InventoryRow::Status::Enabled);
}

int InventoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int InventoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant InventoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = index.column();
    const InventoryRow &item = row(index.row());
    const Application &owner = application(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return firstCharacters(InventoryColumns::text(item, owner, column, m_account));
    case Qt::ToolTipRole:
        return firstCharacters(InventoryColumns::exactText(item, owner, column, m_account));
    case CopyRole:
        return InventoryColumns::copyText(item, owner, column, m_account);
    case RawRole:
        return InventoryColumns::value(item, owner, column);
    case ExpiryRole:
        return column == Expires && item.expiryDate != InventoryRow::noDate
                   ? QVariant(int(expiryOf(item.expiryDate, currentTime()).state))
                   : QVariant();
    case GroupStartRole:
        return m_isGrouped && m_order.has(m_shown[std::size_t(index.row())], InventoryOrder::SameKey) &&
               (index.row() == 0 || row(index.row() - 1).keyId != item.keyId);
    default:
        return {};
    }
}

QVariant InventoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    return role == Qt::DisplayRole ? InventoryColumns::title(section) : QVariant();
}
