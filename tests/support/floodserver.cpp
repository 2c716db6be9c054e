// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/floodserver.h"

#include "support/testcertificate.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype fieldSize = 16'000;
constexpr qsizetype maxUnsent = 4 * 1024 * 1024;

/// A frame of HTTP/2 that is not the last of its kind.
QByteArray frame(char type, const QByteArray &payload)
{
    const qsizetype size = payload.size();
    return QByteArray{} + char(size >> 16) + char(size >> 8) + char(size) + type + '\0' +
           QByteArray("\0\0\0\1", 4) + payload;
}

struct Flood
{
    QByteArray start;
    QByteArray part;
};

Flood floodOver(FloodServer::Protocol protocol)
{
    if (protocol == FloodServer::Protocol::Http1)
        return {"HTTP/1.1 200 OK\r\n", "X-More: " + QByteArray(fieldSize, 'a') + "\r\n"};
    constexpr char headers = 1, settings = 4, continuation = 9;
    const QByteArray noSettings = frame(settings, {}).left(5) + QByteArray(4, '\0');
    return {noSettings + frame(headers, "\x88"), frame(continuation, QByteArray(fieldSize, 'a'))};
}

/// Tells its thread of connections, which handles one after the other.
class Listener : public QTcpServer
{
public:
    explicit Listener(std::function<void(qintptr)> handle) : m_handle(std::move(handle)) {}

protected:
    void incomingConnection(qintptr descriptor) override { m_handle(descriptor); }

private:
    std::function<void(qintptr)> m_handle;
};

} // namespace

FloodServer::FloodServer(Protocol protocol) : m_protocol(protocol)
{
    TestCertificate::instance();
    start();
    while (m_port == 0)
        QTest::qSleep(1);
}

FloodServer::~FloodServer()
{
    m_isEnding = true;
    wait();
}

QUrl FloodServer::url() const
{
    return QUrl(u"https://127.0.0.1:%1"_s.arg(m_port.load()));
}

void FloodServer::run()
{
    Listener listener([this](qintptr descriptor) { flood(descriptor); });
    if (!listener.listen(QHostAddress::LocalHost))
        qFatal("The test server can't listen: %s", qPrintable(listener.errorString()));
    m_port = listener.serverPort();
    while (!m_isEnding)
        listener.waitForNewConnection(20);
}

void FloodServer::flood(qintptr descriptor)
{
    ++m_connectionCount;
    QSslSocket socket;
    socket.setSocketDescriptor(descriptor);
    QSslConfiguration configuration;
    configuration.setLocalCertificate(TestCertificate::instance().certificate);
    configuration.setPrivateKey(TestCertificate::instance().key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (m_protocol == Protocol::Http2)
        configuration.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2});
    socket.setSslConfiguration(configuration);
    socket.startServerEncryption();
    if (!socket.waitForEncrypted() || !socket.waitForReadyRead())
        return;
    QTest::qSleep(20); // for all of the request
    const Flood flood = floodOver(m_protocol);
    socket.write(flood.start);
    m_isFlooding = true;
    while (!m_isEnding && socket.state() == QAbstractSocket::ConnectedState) {
        while (socket.bytesToWrite() + socket.encryptedBytesToWrite() < maxUnsent) {
            socket.write(flood.part);
            m_sent += flood.part.size();
        }
        socket.waitForBytesWritten(20);
    }
    m_isFlooding = false;
}
