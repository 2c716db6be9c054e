// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "support/draftcheck.h"
#include "support/publicfields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;
using Severity = DraftProblem::Severity;

/// No password is sent that stands where everybody can read it, and what looks like a secret is asked about.
class PublicSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTypeHasPublicFields();
    void aPasswordInAUrlBlocksEverywhere_data();
    void aPasswordInAUrlBlocksEverywhere();
    void aUrlWithoutAPasswordBlocksNowhere_data();
    void aUrlWithoutAPasswordBlocksNowhere();
    void aPasswordMovesToItsField_data();
    void aPasswordMovesToItsField();
    void connectionStringsBlock_data();
    void connectionStringsBlock();
    void whatLooksSecretIsAskedAbout_data();
    void whatLooksSecretIsAskedAbout();
    void aSecretInTheWrongPlaceMoves_data();
    void aSecretInTheWrongPlaceMoves();
    void noMessageHoldsTheSecret();
};

void PublicSecretsTest::everyTypeHasPublicFields()
{
    const auto fields = publicFields();
    QVERIFY2(fields.size() >= 16 * 2 + 20, QByteArray::number(qsizetype(fields.size())).constData());
    for (const CredentialType &type : credentialTypes())
        QVERIFY(std::ranges::any_of(fields, [&](const PublicField &f) { return f.draft.type() == &type; }));
}

void PublicSecretsTest::aPasswordInAUrlBlocksEverywhere_data()
{
    QTest::addColumn<QString>("url");
    const QString urls[] = {
        u"postgres://u:p4ss@h/x"_s,
        u"postgres://u:p%40ss@db.example.com:5432/x?sslmode=require"_s,
        u"mysql://root:t0psecret@db.example.com"_s,
        u"sqlserver://sa:t0psecret@db.example.com;database=x"_s,
        u"jdbc:postgresql://ada:t0psecret@db.example.com/x"_s,
        u"mongodb+srv://ada:t0psecret@c.example.net/db"_s,
        u"mongodb://ada:t0psecret@a.example.net:27017,b.example.net:27017/db"_s,
        u"redis://:t0psecret@cache.example.com:6379"_s,
        u"amqps://ada:t0psecret@mq.example.com/vhost"_s,
        u"mqtts://ada:t0psecret@broker.example.com"_s,
        u"ftp://ada:t0psecret@ftp.example.com/"_s,
        u"https://ada:t0psecret@github.com/acme/flows.git"_s,
        u"https://x-access-token:ghp_0123456789abcdef0123456789abcdef0123@github.com/a/b"_s,
        u"https://oauth2:glpat-0123456789abcdefghij@gitlab.com/a/b.git"_s,
        u"https://ghp_0123456789abcdef0123456789abcdef0123@github.com/acme/flows.git"_s,
        u"https://ghp_0123456789abcdef0123456789abcdef0123:x-oauth-basic@github.com/a/b"_s,
        u"HTTPS://ADA:T0PSECRET@EXAMPLE.COM/"_s,
        u"http://ada:t0psecret@[2001:db8::1]:8080/"_s,
        u"ssh://ada:t0psecret@git.example.com/flows.git"_s,
        u"postgres://u:p#w0rd@db.example.com/x"_s,
        u"postgres://u:p/w0rd@db.example.com/x"_s,
        u"postgres://u:p?w0rd@db.example.com/x"_s,
        u"postgres://u:p@w0rd@db.example.com/x"_s,
        u"postgres://u:100%@db.example.com/x"_s,
        u"postgres://u:passwörd@db.example.com/x"_s,
        u"https://ada:t0p:secret@example.com/"_s,
        u"https://x:a|b9@github.com/acme/f.git"_s,
        u"https://u:a|b9x@h.example.com/"_s,
        u"https://u:a|b@api.example.com/"_s,
        u"postgres://u:pa|ss99@db.example.com/x"_s,
        u"postgres://u:pa\"ss99@db.example.com/x"_s,
        u"postgres://u:pa`ss99@db.example.com/x"_s,
        u"postgres://u:pa ss99@db.example.com/x"_s,
        u"postgres://u:p4ss99\n@db.example.com/x"_s,
        u"postgres://u:p4ss99\uff20db.example.com/x"_s,
        u"postgres://u\uff1ap4ss99@db.example.com/x"_s,
        u"postgres\uff1a//u:p4ss99@db.example.com/x"_s,
        u"postgres:/\u200b/u:p4ss99@db.example.com/x"_s,
        u"postgres:\u200b//u:p4ss99@db.example.com/x"_s,
        u"postgres://u:p4ss\u00ad99\ufeff@db.example.com/x"_s,
        u"postgres://u:$Passw0rd9@h/x"_s,
        u"postgres://u:123/abc@h/x"_s,
        u"https://u:123/abc@git.example.com/x.git"_s,
        u"//u:p4ss@h/x"_s,
        u"postgres:/u:p4ss@h"_s,
        u"postgres://u:p4ss@db.example.com:5433/sales?email=a@b.com"_s};
    for (const QString &url : urls)
        QTest::newRow(qPrintable(url)) << url;
}

void PublicSecretsTest::aPasswordInAUrlBlocksEverywhere()
{
    QFETCH(QString, url);
    for (const PublicField &place : publicFields()) {
        for (const QString &text : {url, QString(u"see "_s + url + u" for it"_s), QString(url + u"\n"_s)}) {
            CredentialDraft draft = place.draft;
            draft.set(place.field, text);
            const auto problems = DraftValidator::checkField(draft, place.field, {});
            const DraftProblem *found = findKind(problems, Kind::PasswordInUrl);
            QVERIFY2(found, QByteArray(place.name + ' ' + told(problems)).constData());
            QCOMPARE(found->severity, Severity::Problem);
            QVERIFY(DraftValidator::isBlocked(DraftValidator::check(draft, {})));
            // The remedy takes it out.
            QCOMPARE(found->remedy, Remedy::TakePasswordOut);
            const CredentialDraft after = afterRemedy(draft, *found);
            const auto left = DraftValidator::checkField(after, place.field, {});
            QVERIFY2(!findKind(left, Kind::PasswordInUrl),
                     QByteArray(place.name + ' ' + told(left)).constData());
        }
    }
}

void PublicSecretsTest::aUrlWithoutAPasswordBlocksNowhere_data()
{
    QTest::addColumn<QString>("text");
    const QString texts[] = {u"https://example.com/"_s,
                             u"https://example.com:8443/path?x=1#y"_s,
                             u"https://example.com:8080/@scope/package"_s,
                             u"https://medium.com/@ada/a-story"_s,
                             u"https://example.com/a:b@c"_s,
                             u"https://ada@github.com/acme/flows.git"_s,
                             u"https://ada:@example.com/"_s,
                             u"git@github.com:acme/flows.git"_s,
                             u"ssh://git@github.com:22/acme/flows.git"_s,
                             u"mailto:ada@example.com"_s,
                             u"postgres://user:password@host/database"_s,
                             u"mongodb+srv://user:<password>@host/database"_s,
                             u"https://user:${TOKEN}@example.com/"_s,
                             u"https://user:{{token}}@example.com/"_s,
                             u"https://user:***@example.com/"_s,
                             u"https://user:••••@example.com/"_s,
                             u"https://user:xxxx@example.com/"_s,
                             u"postgres://ada@db.example.com:5432/x"_s,
                             u"http://[2001:db8::1]:8080/a@b"_s,
                             u"see https://example.com: ask ada@example.com"_s,
                             u"(https://example.com), then ada:x@example.com"_s,
                             u"github.com:acme/x@v2.git"_s,
                             u"git.example.com:team/@scope/pkg.git"_s,
                             u"https://db.example.com:5432,ada@example.com"_s,
                             u"http://localhost:<port>/@ada"_s,
                             u"http://localhost:$PORT/@ada"_s,
                             u"https://user:$TOKEN@example.com/"_s,
                             u"https://example.com:8443|ada@example.com"_s,
                             u"https://example.com:8443\nada@example.com"_s,
                             u"https://example.com:8443\n@ada"_s,
                             u"\"https://example.com:8443\",\"ada@example.com\""_s,
                             u"{\"a\":\"https://example.com\",\"b\":\"ada@example.com\"}"_s,
                             u"https://example.com\uff1aask ada@example.com"_s,
                             u"http://web:8080/users/ada@example.com"_s,
                             u"http://web:8080/ada@example.com"_s,
                             u"postgres://db:5432/x?email=a@b.com"_s,
                             u"mongodb://a:27017,b:27017/db?email=a@b.com"_s,
                             u"//note: ask ada@example.com"_s,
                             u"://"_s,
                             u"a://b"_s};
    for (const QString &text : texts)
        QTest::newRow(qPrintable(text)) << text;
}

void PublicSecretsTest::aUrlWithoutAPasswordBlocksNowhere()
{
    QFETCH(QString, text);
    for (const PublicField &place : publicFields()) {
        CredentialDraft draft = place.draft;
        draft.set(place.field, text);
        const auto problems = DraftValidator::checkField(draft, place.field, {});
        QVERIFY2(!findKind(problems, Kind::PasswordInUrl),
                 QByteArray(place.name + ' ' + told(problems)).constData());
    }
}

void PublicSecretsTest::aPasswordMovesToItsField_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QStringList>("others"); // what the other fields are then
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const char16_t *text,
                        const char16_t *rest, const QStringList &others) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(text) << QString::fromUtf16(rest) << others;
    };
    add("SQL host", u"sql-least", u"host", u"postgres://ada:p%40ss@db.example.com:5433/x", u"db.example.com",
        {u"port=5433"_s, u"username=ada"_s, u"password=p@ss"_s});
    add("SQL host without a scheme", u"sql-least", u"host", u"ada:t0psecret@db.example.com",
        u"db.example.com", {u"username=ada"_s, u"password=t0psecret"_s});
    add("SQL host with an address behind it", u"sql-least", u"host",
        u"postgres://u:p4ss@db.example.com:5433/sales?email=a@b.com", u"db.example.com",
        {u"port=5433"_s, u"username=u"_s, u"password=p4ss"_s});
    add("SQL host with a slash in the password", u"sql-least", u"host",
        u"postgres://u:p/4ss@db.example.com/x", u"db.example.com", {u"username=u"_s, u"password=p/4ss"_s});
    add("SQL host with an invisible character", u"sql-least", u"host",
        u"postgres:\u200b//u:p4ss@db.example.com/x", u"db.example.com",
        {u"username=u"_s, u"password=p4ss"_s});
    add("SQL host with a blank in the password", u"sql-least", u"host",
        u"postgres://u:p4 ss@db.example.com/x", u"db.example.com", {u"username=u"_s, u"password=p4 ss"_s});
    add("SQL host with a line break in it", u"sql-least", u"host", u"postgres://u:p4ss\n@db.example.com/x",
        u"db.example.com", {u"username=u"_s, u"password=p4ss"_s});
    add("clone URL with a bar in the password", u"git-httppassword", u"cloneUrl",
        u"https://x:a|b9@github.com/acme/f.git", u"https://x@github.com/acme/f.git", {u"secretValue=a|b9"_s});
    add("description with a bar in the password", u"sql-least", u"description",
        u"see https://u:a|b9x@h.example.com/", u"see https://u@h.example.com/", {u"password=a|b9x"_s});
    add("SQL description", u"sql-least", u"description", u"was postgres://ada:t0psecret@h/x before",
        u"was postgres://ada@h/x before", {u"password=t0psecret"_s});
    add("clone URL", u"git-httppassword", u"cloneUrl", u"https://ada:t0psecret@github.com/acme/flows.git",
        u"https://ada@github.com/acme/flows.git", {u"secretValue=t0psecret"_s});
    add("clone URL with a token alone", u"git-httppassword", u"cloneUrl",
        u"https://ghp_0123456789abcdef0123456789abcdef0123@github.com/acme/flows.git",
        u"https://github.com/acme/flows.git", {u"secretValue=ghp_0123456789abcdef0123456789abcdef0123"_s});
    add("clone URL for an SSH key", u"git-sshkey", u"cloneUrl",
        u"ssh://git:t0psecret@github.com/acme/flows.git", u"ssh://git@github.com/acme/flows.git",
        {u"secretValue="_s});
    add("URI match", u"http-basicauth", u"uriMatch", u"https://ada:t0psecret@api.example.com/v1",
        u"https://ada@api.example.com/v1", {u"secretValue=t0psecret"_s});
    add("URI match of a header", u"http-header", u"uriMatch", u"https://ada:t0psecret@api.example.com/v1",
        u"https://ada@api.example.com/v1", {u"secretValue="_s});
    add("a MongoDB URI in the name", u"mongodb", u"name", u"mongodb://ada:t0psecret@c.example.net/d",
        u"mongodb://ada@c.example.net/d", {u"connectionUri=mongodb://ada:t0psecret@c.example.net/d"_s});
    add("another type's description", u"aws", u"description", u"https://ada:t0psecret@example.com/",
        u"https://ada@example.com/", {u"secretAccessKey="_s});
}

void PublicSecretsTest::aPasswordMovesToItsField()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QStringList, others);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    for (const QString &other : others)
        draft.set(fieldOf(draft, other.section(u'=', 0, 0)), {});
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::PasswordInUrl);
    QVERIFY(found);
    const CredentialDraft after = afterRemedy(draft, *found);
    QTEST(after.value(field), "rest");
    for (const QString &other : others)
        QCOMPARE(after.value(fieldOf(after, other.section(u'=', 0, 0))), other.section(u'=', 1));

    // What is there already stays.
    CredentialDraft filled = draft;
    for (const QString &other : others)
        filled.set(fieldOf(filled, other.section(u'=', 0, 0)), u"1"_s);
    const CredentialDraft kept = afterRemedy(filled, DraftValidator::checkField(filled, field, {}).front());
    for (const QString &other : others)
        QCOMPARE(kept.value(fieldOf(kept, other.section(u'=', 0, 0))), u"1"_s);
}

void PublicSecretsTest::connectionStringsBlock_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("ADO") << u"sql"_s << u"host"_s << u"Server=db;Database=x;User Id=sa;Password=t0psecret;"_s;
    QTest::newRow("ADO, short") << u"sql"_s << u"host"_s << u"Server=db;Uid=sa;Pwd=t0psecret"_s;
    QTest::newRow("libpq") << u"sql"_s << u"host"_s << u"host=db user=ada password=t0psecret"_s;
    QTest::newRow("JDBC") << u"sql"_s << u"host"_s << u"jdbc:postgresql://db/x?user=ada&password=t0psecret"_s;
    const QString azure =
        u"DefaultEndpointsProtocol=https;AccountName=plant;AccountKey="
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="_s;
    QTest::newRow("Azure account") << u"azure"_s << u"account"_s << azure;
    QTest::newRow("Azure description") << u"azure"_s << u"description"_s << azure;
    QTest::newRow("an event hub")
        << u"aws"_s << u"description"_s
        << u"Endpoint=sb://x/;SharedAccessKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6I="_s;
}

void PublicSecretsTest::connectionStringsBlock()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::PasswordInUrl);
    QVERIFY2(found, told(problems).constData());
    QCOMPARE(found->severity, Severity::Problem);
}

void PublicSecretsTest::whatLooksSecretIsAskedAbout_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key,
                        const char16_t *text) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(text);
    };
    const char16_t *secretKey = u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXA3MPLEK";
    const char16_t *jwt = u"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
                          u"dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    add("secret access key as ID", u"aws", u"accessKeyId", secretKey);
    add("secret access key as region", u"aws", u"region", secretKey);
    add("secret access key in a name", u"aws", u"name", secretKey);
    add("secret access key in a description", u"aws", u"description",
        u"the key is wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXA3MPLEK.");
    add("JWT as header name", u"http-header", u"publicValue", jwt);
    add("JWT as issuer", u"jwt-shared", u"issuer", jwt);
    add("JWT in a name", u"aws", u"name", jwt);
    add("header with its value", u"http-header", u"publicValue", u"Authorization: Bearer abcdef");
    add("parameter with its value", u"http-queryparam", u"publicValue", u"api_key=abcdef");
    add("user with password", u"http-basicauth", u"publicValue", u"ada:abcdef");
    add("GitHub's token as user", u"git-httppassword", u"username",
        u"ghp_0123456789abcdef0123456789abcdef0123");
    add("GitHub's new token", u"http-basicauth", u"publicValue",
        u"github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz");
    add("GitLab's token as committer", u"git-httppassword", u"committerName", u"glpat-0123456789abcdefghij");
    add("GitLab's token as email", u"git-httppassword", u"committerEmail", u"glpat-0123456789abcdefghij");
    add("Slack's token in a description", u"aws", u"description", u"posts by xoxb-0123456789-abcdefghij.");
    add("Stripe's key in a description", u"http-header", u"description", u"(sk_live_0123456789abcdefghij)");
    add("SendGrid's key in a name", u"sendgrid", u"name",
        u"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");
    add("Google's key as header", u"http-header", u"publicValue", u"AIzaSyA0123456789abcdefghijklmnopqrstuv");
    add("Google's key in a URL", u"http-header", u"uriMatch",
        u"https://maps.example.com/?key=AIzaSyA0123456789abcdefghijklmnopqrstuv");
    add("a token in a URL", u"http-header", u"uriMatch",
        u"https://api.example.com/?access_token=Abc123def456Ghi");
    add("Mailgun's key as user", u"http-basicauth", u"publicValue", u"key-3ax6xnjp29jd6fds4gc373sgvjxteol0");
    add("WhatsApp's token as number", u"whatsapp", u"fromNumberId",
        u"EAAGm0PX4ZCpsBAKZAabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMN");
    add("password in a description", u"sql", u"description", u"Login ada, password: Xk29vLq8Tz");
    add("password in German", u"sql", u"description", u"Passwort: Xk29vLq8Tz");
    add("hexadecimal digits as user of a URL", u"git-httppassword", u"cloneUrl",
        u"https://0123456789abcdef0123456789abcdef01234567@gitea.example.com/x.git");
    add("hexadecimal digits as user of a URL in a description", u"git-httppassword", u"description",
        u"was https://0123456789abcdef0123456789abcdef01234567@gitea.example.com/x.git");
    add("SAS as account", u"azure", u"account",
        u"acme?sv=2020-08-04&ss=b&sig=9fXk%2Bq3LmZ0rTbWcYdE8uVh1sJ4aNpQ7oG2iKxRzMtc%3D");
    add("short SAS as account", u"azure", u"account", u"acme?sv=2020&sig=abcdefghijklmnop");
    add("a random user", u"sql", u"username", u"q8Zr1LmX0vTbN4kWs7YdJ2hGcP5eRf9uAo3");
    add("Azure's key as account", u"azure", u"account",
        u"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");
    add("Twilio: a random SID", u"twilio", u"accountSid", u"q8Zr1LmX0vTbN4kWs7YdJ2hGcP5eRf9u");
}

void PublicSecretsTest::whatLooksSecretIsAskedAbout()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    QVERIFY2(findKind(problems, Kind::LooksSecret), told(problems).constData());
    QCOMPARE(findKind(problems, Kind::LooksSecret)->severity, Severity::Question);
    QVERIFY(!DraftValidator::isBlocked(problems));
    QCOMPARE(problems[0].kind, Kind::LooksSecret);
}

void PublicSecretsTest::aSecretInTheWrongPlaceMoves_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secretKey");
    QTest::addColumn<QString>("secret"); // before
    QTest::addColumn<QString>("textAfter");
    QTest::addColumn<QString>("secretAfter");
    const QString secretKey = u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXA3MPLEK"_s, id = u"AKIAIOSFODNN7EXAMPLE"_s;
    QTest::newRow("swapped") << u"aws"_s << u"accessKeyId"_s << secretKey << u"secretAccessKey"_s << id << id
                             << secretKey;
    QTest::newRow("moved") << u"aws"_s << u"accessKeyId"_s << secretKey << u"secretAccessKey"_s << u""_s
                           << u""_s << secretKey;
    QTest::newRow("a header") << u"http-header"_s << u"publicValue"_s << u"Authorization: Bearer abcdef"_s
                              << u"secretValue"_s << u""_s << u"Authorization"_s << u"Bearer abcdef"_s;
    QTest::newRow("a parameter") << u"http-queryparam"_s << u"publicValue"_s << u"api_key=abc=="_s
                                 << u"secretValue"_s << u""_s << u"api_key"_s << u"abc=="_s;
    QTest::newRow("user and password") << u"http-basicauth"_s << u"publicValue"_s << u"ada:a:b"_s
                                       << u"secretValue"_s << u""_s << u"ada"_s << u"a:b"_s;
}

void PublicSecretsTest::aSecretInTheWrongPlaceMoves()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, secretKey);
    QFETCH(QString, secret);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key), secretField = fieldOf(draft, secretKey);
    draft.set(field, text);
    draft.set(secretField, secret);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::LooksSecret);
    QVERIFY(found);
    QCOMPARE(found->target, secretField);
    const CredentialDraft after = afterRemedy(draft, *found);
    QTEST(after.value(field), "textAfter");
    QTEST(after.value(secretField), "secretAfter");
}

void PublicSecretsTest::noMessageHoldsTheSecret()
{
    const QString texts[] = {u"https://ada:zq7kxzq7kx@example.com/"_s,
                             u"password: zq7kxZQ7KX12"_s,
                             u"ghp_zq7kx0123456789abcdef0123456789abcdef"_s,
                             u"Authorization: zq7kx"_s,
                             u"zq7kx\u200bzq7kx"_s,
                             u"NAME_KEY=zq7kx"_s};
    for (const PublicField &place : publicFields()) {
        for (const QString &text : texts) {
            CredentialDraft draft = place.draft;
            draft.set(place.field, text);
            for (const DraftProblem &problem : DraftValidator::checkField(draft, place.field, {}))
                QVERIFY2(!problem.message.contains(u"zq7kx"_s), qPrintable(problem.message));
        }
    }
}

QTEST_GUILESS_MAIN(PublicSecretsTest)
#include "publicsecretstest.moc"
