// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QUrl>

#include <map>
#include <optional>
#include <vector>

class QSslSocket;

/// As much of an HTTP/2 server (over TLS, on loopback) as it takes to count requests and to break off
/// answers.
class Http2Server : public QTcpServer
{
    Q_OBJECT

public:
    enum class Way {
        Answer,      ///< `status` and a body
        CloseAtOnce, ///< the connection is closed once the headers are there
        CloseBefore, ///< the connection is closed once the request is there
        CloseInBody, ///< the connection is closed after headers and a part of the body
        Reset,       ///< the stream is ended with INTERNAL_ERROR
        Refuse,      ///< the stream is ended with REFUSED_STREAM: nothing was done, says the server
        GoAway,      ///< GOAWAY that names no stream as handled, then the connection is closed
        Stall,       ///< never answered
    };

    struct Request
    {
        QByteArray method;
        QByteArray headers; ///< the field block as sent: indexed and in Huffman's code
        QByteArray body;
        int connection = 0;
        bool isWhole = false;
    };

    Http2Server();
    ~Http2Server() override;

    QUrl url() const;
    void answer(Way way, int status = 200) { m_way = way, m_status = status; }
    /// What becomes of the next request alone.
    void answerNext(Way way) { m_nextWay = way; }
    /// Sends GOAWAY over all connections there are, which names their last stream as handled.
    void goAway();
    /// Ends all connections there are; new ones are still accepted.
    void closeConnections();

    const std::vector<Request> &requests() const { return m_requests; }
    int count(const QByteArray &method) const;
    int connectionCount() const { return m_connectionCount; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Connection
    {
        int number = 0;
        bool hasPreface = false;
        QByteArray buffer;
        std::map<quint32, std::size_t> streams; ///< to the index of their request
    };

    void read(QSslSocket *socket);
    /// Whether the connection is still there.
    bool frame(QSslSocket *socket, Connection &connection, int type, int flags, quint32 stream,
               QByteArray payload);
    void reply(QSslSocket *socket, quint32 stream, Way way);

    std::map<QSslSocket *, Connection> m_connections;
    std::vector<Request> m_requests;
    Way m_way = Way::Answer;
    std::optional<Way> m_nextWay;
    int m_status = 200;
    int m_connectionCount = 0;
};
