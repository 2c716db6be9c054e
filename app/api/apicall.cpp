// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/httpexchange.h"
#include "api/replyerror.h"
#include "api/transport.h"
#include "domain/wiping.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QSslConfiguration>

#include <utility>

using namespace std::chrono_literals;

namespace {

/// A status of an interim answer, which Qt hands out as if it were the final one (seen on 6.4.2).
bool isInterim(int httpStatus)
{
    return httpStatus >= 100 && httpStatus < 200;
}

} // namespace

ApiCall::ApiCall(Transport &transport, ApiRequest request, Answered answered)
    : m_transport(transport), m_request(std::move(request)), m_answered(std::move(answered))
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_transport.answerTimeout());
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { m_exchange->expire(m_deadline.intervalAsDuration()); });
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer); // others may be 5% early
    connect(&m_retry, &QTimer::timeout, this, &ApiCall::attempt);
    connect(&m_transport, &Transport::tokenChanged, this, [this] {
        if (auto refusal = std::exchange(m_refusal, std::nullopt))
            tokenRenewed(std::move(*refusal));
    });
    connect(&m_transport, &Transport::tokenWithheld, this, [this] {
        if (auto refusal = std::exchange(m_refusal, std::nullopt))
            finish(tl::unexpected(std::move(*refusal)));
    });
    attempt();
}

ApiCall::~ApiCall()
{
    endExchange();
    wipe(m_request.body);
}

void ApiCall::withdraw()
{
    const bool wasWithdrawn = std::exchange(m_isWithdrawn, true);
    m_answered = nullptr;
    m_refusal.reset();
    m_deadline.stop();
    m_retry.stop();
    endExchange();
    wipe(m_request.body);
    if (!wasWithdrawn)
        Q_EMIT withdrawn();
}

bool ApiCall::mayHaveBeenSent() const
{
    return m_mayHaveBeenSent || (m_exchange && m_exchange->mayHaveBeenSent());
}

void ApiCall::sendAgain()
{
    if (!m_isWithdrawn) // then its body is gone
        attempt();
}

void ApiCall::attempt()
{
    ++m_attempts;
    m_attempt = {.sentAt = Clock::now(), .tokenNumber = m_transport.tokenNumber()};
    m_deadline.start();
    send(m_transport.urlOf(m_request));
}

void ApiCall::send(const QUrl &url)
{
    endExchange();
    if (const auto refusal = m_transport.refusal(m_request)) {
        m_deadline.stop();
        QTimer::singleShot(0, this, [this, refusal] { finish(tl::unexpected(*refusal)); });
        return;
    }
    if (m_request.carriesToken && m_transport.isTokenDropped()) {
        m_deadline.stop();
        QTimer::singleShot(0, this, [this] { refuseDropped(); });
        return;
    }
    m_exchange = new HttpExchange(m_transport, m_request, url, this);
    connect(m_exchange, &HttpExchange::finished, this, &ApiCall::exchangeFinished);
}

void ApiCall::sendToSameUrl()
{
    m_deadline.start();
    send(m_exchange->reply().url());
}

void ApiCall::exchangeFinished()
{
    m_answeredAt = Clock::now();
    if (const auto url = redirection()) {
        ++m_attempt.redirects;
        send(*url);
        return;
    }
    m_deadline.stop();
    m_exchange->decodeBody([this] { judge(); });
}

void ApiCall::judge()
{
    std::optional<ApiError> error = m_exchange->error();
    const std::optional<qint64> clockOffset = noteAnswer(error);
    if (error) {
        recover(std::move(*error));
        return;
    }
    finish(ApiAnswer{
        .httpStatus = m_exchange->httpStatus(), .body = m_exchange->takeBody(), .clockOffset = clockOffset});
}

/// Tells the transport what it can learn from the answer, and the error what that means. Returns the server's
/// clock less ours.
std::optional<qint64> ApiCall::noteAnswer(std::optional<ApiError> &error)
{
    const QNetworkReply &reply = m_exchange->reply();
    m_transport.judgeUrl(m_request, error ? &*error : nullptr);
    if (error)
        m_transport.noteThrottling(*error);
    if (error && isInterim(error->httpStatus))
        m_transport.renewConnections(reply); // what comes over this one is the answer to what went before
    const auto date = serverDate(reply);
    if (!date)
        return std::nullopt;
    const qint64 offset = *date - QDateTime::currentMSecsSinceEpoch();
    m_transport.setClockOffset(offset);
    return offset;
}

/// Sends the request again, now or later, if that is of use, or else fails.
void ApiCall::recover(ApiError error)
{
    if (m_exchange->isUntrusted() && !m_attempt.hasAskedOthers &&
        m_transport.trustOthers(m_exchange->reply())) {
        m_attempt.hasAskedOthers = true;
        sendToSameUrl(); // nothing went over the connection
    } else if (mayLeaveConnection(error)) {
        m_hasLeftConnection = true;
        m_transport.renewConnections(m_exchange->reply());
        sendToSameUrl();
    } else if (mayAwaitToken(error)) {
        awaitToken(std::move(error));
    } else if (mayTryAgain(error)) {
        m_retry.start(retryDelay(error));
    } else {
        finish(tl::unexpected(std::move(error)));
    }
}

void ApiCall::finish(Result<ApiAnswer> answer)
{
    endExchange();
    wipe(m_request.body);
    if (const Answered answered = std::exchange(m_answered, nullptr))
        answered(std::move(answer));
}

void ApiCall::endExchange()
{
    if (!m_exchange)
        return;
    m_mayHaveBeenSent = mayHaveBeenSent();
    m_exchange->end(); // its body is shared with the request, and only a sole owner can overwrite it in place
    std::exchange(m_exchange, nullptr)->deleteLater();
}

/// Where the reply points a GET to, if it may be followed there. QNetworkAccessManager could do so by
/// itself, but then it sends some of these requests twice (seen on 6.4.2).
std::optional<QUrl> ApiCall::redirection() const
{
    if (!m_request.isRead() || m_exchange->isExpired() || m_attempt.redirects >= Transport::maxRedirects)
        return std::nullopt;
    switch (m_exchange->httpStatus()) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        break;
    default:
        return std::nullopt;
    }
    const QNetworkReply &reply = m_exchange->reply();
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    QUrl url = reply.url().resolved(target);
    url.setUserInfo({});
    if (target.isEmpty() || !url.isValid() || !Transport::isSameOrigin(url, m_transport.baseUrl()))
        return std::nullopt;
    return url;
}

/// A server may end a connection that nobody uses at any time: with a request that crosses this, nothing was
/// done. Over HTTP/1.1 the network access manager sends it again by itself.
bool ApiCall::mayLeaveConnection(const ApiError &error) const
{
    const QNetworkReply &reply = m_exchange->reply();
    const bool isHttp2 =
        reply.sslConfiguration().nextNegotiatedProtocol() == QSslConfiguration::ALPNProtocolHTTP2;
    return isHttp2 && m_request.isRead() && !m_exchange->isConnectionNew() && !m_hasLeftConnection &&
           error.httpStatus == 0 &&
           (error.connectionClosed || reply.error() == QNetworkReply::ProtocolFailure);
}

bool ApiCall::mayTryAgain(const ApiError &error) const
{
    if (!m_request.isRead() || m_attempts >= maxAttempts ||
        m_request.priority == ApiRequest::Priority::Background)
        return false;
    if (m_exchange->isExpired() || error.retryAfter.value_or(0s) > maxRetryDelay)
        return false;
    if (isInterim(error.httpStatus))
        return true;
    switch (error.kind) {
    case ApiError::Kind::Offline:
        // The network access manager has tried again by itself already; a wrong password only locks accounts.
        return !error.connectionClosed && !error.proxyRefused;
    case ApiError::Kind::Timeout:
    case ApiError::Kind::Throttled:
    case ApiError::Kind::Server:
        return true;
    default:
        return false;
    }
}

std::chrono::milliseconds ApiCall::retryDelay(const ApiError &error) const
{
    const int maxBackoff = 500 << (m_attempts - 1);
    const std::chrono::milliseconds backoff(
        QRandomGenerator::global()->bounded(maxBackoff / 2, maxBackoff + 1));
    return std::max<std::chrono::milliseconds>(backoff, error.retryAfter.value_or(0s));
}

void ApiCall::refuseDropped()
{
    ApiError refusal{.kind = ApiError::Kind::Unauthorized, .tokenDropped = true};
    if (m_answered && mayAwaitToken(refusal))
        awaitToken(std::move(refusal));
    else
        finish(tl::unexpected(std::move(refusal)));
}

bool ApiCall::mayAwaitToken(const ApiError &error) const
{
    return error.kind == ApiError::Kind::Unauthorized && m_request.mayAwaitToken() &&
           m_transport.awaitsToken() && !m_hasAwaitedToken;
}

void ApiCall::awaitToken(ApiError refusal)
{
    m_hasAwaitedToken = true;
    if (m_attempt.tokenNumber != m_transport.tokenNumber()) { // there is another by now
        tokenRenewed(std::move(refusal));
        return;
    }
    m_refusal = std::move(refusal);
    m_transport.refuseToken();
}

void ApiCall::tokenRenewed(ApiError refusal)
{
    if (m_request.isRead()) {
        attempt();
        return;
    }
    refusal.tokenRenewed = true;
    const Answered answered = m_answered; // is needed once more if it is sent again
    answered(tl::unexpected(std::move(refusal)));
}
