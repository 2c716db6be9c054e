// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>

class QDialog;
class QKeyEvent;
class QPushButton;

/// Keeps the buttons of a dialog from being pressed by accident.
///
/// None acts by a key that was down before: a key that repeats types, but presses nothing. Buttons whose
/// meaning has changed can't be pressed for half a second, and are seen to be disabled; Escape waits as long.
class ButtonGuard : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds settleTime{500};

    /// Belongs to the dialog.
    explicit ButtonGuard(QDialog *dialog);

    /// What these do has just changed. If one of them has the focus, the dialog gets it.
    void settle(const QList<QPushButton *> &buttons);

    /// Enables or disables a button, once it has settled.
    void setEnabled(QPushButton *button, bool isEnabled);
    /// Gives a button the focus, once it has settled, unless something else has got it by then.
    void setFocus(QPushButton *button);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void settled();
    bool pressed(QWidget *receiver, const QKeyEvent &event);
    bool isRepeated(const QKeyEvent &event) const;

    QDialog *const m_dialog;
    QTimer m_settling;
    QHash<QPushButton *, bool> m_enabled; ///< those that settle, and whether they are enabled then
    QPointer<QPushButton> m_nextFocus;

    QList<int> m_down;                  ///< keys
    QHash<int, quint64> m_released;     ///< keys that were down, and when that ended by the display's clock
    const QKeyEvent *m_press = nullptr; ///< that goes from a widget up to the dialog
    QPointer<QWidget> m_receiver;       ///< of m_press, up to now
    bool m_isRepeat = false;            ///< m_press is
};
