// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class PlainLabel;
class QPushButton;
class TonedLabel;

/// What stands where the rows would be when there are none: why, and what to do.
class StatePane : public QWidget
{
    Q_OBJECT

public:
    explicit StatePane(QWidget *parent = nullptr);

    /// `buttonText` is empty for a state that leaves nothing to do here.
    void showState(const QString &icon, const QString &title, const QString &text,
                   const QString &buttonText = {});

Q_SIGNALS:
    void buttonClicked();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    PlainLabel *m_icon;
    PlainLabel *m_title;
    TonedLabel *m_text;
    QPushButton *m_button;
    QString m_iconName;
};
