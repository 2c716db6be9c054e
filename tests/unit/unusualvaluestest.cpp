// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "support/draftcheck.h"
#include "support/keykinds.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What is right, however unusual, is neither blocked nor asked about, and draws no advice.
class UnusualValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSaid_data();
    void nothingIsSaid();
    void thereAreEnoughOfEveryType();
};

namespace {

struct Value
{
    const char *name;
    const char16_t *fixture;
    const char16_t *key;
    QString value;
    const char16_t *others = u""; // what else has to fit, as key=value, with a line for each
};

QString serviceAccount(const QString &email)
{
    QString key = KeyKinds::text("rsa, PKCS#8");
    return u"{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"0a\",\"private_key\":\"%"
           u"1\","
           "\"client_email\":\"%2\"}"_s.arg(key.replace(u'\n', "\\n"_L1), email);
}

QList<Value> values()
{
    using KeyKinds::text;
    const KeyKinds::Chain &chain = KeyKinds::chain();
    return {
        // Names and descriptions
        {"a name of one letter", u"aws", u"name", u"x"_s},
        {"a name in Chinese", u"aws", u"name", u"上海工厂 — 数据库"_s},
        {"a name in Arabic with a mark", u"aws", u"name", u"مصنع (3)\u200f"_s},
        {"a name in Persian with a non-joiner", u"aws", u"name", u"می‌خواهم"_s},
        {"a name with a family", u"aws", u"name",
         u"👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"_s},
        {"a name like a path", u"aws", u"name", u"plant/north/S3 (old) #2 – {{env}}"_s},
        {"a name like a variable", u"aws", u"name", u"AWS_SECRET_ACCESS_KEY"_s},
        {"a name with quotes", u"aws", u"name", u"\"Bearer\" of „news“"_s},
        {"a name like an ID", u"aws", u"name", u"3fa85f64-5717-4562-b3fc-2c963f66afa6"_s},
        {"a name in camel case", u"aws", u"name", u"PlantFloorNorthWestArchiveUploader2024Version3"_s},
        {"a description with an ID of a key", u"aws", u"description", u"Key AKIAIOSFODNN7EXAMPLE of Ada"_s},
        {"a description with URLs", u"aws", u"description",
         u"See https://wiki.example.com/a?b=c#d, http://[2001:db8::1]:80/@x"_s},
        {"a description with an example", u"sql", u"description",
         u"As postgres://user:password@host/db, see the vault"_s},
        {"a description with a port and an address", u"aws", u"description",
         u"https://db.example.com:5432,ada@example.com"_s},
        {"a description with a port to fill in", u"aws", u"description", u"http://localhost:<port>/@ada"_s},
        {"a description with a hash of Git", u"aws", u"description",
         u"since 9fceb02d0ae598e95dc970b74767f19372d61af8"_s},
        {"a description with a digest", u"aws", u"description",
         u"sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s},
        {"a description with a fingerprint", u"git-sshkey", u"description",
         u"SHA256:uNiVztksCsDhcc0u9e8BrJQXVUpKZIDTMczCvj3tD2s"_s},
        {"a description with a public SSH key", u"git-sshkey", u"description",
         u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm0PX4ZCpsBAKZAabcdefghijklmnopqrstuvwx ada@pc"_s},
        {"a description with a certificate", u"certificatekeypair", u"description", text("certificate"), u""},
        {"a description about passwords", u"sql", u"description",
         u"Password: see 1Password. Token: ask Ada. secret = rotated yearly"_s},
        {"a description in lines", u"aws", u"description", u"• one\n\t• two\u00a0€\r\n\n"_s},
        {"a description with a long path", u"aws", u"description",
         u"/srv/Plant/North/Archive2/Uploads/Nightly/Exports/Files"_s},
        // aws
        {"a temporary key", u"aws", u"accessKeyId", u"ASIAIOSFODNN7EXAMPLE"_s},
        {"China", u"aws", u"region", u"cn-northwest-1"_s},
        {"GovCloud", u"aws", u"region", u"us-gov-west-1"_s},
        {"Sovereign cloud", u"aws", u"region", u"eusc-de-east-1"_s},
        {"a secret with slashes", u"aws", u"secretAccessKey", u"/+/Jalr/XUtnFEMI/K7MDENG/bPxRfiCYEXA/+//"_s},
        // azure
        {"an account of three letters", u"azure", u"account", u"abc"_s},
        {"an account of digits", u"azure", u"account", u"123456789012345678901234"_s},
        {"no account", u"azure", u"account", {}},
        {"a key with signs", u"azure", u"accountKey", QString(86, u'+') + u"=="_s},
        // gcp
        {"a service account", u"gcp", u"keyJson", serviceAccount(u"a@p.iam.gserviceaccount.com"_s)},
        {"a service account of a domain", u"gcp", u"keyJson",
         serviceAccount(u"a@example.com.p.iam.gserviceaccount.com"_s)},
        {"the default service account", u"gcp", u"keyJson",
         serviceAccount(u"1-compute@developer.gserviceaccount.com"_s)},
        {"a file with a last line break", u"gcp", u"keyJson",
         serviceAccount(u"a@p.iam.gserviceaccount.com"_s) + u'\n'},
        // http
        {"a bearer token", u"http-header", u"secretValue", u"Bearer abc.def.ghi"_s,
         u"publicValue=Authorization"},
        {"basic by hand", u"http-header", u"secretValue", u"Basic YWRhOnNlY3JldA=="_s,
         u"publicValue=Authorization"},
        {"key=", u"http-header", u"secretValue", u"key=AAAA-b:c"_s, u"publicValue=authorization"},
        {"a signature", u"http-header", u"secretValue",
         u"AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host"_s},
        {"a cookie", u"http-header", u"secretValue", u"session_token=abc; theme=\"dark\""_s,
         u"publicValue=Cookie"},
        {"a header with odd signs", u"http-header", u"publicValue", u"X_Api.Key~1"_s},
        {"a long header", u"http-header", u"publicValue",
         u"X-Acme-Plant-Floor-Internal-Service-Authorization-Token"_s},
        {"an address with a port", u"http-header", u"uriMatch", u"https://api.example.com:8443/v1/"_s},
        {"an address without encryption", u"http-header", u"uriMatch", u"http://example.com"_s},
        {"an address in IPv6", u"http-header", u"uriMatch", u"https://[2606:4700::1111]/"_s},
        {"an international address", u"http-header", u"uriMatch", u"https://münchen.example/pfad"_s},
        {"an address with a colon and @ in its path", u"http-header", u"uriMatch",
         u"https://example.com/a:b@c/"_s},
        {"a parameter with brackets", u"http-queryparam", u"publicValue", u"filter[key]"_s},
        {"a parameter's value with signs", u"http-queryparam", u"secretValue", u"a=b&c=d%20e"_s},
        {"a user like an address", u"http-basicauth", u"publicValue", u"ada@example.com"_s},
        {"a user like a SID", u"http-basicauth", u"publicValue", u"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"_s},
        {"a user like a UUID", u"http-basicauth", u"publicValue", u"3fa85f64-5717-4562-b3fc-2c963f66afa6"_s},
        {"a user of a domain", u"http-basicauth", u"publicValue", u"ACME\\ada"_s},
        {"the user api", u"http-basicauth", u"publicValue", u"api"_s},
        {"no user", u"http-basicauth", u"publicValue", {}},
        {"a password in Cyrillic", u"http-basicauth", u"secretValue", u"пароль 文 ñ"_s},
        {"a password with quotes within", u"http-basicauth", u"secretValue", u"a\"b'c`d"_s},
        {"a client certificate", u"http-clientcertificate", u"publicValue", text("certificate"), u""},
        {"a chain", u"http-clientcertificate", u"publicValue", chain.leaf + chain.intermediate,
         u"secretValue=chain"},
        // sendgrid, mailgun, loggly, datadog, whatsapp, twilio
        {"SendGrid's key with signs", u"sendgrid", u"apiKey",
         u"SG._-_-_-_-_-_-_-_-_-_-_-.__________-----------__________------------"_s},
        {"Mailgun's new key", u"mailgun", u"apiKey", u"0123456789abcdef0123456789abcdef-01234567-89abcdef"_s},
        {"Mailgun's key of another form", u"mailgun", u"apiKey", u"4f7e-another-form"_s},
        {"Loggly's token in capitals", u"loggly", u"customerToken",
         u"0A1B2C3D-0A1B-2C3D-4E5F-0A1B2C3D4E5F"_s},
        {"Datadog's site", u"datadog", u"site", u"ap1.datadoghq.com"_s},
        {"Datadog for governments", u"datadog", u"site", u"ddog-gov.com"_s},
        {"no site", u"datadog", u"site", {}},
        {"Datadog's key in capitals", u"datadog", u"secretValue", u"0123456789ABCDEF0123456789ABCDEF"_s},
        {"a long ID of a number", u"whatsapp", u"fromNumberId", u"106540352242922123"_s},
        {"a short ID of a number", u"whatsapp", u"fromNumberId", u"7"_s},
        {"Meta's token", u"whatsapp", u"accessToken", u"EAAG" + QString(190, u'Z') + u"ZD"_s},
        {"Twilio's SID in capitals", u"twilio", u"accountSid", u"AC0123456789ABCDEF0123456789ABCDEF"_s},
        {"Twilio's secret", u"twilio", u"apiKeySecret", u"q8Zr1LmX0vTbN4kWs7YdJ2hGcP5eRf9u"_s},
        // jwt
        {"a passphrase of many words", u"jwt-shared", u"secret",
         u"Bearer of good tidings to the whole wide world, and to everyone who lives in it"_s},
        {"a secret in base64", u"jwt-shared", u"secret", QString(86, u'A') + u"=="_s},
        {"an issuer with a URN", u"jwt-shared", u"issuer", u"urn:acme:plant=1;x"_s, u"secret=long"},
        {"an issuer with blanks", u"jwt-shared", u"issuer", u"Acme, Inc. - Plant 3"_s, u"secret=long"},
        {"an issuer that is local", u"jwt-shared", u"issuer", u"http://localhost:8080/"_s, u"secret=long"},
        {"ES256", u"jwt-key", u"secret", text("P-256, PKCS#8")},
        {"ES256 in SEC1", u"jwt-key", u"secret", text("P-256, SEC1")},
        {"RS256", u"jwt-key", u"secret", text("rsa, PKCS#8"), u"algorithm=RS256"},
        {"RS512 in PKCS#1", u"jwt-key", u"secret", text("rsa, PKCS#1"), u"algorithm=RS512"},
        {"ES384", u"jwt-key", u"secret", text("P-384"), u"algorithm=ES384"},
        {"ES512", u"jwt-key", u"secret", text("P-521"), u"algorithm=ES512"},
        // sql
        {"a host of one label", u"sql-least", u"host", u"h"_s},
        {"a host with a last dot", u"sql", u"host", u"db.example.com."_s},
        {"a host with an underscore", u"sql", u"host", u"db_1.example.com"_s},
        {"a host by number", u"sql", u"host", u"203.0.113.7"_s},
        {"a host by number, IPv6", u"sql", u"host", u"2606:4700::1111"_s},
        {"an international host", u"sql", u"host", u"münchen.example"_s},
        {"an international host, in ASCII", u"sql", u"host", u"xn--mnchen-3ya.example"_s},
        {"a host that begins like a private one", u"sql", u"host", u"10.example.com"_s},
        {"a host called local", u"sql", u"host", u"localhost.example.com"_s},
        {"a port of a proxy", u"sql", u"port", u"443"_s},
        {"a high port", u"sql", u"port", u"65535"_s},
        {"Azure's user", u"sql", u"username", u"ada@plant-server"_s},
        {"a user with a colon", u"sql", u"username", u"ada:reader"_s},
        {"a password with signs", u"sql", u"password", u"p@ss:w/ord#%?&=+<>[]{}|\\^~`;, x"_s},
        {"a password with one equals sign", u"sql", u"password", u"ABC=def=="_s},
        {"a password of one letter", u"sql", u"password", u"p"_s},
        {"a password that is a word with a colon", u"sql", u"password", u"Token: of love"_s},
        {"a password in emoji", u"sql", u"password", u"🔑🔒😀"_s},
        {"an authority", u"sql", u"caCertificate", chain.root},
        {"authorities", u"sql", u"caCertificate", chain.root + chain.intermediate},
        // mongodb
        {"a host alone", u"mongodb", u"connectionUri", u"mongodb://db.example.com"_s},
        {"several hosts", u"mongodb", u"connectionUri",
         u"mongodb://a:b@h1.example.com:27017,h2.example.com:27018/d?replicaSet=r"_s},
        {"an escaped password", u"mongodb", u"connectionUri",
         u"mongodb+srv://a%40b:p%2F%23%25%3A@c.example.net/d"_s},
        {"no database", u"mongodb", u"connectionUri", u"mongodb+srv://a:b@c.example.net/?w=majority"_s},
        {"no slash", u"mongodb", u"connectionUri", u"mongodb://a:b@c.example.net?w=1"_s},
        {"a certificate's name", u"mongodb", u"connectionUri",
         u"mongodb://CN%3Dada@c.example.net/?authMechanism=MONGODB-X509"_s},
        {"an at sign in an option", u"mongodb", u"connectionUri",
         u"mongodb://c.example.net:27017/d?appName=a@b"_s},
        {"a user without a password", u"mongodb", u"connectionUri", u"mongodb://ada@c.example.net/d"_s},
        {"signs in a password", u"mongodb", u"connectionUri",
         u"mongodb://ada:p!$&'()*+,;=-._~@c.example.net/d"_s},
        // snowflake
        {"an organization's host", u"snowflake-pasted", u"host", u"acme-plant_3.snowflakecomputing.com"_s,
         u"privateKey=rsa"},
        {"China's host", u"snowflake-pasted", u"host", u"abc.cn-northwest-1.snowflakecomputing.cn"_s,
         u"privateKey=rsa"},
        {"a user like an address", u"snowflake-generated", u"username", u"ADA@EXAMPLE.COM"_s},
        {"a key in PKCS#1", u"snowflake-pasted", u"privateKey", text("rsa, PKCS#1")},
        // git
        {"OpenSSH's key", u"git-sshkey", u"secretValue", text("OpenSSH Ed25519")},
        {"an RSA key", u"git-sshkey", u"secretValue", text("rsa, PKCS#8")},
        {"a short address", u"git-generated", u"cloneUrl", u"git.example.com:acme/flows"_s},
        {"an address with a port", u"git-generated", u"cloneUrl",
         u"ssh://git@git.example.com:2222/~ada/flows.git"_s},
        {"an absolute path", u"git-generated", u"cloneUrl", u"git@git.example.com:/srv/git/flows.git"_s},
        {"AWS's address", u"git-generated", u"cloneUrl",
         u"ssh://APKAEIBAERJR2EXAMPLE@git-codecommit.us-east-1.amazonaws.com/v1/repos/x"_s},
        {"Azure's address", u"git-httppassword", u"cloneUrl",
         u"https://acme@dev.azure.com/acme/plant/_git/flows"_s},
        {"Azure's SSH address", u"git-generated", u"cloneUrl",
         u"git@ssh.dev.azure.com:v3/acme/plant/flows"_s},
        {"GitLab's groups", u"git-httppassword", u"cloneUrl", u"https://gitlab.com/a/b/c/d"_s},
        {"a repository called tree", u"git-httppassword", u"cloneUrl", u"https://github.com/tree/blob.git"_s},
        {"a committer", u"git-generated", u"committerName",
         u"Dr. Ada “the Countess” Łovelace-O’Neill, 3rd"_s},
        {"an address of nobody", u"git-generated", u"committerEmail",
         u"123+ada[bot]@users.noreply.github.com"_s},
        {"an address in a network", u"git-generated", u"committerEmail", u"ada@build"_s},
        {"an international address of mail", u"git-generated", u"committerEmail", u"äda@münchen.example"_s},
        // certificateKeyPair
        {"a certificate", u"certificatekeypair", u"certificate", text("certificate"), u"privateKey=rsa"},
        {"a whole chain", u"certificatekeypair", u"certificate", chain.leaf + chain.intermediate + chain.root,
         u"privateKey=chain"},
        {"text before a certificate", u"certificatekeypair", u"certificate",
         u"Bag Attributes\n    friendlyName: Jörg’s\n"_s + text("certificate"), u"privateKey=rsa"},
    };
}

QString filled(const QString &what)
{
    if (what == "rsa"_L1)
        return KeyKinds::text("rsa, PKCS#8");
    if (what == "chain"_L1)
        return KeyKinds::chain().key;
    return what == "long"_L1 ? QString(64, u'x') : what;
}

} // namespace

void UnusualValuesTest::nothingIsSaid_data()
{
    QTest::addColumn<int>("index");
    const QList<Value> all = values();
    for (int i = 0; i < all.size(); ++i)
        QTest::addRow("%s: %s", qPrintable(QString::fromUtf16(all[i].fixture)), all[i].name) << i;
}

void UnusualValuesTest::nothingIsSaid()
{
    QFETCH(int, index);
    const Value value = values()[index];
    CredentialDraft draft = draftFor(postedFixture(QString::fromUtf16(value.fixture)));
    for (const QString &other : QString::fromUtf16(value.others).split(u'\n', Qt::SkipEmptyParts))
        draft.set(fieldOf(draft, other.section(u'=', 0, 0)), filled(other.section(u'=', 1)));
    const FieldId field = fieldOf(draft, QString::fromUtf16(value.key));
    draft.set(field, value.value);
    const auto problems = DraftValidator::checkField(draft, field, QDateTime::currentDateTimeUtc());
    QVERIFY2(problems.empty(), told(problems).constData());
    QVERIFY(!DraftValidator::isBlocked(DraftValidator::check(draft, QDateTime::currentDateTimeUtc())));
}

void UnusualValuesTest::thereAreEnoughOfEveryType()
{
    QMap<QString, int> counts;
    for (const Value &value : values())
        ++counts[draftFor(postedFixture(QString::fromUtf16(value.fixture))).type()->key];
    QCOMPARE(counts.size(), qsizetype(credentialTypes().size()));
    QVERIFY(values().size() >= 60);
}

QTEST_GUILESS_MAIN(UnusualValuesTest)
#include "unusualvaluestest.moc"
