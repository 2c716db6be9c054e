// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/http2server.h"

#include "support/testcertificate.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QtEndian>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// RFC 9113 (frames) and RFC 7541 (headers), the parts needed.

namespace {

enum FrameType { Data = 0, Headers = 1, ResetStream = 3, Settings = 4, GoAwayFrame = 7 };
enum Flag { EndStream = 0x1, Ack = 0x1, EndHeaders = 0x4, Padded = 0x8, Priority = 0x20 };
constexpr quint32 internalError = 2, refusedStream = 7;

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray frameBytes(FrameType type, int flags, quint32 stream, const QByteArray &payload)
{
    return bigEndian(quint32(payload.size())).mid(1) + char(type) + char(flags) + bigEndian(stream) + payload;
}

/// A header field block, read field by field, of whose Huffman code only the methods are known. A method that
/// is in the dynamic table, as it was sent over the connection before, is "?".
class HeaderBlock
{
public:
    explicit HeaderBlock(const QByteArray &bytes) : m_bytes(bytes) {}

    QByteArray method()
    {
        while (m_at < m_bytes.size()) {
            const quint8 first = quint8(m_bytes[m_at]);
            if (first & 0x80) {
                const int index = integer(7);
                if (index == 2)
                    return "GET";
                if (index == 3)
                    return "POST";
            } else if ((first & 0xe0) == 0x20) {
                integer(5); // the dynamic table's size
            } else {
                const int name = integer((first & 0xc0) == 0x40 ? 6 : 4);
                if (name == 0)
                    text();
                const QByteArray value = text();
                if (name == 2 || name == 3)
                    return value == "\xd7\x0e\xfb\xd8\xff"       ? "PATCH"
                           : value == "\xbf\x83\x3e\x0d\xf8\x3f" ? "DELETE"
                                                                 : "?";
            }
        }
        return "?";
    }

private:
    int integer(int bits)
    {
        const int mask = (1 << bits) - 1;
        int value = quint8(m_bytes[m_at++]) & mask;
        if (value < mask)
            return value;
        for (int shift = 0; m_at < m_bytes.size(); shift += 7) {
            const quint8 byte = quint8(m_bytes[m_at++]);
            value += (byte & 0x7f) << shift;
            if (!(byte & 0x80))
                break;
        }
        return value;
    }

    QByteArray text()
    {
        const int size = integer(7);
        m_at += size;
        return m_bytes.mid(m_at - size, size);
    }

    const QByteArray m_bytes;
    qsizetype m_at = 0;
};

QByteArray statusField(int status)
{
    // Literal, not indexed, its name the eighth of the static table: `:status`.
    return QByteArray(1, '\x08') + '\x03' + QByteArray::number(status);
}

} // namespace

Http2Server::Http2Server()
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("The test server can't listen: %s", qPrintable(errorString()));
}

Http2Server::~Http2Server()
{
    for (const auto &[socket, connection] : m_connections) {
        socket->disconnect(this);
        delete socket;
    }
}

QUrl Http2Server::url() const
{
    return QUrl(u"https://127.0.0.1:%1"_s.arg(serverPort()));
}

int Http2Server::count(const QByteArray &method) const
{
    return int(std::ranges::count(m_requests, method, &Request::method));
}

void Http2Server::goAway()
{
    for (const auto &[socket, connection] : m_connections) {
        const quint32 last = connection.streams.empty() ? 0 : connection.streams.rbegin()->first;
        socket->write(frameBytes(GoAwayFrame, 0, 0, bigEndian(last) + bigEndian(0)));
    }
}

void Http2Server::closeConnections()
{
    const auto connections = m_connections; // each leaves the list
    for (const auto &[socket, connection] : connections)
        socket->disconnectFromHost();
}

void Http2Server::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket;
    socket->setSocketDescriptor(descriptor);
    m_connections[socket].number = ++m_connectionCount;
    connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QSslSocket::disconnected, this, [this, socket] {
        m_connections.erase(socket);
        socket->deleteLater();
    });
    QSslConfiguration configuration;
    configuration.setLocalCertificate(TestCertificate::instance().certificate);
    configuration.setPrivateKey(TestCertificate::instance().key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2});
    socket->setSslConfiguration(configuration);
    socket->startServerEncryption();
}

void Http2Server::read(QSslSocket *socket)
{
    Connection &connection = m_connections.at(socket);
    connection.buffer += socket->readAll();
    if (!connection.hasPreface) {
        constexpr qsizetype prefaceSize = 24;
        if (connection.buffer.size() < prefaceSize)
            return;
        connection.buffer.remove(0, prefaceSize);
        connection.hasPreface = true;
        socket->write(frameBytes(Settings, 0, 0, {}));
    }
    constexpr qsizetype headSize = 9;
    while (connection.buffer.size() >= headSize) {
        const auto *head = reinterpret_cast<const uchar *>(connection.buffer.constData());
        const qsizetype size = qsizetype(qFromBigEndian<quint32>(head) >> 8);
        if (connection.buffer.size() < headSize + size)
            return;
        const int type = head[3], flags = head[4];
        const quint32 stream = qFromBigEndian<quint32>(head + 5) & 0x7fffffff;
        const QByteArray payload = connection.buffer.mid(headSize, size);
        connection.buffer.remove(0, headSize + size);
        if (!frame(socket, connection, type, flags, stream, payload))
            return;
    }
}

bool Http2Server::frame(QSslSocket *socket, Connection &connection, int type, int flags, quint32 stream,
                        QByteArray payload)
{
    if (type == Settings && !(flags & Ack))
        socket->write(frameBytes(Settings, Ack, 0, {}));
    if (type != Headers && type != Data)
        return true;
    if (flags & Padded) {
        const int padding = quint8(payload[0]);
        payload = payload.mid(1, payload.size() - 1 - padding);
    }
    if (type == Headers) {
        if (flags & Priority)
            payload.remove(0, 5);
        connection.streams[stream] = m_requests.size();
        m_requests.push_back(
            {.method = HeaderBlock(payload).method(), .headers = payload, .connection = connection.number});
        if (m_nextWay.value_or(m_way) == Way::CloseAtOnce) {
            m_nextWay.reset();
            socket->abort();
            return false;
        }
    } else {
        m_requests.at(connection.streams.at(stream)).body += payload;
    }
    if (flags & EndStream) {
        m_requests.at(connection.streams.at(stream)).isWhole = true;
        const Way way = std::exchange(m_nextWay, std::nullopt).value_or(m_way);
        QTimer::singleShot(0, socket, [this, socket, stream, way] { reply(socket, stream, way); });
    }
    return true;
}

void Http2Server::reply(QSslSocket *socket, quint32 stream, Way way)
{
    const QByteArray headers = frameBytes(Headers, EndHeaders, stream, statusField(m_status));
    switch (way) {
    case Way::Answer:
        socket->write(headers + frameBytes(Data, EndStream, stream, "{\"name\":\"a\"}"));
        return;
    case Way::CloseInBody:
        socket->write(headers + frameBytes(Data, 0, stream, "{\"na"));
        break;
    case Way::Reset:
        socket->write(frameBytes(ResetStream, 0, stream, bigEndian(internalError)));
        return;
    case Way::Refuse:
        socket->write(frameBytes(ResetStream, 0, stream, bigEndian(refusedStream)));
        return;
    case Way::GoAway:
        socket->write(frameBytes(GoAwayFrame, 0, 0, bigEndian(0) + bigEndian(0)));
        break;
    case Way::Stall:
        return;
    case Way::CloseAtOnce:
    case Way::CloseBefore:
        break;
    }
    socket->disconnectFromHost();
}
