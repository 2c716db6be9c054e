// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPushButton>
#include <QStyle>

class PlainLabel;

/// A line across a pane that says what happened and offers what to do about it. Assistive technology hears
/// it.
class MessageBanner : public QFrame
{
    Q_OBJECT

public:
    /// The accent, or the colour that warnings have.
    enum class Tone { Accent, Attention };

    /// `name` is what a screen reader calls the message.
    MessageBanner(const QString &name, QStyle::StandardPixmap icon, Tone tone = Tone::Accent);

    /// The button belongs to the banner; the order is the order of adding.
    QPushButton *addButton(const QString &text);
    void addCloseButton();

    /// Shows the banner. `text` is plain, whatever it holds.
    void showMessage(const QString &text);

Q_SIGNALS:
    /// By the person, with the close button.
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void showIcon();

    PlainLabel *m_icon;
    PlainLabel *m_text;
    const QStyle::StandardPixmap m_pixmap;
    const Tone m_tone;
};
