// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/session.h"

#include <QDialog>

#include <memory>

class MessageBanner;
class QProgressBar;
class QPushButton;
class SecretEdit;

/// Asks for an API token, and tries it, or offers the sandbox.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SignInDialog(const QUrl &server, QWidget *parent = nullptr);
    ~SignInDialog() override;

    /// After Accepted: the session that was signed in to, or nullptr if the sandbox was chosen.
    std::unique_ptr<Session> takeSession() { return std::move(m_session); }

private:
    void signIn();
    void answered(const Result<Account> &account);
    void setBusy(bool isBusy);

    const QUrl m_server;
    std::unique_ptr<Session> m_session;
    PendingCall m_call;
    SecretEdit *m_token;
    MessageBanner *m_error;
    QProgressBar *m_progress;
    QPushButton *m_signIn;
    QPushButton *m_sandbox;
};
