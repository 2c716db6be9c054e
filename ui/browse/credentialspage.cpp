// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialspage.h"

#include "api/residentmemory.h"
#include "browse/applicationiddialog.h"
#include "browse/changebanner.h"
#include "browse/credentialactions.h"
#include "browse/credentialchanges.h"
#include "browse/credentialdetails.h"
#include "browse/credentialtableview.h"
#include "browse/detailssplitter.h"
#include "browse/donebanner.h"
#include "browse/errorbanner.h"
#include "browse/filterbar.h"
#include "browse/pagerbar.h"
#include "browse/rememberedquery.h"
#include "browse/statepane.h"
#include "browse/tableposition.h"
#include "models/applicationtreemodel.h"
#include "perflog.h"
#include "services/session.h"
#include "services/settingskeys.h"
#include "widgets/announcer.h"
#include "widgets/loadingbar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

CredentialsPage::CredentialsPage(Session &session, const ApplicationTreeModel &applications,
                                 QSettings &settings, const QString &applicationId, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_applications(applications)
    , m_settings(settings)
    , m_model(session.pages())
    , m_autoRetry(this)
    , m_actions(*this, session.profile().isReadOnly)
    , m_filter(new FilterBar)
    , m_progress(new LoadingBar(tr("Loading")))
    , m_table(new CredentialTableView(m_model, CredentialTableLayout::ofOneApplication(), settings))
    , m_position(new TablePosition(*m_table, m_model))
    , m_errorBanner(new ErrorBanner)
    , m_changeBanner(new ChangeBanner)
    , m_doneBanner(new DoneBanner)
    , m_changes(new CredentialChanges(session, applications, settings, *m_changeBanner, this))
    , m_rowActions(new CredentialActions(*m_table, m_model, session.profile().isReadOnly))
    , m_stack(new QStackedWidget)
    , m_pager(new PagerBar)
    , m_details(new CredentialDetails(m_model, *m_rowActions, m_clipboard, session.usages()))
{
    m_model.setQuery(rememberedQuery(settings));
    makeLayout();
    connectActions();
    connectChanges();
    connectParts();
    if (applicationId.isEmpty())
        updateParts();
    else
        openApplication(applicationId);
}

CredentialsPage::~CredentialsPage() = default;

void CredentialsPage::openApplication(const QString &applicationId)
{
    if (applicationId != query().applicationId || !m_isInFront)
        go(query().forApplication(applicationId));
}

void CredentialsPage::openCredential(const QString &applicationId, const Credential &credential,
                                     int newerCount)
{
    const PageQuery query = this->query().forApplication(applicationId).newestFirst();
    m_sought = credential;
    m_position->selectNext(credential.id);
    m_history.push(query.onPage(newerCount / query.perPage));
    show(query.onPage(newerCount / query.perPage));
}

void CredentialsPage::leaveForAll()
{
    m_history.push({});
    allTookOver();
}

/// What was under way goes on.
void CredentialsPage::allTookOver()
{
    m_isInFront = false;
    m_history.commit({});
    updateActions();
}

void CredentialsPage::openInstead(const QString &applicationId)
{
    const PageQuery instead = query().forApplication(applicationId);
    m_history.settle(instead);
    show(instead);
}

bool CredentialsPage::isRefused() const
{
    const auto &error = m_model.error();
    return error && (error->kind == ApiError::Kind::NotFound || error->kind == ApiError::Kind::Forbidden);
}

void CredentialsPage::focusFilter()
{
    m_filter->focusText();
}

void CredentialsPage::saveState()
{
    m_table->saveColumns();
    m_splitter->savePosition();
    m_settings.setValue(SettingsKeys::detailsShown, m_actions.showDetails->isChecked());
    rememberQuery(query(), m_settings);
}

void CredentialsPage::makeLayout()
{
    m_stack->addWidget(m_table);
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
    layout->addWidget(m_pager);

    m_splitter = new DetailsSplitter(rows, *m_table, m_details, m_settings, SettingsKeys::detailsSplitter);
    m_actions.showDetails->setChecked(m_settings.value(SettingsKeys::detailsShown, true).toBool());
    m_details->setVisible(m_actions.showDetails->isChecked());
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
}

void CredentialsPage::connectActions()
{
    connect(m_actions.create, &QAction::triggered, m_changes, &CredentialChanges::create);
    connect(m_actions.refresh, &QAction::triggered, this, [this] {
        if (m_isInFront)
            refresh();
    });
    connect(m_actions.back, &QAction::triggered, this, [this] { step(PageQuery(m_history.back())); });
    connect(m_actions.forward, &QAction::triggered, this, [this] { step(PageQuery(m_history.forward())); });
    connect(m_actions.showDetails, &QAction::toggled, m_splitter, &DetailsSplitter::setDetailsShown);
    for (const auto &[field, action] : m_actions.sorts)
        connect(action, &QAction::triggered, this, [this, by = field] {
            if (m_isInFront)
                go(query().sortedBy(by));
        });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, [this] {
        stop();
        m_details->stopLooking();
        Q_EMIT stopRequested();
    });
}

void CredentialsPage::connectChanges()
{
    connect(m_rowActions, &CredentialActions::editTriggered, m_changes, &CredentialChanges::edit);
    connect(m_rowActions, &CredentialActions::rotateTriggered, m_changes, &CredentialChanges::rotate);
    connect(m_rowActions, &CredentialActions::enableTriggered, m_changes, &CredentialChanges::setEnabled);
    connect(m_rowActions, &CredentialActions::removeTriggered, m_changes, &CredentialChanges::remove);
    m_table->addAction(m_doneBanner->undoAction());
    connect(m_doneBanner, &DoneBanner::undoTriggered, m_changes, &CredentialChanges::undo);
    connect(m_changeBanner, &ChangeBanner::problemShown, m_doneBanner, &QWidget::hide);
    connect(m_doneBanner, &DoneBanner::showItClicked, this, [this] {
        m_position->selectNext(m_doneBanner->change().credential.id);
        go(query().newestFirst());
    });
    connect(m_changes, &CredentialChanges::underWayChanged, this, [this] {
        m_rowActions->setObstacle(m_changes->obstacle());
        m_doneBanner->setObstacle(m_changes->obstacle());
        updateActions();
        updateProgress();
    });
    connect(m_changes, &CredentialChanges::outdated, this, [this](const QString &applicationId) {
        if (applicationId == query().applicationId)
            refresh();
    });
    connect(m_changes, &CredentialChanges::done, this, &CredentialsPage::showDone);
}

void CredentialsPage::showDone(const DoneBanner::Change &change)
{
    m_doneBanner->showDone(change);
    if (change.applicationId != query().applicationId)
        return;
    if (change.what == DoneBanner::Done::Created || change.what == DoneBanner::Done::Saved)
        m_position->selectNext(change.credential.id);
    refresh();
}

/// A change that is under way may end in a question, which must not come up over what is typed.
void CredentialsPage::updateActions()
{
    const PageStatus now = status();
    const QString obstacle = !m_isInFront ? tr("Open the application first in which to create it")
                             : m_changes->isUnderWay() ? m_changes->obstacle()
                                                       : QString();
    m_actions.setCreate((now.hasApplication() || !m_isInFront) && !now.isReadOnly, obstacle);
    m_actions.refresh->setEnabled(!m_isInFront || !query().applicationId.isEmpty());
    m_actions.back->setEnabled(m_history.canGoBack());
    m_actions.forward->setEnabled(m_history.canGoForward());
}

void CredentialsPage::connectParts()
{
    connect(
        m_filter, &FilterBar::filterEdited, this,
        [this](PageQuery::FilterField field, const QString &glob) { go(query().withFilter(field, glob)); });
    connect(m_pager, &PagerBar::pageChosen, this, [this](int page) { go(query().onPage(page)); });
    connect(m_pager, &PagerBar::pageSizeChosen, this,
            [this](int rows) { go(query().withPageSize(rows, m_position->keepTop())); });
    connect(m_table, &CredentialTableView::headerClicked, this, [this](int column) {
        if (const auto field = CredentialColumns::sortField(column))
            go(query().sortedBy(*field));
        showOrder();
    });
    connect(m_filter, &FilterBar::searchAllTriggered, this,
            [this] { Q_EMIT searchAllRequested(m_filter->wordsForAll()); });
    connect(m_table, &CredentialTableView::selectedRowsChanged, this, &CredentialsPage::showSelection);
    connect(m_table, &CredentialTableView::pagePainted, this,
            [](int rows) { logPerf("page-painted", rows); });
    m_idle.setSingleShot(true);
    m_idle.callOnTimeout(this, &returnFreedMemory);
    connect(m_table, &CredentialTableView::pagePainted, this, [this] { m_idle.start(500ms); });
    connect(m_table, &CredentialTableView::pagePainted, &m_model, &CredentialTableModel::prefetchNeighbours,
            Qt::QueuedConnection);
    connect(m_errorBanner, &ErrorBanner::retryClicked, this, &CredentialsPage::refresh);
    connect(m_errorBanner, &ErrorBanner::signInClicked, this, &CredentialsPage::signInWanted);

    connect(&m_model, &CredentialTableModel::queryChanged, this, &CredentialsPage::updateParts);
    connect(&m_model, &CredentialTableModel::pageLoaded, this, &CredentialsPage::pageLoaded);
    connect(&m_model, &CredentialTableModel::loadFailed, this, &CredentialsPage::loadFailed);
    connect(&m_autoRetry, &AutoRetry::due, &m_model, &CredentialTableModel::retry);
    for (const auto changed : {&ApplicationTreeModel::loadStarted, &ApplicationTreeModel::pageLoaded,
                               &ApplicationTreeModel::loadStopped})
        connect(&m_applications, changed, this, &CredentialsPage::updateMessages);
    connect(&m_applications, &ApplicationTreeModel::loadFailed, this, &CredentialsPage::updateMessages);
    connect(&m_model, &CredentialTableModel::loadingChanged, this, [this] {
        updateProgress();
        m_table->viewport()->update(); // its rows may be older than the question by now
        updateMessages();
    });
    connect(m_progress, &LoadingBar::appeared, &m_model, &CredentialTableModel::setLate);
    connect(m_progress, &LoadingBar::stopClicked, this, &CredentialsPage::stop);
    connect(&m_session, &Session::tokenChanged, this, [this] {
        if (m_model.error() && m_model.error()->kind == ApiError::Kind::Unauthorized)
            refresh();
    });
    connect(&m_session, &Session::accountChanged, this, [this] {
        m_model.setAccount(m_session.account().value_or(Account()));
        showSelection();
    });
}

void CredentialsPage::showSelection()
{
    m_details->showRows(m_table->selectedRows());
}

void CredentialsPage::updateProgress()
{
    m_progress->setBusy(m_model.isLoading() || m_changes->isUnderWay());
}

void CredentialsPage::showOrder()
{
    m_table->showOrder(CredentialColumns::columnOf(query().sortField), query().sortOrder);
}

void CredentialsPage::go(const PageQuery &query)
{
    m_sought.reset();
    if (!query.applicationId.isEmpty())
        m_history.push(query);
    show(query);
}

/// Back or forward.
void CredentialsPage::step(const PageQuery &query)
{
    m_sought.reset();
    if (!query.applicationId.isEmpty()) {
        show(query);
        return;
    }
    allTookOver();
    Q_EMIT allShown();
}

void CredentialsPage::show(const PageQuery &query)
{
    if (query.applicationId != this->query().applicationId)
        m_doneBanner->hide();
    if (!std::exchange(m_isInFront, true))
        m_history.commit(query); // all applications are left, whatever becomes of this
    m_changes->setApplication(query.applicationId);
    m_autoRetry.reset();
    askedAnew();
    m_model.setQuery(query);
    Q_EMIT applicationShown(query.applicationId);
}

void CredentialsPage::refresh()
{
    m_autoRetry.reset();
    askedAnew();
    m_model.refresh();
}

/// The next result is announced even if its text is that of the last one, and the progress bar waits anew.
void CredentialsPage::askedAnew()
{
    m_pager->askedAnew();
    if (m_state)
        Announcer::announce(m_state, {});
    m_progress->restart();
}

void CredentialsPage::stop()
{
    if (m_progress->isShown())
        m_changes->stop();
    stopLoading();
}

void CredentialsPage::stopLoading()
{
    const bool isNoticed = !m_model.error() || m_progress->isShown(); // else it is tried again by itself
    if (!m_model.isLoading() || !isNoticed)
        return;
    m_autoRetry.reset();
    m_model.stopLoading();
    m_sought.reset();
    m_position->forgetNext();
    if (m_model.hasPage())
        m_history.rollBack();
    m_doneBanner->setOnPage(false);
    updateParts();
}

void CredentialsPage::pageLoaded()
{
    m_autoRetry.reset();
    if (m_isInFront)
        m_history.commit(query());
    m_position->restore();
    if (!showsSought())
        return;
    showSelection();
    m_rowActions->update();
    m_doneBanner->setOnPage(m_model.rowOf(m_doneBanner->change().credential.id) >= 0);
    updateParts();
    if (m_model.rowCount() > 0)
        m_pager->announceStatus(); // else the state is what is heard
    else
        logPerf("page-painted", 0);
    Q_EMIT rowsShown();
    if (!query().isFiltered())
        Q_EMIT credentialsCounted(query().applicationId, m_model.totalCount());
}

/// Else it is looked for by its name: it is on another page than the inventory tells, or the order is
/// another.
bool CredentialsPage::showsSought()
{
    const auto sought = std::exchange(m_sought, std::nullopt);
    if (!sought || m_model.rowOf(sought->id) >= 0)
        return true;
    const PageQuery byName =
        query().withFilter(PageQuery::FilterField::Name, PageQuery::globFor(sought->name));
    m_position->selectNext(sought->id);
    m_history.settle(byName);
    show(byName);
    return false;
}

void CredentialsPage::loadFailed(const ApiError &error)
{
    m_autoRetry.failed(error);
    m_position->forgetNext();
    m_pager->askedAnew(); // so that the end of the failure is heard
    m_doneBanner->setOnPage(false);
    updateParts();
    if (error.kind == ApiError::Kind::NotFound)
        Q_EMIT applicationsWanted();
    if (isRefused())
        Q_EMIT loadRefused();
}

PageStatus CredentialsPage::status() const
{
    return {.applications = {m_applications.isLoading(), m_applications.isStopped(), m_applications.error()},
            .applicationCount = m_applications.applicationCount(),
            .areAllApplicationsThere = m_applications.isComplete(),
            .isApplicationChosen = !query().applicationId.isEmpty(),
            .isReadOnly = m_session.profile().isReadOnly,
            .page = {m_model.isLoading(), m_model.isStopped(), m_model.error()},
            .hasPage = m_model.hasPage(),
            .isStale = m_model.isStale(),
            .isFiltered = m_model.hasPage() && m_model.shownQuery()->isFiltered(),
            .maySearchAll = m_applications.maySeeAll(),
            .rowCount = m_model.rowCount(),
            .totalCount = m_model.totalCount()};
}

void CredentialsPage::updateParts()
{
    const PageStatus now = status();
    m_filter->setQuery(query());
    showOrder();
    m_pager->setPage(query(), m_model.shownQuery(), now.rowCount, now.totalCount);
    m_filter->setEnabled(now.hasApplication());
    m_pager->setEnabled(now.hasApplication());
    updateActions();
    if (!now.hasPage) {
        m_details->showRows({});
        m_rowActions->update();
    }
    m_table->viewport()->update();
    updateMessages();
}

/// Drawn from what the models say now, so that nothing is said longer than it is so.
void CredentialsPage::updateMessages()
{
    const PageMessages messages(status());
    m_filter->setOffersAll(m_applications.maySeeAll());
    m_errorBanner->showBanner(messages.banner());
    if (const auto state = messages.state())
        showState(*state);
    else
        m_stack->setCurrentWidget(m_table);
}

void CredentialsPage::showState(const StateMessage &state)
{
    if (!m_state) {
        m_state = new StatePane;
        m_stack->addWidget(m_state);
        connect(m_state, &StatePane::actionChosen, this, &CredentialsPage::doAction);
    }
    m_state->showState(state);
    m_stack->setCurrentWidget(m_state);
    if (state.isAnnounced)
        m_state->announce();
}

void CredentialsPage::doAction(StateMessage::Action action)
{
    switch (action) {
    case StateMessage::Action::None:
        break;
    case StateMessage::Action::Load:
        refresh();
        break;
    case StateMessage::Action::LoadApplications:
        Q_EMIT applicationsWanted();
        break;
    case StateMessage::Action::OpenById:
        askForApplication();
        break;
    case StateMessage::Action::ClearFilter:
        go(query().withoutFilter());
        break;
    case StateMessage::Action::Create:
        m_actions.create->trigger();
        break;
    case StateMessage::Action::SearchAll:
        Q_EMIT searchAllRequested(m_filter->wordsForAll());
        break;
    }
}

void CredentialsPage::askForApplication()
{
    auto *dialog = new ApplicationIdDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { Q_EMIT applicationIdEntered(dialog->applicationId()); });
    dialog->open();
}
