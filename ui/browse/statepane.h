// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/pagemessages.h"

#include <QWidget>

class PlainLabel;
class QHBoxLayout;
class QPushButton;
class TonedLabel;

/// What stands where the rows would be when there are none: why, and what to do.
class StatePane : public QWidget
{
    Q_OBJECT

public:
    explicit StatePane(QWidget *parent = nullptr);

    void showState(const StateMessage &state);

    /// Has assistive technology say it.
    void announce();

Q_SIGNALS:
    void actionChosen(StateMessage::Action action);

protected:
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    PlainLabel *m_icon;
    PlainLabel *m_title;
    TonedLabel *m_text;
    QHBoxLayout *m_buttons;
    QPushButton *m_button;
    QPushButton *m_otherButton = nullptr; ///< once there is something else to do
    StateMessage m_state;
};
