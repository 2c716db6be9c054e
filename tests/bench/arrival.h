// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures.h"

#include <QLoggingCategory>

#include <optional>

/// When the first page of credentials came in whole since this was cleared, by the log.
inline std::optional<Clock::time_point> arrivedAt;

/// From now on arrivals are noted. Nothing else is logged but what ends the program.
inline void noteArrivals()
{
    QLoggingCategory::setFilterRules(QStringLiteral("credenza.api.debug=true"));
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &message) {
        const auto now = Clock::now();
        if (type == QtFatalMsg)
            std::fprintf(stderr, "%s\n", qPrintable(message));
        else if (!arrivedAt && qstrcmp(context.category, "credenza.api") == 0 &&
                 message.contains(QLatin1StringView("/credentials 200 ")))
            arrivedAt = now;
    });
}
