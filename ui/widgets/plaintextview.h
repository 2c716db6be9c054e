// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/textbounds.h"

#include <QPlainTextEdit>

/// A text from outside, shown literally, to be read and copied. As high as the text, up to a number of lines.
class PlainTextView : public QPlainTextEdit
{
    Q_OBJECT

public:
    enum class Look {
        Prose, ///< looks like a label, wraps anywhere
        Code,  ///< fixed width in a frame: PEM, JSON
    };

    PlainTextView(Look look, int maxLines, QWidget *parent = nullptr);

    /// Shows the first `max` characters of it, as shapeable() counts them.
    void setText(const QString &text, qsizetype max = maxShownCharacters);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    /// What is selected, as it was set: without what was put in to have it drawn.
    QString selectedText() const;
    QMimeData *createMimeDataFromSelection() const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
    int textHeight(int most) const;
    int frame() const;

    const int m_maxLines;
    bool m_isLong = false; ///< surely more than the most lines
    QString m_later;       ///< shown once it has a width
    QString m_source;      ///< what is shown, as it was set
};
