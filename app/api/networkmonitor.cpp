// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/networkmonitor.h"

#include <QNetworkInformation>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

template<typename SystemClock>
milliseconds now()
{
    return duration_cast<milliseconds>(SystemClock::now().time_since_epoch());
}

} // namespace

NetworkMonitor::NetworkMonitor(QObject *parent)
    : NetworkMonitor(now<system_clock>, now<steady_clock>, 5s, parent)
{
}

NetworkMonitor::NetworkMonitor(Clock wall, Clock steady, milliseconds interval, QObject *parent)
    : QObject(parent), m_wall(std::move(wall)), m_steady(std::move(steady))
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &NetworkMonitor::compareClocks);
}

void NetworkMonitor::start()
{
    m_lookedAt = m_steady();
    m_difference = m_wall() - m_lookedAt;
    m_timer.start();
    if (!QNetworkInformation::loadDefaultBackend())
        return; // the system does not tell
    const QNetworkInformation *system = QNetworkInformation::instance();
    connect(system, &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability != QNetworkInformation::Reachability::Disconnected)
                    Q_EMIT networkChanged();
            });
    connect(system, &QNetworkInformation::transportMediumChanged, this, &NetworkMonitor::networkChanged);
}

void NetworkMonitor::compareClocks()
{
    const milliseconds steady = m_steady();
    const milliseconds difference = m_wall() - steady;
    const bool hasJumped = abs(difference - m_difference) > maxClockDrift;
    const bool isLate = steady - m_lookedAt > m_timer.intervalAsDuration() + maxClockDrift;
    m_difference = difference;
    m_lookedAt = steady;
    if (hasJumped || isLate)
        Q_EMIT networkChanged();
}
