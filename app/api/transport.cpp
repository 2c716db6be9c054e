// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"

#include "api/authorities.h"
#include "api/contentcoding.h"
#include "api/headervalue.h"
#include "api/programversion.h"
#include "api/residentmemory.h"
#include "domain/wiping.h"

#include <QHostAddress>
#include <QIODevice>
#include <QLoggingCategory>
#include <QNetworkReply>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(apiLog, "credenza.api", QtWarningMsg)

Transport::Transport(const Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection)
{
    if (baseUrl().scheme() == "https"_L1) {
        m_system = QSslConfiguration::defaultConfiguration();
        Authorities authorities = furtherAuthorities(connection);
        m_authorityProblems = std::move(authorities.problems);
        if (!authorities.certificates.isEmpty()) {
            m_further = m_system;
            m_further->addCaCertificates(authorities.certificates);
            m_asksSystem = false;
        }
    }
    connect(&m_memoryCheck, &QTimer::timeout, this, &Transport::checkMemory);
    setProxyPassword({});
    makeNetwork();
}

Transport::~Transport()
{
    wipe(m_token);
}

void Transport::loadTls()
{
    QSslConfiguration::defaultConfiguration();
    furtherAuthorities({});
}

void Transport::setProxyPassword(const QString &password)
{
    using Kind = Connection::Proxy::Kind;
    const Connection::Proxy &proxy = m_connection.proxy;
    const bool isEncrypted = baseUrl().scheme() != "http"_L1; // what is not stays on this machine
    if (!isEncrypted || proxy.kind == Kind::None || (proxy.kind == Kind::System && isLoopback(baseUrl())))
        m_proxy = QNetworkProxy::NoProxy;
    else if (proxy.kind == Kind::System)
        m_proxy = QNetworkProxy::DefaultProxy;
    else
        m_proxy = {proxy.kind == Kind::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy,
                   proxy.host, proxy.port, proxy.user, password};
    if (m_network)
        m_network->setProxy(m_proxy);
}

void Transport::makeNetwork()
{
    m_network = std::make_unique<QNetworkAccessManager>();
    m_network->setProxy(m_proxy);
}

void Transport::renewConnections()
{
    // A manager is the only one to know its connections, and the parent of its replies.
    QNetworkAccessManager *former = m_network.release();
    makeNetwork();
    const auto replies = former->findChildren<QNetworkReply *>(Qt::FindDirectChildrenOnly);
    former->setParent(this);
    if (replies.isEmpty())
        former->deleteLater();
    const auto left = std::make_shared<qsizetype>(replies.size());
    for (const QNetworkReply *reply : replies) {
        connect(reply, &QObject::destroyed, former, [former, left] {
            if (--*left == 0)
                former->deleteLater();
        });
    }
}

void Transport::renewConnections(const QNetworkReply &stalled)
{
    if (stalled.manager() == m_network.get())
        renewConnections();
}

void Transport::watchMemory()
{
    if (m_memoryCheck.isActive())
        return;
    m_memoryBefore = residentMemory();
    m_memoryWatched.start();
    m_memoryCheck.start(200ms);
}

void Transport::checkMemory()
{
    const auto memory = residentMemory();
    if (memory && m_memoryBefore && *memory - *m_memoryBefore > maxMemoryGrowth) {
        renewConnections(); // to abort a reply alone leaves Qt reading
        Q_EMIT memoryExceeded();
    } else if (!m_memoryWatched.hasExpired(15'000)) {
        return;
    }
    // A connection may take memory after its last reply was withdrawn, but not for long: it is watched again
    // with the next request.
    m_memoryCheck.stop();
    if (m_network->findChild<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly))
        watchMemory();
}

void Transport::setToken(const QByteArray &token)
{
    wipe(m_token);
    m_isTokenUnusable = !isHeaderValue(token);
    if (!m_isTokenUnusable)
        m_token = token;
    ++m_tokenNumber;
    m_isTokenRefused = false;
    m_isTokenDropped = false;
    Q_EMIT tokenChanged();
}

void Transport::refuseToken()
{
    if (!std::exchange(m_isTokenRefused, true))
        Q_EMIT tokenRefused();
}

void Transport::dropToken()
{
    wipe(m_token);
    m_isTokenDropped = true;
    refuseToken();
}

void Transport::withholdToken()
{
    m_isTokenRefused = false;
    Q_EMIT tokenWithheld();
}

void Transport::judgeUrl(const ApiRequest &request, ApiError *error)
{
    if (!error || (error->kind != ApiError::Kind::NotFound && !error->serverType.isEmpty()))
        m_isApiFound = true;
    if (m_isApiFound || error->kind != ApiError::Kind::NotFound)
        return;
    m_isApiMissing = m_isApiMissing || request.isAlwaysThere;
    // A 404 with an error type of Losant's says nothing about the server URL: the thing may have been
    // deleted.
    error->urlIsSuspect = m_isApiMissing || error->serverType.isEmpty();
}

void Transport::noteThrottling(const ApiError &error)
{
    if (error.kind != ApiError::Kind::Throttled && !(error.httpStatus == 503 && error.retryAfter))
        return;
    const std::chrono::seconds patience = error.retryAfter.value_or(60s);
    m_throttledUntil = std::max(m_throttledUntil, QDeadlineTimer(patience));
}

QUrl Transport::urlOf(const ApiRequest &request) const
{
    QUrl url = baseUrl();
    QString path = url.path(QUrl::FullyEncoded);
    if (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + request.path, QUrl::TolerantMode);
    QUrlQuery query = request.query;
    for (const auto extra : {"_actions"_L1, "_links"_L1, "_embedded"_L1})
        query.addQueryItem(extra, u"false"_s);
    url.setQuery(query);
    return url;
}

std::optional<ApiError> Transport::refusal(const ApiRequest &request) const
{
    if (!isAllowed(baseUrl()))
        return ApiError{.kind = ApiError::Kind::Tls,
                        .technicalDetail =
                            tr("Only https:// addresses are used, so that nobody can read along.")};
    QString problem;
    const Connection::Proxy &proxy = m_connection.proxy;
    const QStringList parts = request.path.split(u'/');
    if (parts.contains("."_L1) || parts.contains(".."_L1))
        problem = tr("“.” and “..” are no IDs of an application.");
    else if (!isPlain(baseUrl()))
        problem = tr("The server URL holds more than https://, a host, a port and a path. Correct it in the "
                     "sign-in dialog.");
    else if (!isLosantDomain(m_connection.losantDomain))
        problem = tr("The Losant domain in the profile's settings is no host name. Correct it there.");
    else if (!isProxyUser(proxy.user))
        problem = tr("The user name of the proxy in the profile's settings holds a line break or another "
                     "control character. Correct it there.");
    else if (m_isTokenUnusable && request.carriesToken)
        problem = tr("The API token holds a blank, a line break or another character that no token has. Sign "
                     "in with another one.");
    if (problem.isEmpty())
        return std::nullopt;
    return ApiError{.kind = ApiError::Kind::Unsendable, .technicalDetail = problem};
}

QNetworkReply *Transport::send(const ApiRequest &request, const QUrl &url, QIODevice *body)
{
    Q_ASSERT(isSameOrigin(url, baseUrl()) && !refusal(request));
    QNetworkRequest network(url);
    network.setSslConfiguration(m_asksSystem ? m_system : *m_further);
    if (m_further && m_asksSystem)
        network.setPeerVerifyName(url.host()); // as by itself, but not on a connection that asks the others
    network.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // No cookies and no cached credentials: the token alone says who we are.
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // In place of Qt's own User-Agent. A proxy sees it in the CONNECT request too.
    network.setRawHeader("User-Agent",
                         "Credenza/" + QByteArray(programVersion().data(), programVersion().size()));
    network.setRawHeader("Accept", "application/json");
    network.setRawHeader("Accept-Version", "^1.30.0");
    network.setRawHeader("Accept-Encoding", acceptedCodings); // once it is set, the body comes as it was sent
    // Low alone changes nothing over HTTP/1.1: Qt queues it with what is normal.
    network.setPriority(request.priority == ApiRequest::Priority::Background ? QNetworkRequest::LowPriority
                                                                             : QNetworkRequest::HighPriority);
    if (!m_connection.losantDomain.isEmpty())
        network.setRawHeader("losantdomain", m_connection.losantDomain.toUtf8());
    if (!m_token.isEmpty() && request.carriesToken)
        network.setRawHeader("Authorization", "Bearer " + m_token);

    watchMemory();
    if (request.hasBody()) {
        network.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        network.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
        network.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    }
    switch (request.method) {
    case ApiRequest::Method::Get:
        return m_network->get(network);
    case ApiRequest::Method::Post:
        return m_network->post(network, body);
    case ApiRequest::Method::Patch:
        return m_network->sendCustomRequest(network, methodName(request.method), body);
    case ApiRequest::Method::Delete:
        return m_network->deleteResource(network);
    }
    Q_UNREACHABLE();
}

void Transport::logReply(const ApiRequest &request, const QNetworkReply &reply, qint64 bodySize,
                         std::chrono::milliseconds duration)
{
    qCDebug(apiLog, "%s %s %d %lld bytes %lld ms", methodName(request.method), qUtf8Printable(request.path),
            reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), bodySize,
            qint64(duration.count()));
}

bool Transport::trustOthers(const QNetworkReply &untrusted)
{
    if (!m_further)
        return false;
    m_asksSystem = untrusted.request().sslConfiguration() == m_further;
    return true;
}

bool Transport::isAllowed(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url)));
}

bool Transport::isLoopback(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

bool Transport::isPlain(const QUrl &url)
{
    // A name goes out encoded, an address as it is, with what is behind its % (as of Qt 6.4).
    const QString host = url.host(QUrl::FullyDecoded);
    return url.userInfo().isEmpty() &&
           isHeaderValue((host.contains(u':') ? host : url.host(QUrl::FullyEncoded)).toUtf8());
}

bool Transport::isSameOrigin(const QUrl &one, const QUrl &other)
{
    return originOf(one) == originOf(other);
}
