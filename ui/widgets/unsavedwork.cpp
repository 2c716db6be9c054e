// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/unsavedwork.h"

#include <QApplication>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace {

/// Whether it stands over that window.
bool isOver(const QWidget *window, const QWidget *other)
{
    for (const QWidget *below = window->parentWidget(); below; below = below->parentWidget()) {
        if (below->window() == other)
            return true;
    }
    return false;
}

/// The window that would lose something, if there is one: of several the one that stands over the others.
QWidget *windowWithWork()
{
    QWidget *found = nullptr;
    for (QWidget *window : QApplication::topLevelWidgets()) {
        const auto *work = window->isVisible() ? dynamic_cast<UnsavedWork *>(window) : nullptr;
        if (work && work->hasUnsavedWork() && (!found || isOver(window, found)))
            found = window;
    }
    return found;
}

} // namespace

bool isAnyWorkUnsaved()
{
    return windowWithWork();
}

void afterUnsavedWork(QObject *context, std::function<void()> then)
{
    QWidget *window = windowWithWork();
    if (!window) {
        then();
        return;
    }
    window->raise();
    window->activateWindow();
    dynamic_cast<UnsavedWork *>(window)->giveUpWork([context = QPointer(context), then = std::move(then)] {
        if (context) // through the event loop: the window that tells may go
            QTimer::singleShot(0, context, [context, then] { afterUnsavedWork(context, then); });
    });
}
