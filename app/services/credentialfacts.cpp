// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialfacts.h"

#include "api/losantjson.h"
#include "domain/credential.h"
#include "domain/credentialtypes.h"
#include "domain/keyidentity.h"
#include "domain/keymaterial.h"
#include "domain/textbounds.h"

#include <QUrl>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr auto fingerprintKey = "info.fingerprint"_L1;
constexpr auto expiryKey = "info.notValidAfter"_L1;
/// Between the parts of an identity: in none of them.
constexpr QChar separator = u'\n';

/// Whether everybody can read the certificates in it.
bool takesCertificates(const CredentialField &field)
{
    return !field.secret && field.kind == FieldKind::File && field.format == FileFormat::Pem;
}

std::optional<qint64> lastDayOf(const KeyMaterial::PemText &pem, bool isAuthorities)
{
    std::optional<qint64> date;
    for (const KeyMaterial::PemBlock &block : pem.blocks) {
        if (block.kind != KeyMaterial::PemBlock::Kind::Certificate || !block.notAfter.isValid())
            continue;
        const qint64 end = block.notAfter.toMSecsSinceEpoch();
        date = !date ? end : isAuthorities ? std::max(*date, end) : std::min(*date, end);
    }
    return date;
}

/// As fingerprints are written: capitals, with colons.
QString fingerprint(const QString &sha256)
{
    return QString::fromLatin1(QByteArray::fromHex(sha256.toLatin1()).toHex(':').toUpper());
}

/// A key without what may differ between two copies of it: line breaks, armour, the comment of an SSH key.
QString bareKey(const QString &publicKey)
{
    if (!publicKey.contains("-----BEGIN"_L1))
        return publicKey.simplified().section(u' ', 0, 1);
    QString bare;
    for (const QStringView line : QStringView(publicKey).split(u'\n')) {
        if (!line.startsWith("-----"_L1))
            bare += line.trimmed();
    }
    return bare;
}

/// Written differently, but the same place.
QString place(const CredentialField &field, const QString &text)
{
    switch (field.form) {
    case ValueForm::Host:
    case ValueForm::SnowflakeHost:
        return text.toLower();
    case ValueForm::WebAddress:
        return QUrl(text).toString(); // scheme and host are in lower case
    default:
        return text;
    }
}

class FactsReader
{
public:
    explicit FactsReader(const Credential &credential)
        : m_type(findCredentialType(credential.type)), m_config(LosantJson::readConfig(credential.config))
    {
    }

    CredentialFacts read()
    {
        if (m_type) {
            readKey();
            if (m_facts.keyIdentity.isEmpty())
                readAccount();
            readExpiry();
        }
        readSearched();
        return std::move(m_facts);
    }

private:
    struct Pem
    {
        QLatin1StringView key;
        KeyMaterial::PemText text;
    };

    QString value(QLatin1StringView key) const
    {
        const auto found = std::ranges::find(m_config.values, key, &LosantJson::ConfigValue::key);
        return found == m_config.values.end() ? QString() : found->text;
    }

    bool isShown(const CredentialField &field) const
    {
        const FieldCondition &condition = field.shownWhen;
        return condition.key.isEmpty() ||
               std::ranges::find(condition.values, value(condition.key)) != condition.values.end();
    }

    /// Read once: that takes long.
    const KeyMaterial::PemText &pem(const CredentialField &field)
    {
        auto found = std::ranges::find(m_pems, field.key, &Pem::key);
        if (found == m_pems.end())
            found = m_pems.insert(found, {field.key, KeyMaterial::readPem(value(field.key))});
        return found->text;
    }

    void readKey()
    {
        if (const ReadBackField *publicKey = m_type->publicKey())
            setKey(bareKey(value(publicKey->key)));
        if (const ReadBackField *shown = m_type->shownKey())
            setKey(partOf(value(shown->key), u"private_key_id"));
        for (const CredentialField &field : m_type->fields) {
            if (!field.identifiesKey || field.secret || !isShown(field))
                continue;
            if (field.format == FileFormat::Pem)
                readCertificate(field);
            else
                setKey(keyIdentity(field, value(field.key)));
        }
    }

    void setKey(const QString &key)
    {
        if (key.isEmpty())
            return;
        m_facts.key = key;
        m_facts.keyIdentity = m_type->key + separator + key;
    }

    /// A certificate is the same in any type.
    void readCertificate(const CredentialField &field)
    {
        QString read = value(fingerprintKey);
        QString digest = QString(read).remove(u':').toLower();
        if (digest.size() != 64) // it is no SHA-256 digest, so it is no good beside those that are
            digest = keyIdentity(pem(field));
        if (digest.isEmpty())
            digest = read;
        if (digest.isEmpty())
            return;
        m_facts.key = read.isEmpty() ? fingerprint(digest) : read;
        m_facts.keyIdentity = "certificate"_L1 + separator + digest;
    }

    void readAccount()
    {
        QString identity;
        bool isAny = false;
        for (const CredentialField &field : m_type->fields) {
            if (!field.identifiesAccount || !isShown(field))
                continue;
            const QString text = place(field, value(field.key).trimmed());
            if (text.isEmpty() && field.required)
                return;
            isAny |= !text.isEmpty();
            identity += separator + text;
        }
        if (isAny)
            m_facts.accountIdentity = m_type->key + identity;
    }

    void readExpiry()
    {
        if (std::ranges::none_of(m_type->fields, takesCertificates))
            return;
        m_facts.expiryDate = LosantJson::readDate(value(expiryKey).toStdString());
        for (const CredentialField &field : m_type->fields) {
            if (m_facts.expiryDate)
                return;
            if (takesCertificates(field) && isShown(field))
                m_facts.expiryDate = lastDayOf(pem(field), field.pem == PemContent::Authorities);
        }
    }

    void readSearched()
    {
        for (const LosantJson::ConfigValue &value : m_config.values) {
            if (m_type && m_type->shownKey() && value.key == m_type->shownKey()->key) {
                for (const LosantJson::ConfigValue &part : LosantJson::readConfig(value.text.toUtf8()).values)
                    addSearched(part);
            } else if (!isFactOrSwitch(value)) {
                addSearched(value);
            }
        }
    }

    /// What is said as the key or a date, or is of no use without its label.
    bool isFactOrSwitch(const LosantJson::ConfigValue &value) const
    {
        return value.key == fingerprintKey || value.text == "true"_L1 || value.text == "false"_L1 ||
               (m_type && m_type->publicKey() && value.key == m_type->publicKey()->key) ||
               LosantJson::readDate(
                   value.text.first(std::min<qsizetype>(value.text.size(), 40)).toStdString());
    }

    void addSearched(const LosantJson::ConfigValue &value)
    {
        const bool isSecret = std::ranges::any_of(value.key.split(u'.'), [](const QString &part) {
            return part == "private_key"_L1 || secretKeys().contains(part);
        });
        const bool isDocument = value.text.startsWith(u'{') || value.text.startsWith(u'[') ||
                                value.text.contains("-----BEGIN"_L1);
        if (!isSecret && !isDocument && !value.text.isEmpty())
            m_facts.searched.append(firstCharacters(value.text, maxListedCharacters));
    }

    /// A member of a JSON object.
    static QString partOf(const QString &json, QStringView key)
    {
        const LosantJson::ConfigValues parts = LosantJson::readConfig(json.toUtf8());
        const auto found = std::ranges::find(parts.values, key, &LosantJson::ConfigValue::key);
        return found == parts.values.end() ? QString() : found->text.trimmed();
    }

    const CredentialType *const m_type;
    const LosantJson::ConfigValues m_config;
    std::vector<Pem> m_pems;
    CredentialFacts m_facts;
};

} // namespace

CredentialFacts credentialFacts(const Credential &credential)
{
    return FactsReader(credential).read();
}
