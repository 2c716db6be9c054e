// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/losantjson.h"
#include "api/transport.h"
#include "services/credentialchange.h"
#include "services/credentialservice.h"
#include "support/scriptedserver.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>

/// A change of a credential that there is, the server it goes to and what came of it.
struct ChangeScene
{
    using Look = std::function<ScriptedReply()>;

    ChangeScene() : transport(server.url()), service(transport)
    {
        transport.setStallTimeout(std::chrono::milliseconds(400));
        server.handle([this](const RecordedRequest &request) {
            if (request.method != "GET")
                return nextWrite(request);
            const std::size_t index = std::min(std::size_t(server.count("GET")), looks.size());
            return index == 0 ? shown(stored()) : looks[index - 1]();
        });
        QObject::connect(&service, &CredentialService::credentialsChanged, &service,
                         [this](const QString &applicationId, int difference) {
                             changes += QStringLiteral("%1 %2").arg(applicationId).arg(difference);
                         });
    }

    /// What a change calls when it is finished.
    CredentialChange::Finished finished()
    {
        return [this](const ChangeOutcome &outcome) { outcomes.push_back(outcome); };
    }

    bool wait(std::size_t count = 1)
    {
        return QTest::qWaitFor([&] { return outcomes.size() >= count; }, 15'000);
    }

    ScriptedReply nextWrite(const RecordedRequest &request)
    {
        if (!validToken.isEmpty() && request.header("Authorization") != "Bearer " + validToken)
            return {.status = 401, .body = R"({"type":"Unauthorized","message":"Expired."})"};
        return write;
    }

    /// The credential as the server has it before the change.
    static QJsonObject stored()
    {
        return {{QStringLiteral("id"), QStringLiteral("575ecf887ae143cd83dc4aa2")},
                {QStringLiteral("name"), QStringLiteral("S3 archive")},
                {QStringLiteral("description"), QStringLiteral("Backups")},
                {QStringLiteral("enabled"), true},
                {QStringLiteral("type"), QStringLiteral("aws")},
                {QStringLiteral("creationDate"), QStringLiteral("2016-06-13T04:00:00.000Z")},
                {QStringLiteral("lastUpdated"), QStringLiteral("2016-06-13T04:00:00.000Z")},
                {QStringLiteral("awsConfig"),
                 QJsonObject{{QStringLiteral("accessKeyId"), QStringLiteral("AKIAIOSFODNN7EXAMPLE")},
                             {QStringLiteral("region"), QStringLiteral("us-east-1")}}}};
    }

    static Credential credentialOf(const QJsonObject &object)
    {
        return LosantJson::readCredential({.httpStatus = 200, .body = QJsonDocument(object).toJson()})
            .value();
    }

    /// The same with one thing changed; left out if the value is undefined.
    static QJsonObject with(QJsonObject object, const QString &key, const QJsonValue &value)
    {
        object[key] = value;
        return object;
    }

    /// The same, updated that long ago.
    static QJsonObject updated(const QJsonObject &object, qint64 secondsAgo = 0)
    {
        const QDateTime date = QDateTime::currentDateTimeUtc().addSecs(-secondsAgo);
        return with(object, QStringLiteral("lastUpdated"), date.toString(Qt::ISODateWithMs));
    }

    /// What the server answers that has this credential.
    static ScriptedReply shown(const QJsonObject &object)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QString date = QLocale::c().toString(now, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        return {.body = QJsonDocument(object).toJson(), .headers = {{"Date", date.toLatin1()}}};
    }

    ScriptedServer server;
    Transport transport;
    CredentialService service;
    QByteArray validToken;   ///< what writes needs it, if there is one
    ScriptedReply write;     ///< the answer to what writes
    std::vector<Look> looks; ///< the answers to each GET; the last one again after them
    std::unique_ptr<CredentialChange> change;
    std::vector<ChangeOutcome> outcomes;
    QStringList changes; ///< what the service said, such as `575e -1`
};
