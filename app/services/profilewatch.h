// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>

class ProfileStore;
class SettingsFile;

/// Notices what another instance of the program does to the profile that is open here: signs out of it, signs
/// in to it as somebody else, or forgets it. The keychain is not asked for it, as it may ask for its
/// password.
class ProfileWatch : public QObject
{
    Q_OBJECT

public:
    enum class Change { SignedOut, OtherAccount, Forgotten };

    /// Both must outlive the watch.
    ProfileWatch(SettingsFile &file, const ProfileStore &profiles);

    /// From now on; an empty id ends it. `mark` is ProfileStore::signOutMark() from before the token was had.
    void watch(const QString &profileId, const QString &account, const QString &mark);
    /// From the first call on the file is looked at, and whenever its folder changes. Takes a millisecond.
    void start();
    /// At once, if started. Cheap if nothing has changed.
    void look();

Q_SIGNALS:
    /// Once, and not for what this instance does. Nothing is watched any longer.
    void changed(ProfileWatch::Change change);

private:
    SettingsFile &m_file;
    const ProfileStore &m_profiles;
    std::unique_ptr<QFileSystemWatcher> m_watcher;
    bool m_isStarted = false;
    QTimer m_delay;
    QString m_profileId;
    QString m_account;
    QString m_mark;
};
