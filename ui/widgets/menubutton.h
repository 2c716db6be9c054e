// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

/// A tool button for a menu that opens without an event loop of its own, which would keep assistive
/// technology waiting for the press to end.
class MenuButton : public QToolButton
{
    Q_OBJECT

public:
    using QToolButton::QToolButton;

    /// The button does not own the menu.
    void setMenu(QMenu *menu);
    void openMenu();

    QSize sizeHint() const override;

protected:
    void initStyleOption(QStyleOptionToolButton *option) const override;
};
