// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampledata.h"

#include "sandbox/samplechance.h"
#include "sandbox/samplekeys.h"
#include "sandbox/sampleorganizations.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr double dayMs = 86'400'000.0;
constexpr double historyDays = 6.2 * 365;
constexpr double newestDays = 0.05;

/// Every so many applications have a data archive.
constexpr int archiveEvery = 4;

struct SampleApplication
{
    int owner; ///< 0: the user, else an organization
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
static_assert(std::size(sampleApplications) == namedSampleApplications);

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

static_assert(std::size(typeNames) == sampleTypeRound);

/// The first row of git, and those of types whose configuration is long.
constexpr int gitIndex = 10;
constexpr int longIndexes[] = {11, 12};
/// Where there are many credentials, those are in one round of so many alone.
constexpr int longEvery = 8;

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

/// What descriptions are made of where there are many credentials.
constexpr const char *sentences[] = {
    "Rotated every 90 days by the platform team, see the runbook.",
    "Used by the nightly export, two alarm workflows and the dashboards of the shift leads.",
    "Owned by the data team; ask in their channel before you disable it.",
    "Nur lesend. Ansprechpartner ist die Instandhaltung, Durchwahl 4711.",
    "Replaces the key of the old account, which stays valid until the last gateway has been updated.",
    "夜間バッチ専用。変更する前に生産技術課へ連絡してください。",
};
constexpr int minDescription = 150;
constexpr int maxDescription = 200;

constexpr SandboxAuthor authors[] = {
    sandboxUser,
    sandboxUser,
    {sampleColleague, QLatin1StringView("user")},
    sandboxUser,
    {QLatin1StringView("60f1a9c4e1b2c3d4e5f60718"), QLatin1StringView("apiToken")},
    {sampleFormerColleague, QLatin1StringView("user")},
    {QLatin1StringView("61c7d3e2f1a0b9c8d7e6f504"), QLatin1StringView("flow")},
};

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

QString longDescription(quint64 seed)
{
    const auto length = qsizetype(minDescription + chance(seed, 1) * (maxDescription - minDescription));
    QString text;
    for (int part = 8; text.size() < length; ++part)
        text += (text.isEmpty() ? QString() : QString(u' ')) + QString::fromUtf8(pick(sentences, seed, part));
    return text.left(length);
}

/// `owner` is 0 for the user, else it is that of an organization.
void setOwner(SandboxApplication &application, int owner)
{
    application.ownerId = sandboxUser.id;
    if (owner == 0)
        return;
    const SampleOrganization &organization = sampleOrganizations()[std::size_t(owner - 1)];
    application.ownerId = organization.id;
    application.organizationName = QString::fromUtf8(organization.name);
}

SandboxApplication furtherApplication(int number)
{
    const quint64 seed = scatter(quint64(number));
    SandboxApplication application;
    setOwner(application, int(chance(seed, 1) * double(sampleOrganizations().size() + 1)));
    application.name = QString::fromUtf8(pick(furtherPlaces, seed, 2)) + u' ' +
                       QString::fromUtf8(pick(furtherUses, seed, 3)) + u' ' + QString::number(number + 1);
    application.sampleCredentials = int(chance(seed, 4) * 60);
    return application;
}

} // namespace

SampleData::SampleData(int applications, int credentials, qint64 today, std::optional<int> credentialsInAll)
    : m_applications(std::max(0, applications))
    , m_credentials(std::max(0, credentials))
    , m_credentialsInAll(credentialsInAll)
    , m_today(today)
{
}

std::vector<SandboxApplication> SampleData::applications() const
{
    std::vector<SandboxApplication> result;
    result.reserve(std::size_t(m_applications));
    int firstKey = 0;
    for (int number = 0; number < m_applications; ++number) {
        SandboxApplication application;
        if (number < int(std::size(sampleApplications))) {
            const SampleApplication &sample = sampleApplications[number];
            application.name = QString::fromUtf8(sample.name);
            application.description = QString::fromUtf8(sample.description);
            setOwner(application, sample.owner);
            application.sampleCredentials = sample.credentials < 0 ? m_credentials : sample.credentials;
        } else {
            application = furtherApplication(number);
        }
        if (m_credentialsInAll) {
            application.sampleCredentials = *m_credentialsInAll / m_applications +
                                            (number < *m_credentialsInAll % m_applications ? 1 : 0);
        }
        application.firstKey = firstKey;
        firstKey += (indexAfter(application.sampleCredentials) + sampleTypeRound - 1) / sampleTypeRound *
                    sampleTypeRound;
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
    for (int index = 0; std::ssize(result) < application.sampleCredentials; ++index) {
        if (isLeftOut(index))
            continue;
        SandboxCredential credential;
        credential.name = sampleName(application.number, index);
        credential.sampleName = credential.name;
        credential.foldedName = credential.name.toCaseFolded();

        const quint64 seed = scatter((quint64(application.number + 1) << 32) | quint64(index));
        credential.id = id(quint32(application.number + 1), quint32(index));
        credential.description =
            m_credentialsInAll ? longDescription(seed) : QString::fromUtf8(pick(descriptions, seed, 1));
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
        credential.keyNumber = SampleKeys::number(application, index);
        credential.sampleDay = m_today;
        credential.isSample = true;
        result.push_back(std::move(credential));
    }
    return result;
}

bool SampleData::isLeftOut(int index) const
{
    return m_credentialsInAll && index / sampleTypeRound % longEvery != 0 &&
           std::ranges::find(longIndexes, index % sampleTypeRound) != std::end(longIndexes);
}

int SampleData::indexAfter(int count) const
{
    // Of a hundred and sixty two times seven are left out.
    return m_credentialsInAll ? count + count / 10 + sampleTypeRound : count;
}

QByteArray SampleData::id(quint32 scope, quint32 number)
{
    const quint64 key = (quint64(scope) << 32) | number;
    const quint64 tail = scatter(key);
    const quint32 head = 0x5d000000 | quint32(scatter(tail) & 0x00ffffff);
    return QByteArray::number(head, 16) + QByteArray::number(tail, 16).rightJustified(16, '0');
}
