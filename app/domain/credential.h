// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

/// A credential as the API shows it: never a secret, and any part may be missing.
struct Credential
{
    QString id;
    QString applicationId;
    QString name;
    QString description;
    QString type; ///< raw, as the API spells it: may be a type that is not known here
    std::optional<bool> enabled;
    std::optional<qint64> creationDate; ///< milliseconds since 1970, UTC
    std::optional<qint64> lastUpdated;  ///< milliseconds since 1970, UTC; moves on any edit
    QString createdById;
    QString createdByType;
    QString lastUpdatedById;
    QString lastUpdatedByType;
    QByteArray config; ///< the type's configuration object, the JSON bytes as they came

    bool operator==(const Credential &) const = default;
};

/// One page of an application's credentials, in the order that was asked for.
struct CredentialPage
{
    std::vector<Credential> items;
    int totalCount = 0; ///< of all pages, filtered; as the server says, at least the number of items
    /// The server's clock less ours in milliseconds, by the answer's `Date`, which counts whole seconds.
    std::optional<qint64> clockOffset;

    /// Whether the same is to be seen.
    bool operator==(const CredentialPage &other) const
    {
        return items == other.items && totalCount == other.totalCount;
    }
};
