// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replyerror.h"

#include "api/losantjson.h"
#include "domain/showntext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Kind = ApiError::Kind;

/// A longer `Retry-After` is cut to this.
constexpr std::chrono::seconds maxRetryAfter = std::chrono::hours(24);

std::optional<qint64> httpDate(const QByteArray &text)
{
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    return QDateTime(date.date(), date.time(), Qt::UTC).toMSecsSinceEpoch();
}

std::optional<std::chrono::seconds> retryAfter(const QNetworkReply &reply)
{
    const auto within = [](qint64 seconds) {
        return std::chrono::seconds(std::clamp<qint64>(seconds, 0, maxRetryAfter.count()));
    };
    const QByteArray text = reply.rawHeader("Retry-After").trimmed();
    if (!text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        bool isNumber = false;
        const qint64 seconds = text.toLongLong(&isNumber);
        return isNumber ? within(seconds) : maxRetryAfter; // of more digits than a number has here
    }
    const auto date = httpDate(text);
    if (!date)
        return std::nullopt;
    const qint64 now = serverDate(reply).value_or(QDateTime::currentMSecsSinceEpoch());
    return within((*date - now + 999) / 1000);
}

Kind kindOf(int httpStatus)
{
    switch (httpStatus) {
    case 400:
    case 409:
    case 413:
        return Kind::Validation;
    case 401:
        return Kind::Unauthorized;
    case 403:
        return Kind::Forbidden;
    case 404:
        return Kind::NotFound;
    case 408:
        return Kind::Server;
    case 429:
        return Kind::Throttled;
    default:
        return httpStatus >= 500 && httpStatus < 600 ? Kind::Server : Kind::Protocol;
    }
}

/// Where the reply points to; without the query, which may say more than a person should see.
QString redirectionTarget(const QNetworkReply &reply)
{
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (target.isEmpty())
        return {};
    constexpr auto shown = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
    return quoted(reply.url().resolved(target).toDisplayString(shown), 1000);
}

QNetworkProxy proxyOf(const QNetworkReply &reply)
{
    const QNetworkProxy proxy = reply.manager()->proxy();
    if (proxy.type() != QNetworkProxy::DefaultProxy)
        return proxy;
    return QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(reply.url())).value(0);
}

/// Why there is no connection. The proxy is named, since no error code tells for sure that it is to blame.
QString offlineDetail(const QNetworkReply &reply)
{
    const QNetworkProxy proxy = proxyOf(reply);
    if (proxy.type() == QNetworkProxy::NoProxy)
        return quoted(reply.errorString(), 1000);
    return QCoreApplication::translate("ReplyError",
                                       "Through the proxy %1, whose address, user name and password may be "
                                       "wrong: %2")
        .arg(quoted(proxy.hostName() + u':' + QString::number(proxy.port())),
             quoted(reply.errorString(), 1000));
}

/// An error below HTTP: there is no answer, or no whole one.
std::optional<ApiError> networkError(const QNetworkReply &reply)
{
    ApiError error;
    error.technicalDetail = quoted(reply.errorString(), 1000);
    switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
        error.kind = Kind::Tls;
        return error;
    case QNetworkReply::TimeoutError:
        error.kind = Kind::Timeout;
        return error;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        error.kind = Kind::Offline;
        error.connectionClosed = true;
        return error;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        error.kind = Kind::Offline;
        error.technicalDetail = offlineDetail(reply);
        error.proxyRefused = reply.error() == QNetworkReply::ProxyAuthenticationRequiredError;
        return error;
    default:
        break;
    }
    if (reply.error() > QNetworkReply::NoError && reply.error() <= QNetworkReply::UnknownNetworkError) {
        error.kind = Kind::Offline;
        error.technicalDetail = offlineDetail(reply);
        return error;
    }
    return std::nullopt;
}

} // namespace

std::optional<qint64> serverDate(const QNetworkReply &reply)
{
    return httpDate(reply.rawHeader("Date"));
}

std::optional<ApiError> replyError(const QNetworkReply &reply, const QByteArray &body)
{
    // A refusal is one even if the connection broke while it was read.
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 300) {
        if (auto error = networkError(reply))
            return error;
    }
    const bool isSuccess = status >= 200 && status < 300;
    if (isSuccess && reply.error() == QNetworkReply::NoError)
        return std::nullopt;

    ApiError error = LosantJson::readError(body);
    error.httpStatus = status;
    error.kind = isSuccess ? Kind::Protocol : kindOf(status);
    error.retryAfter = retryAfter(reply);
    if (status == 0 || isSuccess)
        error.technicalDetail = quoted(reply.errorString(), 1000);
    else if (status < 400)
        error.technicalDetail = redirectionTarget(reply);
    return error;
}
