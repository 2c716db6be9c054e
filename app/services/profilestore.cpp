// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilestore.h"

#include <QDateTime>
#include <QSettings>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString group = u"profiles"_s;

QString keyOf(const QString &id, const char *name)
{
    return group + u'/' + id + u'/' + QLatin1StringView(name);
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
    m_settings.beginGroup(group);
    QStringList ids = m_settings.childGroups();
    m_settings.endGroup();
    std::ranges::stable_sort(ids, std::ranges::greater(), [this](const QString &id) {
        return m_settings.value(keyOf(id, "used")).toLongLong();
    });
    std::vector<Profile> profiles;
    for (const QString &id : std::as_const(ids))
        profiles.push_back(read(id));
    return profiles;
}

std::optional<Profile> ProfileStore::find(const QString &id) const
{
    if (id.isEmpty() || !m_settings.contains(keyOf(id, "server")))
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
    const Connection &connection = profile.connection;
    const auto set = [&](const char *name, const QVariant &value) {
        m_settings.setValue(keyOf(profile.id, name), value);
    };
    set("server", connection.server.toString());
    set("name", profile.name);
    set("account", profile.account);
    set("losantDomain", connection.losantDomain);
    set("authorityFile", connection.authorityFile);
    set("proxyKind", QString(nameOf(connection.proxy.kind)));
    set("proxyHost", connection.proxy.host);
    set("proxyPort", connection.proxy.port);
    set("proxyUser", connection.proxy.user);
    set("isProduction", profile.isProduction);
    set("isReadOnly", profile.isReadOnly);
}

void ProfileStore::markUsed(const QString &id)
{
    if (find(id))
        m_settings.setValue(keyOf(id, "used"), QDateTime::currentMSecsSinceEpoch());
}

void ProfileStore::setSignedOut(const QString &id, bool isSignedOut)
{
    if (!find(id))
        return;
    if (isSignedOut) {
        m_settings.setValue(keyOf(id, "signedOut"), true);
        m_settings.setValue(keyOf(id, "signOutMark"), QUuid::createUuid().toString(QUuid::WithoutBraces));
    } else {
        m_settings.remove(keyOf(id, "signedOut"));
    }
    m_settings.sync(); // whatever becomes of the program
}

bool ProfileStore::isSignedOut(const QString &id) const
{
    return m_settings.value(keyOf(id, "signedOut")).toBool();
}

QString ProfileStore::signOutMark(const QString &id) const
{
    return m_settings.value(keyOf(id, "signOutMark")).toString();
}

void ProfileStore::remove(const QString &id)
{
    if (id.isEmpty()) // else all of them
        return;
    m_removed.insert(id);
    m_settings.remove(group + u'/' + id);
}

Profile ProfileStore::read(const QString &id) const
{
    const auto get = [&](const char *name) { return m_settings.value(keyOf(id, name)); };
    Profile profile;
    profile.id = id;
    profile.name = get("name").toString();
    profile.account = get("account").toString();
    profile.isProduction = get("isProduction").toBool();
    profile.isReadOnly = get("isReadOnly").toBool();
    Connection &connection = profile.connection;
    connection.server = QUrl(get("server").toString());
    connection.losantDomain = get("losantDomain").toString();
    connection.authorityFile = get("authorityFile").toString();
    for (const auto &[kind, name] : proxyKinds) {
        if (get("proxyKind").toString() == name)
            connection.proxy.kind = kind;
    }
    connection.proxy.host = get("proxyHost").toString();
    connection.proxy.port = quint16(get("proxyPort").toUInt());
    connection.proxy.user = get("proxyUser").toString();
    return profile;
}
