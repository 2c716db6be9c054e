// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/applicationsidebar.h"

#include "browse/celldelegates.h"
#include "domain/straytext.h"
#include "models/applicationlistmodel.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString idOf(const QModelIndex &application)
{
    return application.siblingAtColumn(ApplicationListModel::Name)
        .data(ApplicationListModel::IdRole)
        .toString();
}

/// Leaves the applications whose name contains the text, and groups that have any.
class ApplicationFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        // A group stays only for its applications, not because its own name matches.
        return parent.isValid() ? QSortFilterProxyModel::filterAcceptsRow(row, parent) : false;
    }
};

} // namespace

ApplicationSidebar::ApplicationSidebar(ApplicationListModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_proxy(new ApplicationFilter(this))
    , m_search(new QLineEdit)
    , m_tree(new QTreeView)
    , m_state(new PlainLabel)
    , m_retry(new QPushButton(tr("Try again")))
    , m_autoRetry(this)
{
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(ApplicationListModel::Name);
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
    m_tree->header()->setSectionResizeMode(ApplicationListModel::Name, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(ApplicationListModel::CredentialCount, QHeaderView::Fixed);
    m_tree->header()->resizeSection(ApplicationListModel::CredentialCount,
                                    m_tree->fontMetrics().horizontalAdvance(u"00,000"_s) + 10);

    m_tree->viewport()->setMouseTracking(true);
    m_tree->viewport()->installEventFilter(this);
    m_rest.setSingleShot(true);
    m_rest.setInterval(300ms);

    m_state->setWordWrap(true);
    m_state->setContentsMargins(4, 2, 4, 2);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12); // as the table beside it, which has a progress bar above it
    layout->addWidget(m_search);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_retry, 0, Qt::AlignLeft);

    connect(m_search, &QLineEdit::textChanged, this, &ApplicationSidebar::search);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ApplicationSidebar::choose);
    connect(m_tree, &QTreeView::entered, this, &ApplicationSidebar::beginRest);
    connect(m_tree, &QTreeView::viewportEntered, &m_rest, &QTimer::stop);
    connect(&m_rest, &QTimer::timeout, this, [this] { Q_EMIT applicationRestedOn(m_restedOn); });
    connect(icon, &QAction::triggered, this, &ApplicationSidebar::focusSearch);
    connect(m_retry, &QPushButton::clicked, this, &ApplicationSidebar::reload);
    connect(&m_autoRetry, &AutoRetry::due, &m_model, &ApplicationListModel::retry);
    connect(&m_model, &ApplicationListModel::loadStarted, this, &ApplicationSidebar::showState);
    connect(&m_model, &ApplicationListModel::pageLoaded, this, [this] {
        m_autoRetry.reset();
        m_tree->expandAll();
        showApplication(m_current);
        showState();
    });
    connect(&m_model, &ApplicationListModel::loadFailed, this, [this](const ApiError &error) {
        m_autoRetry.failed(error);
        showState();
    });
    showState();
}

void ApplicationSidebar::showApplication(const QString &applicationId)
{
    m_current = applicationId;
    const QModelIndex index = m_proxy->mapFromSource(m_model.indexOf(applicationId));
    if (index.isValid() && index != m_tree->currentIndex().siblingAtColumn(ApplicationListModel::Name)) {
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

bool ApplicationSidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree->viewport() && event->type() == QEvent::Leave)
        m_rest.stop();
    const bool isClearing = watched == m_search && event->type() == QEvent::ShortcutOverride &&
                            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
                            !m_search->text().isEmpty();
    if (isClearing)
        event->accept();
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
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
    m_rest.stop();
    Q_EMIT applicationChosen(id);
}

void ApplicationSidebar::beginRest(const QModelIndex &index)
{
    m_restedOn = idOf(index);
    if (m_restedOn.isEmpty() || m_restedOn == m_current)
        m_rest.stop();
    else
        m_rest.start();
}

/// What Enter in the search chooses: the open application if nothing is searched for.
QModelIndex ApplicationSidebar::firstMatch() const
{
    if (StrayText::isBlank(m_search->text()) && m_tree->currentIndex().isValid())
        return m_tree->currentIndex();
    return m_proxy->index(0, 0, m_proxy->index(0, 0));
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
    beginRest(wanted.isEmpty() ? QModelIndex() : firstMatch());
    showState();
}

void ApplicationSidebar::showState()
{
    const QLocale locale;
    QString text;
    if (m_model.error())
        text = AutoRetry::textFor(*m_model.error());
    else if (m_model.applicationCount() == 0 && !m_model.isComplete())
        text = tr("Loading applications…");
    else if (!m_model.isComplete())
        text =
            tr("The list is still incomplete: %1 so far…").arg(locale.toString(m_model.applicationCount()));
    else if (m_model.applicationCount() == 0)
        text = tr("There are no applications here yet. Make one in the Losant console.");
    else if (m_proxy->rowCount() == 0)
        text = tr("No application has “%1” in its name.")
                   .arg(singleLine(StrayText::inOneLine(m_search->text()), 80));
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    m_retry->setVisible(m_model.error().has_value());
}
