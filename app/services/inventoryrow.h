// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/foldedtext.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

struct Application;
struct Credential;

/// What is kept of a credential while all applications are looked at: as little as finding, ordering and
/// comparing take, since there may be 100,000. Texts are kept as they are searched, and what restores them;
/// views of them are UTF-8, and valid as long as the row is where it is.
class InventoryRow
{
public:
    static constexpr qint64 noDate = 0;
    /// Of a description, in characters.
    static constexpr qsizetype maxDescription = 300;

    enum class Status : quint8 { Unknown, Enabled, Disabled };

    struct Texts
    {
        QString id;
        QString name;
        QString description;
        QString key;
        QByteArray type;   ///< folded: its name in the API, a line feed, and the product's
        QByteArray values; ///< folded: public configuration, in one line
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
    /// Adds its texts to those of other rows. The row is of use once it has been given all of them.
    InventoryRow(const Texts &texts, Origin origin, QByteArray &all);
    void setTexts(const QByteArray &all) { m_texts = all; }

    QString id() const { return QString::fromUtf8(idBytes()); }
    QString name() const { return restoredText(foldedName(), text(m_nameRestoring, m_keyRestoring)); }
    /// The first maxDescription characters of it.
    QString description() const
    {
        return restoredText(foldedDescription(), text(m_descriptionRestoring, m_end));
    }
    /// The public part that tells one key from another, as it is shown; may be empty.
    QString key() const { return restoredText(foldedKey(), text(m_keyRestoring, m_descriptionRestoring)); }
    const QString &type() const { return *m_origin.type; }
    const Author &createdBy() const { return *m_origin.createdBy; }
    const Author &lastUpdatedBy() const { return *m_origin.lastUpdatedBy; }

    QByteArrayView idBytes() const { return text(m_idBegin, m_nameRestoring); }
    /// What words are looked for in, folded by foldedText(): name, type, product, key, public configuration
    /// and description, in this order, each ended by a line feed even if it is empty.
    QByteArrayView searched() const { return text(m_begin, m_idBegin); }
    QByteArrayView foldedName() const { return text(m_begin, m_nameEnd); }
    /// Type and product, two lines.
    QByteArrayView foldedType() const { return text(m_nameEnd + 1, m_keyBegin - 1); }
    QByteArrayView foldedKey() const { return text(m_keyBegin, m_keyEnd); }
    QByteArrayView foldedDescription() const { return text(m_descriptionBegin, m_idBegin - 1); }

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

    quint32 m_begin = 0;
    quint32 m_nameEnd = 0;
    quint32 m_keyBegin = 0;
    quint32 m_keyEnd = 0;
    quint32 m_descriptionBegin = 0;
    quint32 m_idBegin = 0;
    quint32 m_nameRestoring = 0; ///< where its restoringBytes() begin
    quint32 m_keyRestoring = 0;
    quint32 m_descriptionRestoring = 0;
    quint32 m_end = 0;
    QByteArray m_texts; ///< of all rows that were made at once: of so many rows each piece of memory counts
    Origin m_origin;
};

/// Rows of these credentials, in their order. A pure function that takes long, for another thread.
std::vector<InventoryRow> inventoryRows(const std::vector<Credential> &credentials);

/// The row as a credential, without its configuration.
Credential credentialOf(const InventoryRow &row, const QString &applicationId);

/// What words are looked for in of an application: its name, its owner's and its id, each folded and ended by
/// a line feed.
QByteArray searchedText(const Application &application);
