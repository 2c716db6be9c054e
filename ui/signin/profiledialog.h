// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"
#include "widgets/growingdialog.h"

class MessageBanner;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;
class SecretEdit;

/// Edits how a profile is called, how its server is reached and what may be done there; not the server's URL.
class ProfileDialog : public GrowingDialog
{
    Q_OBJECT

public:
    ProfileDialog(const Profile &profile, const QString &proxyPassword, QWidget *parent = nullptr);
    /// Overwrites the password.
    ~ProfileDialog() override;

    /// What was entered.
    Profile profile() const;
    QString proxyPassword() const;

private:
    void makeProxyFields();
    void chooseAuthorityFile();
    void updateProxyFields();
    void save();
    bool usesProxyServer() const;

    const Profile m_profile;
    QFormLayout *m_fields;
    QLineEdit *m_name;
    QCheckBox *m_isProduction;
    QCheckBox *m_isReadOnly;
    QLineEdit *m_losantDomain;
    QLineEdit *m_authorityFile;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    QLineEdit *m_proxyUser;
    SecretEdit *m_proxyPassword;
    MessageBanner *m_error;
};
