// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    PlainTextView(Look look, int mostLines, QWidget *parent = nullptr);

    void setText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
    int textHeight() const;
    int frame() const;

    const int m_mostLines;
};
