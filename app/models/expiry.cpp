// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/expiry.h"

#include "models/datetext.h"
#include "services/credentialfacts.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 86'400'000;

} // namespace

std::optional<Expiry> expiry(const Credential &credential, qint64 now)
{
    const std::optional<qint64> date = credentialFacts(credential).expiryDate;
    return date ? std::optional(expiryOf(*date, now)) : std::nullopt;
}

Expiry expiryOf(qint64 date, qint64 now)
{
    const qint64 left = date - now;
    return {.date = date,
            .daysLeft = std::max<qint64>(0, left) / day,
            .state = left <= 0                        ? Expiry::State::Expired
                     : left <= Expiry::soonDays * day ? Expiry::State::Soon
                                                      : Expiry::State::Later};
}

QString relativeExpiryText(qint64 date, qint64 now)
{
    const Expiry expiry = expiryOf(date, now);
    if (expiry.state == Expiry::State::Expired)
        return relativeDateText(date, now);
    const auto counted = [](const char *text, qint64 n) {
        return QCoreApplication::translate("Expiry", text, nullptr, int(n));
    };
    const qint64 days = expiry.daysLeft;
    if (days == 0)
        return QCoreApplication::translate("Expiry", "in less than a day");
    // Some weeks are told by the day: that is what one acts on.
    if (days < 90)
        return counted(QT_TRANSLATE_N_NOOP("Expiry", "in %n day(s)"), days);
    if (days < 2 * 365)
        return counted(QT_TRANSLATE_N_NOOP("Expiry", "in %n month(s)"), days * 12 / 365);
    return counted(QT_TRANSLATE_N_NOOP("Expiry", "in %n year(s)"), days * 100 / 36525);
}

QString expiryText(const Expiry &expiry, qint64 now)
{
    const auto words = [](const char *text, int n = -1) {
        return QCoreApplication::translate("Expiry", text, nullptr, n);
    };
    const QString when = expiry.state == Expiry::State::Expired ? relativeDateText(expiry.date, now)
                         : expiry.daysLeft == 0
                             ? words(QT_TRANSLATE_NOOP("Expiry", "in less than a day"))
                             : words(QT_TRANSLATE_N_NOOP("Expiry", "in %n day(s)"), int(expiry.daysLeft));
    return words(QT_TRANSLATE_NOOP("Expiry", "%1 (%2)")).arg(exactDateText(expiry.date), when);
}
