// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

class BodyDevice;
class Transport;
struct ApiRequest;

/// One request on the wire, and what came back of it: a body, or an error.
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    /// Sends the request as Transport::send() does. The transport and the request must outlive the exchange,
    /// unless that was ended.
    HttpExchange(Transport &transport, const ApiRequest &request, const QUrl &url, QObject *parent);
    ~HttpExchange() override { end(); }

    /// Gives up what is under way: finished() does not follow. Lets go of the request's body.
    void end();

    /// The answer was to be whole by now: finished() follows, with a timeout that says after how long.
    void expire(std::chrono::milliseconds after);

    /// Until end().
    const QNetworkReply &reply() const { return *m_reply; }
    int httpStatus() const;

    /// Whether the server may have got the request: no, if no connection read any byte of its body, or of a
    /// request without a body, if there was no connection.
    bool mayHaveBeenSent() const;

    bool isExpired() const { return m_aborted == Aborted::Expired; }
    /// It was sent over a connection that was made for it.
    bool isConnectionNew() const { return m_isConnectionNew; }
    /// The server has a certificate that nobody vouches for.
    bool isUntrusted() const { return m_isUntrusted; }

    /// Decodes the body, once finished, and calls `then` when it is done: before it returns if there is
    /// nothing to do, otherwise through the event loop, unless the exchange is ended meanwhile.
    void decodeBody(std::function<void()> then);
    /// Why there is no 2xx answer that can be read. Once the body is decoded.
    std::optional<ApiError> error() const;
    QByteArray takeBody() { return std::exchange(m_body, {}); }

Q_SIGNALS:
    void finished();

private:
    enum class Aborted { No, Stalled, Expired, MemoryExceeded };

    void abort(Aborted reason);
    void receive();
    void readBody();
    void replyFinished();
    bool hasConnected() const;
    QString certificateDetail() const;

    Transport &m_transport;
    const ApiRequest &m_request;
    QPointer<QNetworkReply> m_reply;
    QPointer<BodyDevice> m_requestBody; ///< belongs to the reply
    QElapsedTimer m_time;
    QTimer m_stall;
    QByteArray m_body;
    std::optional<ApiError> m_unreadable; ///< the body
    QString m_certificateProblems;        ///< in words
    std::chrono::milliseconds m_expiredAfter{0};
    Aborted m_aborted = Aborted::No;
    bool m_isUntrusted = false;
    bool m_isConnectionNew = false;
    bool m_wasWritten = false;      ///< to a connection, all but the body
    bool m_mayHaveBeenSent = false; ///< what mayHaveBeenSent() said at the end
};
