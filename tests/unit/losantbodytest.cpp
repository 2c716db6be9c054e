// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"

#include "support/drafts.h"
#include "support/schemacheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

/// What is sent is what the API wants: the bodies were written by hand from its description.
class LosantBodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDraftBecomesTheBodyThatWasWrittenByHand_data();
    void eachDraftBecomesTheBodyThatWasWrittenByHand();
    void textsAreSentAsTheyAre();
    void whatIsNotShownOrEmptyIsNotSent();
    void aSignInIsWhatTheApiWants();
};

void LosantBodyTest::eachDraftBecomesTheBodyThatWasWrittenByHand_data()
{
    QTest::addColumn<QString>("fixture");
    QSet<QString> types;
    for (const QString &name : postedFixtureNames()) {
        QTest::newRow(qPrintable(name)) << name;
        types += QJsonDocument::fromJson(postedFixture(name)).object()["type"_L1].toString();
    }
    QCOMPARE(types.size(), qsizetype(credentialTypes().size()));
}

void LosantBodyTest::eachDraftBecomesTheBodyThatWasWrittenByHand()
{
    QFETCH(QString, fixture);
    const QByteArray wanted = postedFixture(fixture);
    const QByteArray written = LosantJson::writeDraft(draftFor(wanted));
    QCOMPARE(QJsonDocument::fromJson(written), QJsonDocument::fromJson(wanted));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credentialPost"_s, written), QString());
}

void LosantBodyTest::textsAreSentAsTheyAre()
{
    CredentialDraft draft = draftOfType("certificateKeyPair"_L1);
    const QString odd = u" \n-----BEGIN\u00a0KEY-----\r\n\u2028\t\"\\</😀\u202e-----END-----\n\n "_s;
    draft.setValue(draft.shownField("privateKey"_L1), odd);
    draft.name = u" 名前 \u0007"_s;
    const QByteArray written = LosantJson::writeDraft(draft);
    const QJsonObject body = QJsonDocument::fromJson(written).object();
    QCOMPARE(body["certificateKeyPairConfig"_L1]["privateKey"_L1].toString(), odd);
    QCOMPARE(body["name"_L1].toString(), draft.name);
    QVERIFY(!written.contains('\n')); // escaped
}

void LosantBodyTest::whatIsNotShownOrEmptyIsNotSent()
{
    CredentialDraft draft = draftFor(postedFixture(u"git-sshkey"_s));
    draft.setValue(draft.shownField("generatePrivateKey"_L1), u"true"_s);
    const QByteArray written = LosantJson::writeDraft(draft);
    QVERIFY(!written.contains("PRIVATE KEY"));
    const QJsonObject config = QJsonDocument::fromJson(written).object()["gitConfig"_L1].toObject();
    QVERIFY(!config.contains("secretValue"_L1));
    QCOMPARE(config["generatePrivateKey"_L1].toBool(), true);

    const QJsonObject least =
        QJsonDocument::fromJson(LosantJson::writeDraft(draftFor(postedFixture(u"sql-least"_s)))).object();
    QCOMPARE(least.keys(), QStringList({u"enabled"_s, u"name"_s, u"sqlConfig"_s, u"type"_s}));
    QCOMPARE(least["sqlConfig"_L1].toObject().keys(),
             QStringList({u"host"_s, u"password"_s, u"system"_s, u"username"_s}));
}

void LosantBodyTest::aSignInIsWhatTheApiWants()
{
    const QByteArray written = LosantJson::writeSignIn({.email = u"ada@example.com"_s,
                                                        .password = u"p\"ä😀sword"_s,
                                                        .twoFactorCode = u"123456"_s,
                                                        .scopes = {u"me.get"_s},
                                                        .tokenLifetime = std::chrono::hours(1)});
    QCOMPARE(QJsonDocument::fromJson(written).object(),
             (QJsonObject{{u"email"_s, u"ada@example.com"_s},
                          {u"password"_s, u"p\"ä😀sword"_s},
                          {u"twoFactorCode"_s, u"123456"_s},
                          {u"requestedScopes"_s, QJsonArray{u"me.get"_s}},
                          {u"tokenTTL"_s, 3600}}));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"userCredentials"_s, written), QString());
}

QTEST_GUILESS_MAIN(LosantBodyTest)
#include "losantbodytest.moc"
