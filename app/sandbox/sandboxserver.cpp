// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxserver.h"

#include "sandbox/boundedserver.h"
#include "sandbox/sandboxapi.h"

#include <QAbstractHttpServer>
#include <QDateTime>
#include <QElapsedTimer>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QLocale>
#include <QLoggingCategory>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(sandboxLog, "credenza.sandbox", QtWarningMsg)

namespace {

constexpr int waitingConnections = 1024;
constexpr qint64 maxHeaderSize = 64 * 1024;

using Header = std::pair<QByteArray, QByteArray>;

/// An answer as it goes over the wire.
struct WireAnswer
{
    int status;
    std::vector<Header> headers;
    QByteArray body;
    bool isLast = false; ///< the connection is closed after it
};

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return "GET";
    case QHttpServerRequest::Method::Put:
        return "PUT";
    case QHttpServerRequest::Method::Delete:
        return "DELETE";
    case QHttpServerRequest::Method::Post:
        return "POST";
    case QHttpServerRequest::Method::Head:
        return "HEAD";
    case QHttpServerRequest::Method::Options:
        return "OPTIONS";
    case QHttpServerRequest::Method::Patch:
        return "PATCH";
    default:
        return "?";
    }
}

/// The body may hold secrets, and Qt keeps the request for as long as the connection is open.
/// The bytes are shared with it, so they are overwritten in place.
void wipe(const QByteArray &body)
{
    if (!body.isEmpty())
        std::memset(const_cast<char *>(body.constData()), 0, std::size_t(body.size()));
}

QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
        .toLatin1();
}

/// A page on the web can have its own name lead to this computer, and then ask what it wants: but under that
/// name, which its browser sends. The port is another where something forwards it.
bool isForLoopback(const QByteArray &host)
{
    const qsizetype colon = host.lastIndexOf(':');
    const QByteArray name = host.first(colon < 0 ? host.size() : colon).trimmed().toLower();
    const QByteArrayView port = QByteArrayView(host).sliced(colon < 0 ? host.size() : colon + 1);
    return (name == "127.0.0.1" || name == "localhost") &&
           std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
}

qint64 startOfToday()
{
    return QDateTime(QDateTime::currentDateTimeUtc().date(), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
}

/// Speaks HTTP for the sandbox: hands each request to the API and sends what it answers, late if it has to.
class Listener final : public QAbstractHttpServer
{
public:
    Listener(const SandboxOptions &options, const QByteArray &token, const QByteArray &password,
             std::unique_ptr<BoundedServer> server)
        : m_server(server.get())
        , m_api({options.applications, options.credentials, startOfToday(), options.credentialsInAll}, token,
                password)
        , m_latency(options.latency)
    {
        bind(server.release());
    }

protected:
// Qt 6.4 hands over the socket, later versions a responder that outlives it. Both hold an answer back until
// it is due, unless the client has left by then: Qt 6.4 deletes the socket when it is closed, and the timer
// goes with it.
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override
    {
        m_server->restartCount(socket->peerPort());
        const WireAnswer answer = answerTo(request);
        if (m_latency.count() == 0)
            send(answer, socket);
        else
            QTimer::singleShot(m_latency, socket, [answer, socket] { send(answer, socket); });
        return true;
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override {}
#else
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override
    {
        m_server->restartCount(request.remotePort());
        const WireAnswer answer = answerTo(request);
        if (m_latency.count() == 0) {
            send(answer, responder);
        } else {
            auto *timer = new QTimer(&m_waiting);
            auto kept = std::make_shared<QHttpServerResponder>(std::move(responder));
            connect(timer, &QTimer::timeout, timer, [answer, kept, timer] {
                send(answer, *kept);
                timer->deleteLater();
            });
            timer->setSingleShot(true);
            timer->start(m_latency);
        }
        return true;
    }
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) override {}
#else
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override {}
#endif
#endif

private:
    WireAnswer answerTo(const QHttpServerRequest &request);

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    static void send(const WireAnswer &answer, QTcpSocket *socket);
#else
    static void send(const WireAnswer &answer, QHttpServerResponder &responder);

    QObject m_waiting; ///< parent of the answers that are held back: they go before their connections do
#endif

    BoundedServer *m_server; ///< owned by QAbstractHttpServer
    SandboxApi m_api;
    std::chrono::milliseconds m_latency;
};

WireAnswer Listener::answerTo(const QHttpServerRequest &request)
{
    QElapsedTimer timer;
    timer.start();
    const QUrl url = request.url();
    const QByteArray body = request.body();
    SandboxRequest asked{methodName(request.method()), url.path(QUrl::FullyEncoded).toLatin1(),
                         url.query(QUrl::FullyEncoded).toLatin1(), request.value("authorization"), body};
    SandboxAnswer answer =
        isForLoopback(request.value("host"))
            ? m_api.answer(asked)
            : errorAnswer(421, u"MisdirectedRequest"_s,
                          u"This server answers as 127.0.0.1 or localhost, and under no other name."_s);
    asked.body.clear();
    wipe(body);

    WireAnswer result{answer.status, {}, std::move(answer.body)};
    result.headers.emplace_back("Date", httpDate());
    if (!result.body.isEmpty())
        result.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    if (!answer.allow.isEmpty())
        result.headers.emplace_back("Allow", answer.allow);
    if (answer.status != 204)
        result.headers.emplace_back("Content-Length", QByteArray::number(result.body.size()));
    if (request.method() == QHttpServerRequest::Method::Head)
        result.body.clear();
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0) // later versions leave the closing to the client
    if (request.value("connection").toLower() == "close") {
        result.isLast = true;
        result.headers.emplace_back("Connection", "close");
    }
#endif
    qCDebug(sandboxLog).noquote() << asked.method << asked.path << answer.status << timer.elapsed() << "ms";
    return result;
}

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)

QByteArray reason(int status)
{
    static constexpr std::pair<int, const char *> reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {413, "Payload Too Large"},
        {421, "Misdirected Request"},
    };
    for (const auto &[known, words] : reasons) {
        if (known == status)
            return words;
    }
    return "Status";
}

void Listener::send(const WireAnswer &answer, QTcpSocket *socket)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reason(answer.status) + "\r\n";
    for (const auto &[name, value] : answer.headers)
        bytes += name + ": " + value + "\r\n";
    socket->write(bytes + "\r\n" + answer.body);
    if (answer.isLast)
        socket->disconnectFromHost();
}

#else

void Listener::send(const WireAnswer &answer, QHttpServerResponder &responder)
{
    const auto status = QHttpServerResponder::StatusCode(answer.status);
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    responder.writeStatusLine(status);
    for (const auto &[name, value] : answer.headers)
        responder.writeHeader(name, value);
    responder.writeBody(answer.body);
#else
    QHttpHeaders headers;
    for (const auto &[name, value] : answer.headers) {
        if (name != "Content-Length")
            headers.append(name, value);
    }
    responder.write(answer.body, headers, status);
#endif
}

#endif

QByteArray tooLargeRefusal()
{
    const QByteArray body = tooLargeAnswer().body;
    return "HTTP/1.1 413 Payload Too Large\r\nContent-Type: application/json; charset=utf-8\r\n"
           "Content-Length: " +
           QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace

class SandboxServer::Thread final : public QThread
{
public:
    explicit Thread(SandboxOptions options)
        : m_options(std::move(options))
        , m_token(m_options.token.isEmpty() ? SandboxAuth::randomToken() : m_options.token)
        , m_password(m_options.password.isEmpty() ? SandboxAuth::randomPassword() : m_options.password)
    {
        setObjectName(u"sandbox"_s);
        start();
        m_isReady.acquire();
    }

    ~Thread() override
    {
        quit();
        wait();
    }

    quint16 port() const { return m_port; }
    QString error() const { return m_error; }
    QByteArray token() const { return m_token; }
    QByteArray password() const { return m_password; }

protected:
    void run() override
    {
        auto server =
            std::make_unique<BoundedServer>(maxHeaderSize + SandboxApi::maxBodySize, tooLargeRefusal());
        server->setListenBacklogSize(waitingConnections);
        if (server->listen(QHostAddress::LocalHost, m_options.port))
            m_port = server->serverPort();
        else
            m_error = server->errorString();
        const bool isListening = m_port != 0;
        m_isReady.release();
        if (isListening)
            serve(std::move(server));
        // Qt loads OpenSSL for every HTTP server. What it keeps for this thread must go before the thread is
        // said to be finished: the process may end right then.
        OPENSSL_thread_stop();
    }

private:
    void serve(std::unique_ptr<BoundedServer> server)
    {
        const Listener listener(m_options, m_token, m_password, std::move(server));
        exec();
    }

    const SandboxOptions m_options;
    const QByteArray m_token;
    const QByteArray m_password;
    quint16 m_port = 0; ///< written before the semaphore is released, constant from then on
    QString m_error;
    QSemaphore m_isReady;
};

SandboxServer::SandboxServer(SandboxOptions options) : m_thread(std::make_unique<Thread>(std::move(options)))
{
}

SandboxServer::~SandboxServer() = default;

bool SandboxServer::isListening() const
{
    return m_thread->port() != 0;
}

QString SandboxServer::errorString() const
{
    return m_thread->error();
}

QUrl SandboxServer::url() const
{
    return isListening() ? QUrl(u"http://127.0.0.1:%1"_s.arg(m_thread->port())) : QUrl();
}

QByteArray SandboxServer::token() const
{
    return m_thread->token();
}

QByteArray SandboxServer::password() const
{
    return m_thread->password();
}
