// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/configlines.h"

#include "api/losantjson.h"
#include "domain/credentialdraft.h"
#include "domain/textbounds.h"
#include "models/datetext.h"
#include "widgets/texttools.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxValues = 500;
/// Of those that the table does not know: more are one text.
constexpr std::size_t maxOwnLines = 16;

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
    return value == "true"_L1 ? QCoreApplication::translate("CredentialDetails", "Yes")
                              : QCoreApplication::translate("CredentialDetails", "No");
}

QString dateText(const QString &value)
{
    const auto date = LosantJson::readDate(value.toStdString());
    return date ? exactDateText(*date) : value;
}

/// A value with the label that the form gives it; the words that go by another field's value come from
/// `draft`.
ConfigLine formLine(const CredentialDraft &draft, const CredentialField &field, const QString &value)
{
    const int shown = draft.shownField(field.key);
    const QString label = translated(shown < 0 ? field.label : draft.wording(shown).label);
    switch (shown < 0 ? field.kind : draft.type()->fields[std::size_t(shown)].kind) {
    case FieldKind::Choice:
        return {label, choiceLabel(field, value), ConfigLine::Text::Words};
    case FieldKind::Switch:
        return {label, switchText(value), ConfigLine::Text::Words};
    case FieldKind::File:
        return {label, value, ConfigLine::Text::Code};
    default:
        return {label, value};
    }
}

ConfigLine readBackLine(const ReadBackField &field, const QString &value)
{
    switch (field.kind) {
    case FieldKind::Date:
        return {translated(field.label), dateText(value), ConfigLine::Text::Words};
    case FieldKind::File:
        return {translated(field.label), indentedJson(value), ConfigLine::Text::Code};
    default:
        return {translated(field.label), value};
    }
}

const QStringList &secretNames()
{
    static const QStringList names = [] {
        QStringList found;
        for (const CredentialType &type : credentialTypes()) {
            for (const CredentialField &field : type.fields) {
                if (field.secret)
                    found.append(QString(field.key));
            }
        }
        found.removeDuplicates();
        return found;
    }();
    return names;
}

/// Whether the table knows a secret by this name, of whatever type it is.
bool isSecret(const QString &name)
{
    return secretNames().contains(name);
}

/// Whether a list, or an object that is shown as it stands, may hold such a secret.
bool holdsSecret(QByteArrayView json)
{
    return (json.startsWith('[') || json.startsWith('{')) &&
           std::ranges::any_of(secretNames(), [json](const QString &name) {
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
std::vector<ConfigLine> takeKnown(const CredentialType &type, std::vector<LosantJson::ConfigValue> &values)
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
    for (int field = 0; field < int(type.fields.size()); ++field) {
        for (const auto &value : values) {
            if (value.key == type.fields[std::size_t(field)].key)
                draft.setValue(field, value.text);
        }
    }
    std::vector<ConfigLine> lines;
    for (const CredentialField &field : type.fields) {
        const auto value = take(field.key);
        if (value && !value->isEmpty())
            lines.push_back(formLine(draft, field, *value));
    }
    for (const ReadBackField &field : type.readBack) {
        if (const auto value = take(field.key); value && !value->isEmpty())
            lines.push_back(readBackLine(field, *value));
    }
    return lines;
}

} // namespace

ConfigLines configLines(const Credential &credential)
{
    ConfigLines config;
    config.isTooLarge = credential.config.size() > LosantJson::maxConfigSize;
    LosantJson::ConfigValues read = LosantJson::readConfig(credential.config, maxValues);
    eraseSecrets(read);
    const std::size_t all = read.values.size();
    if (const CredentialType *type = findCredentialType(credential.type))
        config.lines = takeKnown(*type, read.values);
    // An empty value that the table knows has no line.
    config.count = read.count - int(all - read.values.size() - config.lines.size());
    if (read.values.size() <= maxOwnLines && read.count == int(all)) {
        for (const auto &value : read.values)
            config.lines.push_back({value.key, value.text});
    } else {
        qsizetype size = 0;
        for (const auto &value : read.values) {
            const QString line = singleLine(value.key) + ": "_L1 + singleLine(value.text);
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
