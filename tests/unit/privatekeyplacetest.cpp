// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keymaterial.h"

#include "domain/draftvalidator.h"
#include "support/draftcheck.h"
#include "support/keykinds.h"
#include "support/publicfields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// No private key is sent in a field that everybody can read.
class PrivateKeyPlaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeyBlocksInEveryPublicField_data();
    void everyKeyBlocksInEveryPublicField();
    void everyOtherFormBlocksInEveryPublicField_data();
    void everyOtherFormBlocksInEveryPublicField();
    void aKeyWithSomethingInEachLineBlocks_data();
    void aKeyWithSomethingInEachLineBlocks();
    void whatIsPublicBlocksNowhere_data();
    void whatIsPublicBlocksNowhere();
    void aKeyMovesToItsField_data();
    void aKeyMovesToItsField();
    void swappedOnesAreExchanged_data();
    void swappedOnesAreExchanged();
    void whatStandsBesideAMovedKeyStays();
    void aKeyThatIsThereIsNotOverwritten();
    void aServiceAccountMovesToItsField();
};

namespace {

QString serviceAccount()
{
    QString key = KeyKinds::text("rsa, PKCS#8");
    return u"{\"type\": \"service_account\", \"client_email\": \"a@p.iam.gserviceaccount.com\", \"private_key\": \"%1\"}"_s
        .arg(key.replace(u'\n', "\\n"_L1));
}

/// A problem that blocks, and after its remedy, if it has one, none.
void blocks(const PublicField &place, const QString &text)
{
    CredentialDraft draft = place.draft;
    draft.set(place.field, text);
    const auto problems = DraftValidator::checkField(draft, place.field, {});
    const DraftProblem *found = findKind(problems, Kind::PrivateKeyInPublicField);
    QVERIFY2(found, QByteArray(place.name + ' ' + told(problems)).constData());
    QCOMPARE(found->severity, DraftProblem::Severity::Problem);
    QVERIFY(DraftValidator::isBlocked(problems));
    if (found->remedy == Remedy::None)
        return;
    const CredentialDraft after = afterRemedy(draft, *found);
    const auto isKey = [](const QString &value) {
        return KeyMaterial::holdsPrivateKey(value) || KeyMaterial::saysPrivateKey(value);
    };
    QVERIFY2(!isKey(after.value(place.field)), place.name.constData());
    QVERIFY2(isKey(after.value(*found->target)), place.name.constData());
}

} // namespace

void PrivateKeyPlaceTest::everyKeyBlocksInEveryPublicField_data()
{
    QTest::addColumn<QString>("key");
    for (const KeyKinds::Kind &kind : KeyKinds::privateKeys())
        QTest::newRow(kind.name) << kind.text;
}

void PrivateKeyPlaceTest::everyKeyBlocksInEveryPublicField()
{
    QFETCH(QString, key);
    const QString forms[] = {key, QString("see\n"_L1 % key % "\nand keep it"_L1),
                             QString(KeyKinds::text("certificate") % key),
                             QString(key).replace(u'\n', "\\n"_L1)};
    for (const PublicField &place : publicFields()) {
        for (const QString &text : forms)
            blocks(place, text);
        if (QTest::currentTestFailed())
            return;
    }
}

void PrivateKeyPlaceTest::everyOtherFormBlocksInEveryPublicField_data()
{
    QTest::addColumn<QString>("text");
    for (const KeyKinds::OtherForm &form : KeyKinds::otherForms())
        QTest::newRow(form.name) << form.text;
    QTest::newRow("a service account") << serviceAccount();
}

void PrivateKeyPlaceTest::everyOtherFormBlocksInEveryPublicField()
{
    QFETCH(QString, text);
    for (const PublicField &place : publicFields()) {
        blocks(place, text);
        if (QTest::currentTestFailed())
            return;
    }
}

void PrivateKeyPlaceTest::aKeyWithSomethingInEachLineBlocks_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("behind");
    QTest::newRow("a difference") << u"+"_s << QString();
    QTest::newRow("a comment") << u"//"_s << QString();
    QTest::newRow("a comment and a blank") << u"// "_s << QString();
    QTest::newRow("a slash") << u"/"_s << QString();
    QTest::newRow("a hash") << u"# "_s << QString();
    QTest::newRow("REM") << u"REM "_s << QString();
    QTest::newRow("a number") << u"12\t"_s << QString();
    QTest::newRow("a time") << u"2026-11-30T10:00:00Z "_s << QString();
    QTest::newRow("a log's") << u"Nov 30 10:00:00 web1 app[7]: "_s << QString();
    QTest::newRow("a pod's") << u"stdout F "_s << QString();
    QTest::newRow("a name") << u"key: "_s << QString();
    QTest::newRow("plus behind") << QString() << u"+"_s;
    QTest::newRow("a slash behind") << QString() << u"/"_s;
    QTest::newRow("a paragraph") << u"<p>"_s << u"</p>"_s;
    QTest::newRow("an entity behind") << QString() << u"&#x0a;"_s;
    QTest::newRow("quoted and continued") << u"\""_s << u"\\n\" +"_s;
}

void PrivateKeyPlaceTest::aKeyWithSomethingInEachLineBlocks()
{
    QFETCH(QString, before);
    QFETCH(QString, behind);
    for (const char *kind : {"rsa, PKCS#8", "P-256, PKCS#8", "Ed25519", "OpenSSH Ed25519"}) {
        QStringList lines = KeyKinds::text(kind).trimmed().split(u'\n');
        for (QString &line : lines)
            line = before + line + behind;
        const QString text = lines.join(u'\n') + u'\n';
        for (const PublicField &place : publicFields())
            blocks(place, text);
    }
}

void PrivateKeyPlaceTest::whatIsPublicBlocksNowhere_data()
{
    QTest::addColumn<QString>("text");
    for (const KeyKinds::Kind &kind : KeyKinds::publicOnes())
        QTest::newRow(kind.name) << kind.text;
    QTest::newRow("prose") << u"-----BEGIN PRIVATE KEY----- goes into the field below"_s;
    QTest::newRow("an SSH key")
        << u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm0PX4ZCpsBAKZAabcdefghijklmnopqrstuvwx ada@example.com"_s;
    QTest::newRow("a fingerprint") << u"SHA256:uNiVztksCsDhcc0u9e8BrJQXVUpKZIDTMczCvj3tD2s"_s;
}

void PrivateKeyPlaceTest::whatIsPublicBlocksNowhere()
{
    QFETCH(QString, text);
    for (const PublicField &place : publicFields()) {
        CredentialDraft draft = place.draft;
        draft.set(place.field, text);
        const auto problems = DraftValidator::checkField(draft, place.field, {});
        QVERIFY2(!findKind(problems, Kind::PrivateKeyInPublicField),
                 QByteArray(place.name + ' ' + told(problems)).constData());
    }
}

void PrivateKeyPlaceTest::aKeyMovesToItsField_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("target");
    const QString key = KeyKinds::text("rsa, PKCS#8"), certificate = KeyKinds::text("certificate");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *field, const QString &text,
                        const QString &rest, const char16_t *target) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(field) << text << rest
                            << QString::fromUtf16(target);
    };
    add("in place of the certificate", u"certificatekeypair", u"certificate", key, {}, u"privateKey");
    add("behind the certificate", u"certificatekeypair", u"certificate", certificate + key, certificate,
        u"privateKey");
    add("before the certificate", u"certificatekeypair", u"certificate", key + certificate, certificate,
        u"privateKey");
    add("a client certificate's", u"http-clientcertificate", u"publicValue", certificate + key, certificate,
        u"secretValue");
    add("in the description", u"certificatekeypair", u"description", u"The key:\n"_s + key, u"The key:"_s,
        u"privateKey");
    add("in the name", u"snowflake-pasted", u"name", key, {}, u"privateKey");
    add("as the host", u"snowflake-pasted", u"host", key, {}, u"privateKey");
    add("as the clone URL", u"git-sshkey", u"cloneUrl", key, {}, u"secretValue");
    add("as the issuer", u"jwt-key", u"issuer", key, {}, u"secret");
}

void PrivateKeyPlaceTest::aKeyMovesToItsField()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, target);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key), targetField = fieldOf(draft, target);
    draft.set(field, text);
    draft.set(targetField, {});
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *found = findKind(problems, Kind::PrivateKeyInPublicField);
    QVERIFY(found);
    QCOMPARE(found->remedy, Remedy::MoveToField);
    QCOMPARE(found->target, targetField);
    const CredentialDraft after = afterRemedy(draft, *found);
    QTEST(after.value(field), "rest");
    QCOMPARE(after.value(targetField), KeyKinds::text("rsa, PKCS#8"));
}

void PrivateKeyPlaceTest::swappedOnesAreExchanged_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::newRow("a key pair") << u"certificatekeypair"_s << u"certificate"_s << u"privateKey"_s;
    QTest::newRow("a client certificate")
        << u"http-clientcertificate"_s << u"publicValue"_s << u"secretValue"_s;
}

void PrivateKeyPlaceTest::swappedOnesAreExchanged()
{
    QFETCH(QString, fixture);
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId certificateField = fieldOf(draft, certificate), keyField = fieldOf(draft, key);
    draft.set(certificateField, KeyKinds::text("rsa, PKCS#8"));
    draft.set(keyField, KeyKinds::text("certificate"));
    for (const FieldId field : {certificateField, keyField}) {
        const auto problems = DraftValidator::checkField(draft, field, {});
        QVERIFY(!problems.empty());
        QCOMPARE(problems[0].remedy, Remedy::ExchangeFields);
        const CredentialDraft after = afterRemedy(draft, problems[0]);
        QCOMPARE(after.value(certificateField), KeyKinds::text("certificate"));
        QCOMPARE(after.value(keyField), KeyKinds::text("rsa, PKCS#8"));
        const auto left = DraftValidator::check(after, {});
        QVERIFY2(left.empty(), told(left).constData());
    }
}

void PrivateKeyPlaceTest::whatStandsBesideAMovedKeyStays()
{
    CredentialDraft draft(*findCredentialType(u"certificateKeyPair"_s));
    const FieldId certificate = *draft.shownField("certificate"_L1);
    const FieldId privateKey = *draft.shownField("privateKey"_L1);
    const QString note = u"# for the broker: ask Bob\n"_s;
    draft.set(certificate, note + KeyKinds::chain().leaf + KeyKinds::chain().key);
    const auto problems = DraftValidator::checkField(draft, certificate, {});
    const DraftProblem *found = findKind(problems, Kind::PrivateKeyInPublicField);
    QVERIFY(found);

    const CredentialDraft after = afterRemedy(draft, *found);

    QCOMPARE(after.value(certificate), note + KeyKinds::chain().leaf);
    QCOMPARE(after.value(privateKey), KeyKinds::chain().key);
}

void PrivateKeyPlaceTest::aKeyThatIsThereIsNotOverwritten()
{
    CredentialDraft draft = draftFor(postedFixture(u"certificatekeypair"_s));
    const FieldId certificate = fieldOf(draft, u"certificate"_s), key = fieldOf(draft, u"privateKey"_s);
    draft.set(certificate, KeyKinds::text("certificate") + KeyKinds::text("rsa, PKCS#8"));
    draft.set(key, KeyKinds::text("P-256, PKCS#8"));
    const auto problems = DraftValidator::checkField(draft, certificate, {});
    QCOMPARE(problems[0].kind, Kind::PrivateKeyInPublicField);
    QCOMPARE(problems[0].remedy, Remedy::None);

    // The same one is no other.
    draft.set(key, KeyKinds::text("rsa, PKCS#8"));
    const auto same = DraftValidator::checkField(draft, certificate, {});
    QCOMPARE(same[0].remedy, Remedy::MoveToField);
    QCOMPARE(afterRemedy(draft, same[0]).value(certificate), KeyKinds::text("certificate"));
}

void PrivateKeyPlaceTest::aServiceAccountMovesToItsField()
{
    CredentialDraft draft = draftOfType("gcp"_L1);
    const FieldId key = fieldOf(draft, u"keyJson"_s);
    draft.set(FieldId::description, serviceAccount());
    draft.set(key, {});
    const auto problems = DraftValidator::checkField(draft, FieldId::description, {});
    QCOMPARE(problems[0].kind, Kind::PrivateKeyInPublicField);
    QCOMPARE(problems[0].target, key);
    const CredentialDraft after = afterRemedy(draft, problems[0]);
    QCOMPARE(after.value(FieldId::description), QString());
    QCOMPARE(after.value(key), serviceAccount());
}

QTEST_GUILESS_MAIN(PrivateKeyPlaceTest)
#include "privatekeyplacetest.moc"
