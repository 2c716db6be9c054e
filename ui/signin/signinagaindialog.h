// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"

class QPushButton;
class Session;
class SignInForm;

/// Asks for another token over what is open, whose own the server takes no longer. The session's calls go on
/// with it, or fail if there is none, also if the dialog goes with its parent.
class SignInAgainDialog : public GrowingDialog
{
    Q_OBJECT

public:
    /// The session must outlive the dialog.
    SignInAgainDialog(Session &session, const QString &proxyPassword, QWidget *parent);
    ~SignInAgainDialog() override;

Q_SIGNALS:
    /// The session has this token now.
    void renewed(const QByteArray &token);

protected:
    void done(int result) override;

private:
    void signedIn();

    Session &m_session;
    SignInForm *m_form;
    QPushButton *m_signIn;
};
