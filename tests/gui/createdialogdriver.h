// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "edit/credentialdialog.h"
#include "gui/formdriver.h"
#include "services/credentialservice.h"
#include "support/scriptedserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

/// The create dialog before a scripted server.
class CreateDialogDriver : public FormDriver
{
public:
    CreateDialogDriver() : CreateDialogDriver(QUrl()) {}

    /// Before another server than its own, unless the URL is empty.
    explicit CreateDialogDriver(const QUrl &elsewhere)
        : FormDriver(&dialog)
        , settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , transport(elsewhere.isEmpty() ? server.url() : elsewhere)
        , service(transport)
        , dialog(service, QStringLiteral("575ec8687ae143cd83dc4a97"), QStringLiteral("Plant floor"), settings)
        , created(&dialog, &CredentialDialog::created)
    {
        dialog.show();
        dialog.activateWindow();
        (void)QTest::qWaitForWindowActive(&dialog);
    }

    /// An AWS credential that can be created.
    void fillIn()
    {
        chooseType(QStringLiteral("Amazon Web Services"));
        type(QStringLiteral("Name"), QStringLiteral("S3 archive"));
        type(QStringLiteral("Access key ID"), QStringLiteral("AKIAIOSFODNN7EXAMPLE"));
        type(QStringLiteral("Secret access key"), QStringLiteral("wJalrXUtnFEMI"));
        type(QStringLiteral("Region"), QStringLiteral("us-east-1"));
    }

    /// Answers as the platform does, without a word of what is secret.
    void acceptWhatIsPosted(const QByteArray &publicKey = {})
    {
        server.handle([publicKey](const RecordedRequest &request) -> ScriptedReply {
            const QJsonObject body = QJsonDocument::fromJson(request.body).object();
            QJsonObject answer{{QStringLiteral("id"), QStringLiteral("600000000000000000000001")},
                               {QStringLiteral("name"), body[QStringLiteral("name")]},
                               {QStringLiteral("type"), body[QStringLiteral("type")]}};
            if (!publicKey.isEmpty()) {
                const QString config = body[QStringLiteral("type")].toString() + QStringLiteral("Config");
                answer[config] = QJsonObject{{QStringLiteral("publicKey"), QString::fromUtf8(publicKey)}};
            }
            return {.status = 201, .body = QJsonDocument(answer).toJson()};
        });
    }

    QTemporaryDir folder;
    QSettings settings;
    ScriptedServer server;
    Transport transport;
    CredentialService service;
    CredentialDialog dialog;
    QSignalSpy created;
};
