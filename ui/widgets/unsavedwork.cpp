// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/unsavedwork.h"

#include <QApplication>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <algorithm>

namespace {

/// The window that would lose something, if there is one.
QWidget *windowWithWork()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    const auto found = std::ranges::find_if(windows, [](QWidget *window) {
        const auto *work = window->isVisible() ? dynamic_cast<UnsavedWork *>(window) : nullptr;
        return work && work->hasUnsavedWork();
    });
    return found == windows.end() ? nullptr : *found;
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
