// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/datetext.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;

/// How long ago something was, in words, and when exactly.
class DateTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isoDatesAreThoseOfQt();
    void anAgeIsSaidInItsLargestUnit_data();
    void anAgeIsSaidInItsLargestUnit();
    void noAgeIsNothingAgo();
    void whatIsStillToComeIsADate();
    void theExactDateIsToTheSecondWithItsZone();
};

void DateTextTest::anAgeIsSaidInItsLargestUnit_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    constexpr qint64 minute = 60, hour = 3600, day = 86400;
    QTest::newRow("now") << qint64(0) << u"just now"_s;
    QTest::newRow("59 seconds") << qint64(59) << u"just now"_s;
    QTest::newRow("a clock a little off") << qint64(-30) << u"just now"_s;
    QTest::newRow("a minute") << minute << u"1 minute(s) ago"_s;
    QTest::newRow("59 minutes") << hour - 1 << u"59 minute(s) ago"_s;
    QTest::newRow("an hour") << hour << u"1 hour(s) ago"_s;
    QTest::newRow("23 hours") << day - 1 << u"23 hour(s) ago"_s;
    QTest::newRow("a day") << day << u"1 day(s) ago"_s;
    QTest::newRow("30 days") << 31 * day - 1 << u"30 day(s) ago"_s;
    QTest::newRow("a month") << 31 * day << u"1 month(s) ago"_s;
    QTest::newRow("11 months") << 364 * day << u"11 month(s) ago"_s;
    QTest::newRow("a year") << 365 * day << u"1 year(s) ago"_s;
    QTest::newRow("a leap year") << 366 * day << u"1 year(s) ago"_s;
    QTest::newRow("nearly two years") << 729 * day << u"1 year(s) ago"_s;
    QTest::newRow("two years and a leap day") << 731 * day << u"2 year(s) ago"_s;
    QTest::newRow("nine years") << (9 * 365 + 3) * day << u"9 year(s) ago"_s;
}

void DateTextTest::anAgeIsSaidInItsLargestUnit()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    const qint64 now = 1'700'000'000'000;
    const QString said = relativeDateText(now - seconds * 1000, now);
    QCOMPARE(said, text); // as it is without a translation of its plural forms
}

void DateTextTest::noAgeIsNothingAgo()
{
    const qint64 now = 1'700'000'000'000;
    for (qint64 hours = 1; hours < 24 * 365 * 12; hours += 5)
        QVERIFY2(!relativeDateText(now - hours * 3'600'000, now).startsWith(u'0'),
                 qPrintable(QString::number(hours)));
}

void DateTextTest::whatIsStillToComeIsADate()
{
    const qint64 now = 1'700'000'000'000, tomorrow = now + 86'400'000;
    QCOMPARE(relativeDateText(tomorrow, now),
             QLocale().toString(QDateTime::fromMSecsSinceEpoch(tomorrow), QLocale::ShortFormat));
}

void DateTextTest::theExactDateIsToTheSecondWithItsZone()
{
    const qint64 date = QDateTime(QDate(2016, 6, 13), QTime(4, 5, 7), Qt::UTC).toMSecsSinceEpoch();
    const QString text = exactDateText(date); // tests run in UTC
    QVERIFY2(text.contains(u"2016"_s), qPrintable(text));
    QVERIFY2(text.contains(u"05:07"_s), qPrintable(text));
    QVERIFY2(text.contains(u"UTC"_s), qPrintable(text));
}

void DateTextTest::isoDatesAreThoseOfQt()
{
    for (const qint64 date : {0LL, -1LL, 1LL, 951'782'400'000LL, 1'709'210'096'789LL, -62'135'596'800'000LL,
                              253'402'300'799'999LL, 4'102'444'800'000LL})
        QCOMPARE(isoDateText(date),
                 QDateTime::fromMSecsSinceEpoch(date, Qt::UTC).toString(Qt::ISODateWithMs));
    QCOMPARE(isoDateText(253'402'300'800'000LL), QString());
    QCOMPARE(isoDateText(-62'135'596'800'001LL), QString());
}

QTEST_GUILESS_MAIN(DateTextTest)
#include "datetexttest.moc"
