// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/buttonguard.h"

#include <QApplication>
#include <QDialog>
#include <QKeyEvent>
#include <QPushButton>

#include <utility>

namespace {

bool isEnter(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

bool isCommand(const QKeyEvent &event)
{
    return event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
}

/// Whether the receiver takes the key for the press of a button.
bool presses(const QWidget *receiver, const QDialog *dialog, const QKeyEvent &event)
{
    if (receiver == dialog)
        return isEnter(event) || event.matches(QKeySequence::Cancel);
    if (qobject_cast<const QAbstractButton *>(receiver))
        return isEnter(event) || event.key() == Qt::Key_Space || event.key() == Qt::Key_Select;
    return isEnter(event) && isCommand(event);
}

} // namespace

ButtonGuard::ButtonGuard(QDialog *dialog) : QObject(dialog), m_dialog(dialog)
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(settleTime);
    m_settling.setTimerType(Qt::PreciseTimer); // others may be 5% early
    connect(&m_settling, &QTimer::timeout, this, &ButtonGuard::settled);
    qApp->installEventFilter(this); // the parts of the dialog come and go
}

void ButtonGuard::settle(const QList<QPushButton *> &buttons)
{
    for (QPushButton *button : buttons) {
        if (!m_enabled.contains(button))
            m_enabled[button] = button->isEnabledTo(button->parentWidget());
        if (button == m_dialog->focusWidget())
            m_dialog->setFocus(); // or it would go to the next button
        button->setEnabled(false);
    }
    m_settling.start();
}

void ButtonGuard::setEnabled(QPushButton *button, bool isEnabled)
{
    if (const auto settling = m_enabled.find(button); settling != m_enabled.end())
        *settling = isEnabled;
    else
        button->setEnabled(isEnabled);
}

void ButtonGuard::setFocus(QPushButton *button)
{
    if (!m_enabled.contains(button)) {
        button->setFocus();
        return;
    }
    m_dialog->setFocus();
    m_nextFocus = button;
}

void ButtonGuard::settled()
{
    const auto enabled = std::exchange(m_enabled, {});
    for (auto button = enabled.cbegin(); button != enabled.cend(); ++button)
        button.key()->setEnabled(button.value());
    if (m_nextFocus && m_dialog->focusWidget() == m_dialog)
        m_nextFocus->setFocus();
    m_nextFocus.clear();
}

bool ButtonGuard::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::WindowDeactivate && watched == m_dialog)
        m_down.clear(); // what is released elsewhere is not heard here
    if (type != QEvent::KeyPress && type != QEvent::KeyRelease && type != QEvent::ShortcutOverride)
        return false;
    auto *receiver = qobject_cast<QWidget *>(watched);
    if (!receiver || (receiver != m_dialog && !m_dialog->isAncestorOf(receiver)))
        return false;
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (type == QEvent::KeyPress)
        return pressed(receiver, key);
    if (type == QEvent::ShortcutOverride && isCommand(key) && isRepeated(key)) {
        event->accept(); // no shortcut, that is
        return true;
    }
    if (type == QEvent::KeyRelease && !key.isAutoRepeat()) {
        m_down.removeOne(key.key());
        m_released[key.key()] = key.timestamp();
        m_press = nullptr;
    }
    return false;
}

/// Whether the receiver must not hear of it.
bool ButtonGuard::pressed(QWidget *receiver, const QKeyEvent &event)
{
    const bool isOnItsWay = &event == m_press && m_receiver && receiver->isAncestorOf(m_receiver);
    if (!isOnItsWay) {
        m_isRepeat = isRepeated(event);
        if (!m_down.contains(event.key()))
            m_down.append(event.key());
    }
    m_press = &event;
    m_receiver = receiver;
    const bool isTooEarly =
        m_settling.isActive() && receiver == m_dialog && event.matches(QKeySequence::Cancel);
    return isTooEarly || (m_isRepeat && presses(receiver, m_dialog, event));
}

/// Displays may tell that a key repeats by a flag, by a release at the very time of the next press, or by
/// none.
bool ButtonGuard::isRepeated(const QKeyEvent &event) const
{
    return event.isAutoRepeat() || m_down.contains(event.key()) ||
           (event.timestamp() != 0 && event.timestamp() == m_released.value(event.key()));
}
