// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampledata.h"
#include "sandbox/samplekeys.h"
#include "sandbox/sandboxkeys.h"

#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView awsRegions[] = {"us-east-1"_L1, "us-west-2"_L1, "eu-central-1"_L1,
                                            "ap-northeast-1"_L1, "sa-east-1"_L1};
constexpr QLatin1StringView datadogSites[] = {"datadoghq.com"_L1, "datadoghq.eu"_L1, "us3.datadoghq.com"_L1};
constexpr QLatin1StringView algorithms[] = {"HS256"_L1, "RS256"_L1, "ES256"_L1, "HS512"_L1};
constexpr QLatin1StringView sqlSystems[] = {"pg"_L1, "mysql"_L1, "mssql"_L1};
constexpr QLatin1StringView httpHosts[] = {"api.example.com"_L1, "erp.example.net"_L1,
                                           "hooks.example.org"_L1};

template<typename T, std::size_t size>
const T &turn(const T (&table)[size], int number)
{
    return table[std::size_t(number) % size];
}

QString digits(int number, int width)
{
    return QString::number(number).rightJustified(width, u'0');
}

QJsonObject aws(int number, qint64)
{
    return {{"accessKeyId"_L1, QString("AKIAEXAMPLE"_L1 + digits(number, 9))},
            {"region"_L1, turn(awsRegions, number / 20)}};
}

QJsonObject azure(int number, qint64)
{
    return {{"account"_L1, QString("acmeexample"_L1 + digits(number / 20, 3))}};
}

QJsonObject gcp(int number, qint64)
{
    const QString project = "example-plant-"_L1 + digits(number / 20, 3);
    const QString user = "losant@"_L1 + project + ".iam.gserviceaccount.com"_L1;
    const QJsonObject key{
        {"type"_L1, "service_account"_L1},
        {"project_id"_L1, project},
        {"private_key_id"_L1, QString("00000000000000000000000000example"_L1 + digits(number, 7))},
        {"client_email"_L1, user},
        {"client_id"_L1, QString("1000000000000"_L1 + digits(number, 8))},
        {"auth_uri"_L1, "https://accounts.google.com/o/oauth2/auth"_L1},
        {"token_uri"_L1, "https://oauth2.googleapis.com/token"_L1},
        {"auth_provider_x509_cert_url"_L1, "https://www.googleapis.com/oauth2/v1/certs"_L1},
        {"client_x509_cert_url"_L1, QString("https://www.googleapis.com/robot/v1/metadata/x509/"_L1 +
                                            QString(user).replace(u'@', "%40"_L1))},
    };
    return {{"keyMetaJson"_L1, QString::fromUtf8(QJsonDocument(key).toJson(QJsonDocument::Indented))}};
}

/// After these hosts, versions and methods have all been together.
constexpr int httpRounds = 45;

QJsonObject http(int number, qint64 today)
{
    const int round = number / 10; // the type comes up twice in twenty
    QString uri =
        "https://"_L1 + turn(httpHosts, round) + "/v"_L1 + QString::number(1 + round / 3 % 3) + u'/';
    if (round >= httpRounds)
        uri += "plant-"_L1 + digits(round / httpRounds, 3) + u'/';
    QJsonObject config{{"uriMatch"_L1, uri}};
    switch (round % 5) {
    case 0:
        config["authMethod"_L1] = "header"_L1;
        config["publicValue"_L1] = "X-Api-Key"_L1;
        break;
    case 1:
        config["authMethod"_L1] = "basicAuth"_L1;
        config["publicValue"_L1] = "svc-losant"_L1;
        break;
    case 2:
        config["authMethod"_L1] = "queryParam"_L1;
        config["publicValue"_L1] = "api_key"_L1;
        break;
    case 3:
        config["authMethod"_L1] = "header"_L1;
        config["publicValue"_L1] = ""_L1;
        break;
    case 4:
        config["authMethod"_L1] = "clientCertificate"_L1;
        config["publicValue"_L1] = SampleKeys::certificate(number, today);
        break;
    }
    return config;
}

QJsonObject none(int, qint64)
{
    return {};
}

QJsonObject twilio(int number, qint64)
{
    return {{"accountSid"_L1, QString("ACexample00000000000000000"_L1 + digits(number / 100, 8))},
            {"apiKeySid"_L1, QString("SKexample00000000000000000"_L1 + digits(number, 8))}};
}

QJsonObject jwt(int number, qint64)
{
    QJsonObject config{{"algorithm"_L1, turn(algorithms, number / 20)}};
    if (number / 20 % 2)
        config["issuer"_L1] = "https://id.example.com"_L1;
    return config;
}

QJsonObject whatsapp(int number, qint64)
{
    return {{"fromNumberId"_L1, QString("1000000"_L1 + digits(number, 8))}};
}

/// Databases have their certificates from so many authorities.
constexpr int sqlAuthorities = 23;

QJsonObject sql(int number, qint64 today)
{
    const int round = number / 10;
    QJsonObject config{{"system"_L1, turn(sqlSystems, round)},
                       {"host"_L1, QString("db-"_L1 + digits(round % 1000, 2) + ".example.net"_L1)},
                       {"username"_L1, round % 2 ? "losant_ro"_L1 : "losant"_L1}};
    if (round % 3 == 0)
        config["port"_L1] = 15432;
    if (round % 4)
        config["secureConnection"_L1] = true;
    if (round % 4 == 3)
        config["caCertificate"_L1] =
            SampleKeys::certificate(sampleTypeRound * (round % sqlAuthorities), today);
    if (round % 9 == 1)
        config["disableSSLVerification"_L1] = true;
    return config;
}

QJsonObject snowflake(int number, qint64)
{
    return {{"host"_L1,
             QString("xy"_L1 + digits(number / 20 % 90, 5) + ".eu-central-1.snowflakecomputing.com"_L1)},
            {"username"_L1, "LOSANT_LOADER"_L1},
            {"publicKey"_L1, SampleKeys::publicKey(number)}};
}

QJsonObject git(int number, qint64)
{
    const QString repository = "acme/flows-"_L1 + digits(number / 20, 3) + ".git"_L1;
    QJsonObject config;
    if (number / 20 % 3 == 2) {
        config["type"_L1] = "http-password"_L1;
        config["cloneUrl"_L1] = QString("https://git.example.com/"_L1 + repository);
        config["username"_L1] = "losant-bot"_L1;
    } else {
        config["type"_L1] = "ssh-key"_L1;
        config["cloneUrl"_L1] = QString("git@git.example.com:"_L1 + repository);
        config["publicKey"_L1] = SampleKeys::deployKey(number);
    }
    config["committerName"_L1] = "Losant backup"_L1;
    config["committerEmail"_L1] = "backup@example.com"_L1;
    return config;
}

QJsonObject datadog(int number, qint64)
{
    return {{"site"_L1, turn(datadogSites, number / 20)}};
}

QJsonObject certificateKeyPair(int number, qint64 today)
{
    const QString certificate = SampleKeys::certificate(number, today);
    QJsonObject config{{"certificate"_L1, certificate},
                       {"info"_L1, certificateInfo(certificate).value_or(QJsonObject())}};
    if (number / 20 % 2 == 1)
        config["storeAsCertAuthority"_L1] = true;
    return config;
}

constexpr std::pair<QLatin1StringView, QJsonObject (*)(int number, qint64 today)> configs[] = {
    {"aws"_L1, aws},
    {"azure"_L1, azure},
    {"gcp"_L1, gcp},
    {"http"_L1, http},
    {"sendgrid"_L1, none},
    {"twilio"_L1, twilio},
    {"loggly"_L1, none},
    {"jwt"_L1, jwt},
    {"whatsapp"_L1, whatsapp},
    {"sql"_L1, sql},
    {"mongodb"_L1, none},
    {"mailgun"_L1, none},
    {"snowflake"_L1, snowflake},
    {"git"_L1, git},
    {"datadog"_L1, datadog},
    {"certificateKeyPair"_L1, certificateKeyPair},
};

} // namespace

QJsonObject SampleData::config(const SandboxCredential &credential)
{
    for (const auto &[type, make] : configs) {
        if (type == credential.type->key)
            return make(credential.keyNumber, credential.sampleDay);
    }
    return {};
}
