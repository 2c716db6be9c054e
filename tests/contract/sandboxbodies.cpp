// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxbodies.h"

#include "support/testcertificate.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString gcpKey =
    uR"({"type":"service_account","project_id":"plant","private_key_id":"0123","private_key":)"
    uR"("-----BEGIN PRIVATE KEY-----\nSECRETgcpPrivateKey\n-----END PRIVATE KEY-----\n",)"
    uR"("client_email":"losant@plant.iam.gserviceaccount.com","client_id":"42","refresh_token":"SECRETgcpOther"})"_s;

} // namespace

QJsonObject SampleBody::body(const QString &name) const
{
    return {{"name"_L1, name}, {"type"_L1, type}, {configKey, config}};
}

QList<SampleBody> sampleBodies()
{
    return {
        {u"aws"_s,
         u"awsConfig"_s,
         {{"accessKeyId"_L1, u"AKIA0123456789ABCDEF"_s},
          {"secretAccessKey"_L1, u"SECRETaws"_s},
          {"region"_L1, u"us-east-1"_s}}},
        {u"azure"_s, u"azureConfig"_s, {{"account"_L1, u"acme"_s}, {"accountKey"_L1, u"SECRETazure"_s}}},
        {u"gcp"_s, u"gcpConfig"_s, {{"keyJson"_L1, gcpKey}}},
        {u"http"_s,
         u"httpConfig"_s,
         {{"uriMatch"_L1, u"https://api.example.com/"_s},
          {"authMethod"_L1, u"header"_s},
          {"secretValue"_L1, u"SECREThttp"_s}}},
        {u"sendgrid"_s, u"sendgridConfig"_s, {{"apiKey"_L1, u"SECRETsendgrid"_s}}},
        {u"twilio"_s,
         u"twilioConfig"_s,
         {{"accountSid"_L1, u"AC01"_s}, {"apiKeySid"_L1, u"SK01"_s}, {"apiKeySecret"_L1, u"SECRETtwilio"_s}}},
        {u"loggly"_s, u"logglyConfig"_s, {{"customerToken"_L1, u"SECRETloggly"_s}}},
        {u"jwt"_s,
         u"jwtConfig"_s,
         {{"algorithm"_L1, u"HS256"_s}, {"secret"_L1, u"SECRETjwt"_s}, {"issuer"_L1, u"me"_s}}},
        {u"whatsapp"_s,
         u"whatsappConfig"_s,
         {{"accessToken"_L1, u"SECRETwhatsapp"_s}, {"fromNumberId"_L1, u"49"_s}}},
        {u"sql"_s,
         u"sqlConfig"_s,
         {{"system"_L1, u"pg"_s},
          {"host"_L1, u"db.example.com"_s},
          {"username"_L1, u"losant"_s},
          {"password"_L1, u"SECRETsql"_s},
          {"port"_L1, 5433},
          {"secureConnection"_L1, true},
          {"caCertificate"_L1, u"pem"_s}}},
        {u"mongodb"_s, u"mongodbConfig"_s, {{"connectionUri"_L1, u"mongodb://a:SECRETmongodb@b/c"_s}}},
        {u"mailgun"_s, u"mailgunConfig"_s, {{"apiKey"_L1, u"SECRETmailgun"_s}}},
        {u"snowflake"_s,
         u"snowflakeConfig"_s,
         {{"host"_L1, u"a.snowflakecomputing.com"_s},
          {"username"_L1, u"LOSANT"_s},
          {"privateKey"_L1, samplePrivateKey()}}},
        {u"snowflake"_s,
         u"snowflakeConfig"_s,
         {{"host"_L1, u"a.snowflakecomputing.com"_s},
          {"username"_L1, u"LOSANT"_s},
          {"generatePrivateKey"_L1, true}}},
        {u"git"_s,
         u"gitConfig"_s,
         {{"type"_L1, u"ssh-key"_s},
          {"cloneUrl"_L1, u"git@example.com:a/b.git"_s},
          {"generatePrivateKey"_L1, true},
          {"committerName"_L1, u"A"_s}}},
        {u"git"_s,
         u"gitConfig"_s,
         {{"type"_L1, u"ssh-key"_s},
          {"cloneUrl"_L1, u"git@example.com:a/b.git"_s},
          {"secretValue"_L1, u"SECRETgitKey"_s}}},
        {u"git"_s,
         u"gitConfig"_s,
         {{"type"_L1, u"http-password"_s},
          {"cloneUrl"_L1, u"https://example.com/a/b.git"_s},
          {"username"_L1, u"a"_s},
          {"secretValue"_L1, u"SECRETgitPassword"_s}}},
        {u"datadog"_s,
         u"datadogConfig"_s,
         {{"secretValue"_L1, u"SECRETdatadog"_s}, {"site"_L1, u"datadoghq.eu"_s}}},
        {u"certificateKeyPair"_s,
         u"certificateKeyPairConfig"_s,
         {{"certificate"_L1, sampleCertificate()}, {"privateKey"_L1, samplePrivateKey()}}},
    };
}

SampleBody sampleBody(const QString &type)
{
    const QList<SampleBody> bodies = sampleBodies();
    return *std::ranges::find(bodies, type, &SampleBody::type);
}

QStringList sampleSecrets()
{
    // The first half of a private key holds the public one, whose lines may look the same.
    const QStringList lines = samplePrivateKey().split(u'\n', Qt::SkipEmptyParts);
    QStringList secrets = lines.mid(lines.size() / 2, lines.size() / 2 - 2);
    secrets.append(u"SECRET"_s);
    return secrets;
}

QString samplePrivateKey()
{
    return QString::fromLatin1(TestCertificate::instance().key.toPem());
}

QString sampleCertificate()
{
    return QString::fromLatin1(TestCertificate::instance().certificate.toPem());
}

QString samplePublicKey()
{
    return QString::fromLatin1(TestCertificate::instance().certificate.publicKey().toPem());
}
