// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <utility>
#include <vector>

class QTcpSocket;
struct TestCertificate;

/// A request as it came over the wire. It is recorded as soon as its headers are there.
struct RecordedRequest
{
    QByteArray method;
    QByteArray target; ///< path and query, as sent
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int connection = 0; ///< the first one is 1
    bool isWhole = false;

    QByteArray path() const { return target.split('?').front(); }
    /// Decoded.
    QString parameter(const QString &name) const;
    bool hasParameter(const QString &name) const;
    /// Case of the name does not count. Empty if it was not sent.
    QByteArray header(const QByteArray &name) const;
};

/// What the server makes of one request. The answer always comes through the event loop.
struct ScriptedReply
{
    enum class Way {
        Whole,          ///< the answer, then the connection is kept alive
        ThenClose,      ///< the answer, then the connection is closed
        CloseAtOnce,    ///< closed once the request's headers are there; queued replies only
        CloseBefore,    ///< closed once the request is there, without an answer
        CloseInHeaders, ///< closed after half of the answer's headers
        CloseInBody,    ///< closed after half of the body that the headers announced
        ResetBefore,    ///< as CloseBefore, but by a reset of the connection
        ResetInBody,    ///< as CloseInBody, but by a reset of the connection
        Stall,          ///< never answered
        StallInBody,    ///< half of the body that the headers announced, then nothing more
    };

    int status = 200;
    QByteArray body = "{}";
    QByteArray contentType = "application/json";
    std::vector<std::pair<QByteArray, QByteArray>> headers = {};
    std::chrono::milliseconds delay{0};
    Way way = Way::Whole;
    /// Sent instead of a status line, headers and body, byte for byte.
    QByteArray raw = {};
};

/// A server on loopback that records what it is asked and answers as it is told. Knows nothing of Losant.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT

public:
    enum class Security { None, Tls };

    using Handler = std::function<ScriptedReply(const RecordedRequest &)>;

    explicit ScriptedServer(Security security = Security::None);
    ~ScriptedServer() override;

    /// `http://127.0.0.1:PORT`, or https.
    QUrl url() const;

    /// The answer to the next request that has none yet; several queue up.
    void answer(ScriptedReply reply);
    /// The answer to every request for which none is queued. Without one they get 404 and `{}`.
    void otherwise(ScriptedReply reply);
    void handle(Handler handler);

    /// The certificate of connections to come.
    void setCertificate(const TestCertificate &certificate) { m_certificate = &certificate; }
    /// Ends all connections there are; new ones are still accepted.
    void closeConnections();
    /// From now on connections are left waiting in the system's queue.
    void stopAccepting() { pauseAccepting(); }

    const std::vector<RecordedRequest> &requests() const { return m_requests; }
    const RecordedRequest &request(std::size_t index) const { return m_requests.at(index); }
    /// How many requests of this method came over the wire, whole or not.
    int count(const QByteArray &method) const;
    int connectionCount() const { return m_connectionCount; }
    int openConnectionCount() const { return int(m_connections.size()); }
    /// Every byte that was received, of all connections.
    const QByteArray &wire() const { return m_wire; }
    void forget();

Q_SIGNALS:
    /// A request is there, whole.
    void requested();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Connection
    {
        int number = 0;
        QByteArray buffer;
        std::size_t request = 0; ///< under way, if `hasHeaders`
        bool hasHeaders = false;
        qsizetype bodyLeft = 0;
    };

    void read(QTcpSocket *socket);
    bool readHeaders(Connection &connection);
    ScriptedReply replyTo(const RecordedRequest &request);
    void send(QTcpSocket *socket, const ScriptedReply &reply);

    const Security m_security;
    const TestCertificate *m_certificate;
    std::map<QTcpSocket *, Connection> m_connections;
    std::vector<RecordedRequest> m_requests;
    std::deque<ScriptedReply> m_replies;
    Handler m_otherwise;
    QByteArray m_wire;
    int m_connectionCount = 0;
};
