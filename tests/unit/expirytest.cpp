// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/expiry.h"
#include "support/keykinds.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using State = Expiry::State;

namespace {

constexpr qint64 day = 86'400'000;

Credential credential(const QString &type, const QJsonObject &config)
{
    return {.type = type, .config = QJsonDocument(config).toJson()};
}

Credential keyPair(const QString &notValidAfter)
{
    return credential(u"certificateKeyPair"_s,
                      {{u"info"_s, QJsonObject{{u"notValidAfter"_s, notValidAfter}}}});
}

/// Of an HTTP credential with this method and public value.
Credential http(const QString &method, const QString &value)
{
    return credential(u"http"_s, {{u"authMethod"_s, method}, {u"publicValue"_s, value}});
}

Credential sql(const QString &authorities)
{
    return credential(u"sql"_s, {{u"caCertificate"_s, authorities}});
}

qint64 endOf(const QString &certificate)
{
    return KeyMaterial::readPem(certificate).blocks.at(0).notAfter.toMSecsSinceEpoch();
}

} // namespace

/// Whether and when a credential expires can be told from what everybody can read of it.
class ExpiryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsSoonFromThirtyDaysBefore_data();
    void itIsSoonFromThirtyDaysBefore();
    void certificatesThatCanBeReadBackCount();
    void ofAChainTheFirstCountsAndOfAuthoritiesTheLast();
    void nothingElseExpires_data();
    void nothingElseExpires();
};

void ExpiryTest::itIsSoonFromThirtyDaysBefore_data()
{
    QTest::addColumn<qint64>("left"); // milliseconds
    QTest::addColumn<State>("state");
    QTest::addColumn<qint64>("daysLeft");
    QTest::addColumn<QString>("words");
    QTest::newRow("a year") << 365 * day << State::Later << qint64(365) << u"(in 365 day(s))"_s;
    QTest::newRow("more than thirty days")
        << 30 * day + 1 << State::Later << qint64(30) << u"(in 30 day(s))"_s;
    QTest::newRow("thirty days") << 30 * day << State::Soon << qint64(30) << u"(in 30 day(s))"_s;
    QTest::newRow("a day") << day << State::Soon << qint64(1) << u"(in 1 day(s))"_s;
    QTest::newRow("hours") << day - 1 << State::Soon << qint64(0) << u"(in less than a day)"_s;
    QTest::newRow("this moment") << qint64(0) << State::Expired << qint64(0) << u"(just now)"_s;
    QTest::newRow("some days ago") << -3 * day << State::Expired << qint64(0) << u"(3 day(s) ago)"_s;
}

void ExpiryTest::itIsSoonFromThirtyDaysBefore()
{
    QFETCH(qint64, left);
    constexpr qint64 end = 1'465'790'400'500; // 2016-06-13
    const auto found = expiry(keyPair(u"2016-06-13T04:00:00.500Z"_s), end - left);
    QVERIFY(found);
    QCOMPARE(found->date, end);
    QTEST(found->state, "state");
    QTEST(found->daysLeft, "daysLeft");
    QFETCH(QString, words);
    const QString text = expiryText(*found, end - left);
    QVERIFY2(text.contains(u"2016"_s) && text.endsWith(words), qPrintable(text));
}

void ExpiryTest::certificatesThatCanBeReadBackCount()
{
    const QString certificate = KeyKinds::certificate({.days = 40});
    const qint64 end = endOf(certificate);
    for (const Credential &one : {http(u"clientCertificate"_s, certificate), sql(certificate),
                                  credential(u"certificateKeyPair"_s, {{u"certificate"_s, certificate}})}) {
        const auto found = expiry(one, end - 12 * day);
        QVERIFY2(found, one.config.constData());
        QCOMPARE(*found, (Expiry{.date = end, .daysLeft = 12, .state = State::Soon}));
    }
    // What the platform says comes first.
    Credential both =
        credential(u"certificateKeyPair"_s,
                   {{u"certificate"_s, certificate},
                    {u"info"_s, QJsonObject{{u"notValidAfter"_s, u"2016-06-13T04:00:00.500Z"_s}}}});
    QCOMPARE(expiry(both, end)->date, qint64(1'465'790'400'500));
}

void ExpiryTest::ofAChainTheFirstCountsAndOfAuthoritiesTheLast()
{
    const QString sooner = KeyKinds::certificate({.days = 40});
    const QString later = KeyKinds::certificate({.days = 80});
    for (const QString &both : {QString(sooner + later), QString(later + sooner)}) {
        QCOMPARE(expiry(http(u"clientCertificate"_s, both), 0)->date, endOf(sooner));
        QCOMPARE(expiry(sql(both), 0)->date, endOf(later));
    }
}

void ExpiryTest::nothingElseExpires_data()
{
    const QString certificate = KeyKinds::certificate({});
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("config");
    const auto row = [](const char *name, const Credential &credential) {
        QTest::newRow(name) << credential.type << credential.config;
    };
    row("a header that is a certificate", http(u"header"_s, certificate));
    row("a text that is none", http(u"clientCertificate"_s, u"none"_s));
    row("no certificate", sql({}));
    row("an odd date", keyPair(u"tomorrow"_s));
    row("an unknown type", credential(u"unheard"_s, {{u"caCertificate"_s, certificate}}));
    row("another type", credential(u"aws"_s, {{u"region"_s, certificate}}));
    QTest::newRow("no configuration") << u"sql"_s << QByteArray();
    QTest::newRow("not JSON") << u"certificateKeyPair"_s << "{]"_ba;
}

void ExpiryTest::nothingElseExpires()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, config);
    QVERIFY(!expiry({.type = type, .config = config}, 0));
}

QTEST_GUILESS_MAIN(ExpiryTest)
#include "expirytest.moc"
