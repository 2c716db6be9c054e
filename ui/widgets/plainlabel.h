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
    QString shownText() const { return QLabel::text(); }
    void setText(const QString &text);

    /// Sets the text of a label that has an accessible name, which would otherwise hide the text from a
    /// screen reader.
    void setMessage(const QString &message);

    /// From now on no word is too long for the label's width, however narrow that is.
    void fitWords();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QString fitted(const QString &text) const;

    QString m_text;
    bool m_isNamedByText = false;
    bool m_fitsWords = false;
};
