// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textedit.h"

#include "widgets/textoffer.h"

#include <QDropEvent>
#include <QMimeData>
#include <QTextBlock>

#include <cmath>

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

/// What is not taken in as well, to say so.
bool TextEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return textOffer(source).kind != TextOffer::Kind::None || QPlainTextEdit::canInsertFromMimeData(source);
}

/// Why what is offered is not taken in, or nothing.
QString TextEdit::problemOf(const QMimeData *offered) const
{
    const TextOffer offer = textOffer(offered);
    QString why = offerProblem(offer, m_takesFiles);
    if (!why.isEmpty() || offer.kind == TextOffer::Kind::File)
        return why;
    const QTextCursor cursor = textCursor();
    QString rest = text();
    rest.remove(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart());
    return roomProblem({rest, offered->text()}, maxCharacters);
}

void TextEdit::insertFromMimeData(const QMimeData *source)
{
    const TextOffer offer = textOffer(source);
    if (const QString why = problemOf(source); !why.isEmpty())
        Q_EMIT refused(why);
    else if (offer.kind == TextOffer::Kind::File)
        Q_EMIT fileOffered(offer.path);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

void TextEdit::dropEvent(QDropEvent *event)
{
    const TextOffer offer = textOffer(event->mimeData());
    if (offer.kind != TextOffer::Kind::File && problemOf(event->mimeData()).isEmpty()) {
        QPlainTextEdit::dropEvent(event);
        return;
    }
    // Qt would say that the text has changed.
    QDragLeaveEvent end;
    dragLeaveEvent(&end);
    insertFromMimeData(event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->accept();
}
