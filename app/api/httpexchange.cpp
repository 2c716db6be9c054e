// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/httpexchange.h"

#include "api/apirequest.h"
#include "api/background.h"
#include "api/bodydevice.h"
#include "api/certificateproblems.h"
#include "api/contentcoding.h"
#include "api/replyerror.h"
#include "api/transport.h"

HttpExchange::HttpExchange(Transport &transport, const ApiRequest &request, const QUrl &url, QObject *parent)
    : QObject(parent), m_transport(transport), m_request(request)
{
    if (request.hasBody())
        m_requestBody = new BodyDevice(request.body);
    m_time.start();
    m_reply = m_transport.send(request, url, m_requestBody);
    if (m_requestBody)
        m_requestBody->setParent(m_reply);
    m_reply->setReadBufferSize(1024 * 1024); // of what is not read yet, more stays with the server

    m_stall.setSingleShot(true);
    m_stall.setInterval(m_transport.stallTimeout());
    connect(&m_stall, &QTimer::timeout, this, [this] {
        m_transport.renewConnections(*m_reply);
        abort(Aborted::Stalled);
    });
    connect(&m_transport, &Transport::memoryExceeded, this, [this] { abort(Aborted::MemoryExceeded); });
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::receive);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] { m_stall.start(); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_stall.start(); });
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { m_isConnectionNew = true; });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_wasWritten = true; });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_certificateProblems = certificateProblems(errors, m_reply->url().host());
        m_isUntrusted = ::isUntrusted(errors);
    });
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
    m_stall.start();
}

void HttpExchange::end()
{
    m_mayHaveBeenSent = mayHaveBeenSent();
    m_stall.stop();
    if (m_requestBody)
        m_requestBody->drop();
    if (!m_reply)
        return;
    disconnect(m_reply, nullptr, this, nullptr);
    if (m_reply->isRunning())
        delete m_reply; // one that was only aborted before it began is sent all the same
    else
        m_reply->deleteLater(); // it keeps connections alive that may be out of use
    m_reply = nullptr;
}

void HttpExchange::expire(std::chrono::milliseconds after)
{
    m_expiredAfter = after;
    abort(Aborted::Expired);
}

int HttpExchange::httpStatus() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool HttpExchange::mayHaveBeenSent() const
{
    if (!m_reply)
        return m_mayHaveBeenSent;
    return m_request.hasBody() ? m_requestBody->wasRead() : hasConnected();
}

/// Qt does not say whether there was a connection. These errors mean that there was none, unless an earlier
/// attempt of the network access manager had written the request already.
bool HttpExchange::hasConnected() const
{
    switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
        return m_wasWritten;
    default:
        return true;
    }
}

void HttpExchange::abort(Aborted reason)
{
    if (!m_reply || !m_reply->isRunning())
        return;
    m_aborted = reason;
    m_reply->abort();
}

void HttpExchange::receive()
{
    m_stall.start();
    readBody();
    if (m_body.size() > Transport::maxBodySize)
        m_reply->abort();
}

/// Reads what is there of the body, but no more than it takes to see that it is too large.
void HttpExchange::readBody()
{
    constexpr qint64 partSize = 256 * 1024;
    constexpr qint64 largeBody = 4 * 1024 * 1024;
    while (m_body.size() <= Transport::maxBodySize) {
        const QByteArray part = m_reply->read(partSize);
        if (part.isEmpty())
            break;
        // Growing step by step would copy all of it time and again, which takes longer than a frame.
        if (m_body.size() + part.size() > largeBody && m_body.capacity() < Transport::maxBodySize)
            m_body.reserve(Transport::maxBodySize + partSize);
        m_body += part;
    }
}

void HttpExchange::replyFinished()
{
    m_stall.stop();
    if (m_reply->isOpen()) // not once aborted
        readBody();
    m_transport.logReply(m_request, *m_reply, m_body.size(), std::chrono::milliseconds(m_time.elapsed()));
    Q_EMIT finished();
}

void HttpExchange::decodeBody(std::function<void()> then)
{
    const QByteArray coding = m_reply->rawHeader("Content-Encoding");
    if (coding.isEmpty() || m_body.isEmpty() || m_body.size() > Transport::maxBodySize) {
        then();
        return;
    }
    runInBackground(
        this, [coding, body = takeBody()] { return decodedBody(coding, body, Transport::maxBodySize); },
        [this, then = std::move(then)](Result<QByteArray> body) {
            if (!m_reply)
                return;
            if (body)
                m_body = std::move(*body);
            else
                m_unreadable = std::move(body.error());
            then();
        });
}

std::optional<ApiError> HttpExchange::error() const
{
    if (m_body.size() > Transport::maxBodySize)
        return bodyTooLarge(Transport::maxBodySize);
    if (m_aborted == Aborted::MemoryExceeded)
        return ApiError{.technicalDetail =
                            tr("The answer was given up, as the program grew by more than %1 MiB while it "
                               "came. Its headers may have no end.")
                                .arg(Transport::maxMemoryGrowth / 1024 / 1024)};
    if (m_aborted == Aborted::Expired)
        return ApiError{.kind = ApiError::Kind::Timeout,
                        .technicalDetail = tr("The answer was not whole after %n second(s).", nullptr,
                                              int(m_expiredAfter / std::chrono::seconds(1)))};
    std::optional<ApiError> error = replyError(*m_reply, m_body);
    if (error && error->httpStatus == 0 && m_aborted == Aborted::Stalled)
        return ApiError{.kind = ApiError::Kind::Timeout};
    if (error && error->kind == ApiError::Kind::Tls && !m_certificateProblems.isEmpty())
        error->technicalDetail = certificateDetail();
    if (!error && m_unreadable) {
        error = m_unreadable;
        error->httpStatus = httpStatus();
    }
    return error;
}

/// Who is not trusted may be so because a file of authorities can't be read.
QString HttpExchange::certificateDetail() const
{
    const QString problem = m_isUntrusted ? m_transport.authorityProblem() : QString();
    return problem.isEmpty() ? m_certificateProblems : m_certificateProblems + u' ' + problem;
}
