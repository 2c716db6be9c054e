// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialtableview.h"

#include "browse/celldelegates.h"
#include "models/credentialtablemodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString columnsKey = u"browser/columns"_s;

/// How many characters as wide as a digit a column usually holds; the names get what is left, but not less.
int usualCharacters(int column)
{
    switch (column) {
    case CredentialTableModel::Name:
        return 18;
    case CredentialTableModel::Type:
        return 24;
    case CredentialTableModel::Status:
        return 12;
    case CredentialTableModel::Description:
        return 40;
    case CredentialTableModel::CreatedBy:
    case CredentialTableModel::Id:
        return 30;
    default:
        return 14;
    }
}

bool isHiddenAtFirst(int column)
{
    return column > CredentialTableModel::LastUpdated;
}

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

CredentialTableView::CredentialTableView(CredentialTableModel &model, QSettings &settings, QWidget *parent)
    : QTableView(parent), m_model(model), m_settings(settings)
{
    setAccessibleName(tr("Credentials"));
    auto *header = new Header(Qt::Horizontal, this);
    setHorizontalHeader(header);
    setModel(&model);
    setItemDelegate(new CredentialDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
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

    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        if (const auto field = CredentialTableModel::sortField(column))
            Q_EMIT sortRequested(*field);
        showOrder(m_model.query());
    });
    connect(header, &QHeaderView::sectionResized, this, [this] { m_areUsual = m_areUsual && m_isFilling; });
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_areUsual = m_areUsual && m_isFilling; });
    connect(header, &QHeaderView::sectionHandleDoubleClicked, this, &CredentialTableView::fitColumn);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &position) {
        QMenu menu;
        fillColumnMenu(&menu, header->logicalIndexAt(position));
        menu.exec(header->mapToGlobal(position));
    });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_isFresh = true; });
}

void CredentialTableView::showOrder(const PageQuery &query)
{
    horizontalHeader()->setSortIndicator(CredentialTableModel::columnOf(query.sortField), query.sortOrder);
}

void CredentialTableView::fillColumnMenu(QMenu *menu, int column)
{
    for (int c = 0; c < CredentialTableModel::ColumnCount; ++c) {
        const QString name = m_model.headerData(c, Qt::Horizontal, Qt::DisplayRole).toString();
        QAction *action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(c));
        action->setEnabled(c != CredentialTableModel::Name); // there is always something to click on
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
        for (int c = 0; c < CredentialTableModel::ColumnCount; ++c)
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
    if (m_areUsual)
        m_settings.remove(columnsKey);
    else
        m_settings.setValue(columnsKey, horizontalHeader()->saveState());
}

int CredentialTableView::usualWidth() const
{
    int width = verticalScrollBar()->sizeHint().width() + 2 * frameWidth();
    for (int c = 0; c < CredentialTableModel::ColumnCount; ++c)
        width += isHiddenAtFirst(c) ? 0 : usualWidth(c);
    return width;
}

int CredentialTableView::usualWidth(int column) const
{
    int &width = m_usualWidths[std::size_t(column)];
    if (width == 0)
        width = std::max(usualCharacters(column) * fontMetrics().horizontalAdvance(u'0'),
                         horizontalHeader()->sectionSizeHint(column));
    return width;
}

int CredentialTableView::selectedRow() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.constFirst().row();
}

void CredentialTableView::setCurrentRow(int row, int column)
{
    selectionModel()->setCurrentIndex(m_model.index(row, column),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void CredentialTableView::keyPressEvent(QKeyEvent *event)
{
    if (event == QKeySequence::Copy && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(
            currentIndex().data(CredentialTableModel::WholeTextRole).toString());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
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
    Q_EMIT selectedRowChanged(selectedRow());
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
        m_usualWidths = {};
}

void CredentialTableView::resetColumns()
{
    const QScopedValueRollback filling(m_isFilling, true);
    QHeaderView *header = horizontalHeader();
    for (int c = 0; c < CredentialTableModel::ColumnCount; ++c) {
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
    const QByteArray state = m_settings.value(columnsKey).toByteArray();
    if (state.isEmpty())
        return;
    m_areUsual = !horizontalHeader()->restoreState(state);
    setColumnHidden(CredentialTableModel::Name, false);
}

/// Gives the names what the other columns leave.
void CredentialTableView::fillWidth()
{
    const QScopedValueRollback filling(m_isFilling, true);
    int left = viewport()->width();
    for (int c = CredentialTableModel::Name + 1; c < CredentialTableModel::ColumnCount; ++c)
        left -= isColumnHidden(c) ? 0 : usualWidth(c);
    setColumnWidth(CredentialTableModel::Name, std::max(left, usualWidth(CredentialTableModel::Name)));
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
