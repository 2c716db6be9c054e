// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apianswer.h"
#include "api/apirequest.h"
#include "api/bootclock.h"
#include "api/result.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

class HttpExchange;
class Transport;

/// One question to the server, however many attempts it takes, and its one answer.
///
/// GET is tried up to three times when there is hope, and at once over another HTTP/2 connection if the one
/// that it was sent over had been there before and was closed, or no longer served. What writes is sent once:
/// POST and PATCH reach the wire at most once. QNetworkAccessManager may send a DELETE again by itself, when
/// the connection closes early, as there is no body that it could not rewind. Where a token that was refused
/// is awaited anew, GET is then sent once more; what writes fails with ApiError::tokenRenewed, as only those
/// who asked can find out whether it was carried out all the same. In the background there is one attempt,
/// and no token is awaited. The answer comes through the event loop, never before the constructor has
/// returned, and not at all once withdrawn.
class ApiCall : public QObject
{
    Q_OBJECT

public:
    using Answered = std::function<void(Result<ApiAnswer>)>;
    using Clock = BootClock;

    static constexpr int maxAttempts = 3;
    /// A server that asks for more patience than this gets no further attempt.
    static constexpr std::chrono::seconds maxRetryDelay{30};

    /// The transport must outlive the call, unless the call is withdrawn.
    ApiCall(Transport &transport, ApiRequest request, Answered answered);
    ~ApiCall() override;

    /// Ends the call without an answer. Does nothing after the answer.
    void withdraw();
    bool isWithdrawn() const { return m_isWithdrawn; }

    /// Somebody waits for it from now on: the rest of it is done in the foreground.
    void promote() { m_request.priority = ApiRequest::Priority::Foreground; }

    /// When it was last sent, and when the last answer to it was whole.
    Clock::time_point sentAt() const { return m_attempt.sentAt; }
    Clock::time_point answeredAt() const { return m_answeredAt; }

    /// Of what writes: whether the server may have got it. No, if it was refused before it was sent, if no
    /// connection read any byte of its body, or if there was no connection for a DELETE, which has no body.
    bool mayHaveBeenSent() const;

    /// Its token was refused, and it waits for another one.
    bool awaitsToken() const { return m_refusal.has_value(); }

    /// After ApiError::tokenRenewed, which leaves the call all that it needs: sends it with the new token.
    /// Another answer follows.
    void sendAgain();

Q_SIGNALS:
    /// Nobody waits for its answer any more, or it was answered before.
    void withdrawn();

private:
    /// What begins anew with each attempt.
    struct Attempt
    {
        Clock::time_point sentAt;
        int tokenNumber = 0;         ///< of the token that was sent
        int redirects = 0;           ///< that were followed
        bool hasAskedOthers = false; ///< whether they trust the server
    };

    void attempt();
    void send(const QUrl &url);
    void sendToSameUrl();
    void exchangeFinished();
    void judge();
    std::optional<qint64> noteAnswer(std::optional<ApiError> &error);
    void recover(ApiError error);
    void finish(Result<ApiAnswer> answer);
    void endExchange();

    std::optional<QUrl> redirection() const;
    bool mayLeaveConnection(const ApiError &error) const;
    bool mayTryAgain(const ApiError &error) const;
    std::chrono::milliseconds retryDelay(const ApiError &error) const;

    void refuseDropped();
    bool mayAwaitToken(const ApiError &error) const;
    void awaitToken(ApiError refusal);
    void tokenRenewed(ApiError refusal);

    Transport &m_transport;
    ApiRequest m_request;
    Answered m_answered;
    HttpExchange *m_exchange = nullptr; ///< the last one, until the answer
    QTimer m_deadline;                  ///< of the whole answer
    QTimer m_retry;
    std::optional<ApiError> m_refusal; ///< of the token: there is to be another one
    Clock::time_point m_answeredAt;
    Attempt m_attempt;
    int m_attempts = 0;
    bool m_isWithdrawn = false;
    bool m_mayHaveBeenSent = false; ///< in an exchange before this one
    bool m_hasAwaitedToken = false;
    bool m_hasLeftConnection = false; ///< for a new one
};
