// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"

/// An account on a server that a person signs in to again and again. Holds no secret.
struct Profile
{
    QString id;      ///< a UUID: what its secrets are kept under; empty: the profile is not kept
    QString name;    ///< as the person calls it; may be empty
    QString account; ///< the e-mail address that signed in last; empty: none, or a token of an application
    Connection connection;
    bool isProduction = false; ///< creating asks once more
    bool isReadOnly = false;   ///< nothing that writes is offered

    /// What the person knows it by.
    QString title() const
    {
        if (!name.isEmpty())
            return name;
        return account.isEmpty() ? connection.server.host()
                                 : account + QStringLiteral(" · ") + connection.server.host();
    }

    /// The same way to this server. On another origin it is another profile, which nobody has signed in to.
    Profile at(const QUrl &server) const
    {
        Profile profile = *this;
        profile.connection.server = server;
        if (originOf(server) != originOf(connection.server)) {
            profile.id.clear();
            profile.name.clear();
            profile.account.clear();
        }
        return profile;
    }

    bool operator==(const Profile &) const = default;
};
