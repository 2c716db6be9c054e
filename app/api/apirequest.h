// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

/// What is asked of the server: a method, a path below the base URL, parameters and a JSON body.
struct ApiRequest
{
    enum class Method { Get, Post };
    enum class Urgency {
        Foreground, ///< somebody waits for the answer
        Background, ///< it may be of use later
    };

    Method method = Method::Get;
    QString path; ///< begins with a slash, its parts percent-encoded by apiPath()
    QUrlQuery query;
    QByteArray body; ///< JSON; POST only
    Urgency urgency = Urgency::Foreground;
    bool carriesToken = true;   ///< without one, its refusal is final
    bool isAlwaysThere = false; ///< every Losant API has this path, whoever asks
};

/// A path of these parts, each percent-encoded whatever it holds.
QString apiPath(std::initializer_list<QStringView> parts);
