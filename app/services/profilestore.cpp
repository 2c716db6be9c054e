// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilestore.h"

#include "services/settingskeys.h"

#include <QDateTime>
#include <QSettings>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

namespace Keys = SettingsKeys::Profile;

QString groupOf(const QString &id)
{
    return SettingsKeys::profiles + u'/' + id;
}

QString removedKey(const QString &id)
{
    return SettingsKeys::removedProfiles + u'/' + id;
}

QString keyOf(const QString &id, QLatin1StringView name)
{
    return groupOf(id) + u'/' + name;
}

constexpr std::pair<Connection::Proxy::Kind, QLatin1StringView> proxyKinds[] = {
    {Connection::Proxy::Kind::System, "system"_L1},
    {Connection::Proxy::Kind::None, "none"_L1},
    {Connection::Proxy::Kind::Http, "http"_L1},
    {Connection::Proxy::Kind::Socks5, "socks5"_L1},
};

QLatin1StringView nameOf(Connection::Proxy::Kind kind)
{
    return std::ranges::find(proxyKinds, kind, [](const auto &known) { return known.first; })->second;
}

/// The slash at the end of a URL makes no difference.
bool isSame(QUrl one, QUrl other)
{
    for (QUrl *url : {&one, &other}) {
        if (url->path().endsWith(u'/'))
            url->setPath(url->path().chopped(1));
    }
    return one == other;
}

} // namespace

ProfileStore::ProfileStore(QSettings &settings) : m_settings(settings) {}

std::vector<Profile> ProfileStore::profiles() const
{
    m_settings.beginGroup(SettingsKeys::profiles);
    QStringList ids = m_settings.childGroups();
    m_settings.endGroup();
    std::ranges::stable_sort(ids, std::ranges::greater(), [this](const QString &id) {
        return m_settings.value(keyOf(id, Keys::used)).toLongLong();
    });
    std::vector<Profile> profiles;
    for (const QString &id : std::as_const(ids))
        profiles.push_back(read(id));
    return profiles;
}

std::optional<Profile> ProfileStore::find(const QString &id) const
{
    if (id.isEmpty() || !m_settings.contains(keyOf(id, Keys::server)))
        return std::nullopt;
    return read(id);
}

std::optional<Profile> ProfileStore::lastUsed(const QUrl &server) const
{
    for (Profile &profile : profiles()) {
        if (server.isEmpty() || isSame(server, profile.connection.server))
            return std::move(profile);
    }
    return std::nullopt;
}

void ProfileStore::save(Profile &profile)
{
    if (profile.id.isEmpty())
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_removed.erase(profile.id);
    m_settings.remove(removedKey(profile.id));
    const Connection &connection = profile.connection;
    const auto set = [&](QLatin1StringView name, const QVariant &value) {
        m_settings.setValue(keyOf(profile.id, name), value);
    };
    set(Keys::server, connection.server.toString());
    set(Keys::name, profile.name);
    set(Keys::account, profile.account);
    set(Keys::losantDomain, connection.losantDomain);
    set(Keys::authorityFile, connection.authorityFile);
    set(Keys::proxyKind, QString(nameOf(connection.proxy.kind)));
    set(Keys::proxyHost, connection.proxy.host);
    set(Keys::proxyPort, connection.proxy.port);
    set(Keys::proxyUser, connection.proxy.user);
    set(Keys::isProduction, profile.isProduction);
    set(Keys::isReadOnly, profile.isReadOnly);
}

void ProfileStore::markUsed(const QString &id)
{
    if (find(id))
        m_settings.setValue(keyOf(id, Keys::used), QDateTime::currentMSecsSinceEpoch());
}

void ProfileStore::setSignedOut(const QString &id, bool isSignedOut)
{
    if (!isSignedOut)
        m_settings.remove(removedKey(id));
    if (!find(id)) {
        m_settings.sync();
        return;
    }
    if (isSignedOut) {
        m_settings.setValue(keyOf(id, Keys::signedOut), true);
        m_settings.setValue(keyOf(id, Keys::signOutMark), QUuid::createUuid().toString(QUuid::WithoutBraces));
    } else {
        m_settings.remove(keyOf(id, Keys::signedOut));
    }
    m_settings.sync(); // whatever becomes of the program
}

bool ProfileStore::isSignedOut(const QString &id) const
{
    return m_settings.value(keyOf(id, Keys::signedOut)).toBool();
}

QStringList ProfileStore::idsOfLeftTokens() const
{
    m_settings.beginGroup(SettingsKeys::removedProfiles);
    QStringList ids = m_settings.childKeys();
    m_settings.endGroup();
    for (const Profile &profile : profiles()) {
        if (isSignedOut(profile.id))
            ids.append(profile.id);
    }
    return ids;
}

QString ProfileStore::signOutMark(const QString &id) const
{
    return m_settings.value(keyOf(id, Keys::signOutMark)).toString();
}

void ProfileStore::remove(const QString &id)
{
    if (id.isEmpty()) // else all of them
        return;
    m_removed.insert(id);
    m_settings.setValue(removedKey(id), true);
    m_settings.remove(groupOf(id));
    m_settings.sync(); // whatever becomes of the program
}

Profile ProfileStore::read(const QString &id) const
{
    const auto get = [&](QLatin1StringView name) { return m_settings.value(keyOf(id, name)); };
    Profile profile;
    profile.id = id;
    profile.name = get(Keys::name).toString();
    profile.account = get(Keys::account).toString();
    profile.isProduction = get(Keys::isProduction).toBool();
    profile.isReadOnly = get(Keys::isReadOnly).toBool();
    Connection &connection = profile.connection;
    connection.server = QUrl(get(Keys::server).toString());
    connection.losantDomain = get(Keys::losantDomain).toString();
    connection.authorityFile = get(Keys::authorityFile).toString();
    for (const auto &[kind, name] : proxyKinds) {
        if (get(Keys::proxyKind).toString() == name)
            connection.proxy.kind = kind;
    }
    connection.proxy.host = get(Keys::proxyHost).toString();
    connection.proxy.port = quint16(get(Keys::proxyPort).toUInt());
    connection.proxy.user = get(Keys::proxyUser).toString();
    return profile;
}
