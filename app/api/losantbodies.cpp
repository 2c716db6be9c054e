// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"
#include "domain/account.h"
#include "domain/credentialdraft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &body)
{
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

/// A value that is there.
QJsonValue toJson(FieldKind kind, const QString &value)
{
    switch (kind) {
    case FieldKind::Line:
    case FieldKind::File:
    case FieldKind::Choice:
        return value;
    case FieldKind::Number:
        return value.toLongLong();
    case FieldKind::Switch:
        return true;
    case FieldKind::Date:
        break;
    }
    return QJsonValue::Undefined;
}

/// What takes a value away that is there. Undefined where the API knows nothing of the kind.
QJsonValue clearing(const CredentialField &row)
{
    switch (row.kind) {
    case FieldKind::Line:
    case FieldKind::File:
        return row.minimum == 0 ? QJsonValue(QString()) : QJsonValue(QJsonValue::Undefined);
    case FieldKind::Number:
        return QJsonValue::Null;
    case FieldKind::Switch:
        return false;
    case FieldKind::Choice:
    case FieldKind::Date:
        break;
    }
    return QJsonValue::Undefined;
}

/// Whether the draft's base has a text under the key of this public field: it may be that of another field of
/// the same key, which is not shown any more.
bool isTextInBase(const LosantJson::ConfigValues &base, const CredentialField &row)
{
    const auto found = std::ranges::find(base.values, row.key, &LosantJson::ConfigValue::key);
    return !row.secret && (row.kind == FieldKind::Line || row.kind == FieldKind::File) &&
           found != base.values.end() && !found->text.isEmpty();
}

/// Whether a public text of this key is not in the form as the choice that it depends on is one that the
/// table does not have.
bool isHiddenByUnknownChoice(const CredentialDraft &draft, const QString &key)
{
    return std::ranges::any_of(draft.fieldIds(), [&](FieldId field) {
        const CredentialField &row = draft.type()->field(field);
        const auto decider = draft.isShown(field) || row.shownWhen.key.isEmpty()
                                 ? std::nullopt
                                 : draft.shownField(row.shownWhen.key);
        if (row.key != key || row.secret || row.generatesKey || !decider)
            return false;
        const auto choices = draft.type()->field(*decider).choices;
        const bool isKnown = std::ranges::any_of(
            choices, [&](const FieldChoice &choice) { return choice.value == draft.value(*decider); });
        return !choices.empty() && !isKnown;
    });
}

/// The configuration as the draft means it, without secrets that are kept. An empty field is in it only if it
/// was not empty before.
QJsonObject configOf(const CredentialDraft &draft)
{
    const LosantJson::ConfigValues base =
        draft.base() ? LosantJson::readConfig(draft.base()->config) : LosantJson::ConfigValues{};
    QJsonObject config;
    for (const FieldId field : draft.shownFields()) {
        const CredentialField &row = draft.type()->field(field);
        const QString &value = draft.value(field);
        bool isNumber = false;
        value.toLongLong(&isNumber);
        if (row.kind == FieldKind::Number && draft.isInBase(field) && !value.isEmpty() && !isNumber)
            config[row.key] = value; // any text may come from a server, and goes back as it came
        else if (!value.isEmpty())
            config[row.key] = toJson(row.kind, value);
        else if (draft.base() && (draft.isChanged(field) || isTextInBase(base, row)))
            config[row.key] = clearing(row);
    }
    for (const LosantJson::ConfigValue &value : base.values) {
        if (!config.contains(value.key) && isHiddenByUnknownChoice(draft, value.key))
            config[value.key] = value.text;
    }
    return config;
}

} // namespace

CredentialDraft LosantJson::readDraft(const Credential &credential)
{
    return readDraft(credential, findCredentialType(credential.type));
}

CredentialDraft LosantJson::readDraft(const Credential &credential, const CredentialType *type)
{
    if (!type)
        return CredentialDraft(credential);
    const ConfigValues config = readConfig(credential.config);
    const ReadBackField *shown = type->shownKey();
    std::vector<QString> values;
    for (const CredentialField &row : type->fields) {
        const bool isShownElsewhere = row.secret && row.identifiesKey && shown;
        const auto found =
            std::ranges::find(config.values, isShownElsewhere ? shown->key : row.key, &ConfigValue::key);
        const bool isOff =
            row.kind == FieldKind::Switch && found != config.values.end() && found->text != "true"_L1;
        values.push_back(found == config.values.end() || isOff ? QString() : found->text);
    }
    return CredentialDraft(*type, credential, std::move(values));
}

QString LosantJson::readPublicKey(const Credential &credential, const CredentialType &type)
{
    const ReadBackField *row = type.publicKey();
    if (!row)
        return {};
    const ConfigValues config = readConfig(credential.config);
    const auto found = std::ranges::find(config.values, row->key, &ConfigValue::key);
    return found == config.values.end() ? QString() : found->text;
}

QByteArray LosantJson::writePost(const CredentialDraft &draft)
{
    QJsonObject body;
    body["name"_L1] = draft.value(FieldId::name);
    if (const QString &description = draft.value(FieldId::description); !description.isEmpty())
        body["description"_L1] = description;
    body["enabled"_L1] = !draft.value(FieldId::enabled).isEmpty();
    body["type"_L1] = QString(draft.type()->key);
    body[draft.type()->configKey] = configOf(draft);
    return compact(body);
}

QByteArray LosantJson::writePatch(const CredentialDraft &draft)
{
    QJsonObject body;
    if (draft.isChanged(FieldId::name))
        body["name"_L1] = draft.value(FieldId::name);
    if (draft.isChanged(FieldId::description))
        body["description"_L1] = draft.value(FieldId::description);
    if (draft.isChanged(FieldId::enabled))
        body["enabled"_L1] = !draft.value(FieldId::enabled).isEmpty();
    if (draft.hasConfigChanges())
        body[draft.type()->configKey] = configOf(draft);
    return compact(body);
}

QByteArray LosantJson::writeSignIn(const PasswordSignIn &signIn)
{
    QJsonObject body{{"email"_L1, signIn.email}, {"password"_L1, signIn.password}};
    if (!signIn.twoFactorCode.isEmpty())
        body["twoFactorCode"_L1] = signIn.twoFactorCode;
    body["requestedScopes"_L1] = QJsonArray::fromStringList(signIn.scopes);
    body["tokenTTL"_L1] = qint64(signIn.tokenLifetime.count());
    return compact(body);
}
