// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "browse/rememberedquery.h"
#include "mainwindow.h"
#include "services/session.h"
#include "signin/profiledialog.h"
#include "signin/signinagaindialog.h"
#include "signin/signindialog.h"
#include "widgets/messagebox.h"

#include <QApplication>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using Secret = TokenStore::Secret;

Program::Program(StartOptions options, StartSandbox startSandbox)
    : m_options(std::move(options))
    , m_startSandbox(std::move(startSandbox))
    , m_settings(QCoreApplication::organizationName(), u"Credenza"_s)
    , m_profiles(m_settings)
    , m_tokens(u"io.github.credenza.Credenza"_s)
{
    // A dialog may be the only window for a while, and then none.
    QApplication::setQuitOnLastWindowClosed(false);
}

Program::~Program() = default;

void Program::start()
{
    if (m_options.opensSandbox) {
        openSandbox();
        return;
    }
    if (!m_options.token.isEmpty()) {
        open(newProfile(), m_options.token, {});
        return;
    }
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
    m_tokens.open(chooseNext(),
                  [this, profile, problem](TokenStore::Place) { showSignIn(profile, problem); });
}

void Program::showSignIn(const Profile &profile, const QString &problem)
{
    if (m_signIn) {
        m_signIn->raise();
        return;
    }
    auto *dialog =
        new SignInDialog(m_profiles, m_tokens, profile, bool(m_opened.window), m_opened.window.get());
    m_signIn = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { signedIn(*dialog); });
    connect(dialog, &QDialog::rejected, this, [this] {
        if (!m_opened.window)
            QApplication::quit();
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
    if (dialog.keepsToken())
        keepToken(profile.id, dialog.token());
    else if (wasKept)
        m_tokens.write(profile.id, Secret::Token, {}, this, [](const QString &) {}); // nor the one before
    if (!dialog.proxyPassword().isEmpty())
        m_tokens.write(profile.id, Secret::ProxyPassword, dialog.proxyPassword().toUtf8(), this,
                       [](const QString &) {});
    open(profile, dialog.token(), dialog.proxyPassword());
}

void Program::keepToken(const QString &profileId, const QByteArray &token)
{
    m_tokens.write(profileId, Secret::Token, token, this, [this](const QString &problem) {
        if (!problem.isEmpty())
            MessageBox::tell(
                QStyle::SP_MessageBoxWarning,
                tr("The keychain does not keep your token: %1\nYou stay signed in until you quit.")
                    .arg(problem),
                m_opened.window.get());
    });
}

void Program::signInAgain()
{
    QWidget *parent = QApplication::activeModalWidget();
    auto *dialog = new SignInAgainDialog(*m_opened.session, m_opened.proxyPassword,
                                         parent ? parent : m_opened.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SignInAgainDialog::renewed, this,
            [this, id = m_opened.session->profile().id](const QByteArray &token) {
                if (id.isEmpty())
                    return;
                // What was not kept before is not kept now.
                m_tokens.read(id, Secret::Token, this, [this, id, token](const QByteArray &before) {
                    if (!before.isEmpty())
                        keepToken(id, token);
                });
            });
    dialog->open();
}

void Program::switchTo(const Profile &profile)
{
    QObject *next = chooseNext();
    const auto tokenRead = [this, next, profile](const QByteArray &token) {
        if (token.isEmpty()) {
            signIn(profile);
            return;
        }
        m_tokens.read(profile.id, Secret::ProxyPassword, next,
                      [this, profile, token](const QByteArray &password) {
                          open(profile, token, QString::fromUtf8(password));
                      });
    };
    m_tokens.open(next, [this, next, profile, tokenRead](TokenStore::Place) {
        m_tokens.read(profile.id, Secret::Token, next, tokenRead);
    });
}

void Program::editProfile()
{
    auto *dialog =
        new ProfileDialog(m_opened.session->profile(), m_opened.proxyPassword, m_opened.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        Profile profile = dialog->profile();
        m_profiles.save(profile);
        m_tokens.write(profile.id, Secret::ProxyPassword, dialog->proxyPassword().toUtf8(), this,
                       [](const QString &) {});
        auto session = m_opened.session->reopened(profile);
        session->setProxyPassword(dialog->proxyPassword());
        open({.session = std::move(session), .proxyPassword = dialog->proxyPassword()});
    });
    dialog->open();
}

void Program::signOut()
{
    const Profile profile = m_opened.session->profile();
    m_opened.window->disconnect(this);
    m_opened.window->close();
    m_opened.window.reset();
    m_opened = {};
    if (profile.id.isEmpty()) {
        signIn(newProfile());
        return;
    }
    m_tokens.remove(profile.id, chooseNext(), [this, profile](const QString &problem) {
        signIn(profile,
               problem.isEmpty()
                   ? QString()
                   : tr("You are signed out here, but the keychain still holds the token: %1").arg(problem));
    });
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

void Program::open(const Profile &profile, const QByteArray &token, const QString &proxyPassword)
{
    m_profiles.markUsed(profile.id);
    auto session = std::make_unique<Session>(profile, token, Session::Kind::Account);
    session->setProxyPassword(proxyPassword);
    open({.session = std::move(session), .proxyPassword = proxyPassword});
}

/// Shows a window for the session, in place of the one before.
void Program::open(Opened next)
{
    m_next.reset();
    if (m_opened.window) { // keeps its size and place for the next one
        m_opened.session->disconnect(this);
        m_opened.window->disconnect(this);
        m_opened.window->close();
    }
    next.settings = std::make_unique<QSettings>(QCoreApplication::organizationName(),
                                                next.sandbox ? u"Credenza Sandbox"_s : u"Credenza"_s);
    next.session->awaitTokens();
    const QString wanted = std::exchange(m_options.applicationId, {});
    const QString likely = wanted.isEmpty() ? rememberedApplication(*next.settings, *next.session) : wanted;
    if (!likely.isEmpty()) // the answer is under way while the window is made
        next.session->pages().foresee(rememberedQuery(*next.settings).forApplication(likely));
    next.window = std::make_unique<MainWindow>(*next.session, m_profiles, *next.settings, wanted);
    connect(next.session.get(), &Session::tokenRefused, this, &Program::signInAgain);
    const MainWindow *window = next.window.get();
    connect(window, &MainWindow::signInRequested, this, [this] { signIn(newProfile()); });
    connect(window, &MainWindow::profileChosen, this, [this](const QString &id) {
        if (const auto profile = m_profiles.find(id))
            switchTo(*profile);
    });
    connect(window, &MainWindow::profileSettingsRequested, this, &Program::editProfile);
    connect(window, &MainWindow::signOutRequested, this, &Program::signOut, Qt::QueuedConnection);
    connect(window, &MainWindow::closed, this, [] { QApplication::quit(); });
    next.window->show();
    std::swap(m_opened, next);
    // A dialog of the window before may be what asked for this one, and is not done yet.
    m_closed = std::make_unique<Opened>(std::move(next));
    QTimer::singleShot(0, this, [this] { m_closed.reset(); });
}
