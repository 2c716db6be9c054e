// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <vector>

/// Why a call has no result. Holds nothing of what was sent.
struct ApiError
{
    enum class Kind {
        Offline,      ///< no connection, or it broke before the answer was whole
        Timeout,      ///< no byte for Transport::stallTimeout()
        Tls,          ///< the server could not prove who it is
        Unauthorized, ///< 401
        Forbidden,    ///< 403
        NotFound,     ///< 404
        Validation,   ///< 400, 409, 413: the server refuses what it was sent
        Throttled,    ///< 429
        Server,       ///< 408, 5xx
        Protocol,     ///< not an answer of the Losant API: other statuses, a body that can't be read
        Unsendable,   ///< nothing was sent: the token or a setting can't be part of a request
    };

    /// What the server says about one field of the body that it refused.
    struct FieldProblem
    {
        QString field; ///< as the server names it, such as `awsConfig.region`
        QString message;
    };

    Kind kind = Kind::Protocol;
    int httpStatus = 0;    ///< 0 if there was no answer
    QString serverType;    ///< from the body, such as `AccountLocked`; any text, possibly empty
    QString serverMessage; ///< from the body of the answer; any text, possibly empty
    /// For those who want to know more: what the network said, where a redirect points to, or in sentences
    /// what is wrong with a certificate, a proxy or what is Unsendable. Any text, possibly empty.
    QString technicalDetail;
    std::vector<FieldProblem> fieldProblems;
    std::optional<std::chrono::seconds> retryAfter; ///< the server's `Retry-After`, a day at most
    bool connectionClosed = false; ///< Offline: the server closed the connection without an answer
    bool proxyRefused = false;     ///< Offline: the proxy does not take the user name or the password
    bool tokenRenewed = false;     ///< Unauthorized: of a write, and there is another token by now
    bool urlIsSuspect = false;     ///< NotFound: and so was all that was asked for so far
    bool tokenDropped = false;     ///< Unauthorized: nothing was sent, as Transport::dropToken() was called

    /// By its status the server refused, so nothing was carried out. Any other answer may come from somebody
    /// in between, and so may a 401: who refuses a token need not be who carries out.
    bool isRefusal() const
    {
        static constexpr std::array refusals{400, 403, 404, 405, 406, 409, 411, 413, 414, 415, 422, 429, 431};
        return std::ranges::find(refusals, httpStatus) != refusals.end();
    }
};
