// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/inventoryrow.h"

#include "domain/application.h"
#include "domain/credential.h"
#include "domain/credentialtypes.h"
#include "domain/textbounds.h"
#include "services/credentialfacts.h"
#include "services/foldedtext.h"

#include <QCryptographicHash>
#include <QHash>
#include <QtEndian>

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

static size_t qHash(const InventoryRow::Author &author, size_t seed)
{
    return qHashMulti(seed, author.id, author.type);
}

namespace {

constexpr char lineFeed = '\n';

/// Two texts have the same number if they are the same; 0: there is no text.
quint64 numberOf(const QString &identity)
{
    if (identity.isEmpty())
        return 0;
    const QByteArray digest = QCryptographicHash::hash(identity.toUtf8(), QCryptographicHash::Sha256);
    return std::max<quint64>(1, qFromLittleEndian<quint64>(digest.constData()));
}

InventoryRow::Status statusOf(std::optional<bool> enabled)
{
    if (!enabled)
        return InventoryRow::Status::Unknown;
    return *enabled ? InventoryRow::Status::Enabled : InventoryRow::Status::Disabled;
}

/// The same value, in memory once for all rows that this thread makes.
template<typename T>
std::shared_ptr<const T> shared(const T &value)
{
    constexpr qsizetype maxValues = 10'000;
    thread_local QHash<T, std::shared_ptr<const T>> values;
    if (values.size() > maxValues)
        values.clear();
    std::shared_ptr<const T> &found = values[value];
    if (!found)
        found = std::make_shared<const T>(value);
    return found;
}

class RowMaker
{
public:
    InventoryRow row(const Credential &credential, QByteArray &texts)
    {
        const CredentialFacts facts = credentialFacts(credential);
        InventoryRow row(
            {.id = credential.id,
             .name = credential.name,
             .description = firstCharacters(credential.description, InventoryRow::maxDescription),
             .key = facts.key,
             .type = typeLines(credential.type),
             .values = values(facts)},
            {.type = shared(credential.type),
             .createdBy = shared(InventoryRow::Author{credential.createdById, credential.createdByType}),
             .lastUpdatedBy =
                 shared(InventoryRow::Author{credential.lastUpdatedById, credential.lastUpdatedByType})},
            texts);
        row.keyId = numberOf(facts.keyIdentity);
        row.accountId = numberOf(facts.accountIdentity);
        row.creationDate = credential.creationDate.value_or(InventoryRow::noDate);
        row.lastUpdated = credential.lastUpdated.value_or(InventoryRow::noDate);
        row.expiryDate = facts.expiryDate.value_or(InventoryRow::noDate);
        row.status = statusOf(credential.enabled);
        return row;
    }

private:
    static QByteArray values(const CredentialFacts &facts)
    {
        QByteArray line;
        for (const QString &value : facts.searched) {
            if (value != facts.key) // found already
                line += foldedText(value) + ' ';
        }
        return line;
    }

    const QByteArray &typeLines(const QString &type)
    {
        auto found = m_typeLines.find(type);
        if (found == m_typeLines.end())
            found =
                m_typeLines.insert(type, foldedText(type) + lineFeed + foldedText(credentialTypeName(type)));
        return *found;
    }

    QHash<QString, QByteArray> m_typeLines;
};

std::optional<qint64> date(qint64 milliseconds)
{
    return milliseconds == InventoryRow::noDate ? std::nullopt : std::optional(milliseconds);
}

} // namespace

InventoryRow::InventoryRow()
    : InventoryRow(
          Texts{.type = "\n"_ba},
          {.type = shared(QString()), .createdBy = shared(Author()), .lastUpdatedBy = shared(Author())},
          m_texts)
{
}

InventoryRow::InventoryRow(const Texts &texts, Origin origin, QByteArray &all) : m_origin(std::move(origin))
{
    const QByteArray name = foldedText(texts.name);
    const QByteArray key = foldedText(texts.key);
    const QByteArray description = foldedText(texts.description);
    const auto add = [&all](QByteArrayView text, QByteArrayView end = {}) {
        all += text;
        const auto place = quint32(all.size());
        all += end;
        return place;
    };
    m_begin = quint32(all.size());
    m_nameEnd = add(name, "\n");
    m_keyBegin = add(texts.type, "\n") + 1;
    m_keyEnd = add(key, "\n");
    m_descriptionBegin = add(texts.values, "\n") + 1;
    m_idBegin = add(description, "\n") + 1;
    m_nameRestoring = add(texts.id.toUtf8());
    m_keyRestoring = add(restoringBytes(texts.name, name));
    m_descriptionRestoring = add(restoringBytes(texts.key, key));
    m_end = add(restoringBytes(texts.description, description));
}

bool InventoryRow::operator==(const InventoryRow &other) const
{
    const auto values = [](const InventoryRow &row) {
        return std::tuple(row.text(row.m_begin, row.m_end), row.m_idBegin - row.m_begin,
                          row.m_nameRestoring - row.m_begin, row.m_keyRestoring - row.m_begin,
                          row.m_descriptionRestoring - row.m_begin, row.creationDate, row.lastUpdated,
                          row.expiryDate, row.status);
    };
    return values(*this) == values(other) && type() == other.type() && createdBy() == other.createdBy() &&
           lastUpdatedBy() == other.lastUpdatedBy();
}

std::vector<InventoryRow> inventoryRows(const std::vector<Credential> &credentials)
{
    RowMaker maker;
    std::vector<InventoryRow> rows;
    rows.reserve(credentials.size());
    QByteArray texts;
    for (const Credential &credential : credentials)
        rows.push_back(maker.row(credential, texts));
    const QByteArray exact(texts.constData(), texts.size()); // squeeze() may leave up to half of it unused
    for (InventoryRow &row : rows)
        row.setTexts(exact);
    return rows;
}

Credential credentialOf(const InventoryRow &row, const QString &applicationId)
{
    Credential credential;
    credential.id = row.id();
    credential.applicationId = applicationId;
    credential.name = row.name();
    credential.description = row.description();
    credential.type = row.type();
    if (row.status != InventoryRow::Status::Unknown)
        credential.enabled = row.status == InventoryRow::Status::Enabled;
    credential.creationDate = date(row.creationDate);
    credential.lastUpdated = date(row.lastUpdated);
    credential.createdById = row.createdBy().id;
    credential.createdByType = row.createdBy().type;
    credential.lastUpdatedById = row.lastUpdatedBy().id;
    credential.lastUpdatedByType = row.lastUpdatedBy().type;
    return credential;
}

QByteArray searchedText(const Application &application)
{
    QByteArray lines = foldedText(application.name) + lineFeed;
    lines += foldedText(ownerName(application)) + lineFeed;
    lines += foldedText(application.id) + lineFeed;
    return lines;
}
