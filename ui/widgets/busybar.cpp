// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/busybar.h"

#include <chrono>

using namespace std::chrono_literals;

BusyBar::BusyBar(const QString &name, QWidget *parent) : QProgressBar(parent)
{
    setAccessibleName(name);
    setRange(0, 0);
    setTextVisible(false);
    setFixedHeight(4);
    QSizePolicy keepsPlace = sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    setSizePolicy(keepsPlace);
    hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(300ms);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        show();
        Q_EMIT appeared();
    });
}

void BusyBar::setBusy(bool isBusy)
{
    if (!isBusy) {
        m_delay.stop();
        hide();
    } else if (!isVisible() && !m_delay.isActive()) {
        m_delay.start();
    }
}
