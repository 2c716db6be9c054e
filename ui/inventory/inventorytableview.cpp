// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/inventorytableview.h"

#include "browse/celldelegates.h"
#include "models/expiry.h"
#include "models/inventorymodel.h"
#include "widgets/symbolicicon.h"
#include "widgets/tones.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

/// Marks, besides, what expires soon or has, and where a group of rows begins.
class InventoryDelegate : public CredentialDelegate
{
public:
    using CredentialDelegate::CredentialDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        CredentialDelegate::paint(painter, option, index);
        if (!isFirstAfterGroup(index))
            return;
        painter->setPen(option.palette.color(QPalette::Mid));
        painter->drawLine(option.rect.topLeft(), option.rect.topRight());
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        CredentialDelegate::initStyleOption(option, index);
        if (index.column() == InventoryModel::Key)
            option->textElideMode = Qt::ElideMiddle; // the last characters tell keys apart
        if (index.column() != InventoryModel::Expires)
            return;
        const QVariant state = index.data(InventoryModel::ExpiryRole);
        if (!state.isValid() || state.toInt() == int(Expiry::State::Later))
            return;
        const bool hasExpired = state.toInt() == int(Expiry::State::Expired);
        const QColor color = severityColor(option->palette, hasExpired ? Severity::Error : Severity::Warning);
        option->palette.setColor(QPalette::Text, color);
        option->icon = iconOf(hasExpired, color, *option->widget);
        option->features |= QStyleOptionViewItem::HasDecoration;
    }

private:
    /// Of another group, or of what is in none.
    static bool isFirstAfterGroup(const QModelIndex &index)
    {
        const auto &model = *static_cast<const InventoryModel *>(index.model());
        const int row = index.row();
        if (!model.isGroupedByKey() || row < 2)
            return false;
        const quint64 key = model.row(row - 1).keyId;
        return key != 0 && key == model.row(row - 2).keyId && key != model.row(row).keyId;
    }

    const QIcon &iconOf(bool hasExpired, const QColor &color, const QWidget &view) const
    {
        Mark &mark = m_marks[hasExpired ? 1 : 0];
        if (mark.color != color) {
            const QIcon shape = symbolicIcon(hasExpired ? u"error"_s : u"warning"_s);
            mark.color = color;
            mark.icon = QIcon(tintedPixmap(shape, color, view));
            mark.icon.addPixmap(tintedPixmap(shape, view.palette().color(QPalette::HighlightedText), view),
                                QIcon::Selected);
        }
        return mark.icon;
    }

    struct Mark
    {
        QColor color;
        QIcon icon;
    };
    mutable Mark m_marks[2]; ///< of what expires soon, and has expired
};

} // namespace

InventoryTableView::InventoryTableView(InventoryModel &model, QSettings &settings)
    : CredentialTableView(model, CredentialTableLayout::ofAllApplications(), settings)
{
    setItemDelegate(new InventoryDelegate(this));
    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, &InventoryTableView::keepTop);
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this, &InventoryTableView::keepTop);
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &InventoryTableView::keepTop);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &InventoryTableView::paintFirstRows);
}

void InventoryTableView::showFromStart()
{
    m_top = QModelIndex();
    const QModelIndex current = currentIndex();
    if (current.isValid() && selectionModel()->isSelected(current))
        scrollTo(current);
    else
        scrollToTop();
}

void InventoryTableView::cellDoubleClicked(const QModelIndex &cell)
{
    if (cell.column() == InventoryModel::ApplicationName)
        Q_EMIT applicationDoubleClicked(cell.row());
    else
        CredentialTableView::cellDoubleClicked(cell);
}

void InventoryTableView::updateGeometries()
{
    CredentialTableView::updateGeometries();
    if (!m_top.isValid())
        return;
    const int row = m_top.row();
    m_top = QModelIndex();
    verticalScrollBar()->setValue(
        verticalScrollMode() == ScrollPerItem ? row : verticalHeader()->sectionPosition(row));
}

/// At once: the answers that come with the first one would go before an update that is only asked for.
void InventoryTableView::paintFirstRows(const QModelIndex &, int first, int last)
{
    if (first == 0 && last + 1 == model()->rowCount())
        viewport()->repaint();
}

/// Who looks at the first row wants to see what comes before it.
void InventoryTableView::keepTop()
{
    if (!m_top.isValid() && verticalScrollBar()->value() > 0)
        m_top = model()->index(rowAt(0), 0);
}
