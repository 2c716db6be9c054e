// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/celldelegates.h"

#include "models/applicationtreemodel.h"
#include "models/credentialrows.h"
#include "widgets/scales.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tones.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace {

constexpr int verticalPadding = 5;

/// What the model has to add to the text, or the whole of one that `needed` more width than its cell has;
/// never read as HTML.
void showLiteralToolTip(QHelpEvent *event, QWidget *view, const QRect &cell, const QModelIndex &index,
                        int needed)
{
    const QString text = index.data(Qt::DisplayRole).toString();
    QString tip = index.data(Qt::ToolTipRole).toString();
    if (tip.isEmpty() || tip == text)
        tip = needed > cell.width() ? text : QString();
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), literalToolTip(tip), view, cell);
}

/// Of a group of applications.
bool isHeading(const QModelIndex &index)
{
    return !index.parent().isValid() &&
           index.siblingAtColumn(ApplicationTreeModel::Name).data(ApplicationTreeModel::IdRole).isNull();
}

/// A filled dot for on, a ring for off.
QIcon statusIcon(bool isOn, const QPalette &palette)
{
    constexpr int size = 16;
    QIcon icon;
    for (const auto mode : {QIcon::Normal, QIcon::Selected}) {
        QPixmap pixmap(size * 2, size * 2);
        pixmap.setDevicePixelRatio(2);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor color = palette.color(mode == QIcon::Selected ? QPalette::HighlightedText
                                           : isOn                  ? QPalette::Highlight
                                                                   : QPalette::Text);
        painter.setPen(QPen(color, 1.4));
        painter.setBrush(isOn ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QRectF(4.2, 4.2, 7.6, 7.6));
        painter.end();
        icon.addPixmap(pixmap, mode);
    }
    return icon;
}

} // namespace

QSize CredentialDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rheight() += 2 * verticalPadding;
    return size;
}

bool CredentialDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                   const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) // beside the rows
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    showLiteralToolTip(event, view->viewport(), option.rect, index, sizeHint(option, index).width());
    return true;
}

/// As the style would, but that lays out every text three times over.
void CredentialDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle *style = cell.widget->style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);

    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    const bool isSelected = cell.state & QStyle::State_Selected;
    QRect rest = cell.rect.adjusted(margin, 0, -margin, 0);
    const auto mirrored = [&cell](const QRect &rect) {
        return QStyle::visualRect(cell.direction, cell.rect, rect);
    };
    if (cell.features & QStyleOptionViewItem::HasDecoration) {
        QRect icon(rest.topLeft(), cell.decorationSize);
        icon.moveTop(rest.top() + (rest.height() - icon.height()) / 2);
        cell.icon.paint(painter, mirrored(icon), Qt::AlignCenter,
                        !(cell.state & QStyle::State_Enabled) ? QIcon::Disabled
                        : isSelected                          ? QIcon::Selected
                                                              : QIcon::Normal);
        rest.setLeft(icon.right() + 1 + 2 * margin);
    }

    const QStaticText text = elidedText(cell, rest.width());
    const QSize size = text.size().toSize();
    const QRect place(rest.left(), rest.top() + (rest.height() - size.height()) / 2, size.width(),
                      size.height());
    const auto group = !(cell.state & QStyle::State_Enabled)  ? QPalette::Disabled
                       : !(cell.state & QStyle::State_Active) ? QPalette::Inactive
                                                              : QPalette::Normal;
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawStaticText(mirrored(place).topLeft(), text);

    if (cell.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(cell);
        focus.state |= QStyle::State_KeyboardFocusChange | QStyle::State_Item;
        focus.backgroundColor =
            cell.palette.color(group, isSelected ? QPalette::Highlight : QPalette::Window);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, cell.widget);
    }
}

QStaticText CredentialDelegate::elidedText(const QStyleOptionViewItem &option, int width) const
{
    if (m_textFont != option.font) {
        m_texts.clear();
        m_textFont = option.font;
    }
    const std::pair key(option.text, width);
    if (const QStaticText *known = m_texts.object(key))
        return *known;
    QStaticText text(option.text);
    QTextOption layout;
    layout.setWrapMode(QTextOption::NoWrap);
    layout.setTextDirection(option.direction);
    text.setTextFormat(Qt::PlainText);
    text.setTextOption(layout);
    text.prepare({}, option.font);
    if (text.size().width() > width) {
        text.setText(option.fontMetrics.elidedText(option.text, option.textElideMode, width));
        text.prepare({}, option.font);
    }
    m_texts.insert(key, new QStaticText(text));
    return text;
}

void CredentialDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = singleLine(option->text);
    const auto *model = static_cast<const CredentialRows *>(index.model());
    const std::optional<bool> isEnabled = model->enabledAt(index.row());
    if (index.column() == model->typeColumn()) {
        const QString type = model->typeAt(index.row());
        QIcon &icon = m_typeIcons[type];
        if (icon.isNull())
            icon = credentialTypeIcon(type);
        option->icon = icon;
        option->features |= QStyleOptionViewItem::HasDecoration;
    } else if (index.column() == model->statusColumn() && isEnabled) {
        option->icon = cachedStatusIcon(*isEnabled, option->palette);
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
    if (model->isStale() || isEnabled == false)
        option->palette.setColor(QPalette::Text, quietTextColor(option->palette));
}

QIcon CredentialDelegate::cachedStatusIcon(bool isEnabled, const QPalette &palette) const
{
    if (m_iconPalette != palette.cacheKey()) {
        m_iconPalette = palette.cacheKey();
        m_enabledIcon = statusIcon(true, palette);
        m_disabledIcon = statusIcon(false, palette);
    }
    return isEnabled ? m_enabledIcon : m_disabledIcon;
}

QSize ApplicationDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // By the font alone: the view makes rows of it, and laying out every text would hold up the first paint.
    const bool isLaterGroup = isHeading(index) && index.row() > 0;
    return {0, option.fontMetrics.height() + (isLaterGroup ? 4 : 2) * verticalPadding};
}

bool ApplicationDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) // beside the rows
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const int needed = QStyledItemDelegate::sizeHint(option, index).width();
    showLiteralToolTip(event, view->viewport(), option.rect, index, needed);
    return true;
}

void ApplicationDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = singleLine(option->text);
    if (isHeading(index)) {
        option->font = TypeScale::scaled(option->font, TypeScale::quiet);
        option->font.setBold(true);
        option->displayAlignment = Qt::AlignLeft | Qt::AlignBottom;
        option->palette.setColor(QPalette::Text, quietTextColor(option->palette));
        option->rect.adjust(0, 0, 0, -verticalPadding);
        option->state &= ~QStyle::State_MouseOver;
    } else if (index.column() == ApplicationTreeModel::CredentialCount) {
        option->palette.setColor(QPalette::Text, quietTextColor(option->palette));
    }
}
