// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"
#include "widgets/unsavedwork.h"

#include <QPointer>

/// A dialog that asks before what was typed into it is lost: by Escape, by its Cancel, by being closed, or
/// with the program. While it waits for an answer, these end the waiting and nothing else.
class InputDialog : public GrowingDialog, public UnsavedWork
{
    Q_OBJECT

public:
    using GrowingDialog::GrowingDialog;

    void reject() override;
    void done(int result) override;

    bool hasUnsavedWork() const override { return hasInput(); }
    void giveUpWork(std::function<void()> then) override;

protected:
    /// Whether closing would lose anything.
    virtual bool hasInput() const = 0;
    /// Ends what the dialog waits for; false if it waits for nothing.
    virtual bool cancelWaiting() { return false; }

private:
    void askToDiscard();

    std::function<void()> m_afterwards; ///< what waits for the dialog to close
    QPointer<QDialog> m_question;
};
