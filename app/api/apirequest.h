// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

/// What is asked of the server: a method, a path below the base URL, parameters and a JSON body. What a
/// request needs it says itself, so that nobody has to know its path.
struct ApiRequest
{
    enum class Method { Get, Post, Patch, Delete };
    enum class Priority {
        Foreground, ///< somebody waits for the answer
        Background, ///< it may be of use later
    };

    Method method = Method::Get;
    QString path; ///< begins with a slash, its parts percent-encoded by apiPath()
    QUrlQuery query;
    QByteArray body; ///< JSON, if the request hasBody()
    Priority priority = Priority::Foreground;
    bool carriesToken = true;
    bool isAlwaysThere = false; ///< every Losant API has this path, whoever asks

    /// It changes nothing, so it may be sent as often as it takes.
    bool isRead() const { return method == Method::Get; }
    bool hasBody() const { return method == Method::Post || method == Method::Patch; }
    /// Once its token is refused, it may wait for another one. Nobody is asked for one in the background.
    bool mayAwaitToken() const { return carriesToken && priority == Priority::Foreground; }
};

/// As HTTP writes it, such as `GET`.
const char *methodName(ApiRequest::Method method);

/// A path of these parts, each percent-encoded whatever it holds.
QString apiPath(std::initializer_list<QStringView> parts);
