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

CredentialDraft draftFor(const QByteArray &body)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    const CredentialType *type = findCredentialType(root["type"_L1].toString());
    CredentialDraft draft(*type);
    draft.name = root["name"_L1].toString();
    draft.description = root["description"_L1].toString();
    draft.enabled = root["enabled"_L1].toBool(true);
    const QJsonObject config = root[type->configKey].toObject();
    // Twice: what is shown may depend on a field further down.
    for (int round = 0; round < 2; ++round) {
        for (int field = 0; field < int(type->fields.size()); ++field) {
            const auto value = config.constFind(type->fields[std::size_t(field)].key);
            if (value != config.constEnd() && draft.isShown(field))
                draft.setValue(field, typed(*value));
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
