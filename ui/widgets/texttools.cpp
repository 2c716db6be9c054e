// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/texttools.h"

#include <QAction>
#include <QLabel>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace {

QColor mixed(const QColor &a, const QColor &b, qreal shareOfB)
{
    const auto mix = [shareOfB](float x, float y) { return float(x + (y - x) * shareOfB); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

} // namespace

QString singleLine(const QString &text, qsizetype longest)
{
    QString line = text.left(longest);
    for (QChar &c : line) {
        if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode()); // the control pictures: ␀ to ␟
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
        else if (c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x2424);
    }
    if (text.size() > longest)
        line += u'…';
    return line;
}

QString literalToolTip(const QString &text)
{
    constexpr qsizetype longest = 1000;
    QString shown = text.left(longest);
    if (text.size() > longest)
        shown += u'…';
    return u"<p style=\"white-space:pre-wrap\">"_s + shown.toHtmlEscaped() + u"</p>"_s;
}

void setAccessibleText(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setAccessibleDescription(text);
}

void addShortcutToToolTip(QAction *action)
{
    const QString tip = action->toolTip();
    const QKeySequence shortcut = action->shortcut();
    if (!shortcut.isEmpty())
        action->setToolTip(u"%1 (%2)"_s.arg(tip, shortcut.toString(QKeySequence::NativeText)));
}

QColor quietTextColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35);
}

QColor tintedBackground(const QPalette &palette, qreal share)
{
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::Highlight), share);
}
