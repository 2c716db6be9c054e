// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampledata.h"
#include "sandbox/sandboxkeys.h"

#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

// Made for this table; their private keys were never kept.
constexpr const char *certificates[] = {
    R"(-----BEGIN CERTIFICATE-----
MIIBbDCCARICEQDHM5LmqFBcH9+s3rSGDNHFMAoGCCqGSM49BAMCMDoxFTATBgNV
BAoMDEV4YW1wbGUgb25seTEhMB8GA1UEAwwYbXF0dC5wbGFudC1mbG9vci5leGFt
cGxlMB4XDTIzMDExNTAwMDAwMFoXDTQzMDExMDAwMDAwMFowOjEVMBMGA1UECgwM
RXhhbXBsZSBvbmx5MSEwHwYDVQQDDBhtcXR0LnBsYW50LWZsb29yLmV4YW1wbGUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR2A3MeMGC/MkPx+/s+ehCKkCBAJtdp
0luEIKQiluxgTgl5Kb2T57X9UJTW1esSK9klRfYHbY0DND+YzUOS7neKMAoGCCqG
SM49BAMCA0gAMEUCIDlBbT1+IKRUaTBaX1MwO9Bg94eNPCfa4+56f4NhW3WpAiEA
hEF77xwjye+//b4MI6M+HB2rYdBtypqxkf8rLdi5scQ=
-----END CERTIFICATE-----
)",
    R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARkCEBw9TOFOzVYNHN1QoO2l8twwCgYIKoZIzj0EAwIwPjEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSUwIwYDVQQDDBxlZGdlLWdhdGV3YXktMDcuYWNtZS5l
eGFtcGxlMB4XDTI0MDYwMTAwMDAwMFoXDTQ0MDUyNzAwMDAwMFowPjEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSUwIwYDVQQDDBxlZGdlLWdhdGV3YXktMDcuYWNtZS5l
eGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9uDq8Ur7DCHd+7j6CLc1
JJDd/dVN2WlkMcpX2oiZE3zYHuWwkYshB878Cnnv1EdTlOnTlSQkAnrRo0/Zaf0f
FTAKBggqhkjOPQQDAgNJADBGAiEAopf8N2gkcaxOeFfAZV0HuPjfjOMhnjw3JzZR
k/AWEAkCIQCjlYVwkdb66e1PRw1QybUyoM3F0WFeWbWAs//05uqFsA==
-----END CERTIFICATE-----
)",
    R"(-----BEGIN CERTIFICATE-----
MIIBcTCCARgCEQD/Qm3QlCs7m/tCPdmQZx5kMAoGCCqGSM49BAMCMD0xFTATBgNV
BAoMDEV4YW1wbGUgb25seTEkMCIGA1UEAwwbbGVnYWN5LWdhdGV3YXkuYWNtZS5l
eGFtcGxlMB4XDTIwMDMwMTAwMDAwMFoXDTIzMDMwMTAwMDAwMFowPTEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSQwIgYDVQQDDBtsZWdhY3ktZ2F0ZXdheS5hY21lLmV4
YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATiGNG1S3D5CJG9SB/43phz
ll6TJOFXYR/JIj3cA10Qf3MsquJ/5/L0BvlAfzfAz/uTlFfQQlxGfhCygWH3FcvH
MAoGCCqGSM49BAMCA0cAMEQCICCmBDfIvK9wOOjGpm1xpXWxiU7v/W8X1w1j54ax
g2zLAiByxizzlFgnQKbD0gQE7ysqUDY5mH2ucDPRTGOw1J5i8g==
-----END CERTIFICATE-----
)",
};

constexpr const char *publicKeys[] = {
    R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsRqOLi0yXnNUP+0YwlSY
7RYdBiuh9QzbJZyKBlLbp7jdfhymKxNL/JwChkY57VtuVFX0M3Ppmo5jWqopDil0
JM3/M5u6F5MXhGtzGH9JvjKZfJrjyGvSYRkg7dpq4KlPMrvXMRv8A6M7XRDXfC9q
X/MH2OXkxSrKGgwsvCKUUPa5uoqjmaguvakMkCxb8TeQvpndB82BBfUkrAUz/LGH
GJfGrIdZSCWj2sa1WT6qjV9iRMs+mJ3aoWUNQQLzyMI5B5kd0rtI5TizeGCnM6/H
hlKdQ4xUFZOkozeRG6rpQtoEdt4Re6zrm6qInOcCHK6Ywrgx3ys7WYYC+SWQMI3U
YQIDAQAB
-----END PUBLIC KEY-----
)",
    R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzRkJyel1Q0g+jHOk2LjE
xC+AVy7cHBILFErd7ous6K+tcqJ7BZ4xsovEsXGNPvmtMtIA44USApzCxlLxvURR
wcT+nl6kF1UdWyIhZ3B7YIiUqiDLLKQSyXetYzLikuDfSqfoeOx4AEdwnyjxOFaP
FX9MwczlIFN0JhIAeHLWNP/OsyjIaXxURIJuODMDHfTQgKApSWyzUxIZcwWcUAsH
epeWpe/EOgl2PHNI600TQBMKbW+nTz4pwM0o9ZfqTw7gSsVQlUo77L1HqkATpW9f
sLiKInTtnYdsn0T2ErcjUipegaLrFE1m8UqhVtflmuD1U2ckL1e5GVMxKmLRzznX
LwIDAQAB
-----END PUBLIC KEY-----
)",
};

constexpr const char *deployKeys[] = {
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCd+RIkgaIfSQ2oPFWNH8Qy6qIfIC6nDRuUA1J+RUpDKJqH4yRpUacsADmq7MFcHr+E"
    "LD3Kzxtok7GpYvk7hnRO/CXUe7mYpheXxjztN6jjjS2NAiaan1fsblImXgMt6p6QzutmGu5RK1lYg/1hs1euAiT/hBLjLSZp06sP09nb"
    "qJxW0ZDbfSuG3TeUkTKV1QyqmZaqwIvQzo5S3sBVj4Sk4kYbjnMoBR2XYuqfKAjxJ07RYFtTzdf/rc7sHUVvgqH6PSLcXfQ6qRLbcWUw"
    "DDVpAZDLUUmIa6WYdwcTbuytydYzIo00hxGHSRCKLTKq7yv8JVcOAn6JEHM+Z37oVt0b",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC8VDjMqzxDqMcnyzq98mHBHCICeLCBNc24Ec9xLQgxaxzlsiScNCOtWyUNcwkrHBwk"
    "T6PDxYi3INxtIk5GGv/mnyzw/Qglf7ZgeRs+PlZ3K2whtQ2g5abdhhljwoDi4Uzr8oHu64vjOluwiIvINcWI6X9Wa9T+g75w18ygGGzp"
    "U98ZAohDUdDl/340JcyNVGE5BF/+4dLM8O3qRIYOC5EkZ/Hi5eHKlK0TN0//LMiEs2nVaYCNoe4DzkHy2BQm6kXfldk9jneSNsQN8uxD"
    "wP9O64UrF3dJpZ62nOu5rjNvfZHZ177GSqDBLsADXB6dtCkjr3W9dEG/0r7tcMyXLH3N",
};

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

QJsonObject aws(int number)
{
    return {{"accessKeyId"_L1, QString("AKIAEXAMPLE"_L1 + digits(number, 9))},
            {"region"_L1, turn(awsRegions, number / 20)}};
}

QJsonObject azure(int number)
{
    return {{"account"_L1, QString("acmeexample"_L1 + digits(number / 20, 3))}};
}

QJsonObject gcp(int number)
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
    };
    return {{"keyMetaJson"_L1, QString::fromUtf8(QJsonDocument(key).toJson(QJsonDocument::Indented))}};
}

QJsonObject http(int number)
{
    QJsonObject config{{"uriMatch"_L1, QString("https://"_L1 + turn(httpHosts, number / 20) + "/v"_L1 +
                                               QString::number(1 + number / 60 % 3) + u'/')}};
    switch (number / 20 % 5) {
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
        config["publicValue"_L1] = QString::fromLatin1(turn(certificates, number));
        break;
    }
    return config;
}

QJsonObject none(int)
{
    return {};
}

QJsonObject twilio(int number)
{
    return {{"accountSid"_L1, QString("ACexample00000000000000000"_L1 + digits(number / 100, 8))},
            {"apiKeySid"_L1, QString("SKexample00000000000000000"_L1 + digits(number, 8))}};
}

QJsonObject jwt(int number)
{
    QJsonObject config{{"algorithm"_L1, turn(algorithms, number / 20)}};
    if (number / 20 % 2)
        config["issuer"_L1] = "https://id.example.com"_L1;
    return config;
}

QJsonObject whatsapp(int number)
{
    return {{"fromNumberId"_L1, QString("1000000"_L1 + digits(number, 8))}};
}

QJsonObject sql(int number)
{
    const int round = number / 20;
    QJsonObject config{{"system"_L1, turn(sqlSystems, round)},
                       {"host"_L1, QString("db-"_L1 + digits(round % 40, 2) + ".example.net"_L1)},
                       {"username"_L1, round % 2 ? "losant_ro"_L1 : "losant"_L1}};
    if (round % 3 == 0)
        config["port"_L1] = 15432;
    if (round % 4)
        config["secureConnection"_L1] = true;
    if (round % 4 == 3)
        config["caCertificate"_L1] = QString::fromLatin1(turn(certificates, round));
    if (round % 9 == 1)
        config["disableSSLVerification"_L1] = true;
    return config;
}

QJsonObject snowflake(int number)
{
    return {{"host"_L1,
             QString("xy"_L1 + digits(number / 20 % 90, 5) + ".eu-central-1.snowflakecomputing.com"_L1)},
            {"username"_L1, "LOSANT_LOADER"_L1},
            {"publicKey"_L1, QString::fromLatin1(turn(publicKeys, number / 20))}};
}

QJsonObject git(int number)
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
        config["publicKey"_L1] = QString::fromLatin1(turn(deployKeys, number / 20));
    }
    config["committerName"_L1] = "Losant backup"_L1;
    config["committerEmail"_L1] = "backup@example.com"_L1;
    return config;
}

QJsonObject datadog(int number)
{
    return {{"site"_L1, turn(datadogSites, number / 20)}};
}

QJsonObject certificateKeyPair(int number)
{
    const QString certificate = QString::fromLatin1(turn(certificates, number / 20));
    QJsonObject config{{"certificate"_L1, certificate},
                       {"info"_L1, certificateInfo(certificate).value_or(QJsonObject())}};
    if (number / 20 % 2 == 1)
        config["storeAsCertAuthority"_L1] = true;
    return config;
}

constexpr std::pair<QLatin1StringView, QJsonObject (*)(int number)> configs[] = {
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
            return make(credential.number);
    }
    return {};
}
