// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "api/apirequest.h"
#include "api/authorityproblem.h"
#include "domain/connection.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

class QIODevice;
class QNetworkReply;

/// The one place that talks HTTP: it makes network requests out of ApiRequests, attaches the token, and logs
/// method, path, status, bytes and milliseconds in the category `credenza.api`, nothing else.
class Transport : public QObject
{
    Q_OBJECT

public:
    /// An answer of more bytes has failed, decompressed or not.
    static constexpr qint64 maxBodySize = 64 * 1024 * 1024;
    static constexpr int maxRedirects = 5;
    /// If the process grows by more bytes than this within 15 seconds of a request, all requests are aborted.
    /// It is more than the largest body takes. Against headers without end, which Qt gathers in another
    /// thread before it tells of any (as of 6.4).
    static constexpr qint64 maxMemoryGrowth = 384 * 1024 * 1024;

    /// Trusts the system's authorities and furtherAuthorities().
    explicit Transport(const Connection &connection, QObject *parent = nullptr);
    explicit Transport(const QUrl &baseUrl) : Transport(Connection{.server = baseUrl}) {}
    /// Overwrites the token.
    ~Transport() override;

    /// Loads what the first transport over TLS would have to wait for. In any thread, once there is a
    /// QCoreApplication.
    static void loadTls();

    const QUrl &baseUrl() const { return m_connection.server; }

    /// Which of furtherAuthorities() are not trusted, as they can't be read; empty: all are. In sentences.
    QString authorityProblem() const { return authorityProblemText(m_authorityProblems); }

    /// For a proxy of the connection that asks for one; in memory only.
    void setProxyPassword(const QString &password);

    /// An answer that sends no byte for so long has failed.
    std::chrono::milliseconds stallTimeout() const { return m_stallTimeout; }
    void setStallTimeout(std::chrono::milliseconds timeout) { m_stallTimeout = timeout; }

    /// An answer that is not whole after so long has failed, however steadily its bytes trickle.
    std::chrono::milliseconds answerTimeout() const { return m_answerTimeout; }
    void setAnswerTimeout(std::chrono::milliseconds timeout) { m_answerTimeout = timeout; }

    /// Requests go over new connections from now on, as the ones that there are may lead nowhere: after a
    /// change of network or a sleep their packets vanish, and nobody tells. What is under way goes on over
    /// its own.
    void renewConnections();
    /// The same, unless that was done since the request of this reply was sent.
    void renewConnections(const QNetworkReply &stalled);

    /// In memory only; goes to the base URL's origin and nowhere else. Calls that await it go on. One that is
    /// no header's value is not taken: what needs a token is Unsendable then.
    void setToken(const QByteArray &token);
    const QByteArray &token() const { return m_token; }
    /// A number that changes with the token.
    int tokenNumber() const { return m_tokenNumber; }

    /// Whether a call that is refused its token awaits another one, instead of failing at once.
    void setAwaitsToken(bool isAwaited) { m_awaitsToken = isAwaited; }
    bool awaitsToken() const { return m_awaitsToken; }
    /// A call was refused its token: tokenRefused() follows, once for all calls that wait.
    void refuseToken();
    /// Overwrites the token, which is not to be used any more although the server may take it: what needs one
    /// is not sent, but as if the server had refused it. tokenRefused() follows.
    void dropToken();
    bool isTokenDropped() const { return m_isTokenDropped; }
    /// There will be no other token: the calls that await one fail.
    void withholdToken();

    /// Takes note of an answer: whether there is a Losant API at the base URL. Tells so in the error.
    void judgeUrl(const ApiRequest &request, ApiError *error);

    /// Takes note of a server that asks for patience: by 429, or by 503 with `Retry-After`.
    void noteThrottling(const ApiError &error);
    /// Until then nothing should be asked that nobody waits for.
    const QDeadlineTimer &throttledUntil() const { return m_throttledUntil; }

    /// The server's clock less ours in milliseconds, by the last `Date` there was.
    std::optional<qint64> clockOffset() const { return m_clockOffset; }
    void setClockOffset(qint64 offset) { m_clockOffset = offset; }

    /// Where the request goes.
    QUrl urlOf(const ApiRequest &request) const;
    /// Why the request must not be sent. Nothing if it may be.
    std::optional<ApiError> refusal(const ApiRequest &request) const;

    /// Sends the request once, to `url`: its own or one of the base URL's origin that it was redirected to.
    /// There is no refusal() of it.
    /// A request that has a body reads it from `body`, which must outlive the reply and know its size. The
    /// caller owns the reply, which follows no redirect.
    QNetworkReply *send(const ApiRequest &request, const QUrl &url, QIODevice *body);

    /// Logs a request whose reply has finished. `bodySize` is that of the answer as it came, in bytes.
    static void logReply(const ApiRequest &request, const QNetworkReply &reply, qint64 bodySize,
                         std::chrono::milliseconds duration);

    /// Whether to send the request once more after an untrusted certificate, with the other set of
    /// authorities: the system's or the configured ones. One set is used at a time, as Qt loads the system's
    /// on demand only if it has no others (as of 6.4), and loading all takes longer than the rest of a start.
    bool trustOthers(const QNetworkReply &untrusted);

    /// HTTPS anywhere, HTTP to this machine only.
    static bool isAllowed(const QUrl &url);
    static bool isLoopback(const QUrl &url);
    /// No user name and no password, and a host that can be sent as a header.
    static bool isPlain(const QUrl &url);
    /// Whether the two have scheme, host and port in common.
    static bool isSameOrigin(const QUrl &one, const QUrl &other);

Q_SIGNALS:
    /// The server takes the token no longer, or it was dropped. Calls wait until setToken() or
    /// withholdToken().
    void tokenRefused();
    void tokenChanged();
    void tokenWithheld();
    /// The process grew by more than maxMemoryGrowth: all that is under way has to be aborted, which ends its
    /// connections.
    void memoryExceeded();

private:
    void makeNetwork();
    void watchMemory();
    void checkMemory();

    const Connection m_connection;
    QSslConfiguration m_system;                 ///< trusts the system's authorities
    std::optional<QSslConfiguration> m_further; ///< trusts the further ones, if there are any
    std::vector<AuthorityProblem> m_authorityProblems;
    bool m_asksSystem = true;
    QByteArray m_token;
    bool m_isTokenUnusable = false;
    int m_tokenNumber = 0;
    bool m_awaitsToken = false;
    bool m_isTokenRefused = false;
    bool m_isTokenDropped = false;
    std::chrono::milliseconds m_stallTimeout{15'000};
    std::chrono::milliseconds m_answerTimeout{120'000};
    QDeadlineTimer m_throttledUntil;
    bool m_isApiFound = false;   ///< something was there, or was refused as a Losant API refuses
    bool m_isApiMissing = false; ///< something was not there that always is
    std::optional<qint64> m_clockOffset;
    QTimer m_memoryCheck;
    QElapsedTimer m_memoryWatched;
    std::optional<qint64> m_memoryBefore; ///< when m_memoryWatched was started
    QNetworkProxy m_proxy;
    std::unique_ptr<QNetworkAccessManager> m_network;
};
