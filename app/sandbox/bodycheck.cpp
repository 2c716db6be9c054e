// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/bodycheck.h"

#include "domain/draftvalidator.h"
#include "sandbox/sandboxauth.h"
#include "sandbox/sandboxkeys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int nameMax = 255;
constexpr int descriptionMax = 32767;
constexpr auto generateKey = "generatePrivateKey"_L1;

/// Of a service account's key, the fields that are no secret. Whatever else it holds is dropped with the
/// private key.
constexpr QLatin1StringView publicKeyFields[] = {
    "type"_L1,
    "project_id"_L1,
    "private_key_id"_L1,
    "client_email"_L1,
    "client_id"_L1,
    "auth_uri"_L1,
    "token_uri"_L1,
    "auth_provider_x509_cert_url"_L1,
    "client_x509_cert_url"_L1,
    "universe_domain"_L1,
};

QString quoted(QLatin1StringView text)
{
    return u'"' + text + u'"';
}

/// Looks at one body; collects what is wrong with it.
class Checker
{
public:
    explicit Checker(const QJsonObject &body, const CredentialType *type = nullptr) : m_body(body)
    {
        m_result.type = type;
    }

    void refuse(const QString &field, const QString &message)
    {
        m_result.problems.push_back({field, message});
    }

    std::optional<QString> text(const QJsonValue &value, const QString &field, int minimum, int maximum)
    {
        if (!value.isString()) {
            refuse(field, field + " must be a string."_L1);
            return std::nullopt;
        }
        const QString result = value.toString();
        const qsizetype length = DraftValidator::codePoints(result);
        if (length < minimum || length > maximum) {
            refuse(field, u"%1 must have %2 to %3 characters."_s.arg(field).arg(minimum).arg(maximum));
            return std::nullopt;
        }
        return result;
    }

    void common(bool isPost);
    void configs(bool isPost, const QJsonObject &before);
    CheckedBody take() { return std::move(m_result); }

private:
    void value(const CredentialField &row, const QJsonValue &value, const QString &field);
    bool isShown(const CredentialField &row) const;
    QString current(QLatin1StringView key) const;
    void fields(bool isPost);
    void publish();
    void publishKey();
    void publishCertificate();

    QString path(QLatin1StringView key) const { return m_result.type->configKey + u'.' + key; }

    const QJsonObject &m_body;
    CheckedBody m_result;
    QJsonObject m_sent;   ///< the configuration in the body
    QJsonObject m_config; ///< what may be read: first as it was, then as it will be
};

void Checker::common(bool isPost)
{
    for (auto entry = m_body.begin(); entry != m_body.end(); ++entry) {
        const QString key = entry.key();
        if (key == "name"_L1) {
            m_result.name = text(*entry, key, 1, nameMax);
        } else if (key == "description"_L1) {
            m_result.description = text(*entry, key, 0, descriptionMax);
        } else if (key == "enabled"_L1) {
            if (entry->isBool())
                m_result.enabled = entry->toBool();
            else
                refuse(key, u"enabled must be true or false."_s);
        } else if (key == "type"_L1 && isPost) {
            m_result.type = entry->isString() ? findCredentialType(entry->toString()) : nullptr;
            if (!m_result.type)
                refuse(key, u"type must be one of the known credential types."_s);
        } else if (key == "type"_L1) {
            refuse(key, u"The type of a credential can't be changed."_s);
        } else if (std::ranges::none_of(credentialTypes(), [&key](const CredentialType &type) {
                       return type.configKey == key;
                   })) {
            refuse(key, key + " is not allowed."_L1);
        }
    }
    if (!isPost)
        return;
    for (const auto required : {"name"_L1, "type"_L1}) {
        if (!m_body.contains(required))
            refuse(required, required + " is required."_L1);
    }
}

void Checker::configs(bool isPost, const QJsonObject &before)
{
    if (!m_result.type)
        return;
    for (const CredentialType &type : credentialTypes()) {
        if (&type != m_result.type && m_body.contains(type.configKey)) {
            refuse(type.configKey, type.configKey + " does not belong to a credential of the type "_L1 +
                                       m_result.type->key + u'.');
        }
    }
    const QLatin1StringView key = m_result.type->configKey;
    const QJsonValue sent = m_body[key];
    if (sent.isUndefined()) {
        if (isPost)
            refuse(key, key + " is required for a credential of the type "_L1 + m_result.type->key + u'.');
        return;
    }
    if (!sent.isObject()) {
        refuse(key, key + " must be an object."_L1);
        return;
    }
    m_sent = sent.toObject();
    m_config = before;
    fields(isPost);
    if (m_result.problems.empty())
        publish();
}

void Checker::fields(bool isPost)
{
    const auto rows = m_result.type->fields;
    const std::size_t problemsBefore = m_result.problems.size();
    for (auto entry = m_sent.begin(); entry != m_sent.end(); ++entry) {
        const auto row = std::ranges::find_if(
            rows, [&entry](const CredentialField &field) { return field.key == entry.key(); });
        const QString field = m_result.type->configKey + u'.' + entry.key();
        if (row == rows.end())
            refuse(field, field + " is not allowed."_L1);
        else
            value(*row, *entry, field);
    }
    // What depends on another field can't be told while one of them is wrong.
    const bool isReadable = m_result.problems.size() == problemsBefore;

    QStringList seen;
    for (const CredentialField &row : rows) {
        if (seen.contains(row.key) || (!isReadable && !row.shownWhen.key.isEmpty()))
            continue;
        seen.append(row.key);
        const auto isPlace = [&](const CredentialField &other) {
            return other.key == row.key && isShown(other);
        };
        const bool hasPlace = std::ranges::any_of(rows, isPlace);
        if (!hasPlace && !current(row.key).isEmpty() && m_sent.contains(row.key))
            refuse(path(row.key), path(row.key) + " can't be combined with the other values."_L1);
        else if (isPost && hasPlace && row.required && !m_sent.contains(row.key))
            refuse(path(row.key), path(row.key) + " is required."_L1);
    }
}

void Checker::value(const CredentialField &row, const QJsonValue &value, const QString &field)
{
    switch (row.kind) {
    case FieldKind::Line:
    case FieldKind::File:
        text(value, field, row.minimum, row.maximum);
        break;
    case FieldKind::Choice:
        if (!value.isString() || std::ranges::none_of(row.choices, [&value](const FieldChoice &choice) {
                return choice.value == value.toString();
            })) {
            QString list;
            for (const FieldChoice &choice : row.choices)
                list += (list.isEmpty() ? ""_L1 : ", "_L1) + quoted(choice.value);
            refuse(field, field + " must be one of "_L1 + list + u'.');
        }
        break;
    case FieldKind::Number: {
        const double number = value.toDouble(std::nan(""));
        if (!value.isNull() &&
            !(std::trunc(number) == number && number >= row.minimum && number <= row.maximum))
            refuse(
                field,
                u"%1 must be a whole number from %2 to %3."_s.arg(field).arg(row.minimum).arg(row.maximum));
        break;
    }
    case FieldKind::Switch:
        if (!value.isBool())
            refuse(field, field + " must be true or false."_L1);
        break;
    case FieldKind::Date:
        break;
    }
}

/// What other fields may depend on: a switch that is off is as good as not sent.
QString Checker::current(QLatin1StringView key) const
{
    const QJsonValue value = m_sent.contains(key) ? m_sent[key] : m_config[key];
    if (value.isBool())
        return value.toBool() ? u"true"_s : QString();
    return value.isDouble() ? QString::number(value.toDouble()) : value.toString();
}

bool Checker::isShown(const CredentialField &row) const
{
    if (row.shownWhen.key.isEmpty())
        return true;
    const auto rows = m_result.type->fields;
    const bool hasController = std::ranges::any_of(
        rows, [&](const CredentialField &other) { return other.key == row.shownWhen.key && isShown(other); });
    const QString value = hasController ? current(row.shownWhen.key) : QString();
    return std::ranges::any_of(row.shownWhen.values,
                               [&value](QLatin1StringView wanted) { return wanted == value; });
}

/// From what was sent to what may be read.
void Checker::publish()
{
    for (const CredentialField &row : m_result.type->fields) {
        if (row.secret || row.key == generateKey || !m_sent.contains(row.key))
            continue;
        if (m_sent[row.key].isNull())
            m_config.remove(row.key);
        else
            m_config[row.key] = m_sent[row.key];
    }
    const QLatin1StringView type = m_result.type->key;
    if (type == "http"_L1 && !m_config.contains("publicValue"_L1))
        m_config["publicValue"_L1] = QString();
    if (type == "snowflake"_L1 || type == "git"_L1)
        publishKey();
    else if (type == "gcp"_L1 || type == "certificateKeyPair"_L1)
        publishCertificate();
    m_result.config = m_config;
}

void Checker::publishKey()
{
    const bool isGenerated = m_sent[generateKey].toBool();
    if (m_result.type->key == "git"_L1) {
        const bool hasSecret = m_sent.contains("secretValue"_L1);
        if (hasSecret && m_sent["secretValue"_L1].toString().isEmpty())
            refuse(path("secretValue"_L1), u"gitConfig.secretValue must not be empty."_s);
        if (isGenerated)
            m_config["publicKey"_L1] = generatedDeployKey();
        else if (hasSecret || m_config["type"_L1] != "ssh-key"_L1)
            m_config.remove("publicKey"_L1);
    } else if (isGenerated) {
        m_config["publicKey"_L1] = generatedPublicKey();
    } else if (m_sent.contains("privateKey"_L1)) {
        const QString publicKey = publicKeyOf(m_sent["privateKey"_L1].toString());
        if (publicKey.isEmpty())
            refuse(path("privateKey"_L1),
                   u"snowflakeConfig.privateKey must be an unencrypted private key, PEM."_s);
        m_config["publicKey"_L1] = publicKey;
    }
}

void Checker::publishCertificate()
{
    if (m_sent.contains("keyJson"_L1)) {
        const QJsonDocument key = QJsonDocument::fromJson(m_sent["keyJson"_L1].toString().toUtf8());
        if (!key.isObject())
            refuse(path("keyJson"_L1), u"gcpConfig.keyJson must be a service account's key, JSON."_s);
        QJsonObject meta;
        for (const QLatin1StringView name : publicKeyFields) {
            if (key[name].isString())
                meta[name] = key[name];
        }
        m_config["keyMetaJson"_L1] = QString::fromUtf8(QJsonDocument(meta).toJson(QJsonDocument::Compact));
    }
    if (m_sent.contains("certificate"_L1)) {
        const auto info = certificateInfo(m_sent["certificate"_L1].toString());
        if (!info)
            refuse(path("certificate"_L1),
                   u"certificateKeyPairConfig.certificate must be a certificate, PEM."_s);
        m_config["info"_L1] = info.value_or(QJsonObject());
    }
}

/// The scopes of a list, or none if it is anything else.
QStringList scopes(const QJsonValue &value)
{
    static const QRegularExpression scope(u"^[A-Za-z]+(\\.[A-Za-z]+)*\\.([A-Za-z]+|\\*)$"_s);
    QStringList result;
    const QJsonArray entries = value.toArray();
    for (const auto &entry : entries) {
        const QString text = entry.toString();
        if (!scope.match(text).hasMatch() || result.contains(text))
            return {};
        result.append(text);
    }
    return result;
}

} // namespace

CheckedBody checkPost(const QJsonObject &body)
{
    Checker checker(body);
    checker.common(true);
    checker.configs(true, {});
    return checker.take();
}

CheckedBody checkPatch(const QJsonObject &body, const CredentialType &type, const QJsonObject &config)
{
    Checker checker(body, &type);
    checker.common(false);
    checker.configs(false, config);
    return checker.take();
}

SignInBody checkSignIn(const QJsonObject &body)
{
    SignInBody result;
    const auto refuse = [&result](const QString &field, const QString &message) {
        result.problems.push_back({field, message});
    };
    const auto text = [&](QLatin1StringView key, int minimum, int maximum) {
        QString value = body[key].toString();
        const qsizetype length = DraftValidator::codePoints(value);
        if (!body[key].isString())
            refuse(key, key + " must be a string."_L1);
        else if (length < minimum || length > maximum)
            refuse(key, u"%1 must have %2 to %3 characters."_s.arg(key).arg(minimum).arg(maximum));
        return value;
    };
    result.email = text("email"_L1, 0, 1024);
    if (result.problems.empty() && !SandboxAuth::isEmail(result.email))
        refuse(u"email"_s, u"email must be an email address."_s);
    result.password = text("password"_L1, 8, 2048);

    for (auto entry = body.begin(); entry != body.end(); ++entry) {
        const QString key = entry.key();
        if (key == "twoFactorCode"_L1) {
            result.twoFactorCode = text("twoFactorCode"_L1, 0, 2048);
        } else if (key == "tokenTTL"_L1) {
            const double seconds = entry->toDouble(-1);
            if (seconds < 0 || std::trunc(seconds) != seconds)
                refuse(key, u"tokenTTL must be a whole number, 0 or more."_s);
            else
                result.secondsToLive = qint64(std::min(seconds, 1e12));
        } else if (key == "requestedScopes"_L1) {
            result.scopes = scopes(*entry);
            if (result.scopes.isEmpty())
                refuse(key, u"requestedScopes must be a list of scopes, none twice."_s);
        } else if (key != "email"_L1 && key != "password"_L1) {
            refuse(key, key + " is not allowed."_L1);
        }
    }
    return result;
}

std::optional<QJsonObject> jsonObject(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}
