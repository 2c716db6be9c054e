// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxanswers.h"

#include "sandbox/sampledata.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

SandboxAnswer objectAnswer(int status, const QJsonObject &object)
{
    return {status, compact(object)};
}

SandboxAnswer errorAnswer(int status, const QString &type, const QString &message)
{
    return objectAnswer(status, {{"type"_L1, type}, {"message"_L1, message}});
}

SandboxAnswer problemsAnswer(const std::vector<BodyProblem> &problems)
{
    QString message;
    QJsonArray errors;
    for (const BodyProblem &problem : problems) {
        message += (message.isEmpty() ? ""_L1 : " "_L1) + problem.message;
        errors.append(QJsonObject{
            {"type"_L1, u"Validation"_s}, {"name"_L1, problem.field}, {"message"_L1, problem.message}});
    }
    return objectAnswer(
        400, {{"type"_L1, u"Validation"_s}, {"message"_L1, message}, {"validationErrors"_L1, errors}});
}

SandboxAnswer nameTakenAnswer(const QString &name)
{
    return problemsAnswer({{u"name"_s, "A credential with the name "_L1 + name + " already exists."_L1}});
}

SandboxAnswer notJsonAnswer()
{
    return errorAnswer(400, u"Validation"_s, u"The body must be a JSON object."_s);
}

SandboxAnswer tooLargeAnswer()
{
    return errorAnswer(413, u"PayloadTooLarge"_s, u"The body must not be larger than 1 MiB."_s);
}

QString isoDate(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject readableConfig(const SandboxCredential &credential)
{
    return credential.config ? *credential.config : SampleData::config(credential);
}

QByteArray credentialJson(SandboxCredential &credential, const QByteArray &applicationId)
{
    if (credential.json.isEmpty()) {
        QJsonObject object{
            {"id"_L1, QString::fromLatin1(credential.id)},
            {"credentialId"_L1, QString::fromLatin1(credential.id)},
            {"applicationId"_L1, QString::fromLatin1(applicationId)},
            {"creationDate"_L1, isoDate(credential.creationDate)},
            {"lastUpdated"_L1, isoDate(credential.lastUpdated)},
            {"createdById"_L1, credential.createdBy.id},
            {"createdByType"_L1, credential.createdBy.kind},
            {"lastUpdatedById"_L1, credential.lastUpdatedBy.id},
            {"lastUpdatedByType"_L1, credential.lastUpdatedBy.kind},
            {"name"_L1, credential.name},
            {"enabled"_L1, credential.enabled},
            {"type"_L1, credential.type->key},
            {credential.type->configKey, readableConfig(credential)},
        };
        if (!credential.description.isEmpty())
            object["description"_L1] = credential.description;
        credential.json = compact(object);
    }
    return credential.json;
}
