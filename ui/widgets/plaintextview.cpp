// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plaintextview.h"

#include <QFontDatabase>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

PlainTextView::PlainTextView(Look look, int mostLines, QWidget *parent)
    : QPlainTextEdit(parent), m_mostLines(mostLines)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (look == Look::Code) {
        setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    } else {
        setFrameShape(QFrame::NoFrame);
        document()->setDocumentMargin(0);
        viewport()->setAutoFillBackground(false);
    }
}

void PlainTextView::setText(const QString &text)
{
    setPlainText(text);
    fitHeight();
}

QSize PlainTextView::sizeHint() const
{
    return {200, height()};
}

QSize PlainTextView::minimumSizeHint() const
{
    return {60, fontMetrics().lineSpacing()};
}

void PlainTextView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void PlainTextView::fitHeight()
{
    const int whole = textHeight();
    const int most = m_mostLines * fontMetrics().lineSpacing() + frame();
    setVerticalScrollBarPolicy(whole > most ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    if (const int wanted = std::min(whole, most); wanted != height())
        setFixedHeight(wanted);
}

int PlainTextView::textHeight() const
{
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    return int(std::ceil(height)) + frame() + 1;
}

int PlainTextView::frame() const
{
    return int(2 * document()->documentMargin()) + 2 * frameWidth();
}
