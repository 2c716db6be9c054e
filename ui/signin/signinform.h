// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"
#include "services/authservice.h"

#include <QLabel>
#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

class LineEdit;
class LoadingBar;
class MessageBanner;
class PlainLabel;
class QPushButton;
class QRadioButton;
class SecretEdit;
class TonedLabel;

/// Asks for an API token, or for an e-mail address and a password and, if the account wants one, a two-factor
/// code, and tries them on the server of a profile.
class SignInForm : public QWidget
{
    Q_OBJECT

public:
    explicit SignInForm(QWidget *parent = nullptr);
    /// Overwrites what was entered.
    ~SignInForm() override;

    /// Where the next signIn() is tried, with the password of its proxy.
    void setProfile(const Profile &profile, const QString &proxyPassword);
    /// Whether the token is kept beyond this run: how long the one lasts that is asked for by password.
    void setKeepsToken(bool isKept);
    /// What becomes of the token, in a sentence.
    void setTokenNote(const QString &note);

    /// Tries what was entered: signedIn() follows, or a message that says why not. Nothing is sent if
    /// something is missing.
    void signIn();
    /// Ends what signIn() began, and says so.
    void cancel();
    /// Whether anything was entered that would be lost.
    bool hasInput() const;
    bool isBusy() const { return m_call != nullptr; }

    void showProblem(const QString &problem);
    void focusFirst();

    bool eventFilter(QObject *watched, QEvent *event) override;

    /// After signedIn(): what the server takes.
    const QByteArray &token() const { return m_token; }
    /// After signedIn(): whose it is; nothing for a token of an application.
    const std::optional<Account> &account() const { return m_account; }

Q_SIGNALS:
    void busyChanged(bool isBusy);
    void signedIn();

private:
    QLayout *makeTokenFields();
    QLayout *makePasswordFields();
    void signInWithToken();
    void signInWithPassword();
    QString enteredEmail() const;
    void askForToken();
    void tokenAnswered(Result<SignedIn> answer);
    void offerToContinue();
    void tokenRefused(const ApiError &error);
    void tryToken();
    void accountAnswered(const Result<Account> &account);
    void showTokenNote(bool isMended);
    void showCode(const QString &why, QWidget *focus);
    void explainSingleSignOn();
    void end(const QString &problem, QWidget *focus = nullptr);
    void ask(PendingCall call);
    void sayCancelled();
    void hideMessages();
    void updateScopes();
    void inputEdited(QRadioButton *way);

    Profile m_profile;
    QString m_proxyPassword;
    std::unique_ptr<Transport> m_transport;
    std::optional<AuthService> m_auth;
    PendingCall m_call;
    QPointer<QWidget> m_focusBefore; ///< it was asked
    QByteArray m_token;
    QString m_note; ///< what becomes of the token
    std::optional<Account> m_account;
    bool m_needsToVerifyEmail = false;
    bool m_keepsToken = false;

    QWidget *m_fields;
    QRadioButton *m_byToken; ///< chosen by editing its fields, too
    QRadioButton *m_byPassword;
    SecretEdit *m_tokenEdit;
    TonedLabel *m_tokenNote;
    QPointer<QLabel> m_guide; ///< a link
    LineEdit *m_email;
    SecretEdit *m_password;
    PlainLabel *m_codeLabel;
    LineEdit *m_code;
    TonedLabel *m_scopes;
    MessageBanner *m_error;
    QPushButton *m_continue;
    TonedLabel *m_cancelled = nullptr; ///< once it was
    LoadingBar *m_progress;
};
