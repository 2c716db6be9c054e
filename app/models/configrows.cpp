// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/configrows.h"

#include "api/losantjson.h"
#include "domain/credentialdraft.h"
#include "domain/showntext.h"
#include "domain/textbounds.h"
#include "models/datetext.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxValues = 500;
/// Of values that the table does not know: more of them are one text.
constexpr std::size_t maxUnknownRows = 16;

QString choiceLabel(const CredentialField &field, const QString &value)
{
    const auto found =
        std::ranges::find_if(field.choices, [&](const FieldChoice &c) { return c.value == value; });
    return found == field.choices.end() ? value : translated(found->label);
}

QString indentedJson(const QString &text)
{
    if (text.size() > maxShownCharacters)
        return text;
    const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
    return json.isNull() ? text : QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed();
}

QString switchText(const QString &value)
{
    return value == "true"_L1 ? QCoreApplication::translate("ConfigRows", "Yes")
                              : QCoreApplication::translate("ConfigRows", "No");
}

QString dateText(const QString &value)
{
    const auto date = LosantJson::readDate(value.toStdString());
    return date ? exactDateText(*date) : value;
}

/// A value with the label that the form gives it, which may depend on other values: those are in `draft`.
ConfigRow formRow(const CredentialDraft &draft, const CredentialField &field, const QString &value)
{
    const auto shown = draft.shownField(field.key);
    const QString label = translated(shown ? draft.wording(*shown).label : field.label);
    switch (shown ? draft.type()->field(*shown).kind : field.kind) {
    case FieldKind::Choice:
        return {label, choiceLabel(field, value), ConfigRow::Text::Words};
    case FieldKind::Switch:
        return {label, switchText(value), ConfigRow::Text::Words};
    case FieldKind::File:
        return {label, value, ConfigRow::Text::Code};
    default:
        return {label, value};
    }
}

ConfigRow readBackRow(const ReadBackField &field, const QString &value)
{
    switch (field.kind) {
    case FieldKind::Date:
        return {translated(field.label), dateText(value), ConfigRow::Text::Words};
    case FieldKind::File:
        return {translated(field.label), indentedJson(value), ConfigRow::Text::Code};
    default:
        return {translated(field.label), value};
    }
}

/// Whether the table knows a secret by this name, of whatever type it is.
bool isSecret(const QString &name)
{
    return secretKeys().contains(name);
}

/// Whether a list, or an object that is shown as it stands, may hold such a secret.
bool holdsSecret(QByteArrayView json)
{
    return (json.startsWith('[') || json.startsWith('{')) &&
           std::ranges::any_of(secretKeys(), [json](const QString &name) {
               return json.contains(QByteArray('"' + name.toUtf8() + '"'));
           });
}

void eraseSecrets(LosantJson::ConfigValues &config)
{
    config.count -= int(std::erase_if(config.values, [](const auto &value) {
        return std::ranges::any_of(value.key.split(u'.'), isSecret) ||
               holdsSecret(firstCharacters(value.text).toUtf8());
    }));
}

/// Takes the values that the table knows, in the order of the form.
std::vector<ConfigRow> takeKnown(const CredentialType &type, std::vector<LosantJson::ConfigValue> &values)
{
    const auto take = [&values](QLatin1StringView key) -> std::optional<QString> {
        const auto found = std::ranges::find_if(values, [key](const auto &v) { return v.key == key; });
        if (found == values.end())
            return std::nullopt;
        const QString text = found->text;
        values.erase(found);
        return text;
    };
    CredentialDraft draft(type); // for the words that go by another field's value
    for (const FieldId field : type.fieldIds()) {
        for (const auto &value : values) {
            if (value.key == type.field(field).key)
                draft.set(field, value.text);
        }
    }
    std::vector<ConfigRow> rows;
    for (const CredentialField &field : type.fields) {
        const auto value = take(field.key);
        if (value && !value->isEmpty())
            rows.push_back(formRow(draft, field, *value));
    }
    for (const ReadBackField &field : type.readBack) {
        if (const auto value = take(field.key); value && !value->isEmpty())
            rows.push_back(readBackRow(field, *value));
    }
    return rows;
}

} // namespace

ConfigRows configRows(const Credential &credential)
{
    ConfigRows config;
    config.isTooLarge = credential.config.size() > LosantJson::maxConfigSize;
    LosantJson::ConfigValues read = LosantJson::readConfig(credential.config, maxValues);
    eraseSecrets(read);
    const std::size_t all = read.values.size();
    if (const CredentialType *type = findCredentialType(credential.type))
        config.rows = takeKnown(*type, read.values);
    // An empty value that the table knows has no row.
    config.count = read.count - int(all - read.values.size() - config.rows.size());
    if (read.values.size() <= maxUnknownRows && read.count == int(all)) {
        for (const auto &value : read.values)
            config.rows.push_back({value.key, value.text});
    } else {
        qsizetype size = 0;
        for (const auto &value : read.values) {
            const QString line = quoted(value.key) + ": "_L1 + quoted(value.text);
            size += line.size() + 1;
            if (size > maxShownCharacters)
                break;
            config.others.append(line);
        }
    }
    return config;
}

QByteArray wholeConfig(const QByteArray &config)
{
    return LosantJson::configWithout(
        config, [](const QString &key, QByteArrayView value) { return isSecret(key) || holdsSecret(value); });
}
