// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/taborder.h"

#include <QScrollArea>

bool moveFocus(const QWidget &window, QList<QWidget *> parts, bool isForward)
{
    parts.removeIf([&window](const QWidget *part) {
        return part->window() != &window || !part->isVisible() || !part->isEnabled() || part->focusProxy() ||
               !(part->focusPolicy() & Qt::TabFocus);
    });
    if (parts.isEmpty())
        return false;
    const qsizetype current = parts.indexOf(window.focusWidget()); // -1 if none has it
    const qsizetype last = parts.size() - 1;
    QWidget *part =
        isForward ? parts[current == last ? 0 : current + 1] : parts[current <= 0 ? last : current - 1];
    part->setFocus(isForward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget *around = part->parentWidget(); around; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around))
            area->ensureWidgetVisible(part);
    }
    return true;
}
