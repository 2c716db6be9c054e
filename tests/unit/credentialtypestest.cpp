// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialtypes.h"

#include "support/schemacheck.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

/// The table of types says what the API's own schemas say.
class CredentialTypesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void theTypesAreThoseOfTheApiInItsOrder();
    void eachTypeHasItsConfigAndNoOther();
    void eachFieldIsOneOfTheSchemaAndNoneIsMissing_data();
    void eachFieldIsOneOfTheSchemaAndNoneIsMissing();
    void secretsAreWhatNoAnswerHolds_data();
    void secretsAreWhatNoAnswerHolds();
    void whatIsReadBackIsInTheAnswer_data();
    void whatIsReadBackIsInTheAnswer();
    void labelsAreThoseThatTestsAndScreenReadersKnow_data();
    void labelsAreThoseThatTestsAndScreenReadersKnow();
    void productsAreNamedAsTheirMakersDo();
    void choicesReadAsPeopleSayThem();
    void conditionsNameFieldsAboveAndValuesTheyCanHave();
    void fieldsThatShareAKeyAreNeverThereTogether();
    void everyFieldSaysWhereItsValueIsFound();
    void aTypeThatIsNotKnownGoesByItsRawName();

private:
    void addTypes();
    QJsonObject posted(const CredentialType &type) const;
    QJsonObject answered(const CredentialType &type) const;

    QJsonObject m_post;
    QJsonObject m_item;
};

namespace {

const char *const needsSchemas = "needs the API's schemas: configure with -DCREDENZA_SCHEMAS=FOLDER";

QJsonObject schema(const QString &name)
{
    QFile file(QStringLiteral(CREDENZA_SCHEMAS) + u'/' + name + u".json"_s);
    if (!file.open(QFile::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

QStringList strings(const QJsonValue &array)
{
    return array.toVariant().toStringList();
}

} // namespace

void CredentialTypesTest::initTestCase()
{
    m_post = schema(u"credentialPost"_s)["properties"_L1].toObject();
    m_item = schema(u"credentials"_s)["properties"_L1]["items"_L1]["items"_L1]["properties"_L1].toObject();
    QCOMPARE(m_post.isEmpty() || m_item.isEmpty(), !haveSchemas());
}

void CredentialTypesTest::addTypes()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < credentialTypes().size(); ++i)
        QTest::newRow(credentialTypes()[i].key.data()) << int(i);
}

QJsonObject CredentialTypesTest::posted(const CredentialType &type) const
{
    return m_post[type.configKey].toObject();
}

QJsonObject CredentialTypesTest::answered(const CredentialType &type) const
{
    return m_item[type.configKey].toObject();
}

void CredentialTypesTest::theTypesAreThoseOfTheApiInItsOrder()
{
    if (!haveSchemas())
        QSKIP(needsSchemas);
    QStringList keys;
    for (const CredentialType &type : credentialTypes())
        keys += type.key;
    QCOMPARE(keys, strings(m_post["type"_L1]["enum"_L1]));
    QCOMPARE(keys.size(), 16);
}

void CredentialTypesTest::eachTypeHasItsConfigAndNoOther()
{
    if (!haveSchemas())
        QSKIP(needsSchemas);
    QStringList configs;
    for (const CredentialType &type : credentialTypes()) {
        QVERIFY(m_post.contains(type.configKey));
        QCOMPARE(QString(type.configKey), QString(type.key) + u"Config"_s);
        configs += type.configKey;
    }
    configs.sort();
    QCOMPARE(configs, m_post.keys().filter(u"Config"_s));
}

void CredentialTypesTest::eachFieldIsOneOfTheSchemaAndNoneIsMissing_data()
{
    addTypes();
}

void CredentialTypesTest::eachFieldIsOneOfTheSchemaAndNoneIsMissing()
{
    if (!haveSchemas())
        QSKIP(needsSchemas);
    QFETCH(int, index);
    const CredentialType &type = credentialTypes()[std::size_t(index)];
    const QJsonObject properties = posted(type)["properties"_L1].toObject();
    QStringList required = strings(posted(type)["required"_L1]);
    // Of alternatives, each names what is needed; the one that is pasted here is needed unless generated.
    for (const QJsonValue &alternative : posted(type)["anyOf"_L1].toArray())
        required += strings(alternative["required"_L1]);

    QSet<QString> keys;
    for (const CredentialField &field : type.fields) {
        const QString key = field.key;
        keys += key;
        QVERIFY2(properties.contains(key), qPrintable(key));
        QJsonObject rules = properties[key].toObject();
        for (const QJsonValue &alternative : rules["oneOf"_L1].toArray()) {
            if (alternative["type"_L1] != "null"_L1)
                rules = alternative.toObject();
        }
        switch (field.kind) {
        case FieldKind::Line:
        case FieldKind::File:
            QCOMPARE(rules["type"_L1].toString(), u"string"_s);
            QCOMPARE(field.minimum, rules["minLength"_L1].toInt());
            QCOMPARE(field.maximum, rules["maxLength"_L1].toInt());
            QVERIFY(!rules.contains("enum"_L1));
            break;
        case FieldKind::Choice: {
            QStringList choices;
            for (const FieldChoice &choice : field.choices)
                choices += choice.value;
            QCOMPARE(choices, strings(rules["enum"_L1]));
            break;
        }
        case FieldKind::Number:
            QCOMPARE(rules["type"_L1].toString(), u"integer"_s);
            QCOMPARE(field.minimum, rules["minimum"_L1].toInt());
            QCOMPARE(field.maximum, rules["maximum"_L1].toInt());
            break;
        case FieldKind::Switch:
            QCOMPARE(rules["type"_L1].toString(), u"boolean"_s);
            QVERIFY(!field.required);
            break;
        case FieldKind::Date:
            QFAIL("a date is only ever read back");
        }
        if (field.kind != FieldKind::Switch) {
            const bool isGitSecret = (type.key == "git"_L1 && key == u"secretValue"_s);
            QCOMPARE(field.required, required.contains(key) || isGitSecret);
        }
    }
    QStringList listed(keys.begin(), keys.end());
    listed.sort();
    QCOMPARE(listed, properties.keys());
}

void CredentialTypesTest::secretsAreWhatNoAnswerHolds_data()
{
    addTypes();
}

void CredentialTypesTest::secretsAreWhatNoAnswerHolds()
{
    if (!haveSchemas())
        QSKIP(needsSchemas);
    QFETCH(int, index);
    const CredentialType &type = credentialTypes()[std::size_t(index)];
    const QJsonObject readable = answered(type)["properties"_L1].toObject();
    for (const CredentialField &field : type.fields) {
        QCOMPARE(field.secret || field.generatesKey, !readable.contains(field.key));
    }
    QVERIFY(std::ranges::any_of(type.fields, [](const CredentialField &field) { return field.secret; }));
}

void CredentialTypesTest::whatIsReadBackIsInTheAnswer_data()
{
    addTypes();
}

void CredentialTypesTest::whatIsReadBackIsInTheAnswer()
{
    if (!haveSchemas())
        QSKIP(needsSchemas);
    QFETCH(int, index);
    const CredentialType &type = credentialTypes()[std::size_t(index)];
    QStringList known;
    for (const CredentialField &field : type.fields)
        known += field.key;
    for (const ReadBackField &field : type.readBack) {
        QJsonObject level = answered(type);
        for (const QString &part : QString(field.key).split(u'.')) {
            level = level["properties"_L1].toObject();
            QVERIFY2(level.contains(part), field.key.data());
            level = level[part].toObject();
        }
        QCOMPARE(field.kind == FieldKind::Date, level["format"_L1].toString() == u"date-time"_s);
        QVERIFY(field.label);
        known += field.key;
    }
    // And each value of an answer has a label.
    const QJsonObject readable = answered(type)["properties"_L1].toObject();
    for (const QString &key : readable.keys()) {
        const QStringList inner = readable[key]["properties"_L1].toObject().keys();
        if (inner.isEmpty())
            QVERIFY2(known.contains(key), qPrintable(key));
        for (const QString &part : inner)
            QVERIFY2(known.contains(key + u'.' + part), qPrintable(part));
    }
}

void CredentialTypesTest::labelsAreThoseThatTestsAndScreenReadersKnow_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("labels");
    const auto add = [](const char *type, const QStringList &labels) {
        QTest::newRow(type) << QString::fromLatin1(type) << labels;
    };
    add("aws", {u"Access key ID"_s, u"Secret access key"_s, u"Region"_s});
    add("azure", {u"Account"_s, u"Account key"_s});
    add("gcp", {u"Service account key"_s});
    add("http", {u"URI match"_s, u"Authentication method"_s, u"Public value"_s, u"Secret value"_s});
    add("sendgrid", {u"API key"_s});
    add("twilio", {u"Account SID"_s, u"API key SID"_s, u"API key secret"_s});
    add("loggly", {u"Customer token"_s});
    add("jwt", {u"Algorithm"_s, u"Secret"_s, u"Issuer"_s});
    add("whatsapp", {u"Access token"_s, u"From number ID"_s});
    add("sql", {u"System"_s, u"Host"_s, u"Port"_s, u"Username"_s, u"Password"_s, u"Secure connection"_s,
                u"CA certificate"_s, u"Disable SSL verification"_s});
    add("mongodb", {u"Connection URI"_s});
    add("mailgun", {u"API key"_s});
    add("snowflake", {u"Host"_s, u"Username"_s, u"Private key"_s, u"Generate a private key"_s});
    add("git", {u"Credential kind"_s, u"Clone URL"_s, u"Username"_s, u"Generate a private key"_s,
                u"Secret value"_s, u"Committer name"_s, u"Committer email"_s});
    add("datadog", {u"API key"_s, u"Site"_s});
    add("certificateKeyPair", {u"Certificate"_s, u"Private key"_s, u"Store as cert authority"_s});
}

void CredentialTypesTest::labelsAreThoseThatTestsAndScreenReadersKnow()
{
    QFETCH(QString, type);
    QFETCH(QStringList, labels);
    QStringList found;
    for (const CredentialField &field : findCredentialType(type)->fields)
        found += QString::fromLatin1(field.label);
    found.removeDuplicates();
    found.sort();
    labels.sort();
    QCOMPARE(found, labels);
}

void CredentialTypesTest::productsAreNamedAsTheirMakersDo()
{
    QStringList products;
    for (const CredentialType &type : credentialTypes())
        products += QString::fromLatin1(type.product);
    const QStringList expected{u"Amazon Web Services"_s,
                               u"Microsoft Azure"_s,
                               u"Google Cloud Platform"_s,
                               u"HTTP"_s,
                               u"SendGrid"_s,
                               u"Twilio"_s,
                               u"Loggly"_s,
                               u"JSON Web Token"_s,
                               u"WhatsApp"_s,
                               u"SQL database"_s,
                               u"MongoDB"_s,
                               u"Mailgun"_s,
                               u"Snowflake"_s,
                               u"Git"_s,
                               u"Datadog"_s,
                               u"Certificate key pair"_s};
    QCOMPARE(products, expected);
}

void CredentialTypesTest::choicesReadAsPeopleSayThem()
{
    const auto labels = [](QStringView type, QLatin1StringView key) {
        QStringList found;
        for (const CredentialField &field : findCredentialType(type)->fields) {
            if (field.key == key) {
                for (const FieldChoice &choice : field.choices)
                    found += QString::fromLatin1(choice.label);
            }
        }
        return found;
    };
    QCOMPARE(
        labels(u"http", "authMethod"_L1),
        QStringList({u"Header"_s, u"Query parameter"_s, u"Basic authentication"_s, u"Client certificate"_s}));
    QCOMPARE(labels(u"sql", "system"_L1),
             QStringList({u"Microsoft SQL Server"_s, u"MySQL"_s, u"PostgreSQL"_s}));
    QCOMPARE(labels(u"git", "type"_L1), QStringList({u"SSH key"_s, u"HTTP password"_s}));
    QCOMPARE(labels(u"jwt", "algorithm"_L1).join(u' '),
             u"HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512"_s);
}

void CredentialTypesTest::conditionsNameFieldsAboveAndValuesTheyCanHave()
{
    for (const CredentialType &type : credentialTypes()) {
        QList<QLatin1StringView> above;
        for (const CredentialField &field : type.fields) {
            for (const QLatin1StringView decider : {field.shownWhen.key, field.wordedBy}) {
                if (decider.isEmpty())
                    continue;
                QVERIFY2(above.contains(decider), decider.data());
                const auto row = std::ranges::find(type.fields, decider, &CredentialField::key);
                const auto canBe = [&](QLatin1StringView value) {
                    if (row->kind == FieldKind::Switch)
                        return value.isEmpty() || value == "true"_L1;
                    return std::ranges::any_of(row->choices,
                                               [&](const auto &choice) { return choice.value == value; });
                };
                if (decider == field.shownWhen.key)
                    QVERIFY(std::ranges::all_of(field.shownWhen.values, canBe));
                if (decider == field.wordedBy) {
                    for (const FieldWording &wording : field.wordings)
                        QVERIFY(canBe(wording.value));
                }
            }
            QCOMPARE(field.wordedBy.isEmpty(), field.wordings.empty());
            above += field.key;
        }
    }
}

void CredentialTypesTest::fieldsThatShareAKeyAreNeverThereTogether()
{
    int sharing = 0;
    for (const CredentialType &type : credentialTypes()) {
        for (std::size_t a = 0; a < type.fields.size(); ++a) {
            for (std::size_t b = a + 1; b < type.fields.size(); ++b) {
                if (type.fields[a].key != type.fields[b].key)
                    continue;
                ++sharing;
                QVERIFY(!type.fields[a].shownWhen.key.isEmpty() && !type.fields[b].shownWhen.key.isEmpty());
                QCOMPARE(type.fields[a].maximum, type.fields[b].maximum);
                QCOMPARE(type.fields[a].secret, type.fields[b].secret);
            }
        }
    }
    QVERIFY(sharing >= 4); // http twice, jwt, git
}

void CredentialTypesTest::everyFieldSaysWhereItsValueIsFound()
{
    for (const CredentialType &type : credentialTypes()) {
        for (const CredentialField &field : type.fields) {
            QVERIFY(field.label && *field.label);
            const bool isWorded =
                !field.wordings.empty() &&
                std::ranges::all_of(field.wordings, [](const FieldWording &w) { return w.label && w.help; });
            QVERIFY2((field.help && *field.help) || isWorded, field.label);
            QVERIFY(field.kind != FieldKind::Choice || !field.choices.empty());
        }
    }
}

void CredentialTypesTest::aTypeThatIsNotKnownGoesByItsRawName()
{
    QCOMPARE(credentialTypeName(u"aws"_s), u"Amazon Web Services"_s);
    QCOMPARE(credentialTypeName(u"newThing"_s), u"newThing"_s);
    QCOMPARE(credentialTypeName(u"AWS"_s), u"AWS"_s);
    QCOMPARE(credentialTypeName(QString()), QString());
    QVERIFY(!findCredentialType(u"newThing"));
    QVERIFY(!findCredentialType(u""));
    QCOMPARE(findCredentialType(u"git")->key, "git"_L1);
}

QTEST_GUILESS_MAIN(CredentialTypesTest)
#include "credentialtypestest.moc"
