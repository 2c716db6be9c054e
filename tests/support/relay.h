// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QUrl>

#include <vector>

class QTcpSocket;

/// A network between a client and a server on loopback, which can lose what is sent as a real one does:
/// without a word.
class Relay : public QTcpServer
{
    Q_OBJECT

public:
    /// Lies before the server at `behind`.
    explicit Relay(const QUrl &behind);
    ~Relay() override;

    QUrl url() const;

    /// From now on nothing crosses the connections that there are.
    void swallow();
    /// Nor those to come, until this is false again; it makes the former no better.
    void setDown(bool isDown) { m_isDown = isDown; }

    int connectionCount() const { return m_connectionCount; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Line
    {
        QTcpSocket *client = nullptr;
        QTcpSocket *server = nullptr;
        bool isDead = false;
    };

    void forward(QTcpSocket *from, QTcpSocket *to);

    const QUrl m_behind;
    std::vector<Line> m_lines;
    int m_connectionCount = 0;
    bool m_isDown = false;
};
