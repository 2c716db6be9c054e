// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

/// An application on the platform, as far as a list of applications tells.
struct Application
{
    enum class Owner { Unknown, User, Organization };

    QString id;
    QString name;
    Owner owner = Owner::Unknown;
    QString ownerId;
    QString organizationName; ///< empty for an application in the user's own sandbox
    std::optional<int> credentialCount;

    bool operator==(const Application &) const = default;
};

/// In the user's language; empty where nothing is known.
QString ownerName(const Application &application);

/// One page of the applications that a token can see.
struct ApplicationPage
{
    std::vector<Application> items;
    int totalCount = 0; ///< as the server says; at least the number of items
};
