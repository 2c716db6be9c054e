// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/autoretry.h"

#include "errortext.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

using namespace std::chrono_literals;

const AutoRetry::Delays AutoRetry::usualDelays = {5s, 10s, 15s};

AutoRetry::AutoRetry(QWidget *part, Delays delays) : QObject(part), m_part(*part), m_delays(std::move(delays))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AutoRetry::announce);
}

bool AutoRetry::isFor(const ApiError &error)
{
    if (error.proxyRefused) // a wrong password over and over locks accounts
        return false;
    return error.kind == ApiError::Kind::Offline || error.kind == ApiError::Kind::Timeout;
}

QString AutoRetry::textFor(const ApiError &error)
{
    const QString text = errorText(error);
    return isFor(error) ? tr("%1 Credenza keeps trying by itself.").arg(text) : text;
}

void AutoRetry::failed(const ApiError &error)
{
    if (!isFor(error)) {
        reset();
        return;
    }
    m_part.window()->installEventFilter(this);
    m_isOverdue = false;
    m_timer.start(m_delays[std::min(m_failures, m_delays.size() - 1)]);
    ++m_failures;
}

void AutoRetry::hurry()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    announce();
}

void AutoRetry::reset()
{
    m_failures = 0;
    m_isOverdue = false;
    m_timer.stop();
}

bool AutoRetry::eventFilter(QObject *watched, QEvent *event)
{
    if (m_isOverdue && (event->type() == QEvent::Show || event->type() == QEvent::WindowStateChange))
        announce();
    return QObject::eventFilter(watched, event);
}

void AutoRetry::announce()
{
    const QWidget *window = m_part.window();
    m_isOverdue = !window->isVisible() || window->isMinimized();
    if (!m_isOverdue)
        Q_EMIT due();
}
