// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keyidentity.h"

#include "domain/credentialdraft.h"
#include "support/keykinds.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const CredentialField &rowOf(QStringView type)
{
    for (const CredentialField &row : findCredentialType(type)->fields) {
        if (row.identifiesKey)
            return row;
    }
    qFatal("No field of the type tells keys apart");
}

/// What a field of a rotation holds, upon a credential that has had something else.
bool isOld(QStringView type, const QString &before, const QString &now)
{
    const CredentialType &of = *findCredentialType(type);
    std::vector<QString> values(of.fields.size());
    FieldId found = FieldId::name;
    for (const FieldId field : of.fieldIds()) {
        if (of.field(field).identifiesKey) {
            values[field.position()] = before;
            found = field;
        }
    }
    CredentialDraft draft(of, {.id = u"1"_s, .type = of.key}, std::move(values));
    draft.requireNewKey();
    draft.set(found, now);
    return isOldKey(draft, found);
}

} // namespace

/// What tells one key from another, and whether a new key is the old one.
class KeyIdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsItsOwnIdentity();
    void aCertificateIsTheSameHoweverItIsWritten();
    void theFirstOfAChainCounts();
    void aServiceAccountKeyIsItsId();
    void whatCantBeReadHasNone_data();
    void whatCantBeReadHasNone();
    void onlyTheFieldsThatTellKeysApartAreCompared();
    void aNewCredentialHasNoOldKey();
};

void KeyIdentityTest::aTextIsItsOwnIdentity()
{
    QCOMPARE(keyIdentity(rowOf(u"aws"), u"  AKIAIOSFODNN7EXAMPLE\n"), u"AKIAIOSFODNN7EXAMPLE"_s);
    QVERIFY(isOld(u"aws", u"AKIAIOSFODNN7EXAMPLE"_s, u" AKIAIOSFODNN7EXAMPLE "_s));
    QVERIFY(!isOld(u"aws", u"AKIAIOSFODNN7EXAMPLE"_s, u"AKIAIOSFODNN7EXAMPL2"_s));
    QVERIFY(isOld(u"twilio", u"SK1"_s, u"SK1"_s));
    QVERIFY(!isOld(u"twilio", u"SK1"_s, u"SK2"_s));
}

void KeyIdentityTest::aCertificateIsTheSameHoweverItIsWritten()
{
    const QString pem = KeyKinds::chain().leaf;
    const QString other = KeyKinds::certificate({});
    for (const QString &text :
         QStringList{pem, QString(pem).replace(u'\n', u"\r\n"_s), QString(pem).replace(u'\n', u"\\n"_s),
                     u"subject=CN\n"_s + pem, QString(pem).remove(pem.size() - 1, 1), u"\n  "_s + pem}) {
        QVERIFY2(isOld(u"certificateKeyPair", pem, text), qPrintable(text));
        QVERIFY(!isOld(u"certificateKeyPair", other, text));
    }
    QCOMPARE(keyIdentity(rowOf(u"certificateKeyPair"), pem).size(), 64);
}

void KeyIdentityTest::theFirstOfAChainCounts()
{
    const auto &[key, leaf, intermediate, root] = KeyKinds::chain();
    QVERIFY(isOld(u"http", leaf, leaf + intermediate + root));
    QVERIFY(!isOld(u"http", leaf, intermediate + leaf));
}

void KeyIdentityTest::aServiceAccountKeyIsItsId()
{
    const QString meta = uR"({"type":"service_account","private_key_id":"0a1b"})"_s;
    QCOMPARE(keyIdentity(rowOf(u"gcp"), meta), u"0a1b"_s);
    const QString whole =
        uR"({ "private_key": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
              "private_key_id": "%1", "type": "service_account", "client_email": "a@b.c" })"_s;
    QVERIFY(isOld(u"gcp", meta, whole.arg(u"0a1b"_s)));
    QVERIFY(!isOld(u"gcp", meta, whole.arg(u"0a1c"_s)));
    QVERIFY(!isOld(u"gcp", uR"({"type":"service_account"})"_s, uR"({"type":"service_account"})"_s));
}

void KeyIdentityTest::whatCantBeReadHasNone_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *name, const QString &type, const QString &text) {
        QTest::newRow(name) << type << text;
    };
    add("nothing", u"aws"_s, {});
    add("blanks", u"aws"_s, u"  \n"_s);
    add("no PEM", u"certificateKeyPair"_s, u"certificate"_s);
    add("a key", u"certificateKeyPair"_s, KeyKinds::chain().key);
    add("damage", u"certificateKeyPair"_s,
        u"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n"_s);
    add("a header's name", u"http"_s, u"X-Api-Key"_s);
    add("no JSON", u"gcp"_s, u"{\"private_key_id\":"_s);
    add("a list", u"gcp"_s, u"[1]"_s);
    add("an ID that is no text", u"gcp"_s, uR"({"type":"service_account","private_key_id":5})"_s);
}

void KeyIdentityTest::whatCantBeReadHasNone()
{
    QFETCH(QString, type);
    QFETCH(QString, text);
    QCOMPARE(keyIdentity(rowOf(type), text), QString());
    QVERIFY(!isOld(type, text, text));
}

void KeyIdentityTest::onlyTheFieldsThatTellKeysApartAreCompared()
{
    const CredentialType &aws = *findCredentialType(u"aws");
    CredentialDraft draft(aws, {.id = u"1"_s, .type = u"aws"_s}, {u"AKIA"_s, {}, u"us-east-1"_s});
    QVERIFY(!isOldKey(draft, *draft.shownField("region"_L1)));
    QVERIFY(isOldKey(draft, *draft.shownField("accessKeyId"_L1)));
}

void KeyIdentityTest::aNewCredentialHasNoOldKey()
{
    CredentialDraft draft(*findCredentialType(u"aws"));
    const FieldId field = *draft.shownField("accessKeyId"_L1);
    draft.set(field, u"AKIA"_s);
    QVERIFY(!isOldKey(draft, field));
}

QTEST_GUILESS_MAIN(KeyIdentityTest)
#include "keyidentitytest.moc"
