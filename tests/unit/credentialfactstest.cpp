// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialfacts.h"

#include "domain/credential.h"
#include "services/inventoryrow.h"
#include "support/testcertificate.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Config = QJsonObject;

CredentialFacts facts(const QString &type, const Config &config)
{
    return credentialFacts({.type = type, .config = QJsonDocument(config).toJson()});
}

QString pem(const TestCertificate &of)
{
    return QString::fromLatin1(of.certificate.toPem());
}

Config certificate(const QString &text, const QString &fingerprint = {})
{
    Config config{{u"certificate"_s, text}};
    if (!fingerprint.isEmpty())
        config[u"info"_s] = Config{{u"fingerprint"_s, fingerprint}};
    return config;
}

Config clientCertificate(const QString &text)
{
    return {{u"uriMatch"_s, u"https://api.example.com"_s},
            {u"authMethod"_s, u"clientCertificate"_s},
            {u"publicValue"_s, text}};
}

Config serviceAccount(const QString &keyId, const QString &email)
{
    const Config file{
        {u"type"_s, u"service_account"_s}, {u"private_key_id"_s, keyId}, {u"client_email"_s, email}};
    return {{u"keyMetaJson"_s, QString::fromUtf8(QJsonDocument(file).toJson(QJsonDocument::Compact))}};
}

Config sql(const QString &host, const QJsonValue &port, const QString &user)
{
    return {{u"system"_s, u"pg"_s}, {u"host"_s, host}, {u"port"_s, port}, {u"username"_s, user}};
}

Config http(const QString &uri, const QString &method, const QString &value)
{
    return {{u"uriMatch"_s, uri}, {u"authMethod"_s, method}, {u"publicValue"_s, value}};
}

Config git(const QString &url, const QString &user, const QString &publicKey = {})
{
    Config config{{u"type"_s, u"ssh-key"_s}, {u"cloneUrl"_s, url}, {u"username"_s, user}};
    if (!publicKey.isEmpty())
        config[u"publicKey"_s] = publicKey;
    return config;
}

} // namespace

/// What tells one key, or one account, from another.
class CredentialFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameKey_data();
    void theSameKey();
    void anotherKey_data();
    void anotherKey();
    void theSameAccountIsNoKey_data();
    void theSameAccountIsNoKey();
    void anotherAccount_data();
    void anotherAccount();
    void whatTellsNothing_data();
    void whatTellsNothing();
    void theKeyIsShownInOneLine_data();
    void theKeyIsShownInOneLine();
    void publicValuesAreSearchedAndOthersNot();

    void foldingPassesOverCaseAndAccents_data();
    void foldingPassesOverCaseAndAccents();
    void whatRestoresATextIsShort();
    void aRowSaysWhatTheCredentialDoes();
    void aRowIsMadeACredentialAgain();

private:
    static void addPairs();
};

void CredentialFactsTest::addPairs()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Config>("config");
    QTest::addColumn<QString>("otherType");
    QTest::addColumn<Config>("otherConfig");
}

void CredentialFactsTest::theSameKey_data()
{
    addPairs();
    const Config aws{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s}};
    QTest::newRow("an access key, whatever its region")
        << u"aws"_s << aws << u"aws"_s
        << Config{{u"accessKeyId"_s, u" AKIAIOSFODNN7EXAMPLE"_s}, {u"region"_s, u"eu-west-1"_s}};
    QTest::newRow("an API key, whatever its account")
        << u"twilio"_s << Config{{u"apiKeySid"_s, u"SK1"_s}, {u"accountSid"_s, u"AC1"_s}} << u"twilio"_s
        << Config{{u"apiKeySid"_s, u"SK1"_s}, {u"accountSid"_s, u"AC2"_s}};
    QTest::newRow("a service account's key") << u"gcp"_s << serviceAccount(u"5c3f"_s, u"a@example.com"_s)
                                             << u"gcp"_s << serviceAccount(u"5c3f"_s, u"b@example.com"_s);
    const QString text = pem(TestCertificate::instance());
    QTest::newRow("a certificate, folded otherwise")
        << u"certificateKeyPair"_s << certificate(text) << u"certificateKeyPair"_s
        << certificate("\r\n"_L1 + QString(text).replace(u'\n', "\r\n"_L1));
    QTest::newRow("a certificate in another type")
        << u"certificateKeyPair"_s << certificate(text) << u"http"_s << clientCertificate(text);
    const QString digest = QString::fromLatin1(
        TestCertificate::instance().certificate.digest(QCryptographicHash::Sha256).toHex(':'));
    QTest::newRow("a fingerprint and its certificate")
        << u"certificateKeyPair"_s << certificate({}, digest.toUpper()) << u"http"_s
        << clientCertificate(text);
    QTest::newRow("a fingerprint of another kind beside its certificate")
        << u"certificateKeyPair"_s << certificate(text, u"AB:CD"_s) << u"http"_s << clientCertificate(text);
    QTest::newRow("fingerprints alone") << u"certificateKeyPair"_s << certificate({}, u"AB:CD"_s)
                                        << u"certificateKeyPair"_s << certificate({}, u"AB:CD"_s);
    QTest::newRow("a public key of Snowflake, whoever its user is")
        << u"snowflake"_s
        << Config{{u"username"_s, u"a"_s},
                  {u"publicKey"_s, u"-----BEGIN PUBLIC KEY-----\nMIIB\nIjAN\n-----END PUBLIC KEY-----\n"_s}}
        << u"snowflake"_s
        << Config{{u"username"_s, u"b"_s},
                  {u"publicKey"_s, u"-----BEGIN PUBLIC KEY-----\r\nMIIBIjAN\r\n-----END PUBLIC KEY-----"_s}};
    QTest::newRow("a deploy key, whatever its comment")
        << u"git"_s << git(u"git@a.example:x"_s, {}, u"ssh-rsa AAAAB3 one@a"_s) << u"git"_s
        << git(u"git@b.example:y"_s, {}, u"ssh-rsa AAAAB3"_s);
}

void CredentialFactsTest::theSameKey()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    QFETCH(QString, otherType);
    QFETCH(Config, otherConfig);
    QVERIFY(!facts(type, config).keyIdentity.isEmpty());
    QCOMPARE(facts(otherType, otherConfig).keyIdentity, facts(type, config).keyIdentity);
}

void CredentialFactsTest::anotherKey_data()
{
    addPairs();
    QTest::newRow("an access key") << u"aws"_s << Config{{u"accessKeyId"_s, u"AKIA1"_s}} << u"aws"_s
                                   << Config{{u"accessKeyId"_s, u"akia1"_s}};
    QTest::newRow("what reads the same in another type") << u"aws"_s << Config{{u"accessKeyId"_s, u"SK1"_s}}
                                                         << u"twilio"_s << Config{{u"apiKeySid"_s, u"SK1"_s}};
    QTest::newRow("a service account's other key")
        << u"gcp"_s << serviceAccount(u"5c3f"_s, u"a@example.com"_s) << u"gcp"_s
        << serviceAccount(u"5c40"_s, u"a@example.com"_s);
    QTest::newRow("a certificate of the same names")
        << u"certificateKeyPair"_s << certificate(pem(TestCertificate::instance())) << u"certificateKeyPair"_s
        << certificate(pem(TestCertificate::stranger()));
    QTest::newRow("a deploy key of another kind")
        << u"git"_s << git(u"git@a.example:x"_s, {}, u"ssh-rsa AAAA"_s) << u"git"_s
        << git(u"git@a.example:x"_s, {}, u"ssh-ed25519 AAAA"_s);
}

void CredentialFactsTest::anotherKey()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    QFETCH(QString, otherType);
    QFETCH(Config, otherConfig);
    QVERIFY(!facts(type, config).keyIdentity.isEmpty());
    QVERIFY(!facts(otherType, otherConfig).keyIdentity.isEmpty());
    QVERIFY(facts(otherType, otherConfig).keyIdentity != facts(type, config).keyIdentity);
}

void CredentialFactsTest::theSameAccountIsNoKey_data()
{
    addPairs();
    QTest::newRow("a database") << u"sql"_s << sql(u"db.example.com"_s, 5432, u"losant"_s) << u"sql"_s
                                << sql(u"DB.example.com"_s, 5432, u"losant"_s);
    QTest::newRow("a database without a port") << u"sql"_s << sql(u"db.example.com"_s, {}, u"losant"_s)
                                               << u"sql"_s << sql(u"db.example.com"_s, {}, u"losant "_s);
    QTest::newRow("a header") << u"http"_s
                              << http(u"https://api.example.com/v1"_s, u"header"_s, u"X-Api-Key"_s)
                              << u"http"_s
                              << http(u"HTTPS://API.example.com/v1"_s, u"header"_s, u"X-Api-Key"_s);
    QTest::newRow("a storage account") << u"azure"_s << Config{{u"account"_s, u"stock"_s}} << u"azure"_s
                                       << Config{{u"account"_s, u"stock"_s}};
    QTest::newRow("a user of Snowflake")
        << u"snowflake"_s << Config{{u"host"_s, u"a.example"_s}, {u"username"_s, u"b"_s}} << u"snowflake"_s
        << Config{{u"host"_s, u"A.example"_s}, {u"username"_s, u"b"_s}};
    QTest::newRow("a repository") << u"git"_s << git(u"git@a.example:x"_s, {}) << u"git"_s
                                  << git(u"git@a.example:x"_s, {});
}

void CredentialFactsTest::theSameAccountIsNoKey()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    QFETCH(QString, otherType);
    QFETCH(Config, otherConfig);
    QVERIFY(!facts(type, config).accountIdentity.isEmpty());
    QCOMPARE(facts(otherType, otherConfig).accountIdentity, facts(type, config).accountIdentity);
    QVERIFY(facts(type, config).keyIdentity.isEmpty());
    QVERIFY(facts(otherType, otherConfig).keyIdentity.isEmpty());
}

void CredentialFactsTest::anotherAccount_data()
{
    addPairs();
    const Config database = sql(u"db.example.com"_s, 5432, u"losant"_s);
    QTest::newRow("another host") << u"sql"_s << database << u"sql"_s
                                  << sql(u"db2.example.com"_s, 5432, u"losant"_s);
    QTest::newRow("another port") << u"sql"_s << database << u"sql"_s
                                  << sql(u"db.example.com"_s, 5433, u"losant"_s);
    QTest::newRow("another user") << u"sql"_s << database << u"sql"_s
                                  << sql(u"db.example.com"_s, 5432, u"Losant"_s);
    QTest::newRow("another header") << u"http"_s
                                    << http(u"https://api.example.com"_s, u"header"_s, u"X-Api-Key"_s)
                                    << u"http"_s
                                    << http(u"https://api.example.com"_s, u"header"_s, u"Authorization"_s);
    QTest::newRow("another path") << u"http"_s
                                  << http(u"https://api.example.com/a"_s, u"header"_s, u"X-Api-Key"_s)
                                  << u"http"_s
                                  << http(u"https://api.example.com/A"_s, u"header"_s, u"X-Api-Key"_s);
    QTest::newRow("another repository")
        << u"git"_s << git(u"git@a.example:x"_s, {}) << u"git"_s << git(u"git@a.example:y"_s, {});
}

void CredentialFactsTest::anotherAccount()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    QFETCH(QString, otherType);
    QFETCH(Config, otherConfig);
    QVERIFY(!facts(type, config).accountIdentity.isEmpty());
    QVERIFY(!facts(otherType, otherConfig).accountIdentity.isEmpty());
    QVERIFY(facts(otherType, otherConfig).accountIdentity != facts(type, config).accountIdentity);
}

void CredentialFactsTest::whatTellsNothing_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Config>("config");
    QTest::newRow("nothing") << u"aws"_s << Config();
    QTest::newRow("a type that is not known") << u"acme"_s << Config{{u"accessKeyId"_s, u"AKIA1"_s}};
    QTest::newRow("a key's place without the key") << u"aws"_s << Config{{u"region"_s, u"us-east-1"_s}};
    QTest::newRow("a database without its user")
        << u"sql"_s << Config{{u"system"_s, u"pg"_s}, {u"host"_s, u"db.example.com"_s}};
    QTest::newRow("a storage account without its name") << u"azure"_s << Config{{u"account"_s, u" "_s}};
    QTest::newRow("a certificate that can't be read") << u"certificateKeyPair"_s << certificate(u"MIIB"_s);
    QTest::newRow("a service account's key that is no JSON")
        << u"gcp"_s << Config{{u"keyMetaJson"_s, u"{"_s}};
    QTest::newRow("values that are no text")
        << u"aws"_s << Config{{u"accessKeyId"_s, Config{{u"a"_s, 1}}}, {u"region"_s, 7}};
}

void CredentialFactsTest::whatTellsNothing()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    const CredentialFacts found = facts(type, config);
    QCOMPARE(found.keyIdentity, QString());
    QCOMPARE(found.accountIdentity, QString());
    QCOMPARE(found.key, QString());
}

void CredentialFactsTest::theKeyIsShownInOneLine_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Config>("config");
    QTest::addColumn<QString>("key");
    QTest::newRow("aws") << u"aws"_s << Config{{u"accessKeyId"_s, u"AKIA1"_s}} << u"AKIA1"_s;
    QTest::newRow("gcp") << u"gcp"_s << serviceAccount(u"5c3f"_s, u"a@example.com"_s) << u"5c3f"_s;
    QTest::newRow("a fingerprint, as it came")
        << u"certificateKeyPair"_s << certificate(pem(TestCertificate::instance()), u"ab:cd"_s) << u"ab:cd"_s;
    QTest::newRow("a certificate's own")
        << u"http"_s << clientCertificate(pem(TestCertificate::instance()))
        << QString::fromLatin1(TestCertificate::instance()
                                   .certificate.digest(QCryptographicHash::Sha256)
                                   .toHex(':')
                                   .toUpper());
    QTest::newRow("snowflake")
        << u"snowflake"_s
        << Config{{u"publicKey"_s, u"-----BEGIN PUBLIC KEY-----\nMIIB\nIjAN\n-----END PUBLIC KEY-----\n"_s}}
        << u"MIIBIjAN"_s;
    QTest::newRow("git") << u"git"_s << git(u"git@a.example:x"_s, {}, u"ssh-rsa AAAA me\n"_s)
                         << u"ssh-rsa AAAA"_s;
    QTest::newRow("an account has none") << u"azure"_s << Config{{u"account"_s, u"stock"_s}} << QString();
}

void CredentialFactsTest::theKeyIsShownInOneLine()
{
    QFETCH(QString, type);
    QFETCH(Config, config);
    QTEST(facts(type, config).key, "key");
}

void CredentialFactsTest::publicValuesAreSearchedAndOthersNot()
{
    QCOMPARE(facts(u"sql"_s, sql(u"db.example.com"_s, 5432, u"losant"_s)).searched,
             (QStringList{u"db.example.com"_s, u"5432"_s, u"pg"_s, u"losant"_s}));
    QCOMPARE(facts(u"gcp"_s, serviceAccount(u"5c3f"_s, u"a@example.com"_s)).searched,
             (QStringList{u"a@example.com"_s, u"5c3f"_s, u"service_account"_s}));
    // What no answer should hold, and what is no value that somebody looks for.
    const Config rest{{u"secretAccessKey"_s, u"wJalr"_s},
                      {u"inner"_s, Config{{u"password"_s, u"hunter2"_s}}},
                      {u"list"_s, QJsonArray{u"one"_s}},
                      {u"secureConnection"_s, true},
                      {u"since"_s, u"2016-06-13T04:00:00.000Z"_s},
                      {u"caCertificate"_s, pem(TestCertificate::instance())},
                      {u"nothing"_s, QString()}};
    QCOMPARE(facts(u"sql"_s, rest).searched, QStringList());
    QCOMPARE(facts(u"acme"_s, rest).searched, QStringList());
}

void CredentialFactsTest::foldingPassesOverCaseAndAccents_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");
    QTest::newRow("nothing") << QString() << u""_s;
    QTest::newRow("capitals") << u"Osaka BROKER 7_x"_s << u"osaka broker 7_x"_s;
    QTest::newRow("accents") << u"Zürich Évian"_s << u"zurich evian"_s;
    QTest::newRow("accents apart") << u"Zu\u0308rich"_s << u"zurich"_s;
    QTest::newRow("letters with a stroke") << u"Łódź Tromsø Đakovo"_s << u"lodz tromso dakovo"_s;
    QTest::newRow("sharp s") << u"Straße STRASSE"_s << u"strasse strasse"_s;
    QTest::newRow("Turkish") << u"İstanbul ISPARTA ısı"_s << u"istanbul isparta isi"_s;
    QTest::newRow("Greek") << u"ΑΘΉΝΑ ς"_s << u"αθηνα σ"_s;
    QTest::newRow("Japanese") << u"大阪 ブローカー"_s << u"大阪 フローカー"_s;
    QTest::newRow("full width") << u"ＡＷＳ"_s << u"aws"_s;
    QTest::newRow("line feeds") << u"a\nb"_s << u"a b"_s;
    QTest::newRow("line feeds beside accents") << u"ä\nb"_s << u"a b"_s;
    QTest::newRow("an emoji") << u"🔑 Key"_s << u"🔑 key"_s;
    QTest::newRow("accents alone") << u"ÀÉÎ"_s << u"aei"_s;
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("a mark alone") << u"A\u0301b"_s << u"ab"_s;
    QTest::newRow("Japanese marks") << u"夜間バッチ"_s << u"夜間ハッチ"_s;
}

void CredentialFactsTest::foldingPassesOverCaseAndAccents()
{
    QFETCH(QString, text);
    const QByteArray folded = foldedText(text);
    QTEST(QString::fromUtf8(folded), "folded");
    QCOMPARE(restoredText(folded, restoringBytes(text, folded)), text);
}

void CredentialFactsTest::whatRestoresATextIsShort()
{
    const auto sizeOf = [](const QString &text) { return restoringBytes(text, foldedText(text)).size(); };
    QCOMPARE(sizeOf(u"akia and 夜間"_s), 0);
    QCOMPARE(sizeOf(u"AKIA1234"_s), 2);
    QVERIFY(sizeOf(u"Nur lesend für die Instandhaltung, Durchwahl 4711"_s) < 15);
    QVERIFY(sizeOf(u"Ä"_s) <= 3);
    const QString longName = QString(70'000, u'n') + u'Ä';
    QCOMPARE(restoredText(foldedText(longName), restoringBytes(longName, foldedText(longName))), longName);
}

void CredentialFactsTest::aRowSaysWhatTheCredentialDoes()
{
    const Credential credential{.id = u"575e"_s,
                                .name = u"Zürich\nBroker"_s,
                                .description = u"First line\nSecond"_s,
                                .type = u"aws"_s,
                                .enabled = false,
                                .lastUpdated = 7,
                                .config = R"({"accessKeyId":"AKIA1","region":"us-east-1"})"};
    const InventoryRow row = inventoryRows({credential}).at(0);
    QCOMPARE(row.searched(),
             "zurich broker\naws\namazon web services\nakia1\nus-east-1 \nfirst line second\n"_ba);
    QCOMPARE(row.key(), u"AKIA1"_s);
    QVERIFY(row.keyId != 0 && row.accountId == 0);
    QCOMPARE(row.status, InventoryRow::Status::Disabled);
    QCOMPARE(row.lastUpdated, qint64(7));
    QCOMPARE(row.creationDate, InventoryRow::noDate);
    QCOMPARE(row.expiryDate, InventoryRow::noDate);

    const InventoryRow empty = inventoryRows({Credential()}).at(0);
    QCOMPARE(empty.searched(), "\n\n\n\n\n\n"_ba);
    QCOMPARE(empty.status, InventoryRow::Status::Unknown);
}

void CredentialFactsTest::aRowIsMadeACredentialAgain()
{
    Credential credential{.id = u"575e"_s,
                          .applicationId = u"app"_s,
                          .name = u"Zürich"_s,
                          .description = u"One line"_s,
                          .type = u"acme"_s,
                          .enabled = true,
                          .creationDate = 5,
                          .lastUpdated = 7,
                          .createdById = u"a"_s,
                          .createdByType = u"user"_s,
                          .lastUpdatedById = u"b"_s,
                          .lastUpdatedByType = u"flow"_s};
    QCOMPARE(credentialOf(inventoryRows({credential}).at(0), u"app"_s), credential);
}

QTEST_GUILESS_MAIN(CredentialFactsTest)
#include "credentialfactstest.moc"
