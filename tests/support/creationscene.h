// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "services/credentialchange.h"
#include "services/credentialservice.h"
#include "support/drafts.h"
#include "support/scriptedserver.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>

/// A creation, the server it goes to and what came of it.
struct CreationScene
{
    explicit CreationScene(ScriptedServer::Security security = ScriptedServer::Security::None)
        : server(security), transport(server.url()), service(transport)
    {
        transport.setStallTimeout(std::chrono::milliseconds(400));
        server.handle([this](const RecordedRequest &request) {
            return request.method == "POST" ? nextPost(request) : nextLookUp();
        });
    }

    void create(const CredentialDraft &draft)
    {
        timer.start();
        creation = CredentialChange::create(service, QStringLiteral("575e"), draft,
                                            [this](const ChangeOutcome &outcome) {
                                                outcomes.push_back(outcome);
                                                answeredAfter = timer.elapsed();
                                            });
        QObject::connect(creation.get(), &CredentialChange::answerLost, &transport, [this] { ++lost; });
    }
    void create() { create(draftOfType(QLatin1String("aws"))); }

    ScriptedReply nextPost(const RecordedRequest &request)
    {
        if (!validToken.isEmpty() && request.header("Authorization") != "Bearer " + validToken)
            return {.status = 401, .body = R"({"type":"Unauthorized","message":"Expired."})"};
        return post;
    }

    ScriptedReply nextLookUp()
    {
        lookUpTimes.push_back(timer.elapsed());
        const std::size_t index = std::min(lookUpTimes.size(), lookUps.size());
        return index == 0 ? page({}) : lookUps[index - 1]();
    }

    bool wait(std::size_t count = 1, int milliseconds = 15'000)
    {
        return QTest::qWaitFor([&] { return outcomes.size() >= count; }, milliseconds);
    }

    /// What a single look-up makes of a POST whose answer is lost: nobody waits for those that would follow.
    ChangeOutcome outcomeOfOneLookUp()
    {
        post = {.way = ScriptedReply::Way::CloseBefore};
        create();
        QObject::connect(creation.get(), &CredentialChange::answerLost, creation.get(),
                         &CredentialChange::cancel, Qt::QueuedConnection);
        if (!wait())
            qFatal("The creation does not end");
        creation->checkAgain();
        if (!wait(2))
            qFatal("Checking again does not end");
        return outcomes[1];
    }

    /// The methods of the requests that came over the wire, in their order.
    QByteArrayList methods() const
    {
        QByteArrayList methods;
        for (const RecordedRequest &request : server.requests())
            methods.append(request.method);
        return methods;
    }

    static QByteArray httpDate(const QDateTime &date)
    {
        return QLocale::c().toString(date, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
    }

    /// By the server's clock, in which it dates credentials.
    QDateTime now() const { return QDateTime::currentDateTimeUtc().addSecs(clockAhead); }

    /// What the server lists.
    ScriptedReply page(const QJsonArray &items, qsizetype totalCount = 0) const
    {
        const QJsonObject body{{QStringLiteral("items"), items},
                               {QStringLiteral("totalCount"), std::max(totalCount, items.size())}};
        return {.body = QJsonDocument(body).toJson(),
                .headers = {{"Date", httpDate(now().addSecs(dateAhead))}}};
    }

    /// The credential as the server has it, made that long ago by its clock.
    QJsonObject listed(qint64 secondsAgo = 0, const QString &name = QStringLiteral("S3 archive"),
                       const QString &type = QStringLiteral("aws")) const
    {
        return {{QStringLiteral("id"), QStringLiteral("575ecf887ae143cd83dc4aa2")},
                {QStringLiteral("name"), name},
                {QStringLiteral("type"), type},
                {QStringLiteral("creationDate"), now().addSecs(-secondsAgo).toString(Qt::ISODateWithMs)},
                {QStringLiteral("awsConfig"),
                 QJsonObject{{QStringLiteral("region"), QStringLiteral("us-east-1")}}}};
    }

    /// The same with one thing changed; left out if the value is undefined.
    static QJsonObject with(QJsonObject item, const QString &key, const QJsonValue &value)
    {
        item[key] = value;
        return item;
    }

    ScriptedServer server;
    Transport transport;
    CredentialService service;
    QByteArray validToken; ///< POST needs it, if there is one
    ScriptedReply post;
    std::vector<std::function<ScriptedReply()>> lookUps; ///< one each; the last one again after them
    qint64 clockAhead = 0;                               ///< of ours, in seconds
    qint64 dateAhead = 0; ///< of the server's own clock, if `Date` is by another
    std::unique_ptr<CredentialChange> creation;
    std::vector<ChangeOutcome> outcomes;
    std::vector<qint64> lookUpTimes; ///< when the server was asked
    QElapsedTimer timer;
    qint64 answeredAfter = -1;
    int lost = 0;
};
