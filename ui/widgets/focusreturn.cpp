// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/focusreturn.h"

#include <QEvent>
#include <QGuiApplication>
#include <QTimer>
#include <QWindow>

FocusReturn::FocusReturn(QWidget *window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

bool FocusReturn::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window)
        return false;
    if (event->type() == QEvent::WindowBlocked) {
        m_before = m_window->focusWidget();
        m_isBlocked = true;
    } else if (event->type() == QEvent::WindowUnblocked && m_isBlocked) {
        m_isBlocked = false;
        unblocked();
    }
    return false;
}

/// The focus at once: whoever has the dialog closed may want it elsewhere next. The window later: another
/// dialog may open, or this one close.
void FocusReturn::unblocked()
{
    const QWidget *now = m_window->focusWidget();
    const bool isElsewhere = now && now->isVisibleTo(m_window) && now->isEnabled(); // for a reason
    if (m_before && !isElsewhere && m_before->window() == m_window && m_before->isVisibleTo(m_window) &&
        m_before->isEnabled())
        m_before->setFocus(Qt::ActiveWindowFocusReason);
    m_before.clear();
    if (QGuiApplication::applicationState() != Qt::ApplicationActive)
        return; // somebody works elsewhere
    QTimer::singleShot(0, this, [this] {
        if (m_window->isVisible() && !m_isBlocked &&
            QGuiApplication::focusWindow() != m_window->windowHandle())
            m_window->activateWindow();
    });
}
