// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "gui/formsteps.h"
#include "support/schemacheck.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace {

using How = Step::How;

const QString certificate =
    u"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n"_s;

} // namespace

/// Creates a credential of each type through the dialog and compares what went over the wire with a body that
/// was written by hand from the API's documentation.
class CreateTypesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBodyIsThatOfTheDocumentation_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<Steps>("steps");

        QTest::newRow("aws") << u"Amazon Web Services"_s
                             << Steps{{How::Type, u"Name"_s, u"S3 archive"_s},
                                      {How::Paste, u"Description"_s, u"Nightly export.\nAsk Ada."_s},
                                      {How::Type, u"Access key ID"_s, u"AKIAIOSFODNN7EXAMPLE"_s},
                                      {How::Type, u"Secret access key"_s,
                                       u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s},
                                      {How::Type, u"Region"_s, u"us-east-1"_s}};
        QTest::newRow("azure")
            << u"Microsoft Azure"_s
            << Steps{{How::Type, u"Name"_s, u"blob-store"_s},
                     {How::Type, u"Account"_s, u"plantfloor"_s},
                     {How::Paste, u"Account key"_s,
                      u"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq=="_s}};
        QTest::newRow("gcp")
            << u"Google Cloud Platform"_s
            << Steps{{How::Type, u"Name"_s, u"BigQuery"_s},
                     {How::Paste, u"Service account key"_s,
                      u"{\r\n  \"type\": \"service_account\",\r\n  \"private_key\": \"-----BEGIN "
                      "PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\",\r\n  "
                      "\"client_email\": \"reader@plant.iam.gserviceaccount.com\"\r\n}\r\n"_s}};
        QTest::newRow("http") << u"HTTP"_s
                              << Steps{{How::Type, u"Name"_s, u"Weather"_s},
                                       {How::Toggle, u"Enabled"_s},
                                       {How::Type, u"URI match"_s, u"https://api.example.com/v2/"_s},
                                       {How::Choose, u"Authentication method"_s, u"Query parameter"_s},
                                       {How::Type, u"Public value"_s, u"appid"_s},
                                       {How::Type, u"Secret value"_s, u"b6907d289e10d714a6e88b30761fae22"_s}};
        QTest::newRow("sendgrid")
            << u"SendGrid"_s
            << Steps{{How::Type, u"Name"_s, u"Alerts by mail"_s},
                     {How::Type, u"API key"_s,
                      u"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"_s}};
        QTest::newRow("twilio")
            << u"Twilio"_s
            << Steps{{How::Type, u"Name"_s, u"Alerts by text"_s},
                     {How::Type, u"Account SID"_s, u"ACb1c2d3e4f5061728394a5b6c7d8e9f00"_s},
                     {How::Type, u"API key SID"_s, u"SKb1c2d3e4f5061728394a5b6c7d8e9f00"_s},
                     {How::Type, u"API key secret"_s, u"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF"_s}};
        QTest::newRow("loggly") << u"Loggly"_s
                                << Steps{{How::Type, u"Name"_s, u"Log sink"_s},
                                         {How::Type, u"Customer token"_s,
                                          u"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s}};
        QTest::newRow("jwt")
            << u"JSON Web Token"_s
            << Steps{{How::Type, u"Name"_s, u"Device tokens"_s},
                     {How::Choose, u"Algorithm"_s, u"RS256"_s},
                     {How::Paste, u"Secret"_s,
                      u"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE "
                      "KEY-----\n"_s},
                     {How::Type, u"Issuer"_s, u"https://auth.example.com/"_s}};
        QTest::newRow("whatsapp") << u"WhatsApp"_s
                                  << Steps{{How::Type, u"Name"_s, u"Operators"_s},
                                           {How::Type, u"Access token"_s, u"EAAJZB4ZCq1Wg0BAKexampletoken"_s},
                                           {How::Type, u"From number ID"_s, u"106540352242922"_s}};
        QTest::newRow("sql") << u"SQL database"_s << Steps{{How::Type, u"Name"_s, u"Maintenance DB"_s},
                                                           {How::Choose, u"System"_s, u"PostgreSQL"_s},
                                                           {How::Type, u"Host"_s, u"db.example.com"_s},
                                                           {How::Type, u"Port"_s, u"5433"_s},
                                                           {How::Type, u"Username"_s, u"reader"_s},
                                                           {How::Type, u"Password"_s, u"s3cret  pass"_s},
                                                           {How::Toggle, u"Secure connection"_s},
                                                           {How::Paste, u"CA certificate"_s, certificate},
                                                           {How::Toggle, u"Disable SSL verification"_s}};
        QTest::newRow("mongodb") << u"MongoDB"_s
                                 << Steps{
                                        {How::Type, u"Name"_s, u"Event store"_s},
                                        {How::Type, u"Connection URI"_s,
                                         u"mongodb+srv://app:p%40ss@cluster0.example.mongodb.net/events"_s}};
        QTest::newRow("mailgun") << u"Mailgun"_s
                                 << Steps{{How::Type, u"Name"_s, u"Reports by mail"_s},
                                          {How::Type, u"API key"_s, u"3ax6xnjp29jd6fds4gc373sgvjxteol0"_s}};
        QTest::newRow("snowflake") << u"Snowflake"_s
                                   << Steps{{How::Type, u"Name"_s, u"Warehouse"_s},
                                            {How::Type, u"Host"_s,
                                             u"abc12345.eu-central-1.snowflakecomputing.com"_s},
                                            {How::Type, u"Username"_s, u"LOSANT_LOADER"_s},
                                            {How::Toggle, u"Generate a private key"_s}};
        QTest::newRow("git") << u"Git"_s
                             << Steps{{How::Type, u"Name"_s, u"Flow history"_s},
                                      {How::Choose, u"Credential kind"_s, u"HTTP password"_s},
                                      {How::Type, u"Clone URL"_s, u"https://github.com/acme/flows.git"_s},
                                      {How::Type, u"Username"_s, u"acme-bot"_s},
                                      {How::Type, u"Secret value"_s,
                                       u"ghp_16C7e42F292c6912E7710c838347Ae178B4a"_s},
                                      {How::Type, u"Committer name"_s, u"Acme bot"_s},
                                      {How::Type, u"Committer email"_s, u"bot@acme.example"_s}};
        QTest::newRow("datadog") << u"Datadog"_s
                                 << Steps{{How::Type, u"Name"_s, u"Metrics"_s},
                                          {How::Type, u"API key"_s, u"9775a026f1ca7d1c6c5af9d94d9595a4"_s},
                                          {How::Type, u"Site"_s, u"datadoghq.eu"_s}};
        QTest::newRow("certificateKeyPair")
            << u"Certificate key pair"_s
            << Steps{{How::Type, u"Name"_s, u"Broker client"_s},
                     {How::Paste, u"Certificate"_s, certificate},
                     {How::Paste, u"Private key"_s,
                      u"-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"_s}};
    }

    void theBodyIsThatOfTheDocumentation()
    {
        QFETCH(QString, product);
        QFETCH(Steps, steps);
        const QString key = QString::fromLatin1(QTest::currentDataTag());
        CreateDialogDriver driver;
        driver.acceptWhatIsPosted();

        driver.chooseType(product);
        take(driver, steps);
        driver.click(u"Create"_s);

        QTRY_COMPARE(driver.created.count(), 1);
        QTRY_VERIFY(!driver.dialog.isVisible());
        QCOMPARE(driver.server.count("POST"), 1);
        QCOMPARE(driver.server.request(0).path(), "/applications/575ec8687ae143cd83dc4a97/credentials"_ba);
        QCOMPARE(QJsonDocument::fromJson(driver.server.request(0).body), fixture(key));
        if (haveSchemas())
            QCOMPARE(schemaProblem(u"credentialPost"_s, driver.server.request(0).body), QString());
    }

    void anHttpClientCertificateIsSentAsItWasPasted()
    {
        CreateDialogDriver driver;
        driver.acceptWhatIsPosted();
        driver.chooseType(u"HTTP"_s);
        driver.type(u"Name"_s, u"Gateway"_s);
        driver.type(u"URI match"_s, u"https://gw.example.com"_s);
        driver.choose(u"Authentication method"_s, u"Client certificate"_s);
        driver.paste(u"Public value"_s, certificate);
        driver.paste(u"Secret value"_s, u"-----BEGIN KEY-----\r\n\u00a0\u2028\r\n-----END KEY-----\r\n"_s);
        driver.click(u"Create"_s);

        QTRY_COMPARE(driver.created.count(), 1);
        const QJsonObject config =
            QJsonDocument::fromJson(driver.server.request(0).body).object()["httpConfig"_L1].toObject();
        QCOMPARE(config["publicValue"_L1].toString(), certificate);
        QCOMPARE(config["secretValue"_L1].toString(),
                 u"-----BEGIN KEY-----\n\u00a0\u2028\n-----END KEY-----\n"_s);
    }

    void aPortThatIsLeftAloneIsNotSent()
    {
        CreateDialogDriver driver;
        driver.acceptWhatIsPosted();
        driver.chooseType(u"SQL database"_s);
        driver.type(u"Name"_s, u"DB"_s);
        driver.type(u"Host"_s, u"db"_s);
        driver.type(u"Username"_s, u"u"_s);
        driver.type(u"Password"_s, u"p"_s);
        driver.click(u"Create"_s);

        QTRY_COMPARE(driver.created.count(), 1);
        QCOMPARE(
            QJsonDocument::fromJson(driver.server.request(0).body).object()["sqlConfig"_L1].toObject().keys(),
            (QStringList{u"host"_s, u"password"_s, u"system"_s, u"username"_s}));
    }

private:
    static QJsonDocument fixture(const QString &key)
    {
        QFile file(u"" CREDENZA_FIXTURES "/bodies/"_s + key + u".json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
    }
};

QTEST_MAIN(CreateTypesTest)
#include "createtypestest.moc"
