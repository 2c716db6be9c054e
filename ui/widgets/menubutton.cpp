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

QSize MenuButton::sizeHint() const
{
    return QToolButton::sizeHint() +
           QSize(style()->pixelMetric(QStyle::PM_MenuButtonIndicator, nullptr, this), 0);
}

void MenuButton::openMenu()
{
    setDown(false); // the release goes to the menu
    // The button ends a row: so do they together, or a wide menu would stick out of the window.
    const int left = isRightToLeft() ? 0 : width() - menu()->sizeHint().width();
    menu()->popup(mapToGlobal(QPoint(left, height())));
    update();
}

void MenuButton::initStyleOption(QStyleOptionToolButton *option) const
{
    QToolButton::initStyleOption(option);
    if (menu() && menu()->isVisible())
        option->state |= QStyle::State_Sunken;
    // An arrow beside the text, instead of a smaller one below its end.
    option->features |= QStyleOptionToolButton::MenuButtonPopup;
    option->subControls |= QStyle::SC_ToolButtonMenu;
}
