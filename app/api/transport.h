// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apirequest.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>

class QIODevice;
class QNetworkReply;

/// The one place that talks HTTP: it makes network requests out of ApiRequests, attaches the token, and logs
/// method, path, status, bytes and milliseconds in the category `credenza.api`, nothing else.
class Transport : public QObject
{
    Q_OBJECT

public:
    /// An answer of more bytes has failed, decompressed or not.
    static constexpr qint64 largestBody = 64 * 1024 * 1024;
    static constexpr int mostRedirects = 5;

    explicit Transport(const QUrl &baseUrl, QObject *parent = nullptr);

    QUrl baseUrl() const { return m_baseUrl; }

    /// An answer that sends no byte for so long has failed.
    std::chrono::milliseconds stallTimeout() const { return m_stallTimeout; }
    void setStallTimeout(std::chrono::milliseconds timeout) { m_stallTimeout = timeout; }

    /// In memory only; goes to the base URL's origin and nowhere else.
    void setToken(const QByteArray &token) { m_token = token; }

    /// Where the request goes.
    QUrl urlOf(const ApiRequest &request) const;

    /// Sends the request once, to `url`: its own or one of the base URL's origin that it was redirected to.
    /// A POST reads its body from `body`, which must outlive the reply and know its size. The caller owns
    /// the reply, which follows no redirect.
    QNetworkReply *send(const ApiRequest &request, const QUrl &url, QIODevice *body);

    /// HTTPS anywhere, HTTP to this machine only.
    static bool isAllowed(const QUrl &url);
    static bool isLoopback(const QUrl &url);
    /// Whether the two have scheme, host and port in common.
    static bool isSameOrigin(const QUrl &one, const QUrl &other);

private:
    const QUrl m_baseUrl;
    QByteArray m_token;
    std::chrono::milliseconds m_stallTimeout{15'000};
    QNetworkAccessManager m_network;
};
