// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class LoadingBar;
class PlainLabel;

/// Says what a dialog waits for, that it takes long if it does, and offers to stop it. Has a height of two
/// lines whatever it says.
class WaitingRow : public QWidget
{
    Q_OBJECT

public:
    /// `name` is what a screen reader calls the bar.
    explicit WaitingRow(const QString &name);

    /// What is waited for, in words; empty: nothing.
    void setText(const QString &text);

Q_SIGNALS:
    void stopClicked();

private:
    void updateLabel();

    QString m_text;
    LoadingBar *m_bar;
    PlainLabel *m_label;
};
