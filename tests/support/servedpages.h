// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

/// The credential `name 7` with the id `id7`, say.
inline QJsonObject servedItem(int number)
{
    return {{QStringLiteral("id"), QStringLiteral("id%1").arg(number)},
            {QStringLiteral("name"), QStringLiteral("name %1").arg(number)},
            {QStringLiteral("type"), QStringLiteral("aws")},
            {QStringLiteral("enabled"), number % 2 == 0},
            {QStringLiteral("creationDate"), QStringLiteral("2016-06-13T04:00:00.000Z")},
            {QStringLiteral("lastUpdated"), QStringLiteral("2016-06-14T04:00:00.000Z")}};
}

/// The page that was asked for, of an application with this many credentials.
inline ScriptedReply servedPage(const RecordedRequest &request, int total)
{
    const int perPage = request.parameter(QStringLiteral("perPage")).toInt();
    const int first = request.parameter(QStringLiteral("page")).toInt() * perPage;
    QJsonArray items;
    for (int number = first; number < std::min(total, first + perPage); ++number)
        items.append(servedItem(number));
    const QJsonObject body{{QStringLiteral("items"), items}, {QStringLiteral("totalCount"), total}};
    return {.body = QJsonDocument(body).toJson()};
}

inline void servePages(ScriptedServer &server, int total)
{
    server.handle([total](const RecordedRequest &request) { return servedPage(request, total); });
}
