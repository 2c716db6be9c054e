// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxbodies.h"
#include "contract/sandboxclient.h"
#include "sandbox/sandboxserver.h"
#include "support/logrecorder.h"
#include "support/schemacheck.h"

#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class SandboxWriteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void everyTypeIsCreatedAndReadBackWithoutItsSecrets_data();
    void everyTypeIsCreatedAndReadBackWithoutItsSecrets();
    void aCreatedCredentialIsTheNewest();
    void theNameIsUniqueWithinItsApplication();
    void noSecretIsInAnAnswerOrALog();

    void aHttpCredentialAlwaysHasAPublicValue();
    void aSnowflakeKeyIsGeneratedOrDerived();
    void aDeployKeyIsGeneratedForGit();
    void ofAServiceAccountsKeyOnlyTheMetadataIsRead();
    void aCertificateIsReadOut();
    void aPortMayBeNull();

    void aChangeChangesWhatItNames();
    void aChangedNameIsUniqueToo();
    void aChangeOfSecretsShowsOnlyTheirPublicParts();
    void whatIsDeletedIsGone();
    void countsAndOrdersFollowEveryChange();

private:
    QJsonObject create(const SampleBody &sample, const QString &name)
    {
        return m_client->post(m_path, sample.body(name)).json();
    }
    int total() { return m_client->get(m_path).json()["totalCount"_L1].toInt(-1); }

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
    QString m_path; ///< of the credentials of an application that has none yet
};

void SandboxWriteTest::init()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
    m_path = m_client->application(u"Smart meters"_s) + "/credentials"_L1;
}

void SandboxWriteTest::everyTypeIsCreatedAndReadBackWithoutItsSecrets_data()
{
    QTest::addColumn<int>("index");
    const QList<SampleBody> samples = sampleBodies();
    for (int index = 0; index < samples.size(); ++index)
        QTest::addRow("%s, %d", qPrintable(samples[index].type), index) << index;
}

void SandboxWriteTest::everyTypeIsCreatedAndReadBackWithoutItsSecrets()
{
    QFETCH(int, index);
    const SampleBody sample = sampleBodies()[index];
    const QJsonObject body = sample.body(u"名前 <b>1</b>"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credentialPost"_s, compact(body)), QString());

    const SandboxReply created = m_client->post(m_path, body);
    QCOMPARE(created.status, 201);
    QCOMPARE(created.json()["name"_L1].toString(), u"名前 <b>1</b>"_s);
    QCOMPARE(created.json()["type"_L1].toString(), sample.type);
    QCOMPARE(created.json()["enabled"_L1], QJsonValue(true));
    QCOMPARE(created.json()["createdByType"_L1].toString(), u"user"_s);
    QCOMPARE(created.json()["createdById"_L1], m_client->get(u"/me"_s).json()["id"_L1]);
    QVERIFY(created.json()[sample.configKey].isObject());
    const QJsonObject config = created.json()[sample.configKey].toObject();
    for (auto entry = sample.config.begin(); entry != sample.config.end(); ++entry) {
        if (config.contains(entry.key()))
            QCOMPARE(config[entry.key()], *entry);
    }
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credential"_s, created.body), QString());

    const SandboxReply read = m_client->get(m_path + u'/' + created.json()["id"_L1].toString());
    QCOMPARE(read.body, created.body);
    QCOMPARE(m_client->get(m_path).items(), QJsonArray{created.json()});
    for (const QString &secret : sampleSecrets())
        QVERIFY(!m_client->everything().contains(secret.toUtf8()));
}

void SandboxWriteTest::aCreatedCredentialIsTheNewest()
{
    m_path = m_client->application(u"Plant floor"_s) + "/credentials"_L1;
    m_client->get(m_path + "?perPage=10&sortField=name"_L1);
    const QDateTime before = QDateTime::currentDateTimeUtc().addMSecs(-1);
    const QJsonObject created = create(sampleBody(u"aws"_s), u"New"_s);
    const QDateTime creation =
        QDateTime::fromString(created["creationDate"_L1].toString(), Qt::ISODateWithMs);
    QVERIFY(creation >= before && creation <= QDateTime::currentDateTimeUtc().addSecs(1));
    QCOMPARE(created["lastUpdated"_L1], created["creationDate"_L1]);
    QCOMPARE(m_client->get(m_path + "?perPage=10"_L1).items()[0].toObject(), created);
    QCOMPARE(m_client->get(m_path + "?filterField=name&filter=new"_L1).items()[0].toObject(), created);
}

void SandboxWriteTest::theNameIsUniqueWithinItsApplication()
{
    create(sampleBody(u"aws"_s), u"Twin"_s);
    const SandboxReply second = m_client->post(m_path, sampleBody(u"sql"_s).body(u"Twin"_s));
    QCOMPARE(second.status, 400);
    QCOMPARE(second.errorType(), u"Validation"_s);
    QCOMPARE(second.json()["message"_L1].toString(), u"A credential with the name Twin already exists."_s);
    QCOMPARE(second.faultyFields(), QStringList{u"name"_s});
    QCOMPARE(m_client->post(m_path, sampleBody(u"sql"_s).body(u"twin"_s)).status, 201);
    const QString elsewhere = m_client->application(u"Home lab"_s) + "/credentials"_L1;
    QCOMPARE(m_client->post(elsewhere, sampleBody(u"aws"_s).body(u"Twin"_s)).status, 201);
}

void SandboxWriteTest::noSecretIsInAnAnswerOrALog()
{
    const LogRecorder recorder(u"credenza.sandbox*=true"_s);
    const QByteArray token = m_server->token();
    int number = 0;
    for (const SampleBody &sample : sampleBodies()) {
        const QString name = u"Secretive %1"_s.arg(++number);
        const QString id = create(sample, name)["id"_L1].toString();
        m_client->post(m_path, sample.body(name));
        m_client->patch(m_path + u'/' + id, {{sample.configKey, sample.config}});
        m_client->get(m_path + u'/' + id);
        m_client->get(m_path + "?filterField=name&filter=secretive*"_L1);
        QJsonObject broken = sample.config;
        broken["unknown"_L1] = 1;
        m_client->post(m_path, {{"name"_L1, u"b"_s}, {"type"_L1, sample.type}, {sample.configKey, broken}});
    }
    QVERIFY(recorder.lines().contains("credenza.sandbox: POST "_L1 + m_path + " 201 0 ms"_L1) ||
            recorder.text().contains("POST "_L1 + m_path + " 201"_L1));
    QVERIFY(!recorder.text().contains(u"filter"_s));
    QStringList secrets = sampleSecrets();
    secrets.append(QString::fromLatin1(token));
    for (const QString &secret : secrets) {
        QVERIFY(!m_client->everything().contains(secret.toUtf8()));
        QVERIFY(!recorder.text().contains(secret));
    }
}

void SandboxWriteTest::aHttpCredentialAlwaysHasAPublicValue()
{
    SampleBody sample = sampleBody(u"http"_s);
    QCOMPARE(create(sample, u"a"_s)["httpConfig"_L1]["publicValue"_L1], QJsonValue(u""_s));
    sample.config["publicValue"_L1] = u"X-Key"_s;
    QCOMPARE(create(sample, u"b"_s)["httpConfig"_L1]["publicValue"_L1], QJsonValue(u"X-Key"_s));
}

void SandboxWriteTest::aSnowflakeKeyIsGeneratedOrDerived()
{
    SampleBody sample = sampleBody(u"snowflake"_s);
    QCOMPARE(create(sample, u"a"_s)["snowflakeConfig"_L1]["publicKey"_L1].toString(), samplePublicKey());
    sample.config.remove(u"privateKey"_s);
    sample.config["generatePrivateKey"_L1] = true;
    const QString first = create(sample, u"b"_s)["snowflakeConfig"_L1]["publicKey"_L1].toString();
    const QString second = create(sample, u"c"_s)["snowflakeConfig"_L1]["publicKey"_L1].toString();
    QVERIFY(first.startsWith("-----BEGIN PUBLIC KEY-----\n"_L1));
    QVERIFY(!QSslKey(first.toLatin1(), QSsl::Rsa, QSsl::Pem, QSsl::PublicKey).isNull());
    QVERIFY(first != second);
}

void SandboxWriteTest::aDeployKeyIsGeneratedForGit()
{
    SampleBody sample = sampleBody(u"git"_s);
    const QString key = create(sample, u"a"_s)["gitConfig"_L1]["publicKey"_L1].toString();
    QVERIFY(key.startsWith("ssh-rsa AAAAB3NzaC1yc2E"_L1));
    const QByteArray blob = QByteArray::fromBase64(key.mid(8).toLatin1());
    QCOMPARE(blob.first(18), QByteArray("\0\0\0\x07ssh-rsa\0\0\0\x03\x01\0\x01", 18));
    QCOMPARE(blob.sliced(18, 4), QByteArray("\0\0\x01\x01", 4));
    QCOMPARE(blob.size(), 18 + 4 + 257);

    sample.config.remove(u"generatePrivateKey"_s);
    sample.config["secretValue"_L1] = u"SECRET"_s;
    QVERIFY(!create(sample, u"b"_s)["gitConfig"_L1].toObject().contains("publicKey"_L1));
}

void SandboxWriteTest::ofAServiceAccountsKeyOnlyTheMetadataIsRead()
{
    const QString meta = create(sampleBody(u"gcp"_s), u"a"_s)["gcpConfig"_L1]["keyMetaJson"_L1].toString();
    const QJsonObject read = QJsonDocument::fromJson(meta.toUtf8()).object();
    QCOMPARE(read["project_id"_L1].toString(), u"plant"_s);
    QCOMPARE(read["client_email"_L1].toString(), u"losant@plant.iam.gserviceaccount.com"_s);
    QVERIFY(!read.contains("private_key"_L1));
    QVERIFY(!meta.contains("SECRET"_L1));
}

void SandboxWriteTest::aCertificateIsReadOut()
{
    const QJsonObject config =
        create(sampleBody(u"certificateKeyPair"_s), u"a"_s)["certificateKeyPairConfig"_L1].toObject();
    const QSslCertificate certificate(sampleCertificate().toLatin1());
    const QJsonObject info = config["info"_L1].toObject();
    QCOMPARE(config["certificate"_L1].toString(), sampleCertificate());
    QVERIFY(!config.contains("privateKey"_L1));
    QCOMPARE(info["commonName"_L1].toString(), certificate.subjectInfo(QSslCertificate::CommonName).value(0));
    QCOMPARE(info["issuerName"_L1].toString(), certificate.issuerInfo(QSslCertificate::CommonName).value(0));
    QCOMPARE(QDateTime::fromString(info["notValidAfter"_L1].toString(), Qt::ISODateWithMs),
             certificate.expiryDate());
    QCOMPARE(QDateTime::fromString(info["notValidBefore"_L1].toString(), Qt::ISODateWithMs),
             certificate.effectiveDate());
    QCOMPARE(QByteArray::fromHex(info["fingerprint"_L1].toString().toLatin1()),
             certificate.digest(QCryptographicHash::Sha256));
    QCOMPARE(QByteArray::fromHex(info["serialNumber"_L1].toString().toLatin1()),
             QByteArray::fromHex(certificate.serialNumber()));
}

void SandboxWriteTest::aPortMayBeNull()
{
    SampleBody sample = sampleBody(u"sql"_s);
    sample.config["port"_L1] = QJsonValue();
    const SandboxReply reply = m_client->post(m_path, sample.body(u"a"_s));
    QCOMPARE(reply.status, 201);
    QVERIFY(!reply.json()["sqlConfig"_L1].toObject().contains("port"_L1));
}

void SandboxWriteTest::aChangeChangesWhatItNames()
{
    const QJsonObject before = create(sampleBody(u"sql"_s), u"Before"_s);
    const QString path = m_path + u'/' + before["id"_L1].toString();
    const SandboxReply changed =
        m_client->patch(path, {{"name"_L1, u"After"_s},
                               {"enabled"_L1, false},
                               {"sqlConfig"_L1, QJsonObject{{"port"_L1, QJsonValue()}}}});
    QCOMPARE(changed.status, 200);
    QJsonObject expected = before;
    QJsonObject config = before["sqlConfig"_L1].toObject();
    config.remove("port"_L1);
    expected["name"_L1] = u"After"_s;
    expected["enabled"_L1] = false;
    expected["sqlConfig"_L1] = config;
    expected["lastUpdated"_L1] = changed.json()["lastUpdated"_L1];
    QCOMPARE(changed.json(), expected);
    QVERIFY(changed.json()["lastUpdated"_L1].toString() > before["lastUpdated"_L1].toString());
    QCOMPARE(m_client->get(path).json(), expected);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credential"_s, changed.body), QString());
}

void SandboxWriteTest::aChangedNameIsUniqueToo()
{
    create(sampleBody(u"aws"_s), u"Taken"_s);
    const QJsonObject other = create(sampleBody(u"aws"_s), u"Other"_s);
    const QString path = m_path + u'/' + other["id"_L1].toString();
    const SandboxReply reply = m_client->patch(path, {{"name"_L1, u"Taken"_s}});
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.faultyFields(), QStringList{u"name"_s});
    QCOMPARE(m_client->get(path).json(), other);
    QCOMPARE(m_client->patch(path, {{"name"_L1, u"Other"_s}}).status, 200);
}

void SandboxWriteTest::aChangeOfSecretsShowsOnlyTheirPublicParts()
{
    const QJsonObject before = create(sampleBodies()[13], u"a"_s);
    const QString path = m_path + u'/' + before["id"_L1].toString();
    const SandboxReply changed =
        m_client->patch(path, {{"snowflakeConfig"_L1, QJsonObject{{"privateKey"_L1, samplePrivateKey()}}}});
    QCOMPARE(changed.json()["snowflakeConfig"_L1]["publicKey"_L1].toString(), samplePublicKey());
    QVERIFY(before["snowflakeConfig"_L1]["publicKey"_L1].toString() != samplePublicKey());
}

void SandboxWriteTest::whatIsDeletedIsGone()
{
    const QString path = m_path + u'/' + create(sampleBody(u"aws"_s), u"a"_s)["id"_L1].toString();
    const SandboxReply reply = m_client->ask("DELETE", path);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json(), (QJsonObject{{"success"_L1, true}}));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"success"_s, reply.body), QString());
    QCOMPARE(m_client->get(path).status, 404);
    QCOMPARE(m_client->ask("DELETE", path).status, 404);
    QCOMPARE(total(), 0);
    QCOMPARE(m_client->post(m_path, sampleBody(u"aws"_s).body(u"a"_s)).status, 201);
}

void SandboxWriteTest::countsAndOrdersFollowEveryChange()
{
    const QString application = m_client->application(u"Warehouse"_s);
    m_path = application + "/credentials"_L1;
    const QStringList orders = {u"name"_s, u"type"_s, u"creationDate"_s, u"lastUpdated"_s};
    for (const QString &order : orders)
        m_client->get(m_path + "?sortField="_L1 + order);
    m_client->get(m_path + "?filterField=name&filter=*m*"_L1);

    const QStringList ids = m_client->get(m_path).column("id"_L1);
    m_client->ask("DELETE", m_path + u'/' + ids[3]);
    m_client->patch(m_path + u'/' + ids[5], {{"name"_L1, u"Aaa M"_s}});
    create(sampleBody(u"git"_s), u"zzz m"_s);

    QCOMPARE(total(), int(ids.size()));
    QCOMPARE(m_client->get(application).json()["summary"_L1]["credentialCount"_L1].toInt(), int(ids.size()));
    QStringList expected = m_client->get(m_path).column("id"_L1);
    expected.sort();
    for (const QString &order : orders) {
        const SandboxReply reply = m_client->get(m_path + "?sortDirection=asc&sortField="_L1 + order);
        QStringList values = reply.column(QLatin1String(order.toLatin1()));
        std::ranges::transform(values, values.begin(),
                               [](const QString &text) { return text.toCaseFolded(); });
        QVERIFY(std::ranges::is_sorted(values));
        QStringList found = reply.column("id"_L1);
        found.sort();
        QCOMPARE(found, expected);
    }
    const QStringList names =
        m_client->get(m_path + "?sortField=name&filterField=name&filter=*m*"_L1).column("name"_L1);
    QVERIFY(names.contains(u"Aaa M"_s) && names.contains(u"zzz m"_s));
}

QTEST_GUILESS_MAIN(SandboxWriteTest)
#include "sandboxwritetest.moc"
