// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/changewords.h"
#include "services/credentialchange.h"
#include "widgets/growingdialog.h"
#include "widgets/unsavedwork.h"

#include <QPointer>

#include <memory>

class ButtonGuard;
class MessageBanner;
class QDialogButtonBox;
class QPushButton;
class QVBoxLayout;
class WaitingRow;

/// A dialog that makes a change, and says what became of it.
///
/// It sends once for each press of its button. While that takes, Cancel ends the waiting, not the dialog.
/// Where it may have been done, "Check again" looks. It asks before what was typed into it is lost.
class ChangeDialog : public GrowingDialog, public UnsavedWork
{
    Q_OBJECT

public:
    ~ChangeDialog() override;

    /// Ends a waiting first, and asks before what was typed is lost.
    void reject() override;
    void done(int result) override;

    bool hasUnsavedWork() const override;
    void giveUpWork(std::function<void()> then) override;

Q_SIGNALS:
    /// The credential is not what it was taken for, or may not be.
    void outdated();

protected:
    enum class State {
        Loading, ///< what there is to change
        Editing,
        Sending,
        LookingUp, ///< the answer was lost
        Unknown,   ///< as Editing, but it may have been done
        Done,      ///< something is left to be read
    };

    ChangeDialog(const ChangeWords &words, QWidget *parent);

    /// Banner and buttons, to be called by the constructor once. `action` sends; more buttons may follow.
    QDialogButtonBox &addFooter(QVBoxLayout &column, QPushButton *action);
    /// Ctrl+Enter presses the button, too, for a dialog in whose fields Enter alone has a meaning.
    void addShortcuts();

    State state() const { return m_state; }
    bool isEditing() const { return m_state == State::Editing || m_state == State::Unknown; }
    /// Whether to close it is asked just now.
    bool isAsked() const { return m_question != nullptr; }
    /// `waitingText` says what is waited for, if anything is.
    void enter(State state, const QString &waitingText = {});
    /// Sends startChange().
    void send();
    /// No change is looked for under the hands of somebody who goes on.
    void stopLooking();
    /// Unknown: says why, without more.
    virtual void showUnknownText();

    const ChangeWords &words() const { return m_words; }
    MessageBanner &banner() { return *m_banner; }
    QPushButton *checkAgainButton() { return m_checkAgain; }
    ButtonGuard &guard() { return *m_guard; }
    QPushButton *actionButton() { return m_action; }
    QPushButton *cancelButton() { return m_cancel; }
    QPushButton *doneButton() { return m_done; }
    /// Unknown: why.
    const QString &unknownText() const { return m_unknownText; }

    /// Whether closing would lose what was typed.
    virtual bool hasInput() const { return false; }
    /// Overwrites what was typed.
    virtual void wipe() {}
    /// The button was pressed; send() follows if nothing is in the way.
    virtual void act() = 0;
    virtual std::unique_ptr<CredentialChange> startChange(CredentialChange::Finished finished) = 0;
    /// `Done` has been entered.
    virtual void finished(const ChangeOutcome &outcome) = 0;
    /// `Editing` has been entered. Has to say why.
    virtual void failed(const ChangeOutcome &outcome) = 0;
    /// `Editing` has been entered: somebody else has changed it meanwhile.
    virtual void conflicted(const Credential &) {}
    /// Parts of the dialog follow the state.
    virtual void stateEntered() {}
    /// Ends the loading.
    virtual void stopLoading() {}

private:
    void changeEnded(const ChangeOutcome &outcome);
    void showUnknown(const ChangeOutcome &outcome);
    void checkAgain();
    void askToClose();

    const ChangeWords m_words;
    ButtonGuard *m_guard;
    MessageBanner *m_banner;
    QPushButton *m_checkAgain;
    WaitingRow *m_waiting = nullptr;
    QPushButton *m_action = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_done = nullptr;

    State m_state = State::Editing;
    std::function<void()> m_afterwards; ///< what waits for the dialog to close
    QPointer<QDialog> m_question;       ///< whether to close it
    QString m_unknownText;
    std::unique_ptr<CredentialChange> m_change;
};
