// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/bodydevice.h"
#include "api/certificateproblems.h"
#include "api/replyerror.h"
#include "api/transport.h"
#include "domain/wiping.h"

#include <QDateTime>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QSslConfiguration>

#include <utility>

using namespace std::chrono_literals;

namespace {

/// Of an answer that announces another one, which Qt does not wait for (seen on 6.4.2).
bool isInterim(int httpStatus)
{
    return httpStatus >= 100 && httpStatus < 200;
}

} // namespace

ApiCall::ApiCall(Transport &transport, ApiRequest request, Answered answered)
    : m_transport(transport), m_request(std::move(request)), m_answered(std::move(answered))
{
    m_stall.setSingleShot(true);
    m_stall.setInterval(m_transport.stallTimeout());
    connect(&m_stall, &QTimer::timeout, this, [this] {
        m_hasStalled = true;
        m_transport.renewConnections(*m_reply);
        m_reply->abort();
    });
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_transport.answerTimeout());
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isOverdue = true;
        m_reply->abort();
    });
    connect(&m_transport, &Transport::memoryExceeded, this, [this] {
        if (m_reply && m_reply->isRunning()) {
            m_tookTooMuchMemory = true;
            m_reply->abort();
        }
    });
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer); // others may be 5% early
    connect(&m_retry, &QTimer::timeout, this, &ApiCall::attempt);
    attempt();
}

ApiCall::~ApiCall()
{
    delete m_reply; // before the body that it reads; gone already if the transport is
    overwriteBody();
}

void ApiCall::withdraw()
{
    m_isWithdrawn = true;
    if (std::exchange(m_answered, nullptr))
        m_transport.disconnect(this);
    m_stall.stop();
    m_deadline.stop();
    m_retry.stop();
    if (m_reply) {
        disconnect(m_reply, nullptr, this, nullptr);
        if (m_reply->isRunning())
            delete m_reply; // one that was only aborted before it began is sent all the same
    }
    overwriteBody();
}

bool ApiCall::bodyWasSent() const
{
    return m_bodyWasSent || (m_body && m_body->wasRead());
}

void ApiCall::sendAgain()
{
    if (m_isWithdrawn)
        return; // its body is gone
    dropBody();
    attempt();
}

void ApiCall::attempt()
{
    ++m_attempts;
    m_sentAt = Clock::now();
    m_tokenNumber = m_transport.tokenNumber();
    m_redirects = 0;
    m_hasAskedOthers = false;
    m_deadline.start();
    if (m_request.method == ApiRequest::Method::Post)
        m_body = std::make_unique<BodyDevice>(m_request.body);
    send(m_transport.urlOf(m_request));
}

void ApiCall::send(const QUrl &url)
{
    if (const auto refusal = m_transport.refusal(m_request)) {
        QTimer::singleShot(0, this, [this, refusal] { finish(tl::unexpected(*refusal)); });
        return;
    }
    if (m_request.carriesToken && m_transport.isTokenDropped()) {
        m_deadline.stop();
        QTimer::singleShot(0, this, [this] { refuseDropped(); });
        return;
    }
    m_hasStalled = false;
    m_isConnectionNew = false;
    m_tookTooMuchMemory = false;
    m_received.clear();
    m_certificateProblems.clear();
    m_isUntrusted = false;
    if (m_reply)
        m_reply->deleteLater();
    m_reply = m_transport.send(m_request, url, m_body.get());
    m_reply->setReadBufferSize(1024 * 1024); // of what is not read yet, more stays with the server
    connect(m_reply, &QNetworkReply::readyRead, this, &ApiCall::receive);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] { m_stall.start(); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_stall.start(); });
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { m_isConnectionNew = true; });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_certificateProblems = certificateProblems(errors, m_reply->url().host());
        m_isUntrusted = isUntrusted(errors);
    });
    connect(m_reply, &QNetworkReply::finished, this, &ApiCall::replyFinished);
    m_stall.start();
}

void ApiCall::receive()
{
    m_stall.start();
    readBody();
    m_reply->setProperty("receivedBytes", m_received.size());
    if (m_received.size() > Transport::largestBody)
        m_reply->abort();
}

/// Reads what is there of the body, but no more than it takes to see that it is too large: what a small
/// packed answer unpacks to may be any size.
void ApiCall::readBody()
{
    constexpr qint64 partSize = 256 * 1024;
    constexpr qint64 largeBody = 4 * 1024 * 1024;
    while (m_received.size() <= Transport::largestBody) {
        const QByteArray part = m_reply->read(partSize);
        if (part.isEmpty())
            break;
        // Growing step by step would copy all of it time and again, which takes longer than a frame.
        if (m_received.size() + part.size() > largeBody && m_received.capacity() < Transport::largestBody)
            m_received.reserve(Transport::largestBody + partSize);
        m_received += part;
    }
}

void ApiCall::replyFinished()
{
    m_stall.stop();
    m_answeredAt = Clock::now();
    if (m_reply->isOpen()) // not once aborted
        readBody();
    if (const auto url = m_isOverdue ? std::nullopt : redirection()) {
        ++m_redirects;
        send(*url);
        return;
    }
    m_deadline.stop();

    std::optional<ApiError> error;
    if (m_received.size() > Transport::largestBody) {
        error.emplace();
        error->technicalDetail = tr("The answer is larger than 64 MiB.");
    } else if (m_tookTooMuchMemory) {
        error.emplace();
        error->technicalDetail =
            tr("The answer was given up, as the program grew by more than %1 MiB while it "
               "came. Its headers may have no end.")
                .arg(Transport::maxMemoryGrowth / 1024 / 1024);
    } else {
        error = replyError(*m_reply, m_received);
        if (m_isOverdue)
            error = ApiError{.kind = ApiError::Kind::Timeout,
                             .technicalDetail = tr("The answer was not whole after %n second(s).", nullptr,
                                                   int(m_deadline.interval() / 1000))};
        else if (m_hasStalled && error && error->httpStatus == 0)
            error = ApiError{.kind = ApiError::Kind::Timeout};
        if (error && error->kind == ApiError::Kind::Tls && !m_certificateProblems.isEmpty())
            error->technicalDetail = certificateDetail();
    }
    m_transport.judgeUrl(m_request, error ? &*error : nullptr);
    if (error)
        m_transport.heed(*error);
    if (error && isInterim(error->httpStatus))
        m_transport.renewConnections(*m_reply); // what comes over this one is the answer to what went before
    std::optional<qint64> clockOffset;
    if (const auto date = serverDate(*m_reply)) {
        clockOffset = *date - QDateTime::currentMSecsSinceEpoch();
        m_transport.setClockOffset(*clockOffset);
    }

    if (!error) {
        ApiAnswer answer;
        answer.httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = std::exchange(m_received, {});
        answer.clockOffset = clockOffset;
        finish(std::move(answer));
    } else if (m_isUntrusted && !m_hasAskedOthers && m_transport.trustOthers(*m_reply)) {
        m_hasAskedOthers = true;
        m_deadline.start();
        send(m_reply->url()); // nothing went over the connection
    } else if (mayLeaveConnection(*error)) {
        m_hasLeftConnection = true;
        m_transport.renewConnections(*m_reply);
        m_deadline.start();
        send(m_reply->url());
    } else if (mayAwaitToken(*error)) {
        awaitToken(std::move(*error));
    } else if (mayTryAgain(*error)) {
        m_retry.start(pause(*error));
    } else {
        finish(tl::unexpected(std::move(*error)));
    }
}

/// Who is not trusted may be so because a file of authorities can't be read.
QString ApiCall::certificateDetail() const
{
    const QString problem = m_isUntrusted ? m_transport.authorityProblem() : QString();
    return problem.isEmpty() ? m_certificateProblems : m_certificateProblems + u' ' + problem;
}

void ApiCall::finish(Result<ApiAnswer> answer)
{
    m_deadline.stop();
    overwriteBody();
    if (m_reply)
        m_reply->deleteLater(); // it keeps connections alive that may be out of use
    const Answered answered = std::exchange(m_answered, nullptr);
    if (answered)
        answered(std::move(answer));
}

/// Lets go of what an attempt has read from: the reply may still look at it.
void ApiCall::dropBody()
{
    if (!m_body)
        return;
    m_bodyWasSent = bodyWasSent();
    m_body->drop();
    if (m_reply)
        m_body.release()->setParent(m_reply);
    else
        m_body.reset();
}

/// The body may hold a secret, and nobody sends it any more.
void ApiCall::overwriteBody()
{
    if (m_body)
        m_body->drop(); // the bytes are shared with it, and only a sole owner can overwrite them in place
    wipe(m_request.body);
}

/// Where the reply points a GET to, if it may be followed there. QNetworkAccessManager could do so by
/// itself, but then it sends some of these requests twice (seen on 6.4.2).
std::optional<QUrl> ApiCall::redirection() const
{
    if (m_request.method != ApiRequest::Method::Get || m_redirects >= Transport::mostRedirects)
        return std::nullopt;
    switch (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        break;
    default:
        return std::nullopt;
    }
    const QUrl target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    QUrl url = m_reply->url().resolved(target);
    url.setUserInfo({});
    if (target.isEmpty() || !url.isValid() || !Transport::isSameOrigin(url, m_transport.baseUrl()))
        return std::nullopt;
    return url;
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
    return error.kind == ApiError::Kind::Unauthorized && m_request.carriesToken &&
           m_transport.awaitsToken() && !m_hasAwaitedToken && !isInBackground();
}

void ApiCall::awaitToken(ApiError refusal)
{
    m_hasAwaitedToken = true;
    if (m_tokenNumber != m_transport.tokenNumber()) { // there is another by now
        tokenRenewed(std::move(refusal));
        return;
    }
    m_awaitsToken = true;
    m_tokenChanged = connect(&m_transport, &Transport::tokenChanged, this, [this, refusal] {
        stopAwaiting();
        tokenRenewed(refusal);
    });
    m_tokenWithheld = connect(&m_transport, &Transport::tokenWithheld, this, [this, refusal] {
        stopAwaiting();
        finish(tl::unexpected(refusal));
    });
    m_transport.refuseToken();
}

void ApiCall::stopAwaiting()
{
    disconnect(m_tokenChanged);
    disconnect(m_tokenWithheld);
    m_awaitsToken = false;
}

void ApiCall::tokenRenewed(ApiError refusal)
{
    if (m_request.method == ApiRequest::Method::Get) {
        attempt();
        return;
    }
    refusal.tokenRenewed = true;
    const Answered answered = m_answered; // is needed once more if it is sent again
    answered(tl::unexpected(std::move(refusal)));
}

/// A server may end a connection that nobody uses at any time: with a request that crosses this, nothing was
/// done. Over HTTP/1.1 the network access manager sends it again by itself.
bool ApiCall::mayLeaveConnection(const ApiError &error) const
{
    const bool isHttp2 =
        m_reply->sslConfiguration().nextNegotiatedProtocol() == QSslConfiguration::ALPNProtocolHTTP2;
    return isHttp2 && m_request.method == ApiRequest::Method::Get && !m_isConnectionNew &&
           !m_hasLeftConnection && error.httpStatus == 0 &&
           (error.connectionClosed || m_reply->error() == QNetworkReply::ProtocolFailure);
}

bool ApiCall::mayTryAgain(const ApiError &error) const
{
    if (m_request.method != ApiRequest::Method::Get || m_attempts >= mostAttempts || isInBackground())
        return false;
    if (m_isOverdue || error.retryAfter.value_or(0s) > longestWait)
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

std::chrono::milliseconds ApiCall::pause(const ApiError &error) const
{
    const int longest = 500 << (m_attempts - 1);
    const std::chrono::milliseconds backoff(QRandomGenerator::global()->bounded(longest / 2, longest + 1));
    return std::max<std::chrono::milliseconds>(backoff, error.retryAfter.value_or(0s));
}
