// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/drafts.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

QDir folder()
{
    return QDir(QStringLiteral(CREDENZA_FIXTURES "/posted"));
}

QString typed(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : QString();
    return value.toVariant().toString();
}

} // namespace

QStringList postedFixtureNames()
{
    QStringList names;
    for (const QString &name : folder().entryList({u"*.json"_s}, QDir::Files, QDir::Name))
        names += name.chopped(5);
    return names;
}

QByteArray postedFixture(const QString &name)
{
    QFile file(folder().filePath(name + ".json"_L1));
    if (!file.open(QFile::ReadOnly))
        qFatal("There is no fixture %s", qPrintable(name));
    return file.readAll();
}

Credential credentialFor(const QByteArray &body)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    const CredentialType *type = findCredentialType(root["type"_L1].toString());
    QJsonObject config = root[type->configKey].toObject();
    for (const CredentialField &row : type->fields) {
        if (row.secret || row.generatesKey)
            config.remove(row.key);
    }
    return {.id = u"575ec8687ae143cd83dc4a97"_s,
            .name = root["name"_L1].toString(),
            .description = root["description"_L1].toString(),
            .type = type->key,
            .enabled = root["enabled"_L1].toBool(true),
            .config = QJsonDocument(config).toJson(QJsonDocument::Compact)};
}

CredentialDraft draftFor(const QByteArray &body)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    const CredentialType *type = findCredentialType(root["type"_L1].toString());
    CredentialDraft draft(*type);
    draft.set(FieldId::name, root["name"_L1].toString());
    draft.set(FieldId::description, root["description"_L1].toString());
    draft.set(FieldId::enabled, typed(root["enabled"_L1].toBool(true)));
    const QJsonObject config = root[type->configKey].toObject();
    // Twice: what is shown may depend on a field further down.
    for (int round = 0; round < 2; ++round) {
        for (const FieldId field : type->fieldIds()) {
            const auto value = config.constFind(type->field(field).key);
            if (value != config.constEnd() && draft.isShown(field))
                draft.set(field, typed(*value));
        }
    }
    return draft;
}

CredentialDraft draftOfType(QLatin1StringView type)
{
    for (const QString &name : postedFixtureNames()) {
        const QByteArray body = postedFixture(name);
        if (QJsonDocument::fromJson(body).object()["type"_L1].toString() == type)
            return draftFor(body);
    }
    qFatal("There is no fixture of the type %s", type.data());
}
