// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxanswers.h"

#include "sandbox/sampledata.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 linkScope = 0xfffffffe;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject collection(const QJsonArray &items, const QByteArray &applicationId)
{
    return {
        {"items"_L1, items},
        {"count"_L1, items.size()},
        {"totalCount"_L1, items.size()},
        {"perPage"_L1, 1000},
        {"page"_L1, 0},
        {"sortField"_L1, u"name"_s},
        {"sortDirection"_L1, u"asc"_s},
        {"applicationId"_L1, QString::fromLatin1(applicationId)},
    };
}

QJsonObject link(const SandboxCredential &credential, int kind, const QString &name,
                 const QByteArray &applicationId)
{
    return {
        {"id"_L1, QString::fromLatin1(SampleData::id(linkScope, quint32(credential.number * 4 + kind)))},
        {"applicationId"_L1, QString::fromLatin1(applicationId)},
        {"name"_L1, name},
    };
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

QJsonObject linkedObject(const SandboxCredential &credential, const QByteArray &applicationId)
{
    QJsonArray integrations;
    QJsonArray flows;
    QJsonArray flowVersions;
    if (credential.isSample && credential.number % 8 == 0)
        integrations.append(link(credential, 0, u"MQTT bridge"_s, applicationId));
    if (credential.isSample && credential.number % 3 == 0) {
        QJsonObject flow = link(credential, 1, u"Nightly export"_s, applicationId);
        flow["flowClass"_L1] = u"cloud"_s;
        flows.append(flow);
        if (credential.number % 2 == 0) {
            QJsonObject version = link(credential, 2, u"Nightly export"_s, applicationId);
            version["flowId"_L1] = flow["id"_L1];
            version["flowClass"_L1] = flow["flowClass"_L1];
            version["version"_L1] = u"v1.4.0"_s;
            flowVersions.append(version);
        }
    }
    return {{"integrations"_L1, collection(integrations, applicationId)},
            {"flows"_L1, collection(flows, applicationId)},
            {"flowVersions"_L1, collection(flowVersions, applicationId)}};
}
