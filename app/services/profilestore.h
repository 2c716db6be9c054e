// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"

#include <QStringList>

#include <optional>
#include <set>
#include <vector>

class QSettings;

/// The profiles of a person, in settings. Their secrets are a TokenStore's.
class ProfileStore
{
public:
    /// The settings must outlive the store.
    explicit ProfileStore(QSettings &settings);

    /// The one that was used last comes first.
    std::vector<Profile> profiles() const;
    std::optional<Profile> find(const QString &id) const;
    /// The one that was used last, of all or of those on this server.
    std::optional<Profile> lastUsed(const QUrl &server = {}) const;

    /// Keeps the profile in place of the one with its id; one that has none is given one.
    void save(Profile &profile);
    void markUsed(const QString &id);
    /// Whether nobody is to be signed in with the token that a keychain may hold still. A profile that is
    /// saved anew stays as it was.
    void setSignedOut(const QString &id, bool isSignedOut);
    bool isSignedOut(const QString &id) const;
    /// The ids of those that were signed out of or removed, as long as that is not known of their tokens: of
    /// each until setSignedOut() says that it is signed out no more.
    QStringList idsOfLeftTokens() const;
    /// Another text whenever somebody signs out, in any instance of the program. Stays once the keychain has
    /// removed the token.
    QString signOutMark(const QString &id) const;
    /// Counts as signed out from then on.
    void remove(const QString &id);
    /// By this store, and not by another instance.
    bool wasRemovedHere(const QString &id) const { return m_removed.contains(id); }

private:
    Profile read(const QString &id) const;

    QSettings &m_settings;
    std::set<QString> m_removed;
};
