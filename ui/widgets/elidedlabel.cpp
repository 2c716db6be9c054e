// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/elidedlabel.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace {

/// Lays the text out in lines of this width, as far as they fit into the height. Returns whether all do.
bool layOut(QTextLayout &layout, QSize size, Qt::Alignment alignment)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setAlignment(alignment);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    bool isWhole = true;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(size.width());
        if (layout.lineCount() > 1 && y + line.height() > size.height()) {
            isWhole = false;
            break;
        }
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return isWhole;
}

} // namespace

ElidedLabel::ElidedLabel(Tone tone, QWidget *parent) : TonedLabel(tone, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

bool ElidedLabel::fitsInto(QSize size) const
{
    QTextLayout layout(shownText().replace(u'\n', QChar::LineSeparator), font());
    return layOut(layout, size, Qt::AlignLeft);
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    const QString text = shownText().replace(u'\n', QChar::LineSeparator);
    QTextLayout layout(text, font());
    const Qt::Alignment alignment =
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading) | Qt::AlignAbsolute;
    const bool isWhole = layOut(layout, size(), alignment);
    const int lines = isWhole ? layout.lineCount() : layout.lineCount() - 1; // the last one has no place
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    for (int i = 0; i < lines; ++i) {
        const QTextLine line = layout.lineAt(i);
        if (isWhole || i < lines - 1) {
            line.draw(&painter, {});
            continue;
        }
        QString rest = text.sliced(line.textStart());
        rest.replace(QChar::LineSeparator, u' ');
        const QRectF place(0, line.y(), width(), line.height());
        painter.drawText(place, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                         fontMetrics().elidedText(rest, Qt::ElideRight, width()));
    }
}
