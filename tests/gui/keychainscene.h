// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/fakelosant.h"
#include "gui/programdriver.h"
#include "mainwindow.h"
#include "services/profilestore.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>

#include <csignal>

inline const QString service = QStringLiteral("io.github.credenza.Credenza");
inline const QString errorMessage = QStringLiteral("Error message");
inline const QByteArray first = "token-of-the-first-server";
inline const QByteArray second = "token-of-the-second-server";

inline void signalKeychain(int number)
{
    const int pid = qEnvironmentVariableIntValue("TEST_KEYCHAIN_PID");
    QVERIFY(pid > 1 && ::kill(pid, number) == 0);
}

/// What another program finds in the keychain.
inline QString seenFromOutside()
{
    QProcess tool;
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(QStringLiteral("secret-tool"),
               {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("server"), service});
    if (!tool.waitForFinished())
        qFatal("secret-tool does not end");
    return QString::fromUtf8(tool.readAll());
}

inline void lockKeychain()
{
    QCOMPARE(QProcess::execute(QStringLiteral("dbus-send"),
                               {QStringLiteral("--session"), QStringLiteral("--print-reply=literal"),
                                QStringLiteral("--dest=org.freedesktop.secrets"),
                                QStringLiteral("/org/freedesktop/secrets"),
                                QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                                QStringLiteral("array:objpath:/org/freedesktop/secrets/collection/login")}),
             0);
}

inline bool saw(FakeLosant &server, const QByteArray &token)
{
    return server.server().wire().contains(token);
}

/// Hears everything, takes any token, and knows whose it is.
struct Server : FakeLosant
{
    Server()
    {
        addApplication(QStringLiteral("Plant floor"));
        setException([this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            const QByteArray token = request.header("Authorization").mid(7);
            if (expired.contains(token))
                return error(401, QStringLiteral("The token has expired."));
            if (request.path() == "/me" && token.startsWith("application-"))
                return error(403, QStringLiteral("Forbidden"));
            return std::nullopt;
        });
    }

    QByteArrayList expired;
};

/// The program before a real keychain, which tests/contract/keychain.py starts, and two servers.
class KeychainScene
{
public:
    KeychainScene() { QCoreApplication::setOrganizationName(QStringLiteral("Credenza")); }

    static bool isThere() { return qEnvironmentVariableIsSet("TEST_KEYCHAIN_PID"); }

    void start(const QUrl &url = QUrl(QStringLiteral("https://api.example.com")))
    {
        driver.start({.server = url});
    }
    void restart()
    {
        driver.quit();
        start();
    }
    /// In the dialog that is open, which then goes.
    static void signIn(const QByteArray &token, const QUrl &url = {})
    {
        enter(token, url);
        QTRY_VERIFY(shownAs<MainWindow>());
    }
    static void enter(const QByteArray &token, const QUrl &url = {})
    {
        QTRY_VERIFY(front().window().windowTitle() == QStringLiteral("Sign in"));
        const GuiProbe dialog = front();
        if (url.isValid())
            dialog.line(QStringLiteral("Server URL"))->setText(url.toString());
        dialog.part(QAccessible::EditableText, QStringLiteral("API token"))->setFocus();
        dialog.type(QString::fromLatin1(token));
        dialog.click(QStringLiteral("Sign in"));
    }
    /// From nothing, with a token that the keychain has then.
    void startSignedIn()
    {
        start(server.url());
        signIn(first);
        QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(first)));
    }
    /// The dialog over the window, with the profile of the first sign-in chosen.
    void openSignIn()
    {
        choose(QStringLiteral("Sign in differently…"));
        QTRY_VERIFY(QApplication::activeModalWidget());
        front().choose(QStringLiteral("Profile"), QStringLiteral("ada@example.com · 127.0.0.1"));
    }

    Server server;
    Server other;
    ProgramDriver driver;
};
