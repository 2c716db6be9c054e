// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keyadvice.h"

#include "domain/draftvalidator.h"
#include "support/draftcheck.h"
#include "support/keykinds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// What is odd about a key or a certificate is said, and mended where that can be.
class KeyAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void damagedPemIsRestored_data();
    void damagedPemIsRestored();
    void oddKeysAreNamed_data();
    void oddKeysAreNamed();
    void validityGoesByTheGivenDay_data();
    void validityGoesByTheGivenDay();
    void aChainIsPutInOrder();
    void encryptedKeysAreAllNamed_data();
    void encryptedKeysAreAllNamed();
    void otherFormsOfKeysAreNamed_data();
    void otherFormsOfKeysAreNamed();
};

namespace {

QString account(const char *key)
{
    QString pem = KeyKinds::text(key);
    return u"{\"type\":\"service_account\",\"client_email\":\"a@p.iam.gserviceaccount.com\",\"private_key\":\"%1\"}"_s
        .arg(pem.replace(u'\n', "\\n"_L1));
}

} // namespace

void KeyAdviceTest::damagedPemIsRestored_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("restored");
    struct Place
    {
        const char16_t *fixture;
        const char16_t *key;
        const char *kind;
    };
    const Place places[] = {{u"jwt-key", u"secret", "P-256, PKCS#8"},
                            {u"snowflake-pasted", u"privateKey", "rsa, PKCS#8"},
                            {u"git-sshkey", u"secretValue", "OpenSSH Ed25519"},
                            {u"certificatekeypair", u"certificate", "certificate"},
                            {u"sql", u"caCertificate", "certificate"}};
    for (const Place &place : places) {
        const QString pem = KeyKinds::text(place.kind);
        const auto add = [&](const char *name, const QString &text, const char16_t *words) {
            QTest::addRow("%s: %s", qPrintable(QString::fromUtf16(place.fixture)), name)
                << QString::fromUtf16(place.fixture) << QString::fromUtf16(place.key) << text
                << QString::fromUtf16(words) << pem;
        };
        const auto replaced = [&](QLatin1StringView by) {
            return QString(pem).trimmed().replace("\n"_L1, by);
        };
        add("line breaks lost", replaced(""_L1), u"line breaks were lost");
        add("line breaks as blanks", replaced(" "_L1), u"blanks in it in place of line breaks");
        add("escaped", replaced("\\n"_L1), u"two characters");
        add("escaped in quotes", u'"' + replaced("\\n"_L1) + u'"', u"two characters");
        add("in quotes", u'"' + pem.trimmed() + u'"', u"quotes");
        add("assigned", u"export KEY='"_s + pem.trimmed() + u'\'', u"name and “=”");
        add("no last line", pem.left(pem.lastIndexOf("-----END"_L1)), u"BEGIN or END is missing");
        add("dashes lost", QString(pem).replace("-----BEGIN"_L1, "---BEGIN"_L1), u"BEGIN or END is not as");
        add("of Windows", QString(pem).replace("\n"_L1, "\r\n"_L1), u"Windows");
        add("no last line break", pem.chopped(1), u"line break at its end");
        add("invisible characters", QString(pem).insert(pem.indexOf(u'\n') + 9, u'\u200b'), u"invisible");
        add("text inside", QString(pem).insert(pem.indexOf(u'\n', 60) + 1, u"(page 2)\n"_s), u"text in it");
    }
}

void KeyAdviceTest::damagedPemIsRestored()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, words);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::DamagedPem);
    QVERIFY2(found, told(problems).constData());
    QCOMPARE(found->severity, DraftProblem::Severity::Advice);
    QVERIFY2(found->message.contains(words), qPrintable(found->message));
    QCOMPARE(found->remedy, Remedy::RestorePem);
    const CredentialDraft after = afterRemedy(draft, *found);
    // OpenSSH breaks its lines elsewhere than everybody else.
    QFETCH(QString, restored);
    QVERIFY(after.value(field).endsWith(u'\n'));
    QCOMPARE(QString(after.value(field)).remove(u'\n'), restored.remove(u'\n'));
    QVERIFY(!findKind(DraftValidator::checkField(after, field, {}), Kind::DamagedPem));
}

void KeyAdviceTest::oddKeysAreNamed_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("other"); // key=value of another field
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const QString &text,
                        Kind kind, const char16_t *words, const QString &other = {}) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key) << text << other
                            << int(kind) << QString::fromUtf16(words);
    };
    using KeyKinds::text;
    const QString certificate = text("certificate"), rsa = text("rsa, PKCS#8");
    add("certificate for a key", u"jwt-key", u"secret", certificate, Kind::WrongKeyKind,
        u"This is a certificate");
    add("public key for a key", u"jwt-key", u"secret", text("public key of P-256"), Kind::WrongKeyKind,
        u"public key");
    add("public key for Snowflake", u"snowflake-pasted", u"privateKey", text("public key"),
        Kind::WrongKeyKind, u"public key");
    add("public SSH key for Git", u"git-sshkey", u"secretValue", u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a@b"_s,
        Kind::WrongKeyKind, u"public key");
    add("request for a key", u"certificatekeypair", u"privateKey", text("certificate request"),
        Kind::WrongKeyKind, u"request");
    add("request for a certificate", u"certificatekeypair", u"certificate", text("certificate request"),
        Kind::WrongKeyKind, u"request");
    add("public key for a certificate", u"sql", u"caCertificate", text("public key"), Kind::WrongKeyKind,
        u"certificate belongs here");
    add("PKCS#7 for a certificate", u"sql", u"caCertificate", text("PKCS#7"), Kind::WrongKeyKind, u"PKCS#7");
    add("a list for a certificate", u"http-clientcertificate", u"publicValue", text("revocation list"),
        Kind::WrongKeyKind, u"revoked");
    add("a server's certificate for an authority's", u"sql", u"caCertificate", KeyKinds::chain().leaf,
        Kind::WrongKeyKind, u"no certificate of an authority");
    add("OpenSSH for a certificate", u"certificatekeypair", u"privateKey", text("OpenSSH RSA"),
        Kind::WrongKeyKind, u"OpenSSH's own format");
    add("an elliptic key for Snowflake", u"snowflake-pasted", u"privateKey", text("P-256, PKCS#8"),
        Kind::WrongKeyKind, u"RSA keys only");
    add("a part of a key", u"jwt-key", u"secret", text("P-256, PKCS#8").remove(50, 8), Kind::DamagedPem,
        u"can't be read");
    add("HS with PEM", u"jwt-shared", u"secret", rsa, Kind::WrongKeyKind,
        u"HS512 signs with a shared secret");
    add("HS with a short secret", u"jwt-shared", u"secret", u"short"_s, Kind::WeakKey, u"64 bytes");
    add("RS with an elliptic key", u"jwt-key", u"secret", text("P-256, PKCS#8"), Kind::WrongKeyKind,
        u"does not fit RS256", u"algorithm=RS256"_s);
    add("ES with RSA", u"jwt-key", u"secret", rsa, Kind::WrongKeyKind, u"does not fit ES256");
    add("ES384 with P-256", u"jwt-key", u"secret", text("P-256, PKCS#8"), Kind::WrongKeyKind,
        u"curve does not fit ES384", u"algorithm=ES384"_s);
    add("RS with 1024 bits", u"jwt-key", u"secret", KeyKinds::rsaKey(1024), Kind::WeakKey, u"2048 bits",
        u"algorithm=RS256"_s);
    add("Git with 1024 bits", u"git-sshkey", u"secretValue", KeyKinds::rsaKey(1024), Kind::WeakKey,
        u"1,024 bits");
    add("SHA-1", u"sql", u"caCertificate", KeyKinds::certificate({.isSha1 = true}), Kind::WeakKey, u"SHA1");
    add("another's key", u"certificatekeypair", u"privateKey", text("P-256, PKCS#8"), Kind::KeyMismatch,
        u"does not belong", u"certificate="_s + certificate);
    add("another's key for a client", u"http-clientcertificate", u"secretValue", text("P-256, PKCS#8"),
        Kind::KeyMismatch, u"does not belong", u"publicValue="_s + certificate);
    add("JSON of nothing", u"gcp", u"keyJson", u"{\"a\":1}"_s, Kind::NotAServiceAccountKey,
        u"does not look like");
    add("PEM for JSON", u"gcp", u"keyJson", rsa, Kind::NotAServiceAccountKey, u"This is PEM");
    add("an OAuth client", u"gcp", u"keyJson",
        u"{\"installed\":{\"client_id\":\"1\",\"client_secret\":\"x\"}}"_s, Kind::NotAServiceAccountKey,
        u"OAuth client");
    add("a person's credentials", u"gcp", u"keyJson",
        u"{\"type\":\"authorized_user\",\"refresh_token\":\"x\",\"client_id\":\"1\"}"_s,
        Kind::NotAServiceAccountKey, u"a person's");
    add("an external account", u"gcp", u"keyJson", u"{\"type\":\"external_account\",\"audience\":\"x\"}"_s,
        Kind::NotAServiceAccountKey, u"only leads to");
    add("an API key", u"gcp", u"keyJson", u"AIzaSyA0123456789abcdefghijklmnopqrstuv"_s,
        Kind::NotAServiceAccountKey, u"API key");
    add("JSON that is cut", u"gcp", u"keyJson", u"{\"type\":\"service_account\",\"private_key\":\"-----BEG"_s,
        Kind::NotAServiceAccountKey, u"can't be read");
    add("no private key", u"gcp", u"keyJson",
        u"{\"type\":\"service_account\",\"client_email\":\"a@p.iam.gserviceaccount.com\"}"_s,
        Kind::NotAServiceAccountKey, u"missing");
    add("an encrypted private key", u"gcp", u"keyJson", account("encrypted PKCS#8"),
        Kind::NotAServiceAccountKey, u"passphrase");
    add("a damaged private key", u"gcp", u"keyJson", account("rsa, PKCS#8").remove(180, 8),
        Kind::NotAServiceAccountKey, u"can't be read");
    add("PEM as a password", u"sql", u"password", rsa, Kind::WrongKeyKind, u"does not belong here");
    add("PEM as a token of Git", u"git-httppassword", u"secretValue", rsa, Kind::WrongKeyKind,
        u"does not belong here");
}

void KeyAdviceTest::oddKeysAreNamed()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, other);
    QFETCH(int, kind);
    QFETCH(QString, words);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    if (!other.isEmpty())
        draft.set(fieldOf(draft, other.section(u'=', 0, 0)), other.section(u'=', 1));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind(kind));
    QVERIFY2(found, told(problems).constData());
    QCOMPARE(found->severity, DraftProblem::Severity::Advice);
    QVERIFY2(found->message.contains(words), qPrintable(found->message));
}

void KeyAdviceTest::validityGoesByTheGivenDay_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("days");      // from now
    QTest::addColumn<QString>("words"); // empty: nothing
    for (const auto &[fixture, key] :
         {std::pair(u"certificatekeypair", u"certificate"),
          std::pair(u"http-clientcertificate", u"publicValue"), std::pair(u"sql", u"caCertificate")}) {
        const auto add = [&, f = fixture, k = key](const char *name, int days, const QString &words) {
            QTest::addRow("%s: %s", qPrintable(QString::fromUtf16(f)), name)
                << QString::fromUtf16(f) << QString::fromUtf16(k) << days << words;
        };
        add("now", 0, {});
        add("soon", 70, u"expires soon"_s);
        add("expired", 100, u"has expired"_s);
        add("not yet", -10, u"is not valid before"_s);
    }
}

void KeyAdviceTest::validityGoesByTheGivenDay()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(int, days);
    QFETCH(QString, words);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, KeyKinds::certificate({.days = 90, .isSelfSigned = true}));
    const QDateTime day = QDateTime::currentDateTimeUtc().addDays(days);
    const auto problems = DraftValidator::checkField(draft, field, day);
    const DraftProblem *found = findKind(problems, Kind::Validity);
    QCOMPARE(found != nullptr, !words.isEmpty());
    if (found)
        QVERIFY2(found->message.contains(words), qPrintable(found->message));
    QVERIFY(!findKind(DraftValidator::checkField(draft, field, {}), Kind::Validity));
}

void KeyAdviceTest::aChainIsPutInOrder()
{
    const KeyKinds::Chain &chain = KeyKinds::chain();
    CredentialDraft draft = draftOfType("certificateKeyPair"_L1);
    const FieldId field = fieldOf(draft, u"certificate"_s);
    draft.set(field, chain.root + chain.intermediate + chain.leaf);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::ChainOrder);
    QVERIFY2(found, told(problems).constData());
    QCOMPARE(found->remedy, Remedy::OrderChain); // nothing is damaged that could be restored
    const CredentialDraft after = afterRemedy(draft, *found);
    QCOMPARE(after.value(field), chain.leaf + chain.intermediate + chain.root);
    QVERIFY(!findKind(DraftValidator::checkField(after, field, {}), Kind::ChainOrder));

    // What is damaged comes first.
    draft.set(field, QString(chain.root + chain.intermediate + chain.leaf).replace(u'\n', "\\n"_L1));
    const auto both = DraftValidator::checkField(draft, field, {});
    QVERIFY(!both.empty());
    QCOMPARE(both[0].remedy, Remedy::RestorePem);
    const CredentialDraft restored = afterRemedy(draft, both[0]);
    const auto left = DraftValidator::checkField(restored, field, {});
    QVERIFY(findKind(left, Kind::ChainOrder));
    QCOMPARE(findKind(left, Kind::ChainOrder)->remedy, Remedy::OrderChain);
}

void KeyAdviceTest::encryptedKeysAreAllNamed_data()
{
    QTest::addColumn<QString>("text");
    for (const KeyKinds::Kind &kind : KeyKinds::privateKeys()) {
        if (kind.encryption != KeyMaterial::Encryption::None)
            QTest::newRow(kind.name) << kind.text;
    }
}

void KeyAdviceTest::encryptedKeysAreAllNamed()
{
    QFETCH(QString, text);
    for (const auto &[fixture, key] :
         {std::pair(u"jwt-key"_s, u"secret"_s), std::pair(u"git-sshkey"_s, u"secretValue"_s),
          std::pair(u"snowflake-pasted"_s, u"privateKey"_s),
          std::pair(u"certificatekeypair"_s, u"privateKey"_s),
          std::pair(u"http-clientcertificate"_s, u"secretValue"_s)}) {
        CredentialDraft draft = draftFor(postedFixture(fixture));
        const FieldId field = fieldOf(draft, key);
        draft.set(field, text);
        const auto problems = DraftValidator::checkField(draft, field, {});
        QVERIFY2(findKind(problems, Kind::EncryptedKey), told(problems).constData());
        QVERIFY(!DraftValidator::isBlocked(problems));
    }
}

void KeyAdviceTest::otherFormsOfKeysAreNamed_data()
{
    QTest::addColumn<QString>("text");
    for (const KeyKinds::OtherForm &form : KeyKinds::otherForms())
        QTest::newRow(form.name) << form.text;
}

void KeyAdviceTest::otherFormsOfKeysAreNamed()
{
    QFETCH(QString, text);
    CredentialDraft draft = draftFor(postedFixture(u"jwt-key"_s));
    const FieldId field = fieldOf(draft, u"secret"_s);
    draft.set(field, text);
    const auto problems = DraftValidator::checkField(draft, field, {});
    QVERIFY(!problems.empty());
    QVERIFY(!DraftValidator::isBlocked(problems) || problems[0].kind == Kind::TooLong);
}

QTEST_GUILESS_MAIN(KeyAdviceTest)
#include "keyadvicetest.moc"
