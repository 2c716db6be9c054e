// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

/// An editor for plain text of many lines, which Tab leaves, and which gives back blanks as they came.
class TextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// In code points. More is not taken in.
    static constexpr qsizetype maxCharacters = 65'536;

    explicit TextEdit(int lines, QWidget *parent = nullptr);

    /// Unlike toPlainText(), leaves no-break spaces and line separators alone.
    QString text() const;

    /// Replaces everything, as if it had been typed.
    void setText(const QString &text);

    /// Whether a local file that is dropped or pasted is offered by fileOffered(). Otherwise only text is
    /// taken, and no address of a file.
    void setTakesFiles(bool takesFiles) { m_takesFiles = takesFiles; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fileOffered(const QString &path);
    /// Something was not taken in; `why` is in the user's language.
    void refused(const QString &why);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void dropEvent(QDropEvent *event) override;

private:
    QString problemOf(const QMimeData *offered) const;

    const int m_lines;
    bool m_takesFiles = false;
};
