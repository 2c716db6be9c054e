// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "support/draftcheck.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// A value that was copied with what stood around it comes out of it, unless it may be right as it is.
class WrappedValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreUnwrapped_data();
    void valuesAreUnwrapped();
    void whatMayBeRightIsNotUnwrapped_data();
    void whatMayBeRightIsNotUnwrapped();
};

void WrappedValuesTest::valuesAreUnwrapped_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("within");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const char16_t *value,
                        const char16_t *within) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(value) << QString::fromUtf16(within);
    };
    add("Bearer", u"sendgrid", u"apiKey", u"Bearer SG.abcdefgh", u"SG.abcdefgh");
    add("bearer", u"whatsapp", u"accessToken", u"bearer EAAabcdefgh", u"EAAabcdefgh");
    add("Basic", u"mailgun", u"apiKey", u"Basic YXBpOmtleQ==", u"YXBpOmtleQ==");
    add("a header", u"sendgrid", u"apiKey", u"Authorization: Bearer SG.abcdefgh", u"SG.abcdefgh");
    add("a header of the service", u"datadog", u"secretValue", u"X-Api-Key: 0123456789", u"0123456789");
    add("a header within a header", u"http-header", u"secretValue", u"Authorization: Bearer abcdefgh",
        u"Bearer abcdefgh");
    add("the header's own name", u"http-header", u"secretValue", u"x-api-key: abcdefgh", u"abcdefgh");
    add("Bearer as a parameter", u"http-queryparam", u"secretValue", u"Bearer abcdefgh", u"abcdefgh");
    add("Bearer as a password", u"http-basicauth", u"secretValue", u"Bearer abcdefgh", u"abcdefgh");
    add("the parameter's own name", u"http-queryparam", u"secretValue", u"api_key=abcdefgh", u"abcdefgh");
    add("an environment's line", u"sendgrid", u"apiKey", u"SENDGRID_API_KEY=SG.abc", u"SG.abc");
    add("export", u"sendgrid", u"apiKey", u"export SENDGRID_API_KEY=SG.abc", u"SG.abc");
    add("export and quotes", u"sendgrid", u"apiKey", u"export SENDGRID_API_KEY=\"SG.abc\"", u"SG.abc");
    add("set", u"aws", u"secretAccessKey", u"set AWS_SECRET_ACCESS_KEY=wJalr", u"wJalr");
    add("PowerShell", u"aws", u"secretAccessKey", u"$env:AWS_SECRET_ACCESS_KEY = 'wJalr'", u"wJalr");
    add("a file of settings", u"aws", u"secretAccessKey", u"aws_secret_access_key = wJalr", u"wJalr");
    add("a file of settings, an ID", u"aws", u"accessKeyId", u"aws_access_key_id=AKIAIOSFODNN7EXAMPLE",
        u"AKIAIOSFODNN7EXAMPLE");
    add("a region", u"aws", u"region", u"AWS_DEFAULT_REGION=us-east-1", u"us-east-1");
    add("a password", u"sql", u"password", u"DB_PASSWORD=hunter2", u"hunter2");
    add("a URI", u"mongodb", u"connectionUri", u"MONGO_URI=mongodb://h/d", u"mongodb://h/d");
    add("a URI in quotes", u"mongodb", u"connectionUri", u"\"mongodb://h/d\"", u"mongodb://h/d");
    add("YAML", u"sendgrid", u"apiKey", u"api_key: SG.abc", u"SG.abc");
    add("double quotes", u"aws", u"secretAccessKey", u"\"wJalr\"", u"wJalr");
    add("single quotes", u"aws", u"secretAccessKey", u"'wJalr'", u"wJalr");
    add("backticks", u"aws", u"secretAccessKey", u"`wJalr`", u"wJalr");
    add("typographic quotes", u"aws", u"secretAccessKey", u"“wJalr”", u"wJalr");
    add("German quotes", u"aws", u"secretAccessKey", u"„wJalr“", u"wJalr");
    add("quotes and a comma", u"aws", u"secretAccessKey", u"\"wJalr\",", u"wJalr");
    add("an ID in quotes", u"aws", u"accessKeyId", u"\"AKIAIOSFODNN7EXAMPLE\"", u"AKIAIOSFODNN7EXAMPLE");
    add("a host in quotes", u"sql", u"host", u"\"db.example.com\"", u"db.example.com");
    add("JSON", u"sendgrid", u"apiKey", u"{\"apiKey\": \"SG.abc\"}", u"SG.abc");
    add("JSON with more", u"whatsapp", u"accessToken", u"{\"access_token\":\"EAAabc\",\"expires_in\":5}",
        u"EAAabc");
    add("a line of JSON", u"sendgrid", u"apiKey", u"\"apiKey\": \"SG.abc\",", u"SG.abc");
    add("a key file", u"gcp", u"keyJson", u"GOOGLE_CREDENTIALS='{\"type\":1}'", u"{\"type\":1}");
    add("a number's ID", u"whatsapp", u"fromNumberId", u"PHONE_NUMBER_ID=106540352242922",
        u"106540352242922");
}

void WrappedValuesTest::valuesAreUnwrapped()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *wrapped = findKind(problems, Kind::WrappedValue);
    QVERIFY2(wrapped, told(problems).constData());
    QCOMPARE(wrapped->severity, DraftProblem::Severity::Advice);
    QCOMPARE(wrapped->remedy, Remedy::Unwrap);
    const CredentialDraft after = afterRemedy(draft, *wrapped);
    QTEST(after.value(field), "within");
    QVERIFY(!findKind(DraftValidator::checkField(after, field, {}), Kind::WrappedValue));
}

void WrappedValuesTest::whatMayBeRightIsNotUnwrapped_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key,
                        const char16_t *value) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key)
                            << QString::fromUtf16(value);
    };
    add("Bearer in a header", u"http-header", u"secretValue", u"Bearer abcdefgh");
    add("Basic in a header", u"http-header", u"secretValue", u"Basic YWRhOnNlY3JldA==");
    add("key= in a header", u"http-header", u"secretValue", u"key=AAAAabcdefgh");
    add("a cookie", u"http-header", u"secretValue", u"session_token=abc; path=/");
    add("quotes in a header", u"http-header", u"secretValue", u"\"abc\"");
    add("token= in quotes in a header", u"http-header", u"secretValue", u"Token token=\"abc\"");
    add("a passphrase", u"jwt-shared", u"secret", u"Bearer of good tidings to the world");
    add("an equals sign in a password", u"sql", u"password", u"abc=def");
    add("capitals and an equals sign", u"sql", u"password", u"ABC=def");
    add("base64 that ends in one", u"azure", u"accountKey", u"QUJDRA==");
    add("a colon in a password", u"sql", u"password", u"pass: word");
    add("one quote", u"sql", u"password", u"\"abc");
    add("quotes within", u"sql", u"password", u"\"a\"b\"");
    add("two quotes", u"sql", u"password", u"\"\"");
    add("a brace", u"sql", u"password", u"{abc}");
    add("a name in quotes", u"aws", u"name", u"\"Plant\"");
    add("a description in quotes", u"aws", u"description", u"\"Plant\"");
    add("a committer in quotes", u"git-sshkey", u"committerName", u"\"Ada\"");
    add("an issuer", u"jwt-shared", u"issuer", u"urn:example:issuer=1");
    add("a parameter's value", u"http-queryparam", u"secretValue", u"a=b&c=d");
    add("JSON that is no wrapping", u"jwt-shared", u"secret", u"{\"kty\":\"oct\",\"k\":\"abc\"}");
}

void WrappedValuesTest::whatMayBeRightIsNotUnwrapped()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    QVERIFY2(!findKind(problems, Kind::WrappedValue), told(problems).constData());
}

QTEST_GUILESS_MAIN(WrappedValuesTest)
#include "wrappedvaluestest.moc"
