// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"

#include <optional>
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
    /// Whether nobody is to be signed in with the token that a keychain may hold still. A profile that is saved
    /// anew stays as it was.
    void setSignedOut(const QString &id, bool isSignedOut);
    bool isSignedOut(const QString &id) const;
    void remove(const QString &id);

private:
    Profile read(const QString &id) const;

    QSettings &m_settings;
};
