// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/inventorypage.h"

#include "api/residentmemory.h"
#include "browse/changebanner.h"
#include "browse/credentialactions.h"
#include "browse/credentialchanges.h"
#include "browse/credentialdetails.h"
#include "browse/detailssplitter.h"
#include "browse/errorbanner.h"
#include "browse/pageactions.h"
#include "browse/statepane.h"
#include "errortext.h"
#include "inventory/exportdialog.h"
#include "inventory/inventoryfilterbar.h"
#include "inventory/inventorymessages.h"
#include "inventory/inventorytableview.h"
#include "inventory/unreadapplicationsdialog.h"
#include "services/inventory.h"
#include "services/session.h"
#include "services/settingskeys.h"
#include "widgets/announcer.h"
#include "widgets/elidedlabel.h"
#include "widgets/loadingbar.h"
#include "widgets/texttools.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Columns = InventoryColumns;

InventoryPage::InventoryPage(Session &session, const ApplicationTreeModel &applications,
                             const PageActions &actions, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_inventory(session.inventory())
    , m_model(m_inventory)
    , m_autoRetry(this)
    , m_whole(session.credentials())
    , m_filter(new InventoryFilterBar(m_model))
    , m_progress(new LoadingBar(tr("Loading")))
    , m_table(new InventoryTableView(m_model, settings))
    , m_errorBanner(new ErrorBanner)
    , m_changeBanner(new ChangeBanner)
    , m_doneBanner(new DoneBanner)
    , m_changes(new CredentialChanges(session, applications, settings, *m_changeBanner, this))
    , m_rowActions(new CredentialActions(*m_table, m_model, session.profile().isReadOnly))
    , m_open(new QAction(tr("Open the application"), this))
    , m_stack(new QStackedWidget)
    , m_status(new ElidedLabel(TonedLabel::Tone::Plain))
    , m_export(new QPushButton(tr("Export")))
    , m_rest(new QPushButton(tr("Load the rest")))
    , m_unread(new QPushButton(tr("Applications that could not be read")))
    , m_details(new CredentialDetails(m_model, *m_rowActions, m_clipboard, session.usages()))
{
    m_model.setAccount(session.account().value_or(Account()));
    m_details->setInventory(m_inventory, m_model);
    m_status->setAccessibleName(tr("Inventory status"));
    m_unread->setToolTip(tr("Which they are, and why"));
    m_unread->hide();
    m_export->setToolTip(tr("Write the credentials that are shown to a file, CSV or JSON (Ctrl+Shift+S)"));
    m_rest->setToolTip(tr("Read the credentials that had not been read when it was stopped"));
    m_rest->hide();
    makeLayout(actions);
    connectActions(actions);
    connectChanges();
    connectParts();
    connectInventory();
    const int column = settings.value(SettingsKeys::allSortColumn, int(Columns::Name)).toInt();
    const bool isDescending = settings.value(SettingsKeys::allSortOrder).toInt() == Qt::DescendingOrder;
    sortAs(std::clamp(column, 0, int(Columns::ColumnCount) - 1),
           isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
    updateMessages();
}

InventoryPage::~InventoryPage() = default;

void InventoryPage::load()
{
    if (!m_inventory.isBegun())
        reload();
}

void InventoryPage::search(const QString &words)
{
    m_filter->clear();
    m_filter->setText(words);
}

void InventoryPage::focusFilter()
{
    m_filter->focusText();
}

void InventoryPage::saveState()
{
    m_table->saveColumns();
    m_splitter->savePosition();
    m_settings.setValue(SettingsKeys::allSortColumn, m_model.sortColumn());
    m_settings.setValue(SettingsKeys::allSortOrder, int(m_model.sortOrder()));
}

void InventoryPage::makeLayout(const PageActions &actions)
{
    m_stack->addWidget(m_table);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1, Qt::AlignVCenter);
    foot->addWidget(m_rest);
    foot->addWidget(m_export);
    foot->addWidget(m_unread);
    auto *rows = new QWidget;
    auto *layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_filter);
    layout->addWidget(m_errorBanner);
    layout->addWidget(m_changeBanner);
    layout->addWidget(m_doneBanner);
    layout->addWidget(m_progress);
    layout->addWidget(m_stack, 1);
    layout->addLayout(foot);

    m_splitter = new DetailsSplitter(rows, *m_table, m_details, m_settings, SettingsKeys::allDetailsSplitter);
    m_details->setVisible(actions.showDetails->isChecked());
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
}

void InventoryPage::connectActions(const PageActions &actions)
{
    connect(actions.refresh, &QAction::triggered, this, [this] {
        if (isVisible())
            reload();
    });
    connect(actions.showDetails, &QAction::toggled, m_splitter, &DetailsSplitter::setDetailsShown);
    const std::pair<PageQuery::SortField, Columns::Column> columns[] = {
        {PageQuery::SortField::Name, Columns::Name},
        {PageQuery::SortField::Type, Columns::Type},
        {PageQuery::SortField::CreationDate, Columns::Created},
        {PageQuery::SortField::LastUpdated, Columns::LastUpdated}};
    for (const auto &[field, action] : actions.sorts) {
        const auto column = std::ranges::find(columns, field, [](const auto &pair) { return pair.first; });
        addAction(action); // its key works here, too
        connect(action, &QAction::triggered, this, [this, by = column->second] {
            if (isVisible())
                sortBy(by);
        });
    }
    m_open->setEnabled(false);
    m_open->setToolTip(tr("Open the application of this credential, at its row"));
    m_open->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_open->setShortcutContext(Qt::WidgetShortcut);
    addShortcutToToolTip(m_open);
    m_table->addAction(m_open);
    m_rowActions->addOwn(m_open);
    connect(m_open, &QAction::triggered, this, [this] { openApplicationOf(m_table->currentIndex().row()); });
    connect(m_table, &InventoryTableView::applicationDoubleClicked, this, &InventoryPage::openApplicationOf);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, [this] {
        stop();
        m_details->stopLooking();
        Q_EMIT stopRequested();
    });
}

/// What is changed has to be known whole.
void InventoryPage::connectChanges()
{
    connect(m_rowActions, &CredentialActions::editTriggered, this, [this](const QString &applicationId) {
        m_whole.await(
            [=, this](const Credential &credential) { m_changes->edit(applicationId, credential); });
    });
    connect(m_rowActions, &CredentialActions::rotateTriggered, this, [this](const QString &applicationId) {
        m_whole.await(
            [=, this](const Credential &credential) { m_changes->rotate(applicationId, credential); });
    });
    connect(m_rowActions, &CredentialActions::enableTriggered, this,
            [this](const QString &applicationId, const Credential &, bool isEnabled) {
                m_whole.await([=, this](const Credential &credential) {
                    m_changes->setEnabled(applicationId, credential, isEnabled);
                });
            });
    connect(m_rowActions, &CredentialActions::removeTriggered, this, [this](const QString &applicationId) {
        m_whole.await(
            [=, this](const Credential &credential) { m_changes->remove(applicationId, credential); });
    });
    m_table->addAction(m_doneBanner->undoAction());
    connect(m_doneBanner, &DoneBanner::undoTriggered, m_changes, &CredentialChanges::undo);
    connect(m_changeBanner, &ChangeBanner::problemShown, m_doneBanner, &QWidget::hide);
    connect(m_changes, &CredentialChanges::underWayChanged, this, [this] {
        m_rowActions->setObstacle(m_changes->obstacle());
        m_doneBanner->setObstacle(m_changes->obstacle());
        updateProgress();
    });
    connect(m_changes, &CredentialChanges::outdated, this,
            [this](const QString &applicationId) { m_session.credentials().reportChange(applicationId, 0); });
    connect(m_changes, &CredentialChanges::done, this, &InventoryPage::showDone);
}

void InventoryPage::connectParts()
{
    connect(m_filter, &InventoryFilterBar::narrowed, this, [this] {
        m_mayLeave = false;
        m_table->showFromStart();
        updateMessages();
    });
    connect(m_filter, &InventoryFilterBar::left, this, [this] {
        m_table->setFocus(Qt::TabFocusReason);
        if (m_table->selectedRows().isEmpty() && m_model.rowCount() > 0)
            m_table->setCurrentRow(0, 0);
    });
    connect(m_table, &CredentialTableView::headerClicked, this, &InventoryPage::sortBy);
    connect(m_table, &CredentialTableView::selectedRowsChanged, this, &InventoryPage::showSelection);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &InventoryPage::refreshSelection);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &InventoryPage::rowsRemoved);
    connect(&m_model, &InventoryModel::countsChanged, this, &InventoryPage::updateMessages);
    connect(&m_whole, &WholeCredential::read, m_details, &CredentialDetails::showRest);
    connect(&m_whole, &WholeCredential::awaitedChanged, this, &InventoryPage::updateProgress);
    connect(&m_whole, &WholeCredential::failed, this, [this](const ApiError &error, bool wasAwaited) {
        m_details->showRestMissing(errorText(error));
        if (wasAwaited)
            m_changeBanner->showProblem(tr("%1 could not be read, so nothing was changed. %2")
                                            .arg(quoted(m_whole.row().name, 80), errorText(error)),
                                        ChangeBanner::Remedy::None);
    });
    connect(m_progress, &LoadingBar::stopClicked, this, &InventoryPage::stop);
    connect(m_errorBanner, &ErrorBanner::retryClicked, this, &InventoryPage::reload);
    connect(m_errorBanner, &ErrorBanner::signInClicked, this, &InventoryPage::signInWanted);
    connect(m_export, &QPushButton::clicked, this, &InventoryPage::exportRows);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), this), &QShortcut::activated,
            m_export, &QPushButton::click);
    connect(m_rest, &QPushButton::clicked, this, &InventoryPage::loadMissing);
    connect(m_unread, &QPushButton::clicked, this, &InventoryPage::showUnread);
    connect(m_details, &CredentialDetails::elsewhereChosen, this, &InventoryPage::applicationRequested);
    connect(&m_session, &Session::accountChanged, this, [this] {
        m_model.setAccount(m_session.account().value_or(Account()));
        showSelection();
    });
}

void InventoryPage::connectInventory()
{
    connect(&m_inventory, &Inventory::progressChanged, this, [this] {
        if (!m_nextProgress.isActive())
            m_nextProgress.start(); // a hundred times a second nobody could read it
    });
    m_nextProgress.setSingleShot(true);
    m_nextProgress.setInterval(50ms);
    connect(&m_nextProgress, &QTimer::timeout, this, &InventoryPage::progressed);
    connect(&m_inventory, &Inventory::finished, this, &InventoryPage::finished);
    connect(&m_inventory, &Inventory::partsReset, this, [this] {
        QStringList names;
        for (const Inventory::Part &part : m_inventory.parts())
            names += Columns::applicationName(part.application);
        m_filter->setApplications(names);
    });
    connect(&m_autoRetry, &AutoRetry::due, &m_inventory, &Inventory::load);
    // What was there is forgotten with the token.
    connect(&m_session, &Session::tokenChanged, this, [this] {
        if (isVisible())
            reload();
    });
    connect(&m_minute, &QTimer::timeout, this, &InventoryPage::updateMessages);
    m_minute.start(1min);
}

void InventoryPage::reload()
{
    m_autoRetry.reset();
    Announcer::announce(m_status, {}); // what is there then is news
    m_progress->restart();
    m_inventory.load();
}

void InventoryPage::loadMissing()
{
    m_autoRetry.reset();
    Announcer::announce(m_status, {});
    m_progress->restart();
    m_inventory.loadMissing();
}

void InventoryPage::stop()
{
    if (!m_progress->isShown())
        return;
    m_changes->stop();
    m_whole.stopAwaiting();
    m_autoRetry.reset();
    if (m_inventory.isLoading())
        m_inventory.stop();
}

/// A first time texts begin with A, dates with the newest, and what expires next comes first.
void InventoryPage::sortBy(int column)
{
    const bool isDate = column == Columns::Created || column == Columns::LastUpdated;
    const bool isSame = column == m_model.sortColumn();
    const bool isDescending = isSame ? m_model.sortOrder() == Qt::AscendingOrder : isDate;
    sortAs(column, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void InventoryPage::sortAs(int column, Qt::SortOrder order)
{
    m_model.sort(column, order);
    m_table->showOrder(column, order);
    m_table->showFromStart();
}

void InventoryPage::openApplicationOf(int row)
{
    if (row >= 0)
        Q_EMIT applicationRequested(m_model.applicationIdAt(row), m_model.credentialAt(row));
}

void InventoryPage::showSelection()
{
    const QList<int> rows = m_table->selectedRows();
    m_open->setEnabled(rows.size() == 1);
    m_details->showRows(rows);
    if (rows.size() == 1)
        m_whole.select(m_model.applicationIdAt(rows.first()), m_model.credentialAt(rows.first()));
    else
        m_whole.clear();
}

/// Rows say something else: does the one that is looked at?
void InventoryPage::refreshSelection()
{
    const QList<int> rows = m_table->selectedRows();
    if (rows.size() != 1 ||
        m_whole.isSelected(m_model.applicationIdAt(rows.first()), m_model.credentialAt(rows.first())))
        return;
    m_rowActions->update();
    showSelection();
}

/// Where a change took it away, be it from what the filter finds, the row that has taken its place is
/// selected.
void InventoryPage::rowsRemoved(const QModelIndex &, int first)
{
    if (!m_mayLeave || !m_table->selectedRows().isEmpty())
        return;
    m_mayLeave = false;
    if (m_model.rowCount() > 0)
        m_table->setCurrentRow(std::min(first, m_model.rowCount() - 1),
                               std::max(0, m_table->currentIndex().column()));
}

void InventoryPage::showDone(const DoneBanner::Change &change)
{
    DoneBanner::Change named = change;
    if (const int part = m_inventory.partOf(change.applicationId); part >= 0)
        named.applicationName = Columns::applicationName(m_inventory.parts()[std::size_t(part)].application);
    m_doneBanner->showDone(named);
    m_mayLeave = !m_table->selectedRows().isEmpty();
}

void InventoryPage::progressed()
{
    if (std::exchange(m_rowCount, m_inventory.rowCount()) != m_inventory.rowCount())
        m_progress->restart(); // it is slow as long as nothing comes
    updateProgress();
    updateMessages();
}

void InventoryPage::finished()
{
    if (m_inventory.error())
        m_autoRetry.failed(*m_inventory.error());
    else
        m_autoRetry.reset();
    updateProgress();
    updateMessages();
    QTimer::singleShot(500ms, this, &returnFreedMemory);
    Announcer::announce(m_status, m_status->accessibleDescription());
}

void InventoryPage::updateProgress()
{
    const bool isCounted = m_inventory.isLoading() && !m_inventory.parts().empty();
    m_progress->setProgress(isCounted ? m_inventory.readCount() : 0,
                            isCounted ? m_inventory.expectedCount() : 0);
    m_progress->setBusy(m_inventory.isLoading() || m_changes->isUnderWay() || m_whole.isAwaited());
}

InventoryStatus InventoryPage::status() const
{
    const bool isOver = m_inventory.isBegun() && !m_inventory.isLoading() && !m_inventory.isStopped();
    const auto loadedAt = m_inventory.loadedAt();
    const auto age = loadedAt ? Inventory::Clock::now() - *loadedAt : Inventory::Clock::duration(0);
    return {.load = {m_inventory.isLoading(), m_inventory.isStopped(), m_inventory.error()},
            .hasList = !m_inventory.parts().empty() || (isOver && !m_inventory.error()),
            .applicationCount = int(m_inventory.parts().size()),
            .unreadCount = int(m_inventory.failedParts().size()),
            .rowCount = m_inventory.rowCount(),
            .readCount = m_inventory.readCount(),
            .expectedCount = m_inventory.expectedCount(),
            .shownCount = m_model.rowCount(),
            .isFiltered = m_filter->isFiltering(),
            .isThrottled = m_inventory.isThrottled(),
            .age = std::chrono::duration_cast<std::chrono::milliseconds>(age)};
}

void InventoryPage::updateMessages()
{
    const InventoryStatus now = status();
    const InventoryMessages messages(now);
    m_status->setMessage(messages.statusText());
    m_export->setEnabled(now.shownCount > 0);
    m_rest->setVisible(messages.isPartial() && now.rowCount > 0);
    m_unread->setVisible(now.unreadCount > 0);
    if (!m_table->selectionModel()->hasSelection())
        m_details->showRows({}); // what to do about that depends on there being rows
    m_errorBanner->showBanner(messages.banner());
    if (const auto state = messages.state())
        showState(*state);
    else
        m_stack->setCurrentWidget(m_table);
}

void InventoryPage::showState(const StateMessage &state)
{
    if (!m_state) {
        m_state = new StatePane;
        m_stack->addWidget(m_state);
        connect(m_state, &StatePane::actionChosen, this, &InventoryPage::doAction);
    }
    m_state->showState(state);
    m_stack->setCurrentWidget(m_state);
    if (state.isAnnounced)
        m_state->announce();
}

void InventoryPage::doAction(StateMessage::Action action)
{
    if (action == StateMessage::Action::ClearFilter)
        m_filter->clear();
    else
        loadMissing();
}

void InventoryPage::showUnread()
{
    auto *dialog = new UnreadApplicationsDialog(m_inventory, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &InventoryPage::loadMissing);
    dialog->open();
}

void InventoryPage::exportRows()
{
    const InventoryStatus now = status();
    const bool isWhole = now.unreadCount == 0 && now.rowCount >= now.expectedCount;
    auto *dialog = new ExportDialog(m_model.exported(m_table->shownColumns()), isWhole, m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}
