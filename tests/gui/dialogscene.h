// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/applicationiddialog.h"
#include "edit/credentialdialog.h"
#include "edit/deletedialog.h"
#include "edit/disabledialog.h"
#include "edit/valueeditor.h"
#include "gui/fakelosant.h"
#include "gui/openwindow.h"
#include "services/tokenstore.h"
#include "signin/profiledialog.h"
#include "signin/signinagaindialog.h"
#include "signin/signindialog.h"
#include "widgets/messagebanner.h"
#include "widgets/messagebox.h"

#include <QApplication>
#include <QFileDialog>
#include <QJsonDocument>

/// Every dialog of the program, over a window that shows an application.
class DialogScene
{
public:
    DialogScene()
        : losant(std::make_unique<FakeLosant>())
        , tokens(std::make_unique<TokenStore>(QStringLiteral("io.github.credenza.Test")))
    {
        losant->setCredentials(losant->addApplication(QStringLiteral("Plant floor")),
                               FakeLosant::someCredentials(5));
        window = std::make_unique<OpenWindow>(losant->url(), settings.settings);
        profiles = std::make_unique<ProfileStore>(settings.settings);
        if (!QTest::qWaitFor([this] {
                return window->label(QStringLiteral("Page status")) == QStringLiteral("1–5 of 5") &&
                       window->session().account();
            }))
            qFatal("The window shows no credentials");
    }

    static QStringList names()
    {
        return {QStringLiteral("New credential"),    QStringLiteral("Edit credential"),
                QStringLiteral("Rotate secret"),     QStringLiteral("Sign in"),
                QStringLiteral("Sign in again"),     QStringLiteral("Profile settings"),
                QStringLiteral("Application ID"),    QStringLiteral("Message"),
                QStringLiteral("Delete credential"), QStringLiteral("Disable credential"),
                QStringLiteral("File to be saved")};
    }

    /// A row for each dialog, by its name, but for those that are Qt's.
    static void addRowsOfOwnDialogs()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : names()) {
            if (name != QStringLiteral("File to be saved"))
                QTest::newRow(qUtf8Printable(name)) << name;
        }
    }

    /// Whether the keys go to this window, soon. A window counts as active if they go to a dialog over it.
    static bool waitForKeys(const QWidget *window)
    {
        return QTest::qWaitFor([window] { return QGuiApplication::focusWindow() == window->windowHandle(); },
                               2000);
    }

    /// Shown and active, over `parent` or the window. It deletes itself once it is closed.
    QDialog *open(const QString &name, QWidget *parent = nullptr)
    {
        QDialog *dialog = make(name, parent ? parent : &window->window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        if (!waitForKeys(dialog))
            qFatal("%s does not become active", qUtf8Printable(name));
        const bool loads =
            name == QStringLiteral("Edit credential") || name == QStringLiteral("Rotate secret");
        if (loads && !QTest::qWaitFor([dialog] {
                const QWidget *focus = dialog->focusWidget();
                return focus && qobject_cast<const ValueEditor *>(focus->parentWidget());
            }))
            qFatal("%s has nothing to show", qUtf8Printable(name));
        return dialog;
    }

    static Profile proxied(const QUrl &server)
    {
        Profile profile{
            .id = QStringLiteral("1"), .name = QStringLiteral("West"), .connection = {.server = server}};
        profile.connection.proxy = {Connection::Proxy::Kind::Http, QStringLiteral("proxy.example.com"), 3128,
                                    QStringLiteral("ada")};
        return profile;
    }

    TestSettings settings;
    std::unique_ptr<FakeLosant> losant;
    std::unique_ptr<TokenStore> tokens;
    std::unique_ptr<OpenWindow> window;
    std::unique_ptr<ProfileStore> profiles;
    QString message = QStringLiteral("All is well.");

private:
    /// Upon the first credential.
    QDialog *makeUpon(const QString &name, QWidget *parent)
    {
        const QString application = FakeLosant::applicationId(1);
        const QJsonObject object = losant->credentials(application).first().toObject();
        losant->setException([object](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method == "GET" &&
                request.path().endsWith(object[QStringLiteral("id")].toString().toLatin1()))
                return ScriptedReply{.body = QJsonDocument(object).toJson()};
            return std::nullopt;
        });
        Credential credential;
        credential.id = object[QStringLiteral("id")].toString();
        credential.name = object[QStringLiteral("name")].toString();
        credential.type = object[QStringLiteral("type")].toString();
        const auto upon =
            name == QStringLiteral("Edit credential") ? &CredentialDialog::edit : &CredentialDialog::rotate;
        return upon(window->session(), application, QStringLiteral("Plant floor"), credential,
                    settings.settings, parent);
    }

    QDialog *make(const QString &name, QWidget *parent)
    {
        const QUrl server = losant->url();
        if (name == QStringLiteral("New credential"))
            return new CredentialDialog(window->session().credentials(), FakeLosant::applicationId(1),
                                        QStringLiteral("Plant floor"), settings.settings, parent);
        const Credential credential{.id = QStringLiteral("c1"), .name = QStringLiteral("S3 archive")};
        if (name == QStringLiteral("Delete credential"))
            return new DeleteDialog(window->session(), FakeLosant::applicationId(1),
                                    QStringLiteral("Plant floor"), credential, parent);
        if (name == QStringLiteral("Disable credential"))
            return new DisableDialog(window->session(), FakeLosant::applicationId(1),
                                     QStringLiteral("Plant floor"), credential, parent);
        if (name == QStringLiteral("Edit credential") || name == QStringLiteral("Rotate secret"))
            return makeUpon(name, parent);
        if (name == QStringLiteral("Sign in"))
            return new SignInDialog(*profiles, *tokens, {.connection = {.server = server}}, true, parent);
        if (name == QStringLiteral("Sign in again"))
            return new SignInAgainDialog(window->session(), {}, parent);
        if (name == QStringLiteral("Profile settings"))
            return new ProfileDialog(proxied(server), QStringLiteral("secret"), parent);
        if (name == QStringLiteral("Application ID"))
            return new ApplicationIdDialog(parent);
        if (name == QStringLiteral("File to be saved")) {
            auto *dialog = new QFileDialog(parent, QStringLiteral("Save all to a file"));
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            return dialog;
        }
        auto *box = new MessageBox(QStyle::SP_MessageBoxInformation, message, message, parent);
        box->addButton(QStringLiteral("Go on"), QDialogButtonBox::AcceptRole);
        box->addButton(QStringLiteral("OK"), QDialogButtonBox::RejectRole);
        return box;
    }
};
