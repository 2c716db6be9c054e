// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wiping.h"

#include <QString>

/// The text of a secret with a cursor and a selection. It keeps no history and overwrites what it lets go.
///
/// Positions count UTF-16 units and never stand within a surrogate pair. Line breaks are line feeds, whatever
/// came in; all other characters stay as they came.
class SecretText
{
public:
    SecretText() = default;
    ~SecretText() { wipe(m_text); }
    Q_DISABLE_COPY_MOVE(SecretText)

    const QString &text() const { return m_text; }
    qsizetype size() const { return m_text.size(); }
    qsizetype cursor() const { return m_cursor; }
    qsizetype anchor() const { return m_anchor; }
    bool hasSelection() const { return m_cursor != m_anchor; }
    qsizetype selectionStart() const { return qMin(m_cursor, m_anchor); }
    qsizetype selectionEnd() const { return qMax(m_cursor, m_anchor); }

    void moveTo(qsizetype position, bool keepAnchor = false);
    void select(qsizetype anchor, qsizetype cursor);

    /// Puts `inserted` in the place of what is between the positions; the cursor comes to stand behind it.
    void replace(qsizetype start, qsizetype end, QStringView inserted);

    /// The next position, or the one before: a code point further.
    qsizetype after(qsizetype position) const;
    qsizetype before(qsizetype position) const;

    qsizetype lineStart(qsizetype position) const;
    qsizetype lineEnd(qsizetype position) const; ///< before the line feed

    /// Positions in code points, as those who see bullets only count.
    int codePointsBefore(qsizetype position) const;
    qsizetype position(int codePoints) const;

private:
    qsizetype valid(qsizetype position) const;

    QString m_text;
    qsizetype m_cursor = 0;
    qsizetype m_anchor = 0;
};
