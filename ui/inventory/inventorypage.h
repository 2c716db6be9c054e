// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/autoretry.h"
#include "browse/donebanner.h"
#include "browse/pagemessages.h"
#include "inventory/wholecredential.h"
#include "models/inventorymodel.h"
#include "widgets/secretclipboard.h"

#include <QTimer>
#include <QWidget>

class ApplicationTreeModel;
class ChangeBanner;
class CredentialActions;
class CredentialChanges;
class CredentialDetails;
class DetailsSplitter;
class ElidedLabel;
class ErrorBanner;
class InventoryFilterBar;
struct InventoryStatus;
class InventoryTableView;
class LoadingBar;
struct PageActions;
class QAction;
class QPushButton;
class QSettings;
class QStackedWidget;
class Session;
class StatePane;

/// The credentials of all applications at once: what narrows and orders them here, the table, how much is
/// there, and details.
class InventoryPage : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the page. The actions are those of the page of one application; what they do there
    /// that makes sense here, they do here while this page is visible.
    InventoryPage(Session &session, const ApplicationTreeModel &applications, const PageActions &actions,
                  QSettings &settings, QWidget *parent = nullptr);
    ~InventoryPage() override;

    /// Reads all, if that has not been done yet.
    void load();
    /// Looks for these words, and nothing else.
    void search(const QString &words);
    void focusFilter();
    void saveState();
    /// Asks at once for what failed, if it was going to be tried again anyway.
    void retrySoon() { m_autoRetry.hurry(); }

    const Inventory &inventory() const { return m_inventory; }
    const InventoryModel &model() const { return m_model; }
    CredentialChanges &changes() { return *m_changes; }
    InventoryTableView *table() { return m_table; }

Q_SIGNALS:
    /// At this credential.
    void applicationRequested(const QString &applicationId, const Credential &credential);
    /// The token is not accepted.
    void signInWanted();
    /// Whatever loads is to be stopped.
    void stopRequested();

private:
    void makeLayout(const PageActions &actions);
    void connectActions(const PageActions &actions);
    void connectChanges();
    void connectParts();
    void connectInventory();
    void reload();
    void loadMissing();
    void stop();
    void sortBy(int column);
    void sortAs(int column, Qt::SortOrder order);
    void openApplicationOf(int row);
    void showSelection();
    void refreshSelection();
    void rowsRemoved(const QModelIndex &parent, int first);
    void showDone(const DoneBanner::Change &change);
    void progressed();
    void finished();
    void updateProgress();
    InventoryStatus status() const;
    void updateMessages();
    void showState(const StateMessage &state);
    void doAction(StateMessage::Action action);
    void showUnread();
    void exportRows();

    Session &m_session;
    QSettings &m_settings;
    Inventory &m_inventory;
    InventoryModel m_model;
    AutoRetry m_autoRetry;
    SecretClipboard m_clipboard;
    WholeCredential m_whole;

    InventoryFilterBar *m_filter;
    LoadingBar *m_progress;
    InventoryTableView *m_table;
    ErrorBanner *m_errorBanner;
    ChangeBanner *m_changeBanner;
    DoneBanner *m_doneBanner;
    CredentialChanges *m_changes;
    CredentialActions *m_rowActions;
    QAction *m_open;
    QStackedWidget *m_stack;
    StatePane *m_state = nullptr; ///< once there is something to say
    ElidedLabel *m_status;
    QPushButton *m_export;
    QPushButton *m_rest; ///< of what was stopped
    QPushButton *m_unread;
    CredentialDetails *m_details;
    DetailsSplitter *m_splitter = nullptr;
    int m_rowCount = 0;      ///< when that was last looked at
    bool m_mayLeave = false; ///< the selected row has been changed, and may be shown no longer
    QTimer m_minute;         ///< what is there gets older
    QTimer m_nextProgress;   ///< while it runs, what is said of the progress waits
};
