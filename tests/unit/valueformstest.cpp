// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "domain/hosts.h"
#include "support/draftcheck.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// A value of another form than its field's is an advice that says what belongs there, and mends it where
/// there is no doubt.
class ValueFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherFormIsAnAdvice_data();
    void anotherFormIsAnAdvice();
    void theRemedyLeavesNothingToSay_data();
    void theRemedyLeavesNothingToSay();
    void whatIsTypedIsNotOverwritten();
    void whatIsPrivateIsKnown_data();
    void whatIsPrivateIsKnown();
};

void ValueFormsTest::anotherFormIsAnAdvice_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const char16_t *value,
                        const char16_t *words) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(value) << QString::fromUtf16(words);
    };
    const char16_t *noBlanks = u"no blanks", *unreachable = u"can't reach";
    add("SQL host: blank", u"sql", u"host", u"db example.com", noBlanks);
    add("SQL host: localhost", u"sql", u"host", u"localhost", unreachable);
    add("SQL host: this computer", u"sql", u"host", u"127.0.0.1", unreachable);
    add("SQL host: this computer, IPv6", u"sql", u"host", u"::1", unreachable);
    add("SQL host: 10.", u"sql", u"host", u"10.1.2.3", unreachable);
    add("SQL host: 192.168.", u"sql", u"host", u"192.168.0.5", unreachable);
    add("SQL host: link-local", u"sql", u"host", u"169.254.169.254", unreachable);
    add("SQL host: .local", u"sql", u"host", u"nas.local", unreachable);
    add("SQL host: .internal", u"sql", u"host", u"db.eu-west-1.compute.internal", unreachable);
    add("SQL host: wildcard", u"sql", u"host", u"*.example.com", u"no host's name");
    add("SQL host: instance", u"sql-least", u"host", u"db.example.com\\SQLEXPRESS", u"name of an instance");
    add("SQL host: command", u"sql", u"host", u"psql -h db.example.com", noBlanks);
    add("SQL port: MySQL's", u"sql", u"port", u"3306", u"usual port of MySQL, not of PostgreSQL");
    add("SQL port: SQL Server's", u"sql", u"port", u"1433", u"usual port of Microsoft SQL Server");
    add("SQL port: MongoDB's", u"sql", u"port", u"27017", u"usual port of MongoDB");
    add("SQL port: PostgreSQL's", u"sql-least", u"port", u"5432", u"usual port of PostgreSQL");
    add("Snowflake: web page", u"snowflake-pasted", u"host",
        u"https://app.snowflake.com/eu-central-1/abc12345", u"web page");
    add("Snowflake: account", u"snowflake-pasted", u"host", u"abc12345.eu-central-1",
        u".snowflakecomputing.com");
    add("Snowflake: private link", u"snowflake-pasted", u"host", u"abc.privatelink.snowflakecomputing.com",
        u"privatelink");
    add("Snowflake: localhost", u"snowflake-pasted", u"host", u"localhost", unreachable);
    add("Datadog: unknown", u"datadog", u"site", u"datadoghq.example", u"does not know");
    add("Datadog: application key", u"datadog", u"secretValue", u"0123456789abcdef0123456789abcdef01234567",
        u"application key");
    add("Datadog: client token", u"datadog", u"secretValue", u"pub0123456789abcdef0123456789abcdef",
        u"client token");
    add("Datadog: another length", u"datadog", u"secretValue", u"0123456789abcdef", u"32 characters");
    add("AWS: unknown region", u"aws", u"region", u"eu-central-9", u"does not know this region");
    add("AWS: no region", u"aws", u"region", u"Frankfurt am Main", u"are like us-east-1");
    add("AWS: key ID of a user", u"aws", u"accessKeyId", u"AIDAIOSFODNN7EXAMPLE", u"ID of a user");
    add("AWS: key ID of a role", u"aws", u"accessKeyId", u"AROAIOSFODNN7EXAMPLE", u"ID of a user");
    add("AWS: key ID without its end", u"aws", u"accessKeyId", u"AKIAIOSFODNN7EXA", u"20 characters");
    add("AWS: key ID that goes on", u"aws", u"accessKeyId", u"AKIAIOSFODNN7EXAMPLEX", u"20 characters");
    add("AWS: key ID in small letters", u"aws", u"accessKeyId", u"akiaiosfodnn7example", u"AKIA or ASIA");
    add("AWS: ID as secret", u"aws", u"secretAccessKey", u"AKIAIOSFODNN7EXAMPLE",
        u"This is an access key ID");
    add("AWS: token of GitHub", u"aws", u"secretAccessKey", u"ghp_0123456789abcdef0123456789abcdef0123",
        u"of GitHub");
    add("Azure: SAS", u"azure", u"accountKey", u"?sv=2022-11-02&ss=b&sig=abc%3D", u"SAS");
    add("Azure: short key", u"azure", u"accountKey", u"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6",
        u"88 characters");
    add("Azure: account with capitals", u"azure", u"account", u"PlantStorage", u"small letters");
    add("Azure: account with a blank", u"azure", u"account", u"plant storage", u"small letters");
    add("HTTP: wildcard", u"http-header", u"uriMatch", u"https://*.example.com", u"literally");
    add("HTTP: no scheme", u"http-header", u"uriMatch", u"api.example.com", u"web address");
    add("HTTP: localhost", u"http-header", u"uriMatch", u"http://localhost:8080/", unreachable);
    add("HTTP: private", u"http-header", u"uriMatch", u"https://192.168.1.7/api", unreachable);
    add("HTTP: blank in a header", u"http-header", u"publicValue", u"X Api Key",
        u"No header has such a name");
    add("SendGrid: another beginning", u"sendgrid", u"apiKey", u"abcdefghijkl", u"begin with “SG.”");
    add("SendGrid: the ID alone", u"sendgrid", u"apiKey", u"SG.ngeVfQFYQlKU0ufo8x5d1A",
        u"A part may be missing");
    add("SendGrid: Slack's", u"sendgrid", u"apiKey", u"xoxb-0123456789-abcdef", u"of Slack");
    add("SendGrid: Stripe's", u"sendgrid", u"apiKey", u"sk_live_0123456789abcdefghij", u"of Stripe");
    add("Twilio: key SID as account", u"twilio", u"accountSid", u"SKbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        u"begin with AC");
    add("Twilio: short account", u"twilio", u"accountSid", u"ACaaaa", u"34 characters");
    add("Twilio: account as key SID", u"twilio", u"apiKeySid", u"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        u"begin with SK");
    add("Twilio: long key SID", u"twilio", u"apiKeySid", u"SKbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        u"34 characters");
    add("Twilio: SID as secret", u"twilio", u"apiKeySecret", u"SKbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        u"This is a SID");
    add("Loggly: address", u"loggly", u"customerToken",
        u"https://logs-01.loggly.com/inputs/00000000-1111-2222-3333-444444444444/", u"This is an address");
    add("Loggly: no UUID", u"loggly", u"customerToken", u"0000000011112222", u"36 characters");
    add("WhatsApp: app's token", u"whatsapp", u"accessToken", u"1234567890|abcdefgh", u"app's access token");
    add("WhatsApp: another", u"whatsapp", u"accessToken", u"abcdefgh", u"begin with EAA");
    add("WhatsApp: the number", u"whatsapp", u"fromNumberId", u"+1 555 0100", u"phone number itself");
    add("WhatsApp: letters", u"whatsapp", u"fromNumberId", u"my-number", u"all digits");
    add("MongoDB: another scheme", u"mongodb", u"connectionUri", u"postgres://h/d", u"begin with mongodb");
    add("MongoDB: web page", u"mongodb", u"connectionUri", u"https://cloud.mongodb.com/",
        u"begin with mongodb");
    add("MongoDB: placeholder", u"mongodb", u"connectionUri", u"mongodb+srv://ada:<password>@c.example.net/",
        u"placeholder");
    add("MongoDB: today's placeholder", u"mongodb", u"connectionUri",
        u"mongodb+srv://<db_username>:<db_password>@c.example.net/", u"placeholder");
    add("MongoDB: no host", u"mongodb", u"connectionUri", u"mongodb://ada:secret@/db", u"no host");
    add("MongoDB: nothing", u"mongodb", u"connectionUri", u"mongodb://", u"no host");
    add("MongoDB: port with srv", u"mongodb", u"connectionUri", u"mongodb+srv://ada:x@c.example.net:27017/",
        u"one host, without a port");
    add("MongoDB: hosts with srv", u"mongodb", u"connectionUri",
        u"mongodb+srv://ada:x@c.example.net,d.example.net/", u"one host, without a port");
    add("MongoDB: localhost", u"mongodb", u"connectionUri", u"mongodb://localhost:27017/db", unreachable);
    add("MongoDB: private", u"mongodb", u"connectionUri", u"mongodb://ada:x@10.0.0.5/db", unreachable);
    add("MongoDB: blank", u"mongodb", u"connectionUri", u"mongodb://ada:x@c.example.net/db name", noBlanks);
    add("Mailgun: public key", u"mailgun", u"apiKey", u"pubkey-0123456789abcdef0123456789abcdef",
        u"public key");
    add("Mailgun: SendGrid's", u"mailgun", u"apiKey",
        u"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", u"of SendGrid");
    add("Git: HTTPS with a key", u"git-sshkey", u"cloneUrl", u"https://git.example.com/acme/flows.git",
        u"HTTPS address");
    add("Git: SSH with a password", u"git-httppassword", u"cloneUrl",
        u"ssh://git@git.example.com/acme/flows.git", u"SSH address");
    add("Git: short SSH with a password", u"git-httppassword", u"cloneUrl",
        u"git@git.example.com:acme/flows.git", u"SSH address");
    add("Git: no scheme", u"git-httppassword", u"cloneUrl", u"github.com/acme/flows.git",
        u"Usually an address");
    add("Git: a folder", u"git-sshkey", u"cloneUrl", u"/srv/git/flows.git", u"Usually an address");
    add("Git: git:", u"git-sshkey", u"cloneUrl", u"git://git.example.com/flows.git", u"Usually an address");
    add("Git: a page", u"git-httppassword", u"cloneUrl", u"https://github.com/acme/flows/tree/main",
        u"page about");
    add("Git: unencrypted", u"git-httppassword", u"cloneUrl", u"http://git.example.com/acme/flows.git",
        u"unencrypted");
    add("Git: private", u"git-httppassword", u"cloneUrl", u"https://gitlab.local/acme/flows.git",
        unreachable);
    add("Git: command", u"git-httppassword", u"cloneUrl", u"git clone https://github.com/acme/flows.git",
        noBlanks);
    add("Git: no address", u"git-sshkey", u"committerEmail", u"Ada Lovelace", u"email address");
}

void ValueFormsTest::anotherFormIsAnAdvice()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, words);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    QCOMPARE(problems.size(), 1u);
    QCOMPARE(problems[0].kind, Kind::UnlikelyValue);
    QCOMPARE(problems[0].severity, DraftProblem::Severity::Advice);
    QVERIFY2(problems[0].message.contains(words), qPrintable(problems[0].message));
}

void ValueFormsTest::theRemedyLeavesNothingToSay_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("mended");
    QTest::addColumn<QString>("other"); // another field that the remedy sets, and what to
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const char16_t *value,
                        const char16_t *mended, const char16_t *other = u"") {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(value) << QString::fromUtf16(mended)
                            << QString::fromUtf16(other);
    };
    add("SQL host: scheme", u"sql-least", u"host", u"mssql://db.example.com", u"db.example.com");
    add("SQL host: port", u"sql-least", u"host", u"db.example.com:1444", u"db.example.com", u"port=1444");
    add("SQL host: Microsoft's port", u"sql-least", u"host", u"tcp:db.example.com,1444", u"db.example.com",
        u"port=1444");
    add("SQL host: path", u"sql-least", u"host", u"db.example.com/plant", u"db.example.com");
    add("SQL host: user", u"sql-least", u"host", u"ada@db.example.com", u"db.example.com");
    add("SQL host: all but a password", u"sql-least", u"host",
        u"postgres://ada@db.example.com:1444/plant?x=1", u"db.example.com", u"port=1444");
    add("SQL host: JDBC", u"sql-least", u"host", u"jdbc:sqlserver://db.example.com:1444;databaseName=x",
        u"db.example.com", u"port=1444");
    add("SQL port", u"sql", u"port", u"3306", u"");
    add("Snowflake: scheme", u"snowflake-pasted", u"host", u"https://abc12345.snowflakecomputing.com/console",
        u"abc12345.snowflakecomputing.com");
    add("Datadog: address", u"datadog", u"site", u"https://app.datadoghq.eu/dashboard", u"datadoghq.eu");
    add("Datadog: subdomain", u"datadog", u"site", u"us5.datadoghq.com/", u"us5.datadoghq.com");
    add("Datadog: API", u"datadog", u"site", u"api.us3.datadoghq.com", u"us3.datadoghq.com");
    add("Datadog: name", u"datadog", u"site", u"US5", u"us5.datadoghq.com");
    add("Datadog: EU", u"datadog", u"site", u"eu", u"datadoghq.eu");
    add("AWS: name", u"aws", u"region", u"US East (N. Virginia)", u"us-east-1");
    add("AWS: name and code", u"aws", u"region", u"Europe (Frankfurt) eu-central-1", u"eu-central-1");
    add("AWS: place", u"aws", u"region", u"Tokyo", u"ap-northeast-1");
    add("AWS: São Paulo", u"aws", u"region", u"South America (São Paulo)", u"sa-east-1");
    add("AWS: capitals", u"aws", u"region", u"US-EAST-1", u"us-east-1");
    add("AWS: underscores", u"aws", u"region", u"us_west_2", u"us-west-2");
    add("AWS: blanks", u"aws", u"region", u"eu west 1", u"eu-west-1");
    add("AWS: zone", u"aws", u"region", u"us-east-1a", u"us-east-1");
    add("AWS: local zone", u"aws", u"region", u"us-west-2-lax-1a", u"us-west-2");
    add("Azure: connection string", u"azure-least", u"accountKey",
        u"DefaultEndpointsProtocol=https;AccountName=plantstorage;AccountKey="
        u"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        u"EndpointSuffix=core.windows.net",
        u"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        u"account=plantstorage");
    add("Azure: address", u"azure", u"account", u"https://plantstorage.blob.core.windows.net/",
        u"plantstorage");
    add("HTTP: colon", u"http-header", u"publicValue", u"X-Api-Key:", u"X-Api-Key");
    add("HTTP: parameter", u"http-queryparam", u"publicValue", u"?api_key=", u"api_key");
    add("MongoDB: @", u"mongodb", u"connectionUri", u"mongodb://ada:p@ss@c.example.net/db?w=1",
        u"mongodb://ada:p%40ss@c.example.net/db?w=1");
    add("MongoDB: /", u"mongodb", u"connectionUri", u"mongodb://ada:p/ss@c.example.net/db",
        u"mongodb://ada:p%2Fss@c.example.net/db");
    add("MongoDB: #", u"mongodb", u"connectionUri", u"mongodb+srv://ada:p#ss@c.example.net/",
        u"mongodb+srv://ada:p%23ss@c.example.net/");
    add("MongoDB: ?", u"mongodb", u"connectionUri", u"mongodb+srv://ada:p?ss@c.example.net/",
        u"mongodb+srv://ada:p%3Fss@c.example.net/");
    add("MongoDB: %", u"mongodb", u"connectionUri", u"mongodb://ada:100%@c.example.net/",
        u"mongodb://ada:100%25@c.example.net/");
    add("MongoDB: :", u"mongodb", u"connectionUri", u"mongodb://ada:p:ss@c.example.net/",
        u"mongodb://ada:p%3Ass@c.example.net/");
    add("MongoDB: @ beside what is escaped", u"mongodb", u"connectionUri",
        u"mongodb://ada:p%40s@s@c.example.net/", u"mongodb://ada:p%40s%40s@c.example.net/");
    add("MongoDB: user", u"mongodb", u"connectionUri", u"mongodb://ada@example.com:x@c.example.net/",
        u"mongodb://ada%40example.com:x@c.example.net/");
    add("Git: HTTPS with a key", u"git-sshkey", u"cloneUrl", u"https://github.com/acme/flows.git",
        u"git@github.com:acme/flows.git");
    add("Git: SSH with a password", u"git-httppassword", u"cloneUrl", u"git@gitlab.com:acme/flows.git",
        u"https://gitlab.com/acme/flows.git");
    add("Git: long SSH with a password", u"git-httppassword", u"cloneUrl",
        u"ssh://git@bitbucket.org/acme/flows.git", u"https://bitbucket.org/acme/flows.git");
    add("Git: committer", u"git-generated", u"committerEmail", u"Ada Lovelace <ada@example.com>",
        u"ada@example.com", u"committerName=Ada Lovelace");
    add("Git: mailto", u"git-sshkey", u"committerEmail", u"mailto:ada@example.com", u"ada@example.com");
}

void ValueFormsTest::theRemedyLeavesNothingToSay()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, other);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const bool isTooLong = !problems.empty() && problems[0].kind == Kind::TooLong;
    QVERIFY2(problems.size() == (isTooLong ? 2 : 1), told(problems).constData());
    QCOMPARE(problems.back().severity, DraftProblem::Severity::Advice);
    QVERIFY2(problems[0].remedy != Remedy::None, told(problems).constData());
    const CredentialDraft after = afterRemedy(draft, problems[0]);
    QTEST(after.value(field), "mended");
    const auto left = DraftValidator::checkField(after, field, {});
    QVERIFY2(left.empty(), told(left).constData());
    if (!other.isEmpty())
        QCOMPARE(after.value(fieldOf(after, other.section(u'=', 0, 0))), other.section(u'=', 1));
}

void ValueFormsTest::whatIsPrivateIsKnown_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isPrivate");
    for (const char *host :
         {"localhost",   "LOCALHOST",      "db.localhost", "printer.local", "x.internal", "x.lan",
          "x.home.arpa", "127.0.0.1",      "127.9.9.9",    "0.0.0.0",       "10.0.0.1",   "100.64.0.1",
          "172.16.0.1",  "172.31.255.255", "192.168.1.1",  "169.254.1.1",   "::1",        "[::1]",
          "fe80::1",     "fd00::1",        "localhost."})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *host :
         {"db.example.com", "local", "localhost.example.com", "8.8.8.8", "11.0.0.1", "100.128.0.1",
          "172.15.0.1", "172.32.0.1", "192.169.0.1", "2001:db8::1", "[2606:4700::1111]", "1.2.3",
          "10.example.com", "db.example.com.", "internal", "münchen.de"})
        QTest::newRow(host) << QString::fromUtf8(host) << false;
}

void ValueFormsTest::whatIsPrivateIsKnown()
{
    QFETCH(QString, host);
    QTEST(Hosts::isPrivate(host), "isPrivate");
}

void ValueFormsTest::whatIsTypedIsNotOverwritten()
{
    CredentialDraft draft = draftFor(postedFixture(u"azure-least"_s));
    const FieldId account = fieldOf(draft, u"account"_s), key = fieldOf(draft, u"accountKey"_s);
    draft.set(account, u"typedaccount"_s);
    draft.set(key,
              u"AccountName=plantstorage;AccountKey="
              "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="_s);
    const auto problems = DraftValidator::checkField(draft, key, {});
    QVERIFY(!problems.empty());
    QCOMPARE(problems[0].remedy, Remedy::TakeApart);
    const CredentialDraft after = afterRemedy(draft, problems[0]);
    QVERIFY(after.value(key).startsWith("Eby8"_L1));
    QCOMPARE(after.value(account), u"typedaccount"_s);
}

QTEST_GUILESS_MAIN(ValueFormsTest)
#include "valueformstest.moc"
