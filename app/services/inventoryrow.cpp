// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/inventoryrow.h"

#include "domain/application.h"
#include "domain/credential.h"
#include "domain/credentialtypes.h"
#include "domain/textbounds.h"
#include "services/credentialfacts.h"

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

/// Letters with a stroke, which Unicode does not take apart into a letter and an accent.
char32_t withoutStroke(char32_t character)
{
    switch (character) {
    case U'đ':
    case U'ð':
        return U'd';
    case U'ħ':
        return U'h';
    case U'ı':
        return U'i';
    case U'ł':
        return U'l';
    case U'ø':
        return U'o';
    case U'ŧ':
        return U't';
    default:
        return character;
    }
}

/// Of one character; most marks come to nothing. A text is folded character by character, as what stands
/// around one makes no difference once the marks are gone.
QByteArray folded(char32_t character)
{
    const QString decomposed = QString::fromUcs4(&character, 1)
                                   .normalized(QString::NormalizationForm_KD)
                                   .toCaseFolded()
                                   .replace(u'ß', "ss"_L1)
                                   .normalized(QString::NormalizationForm_KD);
    QString kept;
    for (const char32_t part : decomposed.toUcs4()) {
        if (QChar::category(part) != QChar::Mark_NonSpacing)
            kept += QChar::fromUcs4(withoutStroke(part));
    }
    return kept.toUtf8();
}

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
    InventoryRow row(const Credential &credential)
    {
        const CredentialFacts facts = credentialFacts(credential);
        InventoryRow row(
            {.id = credential.id.toUtf8(),
             .name = credential.name.toUtf8(),
             .description = firstCharacters(credential.description, InventoryRow::maxDescription).toUtf8(),
             .key = facts.key.toUtf8(),
             .searched = searched(credential, facts)},
            {.type = shared(credential.type),
             .createdBy = shared(InventoryRow::Author{credential.createdById, credential.createdByType}),
             .lastUpdatedBy =
                 shared(InventoryRow::Author{credential.lastUpdatedById, credential.lastUpdatedByType})});
        row.keyId = numberOf(facts.keyIdentity);
        row.accountId = numberOf(facts.accountIdentity);
        row.creationDate = credential.creationDate.value_or(InventoryRow::noDate);
        row.lastUpdated = credential.lastUpdated.value_or(InventoryRow::noDate);
        row.expiryDate = facts.expiryDate.value_or(InventoryRow::noDate);
        row.status = statusOf(credential.enabled);
        return row;
    }

private:
    QByteArray searched(const Credential &credential, const CredentialFacts &facts)
    {
        QByteArray lines = foldedText(credential.name) + lineFeed;
        lines += typeLines(credential.type);
        lines += foldedText(facts.key) + lineFeed;
        for (const QString &value : facts.searched) {
            if (value != facts.key) // found already
                lines += foldedText(value) + ' ';
        }
        lines += lineFeed;
        lines += foldedText(credential.description) + lineFeed;
        return lines;
    }

    const QByteArray &typeLines(const QString &type)
    {
        auto found = m_typeLines.find(type);
        if (found == m_typeLines.end())
            found = m_typeLines.insert(type, foldedText(type) + lineFeed +
                                                 foldedText(credentialTypeName(type)) + lineFeed);
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
{
    static const Origin unknown{.type = std::make_shared<const QString>(),
                                .createdBy = std::make_shared<const Author>(),
                                .lastUpdatedBy = std::make_shared<const Author>()};
    m_origin = unknown;
}

InventoryRow::InventoryRow(const Texts &texts, Origin origin)
    : m_nameBegin(quint32(texts.id.size()))
    , m_descriptionBegin(m_nameBegin + quint32(texts.name.size()))
    , m_keyBegin(m_descriptionBegin + quint32(texts.description.size()))
    , m_searchedBegin(m_keyBegin + quint32(texts.key.size()))
    , m_origin(std::move(origin))
{
    m_texts.reserve(m_searchedBegin + texts.searched.size());
    for (const QByteArray *text : {&texts.id, &texts.name, &texts.description, &texts.key, &texts.searched})
        m_texts.append(*text);
}

bool InventoryRow::operator==(const InventoryRow &other) const
{
    const auto values = [](const InventoryRow &row) {
        return std::tie(row.m_nameBegin, row.m_descriptionBegin, row.m_keyBegin, row.m_searchedBegin,
                        row.m_texts, *row.m_origin.type, *row.m_origin.createdBy, *row.m_origin.lastUpdatedBy,
                        row.creationDate, row.lastUpdated, row.expiryDate, row.status);
    };
    return values(*this) == values(other);
}

std::vector<InventoryRow> inventoryRows(const std::vector<Credential> &credentials)
{
    RowMaker maker;
    std::vector<InventoryRow> rows;
    rows.reserve(credentials.size());
    for (const Credential &credential : credentials)
        rows.push_back(maker.row(credential));
    return rows;
}

Credential credentialOf(const InventoryRow &row, const QString &applicationId)
{
    Credential credential;
    credential.id = QString::fromUtf8(row.id());
    credential.applicationId = applicationId;
    credential.name = QString::fromUtf8(row.name());
    credential.description = QString::fromUtf8(row.description());
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

QByteArray foldedText(QStringView text)
{
    thread_local QHash<char32_t, QByteArray> others;
    QByteArray result;
    result.reserve(text.size() + text.size() / 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t character = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            character = QChar::surrogateToUcs4(text[i], text[i + 1]);
        i += character > 0xFFFF ? 1 : 0;
        if (character < 0x80) {
            const bool isCapital = character >= U'A' && character <= U'Z';
            result += character == U'\n' ? ' ' : char(isCapital ? character + (U'a' - U'A') : character);
            continue;
        }
        auto found = others.constFind(character);
        if (found == others.constEnd())
            found = others.insert(character, folded(character));
        result += *found;
    }
    return result;
}
