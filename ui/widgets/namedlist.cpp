// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/namedlist.h"

#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tones.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>

namespace {

constexpr int maxRows = 6;
constexpr int nameRole = Qt::UserRole;
constexpr int detailsRole = Qt::UserRole + 1;

/// Draws a name, and quietly after it what else there is to say.
class NamedDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem row(option);
        initStyleOption(&row, index);
        row.text.clear();
        row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

        const bool isSelected = row.state & QStyle::State_Selected;
        const QPalette &palette = row.palette;
        const QString name = index.data(nameRole).toString();
        const QString details = index.data(detailsRole).toString();
        const int gap = spacing(Space::Related, row.fontMetrics);
        const QRect room = row.rect.adjusted(gap / 2, 0, -gap / 2, 0);
        const int whole = row.fontMetrics.horizontalAdvance(name);
        const int detailsWidth = row.fontMetrics.horizontalAdvance(details);
        const int nameWidth =
            std::min(whole, std::max(room.width() - gap - detailsWidth, room.width() * 2 / 3));
        const auto draw = [&](const QRect &place, const QString &text, const QColor &color) {
            painter->setPen(color);
            const bool fits = row.fontMetrics.horizontalAdvance(text) <= place.width();
            painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextDontClip,
                              fits ? text : row.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
        };
        painter->save();
        painter->setFont(row.font);
        draw(QRect(room.topLeft(), QSize(nameWidth, room.height())), name,
             palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
        draw(room.adjusted(nameWidth + gap, 0, 0, 0), details,
             isSelected ? palette.color(QPalette::HighlightedText) : quietTextColor(palette));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {0, option.fontMetrics.height() + spacing(Space::Small, option.fontMetrics)};
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        if (event->type() != QEvent::ToolTip || !index.isValid())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const QString text = index.data(Qt::DisplayRole).toString();
        QToolTip::showText(event->globalPos(), literalToolTip(text), view->viewport(), option.rect);
        return true;
    }
};

} // namespace

NamedList::NamedList(const QString &name)
{
    setAccessibleName(name);
    setItemDelegate(new NamedDelegate(this));
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void NamedList::addNamed(const QString &name, const QString &details, const QString &text)
{
    auto *row = new QListWidgetItem(text, this);
    row->setData(nameRole, name);
    row->setData(detailsRole, details);
}

void NamedList::fitRows()
{
    setVisible(count() > 0);
    setFixedHeight(std::min(count(), maxRows) * sizeHintForRow(0) + 2 * frameWidth());
}
