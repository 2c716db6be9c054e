// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sandboxserver.h"

#include <QTcpSocket>

#include <memory>

/// Sends bytes and reads what comes back within a while, or until as many bytes are there.
inline QByteArray exchange(QTcpSocket &socket, const QByteArray &bytes, const QByteArray &until)
{
    socket.write(bytes);
    QByteArray answer;
    while (!answer.contains(until) && socket.waitForReadyRead(5000))
        answer += socket.readAll();
    return answer;
}

inline std::unique_ptr<QTcpSocket> connection(const SandboxServer &server)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, quint16(server.url().port()));
    socket->waitForConnected();
    return socket;
}

/// The header that it answers to.
inline QByteArray host(const SandboxServer &server)
{
    return "Host: 127.0.0.1:" + QByteArray::number(server.url().port()) + "\r\n";
}
