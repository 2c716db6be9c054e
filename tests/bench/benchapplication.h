// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures.h"

#include <QApplication>
#include <QWidget>

#include <functional>

/// An application that knows when a frame of one of its widgets has been painted.
class BenchApplication : public QApplication
{
    Q_OBJECT

public:
    using QApplication::QApplication;

    /// Whose frames count.
    void watch(const QWidget *widget) { m_watched = widget; }

    /// Does it, and handles events until a frame has been painted of which `isShown` holds; how many
    /// milliseconds that took in all. Ends the program if it takes ten seconds.
    double untilPainted(const std::function<void()> &gesture, const std::function<bool()> &isShown);
    /// When the last untilPainted() ended.
    Clock::time_point paintedAt() const { return m_paintedAt; }

    /// How often one was shown.
    int progressBars() const { return m_progressBars; }

    bool notify(QObject *receiver, QEvent *event) override;

Q_SIGNALS:
    /// The frame has been handed to the display.
    void framePainted();

private:
    const QObject *m_watched = nullptr;
    bool m_isPainted = false; ///< in the frame that is being painted
    int m_progressBars = 0;
    Clock::time_point m_paintedAt;
};
