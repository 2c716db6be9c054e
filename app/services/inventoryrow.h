// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

struct Application;
struct Credential;

/// What is kept of a credential while all applications are looked at: as little as finding, ordering and
/// comparing take, since there may be 100,000. Texts are UTF-8.
struct InventoryRow
{
    static constexpr qint64 noDate = 0;
    /// Of a description, in characters.
    static constexpr qsizetype maxDescription = 300;

    enum class Status : quint8 { Unknown, Enabled, Disabled };

    QByteArray id;
    QByteArray name;
    QByteArray description; ///< the first maxDescription characters of it
    QByteArray key;         ///< the public part that tells one key from another, as it is shown; may be empty
    /// What words are looked for in, folded by foldedText(): name, type, product, key, public configuration
    /// and description, in this order, each ended by a line feed even if it is empty.
    QByteArray searched;
    quint64 keyId = 0;            ///< the same of the same key, whatever holds it; 0: nothing tells
    quint64 accountId = 0;        ///< the same of the same account of a service; 0: nothing tells
    qint64 creationDate = noDate; ///< milliseconds since 1970, UTC, as all dates are
    qint64 lastUpdated = noDate;
    qint64 expiryDate = noDate;
    QString type; ///< raw, as the API spells it; shared by all rows of it
    QString createdById;
    QString createdByType;
    QString lastUpdatedById;
    QString lastUpdatedByType;
    Status status = Status::Unknown;

    bool operator==(const InventoryRow &) const = default;
};

/// Rows of these credentials, in their order. A pure function that takes long, for another thread.
std::vector<InventoryRow> inventoryRows(const std::vector<Credential> &credentials);

/// The row as a credential, without its configuration.
Credential credentialOf(const InventoryRow &row, const QString &applicationId);

/// What words are looked for in of an application: its name, its owner's and its id, each folded and ended by
/// a line feed.
QByteArray searchedText(const Application &application);

/// Without regard to case and accents, in UTF-8: two texts that a person takes for the same in a search are
/// the same. A line feed becomes a space.
QByteArray foldedText(QStringView text);
