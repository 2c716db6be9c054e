// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampledata.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr double dayMs = 86'400'000.0;
constexpr double historyDays = 6.2 * 365;
constexpr double newestDays = 0.05;

struct Owner
{
    QLatin1StringView id;
    const char *organization; ///< nullptr: the user
};

constexpr Owner owners[] = {
    {sandboxUser.id, nullptr},
    {QLatin1StringView("5b21c0de7f3a9e0012ac3e01"), "Acme Corp"},
    {QLatin1StringView("5c84d1ef902b7a0034be5f02"), "Borealis Energy"},
};

/// Every so many applications have a data archive.
constexpr int archiveEvery = 4;

struct SampleApplication
{
    int owner;
    const char *name;
    const char *description;
    int credentials; ///< -1: as many as were asked for
};

constexpr SampleApplication sampleApplications[] = {
    {1, "Plant floor", "Machines, gateways and historians of all plants", -1},
    {0, "Demo", "To try things out", 48},
    {2, "Smart meters", "Not connected to anything yet", 0},
    {1, "Warehouse", "Forklifts, cold rooms and docks", 41},
    {2, "Windpark Nordsee", "Turbinen, Umspannwerk und Wetterdaten", 133},
    {1, "大阪工場", "射出成形ライン", 230},
    {0, "Home lab", "", 7},
    {1, "Fleet tracking", "Trucks in Europe and North America", 96},
    {2, "Σταθμός Αθήνας", "Ηλιακό πάρκο", 18},
    {2, "محطة الطاقة", "مراقبة المولدات", 12},
    {1, "Água & Efluentes", "Estações de tratamento em São Paulo", 64},
    {2, "Завод № 3", "Старая установка", 1},
};

constexpr const char *furtherPlaces[] = {"Milwaukee", "Köln",    "Osaka", "Gdańsk", "Lyon",
                                         "Pune",      "Tampere", "Sucre", "Perth",  "Nairobi"};
constexpr const char *furtherUses[] = {"line",  "cold chain", "building", "water works",
                                       "fleet", "substation", "lab"};

struct TypeNames
{
    QLatin1StringView type;
    std::array<const char *, 6> names;
};

/// In the order in which the types come up; those that are used most come up twice.
constexpr TypeNames typeNames[] = {
    {QLatin1StringView("aws"),
     {"S3 archive", "Kinesis ingest", "SES alerts", "Timestream writer", "Lambda invoke", "SNS paging"}},
    {QLatin1StringView("http"),
     {"ERP orders API", "Weather service", "Ticketing webhook", "Part catalogue", "Energy prices",
      "Badge system"}},
    {QLatin1StringView("sql"),
     {"Historian database", "MES read-only", "Quality reports", "Maintenance planner", "Inventory",
      "Shift calendar"}},
    {QLatin1StringView("gcp"),
     {"BigQuery export", "Pub/Sub bridge", "Cloud Storage backup", "Vertex scoring", "Maps geocoding",
      "Sheets report"}},
    {QLatin1StringView("azure"),
     {"Blob archive", "Event Hub feed", "Table storage", "Digital twin", "Queue worker", "Data lake"}},
    {QLatin1StringView("mongodb"),
     {"Recipe store", "Atlas telemetry", "Device registry", "Audit trail", "Labels", "Firmware catalogue"}},
    {QLatin1StringView("sendgrid"),
     {"Alert mails", "Weekly summary", "Customer invites", "Escalations", "Newsletter", "Password mails"}},
    {QLatin1StringView("twilio"),
     {"On-call texts", "Driver texts", "Voice alarm", "Gate intercom", "Delivery notice",
      "Night shift line"}},
    {QLatin1StringView("jwt"),
     {"Dashboard tokens", "Partner tokens", "Kiosk sign-in", "Edge tokens", "Scanner tokens",
      "Mobile app tokens"}},
    {QLatin1StringView("aws"),
     {"Glacier vault", "IoT bridge", "Athena queries", "DynamoDB state", "Step Functions",
      "EventBridge bus"}},
    {QLatin1StringView("git"),
     {"Workflow backup", "Flow repository", "Experience sources", "Config as code", "Edge bundle",
      "Release mirror"}},
    {QLatin1StringView("certificateKeyPair"),
     {"MQTT client certificate", "OPC UA certificate", "Gateway identity", "Broker bridge", "Modbus TLS",
      "Historian client"}},
    {QLatin1StringView("snowflake"),
     {"Warehouse loader", "Finance share", "Yield model", "Energy mart", "Supplier portal",
      "Ad hoc queries"}},
    {QLatin1StringView("datadog"),
     {"Metrics forwarder", "Gateway health", "Latency monitor", "Log pipeline", "Synthetic checks",
      "Uptime board"}},
    {QLatin1StringView("loggly"),
     {"Gateway logs", "Workflow logs", "Audit logs", "Edge crash logs", "Access logs", "Firewall logs"}},
    {QLatin1StringView("mailgun"),
     {"Order confirmations", "Report delivery", "Inbound parser", "Bounce handling", "Supplier mails",
      "Test mails"}},
    {QLatin1StringView("whatsapp"),
     {"Technician chat", "Dispatch chat", "Customer chat", "Shift handover", "Farm alerts",
      "Visitor welcome"}},
    {QLatin1StringView("http"),
     {"CMMS work orders", "Customs declaration", "Carrier tracking", "Robot fleet manager", "Label printer",
      "Lab results"}},
    {QLatin1StringView("sql"),
     {"Traceability", "Tank levels", "Batch records", "Tariffs", "Spare parts", "Calibration"}},
    {QLatin1StringView("mongodb"),
     {"Alarm history", "Floor plans", "Rule sets", "Driver logs", "Sensor metadata", "Sessions"}},
};

/// The first row of git.
constexpr int gitIndex = 10;

/// The first is that of a small application, where the name alone will do.
constexpr const char *places[] = {
    "",        "Milwaukee", "Köln",    "大阪",    "Αθήνα",  "São Paulo",  "القاهرة", "Київ",
    "서울",    "Gdańsk",    "תל אביב", "मुंबई",     "Lyon",   "İzmir",      "深圳",    "Tampere",
    "Đà Nẵng", "Reykjavík", "Երևան",   "กรุงเทพฯ", "Zürich", "Sacramento", "Kraków",  "Nairobi",
};
constexpr const char *stages[] = {"", " (staging)", " (test)"};

constexpr const char *descriptions[] = {
    "",
    "Rotated every 90 days, see the runbook.",
    "",
    "Owned by the data team. Ask before disabling.",
    "",
    "Nur lesend. Ansprechpartner: Instandhaltung.",
    "",
    "夜間バッチ専用",
    "",
    "Used by two workflows and the nightly export.\nReplaces the key of the old account.",
    "",
    "Read-only",
    "Для отчётов",
};

constexpr SandboxAuthor authors[] = {
    sandboxUser,
    sandboxUser,
    {QLatin1StringView("5e8f1a2b3c4d5e6f7a8b9c11"), QLatin1StringView("user")},
    sandboxUser,
    {QLatin1StringView("60f1a9c4e1b2c3d4e5f60718"), QLatin1StringView("apiToken")},
    {QLatin1StringView("5e8f1a2b3c4d5e6f7a8b9c12"), QLatin1StringView("user")},
    {QLatin1StringView("61c7d3e2f1a0b9c8d7e6f504"), QLatin1StringView("flow")},
};

/// Scatters, and maps no two numbers to the same (the finalizer of splitmix64).
constexpr quint64 scatter(quint64 number)
{
    number += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

/// The `property`-th number from 0 to below 1 of something.
double chance(quint64 seed, int property)
{
    return double(scatter(seed ^ (quint64(property) << 56)) >> 11) * 0x1p-53;
}

template<typename T, std::size_t size>
const T &pick(const T (&table)[size], quint64 seed, int property)
{
    return table[std::size_t(chance(seed, property) * double(size))];
}

/// More of the recent past than of the distant one.
qint64 pastDate(qint64 today, double chance)
{
    const double days = newestDays + historyDays * std::pow(chance, 1.3);
    return today - qint64(days * dayMs);
}

/// The name of an application's `index`-th sample. No two have the same.
QString sampleName(int application, int index)
{
    const int round = index / int(std::size(typeNames));
    const auto &names = typeNames[std::size_t(index) % std::size(typeNames)].names;
    const int nameCount = int(names.size());
    const int stageRound = round / nameCount;
    const int placeRound = stageRound / int(std::size(stages));
    const int lineRound = placeRound / int(std::size(places));

    QString name = QString::fromUtf8(names[std::size_t((round + application) % nameCount)]);
    if (const char *place = places[std::size_t(placeRound) % std::size(places)]; *place)
        name += u' ' + QString::fromUtf8(place);
    if (lineRound > 0)
        name += u' ' + QString::number(lineRound + 1);
    return name + QString::fromUtf8(stages[std::size_t(stageRound) % std::size(stages)]);
}

SandboxApplication furtherApplication(int number)
{
    const quint64 seed = scatter(quint64(number));
    const Owner &owner = pick(owners, seed, 1);
    SandboxApplication application;
    application.ownerId = owner.id;
    application.organizationName = QString::fromUtf8(owner.organization);
    application.name = QString::fromUtf8(pick(furtherPlaces, seed, 2)) + u' ' +
                       QString::fromUtf8(pick(furtherUses, seed, 3)) + u' ' + QString::number(number + 1);
    application.sampleCredentials = int(chance(seed, 4) * 60);
    return application;
}

} // namespace

SampleData::SampleData(int applications, int credentials, qint64 today)
    : m_applications(std::max(0, applications)), m_credentials(std::max(0, credentials)), m_today(today)
{
}

std::vector<SandboxApplication> SampleData::applications() const
{
    std::vector<SandboxApplication> result;
    result.reserve(std::size_t(m_applications));
    for (int number = 0; number < m_applications; ++number) {
        SandboxApplication application;
        if (number < int(std::size(sampleApplications))) {
            const SampleApplication &sample = sampleApplications[number];
            application.name = QString::fromUtf8(sample.name);
            application.description = QString::fromUtf8(sample.description);
            application.ownerId = owners[sample.owner].id;
            application.organizationName = QString::fromUtf8(owners[sample.owner].organization);
            application.sampleCredentials = sample.credentials < 0 ? m_credentials : sample.credentials;
        } else {
            application = furtherApplication(number);
        }
        if (number % archiveEvery == 0) {
            application.archiveCredential = sampleName(number, 0);
            application.exportCredential = sampleName(number, gitIndex);
        }
        const quint64 seed = scatter(~quint64(number));
        application.id = id(0, quint32(number));
        application.number = number;
        application.creationDate = m_today - qint64((historyDays + 200 * chance(seed, 1)) * dayMs);
        application.lastUpdated = pastDate(m_today, chance(seed, 2));
        result.push_back(std::move(application));
    }
    return result;
}

std::vector<SandboxCredential> SampleData::credentials(const SandboxApplication &application) const
{
    std::array<const CredentialType *, std::size(typeNames)> types;
    std::ranges::transform(typeNames, types.begin(),
                           [](const TypeNames &row) { return findCredentialType(QString(row.type)); });

    std::vector<SandboxCredential> result;
    result.reserve(std::size_t(application.sampleCredentials));
    for (int index = 0; index < application.sampleCredentials; ++index) {
        SandboxCredential credential;
        credential.name = sampleName(application.number, index);
        credential.sampleName = credential.name;
        credential.foldedName = credential.name.toCaseFolded();

        const quint64 seed = scatter((quint64(application.number + 1) << 32) | quint64(index));
        credential.id = id(quint32(application.number + 1), quint32(index));
        credential.description = QString::fromUtf8(pick(descriptions, seed, 1));
        credential.type = types[std::size_t(index) % types.size()];
        credential.enabled = chance(seed, 2) < 0.88;
        credential.creationDate = pastDate(m_today, chance(seed, 3));
        credential.createdBy = pick(authors, seed, 4);
        const bool isUntouched = chance(seed, 5) < 0.4;
        credential.lastUpdated = isUntouched ? credential.creationDate
                                             : m_today - qint64(double(m_today - credential.creationDate) *
                                                                std::pow(chance(seed, 6), 1.5));
        credential.lastUpdatedBy = isUntouched ? credential.createdBy : pick(authors, seed, 7);
        credential.number = index;
        credential.isSample = true;
        result.push_back(std::move(credential));
    }
    return result;
}

QByteArray SampleData::id(quint32 scope, quint32 number)
{
    const quint64 key = (quint64(scope) << 32) | number;
    const quint64 tail = scatter(key);
    const quint32 head = 0x5d000000 | quint32(scatter(tail) & 0x00ffffff);
    return QByteArray::number(head, 16) + QByteArray::number(tail, 16).rightJustified(16, '0');
}
