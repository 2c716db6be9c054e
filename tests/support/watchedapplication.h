// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include <chrono>

/// An application that measures how long a single event holds the GUI thread, working or waiting.
///
/// The time that the thread could run but other threads had the processor is not counted: a busy machine
/// holds up every program.
class WatchedApplication : public QApplication
{
    Q_OBJECT

public:
    WatchedApplication(int &argc, char **argv);
    ~WatchedApplication() override;

    /// The longest since forget().
    std::chrono::milliseconds longestEvent() const;
    void forget() { m_longest = {}; }

    bool notify(QObject *receiver, QEvent *event) override;

private:
    /// A clock that stands still while the thread waits for a processor.
    std::chrono::nanoseconds now() const;

    const int m_schedule; ///< a file of the system's: how long this thread ran, and how long it waited to
    int m_depth = 0;
    std::chrono::nanoseconds m_longest{0};
};
