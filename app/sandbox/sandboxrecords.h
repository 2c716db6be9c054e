// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialtypes.h"

#include <QJsonObject>

#include <optional>

/// Who made or changed something: a `user`, `flow` or `apiToken`.
struct SandboxAuthor
{
    QLatin1StringView id;
    QLatin1StringView kind;
};

/// The user whom every token of the sandbox belongs to.
inline constexpr SandboxAuthor sandboxUser = {QLatin1StringView("5e8f1a2b3c4d5e6f7a8b9c0d"),
                                              QLatin1StringView("user")};

/// How many sample applications have a name and a size of their own.
inline constexpr int namedSampleApplications = 12;
/// The types of an application's samples come round after so many.
inline constexpr int sampleTypeRound = 20;

/// An application as the sandbox keeps it. Dates are milliseconds since 1970, UTC.
struct SandboxApplication
{
    QByteArray id;
    QString name;
    QString description;
    QLatin1StringView ownerId;
    QString organizationName; ///< empty: a user owns it
    qint64 creationDate = 0;
    qint64 lastUpdated = 0;
    QString archiveCredential; ///< the name of the one that its data archive uses, if it has an archive
    QString exportCredential;  ///< the name of the one that its export uses, if any
    int sampleCredentials = 0; ///< how many it has to begin with
    int number = 0;            ///< among the sample applications
    int firstKey = 0;          ///< the number of its first sample's key
};

/// A credential as the sandbox keeps it: there is no place for a secret in it.
struct SandboxCredential
{
    QByteArray id;
    QString name;
    QString foldedName; ///< case-folded, to sort and filter by
    QString description;
    const CredentialType *type = nullptr;
    bool enabled = true;
    qint64 creationDate = 0;
    qint64 lastUpdated = 0;
    SandboxAuthor createdBy = sandboxUser;
    SandboxAuthor lastUpdatedBy = sandboxUser;
    std::optional<QJsonObject> config; ///< what may be read of it; not set: the sample's, by `number`
    int number = 0;                    ///< among the samples of its application
    int keyNumber = 0;                 ///< of its sample's key: where it is the same, the key is
    qint64 sampleDay = 0;              ///< from which a sample's certificate counts its days
    bool isSample = false;
    QString sampleName; ///< under which workflows know it, however it is called by now
    QByteArray json;    ///< its answer, kept until it changes
};
