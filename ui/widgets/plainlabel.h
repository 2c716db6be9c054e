// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

/// A label that shows any text literally: no markup, no mnemonics but for a buddy, and no word so long that
/// it would not wrap. Every label of the program is one.
class PlainLabel : public QLabel
{
    Q_OBJECT

public:
    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr);

    /// What was set; what is shown may be cut, and have places to wrap.
    const QString &text() const { return m_text; }
    void setText(const QString &text);

    /// Sets the text of a label that has an accessible name, which would otherwise hide the text from a
    /// screen reader.
    void setMessage(const QString &message);

private:
    QString m_text;
    bool m_isNamedByText = false;
};
