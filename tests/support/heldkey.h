// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTest>
#include <QWindow>

/// A key that is held down, as the display tells of it: to whatever window has the focus at the time.
class HeldKey
{
public:
    explicit HeldKey(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        : m_key(key), m_modifiers(modifiers)
    {
        send(QEvent::KeyPress, false);
    }
    ~HeldKey()
    {
        QTest::qWait(5); // a key takes a moment to come up, and to go down again
        send(QEvent::KeyRelease, false);
        QTest::qWait(5);
    }
    Q_DISABLE_COPY_MOVE(HeldKey)

    /// Repeats for so long, some thirty times a second.
    void repeat(int milliseconds)
    {
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < milliseconds; QTest::qWait(30)) {
            send(QEvent::KeyRelease, true);
            send(QEvent::KeyPress, true);
        }
    }

private:
    void send(QEvent::Type type, bool isRepeated)
    {
        const bool isSpace = m_key == Qt::Key_Space, isEnter = m_key == Qt::Key_Return;
        const QString text = isSpace ? QStringLiteral(" ") : isEnter ? QStringLiteral("\r") : QString();
        if (QWindow *window = QGuiApplication::focusWindow())
            qt_handleKeyEvent(window, type, m_key, m_modifiers, text, isRepeated);
        QCoreApplication::processEvents();
    }

    const Qt::Key m_key;
    const Qt::KeyboardModifiers m_modifiers;
};

/// A fresh press, by whoever has the focus then.
inline void pressKey(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const HeldKey pressed(key, modifiers);
}
