// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"
#include "widgets/inputdialog.h"

class LineEdit;
class MessageBanner;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QSpinBox;
class SecretEdit;

/// Edits how a profile is called, how its server is reached and what may be done there; not the server's URL.
class ProfileDialog : public InputDialog
{
    Q_OBJECT

public:
    ProfileDialog(const Profile &profile, const QString &proxyPassword, QWidget *parent = nullptr);
    /// Overwrites the password.
    ~ProfileDialog() override;

    /// What was entered.
    Profile profile() const;
    QString proxyPassword() const;

protected:
    bool hasInput() const override;

private:
    void makeProxyFields();
    void chooseAuthorityFile();
    void updateProxyFields();
    void save();
    bool usesProxyServer() const;

    const Profile m_profile;
    std::optional<Profile> m_asOpened; ///< as its fields show it
    bool m_isPasswordEdited = false;
    QFormLayout *m_fields;
    LineEdit *m_name;
    QCheckBox *m_isProduction;
    QCheckBox *m_isReadOnly;
    LineEdit *m_losantDomain;
    LineEdit *m_authorityFile;
    QComboBox *m_proxyKind;
    LineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    LineEdit *m_proxyUser;
    SecretEdit *m_proxyPassword;
    MessageBanner *m_error;
};
