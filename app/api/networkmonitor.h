// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

/// Says when open connections may lead nowhere: the system says that its network is another one, or the
/// machine slept.
class NetworkMonitor : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<std::chrono::milliseconds()>;

    /// How far the two clocks may part between two looks at them: a sleep stops the one, and an adjustment of
    /// the other does no harm.
    static constexpr std::chrono::milliseconds maxClockDrift{10'000};

    explicit NetworkMonitor(QObject *parent = nullptr);
    /// `wall` goes on while the machine sleeps, `steady` does not on Linux and does elsewhere. They are
    /// looked at in this interval.
    NetworkMonitor(Clock wall, Clock steady, std::chrono::milliseconds interval, QObject *parent = nullptr);

    /// Begins to watch. Loads what tells of the system's network, which takes some milliseconds.
    void start();

Q_SIGNALS:
    void networkChanged();

private:
    void compareClocks();

    const Clock m_wall;
    const Clock m_steady;
    std::chrono::milliseconds m_difference{0};
    std::chrono::milliseconds m_lookedAt{0}; ///< by the steady clock
    QTimer m_timer;
};
