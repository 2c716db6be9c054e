// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"

#include <QDialogButtonBox>
#include <QStyle>

#include <functional>

class ButtonGuard;
class QPushButton;

/// A message or a question over what is open, which waits for nobody: open() it, and its buttons do the rest.
///
/// All of its text is shown literally, whatever it holds. Its buttons can be pressed half a second after it
/// is shown, and not by a key that was down before. It deletes itself once it is closed.
class MessageBox : public GrowingDialog
{
    Q_OBJECT

public:
    /// The title is that of the window of the parent, or the program's.
    MessageBox(QStyle::StandardPixmap icon, const QString &text, const QString &details, QWidget *parent);

    /// Closes the box, then calls `then`. Escape, Enter and closing the box do what the button of the reject
    /// role does.
    QPushButton *addButton(const QString &text, QDialogButtonBox::ButtonRole role,
                           std::function<void()> then = {});

    /// A message that has nothing to ask.
    static void tell(QStyle::StandardPixmap icon, const QString &text, QWidget *parent);

    void reject() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    QDialogButtonBox *m_buttons;
    ButtonGuard *m_guard;
    QPushButton *m_safe = nullptr; ///< changes nothing
    std::function<void()> m_safeAction;
};
