// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>
#include <QUrl>

#include <atomic>

/// A server on loopback that answers the first request of each connection with headers that never end, as
/// fast as they are taken. In a thread of its own.
class FloodServer : public QThread
{
    Q_OBJECT

public:
    enum class Protocol { Http1, Http2 };

    /// Listens once it is constructed.
    explicit FloodServer(Protocol protocol);
    ~FloodServer() override;

    QUrl url() const;
    int connectionCount() const { return m_connectionCount; }
    bool isFlooding() const { return m_isFlooding; }
    /// What the connections have taken, in bytes.
    qint64 sent() const { return m_sent; }

protected:
    void run() override;

private:
    void flood(qintptr descriptor);

    const Protocol m_protocol;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_connectionCount = 0;
    std::atomic<qint64> m_sent = 0;
    std::atomic<bool> m_isFlooding = false;
    std::atomic<bool> m_isEnding = false;
};
