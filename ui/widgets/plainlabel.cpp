// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plainlabel.h"

#include "widgets/texttools.h"

PlainLabel::PlainLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
}

PlainLabel::PlainLabel(const QString &text, QWidget *parent) : PlainLabel(parent)
{
    setText(text);
}

void PlainLabel::setText(const QString &text)
{
    m_text = text;
    // Where it can be copied, what one may want to copy stays whole, such as the path of a file.
    const bool isCopied = textInteractionFlags() & Qt::TextSelectableByMouse;
    const QString shown = m_fitsWords ? fitted(text) : isCopied ? wrappable(text, 200) : wrappable(text);
    QLabel::setText(shown);
    // Assistive technology would hear the places to wrap.
    const bool needsName = shown != text && (accessibleName().isEmpty() || m_isNamedByText);
    if (needsName || m_isNamedByText)
        setAccessibleName(needsName ? firstCharacters(text) : QString());
    m_isNamedByText = needsName;
}

void PlainLabel::setMessage(const QString &message)
{
    setText(message);
    setAccessibleDescription(firstCharacters(message));
}

void PlainLabel::fitWords()
{
    m_fitsWords = true;
    setWordWrap(true);
    setMinimumWidth(1);
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_fitsWords)
        setText(m_text);
}

/// With places to wrap in the words that are wider than the label.
QString PlainLabel::fitted(const QString &text) const
{
    const int width = contentsRect().width();
    QStringList words = wrappable(text).split(u' ');
    for (QString &word : words) {
        if (fontMetrics().horizontalAdvance(word) > width)
            word = wrappable(word, 1);
    }
    return words.join(u' ');
}
