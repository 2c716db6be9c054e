// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textedit.h"

#include <QMimeData>
#include <QTextBlock>

#include <cmath>

namespace {

QString localFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

} // namespace

TextEdit::TextEdit(int lines, QWidget *parent) : QPlainTextEdit(parent), m_lines(lines)
{
    setTabChangesFocus(true);
}

QString TextEdit::text() const
{
    return document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

void TextEdit::setText(const QString &text)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    document()->clearUndoRedoStacks(); // what was there may be a secret that was moved to its own field
}

QSize TextEdit::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const int padding = int(std::ceil(2 * document()->documentMargin())) + margins.top() + margins.bottom();
    return {fontMetrics().averageCharWidth() * 66, fontMetrics().lineSpacing() * m_lines + padding};
}

QSize TextEdit::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, sizeHint().height()};
}

bool TextEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return (m_takesFiles && !localFile(source).isEmpty()) || QPlainTextEdit::canInsertFromMimeData(source);
}

void TextEdit::insertFromMimeData(const QMimeData *source)
{
    const QString path = m_takesFiles ? localFile(source) : QString();
    if (path.isEmpty())
        QPlainTextEdit::insertFromMimeData(source);
    else
        Q_EMIT fileOffered(path);
}
