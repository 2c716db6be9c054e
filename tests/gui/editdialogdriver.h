// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/credentialdialog.h"
#include "edit/valueeditor.h"
#include "gui/formdriver.h"
#include "services/session.h"
#include "support/scriptedserver.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QPointer>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

/// The dialog that edits or rotates, before a server that has one credential and takes what is sent.
class EditDialogDriver : public FormDriver
{
public:
    static QString applicationId() { return QStringLiteral("575ec8687ae143cd83dc4a97"); }
    static QString credentialId() { return QStringLiteral("600000000000000000000001"); }

    /// Before another server than its own, which does not say who is signed in.
    explicit EditDialogDriver(const QUrl &elsewhere)
        : FormDriver(nullptr)
        , settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , session(elsewhere, "token", Session::Kind::Account)
    {
    }

    EditDialogDriver()
        : FormDriver(nullptr)
        , settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , session(server.url(), "token", Session::Kind::Account)
    {
        server.handle([this](const RecordedRequest &request) { return answer(request); });
        session.loadAccount();
        if (!QTest::qWaitFor([this] { return session.account().has_value(); }))
            qFatal("The server does not say who is signed in");
        server.forget();
    }

    ~EditDialogDriver() { delete dialog; }

    /// The credential that the server has: one as it would answer, without secrets.
    void setCredential(QJsonObject of)
    {
        of[QStringLiteral("id")] = credentialId();
        of[QStringLiteral("applicationId")] = applicationId();
        if (!of.contains(QStringLiteral("lastUpdated")))
            of[QStringLiteral("lastUpdated")] = QStringLiteral("2026-01-02T03:04:05.678Z");
        credential = of;
    }

    void setAws()
    {
        setCredential({{QStringLiteral("name"), QStringLiteral("S3 archive")},
                       {QStringLiteral("description"), QStringLiteral("Ask Ada")},
                       {QStringLiteral("enabled"), true},
                       {QStringLiteral("type"), QStringLiteral("aws")},
                       {QStringLiteral("awsConfig"),
                        QJsonObject{{QStringLiteral("accessKeyId"), QStringLiteral("AKIAIOSFODNN7EXAMPLE")},
                                    {QStringLiteral("region"), QStringLiteral("us-east-1")}}}});
    }

    /// As the platform shows it: a body in fixtures/shown.
    void setShown(const QString &name) { credential = fixture(QStringLiteral("shown"), name); }

    /// A body that was written by hand.
    static QJsonObject fixture(const QString &folder, const QString &name)
    {
        QFile file(QStringLiteral(CREDENZA_FIXTURES "/%1/%2.json").arg(folder, name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("There is no fixture %s/%s", qUtf8Printable(folder), qUtf8Printable(name));
        return QJsonDocument::fromJson(file.readAll()).object();
    }

    static QStringList fixtureNames(const QString &folder)
    {
        QStringList names = QDir(QStringLiteral(CREDENZA_FIXTURES "/") + folder).entryList(QDir::Files);
        for (QString &name : names)
            name.chop(5);
        return names;
    }

    void setConfig(const QString &key, const QJsonValue &value)
    {
        const QString name = configKey();
        QJsonObject config = credential[name].toObject();
        config[key] = value;
        credential[name] = config;
    }

    /// Somebody else's change.
    void touch()
    {
        credential[QStringLiteral("lastUpdated")] =
            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    }

    /// Opens the dialog and waits for what there is to edit.
    void open(bool rotates = false)
    {
        show(rotates);
        if (!QTest::qWaitFor([this] { return isLoaded(); }))
            qFatal("The form does not show");
    }

    void show(bool rotates = false)
    {
        Credential known;
        known.id = credentialId();
        known.name = QStringLiteral("As the row has it");
        known.type = credential[QStringLiteral("type")].toString();
        const auto make = rotates ? &CredentialDialog::rotate : &CredentialDialog::edit;
        dialog = make(session, applicationId(), QStringLiteral("Plant floor"), known, settings, nullptr);
        m_form = dialog;
        changed = std::make_unique<QSignalSpy>(dialog.data(), &CredentialDialog::changed);
        dialog->show();
        dialog->activateWindow();
        (void)QTest::qWaitForWindowActive(dialog);
    }

    /// The focus goes into the form once it is there.
    bool isLoaded() const
    {
        return qobject_cast<ValueEditor *>(
            QApplication::focusWidget() ? QApplication::focusWidget()->parentWidget() : nullptr);
    }

    /// The bodies of all changes that came over the wire.
    std::vector<QJsonObject> patches() const
    {
        std::vector<QJsonObject> bodies;
        for (const RecordedRequest &request : server.requests()) {
            if (request.method == "PATCH")
                bodies.push_back(QJsonDocument::fromJson(request.body).object());
        }
        return bodies;
    }

    /// As the platform: what is sent takes the place of what there was, and of a secret nothing is shown.
    QJsonObject patched(const QJsonObject &body) const
    {
        QJsonObject now = credential;
        for (auto member = body.begin(); member != body.end(); ++member) {
            if (!member->isObject()) {
                now[member.key()] = *member;
                continue;
            }
            QJsonObject config = now[member.key()].toObject();
            const QJsonObject sent = member->toObject();
            for (auto value = sent.begin(); value != sent.end(); ++value) {
                if (value.key() == QStringLiteral("generatePrivateKey"))
                    config[QStringLiteral("publicKey")] =
                        QStringLiteral("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 new");
                else if (!secretKeys.contains(value.key()))
                    config[value.key()] = *value;
            }
            now[member.key()] = config;
        }
        now[QStringLiteral("lastUpdated")] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
        return now;
    }

    QTemporaryDir folder;
    QSettings settings;
    ScriptedServer server;
    QJsonObject credential;
    QStringList secretKeys{
        QStringLiteral("secretAccessKey"), QStringLiteral("accountKey"),    QStringLiteral("keyJson"),
        QStringLiteral("secretValue"),     QStringLiteral("apiKey"),        QStringLiteral("apiKeySecret"),
        QStringLiteral("customerToken"),   QStringLiteral("secret"),        QStringLiteral("accessToken"),
        QStringLiteral("password"),        QStringLiteral("connectionUri"), QStringLiteral("privateKey")};
    Session session;
    QPointer<CredentialDialog> dialog;
    std::unique_ptr<QSignalSpy> changed;
    /// What is answered in place of the usual, if anything.
    std::function<std::optional<ScriptedReply>(const RecordedRequest &)> exception;

private:
    QString configKey() const
    {
        return credential[QStringLiteral("type")].toString() + QStringLiteral("Config");
    }

    ScriptedReply answer(const RecordedRequest &request)
    {
        if (exception) {
            if (auto reply = exception(request))
                return *reply;
        }
        if (request.path() == "/me")
            return {.body = R"({"userId":"5f0000000000000000000001","id":"5f0000000000000000000001",)"
                            R"("email":"ada@example.com"})"};
        if (request.path().endsWith("/linkedResources"))
            return {.body = R"({"flows":{"items":[],"count":0,"totalCount":0},)"
                            R"("flowVersions":{"items":[],"count":0,"totalCount":0},)"
                            R"("integrations":{"items":[],"count":0,"totalCount":0}})"};
        if (request.method == "PATCH")
            credential = patched(QJsonDocument::fromJson(request.body).object());
        const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc(),
                                                   QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        return {.body = QJsonDocument(credential).toJson(QJsonDocument::Compact),
                .headers = {{"Date", date.toLatin1()}}};
    }
};
