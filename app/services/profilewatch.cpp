// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilewatch.h"

#include "services/profilestore.h"
#include "services/settingsfile.h"

#include <QFileInfo>

#include <optional>
#include <utility>

namespace {

/// A file that is being written is a lock, another file and a new name.
constexpr std::chrono::milliseconds settleDelay{100};

} // namespace

ProfileWatch::ProfileWatch(SettingsFile &file, const ProfileStore &profiles)
    : m_file(file), m_profiles(profiles)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(settleDelay);
    m_delay.callOnTimeout(this, &ProfileWatch::look);
}

void ProfileWatch::watch(const QString &profileId, const QString &account, const QString &mark)
{
    m_profileId = profileId;
    m_account = account;
    m_mark = mark;
}

void ProfileWatch::start()
{
    // Not the file: writing puts another one in its place.
    const QString folder = QFileInfo(m_file.settings().fileName()).path();
    if (std::exchange(m_isStarted, true) || !QFileInfo(folder).isDir())
        return;
    m_watcher = std::make_unique<QFileSystemWatcher>(QStringList(folder));
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, &m_delay, qOverload<>(&QTimer::start));
    look();
}

void ProfileWatch::look()
{
    if (!m_isStarted || m_profileId.isEmpty() || !m_file.reload())
        return;
    std::optional<Change> change;
    const auto profile = m_profiles.find(m_profileId);
    if (!profile && !m_profiles.wasRemovedHere(m_profileId))
        change = Change::Forgotten;
    else if (profile && m_profiles.signOutMark(m_profileId) != m_mark)
        change = Change::SignedOut;
    else if (profile && profile->account != m_account)
        change = Change::OtherAccount;
    if (!change)
        return;
    m_profileId.clear();
    Q_EMIT changed(*change);
}
