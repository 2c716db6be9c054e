// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apirequest.h"
#include "api/bootclock.h"
#include "api/result.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

class BodyDevice;
class Transport;

/// A 2xx answer, whole.
struct ApiAnswer
{
    int httpStatus = 0;
    QByteArray body;
    /// The server's clock less ours in milliseconds, by the answer's `Date`, which counts whole seconds.
    std::optional<qint64> clockOffset;
};

/// One question to the server, however many attempts it takes, and its one answer.
///
/// GET is tried up to three times when there is hope, and at once over another HTTP/2 connection if the one
/// that it was sent over had been there before and was closed, or no longer served. POST reaches the wire at
/// most once. Where a token that was refused is awaited anew, GET is then sent once more; POST fails with
/// ApiError::tokenRenewed, as only those who asked can find out whether it was carried out all the same. In
/// the background there is one attempt, and no token is awaited. The answer comes through the event loop,
/// never before the constructor has returned, and not at all once withdrawn.
class ApiCall : public QObject
{
    Q_OBJECT

public:
    using Answered = std::function<void(Result<ApiAnswer>)>;
    using Clock = BootClock;

    static constexpr int mostAttempts = 3;
    /// A server that asks for more patience than this gets no further attempt.
    static constexpr std::chrono::seconds longestWait{30};

    /// The transport must outlive the call, unless the call is withdrawn.
    ApiCall(Transport &transport, ApiRequest request, Answered answered);
    ~ApiCall() override;

    /// Ends the call without an answer. Does nothing after the answer.
    void withdraw();
    bool isWithdrawn() const { return m_isWithdrawn; }

    /// Somebody waits for it from now on: the rest of it is done in the foreground.
    void promote() { m_request.urgency = ApiRequest::Urgency::Foreground; }

    /// When it was last sent, and when the last answer to it was whole.
    Clock::time_point sentAt() const { return m_sentAt; }
    Clock::time_point answeredAt() const { return m_answeredAt; }

    /// Whether any byte of a POST's body was handed to a connection.
    bool bodyWasSent() const;

    /// Its token was refused, and it waits for another one.
    bool awaitsToken() const { return m_awaitsToken; }

    /// After ApiError::tokenRenewed, which leaves the call all that it needs: sends it with the new token.
    /// Another answer follows.
    void sendAgain();

private:
    void attempt();
    void send(const QUrl &url);
    void receive();
    void readBody();
    void replyFinished();
    void finish(Result<ApiAnswer> answer);
    void dropBody();
    void overwriteBody();
    bool isInBackground() const { return m_request.urgency == ApiRequest::Urgency::Background; }
    std::optional<QUrl> redirection() const;
    bool mayLeaveConnection(const ApiError &error) const;
    QString certificateDetail() const;
    bool mayTryAgain(const ApiError &error) const;
    void refuseDropped();
    bool mayAwaitToken(const ApiError &error) const;
    void awaitToken(ApiError refusal);
    void stopAwaiting();
    void tokenRenewed(ApiError refusal);
    std::chrono::milliseconds pause(const ApiError &error) const;

    Transport &m_transport;
    ApiRequest m_request;
    Answered m_answered;
    std::unique_ptr<BodyDevice> m_body;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_received;
    QString m_certificateProblems; ///< in words
    bool m_hasAskedOthers = false; ///< whether they trust the server, in this attempt
    bool m_isUntrusted = false;    ///< the certificate of the server
    QTimer m_stall;
    QTimer m_deadline; ///< of the whole answer
    QTimer m_retry;
    QMetaObject::Connection m_tokenChanged;
    QMetaObject::Connection m_tokenWithheld;
    Clock::time_point m_sentAt;
    Clock::time_point m_answeredAt;
    int m_attempts = 0;
    int m_tokenNumber = 0; ///< of the token that was sent
    bool m_isWithdrawn = false;
    bool m_awaitsToken = false;
    bool m_hasAwaitedToken = false;
    bool m_bodyWasSent = false; ///< in an attempt before this one
    int m_redirects = 0;        ///< followed in this attempt
    bool m_isConnectionNew = false;
    bool m_hasLeftConnection = false; ///< for a new one
    bool m_hasStalled = false;
    bool m_isOverdue = false;
    bool m_tookTooMuchMemory = false;
};
