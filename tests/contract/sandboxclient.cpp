// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxclient.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;

QStringList SandboxReply::column(QLatin1String key) const
{
    QStringList values;
    for (const QJsonValue item : items())
        values += item[key].toVariant().toString();
    return values;
}

QStringList SandboxReply::faultyFields() const
{
    QStringList fields;
    const QJsonArray errors = json()["validationErrors"_L1].toArray();
    for (const QJsonValue error : errors)
        fields += error["name"_L1].toString();
    return fields;
}

SandboxReply SandboxClient::post(const QString &path, const QJsonObject &body)
{
    return ask("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

SandboxReply SandboxClient::patch(const QString &path, const QJsonObject &body)
{
    return ask("PATCH", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

SandboxReply SandboxClient::ask(const QByteArray &method, const QString &pathAndQuery, const QByteArray &body)
{
    QNetworkRequest request(QUrl(m_url.toString() + pathAndQuery));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();

    SandboxReply answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    for (const auto &[name, value] : reply->rawHeaderPairs()) {
        answer.headers.insert(name.toLower(), value);
        m_everything += name + ": " + value + '\n';
    }
    m_everything += answer.body + '\n';
    return answer;
}

QString SandboxClient::application(const QString &name)
{
    const SandboxReply reply = get(u"/applications?perPage=1000"_s);
    for (const QJsonValue item : reply.items()) {
        if (item["name"_L1] == name)
            return "/applications/"_L1 + item["id"_L1].toString();
    }
    return {};
}
