// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpServer>

/// A server for QAbstractHttpServer, which reads a request to its end however long that is: this one ends a
/// connection as soon as it has sent more than a request may have.
class BoundedServer final : public QTcpServer
{
public:
    /// A larger request, line and headers included, is answered with `refusal` as it stands.
    BoundedServer(qint64 maxRequestSize, QByteArray refusal);

    /// The client at this port has sent a whole request: what it sends from now on is counted anew.
    void restartCount(quint16 peerPort);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    const qint64 m_maxRequestSize;
    const QByteArray m_refusal;
    QHash<quint16, qint64> m_received; ///< bytes of the request that is being read, by the client's port
};
