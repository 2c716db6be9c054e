// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

class ProfileStore;
class Session;

/// The menu of a window, as far as it is about the account: which server it is on, other profiles, signing in
/// and out. The window adds the rest.
class AccountMenu : public QMenu
{
    Q_OBJECT

public:
    /// Session and profiles must outlive the menu.
    AccountMenu(const Session &session, const ProfileStore &profiles, QWidget *parent);

Q_SIGNALS:
    /// Another profile, by its id.
    void profileChosen(const QString &id);
    void profileSettingsRequested();
    void signInRequested();
    void signOutRequested();

private:
    void fillProfiles(QMenu *menu);

    const Session &m_session;
    const ProfileStore &m_profiles;
};
