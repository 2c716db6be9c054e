// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secrettext.h"

#include "domain/draftvalidator.h"

#include <algorithm>

namespace {

bool splitsPair(QStringView text, qsizetype position)
{
    return position > 0 && position < text.size() && text[position].isLowSurrogate() &&
           text[position - 1].isHighSurrogate();
}

void appendWithLineFeeds(QString &text, QStringView added)
{
    for (qsizetype i = 0; i < added.size(); ++i) {
        if (added[i] != u'\r')
            text += added[i];
        else if (i + 1 == added.size() || added[i + 1] != u'\n')
            text += u'\n';
    }
}

} // namespace

void SecretText::moveTo(qsizetype position, bool keepAnchor)
{
    m_cursor = valid(position);
    if (!keepAnchor)
        m_anchor = m_cursor;
}

void SecretText::select(qsizetype anchor, qsizetype cursor)
{
    m_anchor = valid(anchor);
    m_cursor = valid(cursor);
}

void SecretText::replace(qsizetype start, qsizetype end, QStringView inserted)
{
    start = valid(start);
    end = std::max(start, valid(end));
    QString text;
    text.reserve(m_text.size() + inserted.size()); // one block: no copy is left behind by growing
    text += QStringView(m_text).first(start);
    appendWithLineFeeds(text, inserted);
    const qsizetype cursor = text.size();
    text += QStringView(m_text).sliced(end);
    m_text.swap(text);
    wipe(text);
    moveTo(cursor);
}

qsizetype SecretText::after(qsizetype position) const
{
    if (position >= m_text.size())
        return m_text.size();
    return splitsPair(m_text, position + 1) ? position + 2 : position + 1;
}

qsizetype SecretText::before(qsizetype position) const
{
    if (position <= 0)
        return 0;
    return splitsPair(m_text, position - 1) ? position - 2 : position - 1;
}

qsizetype SecretText::lineStart(qsizetype position) const
{
    return position > 0 ? m_text.lastIndexOf(u'\n', position - 1) + 1 : 0;
}

qsizetype SecretText::lineEnd(qsizetype position) const
{
    const qsizetype end = m_text.indexOf(u'\n', position);
    return end < 0 ? m_text.size() : end;
}

int SecretText::codePointsBefore(qsizetype position) const
{
    return int(DraftValidator::codePoints(QStringView(m_text).first(valid(position))));
}

qsizetype SecretText::position(int codePoints) const
{
    qsizetype position = 0;
    while (codePoints-- > 0 && position < m_text.size())
        position = after(position);
    return position;
}

qsizetype SecretText::valid(qsizetype position) const
{
    position = std::clamp<qsizetype>(position, 0, m_text.size());
    return splitsPair(m_text, position) ? position - 1 : position;
}
