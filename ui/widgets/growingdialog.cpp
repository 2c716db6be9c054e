// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/growingdialog.h"

#include <QEvent>
#include <QLayout>

bool GrowingDialog::event(QEvent *event)
{
    const bool isHandled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && layout()) {
        const int needed = layout()->totalHeightForWidth(width());
        if (height() < needed)
            resize(width(), needed);
    }
    return isHandled;
}
