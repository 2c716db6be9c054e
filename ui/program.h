// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/profilestore.h"
#include "services/profilewatch.h"
#include "services/settingsfile.h"
#include "services/tokenstore.h"
#include "startoptions.h"
#include "tokenremoval.h"

#include <QObject>
#include <QPointer>
#include <QSessionManager>
#include <QStringList>

#include <tl/expected.hpp>

#include <functional>
#include <memory>

class MainWindow;
class Session;
class SignInAgainDialog;
class SignInDialog;

/// A server on this computer, which runs as long as `server` is kept.
struct Sandbox
{
    std::shared_ptr<void> server;
    QUrl url;
    QByteArray token;
};

/// A new sandbox, or why there is none.
using StartSandbox = std::function<tl::expected<Sandbox, QString>()>;

/// The program from sign-in to sign-out: which window is open, on whose session, and where the next one comes
/// from.
class Program : public QObject
{
    Q_OBJECT

public:
    Program(StartOptions options, StartSandbox startSandbox);
    ~Program() override;

    /// Opens what the options or the last run say, else the sign-in dialog. Quits if the person would rather.
    void start();
    /// Keeps the layout and ends the event loop, without asking for what was typed.
    void quitAtOnce();

private:
    /// What is open: a session, the window that shows it, and the sandbox if the session is on it.
    struct Opened
    {
        std::shared_ptr<void> sandbox;
        std::unique_ptr<Session> session;
        QString proxyPassword;
        bool keepsToken = false; ///< the token store has it
        QString signOutMark;     ///< from before the token was had
        QString reasonToSignIn;  ///< why the token is dropped; empty if it is not
        std::unique_ptr<MainWindow> window;
    };

    /// The context of what leads to the next window or dialog. The one before goes, and what it waited for
    /// with it: the last choice wins, however late the keychain answers.
    QObject *chooseNext();
    void signIn(const Profile &profile, const QString &problem = {});
    void signedIn(const SignInDialog &dialog);
    void signInAgain();
    void watchProfile();
    void tokenEndedElsewhere(ProfileWatch::Change change);
    void keep(const Profile &profile, TokenStore::Secret secret, const QByteArray &value);
    /// Opens the profile with its token, or asks for one.
    void switchTo(const Profile &profile);
    void sayIfKeychainIsSlow(QObject *next, const Profile &profile);
    void editProfile();
    void signOut();
    void profileForgotten(const Profile &profile);
    void tell(const QString &text);
    void openSandbox();
    void open(const Profile &profile, const QByteArray &token, const QString &proxyPassword, bool keepsToken,
              const QString &signOutMark);
    void open(Opened next);
    void show(Opened next);
    void saveState();
    /// The session of the desktop ends, unless there is something to ask first.
    void commitData(QSessionManager &manager);
    SettingsFile &sandboxSettings();
    void tellSettingsProblem(const QString &problem);
    void tellAuthorityProblem();
    Profile newProfile() const { return {.connection = {.server = m_options.server}}; }

    StartOptions m_options;
    const StartSandbox m_startSandbox;
    SettingsFile m_settings;
    std::unique_ptr<SettingsFile> m_sandboxSettings;
    bool m_isSettingsProblemTold = false;
    QStringList m_toldAuthorityProblems;
    ProfileStore m_profiles;
    ProfileWatch m_watch;
    TokenStore m_tokens;
    TokenRemoval m_removal;
    std::unique_ptr<Opened> m_closed; ///< until control is back in the event loop
    Opened m_opened;
    QPointer<SignInDialog> m_signIn;
    QPointer<SignInAgainDialog> m_signInAgain;
    std::unique_ptr<QObject> m_next;
};
