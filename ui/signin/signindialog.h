// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"
#include "widgets/inputdialog.h"

#include <vector>

class LineEdit;
class ProfileStore;
class QCheckBox;
class QComboBox;
class PlainLabel;
class QPushButton;
class SignInForm;
class TokenStore;

/// Asks who is to be signed in, and on which server, and tries it; or offers the sandbox.
class SignInDialog : public InputDialog
{
    Q_OBJECT

public:
    /// Begins with `profile`, one that is kept or a new one. The stores must outlive the dialog. With
    /// `isOverWindow` something is open that one can go back to.
    SignInDialog(ProfileStore &profiles, TokenStore &tokens, const Profile &profile, bool isOverWindow,
                 QWidget *parent = nullptr);
    ~SignInDialog() override;

    /// What is wrong, before anything was tried.
    void showProblem(const QString &problem);

    /// After Accepted: the sandbox was chosen, and nobody signed in.
    bool opensSandbox() const { return m_opensSandbox; }
    /// After Accepted: whom the server takes, and by which token.
    Profile profile() const;
    QByteArray token() const;
    QString proxyPassword() const { return m_proxyPassword; }
    /// After Accepted: the token is to be handed to the token store.
    bool keepsToken() const;

Q_SIGNALS:
    /// It is in no settings any more; its token is left to whoever hears of it.
    void profileForgotten(const Profile &profile);

protected:
    bool hasInput() const override;
    bool cancelWaiting() override;

private:
    QLayout *makeHeading();
    QLayout *makeProfileFields();
    QLayout *makeButtons(bool isOverWindow);
    void fillProfiles(const QString &currentId);
    void chooseProfile();
    void showProfile();
    void editProfile();
    void forgetProfile();
    void updateNote();
    void signIn();

    ProfileStore &m_profiles;
    TokenStore &m_tokens;
    Profile m_profile;
    QString m_proxyPassword;
    bool m_opensSandbox = false;
    bool m_hasNewSettings = false; ///< of a profile that is not kept yet
    PlainLabel *m_choiceLabel;
    QComboBox *m_choice;
    QPushButton *m_forget;
    LineEdit *m_server;
    QPushButton *m_settings;
    SignInForm *m_form;
    QCheckBox *m_staySignedIn;
    QPushButton *m_signIn;
};
