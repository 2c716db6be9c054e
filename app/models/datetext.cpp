// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/datetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QString counted(const char *text, qint64 n)
{
    return QCoreApplication::translate("DateText", text, nullptr, int(n));
}

} // namespace

QString relativeDateText(qint64 date, qint64 now)
{
    constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;
    const qint64 age = now - date;
    if (age < -minute) // the server's clock, or ours, is off by more than a moment
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(date), QLocale::ShortFormat);
    if (age < minute)
        return QCoreApplication::translate("DateText", "just now");
    if (age < hour)
        return counted(QT_TRANSLATE_N_NOOP("DateText", "%n minute(s) ago"), age / minute);
    if (age < day)
        return counted(QT_TRANSLATE_N_NOOP("DateText", "%n hour(s) ago"), age / hour);
    const qint64 days = age / day;
    if (days < 31)
        return counted(QT_TRANSLATE_N_NOOP("DateText", "%n day(s) ago"), days);
    if (days < 365)
        return counted(QT_TRANSLATE_N_NOOP("DateText", "%n month(s) ago"), days * 12 / 365);
    return counted(QT_TRANSLATE_N_NOOP("DateText", "%n year(s) ago"),
                   std::max<qint64>(1, days * 100 / 36525));
}

QString exactDateText(qint64 date)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(date);
    return QLocale().toString(local, QLocale::LongFormat);
}

QString isoDateText(qint64 date)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(date)};
    const sys_days day = floor<days>(time);
    const year_month_day of(day);
    const hh_mm_ss clock(time - day);
    const int year = int(of.year());
    if (year < 1 || year > 9999)
        return {};
    const auto part = [](auto value) { return int(value.count()); };
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", year,
                                   unsigned(of.month()), unsigned(of.day()), part(clock.hours()),
                                   part(clock.minutes()), part(clock.seconds()), part(clock.subseconds()));
    return QString::fromLatin1(text.data(), size);
}
