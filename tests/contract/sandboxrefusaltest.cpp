// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxbodies.h"
#include "contract/sandboxclient.h"
#include "sandbox/sandboxserver.h"
#include "support/schemacheck.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

const QString emoji = QString::fromUcs4(U"\U0001F511");

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class SandboxRefusalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void boundsAreThoseOfTheSchemaInCodePoints_data();
    void boundsAreThoseOfTheSchemaInCodePoints();
    void nameAndDescriptionHaveTheirBounds_data();
    void nameAndDescriptionHaveTheirBounds();
    void halfASurrogatePairIsACharacter();
    void aBrokenBodyIsRefusedByTheFieldAtFault_data();
    void aBrokenBodyIsRefusedByTheFieldAtFault();
    void aBodyThatIsNoObjectIsRefused_data();
    void aBodyThatIsNoObjectIsRefused();
    void severalFaultsAreSaidTogether();
    void aRefusedCreateCreatesNothing();
    void aBrokenChangeIsRefused_data();
    void aBrokenChangeIsRefused();

private:
    int total() { return m_client->get(m_path).json()["totalCount"_L1].toInt(-1); }

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
    QString m_path; ///< of the credentials of an application that has none yet
};

void SandboxRefusalTest::init()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
    m_path = m_client->application(u"Smart meters"_s) + "/credentials"_L1;
}

/// One row for each bounded text of credentialPost.json.
void SandboxRefusalTest::boundsAreThoseOfTheSchemaInCodePoints_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("minimum");
    QTest::addColumn<int>("maximum");
    QFile file(QStringLiteral(CREDENZA_SCHEMAS "/credentialPost.json"));
    if (!haveSchemas() || !file.open(QFile::ReadOnly))
        QSKIP("CREDENZA_SCHEMAS names no folder of the API's schemas");
    const QJsonObject schema = QJsonDocument::fromJson(file.readAll()).object()["properties"_L1].toObject();
    for (const QJsonValue type : schema["type"_L1]["enum"_L1].toArray()) {
        const QJsonObject fields = schema[type.toString() + "Config"_L1]["properties"_L1].toObject();
        QVERIFY(!fields.isEmpty());
        for (auto field = fields.begin(); field != fields.end(); ++field) {
            const QJsonObject rules = field->toObject();
            if (rules["type"_L1] == "string"_L1 && rules.contains("maxLength"_L1)) {
                QTest::addRow("%s.%s", qPrintable(type.toString()), qPrintable(field.key()))
                    << type.toString() << field.key() << rules["minLength"_L1].toInt()
                    << rules["maxLength"_L1].toInt();
            }
        }
    }
}

void SandboxRefusalTest::boundsAreThoseOfTheSchemaInCodePoints()
{
    QFETCH(QString, type);
    QFETCH(QString, key);
    QFETCH(int, minimum);
    QFETCH(int, maximum);
    SampleBody sample = sampleBody(type);
    if (type == "git"_L1 && key == "secretValue"_L1)
        sample.config.remove(u"generatePrivateKey"_s);
    // What must be readable is made longer in front, where its readers skip it.
    const bool isPem = (type == "snowflake"_L1 && key == "privateKey"_L1) || key == "certificate"_L1;
    const QString core = isPem || key == "keyJson"_L1 ? sample.config[key].toString() : QString();
    const QString filling = isPem ? u"x"_s : key == "keyJson"_L1 ? u" "_s : emoji;
    const auto status = [&](int length) {
        const int fill = length - int(core.size());
        sample.config[key] =
            QString(filling.repeated(fill - (isPem ? 1 : 0)) + (isPem ? u"\n"_s : QString()) + core);
        const QJsonObject body = sample.body(u"Bound %1"_s.arg(length));
        const SandboxReply reply = m_client->post(m_path, body);
        const bool isValid = schemaProblem(u"credentialPost"_s, compact(body)).isEmpty();
        if (isValid == (reply.status != 201))
            qWarning("the schema disagrees: %s", reply.body.constData());
        if (reply.status == 400 && reply.faultyFields() != QStringList{sample.configKey + u'.' + key})
            qWarning("another field: %s", reply.body.constData());
        return reply.status;
    };
    QTest::failOnWarning(QRegularExpression(u"the schema disagrees|another field"_s));
    QCOMPARE(status(maximum), 201);
    QCOMPARE(status(maximum + 1), 400);
    if (minimum > 0 && core.isEmpty()) {
        QCOMPARE(status(minimum), 201);
        QCOMPARE(status(minimum - 1), 400);
    }
}

void SandboxRefusalTest::nameAndDescriptionHaveTheirBounds_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("status");
    QTest::newRow("no name") << u"name"_s << 0 << 400;
    QTest::newRow("longest name") << u"name"_s << 255 << 201;
    QTest::newRow("name too long") << u"name"_s << 256 << 400;
    QTest::newRow("no description") << u"description"_s << 0 << 201;
    QTest::newRow("longest description") << u"description"_s << 32767 << 201;
    QTest::newRow("description too long") << u"description"_s << 32768 << 400;
}

void SandboxRefusalTest::nameAndDescriptionHaveTheirBounds()
{
    QFETCH(QString, key);
    QFETCH(int, length);
    QJsonObject body = sampleBody(u"aws"_s).body(u"a"_s);
    body[key] = emoji.repeated(length);
    const SandboxReply reply = m_client->post(m_path, body);
    QTEST(reply.status, "status");
    QCOMPARE(reply.faultyFields(), reply.status == 400 ? QStringList{key} : QStringList());
    if (reply.status == 201)
        QCOMPARE(reply.json()[key].toString(), emoji.repeated(length));
}

void SandboxRefusalTest::halfASurrogatePairIsACharacter()
{
    QJsonObject body = sampleBody(u"aws"_s).body(u"a"_s);
    body["name"_L1] = QString(QChar(0xdc00));
    QCOMPARE(m_client->post(m_path, body).status, 201);
    body["name"_L1] = QString(256, QChar(0xdc00));
    QCOMPARE(m_client->post(m_path, body).faultyFields(), QStringList{u"name"_s});
}

void SandboxRefusalTest::aBrokenBodyIsRefusedByTheFieldAtFault_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("field");
    const auto with = [](const QString &type, const QString &key, const QJsonValue &value) {
        QJsonObject body = sampleBody(type).body(u"a"_s);
        body[key] = value;
        return body;
    };
    const auto without = [](const QString &type, const QString &key) {
        QJsonObject body = sampleBody(type).body(u"a"_s);
        body.remove(key);
        return body;
    };
    const auto config = [](const QString &type, const QString &key, const QJsonValue &value) {
        SampleBody sample = sampleBody(type);
        if (value.isUndefined())
            sample.config.remove(key);
        else
            sample.config[key] = value;
        return sample.body(u"a"_s);
    };
    const QJsonValue none(QJsonValue::Undefined);
    QTest::newRow("no name") << without(u"aws"_s, u"name"_s) << u"name"_s;
    QTest::newRow("no type") << without(u"aws"_s, u"type"_s) << u"type"_s;
    QTest::newRow("unknown type") << with(u"aws"_s, u"type"_s, u"floppy"_s) << u"type"_s;
    QTest::newRow("name is a number") << with(u"aws"_s, u"name"_s, 1) << u"name"_s;
    QTest::newRow("enabled is a text") << with(u"aws"_s, u"enabled"_s, u"true"_s) << u"enabled"_s;
    QTest::newRow("unknown key") << with(u"aws"_s, u"colour"_s, 1) << u"colour"_s;
    QTest::newRow("read-only key") << with(u"aws"_s, u"id"_s, u"x"_s) << u"id"_s;
    QTest::newRow("no config") << without(u"aws"_s, u"awsConfig"_s) << u"awsConfig"_s;
    QTest::newRow("config is a list") << with(u"aws"_s, u"awsConfig"_s, QJsonArray()) << u"awsConfig"_s;
    QTest::newRow("config is null") << with(u"aws"_s, u"awsConfig"_s, QJsonValue()) << u"awsConfig"_s;
    QTest::newRow("misplaced config") << with(u"aws"_s, u"sqlConfig"_s, QJsonObject()) << u"sqlConfig"_s;
    QTest::newRow("missing field") << config(u"aws"_s, u"region"_s, none) << u"awsConfig.region"_s;
    QTest::newRow("missing secret") << config(u"azure"_s, u"accountKey"_s, none)
                                    << u"azureConfig.accountKey"_s;
    QTest::newRow("unknown field") << config(u"aws"_s, u"colour"_s, 1) << u"awsConfig.colour"_s;
    QTest::newRow("field is null") << config(u"aws"_s, u"region"_s, QJsonValue()) << u"awsConfig.region"_s;
    QTest::newRow("unknown choice") << config(u"jwt"_s, u"algorithm"_s, u"none"_s)
                                    << u"jwtConfig.algorithm"_s;
    QTest::newRow("choice in another case")
        << config(u"sql"_s, u"system"_s, u"PG"_s) << u"sqlConfig.system"_s;
    QTest::newRow("port 0") << config(u"sql"_s, u"port"_s, 0) << u"sqlConfig.port"_s;
    QTest::newRow("port 65536") << config(u"sql"_s, u"port"_s, 65536) << u"sqlConfig.port"_s;
    QTest::newRow("half a port") << config(u"sql"_s, u"port"_s, 1.5) << u"sqlConfig.port"_s;
    QTest::newRow("port in words") << config(u"sql"_s, u"port"_s, u"5432"_s) << u"sqlConfig.port"_s;
    QTest::newRow("switch is a number")
        << config(u"sql"_s, u"secureConnection"_s, 1) << u"sqlConfig.secureConnection"_s;
    QTest::newRow("snowflake without key")
        << config(u"snowflake"_s, u"privateKey"_s, none) << u"snowflakeConfig.privateKey"_s;
    QTest::newRow("snowflake with two keys")
        << config(u"snowflake"_s, u"generatePrivateKey"_s, true) << u"snowflakeConfig.privateKey"_s;
    QTest::newRow("snowflake with another text")
        << config(u"snowflake"_s, u"privateKey"_s, u"SECRET"_s) << u"snowflakeConfig.privateKey"_s;
    QTest::newRow("git without key") << config(u"git"_s, u"generatePrivateKey"_s, false)
                                     << u"gitConfig.secretValue"_s;
    QTest::newRow("git with two keys")
        << config(u"git"_s, u"secretValue"_s, u"SECRET"_s) << u"gitConfig.secretValue"_s;
    QTest::newRow("git generates no password")
        << config(u"git"_s, u"type"_s, u"http-password"_s) << u"gitConfig.generatePrivateKey"_s;
    QTest::newRow("gcp is no JSON") << config(u"gcp"_s, u"keyJson"_s, u"SECRET"_s) << u"gcpConfig.keyJson"_s;
    QTest::newRow("no certificate") << config(u"certificateKeyPair"_s, u"certificate"_s, u"SECRET"_s)
                                    << u"certificateKeyPairConfig.certificate"_s;
}

void SandboxRefusalTest::aBrokenBodyIsRefusedByTheFieldAtFault()
{
    QFETCH(QJsonObject, body);
    QFETCH(QString, field);
    const SandboxReply reply = m_client->post(m_path, body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.errorType(), u"Validation"_s);
    QVERIFY2(reply.faultyFields().contains(field), reply.body.constData());
    QVERIFY(reply.json()["message"_L1].toString().contains(field));
    QVERIFY(!reply.body.contains("SECRET"));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"validationErrors"_s, reply.body), QString());
}

void SandboxRefusalTest::aBodyThatIsNoObjectIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("name=SECRET");
    QTest::newRow("cut short") << QByteArray(R"({"name":"SECRET")");
    QTest::newRow("a list") << QByteArray(R"(["SECRET"])");
    QTest::newRow("too deep") << QByteArray("{\"a\":").repeated(5000);
    QTest::newRow("no UTF-8") << QByteArray("{\"name\":\"SECRET\xff\"}");
}

void SandboxRefusalTest::aBodyThatIsNoObjectIsRefused()
{
    QFETCH(QByteArray, body);
    const SandboxReply reply = m_client->ask("POST", m_path, body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.errorType(), u"Validation"_s);
    QVERIFY(!reply.body.contains("SECRET"));
    QCOMPARE(total(), 0);
}

void SandboxRefusalTest::severalFaultsAreSaidTogether()
{
    const SandboxReply reply =
        m_client->post(m_path, {{"name"_L1, u""_s},
                                {"type"_L1, u"aws"_s},
                                {"awsConfig"_L1, QJsonObject{{"accessKeyId"_L1, 1}, {"colour"_L1, 1}}}});
    QCOMPARE(reply.status, 400);
    QStringList fields = reply.faultyFields();
    fields.sort();
    QCOMPARE(fields, (QStringList{u"awsConfig.accessKeyId"_s, u"awsConfig.colour"_s, u"awsConfig.region"_s,
                                  u"awsConfig.secretAccessKey"_s, u"name"_s}));
}

void SandboxRefusalTest::aRefusedCreateCreatesNothing()
{
    m_client->post(m_path, {{"name"_L1, u"a"_s}, {"type"_L1, u"aws"_s}});
    QCOMPARE(total(), 0);
}

void SandboxRefusalTest::aBrokenChangeIsRefused_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QString>("field");
    QTest::newRow("type") << QJsonObject{{"type"_L1, u"aws"_s}} << u"type"_s;
    QTest::newRow("unknown key") << QJsonObject{{"colour"_L1, 1}} << u"colour"_s;
    QTest::newRow("empty name") << QJsonObject{{"name"_L1, u""_s}} << u"name"_s;
    QTest::newRow("another type's config") << QJsonObject{{"sqlConfig"_L1, QJsonObject()}} << u"sqlConfig"_s;
    QTest::newRow("a bound") << QJsonObject{{"awsConfig"_L1, QJsonObject{{"accessKeyId"_L1, u"short"_s}}}}
                             << u"awsConfig.accessKeyId"_s;
    QTest::newRow("unknown field") << QJsonObject{{"awsConfig"_L1, QJsonObject{{"colour"_L1, 1}}}}
                                   << u"awsConfig.colour"_s;
}

void SandboxRefusalTest::aBrokenChangeIsRefused()
{
    QFETCH(QJsonObject, change);
    const QJsonObject before = m_client->post(m_path, sampleBody(u"aws"_s).body(u"a"_s)).json();
    const QString path = m_path + u'/' + before["id"_L1].toString();
    const SandboxReply reply = m_client->patch(path, change);
    QCOMPARE(reply.status, 400);
    QTEST(reply.faultyFields().value(0), "field");
    QCOMPARE(m_client->get(path).json(), before);
}

QTEST_GUILESS_MAIN(SandboxRefusalTest)
#include "sandboxrefusaltest.moc"
