// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plaintextview.h"

#include "widgets/texttools.h"

#include <QFontDatabase>
#include <QMimeData>
#include <QTextBlock>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr int maxLineLength = 400; // in letters, however wide the view

} // namespace

PlainTextView::PlainTextView(Look look, int maxLines, QWidget *parent)
    : QPlainTextEdit(parent), m_maxLines(maxLines)
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

void PlainTextView::setText(const QString &text, qsizetype max)
{
    const QString shown = shapeable(text, max);
    m_source = text.first(std::min(text.size(), 2 * max));
    m_isLong = shown.size() > m_maxLines * maxLineLength;
    if (m_isLong && !testAttribute(Qt::WA_Resized)) {
        m_later = shown; // to be laid out once, for the width that it gets
    } else {
        m_later.clear();
        setPlainText(shown);
    }
    fitHeight();
}

QString PlainTextView::selectedText() const
{
    const QTextCursor cursor = textCursor();
    return sourceOf(toPlainText(), m_source, cursor.selectionStart(), cursor.selectionEnd());
}

QMimeData *PlainTextView::createMimeDataFromSelection() const
{
    auto *selected = new QMimeData;
    selected->setText(selectedText());
    return selected;
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
    if (!m_later.isNull())
        setPlainText(std::exchange(m_later, {}));
    fitHeight();
}

void PlainTextView::fitHeight()
{
    const int most = m_maxLines * fontMetrics().lineSpacing() + frame();
    const int whole = textHeight(most);
    setVerticalScrollBarPolicy(whole > most ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    if (const int wanted = std::min(whole, most); wanted != height())
        setFixedHeight(wanted);
}

/// Enough to see whether it is more than `most`: laying out a long text takes a while, and is left to the
/// painting.
int PlainTextView::textHeight(int most) const
{
    if (m_isLong)
        return most + 1;
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && height <= most; block = block.next())
        height += blockBoundingRect(block).height();
    return int(std::ceil(height)) + frame() + 1;
}

int PlainTextView::frame() const
{
    return int(2 * document()->documentMargin()) + 2 * frameWidth();
}
