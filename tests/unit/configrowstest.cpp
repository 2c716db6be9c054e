// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/configrows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Text = ConfigRow::Text;

/// A configuration as details, comparison and export show it.
class ConfigRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeInTheOrderOfTheForm();
    void aKindOfTextGoesWithTheValue();
    void labelsFollowOtherValues();
    void whatTheTableDoesNotKnowComesLast();
    void manyUnknownValuesAreALineEach();
    void anEmptyValueHasNoRow();
    void noSecretIsShown_data();
    void noSecretIsShown();
};

namespace {

Credential credential(const QString &type, const QJsonObject &config)
{
    return {.type = type, .config = QJsonDocument(config).toJson(QJsonDocument::Compact)};
}

QStringList labels(const ConfigRows &config)
{
    QStringList labels;
    for (const ConfigRow &row : config.rows)
        labels.append(row.label);
    return labels;
}

} // namespace

void ConfigRowsTest::rowsComeInTheOrderOfTheForm()
{
    const ConfigRows config =
        configRows(credential(u"aws"_s, {{u"region"_s, u"us-east-1"_s}, {u"accessKeyId"_s, u"AKIA1"_s}}));
    QCOMPARE(labels(config), (QStringList{u"Access key ID"_s, u"Region"_s}));
    QCOMPARE(config.rows.front().text, u"AKIA1"_s);
    QCOMPARE(config.count, 2);
    QVERIFY(!config.isCut() && !config.isTooLarge && config.others.isEmpty());
}

void ConfigRowsTest::aKindOfTextGoesWithTheValue()
{
    const ConfigRows config = configRows(
        credential(u"sql"_s, {{u"system"_s, u"pg"_s}, {u"host"_s, u"db"_s}, {u"secureConnection"_s, true}}));
    QCOMPARE(config.rows.size(), std::size_t(3));
    QCOMPARE(config.rows[0].text, u"PostgreSQL"_s);
    QVERIFY(config.rows[0].kind == Text::Words);
    QCOMPARE(config.rows[1].text, u"db"_s);
    QVERIFY(config.rows[1].kind == Text::Value);
    QCOMPARE(config.rows[2].text, u"Yes"_s);
    QVERIFY(config.rows[2].kind == Text::Words);
}

void ConfigRowsTest::labelsFollowOtherValues()
{
    const auto labelsWith = [](const QString &method) {
        return labels(
            configRows(credential(u"http"_s, {{u"authMethod"_s, method}, {u"publicValue"_s, u"X-Key"_s}})));
    };
    QCOMPARE(labelsWith(u"header"_s).value(1), u"Header name"_s);
    QVERIFY(labelsWith(u"basic"_s).value(1) != u"Header name"_s);
}

void ConfigRowsTest::whatTheTableDoesNotKnowComesLast()
{
    const ConfigRows config =
        configRows(credential(u"aws"_s, {{u"accountAlias"_s, u"ops"_s}, {u"region"_s, u"us-east-1"_s}}));
    QCOMPARE(labels(config), (QStringList{u"Region"_s, u"accountAlias"_s}));
    QCOMPARE(labels(configRows(credential(u"brandNew"_s, {{u"colour"_s, u"blue"_s}}))),
             QStringList{u"colour"_s});
}

void ConfigRowsTest::manyUnknownValuesAreALineEach()
{
    QJsonObject values;
    for (int i = 0; i < 100; ++i)
        values[u"key%1"_s.arg(i)] = i;
    const ConfigRows config = configRows(credential(u"brandNew"_s, values));
    QVERIFY(config.rows.empty());
    QCOMPARE(config.others.size(), 100);
    QVERIFY(config.others.contains(u"key7: 7"_s));
    QVERIFY(!config.isCut());
    for (int i = 0; i < 1000; ++i)
        values[u"key%1"_s.arg(i)] = i;
    QVERIFY(configRows(credential(u"brandNew"_s, values)).isCut());
}

void ConfigRowsTest::anEmptyValueHasNoRow()
{
    const ConfigRows config =
        configRows(credential(u"aws"_s, {{u"accessKeyId"_s, u""_s}, {u"region"_s, u"us-east-1"_s}}));
    QCOMPARE(labels(config), QStringList{u"Region"_s});
    QVERIFY(!config.isCut());
}

void ConfigRowsTest::noSecretIsShown_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonObject>("config");
    const QString leak = u"wJalrXUtnFEMI"_s;
    QTest::newRow("of its type") << u"aws"_s << QJsonObject{{u"secretAccessKey"_s, leak}};
    QTest::newRow("of another type") << u"azure"_s << QJsonObject{{u"secretAccessKey"_s, leak}};
    QTest::newRow("of a type that is not known") << u"brandNew"_s << QJsonObject{{u"password"_s, leak}};
    QTest::newRow("within an object")
        << u"brandNew"_s << QJsonObject{{u"login"_s, QJsonObject{{u"password"_s, leak}}}};
    QTest::newRow("within a list") << u"brandNew"_s
                                   << QJsonObject{
                                          {u"logins"_s, QJsonArray{QJsonObject{{u"password"_s, leak}}}}};
}

void ConfigRowsTest::noSecretIsShown()
{
    QFETCH(const QString, type);
    QFETCH(QJsonObject, config);
    config[u"note"_s] = u"beside it"_s;

    const Credential shown = credential(type, config);
    const ConfigRows rows = configRows(shown);

    QVERIFY(
        std::ranges::none_of(rows.rows, [](const ConfigRow &row) { return row.text.contains(u"wJalr"_s); }));
    QVERIFY(!rows.others.join(u' ').contains(u"wJalr"_s));
    QVERIFY(labels(rows).contains(u"note"_s));
    QVERIFY(!wholeConfig(shown.config).contains("wJalr"));
    QVERIFY(wholeConfig(shown.config).contains("beside it"));
}

QTEST_GUILESS_MAIN(ConfigRowsTest)
#include "configrowstest.moc"
