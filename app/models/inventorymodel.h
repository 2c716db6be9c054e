// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/credentialrows.h"
#include "models/inventorycolumns.h"
#include "models/inventoryexport.h"
#include "models/inventoryfilter.h"
#include "models/inventoryorder.h"

#include <QTimer>

#include <array>
#include <optional>
#include <vector>

class Inventory;

/// The rows of an Inventory that a filter finds, in an order, as a table.
///
/// What comes while it loads is sorted in, at once or some moments later. There is no model reset: rows that
/// go and come are removed and inserted, at most a few runs of them, or as one run before or after a change
/// of layout. So persistent indexes, and with them what is selected, stay with their credential, also when it
/// was read again.
class InventoryModel : public CredentialRows
{
    Q_OBJECT

public:
    using Column = InventoryColumns::Column;
    using enum InventoryColumns::Column;
    enum OwnRole {
        ExpiryRole = FirstOwnRole, ///< an Expiry::State as int, of the column Expires; nothing without a date
        GroupStartRole,            ///< bool: grouped by key, and the first row of its group
    };
    enum class QuickFilter { Disabled, Expiring, NotUpdatedForAYear, SameKeyElsewhere };
    static constexpr int quickFilterCount = InventoryOrder::quickFilterCount;

    /// The inventory must outlive the model.
    explicit InventoryModel(const Inventory &inventory, QObject *parent = nullptr);
    ~InventoryModel() override;

    void setFilter(const InventoryFilter &filter);
    const InventoryFilter &filter() const { return m_order.filter(); }
    /// All that are on must hold.
    void setQuickFilter(QuickFilter filter, bool isOn);
    bool isOn(QuickFilter filter) const { return m_quick[std::size_t(filter)]; }
    /// Whatever the filters leave of them.
    bool hasRows() const { return m_order.numberCount() > 0; }
    /// How many rows of those that the text finds it would leave.
    int count(QuickFilter filter) const { return m_counts[std::size_t(filter)]; }
    /// Keys that are used more than once come first, with their rows together.
    void setGroupedByKey(bool isGrouped);
    bool isGroupedByKey() const { return m_isGrouped; }

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }

    const InventoryRow &row(int row) const;
    const Application &application(int row) const;
    /// Without its configuration.
    Credential credential(int row) const;
    /// -1 if it is not shown.
    int rowOf(const QString &applicationId, const QString &credentialId) const;

    /// All rows, for a file with these columns.
    InventoryExport exported(std::vector<int> columns) const;

    struct Place
    {
        QString applicationId;
        QString applicationName;
        Credential credential;
    };
    struct Places
    {
        std::vector<Place> first; ///< maxPlaces at most, by application and name
        std::size_t count = 0;    ///< of all
    };
    static constexpr std::size_t maxPlaces = 200;

    /// Other credentials, wherever the filter leaves them: of the same key, or the same account but not the
    /// same key.
    Places sameKey(const QString &applicationId, const QString &credentialId) const;
    Places sameAccount(const QString &applicationId, const QString &credentialId) const;

    /// Whose credentials are created by "you".
    void setAccount(const Account &account);
    const Account &account() const override { return m_account; }

    Credential credentialAt(int row) const override { return credential(row); }
    QString idAt(int row) const override { return this->row(row).id(); }
    QString applicationIdAt(int row) const override { return application(row).id; }
    QString typeAt(int row) const override { return this->row(row).type(); }
    std::optional<bool> enabledAt(int row) const override;
    int typeColumn() const override { return Type; }
    int statusColumn() const override { return Status; }
    bool hasConfigurations() const override { return false; }
    bool isStale() const override { return false; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Counts of quick filters, or of rows, are others.
    void countsChanged();

private:
    using Rows = InventoryOrder::Rows;

    void arrived(int part, int first);
    void takeUp();
    void sortAgain();
    void updateRows();
    void show(const Rows &rows);
    void removeOthers(const std::vector<bool> &isWanted);
    void insert(const Rows &rows);
    void arrange(Rows rows);
    void rowsSayOther(Column first, Column last);
    Places placesOf(const QString &applicationId, const QString &credentialId,
                    bool (*isMeant)(const InventoryRow &, const InventoryRow &)) const;

    const Inventory &m_inventory;
    InventoryOrder m_order;
    Rows m_shown;
    Account m_account;
    std::array<bool, quickFilterCount> m_quick{};
    std::array<int, quickFilterCount> m_counts{};
    bool m_isGrouped = false;
    Column m_sortColumn = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QTimer m_nextBatch;       ///< while it runs, what comes waits
    bool m_isWaiting = false; ///< something has come since
    QTimer m_minute;          ///< "3 minutes ago" is true for a minute
};
