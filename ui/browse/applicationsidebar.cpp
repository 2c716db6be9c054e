// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/applicationsidebar.h"

#include "browse/celldelegates.h"
#include "domain/straytext.h"
#include "errortext.h"
#include "models/applicationtreemodel.h"
#include "widgets/announcer.h"
#include "widgets/loadingbar.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString idOf(const QModelIndex &application)
{
    return application.siblingAtColumn(ApplicationTreeModel::Name)
        .data(ApplicationTreeModel::IdRole)
        .toString();
}

/// Leaves the applications whose name contains the text, and groups that have any; all of them at once only
/// where nothing is sought.
class ApplicationFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        // A group stays only for its applications, not because its own name matches.
        if (parent.isValid())
            return QSortFilterProxyModel::filterAcceptsRow(row, parent);
        const bool isAll = sourceModel()->index(row, 0).data(ApplicationTreeModel::IdRole).isValid();
        return isAll && filterRegularExpression().pattern().isEmpty();
    }
};

/// Moves from application to application: the headings of groups are never the current row. What is typed
/// finds single applications.
class ApplicationTree : public QTreeView
{
public:
    using QTreeView::QTreeView;

    void keyboardSearch(const QString &typed) override;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    static bool isHeading(const QModelIndex &index) { return index.isValid() && idOf(index).isEmpty(); }

    QElapsedTimer m_sinceTyped;
    QString m_typed;
    bool m_isHeadingPressed = false;
};

QModelIndex ApplicationTree::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (action == MoveNext && !currentIndex().isValid()) // the focus comes, and nothing is chosen by that
        return {};
    QModelIndex reached = QTreeView::moveCursor(action, modifiers);
    while (!currentIndex().isValid() && reached.isValid() && !reached.parent().isValid())
        reached = indexBelow(reached); // from nowhere to a single application
    if (!isHeading(reached))
        return reached;
    if (action == MoveLeft || action == MoveRight)
        return currentIndex();
    const bool isUp = action == MoveUp || action == MovePrevious || action == MovePageUp;
    const QModelIndex next = isUp ? indexAbove(reached) : indexBelow(reached);
    return next.isValid() ? next : isUp ? indexBelow(reached) : indexAbove(reached);
}

/// The next application whose name begins with what was typed; after another first letter, or the same one
/// again, the one after the current.
void ApplicationTree::keyboardSearch(const QString &typed)
{
    const bool isNew = typed.isEmpty() || !m_sinceTyped.isValid() ||
                       m_sinceTyped.elapsed() > QApplication::keyboardInputInterval();
    m_sinceTyped.start();
    m_typed = isNew ? typed : m_typed + typed;
    const bool isRepeated = m_typed.count(m_typed.left(1)) == m_typed.size();
    const QString wanted = isRepeated ? m_typed.left(1) : m_typed;
    const QModelIndex first = model()->index(0, 0);
    const QModelIndex current = currentIndex().siblingAtColumn(0);
    QModelIndex at = current.isValid() ? current : first;
    if (isNew || isRepeated)
        at = indexBelow(at);
    for (int rows = 0; rows < 2; at = first, ++rows) { // to the end, then from the start
        for (; at.isValid(); at = indexBelow(at)) {
            if (at.parent().isValid() && at.data().toString().startsWith(wanted, Qt::CaseInsensitive)) {
                setCurrentIndex(at);
                return;
            }
        }
    }
}

void ApplicationTree::mousePressEvent(QMouseEvent *event)
{
    m_isHeadingPressed = isHeading(indexAt(event->position().toPoint()));
    if (!m_isHeadingPressed)
        QTreeView::mousePressEvent(event);
}

void ApplicationTree::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() == Qt::NoButton || !m_isHeadingPressed)
        QTreeView::mouseMoveEvent(event);
}

} // namespace

ApplicationSidebar::ApplicationSidebar(ApplicationTreeModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_proxy(new ApplicationFilter(this))
    , m_search(new QLineEdit)
    , m_progress(new LoadingBar(tr("Loading"), LoadingBar::SlowText::Elsewhere))
    , m_tree(new ApplicationTree)
    , m_state(new PlainLabel)
    , m_retry(new QPushButton(tr("Try again")))
    , m_autoRetry(this)
{
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(ApplicationTreeModel::Name);
    m_proxy->setSourceModel(&model);

    m_search->setAccessibleName(tr("Search applications"));
    m_search->setPlaceholderText(tr("Search applications"));
    m_search->setToolTip(tr("Shows only applications whose name contains this (Ctrl+K)"));
    QAction *icon = m_search->addAction(symbolicIcon(u"search"_s), QLineEdit::LeadingPosition);
    icon->setText(tr("Go to the search"));
    m_search->installEventFilter(this);

    m_tree->setAccessibleName(tr("Applications"));
    m_tree->setModel(m_proxy);
    m_tree->setItemDelegate(new ApplicationDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(8);
    m_tree->setItemsExpandable(false);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setMinimumSectionSize(20);
    m_tree->header()->setSectionResizeMode(ApplicationTreeModel::Name, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(ApplicationTreeModel::CredentialCount, QHeaderView::Fixed);
    m_tree->header()->resizeSection(ApplicationTreeModel::CredentialCount,
                                    m_tree->fontMetrics().horizontalAdvance(u"000,000"_s) + 10);

    m_tree->viewport()->setMouseTracking(true);
    m_tree->viewport()->installEventFilter(this);
    m_hoverTimer.setSingleShot(true);
    m_hoverTimer.setInterval(300ms);

    m_state->fitWords(); // such as what is searched for
    m_state->setContentsMargins(4, 8, 4, 4);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4); // as the page beside it, so that list and table begin at one height
    layout->addWidget(m_search);
    layout->addWidget(m_progress);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_retry, 0, Qt::AlignLeft);

    connect(m_search, &QLineEdit::textChanged, this, &ApplicationSidebar::search);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ApplicationSidebar::choose);
    connect(m_tree, &QTreeView::entered, this, &ApplicationSidebar::beginHover);
    connect(m_tree, &QTreeView::viewportEntered, &m_hoverTimer, &QTimer::stop);
    connect(&m_hoverTimer, &QTimer::timeout, this, [this] { Q_EMIT applicationHovered(m_hovered); });
    connect(icon, &QAction::triggered, this, &ApplicationSidebar::focusSearch);
    connect(m_progress, &LoadingBar::stopClicked, this, &ApplicationSidebar::stopLoading);
    connect(m_progress, &LoadingBar::slowChanged, this, &ApplicationSidebar::showState);
    connect(m_retry, &QPushButton::clicked, this, &ApplicationSidebar::reload);
    connect(&m_autoRetry, &AutoRetry::due, &m_model, &ApplicationTreeModel::retry);
    connect(&m_model, &ApplicationTreeModel::loadStarted, this, &ApplicationSidebar::showState);
    connect(&m_model, &ApplicationTreeModel::loadStopped, this, &ApplicationSidebar::showState);
    connect(&m_model, &ApplicationTreeModel::pageLoaded, this, [this] {
        m_autoRetry.reset();
        m_tree->expandAll();
        showApplication(m_current);
        showState();
    });
    connect(&m_model, &ApplicationTreeModel::loadFailed, this, [this](const ApiError &error) {
        m_autoRetry.failed(error);
        showState();
    });
    showState();
}

void ApplicationSidebar::showApplication(const QString &applicationId)
{
    m_current = applicationId;
    const QModelIndex index = m_proxy->mapFromSource(m_model.indexOf(applicationId));
    if (index.isValid() && index != m_tree->currentIndex().siblingAtColumn(ApplicationTreeModel::Name)) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
}

void ApplicationSidebar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ApplicationSidebar::reload()
{
    m_autoRetry.reset();
    m_model.load();
}

void ApplicationSidebar::stopLoading()
{
    if (!m_progress->isShown())
        return;
    m_autoRetry.reset();
    m_model.stopLoading();
}

void ApplicationSidebar::tokenChanged()
{
    if (isTokenRefused())
        reload();
}

bool ApplicationSidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree->viewport() && event->type() == QEvent::Leave)
        m_hoverTimer.stop();
    const bool isClearing = watched == m_search && event->type() == QEvent::ShortcutOverride &&
                            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
                            !m_search->text().isEmpty();
    if (isClearing)
        event->accept();
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        if (!m_tree->currentIndex().isValid())
            m_tree->setCurrentIndex(firstMatch());
        m_tree->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const QModelIndex match = firstMatch(); match.isValid()) {
            m_tree->setCurrentIndex(match);
            m_tree->setFocus();
        }
        return true;
    case Qt::Key_Escape:
        m_search->clear();
        return true;
    default:
        return false;
    }
}

void ApplicationSidebar::choose(const QModelIndex &index)
{
    const QString id = idOf(index);
    if (m_isFiltering || id.isEmpty() || id == m_current)
        return;
    m_current = id;
    m_hoverTimer.stop();
    if (id == ApplicationTreeModel::allApplications)
        Q_EMIT allChosen();
    else
        Q_EMIT applicationChosen(id);
}

void ApplicationSidebar::beginHover(const QModelIndex &index)
{
    m_hovered = idOf(index);
    const bool isOne = !m_hovered.isEmpty() && m_hovered != ApplicationTreeModel::allApplications;
    if (!isOne || m_hovered == m_current)
        m_hoverTimer.stop();
    else
        m_hoverTimer.start();
}

/// What Enter in the search chooses: the open application if nothing is searched for.
QModelIndex ApplicationSidebar::firstMatch() const
{
    if (StrayText::isBlank(m_search->text()) && m_tree->currentIndex().isValid())
        return m_tree->currentIndex();
    const QModelIndex first = m_proxy->index(0, 0);
    const QModelIndex group = idOf(first).isEmpty() ? first : m_proxy->index(1, 0);
    return m_proxy->index(0, 0, group);
}

void ApplicationSidebar::search(const QString &text)
{
    if (!m_search->isClearButtonEnabled()) { // not earlier: its icon takes a search of the desktop's theme
        m_search->setClearButtonEnabled(true);
        if (auto *clear = m_search->findChild<QAction *>(u"_q_qlineeditclearaction"_s)) // has no text
            clear->setText(tr("Clear search"));
    }
    m_isFiltering = true;
    const QString wanted = StrayText::inOneLine(text);
    m_proxy->setFilterFixedString(wanted);
    m_tree->expandAll();
    if (m_model.indexOf(m_current).isValid())
        m_tree->setCurrentIndex(m_proxy->mapFromSource(m_model.indexOf(m_current)));
    m_isFiltering = false;
    beginHover(wanted.isEmpty() ? QModelIndex() : firstMatch());
    showState();
}

void ApplicationSidebar::showState()
{
    m_progress->setBusy(m_model.isLoading());
    const QString text = stateText();
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    m_retry->setVisible((m_model.error() && !isTokenRefused()) || m_model.isStopped());
    const bool isResult = m_model.error() || (m_model.isComplete() && m_model.applicationCount() > 0);
    // As one searches there is a text for each key.
    Announcer::announceFirst(m_state, isResult ? text : QString());
}

/// Which is said once in the window, beside what is shown of an application.
bool ApplicationSidebar::isTokenRefused() const
{
    return m_model.error() && m_model.error()->kind == ApiError::Kind::Unauthorized;
}

QString ApplicationSidebar::stateText() const
{
    const int count = m_model.applicationCount();
    const QString soFar = QLocale().toString(count);
    const bool isWhole = m_model.isComplete() || m_model.showsFormerList();
    const QString slow = m_progress->isSlow() ? u' ' + LoadingBar::slowText() : QString();
    if (isTokenRefused())
        return {};
    if (m_model.error())
        return (m_model.isStopped() ? errorText(*m_model.error()) : AutoRetry::textFor(*m_model.error())) +
               slow;
    if (m_model.isStopped())
        return count == 0 ? tr("You have stopped loading the applications. Try again to see them.")
               : isWhole
                   ? tr("You have stopped loading the list again. It is as it was before.")
                   : tr("You have stopped loading the list: %1 so far. Try again to see all.").arg(soFar);
    if (count == 0 && !m_model.isComplete())
        return tr("Loading applications…") + slow;
    if (!m_model.isComplete() && isWhole)
        return slow.trimmed();
    if (!m_model.isComplete())
        return tr("The list is still incomplete: %1 so far…").arg(soFar) + slow;
    if (count == 0)
        return tr("There are no applications here yet. Make one in the Losant console.");
    if (m_proxy->rowCount() == 0)
        return tr("No application has “%1” in its name.")
            .arg(quoted(StrayText::inOneLine(m_search->text()), 80));
    return {};
}
