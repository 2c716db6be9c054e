// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/relay.h"

#include <QTcpSocket>

#include <algorithm>

Relay::Relay(const QUrl &behind) : m_behind(behind)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("The relay can't listen");
}

Relay::~Relay()
{
    for (const Line &line : m_lines) { // the sockets go after the lines, which they ask
        line.client->disconnect();
        line.server->disconnect();
    }
}

QUrl Relay::url() const
{
    QUrl url = m_behind;
    url.setPort(serverPort());
    return url;
}

void Relay::swallow()
{
    for (Line &line : m_lines)
        line.isDead = true;
}

void Relay::incomingConnection(qintptr descriptor)
{
    ++m_connectionCount;
    Line line{.client = new QTcpSocket(this), .server = new QTcpSocket(this), .isDead = m_isDown};
    line.client->setSocketDescriptor(descriptor);
    line.server->connectToHost(QHostAddress::LocalHost, quint16(m_behind.port()));
    forward(line.client, line.server);
    forward(line.server, line.client);
    m_lines.push_back(line);
}

void Relay::forward(QTcpSocket *from, QTcpSocket *to)
{
    const auto isDead = [this, from] {
        return std::ranges::any_of(m_lines, [from](const Line &line) {
            return line.isDead && (line.client == from || line.server == from);
        });
    };
    connect(from, &QTcpSocket::readyRead, to, [from, to, isDead] {
        const QByteArray bytes = from->readAll();
        if (!isDead())
            to->write(bytes); // which waits for the connection
    });
    connect(from, &QTcpSocket::disconnected, to, [to, isDead] {
        if (!isDead())
            to->disconnectFromHost();
    });
}
