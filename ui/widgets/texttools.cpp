// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/texttools.h"

#include <QAction>
#include <QLabel>

using namespace Qt::StringLiterals;

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
