// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

/// What the sandbox answered.
struct SandboxReply
{
    int status = 0;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; ///< by lower-case name

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonArray items() const { return json()[QLatin1String("items")].toArray(); }
    /// One value of every item, in order.
    QStringList column(QLatin1String key) const;
    QString errorType() const { return json()[QLatin1String("type")].toString(); }
    /// The fields that a refusal is about.
    QStringList faultyFields() const;
};

/// A client of the sandbox that knows nothing of Credenza's own; asks, and waits for the answer.
class SandboxClient
{
public:
    SandboxClient(QUrl url, QByteArray token) : m_url(std::move(url)), m_token(std::move(token)) {}

    void setToken(const QByteArray &token) { m_token = token; }

    SandboxReply get(const QString &pathAndQuery) { return ask("GET", pathAndQuery); }
    SandboxReply post(const QString &path, const QJsonObject &body);
    SandboxReply patch(const QString &path, const QJsonObject &body);
    SandboxReply ask(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body = {});

    /// The path of an application by its name; empty if there is none.
    QString application(const QString &name);

    /// All that was ever answered, one after the other.
    QByteArray everything() const { return m_everything; }

private:
    QNetworkAccessManager m_network;
    QUrl m_url;
    QByteArray m_token;
    QByteArray m_everything;
};
