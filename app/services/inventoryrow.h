// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

struct Application;
struct Credential;

/// What is kept of a credential while all applications are looked at: as little as finding, ordering and
/// comparing take, since there may be 100,000. Texts are UTF-8, and valid as long as the row is where it is.
class InventoryRow
{
public:
    static constexpr qint64 noDate = 0;
    /// Of a description, in characters.
    static constexpr qsizetype maxDescription = 300;

    enum class Status : quint8 { Unknown, Enabled, Disabled };

    struct Texts
    {
        QByteArray id;
        QByteArray name;
        QByteArray description;
        QByteArray key;
        QByteArray searched;
    };

    /// Who created or changed something.
    struct Author
    {
        QString id;
        QString type;

        bool operator==(const Author &) const = default;
    };

    /// What many rows have in common, each in memory once.
    struct Origin
    {
        std::shared_ptr<const QString> type; ///< raw, as the API spells it
        std::shared_ptr<const Author> createdBy;
        std::shared_ptr<const Author> lastUpdatedBy;
    };

    InventoryRow();
    InventoryRow(const Texts &texts, Origin origin);

    QByteArrayView id() const { return text(0, m_nameBegin); }
    QByteArrayView name() const { return text(m_nameBegin, m_descriptionBegin); }
    /// The first maxDescription characters of it.
    QByteArrayView description() const { return text(m_descriptionBegin, m_keyBegin); }
    /// The public part that tells one key from another, as it is shown; may be empty.
    QByteArrayView key() const { return text(m_keyBegin, m_searchedBegin); }
    /// What words are looked for in, folded by foldedText(): name, type, product, key, public configuration
    /// and description, in this order, each ended by a line feed even if it is empty.
    QByteArrayView searched() const { return QByteArrayView(m_texts).sliced(m_searchedBegin); }
    const QString &type() const { return *m_origin.type; }
    const Author &createdBy() const { return *m_origin.createdBy; }
    const Author &lastUpdatedBy() const { return *m_origin.lastUpdatedBy; }

    quint64 keyId = 0;            ///< the same of the same key, whatever holds it; 0: nothing tells
    quint64 accountId = 0;        ///< the same of the same account of a service; 0: nothing tells
    qint64 creationDate = noDate; ///< milliseconds since 1970, UTC, as all dates are
    qint64 lastUpdated = noDate;
    qint64 expiryDate = noDate;
    Status status = Status::Unknown;

    bool operator==(const InventoryRow &other) const;

private:
    QByteArrayView text(quint32 begin, quint32 end) const
    {
        return QByteArrayView(m_texts).sliced(begin, end - begin);
    }

    quint32 m_nameBegin = 0;
    quint32 m_descriptionBegin = 0;
    quint32 m_keyBegin = 0;
    quint32 m_searchedBegin = 0;
    QByteArray m_texts; ///< one behind the other: of so many rows each piece of memory counts
    Origin m_origin;
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
