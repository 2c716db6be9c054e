// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include "support/testcertificate.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <sys/socket.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using Way = ScriptedReply::Way;

namespace {

QByteArray headersOf(const ScriptedReply &reply)
{
    QByteArray headers = "HTTP/1.1 " + QByteArray::number(reply.status) + " Scripted\r\n";
    headers += "Content-Type: " + reply.contentType + "\r\n";
    headers += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    if (reply.way != Way::Whole)
        headers += "Connection: close\r\n";
    for (const auto &[name, value] : reply.headers)
        headers += name + ": " + value + "\r\n";
    return headers + "\r\n";
}

QByteArray bytesOf(const ScriptedReply &reply)
{
    if (!reply.raw.isEmpty())
        return reply.raw;
    const QByteArray headers = headersOf(reply);
    switch (reply.way) {
    case Way::Whole:
    case Way::ThenClose:
        return headers + reply.body;
    case Way::CloseInHeaders:
        return headers.left(headers.size() / 2);
    case Way::CloseInBody:
    case Way::ResetInBody:
    case Way::StallInBody:
        return headers + reply.body.left(reply.body.size() / 2);
    case Way::CloseAtOnce:
    case Way::CloseBefore:
    case Way::ResetBefore:
    case Way::Stall:
        break;
    }
    return {};
}

bool resets(Way way)
{
    return way == Way::ResetBefore || way == Way::ResetInBody;
}

bool closes(Way way)
{
    return way != Way::Whole && way != Way::Stall && way != Way::StallInBody;
}

/// Breaks the connection off as a machine does that has crashed since.
void reset(QTcpSocket *socket)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket->abort();
}

} // namespace

QString RecordedRequest::parameter(const QString &name) const
{
    return QUrlQuery(QUrl::fromEncoded(target)).queryItemValue(name, QUrl::FullyDecoded);
}

bool RecordedRequest::hasParameter(const QString &name) const
{
    return QUrlQuery(QUrl::fromEncoded(target)).hasQueryItem(name);
}

QByteArray RecordedRequest::header(const QByteArray &name) const
{
    const auto found = std::ranges::find_if(
        headers, [&](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QByteArray() : found->second;
}

ScriptedServer::ScriptedServer(Security security)
    : m_security(security), m_certificate(&TestCertificate::instance())
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("The test server can't listen: %s", qPrintable(errorString()));
}

ScriptedServer::~ScriptedServer()
{
    for (const auto &[socket, connection] : m_connections) {
        socket->disconnect(this);
        delete socket;
    }
}

QUrl ScriptedServer::url() const
{
    QUrl url;
    url.setScheme(m_security == Security::Tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(serverPort());
    return url;
}

void ScriptedServer::closeConnections()
{
    const auto connections = std::exchange(m_connections, {});
    for (const auto &[socket, connection] : connections) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void ScriptedServer::answer(ScriptedReply reply)
{
    m_replies.push_back(std::move(reply));
}

void ScriptedServer::otherwise(ScriptedReply reply)
{
    m_otherwise = [reply = std::move(reply)](const RecordedRequest &) { return reply; };
}

void ScriptedServer::handle(Handler handler)
{
    m_otherwise = std::move(handler);
}

int ScriptedServer::count(const QByteArray &method) const
{
    return int(std::ranges::count(m_requests, method, &RecordedRequest::method));
}

void ScriptedServer::forget()
{
    for (auto &[socket, connection] : m_connections)
        connection.hasHeaders = false;
    m_requests.clear();
    m_wire.clear();
}

void ScriptedServer::incomingConnection(qintptr descriptor)
{
    auto *socket = m_security == Security::Tls ? new QSslSocket : new QTcpSocket;
    socket->setSocketDescriptor(descriptor);
    m_connections[socket].number = ++m_connectionCount;
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_connections.erase(socket);
        socket->deleteLater();
    });
    if (auto *secure = qobject_cast<QSslSocket *>(socket)) {
        QSslConfiguration configuration;
        configuration.setLocalCertificate(m_certificate->certificate);
        configuration.setPrivateKey(m_certificate->key);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        secure->setSslConfiguration(configuration);
        secure->startServerEncryption();
    }
}

void ScriptedServer::read(QTcpSocket *socket)
{
    Connection &connection = m_connections.at(socket);
    const QByteArray bytes = socket->readAll();
    m_wire += bytes;
    connection.buffer += bytes;
    while (connection.hasHeaders || readHeaders(connection)) {
        const bool closesAtOnce = !m_replies.empty() && m_replies.front().way == Way::CloseAtOnce;
        RecordedRequest &request = m_requests.at(connection.request);
        const QByteArray part = connection.buffer.left(connection.bodyLeft);
        connection.buffer.remove(0, part.size());
        connection.bodyLeft -= part.size();
        request.body += part;
        if (closesAtOnce) {
            m_replies.pop_front();
            socket->abort();
            return;
        }
        if (connection.bodyLeft > 0)
            return;
        connection.hasHeaders = false;
        request.isWhole = true;
        const ScriptedReply reply = replyTo(RecordedRequest(request));
        QTimer::singleShot(reply.delay, socket, [this, socket, reply] { send(socket, reply); });
        Q_EMIT requested();
    }
}

/// Whether there were headers to read.
bool ScriptedServer::readHeaders(Connection &connection)
{
    const qsizetype end = connection.buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    QList<QByteArray> lines = connection.buffer.left(end).split('\n');
    connection.buffer.remove(0, end + 4);
    const QList<QByteArray> start = lines.takeFirst().trimmed().split(' ');
    RecordedRequest request;
    request.connection = connection.number;
    request.method = start.value(0);
    request.target = start.value(1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.emplace_back(line.left(colon), line.mid(colon + 1).trimmed());
    }
    connection.bodyLeft = request.header("Content-Length").toLongLong();
    connection.request = m_requests.size();
    connection.hasHeaders = true;
    m_requests.push_back(std::move(request));
    return true;
}

ScriptedReply ScriptedServer::replyTo(const RecordedRequest &request)
{
    if (!m_replies.empty()) {
        ScriptedReply reply = std::move(m_replies.front());
        m_replies.pop_front();
        return reply;
    }
    return m_otherwise ? m_otherwise(request) : ScriptedReply{.status = 404};
}

void ScriptedServer::send(QTcpSocket *socket, const ScriptedReply &reply)
{
    socket->write(bytesOf(reply));
    if (resets(reply.way)) {
        // What was written gets time to be read.
        QTimer::singleShot(20, socket, [socket] { reset(socket); });
    } else if (closes(reply.way))
        socket->disconnectFromHost();
}
