// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// What becomes of a field: it is kept as it is, set to a text, or cleared. To set it to nothing is to clear
/// it.
class FieldValue
{
public:
    /// Kept.
    FieldValue() = default;
    static FieldValue set(const QString &text)
    {
        FieldValue value;
        value.m_text = text;
        return value;
    }
    static FieldValue cleared() { return set({}); }

    bool isKept() const { return !m_text; }
    bool isSet() const { return m_text && !m_text->isEmpty(); }
    bool isCleared() const { return m_text && m_text->isEmpty(); }
    /// What it is set to. Only unless it is kept.
    const QString &text() const { return *m_text; }

private:
    std::optional<QString> m_text;
};
