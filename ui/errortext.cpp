// SPDX-License-Identifier: GPL-3.0-or-later
#include "errortext.h"

#include "widgets/texttools.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

QString throttledText(const ApiError &error)
{
    if (!error.retryAfter)
        return words(QT_TRANSLATE_NOOP(
            "ErrorText", "The server has had too many requests. Wait a moment, then try again."));
    const int seconds = int(error.retryAfter->count());
    const int minutes = (seconds + 59) / 60;
    const int hours = (minutes + 59) / 60;
    if (minutes <= 2)
        return QCoreApplication::translate("ErrorText",
                                           "The server has had too many requests. Try again in %n second(s).",
                                           nullptr, seconds);
    if (hours <= 2)
        return QCoreApplication::translate("ErrorText",
                                           "The server has had too many requests. Try again in %n minute(s).",
                                           nullptr, minutes);
    return QCoreApplication::translate(
        "ErrorText", "The server has had too many requests. Try again in %n hour(s).", nullptr, hours);
}

QString refusalText(const ApiError &error)
{
    switch (error.httpStatus) {
    case 409:
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The server refuses this: it conflicts with what is there by now. "
                                       "Refresh, then try again."));
    case 413:
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The server refuses this: it is too large. Shorten it, then try "
                                       "again."));
    default:
        return words(
            QT_TRANSLATE_NOOP("ErrorText", "The server refuses this. Change what is wrong, then try again."));
    }
}

QString notFoundText(const ApiError &error)
{
    QString text = words(QT_TRANSLATE_NOOP("ErrorText",
                                           "This does not exist on the server, or no longer. Refresh to see "
                                           "what does."));
    if (!error.urlIsSuspect)
        return text;
    return text + u' ' +
           words(QT_TRANSLATE_NOOP(
               "ErrorText", "Is the server URL right? Nothing that was asked for is there (404). Most URLs "
                            "are https:// and a host, with no path behind it."));
}

QString serverText(const ApiError &error)
{
    if (error.httpStatus == 511)
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The network asks you to sign in to it first (511). Open any page in "
                                       "a web browser to do so, then try again."));
    return words(QT_TRANSLATE_NOOP("ErrorText", "The server has failed (%1). Try again later."))
        .arg(error.httpStatus);
}

QString protocolText(const ApiError &error)
{
    const bool isRedirect = error.httpStatus >= 300 && error.httpStatus < 400;
    if (isRedirect && !error.technicalDetail.isEmpty())
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The server points to another address (%1), which is not followed. "
                                       "Check the server URL. It may also be the login page of a network: "
                                       "open any page in a web browser to see."))
            .arg(error.httpStatus);
    if (error.httpStatus >= 300)
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The server gave an unexpected answer (%1). Check that the "
                                       "server URL is that of a Losant API."))
            .arg(error.httpStatus);
    return words(QT_TRANSLATE_NOOP("ErrorText",
                                   "The server's answer can't be read. Check that the server URL is "
                                   "that of a Losant API, and that no login page of a network is in "
                                   "between."));
}

QString whatHappened(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Offline:
        if (error.connectionClosed)
            return words(QT_TRANSLATE_NOOP("ErrorText",
                                           "The server closed the connection without a whole answer. "
                                           "Try again."));
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The server can't be reached. Check the network connection, then "
                                       "try again."));
    case ApiError::Kind::Timeout:
        return words(QT_TRANSLATE_NOOP("ErrorText", "The server does not answer. Try again later."));
    case ApiError::Kind::Tls:
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The connection is not safe: the server could not prove who it is. "
                                       "Nothing was sent. Check the server URL, or ask whoever runs the "
                                       "server."));
    case ApiError::Kind::Unauthorized:
        if (error.tokenDropped)
            return words(QT_TRANSLATE_NOOP("ErrorText",
                                           "Nothing was sent, as you have signed out in another window of "
                                           "Credenza. Sign in again."));
        if (error.tokenRenewed)
            return words(QT_TRANSLATE_NOOP("ErrorText",
                                           "The API token was not accepted when this was sent, but one is by "
                                           "now: try again."));
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The API token is not accepted: it may have expired or been "
                                       "revoked. Sign in with another one."));
    case ApiError::Kind::Forbidden:
        return words(QT_TRANSLATE_NOOP("ErrorText",
                                       "The API token does not permit this. Sign in with one that has the "
                                       "scope for it."));
    case ApiError::Kind::NotFound:
        return notFoundText(error);
    case ApiError::Kind::Validation:
        return refusalText(error);
    case ApiError::Kind::Throttled:
        return throttledText(error);
    case ApiError::Kind::Server:
        return serverText(error);
    case ApiError::Kind::Protocol:
        return protocolText(error);
    case ApiError::Kind::Unsendable:
        return words(QT_TRANSLATE_NOOP("ErrorText", "Nothing was sent."));
    }
    Q_UNREACHABLE();
}

/// What is quoted in it may be cut before the end of the quotation.
QString closed(const QString &detail)
{
    constexpr QChar firstStrongIsolate(0x2068);
    constexpr QChar popDirectionalIsolate(0x2069);
    const qsizetype open = detail.count(firstStrongIsolate) - detail.count(popDirectionalIsolate);
    return detail + QString(std::max<qsizetype>(0, open), popDirectionalIsolate);
}

} // namespace

QString errorText(const ApiError &error)
{
    QString text = whatHappened(error);
    if (!error.serverMessage.isEmpty())
        text +=
            u' ' +
            words(QT_TRANSLATE_NOOP("ErrorText", "The server says: “%1”")).arg(quoted(error.serverMessage));
    else if (error.kind == ApiError::Kind::Unsendable)
        text += u' ' + error.technicalDetail; // which says what to do
    else if (!error.technicalDetail.isEmpty())
        text += u" ("_s + closed(singleLine(error.technicalDetail, 1200)) + u')';
    return text;
}
