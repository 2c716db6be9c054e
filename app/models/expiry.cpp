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
    if (!date)
        return std::nullopt;
    const qint64 left = *date - now;
    return Expiry{.date = *date,
                  .daysLeft = std::max<qint64>(0, left) / day,
                  .state = left <= 0                        ? Expiry::State::Expired
                           : left <= Expiry::soonDays * day ? Expiry::State::Soon
                                                            : Expiry::State::Later};
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
