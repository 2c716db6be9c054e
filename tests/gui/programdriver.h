// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program.h"
#include "sandbox/sandboxserver.h"
#include "support/guiprobe.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QTemporaryDir>
#include <QTest>

/// The only window or dialog that shows.
inline QWidget *shown()
{
    QWidget *found = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (!widget->isVisible() || widget->windowType() == Qt::ToolTip)
            continue;
        if (found)
            return nullptr;
        found = widget;
    }
    return found;
}

template<typename T>
T *shownAs()
{
    return qobject_cast<T *>(shown());
}

/// What is in front and takes keys: a dialog, or the window.
inline GuiProbe front()
{
    const auto window = [] {
        QWidget *modal = QApplication::activeModalWidget();
        return modal ? modal : shown();
    };
    if (!QTest::qWaitFor([window] { return window() && window() == QApplication::activeWindow(); }))
        qFatal("Nothing is in front");
    return GuiProbe(*window());
}

/// Chosen in the window's menu.
inline void choose(const QString &action)
{
    for (QAction *known : front().window().findChildren<QAction *>()) {
        if (known->text().remove(u'&') == action) {
            known->trigger();
            return;
        }
    }
    qFatal("There is no action %s", qUtf8Printable(action));
}

/// Runs a Program with settings of its own.
class ProgramDriver
{
public:
    static tl::expected<Sandbox, QString> realSandbox()
    {
        auto server = std::make_shared<SandboxServer>();
        return Sandbox{server, server->url(), server->token()};
    }

    ProgramDriver() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path()); }
    ~ProgramDriver() { quit(); }
    Q_DISABLE_COPY_MOVE(ProgramDriver)

    void start(const StartOptions &options, StartSandbox sandbox = realSandbox)
    {
        m_program = std::make_unique<Program>(options, std::move(sandbox));
        m_program->start();
        QTRY_VERIFY(shown());
        QVERIFY(QTest::qWaitForWindowActive(shown()));
    }

    /// As a person does who quits, but for the end of the process.
    void quit()
    {
        for (QWidget *widget : QApplication::topLevelWidgets())
            widget->disconnect(m_program.get()); // or it ends the event loop
        m_program.reset();
        for (QWidget *widget : QApplication::topLevelWidgets())
            widget->close();
    }

    QString settingsFolder() const { return m_home.path(); }

    Profile keep(const QString &name, const QUrl &server, const QString &account = {})
    {
        QSettings settings(QStringLiteral("Credenza"), QStringLiteral("Credenza"));
        Profile profile{.name = name, .account = account, .connection = {.server = server}};
        ProfileStore(settings).save(profile);
        return profile;
    }

private:
    QTemporaryDir m_home;
    std::unique_ptr<Program> m_program;
};
