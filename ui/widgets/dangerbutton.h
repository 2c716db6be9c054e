// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

/// A button for what destroys something: its words are in the colour of errors while it can be pressed.
class DangerButton : public QPushButton
{
    Q_OBJECT

public:
    explicit DangerButton(const QString &text, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColor();

    bool m_isApplying = false;
};
