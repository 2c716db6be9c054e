// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inputdialog.h"

class QPushButton;
class Session;
class SignInForm;
class TonedLabel;

/// Asks for another token over what is open, whose own the server takes no longer. The session's calls go on
/// with it, or fail if there is none, also if the dialog goes with its parent.
///
/// A token of another user is not taken, and one that may be another's only after a question.
class SignInAgainDialog : public InputDialog
{
    Q_OBJECT

public:
    /// The session must outlive the dialog.
    SignInAgainDialog(Session &session, const QString &proxyPassword, QWidget *parent);
    ~SignInAgainDialog() override;

    /// Why there is a question, in place of a token that the server takes no longer.
    void setReason(const QString &reason);
    /// Whether the token before is kept beyond this run, as the next one will be. Not unless told so.
    void setKeepsToken(bool isKept);

Q_SIGNALS:
    /// The session has this token now, which may not be of the account that the profile names.
    void renewed(const QByteArray &token, bool isSameAccount);

protected:
    bool hasInput() const override;
    bool cancelWaiting() override;
    void done(int result) override;

private:
    void signedIn();
    void confirm(const QString &question, const QString &details);

    Session &m_session;
    bool m_isSameAccount = true;
    TonedLabel *m_what;
    SignInForm *m_form;
    QPushButton *m_signIn;
};
