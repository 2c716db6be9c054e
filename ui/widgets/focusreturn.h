// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

/// Gives a window its keys back once the dialog over it has closed, whatever dialog that was: the window
/// becomes active again, and what had the focus before has it again.
///
/// A window manager leaves it to nobody if a question and the dialog under it close at once.
class FocusReturn : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the window.
    explicit FocusReturn(QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void unblocked();

    QWidget *const m_window;
    QPointer<QWidget> m_before; ///< what had the focus when the dialog opened
    bool m_isBlocked = false;
};
