// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxclient.h"
#include "sandbox/sandboxserver.h"
#include "support/schemacheck.h"

#include <QDateTime>
#include <QMap>
#include <QSet>
#include <QSslCertificate>
#include <QSslKey>
#include <QTest>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

/// A credential, and its application.
struct Sample
{
    QString applicationId;
    QJsonObject json;

    QJsonObject config() const { return json[json["type"_L1].toString() + "Config"_L1].toObject(); }
    QString value(QLatin1StringView key) const { return config()[key].toVariant().toString(); }
};

std::vector<Sample> samplesOf(SandboxClient &client)
{
    std::vector<Sample> samples;
    for (const QString &id : client.get(u"/applications?perPage=1000"_s).column("id"_L1)) {
        for (int page = 0;; ++page) {
            const QJsonArray items =
                client.get(u"/applications/%1/credentials?perPage=1000&page=%2"_s.arg(id).arg(page)).items();
            for (const QJsonValue item : items)
                samples.push_back({id, item.toObject()});
            if (items.size() < 1000)
                break;
        }
    }
    return samples;
}

/// Where each key is, by applications; those that are empty are none.
using Places = QMap<QString, QStringList>;

template<typename KeyOf>
Places places(const std::vector<Sample> &samples, QLatin1StringView type, KeyOf keyOf)
{
    Places places;
    for (const Sample &sample : samples) {
        if (sample.json["type"_L1] != type)
            continue;
        if (const QString key = keyOf(sample); !key.isEmpty())
            places[key] += sample.applicationId;
    }
    return places;
}

Places places(const std::vector<Sample> &samples, QLatin1StringView type, QLatin1StringView key)
{
    return places(samples, type, [key](const Sample &sample) { return sample.value(key); });
}

qsizetype applicationsOf(const QStringList &ids)
{
    return QSet<QString>(ids.cbegin(), ids.cend()).size();
}

/// In how many applications the key is that is in most.
qsizetype mostApplications(const Places &places)
{
    qsizetype most = 0;
    for (const QStringList &ids : places)
        most = std::max(most, applicationsOf(ids));
    return most;
}

/// The certificate in a configuration, where there is one.
QString certificateIn(const Sample &sample)
{
    for (const QLatin1StringView key : {"certificate"_L1, "caCertificate"_L1, "publicValue"_L1}) {
        if (const QString text = sample.value(key); text.contains("BEGIN CERTIFICATE"_L1))
            return text;
    }
    return {};
}

} // namespace

/// What can be told of the samples of all applications together, and who is in an organization.
class SandboxKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void someKeysAreInSeveralApplications_data();
    void someKeysAreInSeveralApplications();
    void aKeyCanBeTwiceInOneApplication();
    void mostKeysAreInOnePlace();
    void anAccountCanBeInSeveralApplications();
    void theSameKeyIsTheSameConfiguration();
    void certificatesHaveExpiredAndSoonWill();
    void whatIsSaidOfACertificateIsWhatItHolds();
    void everyPublicKeyCanBeRead();
    void keysAreTheSameOnEveryStart();

    void anOrganizationHasItsMembers();
    void somebodyWhoMadeACredentialMayHaveLeft();
    void whatIsNoOrganizationIsNotFound_data();
    void whatIsNoOrganizationIsNotFound();
    void anOrganizationNeedsAScope_data();
    void anOrganizationNeedsAScope();

    void manyCredentialsAreSpreadEvenly();
    void manyCredentialsAreLikeThoseOfABusyAccount();
    void manyCredentialsAreTheSameOnEveryStart();

private:
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
    std::vector<Sample> m_samples; ///< all of m_server's
};

void SandboxKeysTest::initTestCase()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
    m_samples = samplesOf(*m_client);
    QCOMPARE(int(m_samples.size()), 3150);
}

void SandboxKeysTest::someKeysAreInSeveralApplications_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("applications");
    QTest::newRow("an access key") << u"aws"_s << u"accessKeyId"_s << 4;
    QTest::newRow("an API key") << u"twilio"_s << u"apiKeySid"_s << 3;
    QTest::newRow("a service account's key") << u"gcp"_s << u"keyMetaJson"_s << 2;
    QTest::newRow("a certificate") << u"certificateKeyPair"_s << u"certificate"_s << 2;
    QTest::newRow("a deploy key") << u"git"_s << u"publicKey"_s << 3;
    QTest::newRow("a Snowflake key") << u"snowflake"_s << u"publicKey"_s << 2;
}

void SandboxKeysTest::someKeysAreInSeveralApplications()
{
    QFETCH(QString, type);
    QFETCH(QString, key);
    const QByteArray typeName = type.toLatin1();
    const QByteArray keyName = key.toLatin1();
    const Places found = places(m_samples, QLatin1StringView(typeName), QLatin1StringView(keyName));
    QTEST(int(mostApplications(found)), "applications");
}

void SandboxKeysTest::aKeyCanBeTwiceInOneApplication()
{
    const Places found = places(m_samples, "aws"_L1, "accessKeyId"_L1);
    QVERIFY(std::any_of(found.cbegin(), found.cend(),
                        [](const QStringList &ids) { return ids.size() > applicationsOf(ids); }));
}

void SandboxKeysTest::mostKeysAreInOnePlace()
{
    constexpr std::pair<QLatin1StringView, QLatin1StringView> kinds[] = {
        {"aws"_L1, "accessKeyId"_L1},
        {"twilio"_L1, "apiKeySid"_L1},
        {"certificateKeyPair"_L1, "certificate"_L1},
        {"git"_L1, "publicKey"_L1},
        {"snowflake"_L1, "publicKey"_L1},
    };
    for (const auto &[type, key] : kinds) {
        const Places found = places(m_samples, type, key);
        const auto once = std::count_if(found.cbegin(), found.cend(),
                                        [](const QStringList &ids) { return ids.size() == 1; });
        QVERIFY(found.size() > 50);
        QVERIFY2(double(once) > 0.9 * double(found.size()), type.data());
    }
}

void SandboxKeysTest::anAccountCanBeInSeveralApplications()
{
    const Places databases = places(m_samples, "sql"_L1, [](const Sample &sample) {
        return QStringList{sample.value("system"_L1), sample.value("host"_L1), sample.value("port"_L1),
                           sample.value("username"_L1)}
            .join(u' ');
    });
    QCOMPARE(mostApplications(databases), 4);
    const Places services = places(m_samples, "http"_L1, [](const Sample &sample) {
        return QString(sample.value("uriMatch"_L1) + u' ' + sample.value("publicValue"_L1));
    });
    QCOMPARE(mostApplications(services), 3);
}

void SandboxKeysTest::theSameKeyIsTheSameConfiguration()
{
    QMap<QString, QJsonObject> configs;
    for (const Sample &sample : m_samples) {
        if (sample.json["type"_L1] != "aws"_L1)
            continue;
        const QString key = sample.value("accessKeyId"_L1);
        QCOMPARE(sample.config(), configs.value(key, sample.config()));
        configs.insert(key, sample.config());
    }
}

void SandboxKeysTest::certificatesHaveExpiredAndSoonWill()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QMap<QString, int> expired;
    QMap<QString, int> soon;
    int later = 0;
    for (const Sample &sample : m_samples) {
        const QString text = certificateIn(sample);
        if (text.isEmpty())
            continue;
        const QDateTime end = QSslCertificate(text.toLatin1()).expiryDate();
        if (end <= now)
            ++expired[sample.json["type"_L1].toString()];
        else if (end <= now.addDays(30))
            ++soon[sample.json["type"_L1].toString()];
        else
            ++later;
    }
    QVERIFY(expired.value(u"certificateKeyPair"_s) >= 3);
    QVERIFY(soon.value(u"certificateKeyPair"_s) >= 3);
    QVERIFY(expired.value(u"http"_s) + soon.value(u"http"_s) > 0);
    QVERIFY(expired.value(u"sql"_s) + soon.value(u"sql"_s) > 0);
    QVERIFY(later > 100);
}

void SandboxKeysTest::whatIsSaidOfACertificateIsWhatItHolds()
{
    int found = 0;
    for (const Sample &sample : m_samples) {
        if (sample.json["type"_L1] != "certificateKeyPair"_L1)
            continue;
        const QSslCertificate certificate(sample.value("certificate"_L1).toLatin1());
        const QJsonObject info = sample.config()["info"_L1].toObject();
        QVERIFY(!certificate.isNull());
        QCOMPARE(info["fingerprint"_L1].toString().toLatin1(),
                 certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
        QCOMPARE(info["commonName"_L1].toString(),
                 certificate.subjectInfo(QSslCertificate::CommonName).value(0));
        QCOMPARE(QDateTime::fromString(info["notValidAfter"_L1].toString(), Qt::ISODateWithMs),
                 certificate.expiryDate());
        QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTimeUtc());
        ++found;
    }
    QVERIFY(found > 100);
}

void SandboxKeysTest::everyPublicKeyCanBeRead()
{
    const Places pems = places(m_samples, "snowflake"_L1, "publicKey"_L1);
    for (auto pem = pems.keyBegin(); pem != pems.keyEnd(); ++pem) {
        const QSslKey key(pem->toLatin1(), QSsl::Rsa, QSsl::Pem, QSsl::PublicKey);
        QVERIFY2(!key.isNull(), qPrintable(*pem));
        QCOMPARE(key.length(), 2048);
    }
    const Places deployKeys = places(m_samples, "git"_L1, "publicKey"_L1);
    for (auto text = deployKeys.keyBegin(); text != deployKeys.keyEnd(); ++text) {
        const QByteArray blob = QByteArray::fromBase64(text->section(u' ', 1, 1).toLatin1());
        QVERIFY(blob.startsWith(QByteArray(QByteArray::fromHex("00000007") + "ssh-rsa")));
        QCOMPARE(blob.size(), 279);
    }
}

void SandboxKeysTest::keysAreTheSameOnEveryStart()
{
    const SandboxServer other;
    SandboxClient client(other.url(), other.token());
    const QString path = m_client->application(u"Windpark Nordsee"_s) + "/credentials?perPage=1000"_L1;
    QCOMPARE(client.get(path).body, m_client->get(path).body);
}

void SandboxKeysTest::anOrganizationHasItsMembers()
{
    const QString user = m_client->get(u"/me"_s).json()["userId"_L1].toString();
    QSet<QString> seen;
    for (const QJsonValue application : m_client->get(u"/applications"_s).items()) {
        if (application["ownerType"_L1] != "organization"_L1)
            continue;
        const SandboxReply reply = m_client->get("/orgs/"_L1 + application["ownerId"_L1].toString());
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json()["id"_L1], application["ownerId"_L1]);
        QCOMPARE(reply.json()["name"_L1], application["organizationName"_L1]);
        QStringList ids;
        for (const QJsonValue member : reply.json()["members"_L1].toArray()) {
            ids += member["userId"_L1].toString();
            QCOMPARE(ids.last().size(), 24);
            for (const QLatin1StringView key : {"firstName"_L1, "lastName"_L1, "email"_L1})
                QVERIFY(!member[key].toString().isEmpty());
        }
        QVERIFY(ids.size() >= 2);
        QVERIFY(ids.contains(user));
        QCOMPARE(ids.removeDuplicates(), 0);
        seen.insert(application["ownerId"_L1].toString());
    }
    QCOMPARE(seen.size(), 2);
    const QString upper = "/orgs/"_L1 + seen.begin()->toUpper();
    QCOMPARE(m_client->get(upper).json()["id"_L1].toString(), *seen.begin());
}

void SandboxKeysTest::somebodyWhoMadeACredentialMayHaveLeft()
{
    const QJsonObject application = m_client->get(m_client->application(u"Windpark Nordsee"_s)).json();
    QSet<QString> members;
    const SandboxReply organization = m_client->get("/orgs/"_L1 + application["ownerId"_L1].toString());
    for (const QJsonValue member : organization.json()["members"_L1].toArray())
        members.insert(member["userId"_L1].toString());
    int known = 0;
    int unknown = 0;
    for (const Sample &sample : m_samples) {
        if (sample.applicationId == application["id"_L1].toString() &&
            sample.json["createdByType"_L1] == "user"_L1)
            ++(members.contains(sample.json["createdById"_L1].toString()) ? known : unknown);
    }
    QVERIFY(known > 0);
    QVERIFY(unknown > 0);
}

void SandboxKeysTest::whatIsNoOrganizationIsNotFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("nobody") << u"/orgs/0123456789abcdef01234567"_s;
    QTest::newRow("a user") << u"/orgs/5e8f1a2b3c4d5e6f7a8b9c0d"_s;
    QTest::newRow("no id") << u"/orgs/x"_s;
    QTest::newRow("nothing") << u"/orgs/"_s;
    QTest::newRow("all of them") << u"/orgs"_s;
}

void SandboxKeysTest::whatIsNoOrganizationIsNotFound()
{
    QFETCH(QString, path);
    const SandboxReply reply = m_client->get(path);
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.errorType(), u"NotFound"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"error"_s, reply.body), QString());
}

void SandboxKeysTest::anOrganizationNeedsAScope_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<int>("status");
    QTest::newRow("its own") << u"org.get"_s << 200;
    QTest::newRow("of organizations") << u"all.Organization.read"_s << 200;
    QTest::newRow("of users") << u"all.User"_s << 200;
    QTest::newRow("of applications") << u"all.Application"_s << 403;
    QTest::newRow("of the list of applications") << u"applications.get"_s << 403;
}

void SandboxKeysTest::anOrganizationNeedsAScope()
{
    QFETCH(QString, scope);
    const QJsonArray applications =
        m_client->get(u"/applications?filterField=name&filter=warehouse"_s).items();
    const QJsonObject body{{"email"_L1, u"ada@example.com"_s},
                           {"password"_L1, QString::fromLatin1(m_server->password())},
                           {"requestedScopes"_L1, QJsonArray{scope}}};
    const QByteArray token = m_client->post(u"/auth/user"_s, body).json()["token"_L1].toString().toLatin1();
    SandboxClient client(m_server->url(), token);
    QTEST(client.get("/orgs/"_L1 + applications[0]["ownerId"_L1].toString()).status, "status");
}

void SandboxKeysTest::manyCredentialsAreSpreadEvenly()
{
    const SandboxServer server({.applications = 70, .credentialsInAll = 7'003});
    SandboxClient client(server.url(), server.token());
    QSet<QString> ids;
    int total = 0;
    for (const QJsonValue item : client.get(u"/applications?perPage=1000"_s).items()) {
        const int count = item["summary"_L1]["credentialCount"_L1].toInt();
        QVERIFY(count == 100 || count == 101);
        const SandboxReply reply =
            client.get(u"/applications/%1/credentials?perPage=1000"_s.arg(item["id"_L1].toString()));
        QCOMPARE(reply.items().size(), count);
        QCOMPARE(reply.json()["totalCount"_L1].toInt(), count);
        QStringList names = reply.column("name"_L1);
        QCOMPARE(names.removeDuplicates(), 0);
        for (const QString &id : reply.column("id"_L1))
            ids.insert(id);
        if (haveSchemas() && total < 1000)
            QCOMPARE(schemaProblem(u"credentials"_s, reply.body), QString());
        total += count;
    }
    QCOMPARE(total, 7'003);
    QCOMPARE(ids.size(), 7'003);
}

void SandboxKeysTest::manyCredentialsAreLikeThoseOfABusyAccount()
{
    const SandboxServer server({.applications = 100, .credentialsInAll = 10'000});
    SandboxClient client(server.url(), server.token());
    const std::vector<Sample> samples = samplesOf(client);
    QCOMPARE(int(samples.size()), 10'000);
    qsizetype bytes = 0;
    int pems = 0;
    for (const Sample &sample : samples) {
        const QByteArray json = QJsonDocument(sample.json).toJson(QJsonDocument::Compact);
        bytes += json.size();
        pems += json.contains("-----BEGIN ") ? 1 : 0;
        const qsizetype length = sample.json["description"_L1].toString().size();
        QVERIFY(length >= 80 && length <= 200);
    }
    qInfo("%lld bytes on average, %.1f %% with PEM", bytes / 10'000, pems / 100.0);
    QVERIFY(bytes > 700 * 10'000 && bytes < 1'000 * 10'000);
    QVERIFY(pems > 300 && pems < 800);

    const Places keys = places(samples, "aws"_L1, "accessKeyId"_L1);
    const auto shared =
        std::count_if(keys.cbegin(), keys.cend(), [](const QStringList &ids) { return ids.size() > 1; });
    QVERIFY(shared > 5);
    QVERIFY(double(shared) < 0.1 * double(keys.size()));
}

void SandboxKeysTest::manyCredentialsAreTheSameOnEveryStart()
{
    const SandboxOptions options{.applications = 1000, .credentialsInAll = 100'000};
    const SandboxServer one(options);
    const SandboxServer other(options);
    SandboxClient client(one.url(), one.token());
    SandboxClient otherClient(other.url(), other.token());
    const SandboxReply list = client.get(u"/applications?perPage=1000"_s);
    QCOMPARE(otherClient.get(u"/applications?perPage=1000"_s).body, list.body);
    for (const qsizetype index : {0, 500, 999}) {
        const QString path = u"/applications/%1/credentials?perPage=1000"_s.arg(list.column("id"_L1)[index]);
        QCOMPARE(client.get(path).items().size(), 100);
        QCOMPARE(otherClient.get(path).body, client.get(path).body);
    }
}

QTEST_GUILESS_MAIN(SandboxKeysTest)
#include "sandboxkeystest.moc"
