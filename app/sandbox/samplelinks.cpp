// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/samplelinks.h"

#include "sandbox/sampledata.h"
#include "sandbox/sandboxanswers.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 linkScope = 0xfffffffe;

/// Of one credential at most; an id is drawn for each.
constexpr int maxLinks = 64;

/// As the platform lists them, however many there are.
constexpr int maxListed = 25;

struct SampleFlow
{
    const char *name;
    QLatin1StringView flowClass;
};

constexpr SampleFlow sampleFlows[] = {
    {"Nightly export", QLatin1StringView("cloud")},
    {"Alarm escalation", QLatin1StringView("cloud")},
    {"Batch report", QLatin1StringView("cloud")},
    {"Edge buffer upload", QLatin1StringView("edge")},
    {"Order status endpoint", QLatin1StringView("experience")},
    {"Sign cloud request", QLatin1StringView("customNode")},
    {"Firmware roll-out", QLatin1StringView("cloud")},
    {"設備アラーム通知", QLatin1StringView("cloud")},
    {"Historian backfill", QLatin1StringView("edge")},
    {"Shift summary", QLatin1StringView("cloud")},
    {"Energy prices by the hour", QLatin1StringView("cloud")},
    {"Sensor heartbeat", QLatin1StringView("embedded")},
};

constexpr const char *integrationNames[] = {"MQTT bridge", "Telemetry queue"};
constexpr QLatin1StringView integrationTypes[] = {QLatin1StringView("mqtt"), QLatin1StringView("sqs")};

/// How many of each use a credential.
struct LinkCounts
{
    int integrations = 0;
    int flows = 0;
};

LinkCounts linkCounts(const SandboxCredential &credential)
{
    if (!credential.isSample || credential.name != credential.sampleName)
        return {};
    switch (credential.number) {
    case 0:
        return {.integrations = 2, .flows = int(std::size(sampleFlows))};
    case 1:
        return {};
    case 8:
        return {.integrations = 0, .flows = 40};
    default:
        return {.integrations = credential.number % 8 == 0 ? 1 : 0,
                .flows = credential.number % 3 == 0 ? 1 + credential.number % 2 : 0};
    }
}

/// Draws the ids of what uses one credential.
class Ids
{
public:
    Ids(const SandboxCredential &credential) : m_first(quint32(credential.number) * maxLinks * 2) {}
    QString flow(int index) const { return id(index); }
    QString version(int index) const { return id(maxLinks + index); }
    QString integration(int index) const { return id(2 * maxLinks - 1 - index); }

private:
    QString id(int index) const
    {
        return QString::fromLatin1(SampleData::id(linkScope, m_first + quint32(index)));
    }

    quint32 m_first;
};

QJsonObject collection(const QJsonArray &items, int total, const QByteArray &applicationId)
{
    return {
        {"items"_L1, items},
        {"count"_L1, items.size()},
        {"totalCount"_L1, total},
        {"perPage"_L1, maxListed},
        {"page"_L1, 0},
        {"sortField"_L1, u"name"_s},
        {"sortDirection"_L1, u"asc"_s},
        {"applicationId"_L1, QString::fromLatin1(applicationId)},
    };
}

/// What every resource says of itself, its id under two keys.
QJsonObject resource(QLatin1StringView idKey, const QString &id, const SandboxCredential &credential,
                     const QByteArray &applicationId)
{
    return {
        {"id"_L1, id},
        {idKey, id},
        {"applicationId"_L1, QString::fromLatin1(applicationId)},
        {"creationDate"_L1, isoDate(credential.creationDate)},
        {"lastUpdated"_L1, isoDate(credential.lastUpdated)},
        {"createdById"_L1, sandboxUser.id},
        {"createdByType"_L1, sandboxUser.kind},
        {"lastUpdatedById"_L1, sandboxUser.id},
        {"lastUpdatedByType"_L1, sandboxUser.kind},
    };
}

/// The parts of a workflow. They may hold anything, secrets of other services too.
QJsonArray nodes(const SandboxCredential &credential)
{
    return {QJsonObject{{"id"_L1, u"export"_s},
                        {"type"_L1, u"CredentialNode"_s},
                        {"config"_L1, QJsonObject{{"credentialName"_L1, credential.name}}}},
            QJsonObject{{"id"_L1, u"notify"_s},
                        {"type"_L1, u"HttpNode"_s},
                        {"config"_L1, QJsonObject{{"uri"_L1, u"https://chat.example.com/hook"_s},
                                                  {"authHeader"_L1, u"Bearer of-another-service"_s}}}}};
}

QJsonObject flow(const SandboxCredential &credential, int index, const QByteArray &applicationId)
{
    const SampleFlow &sample = sampleFlows[std::size_t(index) % std::size(sampleFlows)];
    const int round = index / int(std::size(sampleFlows));
    QString name = QString::fromUtf8(sample.name);
    if (round > 0)
        name += u' ' + QString::number(round + 1);
    QJsonObject flow = resource("flowId"_L1, Ids(credential).flow(index), credential, applicationId);
    flow["name"_L1] = name;
    flow["flowClass"_L1] = sample.flowClass;
    flow["enabled"_L1] = index % 5 != 4;
    flow["nodes"_L1] = nodes(credential);
    flow["globals"_L1] =
        QJsonArray{QJsonObject{{"key"_L1, u"apiKey"_s}, {"json"_L1, u"\"of-another-service\""_s}}};
    return flow;
}

/// A version of a workflow has a name of its own only in an experience, where it lists its versions.
QJsonObject flowVersion(const SandboxCredential &credential, int index, const QByteArray &applicationId)
{
    const QJsonObject of = flow(credential, index, applicationId);
    QJsonObject version =
        resource("flowVersionId"_L1, Ids(credential).version(index), credential, applicationId);
    version["flowId"_L1] = of["id"_L1];
    version["flowClass"_L1] = of["flowClass"_L1];
    version["enabled"_L1] = true;
    version["nodes"_L1] = nodes(credential);
    if (of["flowClass"_L1] == "experience"_L1) {
        version["name"_L1] = of["name"_L1];
        version["versions"_L1] = QJsonArray{u"v2.0.0"_s, u"v2.1.0"_s};
    } else {
        version["version"_L1] = u"v1.%1.0"_s.arg(index + 4);
        version["notes"_L1] = u"Released to all plants"_s;
    }
    return version;
}

QJsonObject integration(const SandboxCredential &credential, int index, const QByteArray &applicationId)
{
    QJsonObject integration =
        resource("integrationId"_L1, Ids(credential).integration(index), credential, applicationId);
    integration["name"_L1] = QString::fromUtf8(integrationNames[index]);
    integration["integrationType"_L1] = integrationTypes[index];
    integration["credentialName"_L1] = credential.name;
    integration["enabled"_L1] = index == 0;
    integration["topics"_L1] = QJsonArray{u"plant/+/telemetry"_s};
    if (integrationTypes[index] == "mqtt"_L1) {
        integration["mqttConfig"_L1] = QJsonObject{{"host"_L1, u"broker.example.com"_s},
                                                   {"port"_L1, 8883},
                                                   {"protocol"_L1, u"mqtts"_s},
                                                   {"username"_L1, u"bridge"_s},
                                                   {"password"_L1, u"of-another-service"_s}};
    }
    return integration;
}

} // namespace

QJsonObject SampleLinks::linkedResources(const SandboxCredential &credential, const QByteArray &applicationId)
{
    const LinkCounts counts = linkCounts(credential);
    QJsonArray integrations;
    for (int index = 0; index < counts.integrations; ++index)
        integrations.append(integration(credential, index, applicationId));
    QJsonArray flows;
    QJsonArray versions;
    for (int index = 0; index < std::min(counts.flows, maxListed); ++index) {
        flows.append(flow(credential, index, applicationId));
        if (index % 2 == 0)
            versions.append(flowVersion(credential, index, applicationId));
    }
    return {{"integrations"_L1, collection(integrations, counts.integrations, applicationId)},
            {"flows"_L1, collection(flows, counts.flows, applicationId)},
            {"flowVersions"_L1, collection(versions, (counts.flows + 1) / 2, applicationId)}};
}

QJsonObject SampleLinks::archiveConfig(const SandboxApplication &application)
{
    if (application.archiveCredential.isEmpty())
        return {};
    QJsonObject config{{"mode"_L1, u"all"_s},
                       {"directory"_L1, u"telemetry"_s},
                       {"s3"_L1, QJsonObject{{"bucket"_L1, u"acme-archive"_s}}},
                       {"credentialName"_L1, application.archiveCredential}};
    if (!application.exportCredential.isEmpty()) {
        config["includeApplicationExport"_L1] = true;
        config["applicationExportOptions"_L1] =
            QJsonObject{{"exportType"_L1, u"repo"_s},
                        {"credentialName"_L1, application.exportCredential},
                        {"repo"_L1, QJsonObject{{"branch"_L1, u"main"_s}}}};
    }
    return config;
}
