// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/menubutton.h"

#include <QMenu>
#include <QStyleOptionToolButton>

void MenuButton::setMenu(QMenu *menu)
{
    QToolButton::setMenu(menu);
    setPopupMode(InstantPopup);
    disconnect(this, &QToolButton::pressed, this, nullptr); // Qt's own way to open the menu
    menu->setAttribute(Qt::WA_NoMouseReplay); // a click on the button closes the menu and does not reopen it
    connect(this, &QToolButton::pressed, this, &MenuButton::openMenu);
    connect(menu, &QMenu::aboutToHide, this, qOverload<>(&QWidget::update));
}

void MenuButton::openMenu()
{
    setDown(false); // the release goes to the menu
    const QPoint below = mapToGlobal(isRightToLeft() ? rect().bottomRight() : rect().bottomLeft());
    menu()->popup(isRightToLeft() ? below - QPoint(menu()->sizeHint().width(), 0) : below);
    update();
}

void MenuButton::initStyleOption(QStyleOptionToolButton *option) const
{
    QToolButton::initStyleOption(option);
    if (menu() && menu()->isVisible())
        option->state |= QStyle::State_Sunken;
}
