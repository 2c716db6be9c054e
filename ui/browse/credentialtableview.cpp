// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialtableview.h"

#include "browse/celldelegates.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace {

constexpr int nameColumn = 0;

/// No title is ever bold here, so no room is made for bold ones, and no bold font loaded to measure it.
class Header : public QHeaderView
{
public:
    using QHeaderView::QHeaderView;

protected:
    QSize sectionSizeFromContents(int column) const override
    {
        QStyleOptionHeader option;
        initStyleOption(&option);
        option.section = column;
        option.text = model()->headerData(column, orientation(), Qt::DisplayRole).toString();
        if (isSortIndicatorShown())
            option.sortIndicator = QStyleOptionHeader::SortDown;
        return style()->sizeFromContents(QStyle::CT_HeaderSection, &option, {}, this);
    }
};

} // namespace

CredentialTableView::CredentialTableView(CredentialRows &model, CredentialTableLayout layout,
                                         QSettings &settings)
    : m_model(model)
    , m_layout(std::move(layout))
    , m_settings(settings)
    , m_usualWidths(m_layout.usualCharacters.size())
{
    setAccessibleName(m_layout.name);
    auto *header = new Header(Qt::Horizontal, this);
    setHorizontalHeader(header);
    setModel(&model);
    setItemDelegate(new CredentialDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);

    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setSortIndicatorShown(true);
    header->setResizeContentsPrecision(0);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    restoreColumns();

    connect(header, &QHeaderView::sectionClicked, this, &CredentialTableView::headerClicked);
    connect(this, &QAbstractItemView::doubleClicked, this, &CredentialTableView::cellDoubleClicked);
    connect(header, &QHeaderView::sectionResized, this, [this] { m_areUsual = m_areUsual && m_isFilling; });
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_areUsual = m_areUsual && m_isFilling; });
    connect(header, &QHeaderView::sectionHandleDoubleClicked, this, &CredentialTableView::fitColumn);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &position) {
        QMenu menu;
        fillColumnMenu(&menu, header->logicalIndexAt(position));
        menu.exec(header->mapToGlobal(position));
    });
    auto *menu = new QAction(this); // not every window system makes a request for a menu of these keys
    menu->setShortcuts({QKeySequence(Qt::Key_Menu), QKeySequence(Qt::SHIFT | Qt::Key_F10)});
    menu->setShortcutContext(Qt::WidgetShortcut);
    connect(menu, &QAction::triggered, this, &CredentialTableView::requestMenu);
    addAction(menu);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_isFresh = true; });
}

void CredentialTableView::showOrder(int column, Qt::SortOrder order)
{
    horizontalHeader()->setSortIndicator(column, order);
}

void CredentialTableView::cellDoubleClicked(const QModelIndex &)
{
    Q_EMIT rowDoubleClicked();
}

QString CredentialTableView::titleOf(int column) const
{
    return m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
}

void CredentialTableView::fillColumnMenu(QMenu *menu, int column)
{
    for (int c = 0; c < columnCount(); ++c) {
        QAction *action = menu->addAction(titleOf(c));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(c));
        action->setEnabled(c != nameColumn); // there is always something to click on
        connect(action, &QAction::toggled, this, [this, c](bool isShown) {
            setColumnHidden(c, !isShown);
            m_areUsual = false;
            saveColumns();
        });
    }
    menu->addSeparator();
    if (column >= 0) {
        QAction *fit = menu->addAction(tr("&Fit this column to its content"));
        connect(fit, &QAction::triggered, this, [this, column] { fitColumn(column); });
    }
    QAction *fitAll = menu->addAction(tr("Fit &all columns to their content"));
    connect(fitAll, &QAction::triggered, this, [this] {
        for (int c = 0; c < columnCount(); ++c)
            fitColumn(c);
    });
    QAction *reset = menu->addAction(tr("&Reset the columns"));
    connect(reset, &QAction::triggered, this, [this] {
        resetColumns();
        saveColumns();
    });
}

void CredentialTableView::saveColumns()
{
    if (m_areUsual) {
        m_settings.remove(m_layout.stateKey);
        m_settings.remove(m_layout.countKey);
    } else {
        m_settings.setValue(m_layout.stateKey, horizontalHeader()->saveState());
        m_settings.setValue(m_layout.countKey, columnCount());
    }
}

int CredentialTableView::usualWidth() const
{
    int width = verticalScrollBar()->sizeHint().width() + 2 * frameWidth();
    for (int c = 0; c < columnCount(); ++c)
        width += isHiddenAtFirst(c) ? 0 : usualWidth(c);
    return width;
}

int CredentialTableView::usualWidth(int column) const
{
    int &width = m_usualWidths[std::size_t(column)];
    if (width == 0)
        width =
            std::max(m_layout.usualCharacters[std::size_t(column)] * fontMetrics().horizontalAdvance(u'0'),
                     horizontalHeader()->sectionSizeHint(column));
    return width;
}

QList<int> CredentialTableView::selectedRows() const
{
    QList<int> rows; // not by selectedRows(), which takes long for many
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

std::vector<int> CredentialTableView::shownColumns() const
{
    std::vector<int> columns;
    for (int place = 0; place < columnCount(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (!isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

void CredentialTableView::selectRows(const QList<int> &rows, int currentRow, int column)
{
    QItemSelection selection;
    for (const int row : rows)
        selection.select(m_model.index(row, 0), m_model.index(row, columnCount() - 1));
    selectionModel()->setCurrentIndex(m_model.index(currentRow, column), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

/// The keyboard's, at the current row.
void CredentialTableView::requestMenu()
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    if (!selectionModel()->isSelected(current))
        setCurrentRow(current.row(), current.column());
    scrollTo(current);
    Q_EMIT menuRequested(viewport()->mapToGlobal(visualRect(current).center()));
}

void CredentialTableView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        requestMenu();
    else if (indexAt(viewport()->mapFromGlobal(event->globalPos())).isValid())
        Q_EMIT menuRequested(event->globalPos());
}

void CredentialTableView::setCurrentRow(int row, int column)
{
    selectionModel()->setCurrentIndex(m_model.index(row, column),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

/// From cell to cell of a row the rows that are selected stay so, for one column of theirs to be copied.
QItemSelectionModel::SelectionFlags CredentialTableView::selectionCommand(const QModelIndex &index,
                                                                          const QEvent *event) const
{
    if (event && event->type() == QEvent::KeyPress && index.row() == currentIndex().row() &&
        selectionModel()->isSelected(index)) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right)
            return QItemSelectionModel::NoUpdate;
    }
    return QTableView::selectionCommand(index, event);
}

void CredentialTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_isFresh && m_model.rowCount() > 0) {
        m_isFresh = false;
        Q_EMIT pagePainted(m_model.rowCount());
    }
}

void CredentialTableView::focusInEvent(QFocusEvent *event)
{
    const bool hadCurrent = currentIndex().isValid();
    QTableView::focusInEvent(event);
    if (hadCurrent || !currentIndex().isValid())
        return;
    // Qt makes the first row current, and leaves it unselected, also where nobody came here: a menu was
    // closed.
    if (event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        selectionModel()->clearCurrentIndex();
    else
        setCurrentRow(currentIndex().row(), currentIndex().column());
}

void CredentialTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedRowsChanged();
}

void CredentialTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_areUsual)
        fillWidth();
}

void CredentialTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        std::ranges::fill(m_usualWidths, 0);
}

void CredentialTableView::resetColumns()
{
    const QScopedValueRollback filling(m_isFilling, true);
    QHeaderView *header = horizontalHeader();
    for (int c = 0; c < columnCount(); ++c) {
        header->moveSection(header->visualIndex(c), c);
        setColumnHidden(c, isHiddenAtFirst(c));
        setColumnWidth(c, usualWidth(c));
    }
    m_areUsual = true;
    fillWidth();
}

void CredentialTableView::restoreColumns()
{
    resetColumns();
    const QByteArray state = m_settings.value(m_layout.stateKey).toByteArray();
    if (state.isEmpty())
        return;
    m_areUsual = !horizontalHeader()->restoreState(state);
    // Columns that came later than the settings are shown only where they are wanted.
    for (int c = m_settings.value(m_layout.countKey, m_layout.unsavedCount).toInt(); c < columnCount(); ++c)
        setColumnHidden(c, isHiddenAtFirst(c));
    setColumnHidden(nameColumn, false);
}

/// Gives the names, and what is as long, what the other columns leave.
void CredentialTableView::fillWidth()
{
    const QScopedValueRollback filling(m_isFilling, true);
    int left = viewport()->width();
    for (int c = 0; c < columnCount(); ++c)
        left -= isColumnHidden(c) ? 0 : usualWidth(c);
    left = std::max(0, left);
    const bool isShared = m_layout.otherWideColumn != nameColumn && !isColumnHidden(m_layout.otherWideColumn);
    const int share = isShared ? left / 2 : 0;
    if (isShared)
        setColumnWidth(m_layout.otherWideColumn, usualWidth(m_layout.otherWideColumn) + share);
    setColumnWidth(nameColumn, usualWidth(nameColumn) + left - share);
}

void CredentialTableView::fitColumn(int column)
{
    if (isColumnHidden(column))
        return;
    const int widest =
        std::max(200, viewport()->width() / 2); // a name of 10,000 characters is no reason to lose the rest
    resizeColumnToContents(column);
    setColumnWidth(column, std::min(columnWidth(column) + 8, widest));
    saveColumns();
}
