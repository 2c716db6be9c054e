// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialspage.h"

#include "browse/applicationiddialog.h"
#include "browse/credentialdetails.h"
#include "browse/credentialtableview.h"
#include "browse/filterbar.h"
#include "browse/pagerbar.h"
#include "browse/rememberedquery.h"
#include "browse/statepane.h"
#include "create/createcredentialdialog.h"
#include "models/applicationlistmodel.h"
#include "perflog.h"
#include "services/session.h"
#include "widgets/busybar.h"
#include "widgets/messagebanner.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

const QString splitterKey = u"browser/splitter"_s;
const QString detailsKey = u"browser/details"_s;

} // namespace

CredentialsPage::CredentialsPage(Session &session, const ApplicationListModel &applications,
                                 QSettings &settings, const QString &applicationId, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_applications(applications)
    , m_settings(settings)
    , m_model(session.pages())
    , m_autoRetry(this)
    , m_filter(new FilterBar)
    , m_progress(new BusyBar(tr("Loading")))
    , m_errorBanner(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
    , m_createdBanner(new MessageBanner({}, QStyle::SP_MessageBoxInformation))
    , m_stack(new QStackedWidget)
    , m_table(new CredentialTableView(m_model, settings))
    , m_pager(new PagerBar)
    , m_details(new CredentialDetails(m_model, m_clipboard))
    , m_splitter(new QSplitter)
{
    m_model.setQuery(rememberedQuery(settings));
    makeActions();
    makeLayout();
    connectParts();
    if (applicationId.isEmpty())
        updateParts();
    else
        openApplication(applicationId);
}

CredentialsPage::~CredentialsPage() = default;

void CredentialsPage::openApplication(const QString &applicationId)
{
    if (applicationId != query().applicationId)
        go(query().forApplication(applicationId));
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
    if (m_isSplitUsually)
        m_settings.remove(splitterKey);
    else
        m_settings.setValue(splitterKey, m_splitter->saveState());
    m_settings.setValue(detailsKey, m_showDetails.isChecked());
    rememberQuery(query(), m_settings);
}

void CredentialsPage::makeActions()
{
    const auto setUp = [](QAction &action, const QString &icon, const QString &text, const QString &tip,
                          const QList<QKeySequence> &shortcuts) {
        action.setIcon(symbolicIcon(icon));
        action.setText(text);
        action.setToolTip(tip);
        action.setShortcuts(shortcuts);
        addShortcutToToolTip(&action);
    };
    setUp(m_new, u"new"_s, tr("New credential"), tr("Create a credential in this application"),
          {QKeySequence::New});
    if (m_session.profile().isReadOnly)
        m_new.setToolTip(tr("This profile is read only"));
    setUp(m_refresh, u"refresh"_s, tr("Refresh"), tr("Load this page again"),
          {Qt::Key_F5, QKeySequence(u"Ctrl+R"_s)});
    setUp(m_back, u"back"_s, tr("Back"), tr("Back to what was shown before"), {QKeySequence(u"Alt+Left"_s)});
    setUp(m_forward, u"forward"_s, tr("Forward"), tr("Forward again"), {QKeySequence(u"Alt+Right"_s)});
    setUp(m_showDetails, u"details"_s, tr("Details"), tr("Show the selected credential's details"),
          {Qt::Key_F9});
    m_showDetails.setCheckable(true);
    m_showDetails.setIconVisibleInMenu(false);
    m_showDetails.setChecked(m_settings.value(detailsKey, true).toBool());

    for (const auto field : {PageQuery::SortField::Name, PageQuery::SortField::Type,
                             PageQuery::SortField::CreationDate, PageQuery::SortField::LastUpdated}) {
        const auto column = CredentialTableModel::columnOf(field);
        const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        auto *action = new QAction(name, this);
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(m_sortActions.size() + 1)));
        connect(action, &QAction::triggered, this, [this, field] { sort(field); });
        addAction(action);
        m_sortActions.append(action);
    }
    connect(&m_new, &QAction::triggered, this, &CredentialsPage::createCredential);
    connect(&m_refresh, &QAction::triggered, this, &CredentialsPage::refresh);
    connect(&m_back, &QAction::triggered, this, [this] { show(m_history.back()); });
    connect(&m_forward, &QAction::triggered, this, [this] { show(m_history.forward()); });
    connect(&m_showDetails, &QAction::toggled, this, [this](bool isShown) {
        m_details->setVisible(isShown);
        splitUsually();
    });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &CredentialsPage::stopLoading);
}

void CredentialsPage::makeLayout()
{
    m_progress->setToolTip(tr("Loading. Esc stops it."));
    connect(m_errorBanner->addButton(tr("Retry")), &QPushButton::clicked, this, &CredentialsPage::refresh);
    connect(m_createdBanner->addButton(tr("Show it")), &QPushButton::clicked, this, [this] {
        m_createdBanner->hide();
        m_selectedId = m_createdId;
        go(query().newestFirst());
    });
    m_createdBanner->addCloseButton();

    m_stack->addWidget(m_table);
    auto *rows = new QWidget;
    auto *layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_filter);
    layout->addWidget(m_errorBanner);
    layout->addWidget(m_createdBanner);
    layout->addWidget(m_progress);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_pager);

    m_splitter->addWidget(rows);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(8);
    m_isSplitUsually = !m_splitter->restoreState(m_settings.value(splitterKey).toByteArray());
    m_details->setVisible(m_showDetails.isChecked());
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
}

void CredentialsPage::connectParts()
{
    connect(
        m_filter, &FilterBar::filterEdited, this,
        [this](PageQuery::FilterField field, const QString &glob) { go(query().withFilter(field, glob)); });
    connect(m_pager, &PagerBar::pageChosen, this, [this](int page) { go(query().onPage(page)); });
    connect(m_pager, &PagerBar::pageSizeChosen, this, &CredentialsPage::changePageSize);
    connect(m_table, &CredentialTableView::sortRequested, this, &CredentialsPage::sort);
    connect(m_table, &CredentialTableView::selectedRowChanged, m_details, &CredentialDetails::showRow);
    connect(m_table, &CredentialTableView::pagePainted, this,
            [](int rows) { logPerf("page-painted", rows); });
    connect(m_table, &CredentialTableView::pagePainted, &m_model, &CredentialTableModel::foreseeNeighbours,
            Qt::QueuedConnection);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isSplitUsually = false; });

    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (m_selectedId.isEmpty()) {
            m_selectedRow = m_table->selectedRow();
            m_selectedId = m_selectedRow < 0 ? QString() : m_model.credential(m_selectedRow).id;
        }
        m_currentColumn = std::max(0, m_table->currentIndex().column());
        m_scrollPosition = {m_table->horizontalScrollBar()->value(), m_table->verticalScrollBar()->value()};
    });
    connect(&m_model, &CredentialTableModel::queryChanged, this, &CredentialsPage::updateParts);
    connect(&m_model, &CredentialTableModel::pageLoaded, this, &CredentialsPage::pageLoaded);
    connect(&m_model, &CredentialTableModel::loadFailed, this, &CredentialsPage::loadFailed);
    connect(&m_autoRetry, &AutoRetry::due, &m_model, &CredentialTableModel::retry);
    connect(&m_applications, &ApplicationListModel::loadStarted, this, &CredentialsPage::updateState);
    connect(&m_applications, &ApplicationListModel::pageLoaded, this, &CredentialsPage::updateState);
    connect(&m_applications, &ApplicationListModel::loadFailed, this, &CredentialsPage::updateState);
    connect(&m_model, &CredentialTableModel::loadingChanged, this, [this] {
        m_progress->setBusy(m_model.isLoading());
        updateBanner();
    });
    connect(m_progress, &BusyBar::appeared, &m_model, &CredentialTableModel::setLate);
    connect(&m_session, &Session::accountChanged, this, [this] {
        m_model.setAccount(m_session.account().value_or(Account()));
        m_details->showRow(m_table->selectedRow());
    });
}

void CredentialsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    splitUsually();
}

/// Gives the details what the usual columns leave, within reason.
void CredentialsPage::splitUsually()
{
    if (!m_isSplitUsually || !m_details->isVisibleTo(m_splitter))
        return;
    const int both = m_splitter->width() - m_splitter->handleWidth();
    const int details = std::clamp(both - m_table->usualWidth(), m_details->minimumWidth(), 260);
    m_splitter->setSizes({both - details, details});
}

void CredentialsPage::go(const PageQuery &query)
{
    m_history.push(query);
    show(query);
}

void CredentialsPage::show(const PageQuery &query)
{
    if (query.applicationId != this->query().applicationId)
        m_createdBanner->hide();
    m_autoRetry.reset();
    m_model.setQuery(query);
    Q_EMIT applicationShown(query.applicationId);
}

void CredentialsPage::refresh()
{
    m_autoRetry.reset();
    m_model.refresh();
}

void CredentialsPage::stopLoading()
{
    if (!m_model.isLoading())
        return;
    m_model.stopLoading();
    if (!m_model.isLoading() && !m_model.hasPage())
        showState(u"refresh"_s, tr("Not loaded"), tr("You have stopped it."), tr("Load"), [this] {
            m_stack->setCurrentWidget(m_table);
            refresh();
        });
}

void CredentialsPage::createCredential()
{
    if (!m_new.isEnabled())
        return;
    const QString id = query().applicationId;
    const Application *application = m_applications.find(id);
    auto *dialog = new CreateCredentialDialog(m_session.credentials(), id,
                                              application ? application->name : QString(), m_settings, this);
    if (m_session.profile().isProduction)
        dialog->confirmBeforeCreating(m_session.profile().title());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateCredentialDialog::created, this, &CredentialsPage::showCreated);
    connect(dialog, &CreateCredentialDialog::outcomeUnknown, this, [this] { m_session.pages().forget(); });
    dialog->open(); // no event loop of its own, which would keep assistive technology waiting for the button
}

void CredentialsPage::showCreated(const Credential &credential)
{
    m_createdId = credential.id;
    m_createdName = credential.name;
    m_selectedId = credential.id;
    refresh();
    Q_EMIT credentialCreated(query().applicationId);
}

void CredentialsPage::changePageSize(int rows)
{
    const int top = m_table->rowAt(0);
    m_topId = top < 0 ? QString() : m_model.credential(top).id;
    go(query().withPageSize(rows, top));
}

void CredentialsPage::sort(PageQuery::SortField field)
{
    go(query().sortedBy(field));
}

void CredentialsPage::pageLoaded()
{
    m_autoRetry.reset();
    m_history.settle(query());
    placeRows();
    updateParts();
    if (m_model.rowCount() == 0)
        logPerf("page-painted", 0);
    Q_EMIT rowsShown();
    if (!query().isFiltered())
        Q_EMIT credentialsCounted(query().applicationId, m_model.totalCount());
}

void CredentialsPage::loadFailed(const ApiError &error)
{
    m_autoRetry.failed(error);
    updateParts();
    if (error.kind == ApiError::Kind::NotFound)
        Q_EMIT applicationsWanted();
    if (isRefused())
        Q_EMIT loadRefused();
}

/// Selects what was selected, or what took its place, and scrolls to where it makes sense.
void CredentialsPage::placeRows()
{
    const QString selected = std::exchange(m_selectedId, {});
    const int formerRow = std::exchange(m_selectedRow, -1);
    const QString top = std::exchange(m_topId, {});
    const QString created = m_createdId;
    const bool isSameQuery = m_placedQuery == query();
    m_placedQuery = query();

    int row = m_model.rowOf(selected);
    if (row < 0 && isSameQuery && formerRow >= 0)
        row = std::min(formerRow, m_model.rowCount() - 1);
    m_table->doItemsLayout(); // the scroll bar's range is that of the rows before until then
    if (row >= 0)
        m_table->setCurrentRow(row, m_currentColumn);
    m_table->horizontalScrollBar()->setValue(m_scrollPosition.x());
    if (isSameQuery)
        m_table->verticalScrollBar()->setValue(m_scrollPosition.y());
    else if (const int topRow = m_model.rowOf(top); topRow >= 0)
        m_table->scrollTo(m_model.index(topRow, 0), QAbstractItemView::PositionAtTop);
    else
        m_table->scrollToTop();
    if (row >= 0 && (!isSameQuery || selected == created))
        m_table->scrollTo(m_table->currentIndex());
    m_details->showRow(row);

    if (!m_createdName.isEmpty()) {
        const QString name = std::exchange(m_createdName, {});
        if (row < 0 || selected != created)
            m_createdBanner->showMessage(tr("Created %1").arg(singleLine(name)));
        else
            m_createdBanner->hide();
    }
}

void CredentialsPage::updateParts()
{
    m_filter->setQuery(query());
    m_table->showOrder(query());
    m_pager->setPage(query(), m_model.shownQuery().value_or(query()), m_model.rowCount(),
                     m_model.totalCount());
    m_filter->setEnabled(hasApplication());
    m_pager->setEnabled(hasApplication());
    m_new.setEnabled(hasApplication() && !m_session.profile().isReadOnly);
    m_refresh.setEnabled(!query().applicationId.isEmpty());
    m_back.setEnabled(m_history.canGoBack());
    m_forward.setEnabled(m_history.canGoForward());
    if (!m_model.hasPage())
        m_details->showRow(-1);
    updateBanner();
    updateState();
}

void CredentialsPage::updateBanner()
{
    const auto &error = m_model.error();
    if (!error || error->kind == ApiError::Kind::NotFound)
        m_errorBanner->hide();
    else if (m_model.isStale())
        m_errorBanner->showMessage(tr("%1 The rows below are older.").arg(AutoRetry::textFor(*error)));
    else
        m_errorBanner->showMessage(AutoRetry::textFor(*error));
    m_table->viewport()->update();
}

void CredentialsPage::updateState()
{
    const auto &error = m_model.error();
    if (query().applicationId.isEmpty() || m_applications.error().value_or(ApiError()).urlIsSuspect)
        showApplicationsState();
    else if (!hasApplication())
        showApplicationGoneState();
    else if (error && !m_model.hasPage() && error->kind == ApiError::Kind::Forbidden)
        showState(u"lock"_s, tr("No permission"),
                  tr("The API token may not list this application's credentials. It needs the scope "
                     "credentials.get or one that includes it."));
    else if (error && !m_model.hasPage())
        showState(u"offline"_s, tr("Nothing to show"), tr("The credentials could not be loaded."));
    else if (m_model.hasPage() && m_model.rowCount() == 0)
        showNoRowsState();
    else
        m_stack->setCurrentWidget(m_table);
}

void CredentialsPage::showApplicationsState()
{
    const bool areThere = m_applications.applicationCount() > 0;
    const auto askAgain = [this] { Q_EMIT applicationsWanted(); };
    if (m_applications.error() && !areThere && m_applications.error()->kind == ApiError::Kind::Forbidden)
        showState(u"lock"_s, tr("Which application?"),
                  tr("This token may not list applications: it belongs to a single one, or lacks the scope "
                     "applications.get. Open the application by its ID."),
                  tr("Open by ID"), [this] { askForApplication(); });
    else if (m_applications.error() && !areThere)
        showState(u"offline"_s, tr("No applications"), AutoRetry::textFor(*m_applications.error()),
                  tr("Retry"), askAgain);
    else if (m_applications.isLoading() && !areThere)
        showState(u"sidebar"_s, tr("Loading applications…"), {});
    else if (m_applications.isComplete() && !areThere)
        showState(u"empty"_s, tr("No applications"),
                  tr("There are none that this token can see. Make one in the Losant console, or sign in "
                     "differently."),
                  tr("Retry"), askAgain);
    else
        showState(u"sidebar"_s, tr("No application chosen"),
                  tr("Choose an application on the left to see its credentials."));
}

void CredentialsPage::showApplicationGoneState()
{
    if (m_applications.applicationCount() > 0)
        showState(
            u"empty"_s, tr("Application not found"),
            tr("It does not exist any more, or it is not visible with this token. Choose another on the "
               "left."));
    else
        showState(u"empty"_s, tr("Application not found"),
                  tr("It does not exist, or it is not visible with this token. Check its ID."),
                  tr("Open by ID"), [this] { askForApplication(); });
}

void CredentialsPage::askForApplication()
{
    auto *dialog = new ApplicationIdDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { Q_EMIT applicationIdEntered(dialog->applicationId()); });
    dialog->open();
}

void CredentialsPage::showNoRowsState()
{
    if (m_model.totalCount() > 0)
        showState(u"empty"_s, tr("Nothing on this page"),
                  tr("The credentials that were here are gone, or the server miscounts them."), tr("Retry"),
                  [this] { refresh(); });
    else if (m_model.shownQuery()->isFiltered())
        showState(u"filter"_s, tr("No match"), tr("No credential of this application matches the filter."),
                  tr("Clear filter"), [this] { go(query().withoutFilter()); });
    else
        showState(
            u"empty"_s, tr("No credentials yet"),
            tr("Credentials hold the keys and passwords that this application's workflows use to reach other "
               "services."),
            m_session.profile().isReadOnly ? QString() : tr("New credential"),
            [this] { createCredential(); });
}

void CredentialsPage::showState(const QString &icon, const QString &title, const QString &text,
                                const QString &button, std::function<void()> buttonAction)
{
    if (!m_state) {
        m_state = new StatePane;
        m_stack->addWidget(m_state);
        connect(m_state, &StatePane::buttonClicked, this, [this] { m_stateAction(); });
    }
    m_stateAction = std::move(buttonAction);
    m_state->showState(icon, title, text, button);
    m_stack->setCurrentWidget(m_state);
}

/// One is open, and the server did not say that it is gone.
bool CredentialsPage::hasApplication() const
{
    const auto &error = m_model.error();
    return !query().applicationId.isEmpty() && !(error && error->kind == ApiError::Kind::NotFound);
}
