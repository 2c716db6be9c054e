// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/fakelosant.h"
#include "mainwindow.h"
#include "services/profilestore.h"
#include "services/session.h"
#include "support/guiprobe.h"

#include <QDialog>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

/// The main window on a server, with settings of its own, shown and active. Its parts can be used like a
/// GuiProbe's.
class OpenWindow : public GuiProbe
{
public:
    explicit OpenWindow(const QUrl &server, QSettings &settings, const QString &applicationId = {},
                        Session::Kind kind = Session::Kind::Account)
        : OpenWindow(Profile{.connection = {.server = server}}, settings, applicationId, kind)
    {
    }

    explicit OpenWindow(const Profile &profile, QSettings &settings, const QString &applicationId = {},
                        Session::Kind kind = Session::Kind::Account)
        : OpenWindow(Owned(profile, settings, applicationId, kind))
    {
    }

    ~OpenWindow() { m_owned.window->close(); }

    Session &session() const { return *m_owned.session; }
    MainWindow &mainWindow() const { return *m_owned.window; }

private:
    struct Owned
    {
        Owned(const Profile &profile, QSettings &settings, const QString &applicationId, Session::Kind kind)
            : session(std::make_unique<Session>(profile, "token", kind))
            , profiles(std::make_unique<ProfileStore>(settings))
            , window(std::make_unique<MainWindow>(*session, *profiles, settings, applicationId))
        {
        }

        std::unique_ptr<Session> session;
        std::unique_ptr<ProfileStore> profiles;
        std::unique_ptr<MainWindow> window;
    };

    explicit OpenWindow(Owned owned) : GuiProbe(*owned.window), m_owned(std::move(owned))
    {
        m_owned.window->resize(1280, 800);
        m_owned.window->show();
        m_owned.window->activateWindow(); // where no window manager does
        if (!QTest::qWaitForWindowActive(m_owned.window.get()))
            qFatal("The window does not become active");
    }

    Owned m_owned;
};

/// Settings in a file that goes with the test.
struct TestSettings
{
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
};

/// Closes a dialog that the test is done with, or has failed in: it would wait for ever.
struct CloseAtEnd
{
    explicit CloseAtEnd(QWidget &window) : dialog(qobject_cast<QDialog *>(&window)) {}
    ~CloseAtEnd()
    {
        if (dialog && dialog->isVisible())
            dialog->done(QDialog::Rejected);
    }
    Q_DISABLE_COPY_MOVE(CloseAtEnd)

    const QPointer<QDialog> dialog;
};
