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

namespace {

CredentialDraft keptDraft(const QString &fixture)
{
    Credential credential = credentialFor(postedFixture(fixture));
    credential.description = u"For people"_s;
    return LosantJson::readDraft(credential);
}

/// The body of the PATCH, once it has passed the API's schema.
QJsonObject patch(const CredentialDraft &draft)
{
    const QByteArray written = LosantJson::writePatch(draft);
    if (haveSchemas()) {
        if (const QString problem = schemaProblem(u"credentialPatch"_s, written); !problem.isEmpty())
            qFatal("%s is not as the schema wants it: %s", written.constData(), qPrintable(problem));
    }
    return QJsonDocument::fromJson(written).object();
}

QJsonObject configPatch(const CredentialDraft &draft)
{
    const QJsonObject body = patch(draft);
    return body.keys() == QStringList{draft.type()->configKey} ? body[draft.type()->configKey].toObject()
                                                               : QJsonObject();
}

QJsonObject publicConfig(const CredentialDraft &draft)
{
    return QJsonDocument::fromJson(draft.base()->config).object();
}

void eachFixture()
{
    QTest::addColumn<QString>("fixture");
    for (const QString &name : postedFixtureNames())
        QTest::newRow(qPrintable(name)) << name;
}

} // namespace

/// What is sent is what the API wants: the bodies were written by hand from its description.
class LosantBodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDraftBecomesTheBodyThatWasWrittenByHand_data();
    void eachDraftBecomesTheBodyThatWasWrittenByHand();
    void textsAreSentAsTheyAre();
    void whatIsNotShownOrEmptyIsNotSent();
    void aPatchSaysOnlyWhatIsChanged_data();
    void aPatchSaysOnlyWhatIsChanged();
    void aPatchOfTheConfigHasAllThatIsPublic_data();
    void aPatchOfTheConfigHasAllThatIsPublic();
    void aPatchHasTheSecretsThatWereTyped_data();
    void aPatchHasTheSecretsThatWereTyped();
    void whatIsOptionalIsCleared_data();
    void whatIsOptionalIsCleared();
    void whatTheApiCantClearIsLeftOut();
    void aChoiceSwitchesWhatAPatchHas();
    void aKeyIsGeneratedOnlyWhereThatWasChosen();
    void whatAnUnknownChoiceHidesStays_data();
    void whatAnUnknownChoiceHidesStays();
    void anOddConfigIsAPatchAllTheSame();
    void anUnknownTypeHasAPatchOfWhatEveryCredentialHas();
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
    const QByteArray written = LosantJson::writePost(draftFor(wanted));
    QCOMPARE(QJsonDocument::fromJson(written), QJsonDocument::fromJson(wanted));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credentialPost"_s, written), QString());
}

void LosantBodyTest::textsAreSentAsTheyAre()
{
    CredentialDraft draft = draftOfType("certificateKeyPair"_L1);
    const QString odd = u" \n-----BEGIN\u00a0KEY-----\r\n\u2028\t\"\\</😀\u202e-----END-----\n\n "_s;
    draft.set(*draft.shownField("privateKey"_L1), odd);
    draft.set(FieldId::name, u" 名前 \u0007"_s);
    const QByteArray written = LosantJson::writePost(draft);
    const QJsonObject body = QJsonDocument::fromJson(written).object();
    QCOMPARE(body["certificateKeyPairConfig"_L1]["privateKey"_L1].toString(), odd);
    QCOMPARE(body["name"_L1].toString(), draft.value(FieldId::name));
    QVERIFY(!written.contains('\n')); // escaped
}

void LosantBodyTest::whatIsNotShownOrEmptyIsNotSent()
{
    CredentialDraft draft = draftFor(postedFixture(u"git-sshkey"_s));
    draft.set(*draft.shownField("generatePrivateKey"_L1), u"true"_s);
    const QByteArray written = LosantJson::writePost(draft);
    QVERIFY(!written.contains("PRIVATE KEY"));
    const QJsonObject config = QJsonDocument::fromJson(written).object()["gitConfig"_L1].toObject();
    QVERIFY(!config.contains("secretValue"_L1));
    QCOMPARE(config["generatePrivateKey"_L1].toBool(), true);

    const QJsonObject least =
        QJsonDocument::fromJson(LosantJson::writePost(draftFor(postedFixture(u"sql-least"_s)))).object();
    QCOMPARE(least.keys(), QStringList({u"enabled"_s, u"name"_s, u"sqlConfig"_s, u"type"_s}));
    QCOMPARE(least["sqlConfig"_L1].toObject().keys(),
             QStringList({u"host"_s, u"password"_s, u"system"_s, u"username"_s}));
}

void LosantBodyTest::aPatchSaysOnlyWhatIsChanged_data()
{
    eachFixture();
}

void LosantBodyTest::aPatchSaysOnlyWhatIsChanged()
{
    QFETCH(QString, fixture);
    CredentialDraft draft = keptDraft(fixture);
    QVERIFY(!draft.hasChanges());
    QCOMPARE(LosantJson::writePatch(draft), "{}"_ba);

    for (const FieldId field : draft.shownFields()) { // to what it is
        if (!draft.type()->field(field).secret)
            draft.set(field, draft.value(field));
    }
    QVERIFY(!draft.hasChanges());
    QCOMPARE(LosantJson::writePatch(draft), "{}"_ba);

    draft.set(FieldId::name, u"Another"_s);
    QVERIFY(draft.hasChanges() && !draft.hasConfigChanges());
    QCOMPARE(patch(draft), (QJsonObject{{u"name"_s, u"Another"_s}}));

    draft.keep(FieldId::name);
    draft.set(FieldId::description, u"Another"_s);
    QCOMPARE(patch(draft), (QJsonObject{{u"description"_s, u"Another"_s}}));

    draft.keep(FieldId::description);
    const bool wasEnabled = !draft.value(FieldId::enabled).isEmpty();
    draft.set(FieldId::enabled, wasEnabled ? QString() : u"true"_s);
    QCOMPARE(patch(draft), (QJsonObject{{u"enabled"_s, !wasEnabled}}));
}

void LosantBodyTest::aPatchOfTheConfigHasAllThatIsPublic_data()
{
    eachFixture();
}

void LosantBodyTest::aPatchOfTheConfigHasAllThatIsPublic()
{
    QFETCH(QString, fixture);
    const CredentialDraft kept = keptDraft(fixture);
    for (const FieldId field : kept.shownFields()) {
        const CredentialField &row = kept.type()->field(field);
        if (row.secret || (row.kind != FieldKind::Line && row.kind != FieldKind::File))
            continue;
        CredentialDraft draft = kept;
        const QString value = u"changed to something"_s;
        draft.set(field, value);
        QJsonObject wanted = publicConfig(kept);
        wanted[row.key] = value;
        QCOMPARE(configPatch(draft), wanted);
    }
}

void LosantBodyTest::aPatchHasTheSecretsThatWereTyped_data()
{
    eachFixture();
}

void LosantBodyTest::aPatchHasTheSecretsThatWereTyped()
{
    QFETCH(QString, fixture);
    const CredentialDraft kept = keptDraft(fixture);
    for (const FieldId field : kept.shownFields()) {
        const CredentialField &row = kept.type()->field(field);
        if (!row.secret)
            continue;
        CredentialDraft draft = kept;
        QVERIFY(draft.isInBase(field) && draft.value(field).isEmpty());
        draft.set(field, u"a new secret"_s);
        QVERIFY(!draft.isInBase(field));
        QJsonObject wanted = publicConfig(kept);
        wanted[row.key] = u"a new secret"_s;
        QCOMPARE(configPatch(draft), wanted);
    }
}

void LosantBodyTest::whatIsOptionalIsCleared_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("clearing");
    QTest::newRow("azure account") << u"azure"_s << u"account"_s << QJsonValue(u""_s);
    QTest::newRow("HTTP public value") << u"http-basicauth"_s << u"publicValue"_s << QJsonValue(u""_s);
    QTest::newRow("JWT issuer") << u"jwt-shared"_s << u"issuer"_s << QJsonValue(u""_s);
    QTest::newRow("SQL port") << u"sql"_s << u"port"_s << QJsonValue(QJsonValue::Null);
    QTest::newRow("SQL certificate") << u"sql"_s << u"caCertificate"_s << QJsonValue(u""_s);
    QTest::newRow("SQL switch") << u"sql"_s << u"secureConnection"_s << QJsonValue(false);
    QTest::newRow("git name") << u"git-sshkey"_s << u"committerName"_s << QJsonValue(u""_s);
}

void LosantBodyTest::whatIsOptionalIsCleared()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QJsonValue, clearing);
    CredentialDraft draft = keptDraft(fixture);
    const QByteArray latin = key.toLatin1();
    const FieldId field = *draft.shownField(QLatin1StringView(latin));
    QVERIFY(!draft.value(field).isEmpty());
    draft.clear(field);
    QJsonObject wanted = publicConfig(draft);
    wanted[key] = clearing;
    QCOMPARE(configPatch(draft), wanted);

    draft = keptDraft(fixture);
    draft.clear(FieldId::description);
    QCOMPARE(patch(draft), (QJsonObject{{u"description"_s, u""_s}}));
}

void LosantBodyTest::whatTheApiCantClearIsLeftOut()
{
    CredentialDraft draft = keptDraft(u"datadog"_s);
    draft.clear(*draft.shownField("site"_L1));
    QCOMPARE(patch(draft), (QJsonObject{{u"datadogConfig"_s, QJsonObject()}}));
}

void LosantBodyTest::aChoiceSwitchesWhatAPatchHas()
{
    CredentialDraft draft = keptDraft(u"http-header"_s);
    const FieldId headerName = *draft.shownField("publicValue"_L1);
    draft.set(*draft.shownField("authMethod"_L1), u"clientCertificate"_s);
    const FieldId certificate = *draft.shownField("publicValue"_L1);
    QVERIFY(certificate != headerName && draft.value(certificate).isEmpty());
    QVERIFY(!draft.isInBase(*draft.shownField("secretValue"_L1))); // the header's value is no key
    draft.set(certificate, u"PEM"_s);
    draft.set(*draft.shownField("secretValue"_L1), u"KEY"_s);
    QJsonObject wanted = publicConfig(draft);
    wanted["authMethod"_L1] = u"clientCertificate"_s;
    wanted["publicValue"_L1] = u"PEM"_s;
    wanted["secretValue"_L1] = u"KEY"_s;
    QCOMPARE(configPatch(draft), wanted);

    draft = keptDraft(u"http-clientcertificate"_s); // what is there under the key must not stay
    draft.set(*draft.shownField("authMethod"_L1), u"basicAuth"_s);
    draft.set(*draft.shownField("secretValue"_L1), u"PASSWORD"_s);
    QCOMPARE(configPatch(draft)["publicValue"_L1], QJsonValue(QString()));

    draft = keptDraft(u"http-header"_s); // the same field with other words
    draft.set(*draft.shownField("authMethod"_L1), u"basicAuth"_s);
    wanted = publicConfig(draft);
    wanted["authMethod"_L1] = u"basicAuth"_s;
    QCOMPARE(configPatch(draft), wanted);
}

void LosantBodyTest::aKeyIsGeneratedOnlyWhereThatWasChosen()
{
    for (const QString &fixture : {u"snowflake-generated"_s, u"git-generated"_s}) {
        CredentialDraft draft = keptDraft(fixture); // of a key that was generated
        QVERIFY(!draft.generatesKey());
        draft.set(*draft.shownField("username"_L1), u"another"_s);
        QJsonObject wanted = publicConfig(draft);
        wanted["username"_L1] = u"another"_s;
        QCOMPARE(configPatch(draft), wanted);

        draft.keep(*draft.shownField("username"_L1));
        draft.set(*draft.shownField("generatePrivateKey"_L1), u"true"_s);
        QVERIFY(draft.generatesKey());
        wanted = publicConfig(draft);
        wanted["generatePrivateKey"_L1] = true;
        QCOMPARE(configPatch(draft), wanted);
    }
}

void LosantBodyTest::whatAnUnknownChoiceHidesStays_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("unknown") << R"({"uriMatch":"a.example","authMethod":"digest","publicValue":"ada"})"_ba;
    QTest::newRow("none") << R"({"uriMatch":"a.example","publicValue":"ada"})"_ba;
    QTest::newRow("unknown, and nothing is hidden") << R"({"uriMatch":"a.example","authMethod":"digest"})"_ba;
}

/// The configuration takes the place of the old one: what it lacks is gone.
void LosantBodyTest::whatAnUnknownChoiceHidesStays()
{
    QFETCH(QByteArray, config);
    const Credential credential{.name = u"a"_s, .type = u"http"_s, .config = config};
    CredentialDraft draft = LosantJson::readDraft(credential);
    QVERIFY(!draft.shownField("publicValue"_L1));
    draft.set(*draft.shownField("uriMatch"_L1), u"b.example"_s);
    QJsonObject wanted = publicConfig(draft);
    wanted[u"uriMatch"_s] = u"b.example"_s;
    const QJsonObject body = QJsonDocument::fromJson(LosantJson::writePatch(draft)).object();
    QCOMPARE(body, (QJsonObject{{u"httpConfig"_s, wanted}}));
}

void LosantBodyTest::anOddConfigIsAPatchAllTheSame()
{
    Credential credential{.name = u"a"_s,
                          .type = u"sql"_s,
                          .config = R"({"host":5,"port":null,"secureConnection":"yes","password":"leaked"})"};
    CredentialDraft draft = LosantJson::readDraft(credential);
    QVERIFY(!draft.hasChanges());
    QCOMPARE(draft.value(*draft.shownField("password"_L1)), QString());
    QCOMPARE(draft.value(*draft.shownField("system"_L1)), QString());
    draft.set(*draft.shownField("username"_L1), u"ada"_s);
    QCOMPARE(configPatch(draft), (QJsonObject{{u"host"_s, u"5"_s}, {u"username"_s, u"ada"_s}}));
}

void LosantBodyTest::anUnknownTypeHasAPatchOfWhatEveryCredentialHas()
{
    const Credential credential{.name = u"a"_s, .type = u"unheard"_s, .config = R"({"secret":"leaked"})"};
    CredentialDraft draft = LosantJson::readDraft(credential);
    QVERIFY(!draft.type() && draft.base() && !draft.hasChanges());
    QCOMPARE(LosantJson::writePatch(draft), "{}"_ba);
    QVERIFY(draft.shownFields().empty() && draft.keyFields().empty() && !draft.generatesKey());
    QVERIFY(!draft.shownField("secret"_L1) && draft.isInBase(FieldId::name));
    draft.clear(FieldId::enabled);
    QCOMPARE(patch(draft), (QJsonObject{{u"enabled"_s, false}}));
    draft.set(FieldId::name, u"b"_s);
    draft.set(FieldId::description, u"c"_s);
    QCOMPARE(patch(draft),
             (QJsonObject{{u"enabled"_s, false}, {u"name"_s, u"b"_s}, {u"description"_s, u"c"_s}}));
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
