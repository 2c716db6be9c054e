// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/deletedialog.h"
#include "edit/disabledialog.h"
#include "services/session.h"
#include "support/guiprobe.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <memory>

/// A question about one credential, over a window, before a scripted server. What tests it derives from it.
class DeleteScene : public QObject
{
protected:
    static inline const QString name = QStringLiteral("Name of the credential");
    static inline const QString status = QStringLiteral("Used by status");
    static inline const QByteArray none = R"({"items":[],"count":0,"totalCount":0})";
    static inline const ScriptedReply unused{.body = "{\"integrations\":" + none + ",\"flows\":" + none +
                                                     ",\"flowVersions\":" + none + '}'};
    static inline const ScriptedReply used{.body = "{\"integrations\":" + none +
                                                   R"(,"flows":{"items":[{"id":"f1",
        "name":"Nightly export"}],"count":1,"totalCount":1},"flowVersions":)" +
                                                   none + '}'};
    static inline const ScriptedReply incomplete{.body =
                                                     R"({"flows":{"items":[],"count":0,"totalCount":3}})"};
    static inline const ScriptedReply refused{.status = 403,
                                              .body = R"({"type":"Forbidden","message":"No."})"};
    static inline const ScriptedReply gone{.status = 404,
                                           .body = R"({"type":"NotFound","message":"No such credential."})"};
    static inline const ScriptedReply there{.body = R"({"id":"c1","name":"S3 archive","type":"aws"})"};
    static inline const ScriptedReply success{.body = R"({"success":true})"};

    void setUp()
    {
        m_credential = {.id = QStringLiteral("c1"),
                        .applicationId = QStringLiteral("575e"),
                        .name = QStringLiteral("S3 archive"),
                        .type = QStringLiteral("aws"),
                        .enabled = true};
        m_links = unused;
        m_application = {.body = R"({"id":"575e"})"};
        m_removal = success;
        m_look = there;
        m_server = std::make_unique<ScriptedServer>();
        m_server->handle([this](const RecordedRequest &request) {
            if (request.method == "DELETE")
                return m_removal;
            if (request.path().endsWith("/linkedResources"))
                return m_links;
            return request.path().endsWith("/c1") ? m_look : m_application;
        });
        m_window = std::make_unique<QWidget>();
        m_window->show();
    }

    void tearDown()
    {
        m_probe.reset();
        m_window.reset(); // and with it the dialog
        m_session.reset();
    }

    void open(bool isProduction = false)
    {
        m_session = std::make_unique<Session>(Profile{.name = QStringLiteral("West"),
                                                      .connection = {.server = server()},
                                                      .isProduction = isProduction},
                                              "token", Session::Kind::Account);
        auto *dialog = new DeleteDialog(*m_session, QStringLiteral("575e"), QStringLiteral("Plant floor"),
                                        m_credential, m_window.get());
        m_deleted = std::make_unique<QSignalSpy>(dialog, &DeleteDialog::deleted);
        m_disableWanted = std::make_unique<QSignalSpy>(dialog, &DeleteDialog::disableWanted);
        m_outdated = std::make_unique<QSignalSpy>(dialog, &DeleteDialog::outdated);
        show(dialog);
    }

    void openDisabling(bool isProduction = false)
    {
        m_session = std::make_unique<Session>(Profile{.name = QStringLiteral("West"),
                                                      .connection = {.server = m_server->url()},
                                                      .isProduction = isProduction},
                                              "token", Session::Kind::Account);
        show(new DisableDialog(*m_session, QStringLiteral("575e"), QStringLiteral("Plant floor"),
                               m_credential, m_window.get()));
    }

    void show(QDialog *dialog)
    {
        m_dialog = dialog;
        dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        m_probe = std::make_unique<GuiProbe>(*dialog);
    }

    bool canDelete() const { return m_probe->isEnabled(QAccessible::PushButton, QStringLiteral("Delete")); }
    bool asksForName() const { return m_probe->has(QAccessible::EditableText, name); }
    QString error() const
    {
        const QString label = QStringLiteral("Error message");
        return m_probe->has(QAccessible::StaticText, label) ? m_probe->label(label) : QString();
    }
    void typeName(const QString &text)
    {
        m_probe->line(name)->setFocus();
        QApplication::clipboard()->setText(text); // keys that are not ASCII can't be clicked
        m_probe->key(Qt::Key_A, Qt::ControlModifier);
        m_probe->key(Qt::Key_V, Qt::ControlModifier);
    }

    /// Of a credential that is unused.
    void deleteNow()
    {
        open();
        QTRY_VERIFY(canDelete());
        m_probe->click(QStringLiteral("Delete"));
    }

    QUrl server() const { return m_elsewhere.isEmpty() ? m_server->url() : m_elsewhere; }
    int deletions() const { return m_server->count("DELETE"); }
    bool isOpen() const { return m_dialog && m_dialog->isVisible(); }

    QUrl m_elsewhere; ///< another server to delete from
    Credential m_credential;
    ScriptedReply m_links, m_application, m_removal, m_look;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<QWidget> m_window;
    QPointer<QDialog> m_dialog;
    std::unique_ptr<GuiProbe> m_probe;
    std::unique_ptr<QSignalSpy> m_deleted, m_disableWanted, m_outdated;
};
