// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "api/headervalue.h"
#include "browse/rememberedquery.h"
#include "mainwindow.h"
#include "services/session.h"
#include "signin/profiledialog.h"
#include "signin/signinagaindialog.h"
#include "signin/signindialog.h"
#include "widgets/messagebox.h"
#include "widgets/texttools.h"
#include "widgets/unsavedwork.h"

#include <QApplication>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using Secret = TokenStore::Secret;

namespace {

/// From the window on: what it loads comes first.
constexpr std::chrono::milliseconds settingsCheckDelay{1000};

} // namespace

Program::Program(StartOptions options, StartSandbox startSandbox)
    : m_options(std::move(options))
    , m_startSandbox(std::move(startSandbox))
    , m_settings(u"Credenza"_s)
    , m_profiles(m_settings.settings())
    , m_watch(m_settings, m_profiles)
    , m_tokens(u"io.github.credenza.Credenza"_s)
    , m_removal(m_tokens, m_profiles)
{
    // A dialog may be the only window for a while, and then none.
    QApplication::setQuitOnLastWindowClosed(false);
    connect(&m_settings, &SettingsFile::problemFound, this, &Program::tellSettingsProblem);
    connect(&m_removal, &TokenRemoval::told, this, &Program::tell);
    connect(&m_watch, &ProfileWatch::changed, this, &Program::tokenEndedElsewhere);
    connect(qApp, &QGuiApplication::applicationStateChanged, &m_watch, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            m_watch.look(); // the folder may be one that tells of no changes
    });
    connect(qApp, &QCoreApplication::aboutToQuit, this, &Program::saveState);
    connect(qApp, &QGuiApplication::saveStateRequest, this, &Program::saveState);
    connect(qApp, &QGuiApplication::commitDataRequest, this, &Program::commitData);
}

Program::~Program() = default;

void Program::start()
{
    if (m_options.opensSandbox) {
        openSandbox();
        return;
    }
    if (!m_options.token.isEmpty()) {
        open(newProfile(), std::exchange(m_options.token, {}), {}, false, {});
        return;
    }
    QTimer::singleShot(settingsCheckDelay, &m_removal, &TokenRemoval::removeLeft);
    if (const auto last = m_profiles.lastUsed(m_options.isServerGiven ? m_options.server : QUrl()))
        switchTo(*last);
    else
        signIn(newProfile());
}

QObject *Program::chooseNext()
{
    m_next = std::make_unique<QObject>();
    return m_next.get();
}

void Program::signIn(const Profile &profile, const QString &problem)
{
    chooseNext();
    if (m_signIn) {
        m_signIn->raise();
        if (!problem.isEmpty())
            m_signIn->showProblem(problem);
        return;
    }
    auto *dialog =
        new SignInDialog(m_profiles, m_tokens, profile, bool(m_opened.window), m_opened.window.get());
    m_signIn = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { signedIn(*dialog); });
    connect(dialog, &SignInDialog::profileForgotten, this, &Program::profileForgotten);
    connect(dialog, &QDialog::rejected, this, [this] {
        m_signIn.clear(); // it is closed, and goes soon
        if (!m_opened.window)
            QApplication::quit();
        else if (!m_opened.reasonToSignIn.isEmpty())
            signInAgain();
    });
    dialog->open();
    if (!problem.isEmpty())
        dialog->showProblem(problem);
}

void Program::signedIn(const SignInDialog &dialog)
{
    m_signIn.clear(); // it is closed, and goes soon
    if (dialog.opensSandbox()) {
        openSandbox();
        return;
    }
    Profile profile = dialog.profile();
    const bool wasKept = !profile.id.isEmpty();
    m_profiles.save(profile);
    m_profiles.setSignedOut(profile.id, false);
    if (m_opened.window && m_opened.session->profile().id == profile.id &&
        m_opened.session->profile().account != profile.account)
        m_opened.keepsToken = false; // the other account's takes its place, even if the window stays
    if (m_opened.window)
        watchProfile(); // what has just changed did so by this sign-in
    if (dialog.keepsToken())
        keep(profile, Secret::Token, dialog.token());
    else if (wasKept)
        keep(profile, Secret::Token, {}); // nor the one before
    if (!dialog.proxyPassword().isEmpty())
        keep(profile, Secret::ProxyPassword, dialog.proxyPassword().toUtf8());
    open(profile, dialog.token(), dialog.proxyPassword(), dialog.keepsToken(),
         m_profiles.signOutMark(profile.id));
}

/// Hands the secret to the keychain, or removes the one that it has, and tells if it fails.
void Program::keep(const Profile &profile, Secret secret, const QByteArray &value)
{
    m_tokens.write(
        profile, secret, value, this, [this, secret, isKept = !value.isEmpty()](const QString &problem) {
            if (problem.isEmpty())
                return;
            QString text;
            if (secret == Secret::Token)
                text =
                    isKept
                        ? tr("The keychain does not keep your token: %1\nYou stay signed in until you quit.")
                        : tr("The keychain still holds the token that was kept before: %1\nSign out to have "
                             "it "
                             "removed.");
            else
                text = isKept
                           ? tr("The keychain does not keep the proxy's password: %1\nEnter it again in the "
                                "profile's settings after the next start.")
                           : tr("The keychain still holds the proxy's password: %1\nSign out to have it "
                                "removed.");
            MessageBox::tell(QStyle::SP_MessageBoxWarning, text.arg(problem), m_opened.window.get());
        });
}

void Program::signInAgain()
{
    if (m_signInAgain) { // whose token is for all that wait
        m_signInAgain->raise();
        return;
    }
    if (m_signIn && !m_opened.reasonToSignIn.isEmpty()) // asked once that is closed
        return;
    QWidget *parent = QApplication::activeModalWidget();
    auto *dialog = new SignInAgainDialog(*m_opened.session, m_opened.proxyPassword,
                                         parent ? parent : m_opened.window.get());
    m_signInAgain = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_opened.reasonToSignIn.isEmpty())
        dialog->setReason(m_opened.reasonToSignIn);
    dialog->setKeepsToken(m_opened.keepsToken && m_tokens.place() == TokenStore::Place::Keychain);
    connect(dialog, &SignInAgainDialog::renewed, this, [this](const QByteArray &token, bool isSameAccount) {
        // What was not kept before is not kept now, and neither is what may be another's.
        if (m_opened.keepsToken)
            keep(m_opened.session->profile(), Secret::Token, isSameAccount ? token : QByteArray());
        m_opened.keepsToken = m_opened.keepsToken && isSameAccount;
        if (!std::exchange(m_opened.reasonToSignIn, {}).isEmpty() && m_opened.keepsToken)
            m_profiles.setSignedOut(m_opened.session->profile().id, false);
        watchProfile();
    });
    dialog->open();
}

/// Another instance has the same token only if it is in the keychain.
void Program::watchProfile()
{
    const Profile &profile = m_opened.session->profile();
    m_watch.watch(m_opened.keepsToken ? profile.id : QString(), profile.account, m_opened.signOutMark);
}

void Program::tokenEndedElsewhere(ProfileWatch::Change change)
{
    if (!m_opened.window || m_tokens.place() == TokenStore::Place::Memory)
        return;
    const Profile &profile = m_opened.session->profile();
    const auto now = m_profiles.find(profile.id);
    const QString title = quoted(profile.title(), 80);
    switch (change) {
    case ProfileWatch::Change::SignedOut:
        m_opened.signOutMark = m_profiles.signOutMark(profile.id);
        m_opened.reasonToSignIn = tr("You have signed out of %1 in another window of Credenza.").arg(title);
        break;
    case ProfileWatch::Change::OtherAccount:
        m_opened.keepsToken = false;
        m_opened.reasonToSignIn =
            now && !now->account.isEmpty()
                ? tr("In another window of Credenza you have signed in as %1 in place of %2, whose token is "
                     "not kept any longer.")
                      .arg(quoted(now->account, 80), title)
                : tr("In another window of Credenza you have signed in with a token that belongs to no user, "
                     "in place of %1, whose token is not kept any longer.")
                      .arg(title);
        break;
    case ProfileWatch::Change::Forgotten:
        m_opened.keepsToken = false;
        m_opened.reasonToSignIn =
            tr("You have forgotten the profile %1 in another window of Credenza.").arg(title);
        break;
    }
    m_opened.session->dropToken();
}

void Program::switchTo(const Profile &profile)
{
    m_settings.reload(); // another instance may have signed out
    const QString mark = m_profiles.signOutMark(profile.id);
    if (m_profiles.isSignedOut(profile.id)) {
        signIn(profile);
        m_removal.remove(profile.id, TokenRemoval::Reason::SignedOut); // the keychain may have failed to
        return;
    }
    QObject *next = chooseNext();
    const auto passwordRead = [this, profile, mark](const QByteArray &token,
                                                    const TokenStore::Found &password) {
        if (!password.problem.isEmpty())
            MessageBox::tell(QStyle::SP_MessageBoxWarning,
                             tr("The proxy's password was not read: %1").arg(password.problem),
                             m_opened.window.get());
        open(profile, token, QString::fromUtf8(password.value), true, mark);
    };
    const auto tokenRead = [this, next, profile, passwordRead](const TokenStore::Found &token) {
        if (token.value.isEmpty())
            signIn(profile, token.problem);
        else if (!isHeaderValue(token.value))
            signIn(profile, tr("The token in the keychain can't be used: it holds a blank, a line "
                               "break or another character that no token has. Sign in again."));
        else
            m_tokens.read(profile, Secret::ProxyPassword, next,
                          [passwordRead, token](const TokenStore::Found &password) {
                              passwordRead(token.value, password);
                          });
    };
    m_tokens.read(profile, Secret::Token, next, tokenRead);
    sayIfKeychainIsSlow(next, profile);
}

/// A keychain may ask for its password first, or hang.
void Program::sayIfKeychainIsSlow(QObject *next, const Profile &profile)
{
    QTimer::singleShot(TokenStore::lateDelay, next, [this, next, profile] {
        auto *box =
            new MessageBox(QStyle::SP_MessageBoxInformation, tr("Waiting for the keychain"),
                           tr("The token of %1 is in the keychain of this computer, which has not answered "
                              "yet. It may ask for its password in a window of its own.")
                               .arg(quoted(profile.title(), 80)),
                           m_opened.window.get());
        box->addButton(tr("Sign in by hand"), QDialogButtonBox::RejectRole,
                       [this, profile] { signIn(profile); });
        connect(next, &QObject::destroyed, box, &QObject::deleteLater);
        box->open();
    });
}

void Program::editProfile()
{
    chooseNext(); // what a keychain was to lead to would close the dialog
    auto *dialog =
        new ProfileDialog(m_opened.session->profile(), m_opened.proxyPassword, m_opened.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        Profile profile = dialog->profile();
        m_profiles.save(profile);
        if (dialog->proxyPassword() != m_opened.proxyPassword)
            keep(profile, Secret::ProxyPassword, dialog->proxyPassword().toUtf8());
        auto session = m_opened.session->reopened(profile);
        session->setProxyPassword(dialog->proxyPassword());
        if (!m_opened.reasonToSignIn.isEmpty())
            session->dropToken();
        open({.session = std::move(session),
              .proxyPassword = dialog->proxyPassword(),
              .keepsToken = m_opened.keepsToken,
              .signOutMark = m_opened.signOutMark,
              .reasonToSignIn = m_opened.reasonToSignIn});
    });
    dialog->open();
}

void Program::signOut()
{
    afterUnsavedWork(this, [this] {
        const Profile profile = m_opened.session->profile();
        m_watch.watch({}, {}, {});
        m_opened.window->disconnect(this);
        m_opened.window->close();
        m_opened.window.reset();
        m_opened = {};
        if (profile.id.isEmpty()) {
            signIn(newProfile());
            return;
        }
        m_profiles.setSignedOut(profile.id, true);
        signIn(profile);
        m_removal.remove(profile.id, TokenRemoval::Reason::SignedOut);
    });
}

/// Of the profile that is open nothing is sent any more either.
void Program::profileForgotten(const Profile &profile)
{
    m_removal.remove(profile.id, TokenRemoval::Reason::Forgotten);
    if (!m_opened.window || m_opened.session->profile().id != profile.id)
        return;
    m_opened.keepsToken = false;
    m_opened.reasonToSignIn = tr("You have forgotten the profile %1.").arg(quoted(profile.title(), 80));
    m_opened.session->dropToken();
}

/// In the sign-in dialog, or over what is open.
void Program::tell(const QString &text)
{
    if (m_signIn)
        m_signIn->showProblem(text);
    else
        MessageBox::tell(QStyle::SP_MessageBoxWarning, text, m_opened.window.get());
}

void Program::openSandbox()
{
    const auto sandbox = m_startSandbox();
    if (!sandbox) {
        const QString problem = tr("The sandbox can't be opened: %1").arg(sandbox.error());
        if (m_opened.window)
            MessageBox::tell(QStyle::SP_MessageBoxCritical, problem, m_opened.window.get());
        else
            signIn(newProfile(), problem);
        return;
    }
    open({.sandbox = sandbox->server,
          .session = std::make_unique<Session>(sandbox->url, sandbox->token, Session::Kind::Sandbox)});
}

void Program::open(const Profile &profile, const QByteArray &token, const QString &proxyPassword,
                   bool keepsToken, const QString &signOutMark)
{
    m_profiles.markUsed(profile.id);
    auto session = std::make_unique<Session>(profile, token, Session::Kind::Account);
    session->setProxyPassword(proxyPassword);
    open({.session = std::move(session),
          .proxyPassword = proxyPassword,
          .keepsToken = keepsToken,
          .signOutMark = signOutMark});
}

void Program::open(Opened next)
{
    m_next.reset();
    const auto held = std::make_shared<Opened>(std::move(next));
    afterUnsavedWork(this, [this, held] { show(std::move(*held)); });
}

/// A window for the session, in place of the one before.
void Program::show(Opened next)
{
    if (m_opened.window) { // keeps its size and place for the next one
        m_opened.session->disconnect(this);
        m_opened.window->disconnect(this);
        m_opened.window->close();
    }
    SettingsFile &file = next.sandbox ? sandboxSettings() : m_settings;
    QSettings &settings = file.settings();
    next.session->awaitTokens();
    const QString wanted = std::exchange(m_options.applicationId, {});
    const QString likely = wanted.isEmpty() ? rememberedApplication(settings, *next.session) : wanted;
    if (!likely.isEmpty()) // the answer is under way while the window is made
        next.session->pages().prefetch(rememberedQuery(settings).forApplication(likely));
    next.window = std::make_unique<MainWindow>(*next.session, m_profiles, settings, wanted);
    connect(next.session.get(), &Session::tokenRefused, this, &Program::signInAgain);
    const MainWindow *window = next.window.get();
    connect(window, &MainWindow::signInRequested, this, [this] { signIn(newProfile()); });
    connect(window, &MainWindow::signInAgainRequested, this, &Program::signInAgain);
    connect(window, &MainWindow::profileChosen, this, [this](const QString &id) {
        if (const auto profile = m_profiles.find(id))
            switchTo(*profile);
    });
    connect(window, &MainWindow::profileSettingsRequested, this, &Program::editProfile);
    connect(window, &MainWindow::signOutRequested, this, &Program::signOut, Qt::QueuedConnection);
    connect(window, &MainWindow::closed, this, [] { QApplication::quit(); });
    connect(window, &MainWindow::painted, &file,
            [&file] { QTimer::singleShot(settingsCheckDelay, &file, &SettingsFile::check); });
    connect(window, &MainWindow::painted, this, [this, window] {
        QTimer::singleShot(settingsCheckDelay, window, [this] {
            tellAuthorityProblem();
            m_watch.start();
        });
    });
    next.window->show();
    std::swap(m_opened, next);
    watchProfile();
    // A dialog of the window before may be what asked for this one, and is not done yet.
    m_closed = std::make_unique<Opened>(std::move(next));
    QTimer::singleShot(0, this, [this] { m_closed.reset(); });
}

SettingsFile &Program::sandboxSettings()
{
    if (!m_sandboxSettings) {
        m_sandboxSettings = std::make_unique<SettingsFile>(u"Credenza Sandbox"_s);
        connect(m_sandboxSettings.get(), &SettingsFile::problemFound, this, &Program::tellSettingsProblem);
    }
    return *m_sandboxSettings;
}

void Program::tellSettingsProblem(const QString &problem)
{
    if (!m_opened.window || std::exchange(m_isSettingsProblemTold, true))
        return;
    m_opened.window->showProblem(tr("Settings problem"), problem);
}

/// Each once: another window may be on the same profile, or on one whose file can't be read either.
void Program::tellAuthorityProblem()
{
    const QString problem = m_opened.window ? m_opened.session->authorityProblem() : QString();
    if (problem.isEmpty() || m_toldAuthorityProblems.contains(problem))
        return;
    m_toldAuthorityProblems.append(problem);
    m_opened.window->showProblem(tr("Certificate authorities"), problem);
}

void Program::saveState()
{
    // One that was closed has done so already; and the desktop asks at the start, too.
    if (!m_opened.window || !m_opened.window->isVisible() || !m_opened.window->isPainted())
        return;
    m_opened.window->saveState();
    m_settings.save();
    if (m_sandboxSettings)
        m_sandboxSettings->save();
}

void Program::quitAtOnce()
{
    saveState();
    QCoreApplication::exit();
}

void Program::commitData(QSessionManager &manager)
{
    saveState();
    if (!isAnyWorkUnsaved() || !manager.allowsInteraction())
        return;
    // The session would not wait as long as a question may be open.
    manager.cancel();
    afterUnsavedWork(this, [] {});
}
