// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/boundedserver.h"

#include <QTcpSocket>

#include <utility>

BoundedServer::BoundedServer(qint64 maxRequestSize, QByteArray refusal)
    : m_maxRequestSize(maxRequestSize), m_refusal(std::move(refusal))
{
}

void BoundedServer::restartCount(quint16 peerPort)
{
    if (const auto received = m_received.find(peerPort); received != m_received.end())
        *received = 0;
}

void BoundedServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    // QAbstractHttpServer reads in a transaction, so the buffer holds the request from its first byte on.
    socket->setReadBufferSize(m_maxRequestSize + 1);
    const quint16 port = socket->peerPort();
    m_received.insert(port, 0);
    connect(socket, &QTcpSocket::disconnected, this, [this, port] { m_received.remove(port); });
    // Connected before the HTTP server's own: it is called first.
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, port] {
        qint64 &received = m_received[port];
        received += socket->bytesAvailable();
        if (received <= m_maxRequestSize)
            return;
        disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
        socket->write(m_refusal);
        socket->disconnectFromHost();
    });
    addPendingConnection(socket);
}
