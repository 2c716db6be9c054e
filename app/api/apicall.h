// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apirequest.h"
#include "api/result.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class BodyDevice;
class QNetworkReply;
class Transport;

/// A 2xx answer, whole.
struct ApiAnswer
{
    int httpStatus = 0;
    QByteArray body;
};

/// One question to the server, however many attempts it takes, and its one answer.
///
/// GET is tried up to three times when there is hope, POST reaches the wire at most once. The answer comes
/// through the event loop, never before the constructor has returned, and not at all once withdrawn.
class ApiCall : public QObject
{
    Q_OBJECT

public:
    using Answered = std::function<void(Result<ApiAnswer>)>;

    static constexpr int mostAttempts = 3;
    /// A server that asks for more patience than this gets no further attempt.
    static constexpr std::chrono::seconds longestWait{30};

    ApiCall(Transport &transport, ApiRequest request, Answered answered);
    ~ApiCall() override;

    /// Ends the call without an answer. Does nothing after the answer.
    void withdraw();

    /// Whether any byte of a POST's body was handed to a connection.
    bool bodyWasSent() const;

    /// The server's clock less ours, in milliseconds, by the `Date` of the last answer of any status; whole seconds only.
    std::optional<qint64> clockOffset() const { return m_clockOffset; }

private:
    void attempt();
    void replyFinished();
    void readRedirect();
    void finish(Result<ApiAnswer> answer);
    bool mayTryAgain(const ApiError &error) const;
    std::chrono::milliseconds pause(const ApiError &error) const;

    Transport &m_transport;
    const ApiRequest m_request;
    Answered m_answered;
    std::unique_ptr<BodyDevice> m_body;
    QNetworkReply *m_reply = nullptr;
    QTimer m_stall;
    QTimer m_retry;
    int m_attempts = 0;
    bool m_isTooLarge = false;
    bool m_hasStalled = false;
    std::optional<qint64> m_clockOffset;
};
