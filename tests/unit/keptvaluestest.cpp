// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"
#include "support/draftcheck.h"
#include "support/keykinds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;

/// What a draft keeps of a credential that there is blocks nothing; what it changes is checked as in a new
/// one.
class KeptValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptBlocksNothing_data();
    void whatIsKeptBlocksNothing();
    void whatIsChangedIsChecked();
    void aSecretThatIsNotThereYetIsMissing();
    void whatTheServerTookIsAnAdvice();
    void aValueThatCantBeRemovedIsAskedFor();
    void nothingIsSaidOfAPairWithAKeptKey();
};

namespace {

CredentialDraft keptDraft(const QString &fixture)
{
    return LosantJson::readDraft(credentialFor(postedFixture(fixture)));
}

} // namespace

void KeptValuesTest::whatIsKeptBlocksNothing_data()
{
    QTest::addColumn<QString>("fixture");
    for (const QString &name : postedFixtureNames())
        QTest::newRow(qPrintable(name)) << name;
}

void KeptValuesTest::whatIsKeptBlocksNothing()
{
    QFETCH(QString, fixture);
    const auto problems = DraftValidator::check(keptDraft(fixture), {});
    QVERIFY2(!DraftValidator::isBlocked(problems), told(problems));
    QVERIFY2(!findKind(problems, Kind::Missing), told(problems));
}

void KeptValuesTest::whatIsChangedIsChecked()
{
    CredentialDraft draft = keptDraft(u"aws"_s);
    const FieldId secret = fieldOf(draft, u"secretAccessKey"_s);
    draft.set(secret, u"abc"_s);
    QVERIFY(findKind(DraftValidator::checkField(draft, secret, {}), Kind::TooShort));
    draft.clear(secret);
    auto problems = DraftValidator::checkField(draft, secret, {});
    QVERIFY(findKind(problems, Kind::Missing) && DraftValidator::isBlocked(problems));
    draft.keep(secret);
    QVERIFY(DraftValidator::checkField(draft, secret, {}).empty());

    const FieldId region = fieldOf(draft, u"region"_s);
    draft.clear(region);
    QVERIFY(findKind(DraftValidator::checkField(draft, region, {}), Kind::Missing));
    draft.clear(FieldId::name);
    QVERIFY(findKind(DraftValidator::checkField(draft, FieldId::name, {}), Kind::Missing));
}

void KeptValuesTest::aSecretThatIsNotThereYetIsMissing()
{
    CredentialDraft draft = keptDraft(u"jwt-shared"_s);
    const FieldId shared = fieldOf(draft, u"secret"_s);
    QVERIFY(DraftValidator::checkField(draft, shared, {}).empty());
    draft.set(fieldOf(draft, u"algorithm"_s), u"RS256"_s);
    const FieldId key = fieldOf(draft, u"secret"_s);
    QVERIFY(key != shared);
    const auto problems = DraftValidator::checkField(draft, key, {});
    QVERIFY2(findKind(problems, Kind::Missing) && DraftValidator::isBlocked(problems), told(problems));
}

void KeptValuesTest::whatTheServerTookIsAnAdvice()
{
    Credential credential = credentialFor(postedFixture(u"aws"_s));
    credential.description = KeyKinds::text("rsa, PKCS#8");
    credential.config = R"({"accessKeyId":"short","region":""})";
    CredentialDraft draft = LosantJson::readDraft(credential);
    auto problems = DraftValidator::check(draft, {});
    QVERIFY2(!DraftValidator::isBlocked(problems), told(problems));
    QVERIFY(findKind(problems, Kind::PrivateKeyInPublicField));
    QVERIFY(findKind(problems, Kind::TooShort));

    draft.set(FieldId::description, credential.description + u"more"_s);
    problems = DraftValidator::checkField(draft, FieldId::description, {});
    QVERIFY2(DraftValidator::isBlocked(problems), told(problems));
}

void KeptValuesTest::aValueThatCantBeRemovedIsAskedFor()
{
    CredentialDraft draft = keptDraft(u"datadog"_s);
    const FieldId site = fieldOf(draft, u"site"_s);
    draft.clear(site);
    const auto problems = DraftValidator::checkField(draft, site, {});
    QVERIFY2(findKind(problems, Kind::Missing) && DraftValidator::isBlocked(problems), told(problems));

    CredentialDraft fresh(*draft.type());
    QVERIFY(DraftValidator::checkField(fresh, site, {}).empty());
}

void KeptValuesTest::nothingIsSaidOfAPairWithAKeptKey()
{
    CredentialDraft draft = keptDraft(u"certificatekeypair"_s);
    const FieldId certificate = fieldOf(draft, u"certificate"_s), key = fieldOf(draft, u"privateKey"_s);
    draft.set(certificate, KeyKinds::chain().leaf);
    for (const FieldId field : {certificate, key})
        QVERIFY(!findKind(DraftValidator::checkField(draft, field, {}), Kind::KeyMismatch));

    draft.set(key, KeyKinds::text("P-256, PKCS#8"));
    QVERIFY(findKind(DraftValidator::checkField(draft, key, {}), Kind::KeyMismatch));
    draft.set(key, KeyKinds::chain().key);
    QVERIFY(!findKind(DraftValidator::checkField(draft, key, {}), Kind::KeyMismatch));
}

QTEST_GUILESS_MAIN(KeptValuesTest)
#include "keptvaluestest.moc"
