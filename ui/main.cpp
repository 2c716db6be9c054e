// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/coredumps.h"
#include "mainwindow.h"

#include "api/authorities.h"
#include "sandbox/sandboxserver.h"
#include "services/session.h"
#include "signin/signindialog.h"
#include "startoptions.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLoggingCategory>
#include <QMessageBox>
#include <QNetworkProxyFactory>
#include <QSettings>
#include <QSslConfiguration>
#include <QTextStream>
#include <QTranslator>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

QLoggingCategory::CategoryFilter otherFilter;

/// Qt HttpServer prints headers, with the token among them, and the platform prints every key: never,
/// whatever the logging rules say.
void keepSecretsOutOfLogs(QLoggingCategory *category)
{
    otherFilter(category);
    const QByteArrayView name(category->categoryName());
    for (const QByteArrayView silenced : {"qt.httpserver", "qt.qpa.input", "qt.qpa.events",
                                          "qt.qpa.keymapper", "qt.qpa.clipboard", "qt.accessibility"}) {
        if (!name.startsWith(silenced))
            continue;
        for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg})
            category->setEnabled(type, false);
    }
}

void installTranslations(QApplication &application)
{
    const auto install = [&application](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(&application);
        if (translator->load(QLocale(), name, u"_"_s, folder))
            application.installTranslator(translator);
    };
    // English is in the source, but for its plurals.
    auto *english = new QTranslator(&application);
    if (english->load(u":/i18n/credenza_en.qm"_s))
        application.installTranslator(english);
    install(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(u"credenza"_s, u":/i18n"_s);
}

/// Trusts the certificate authorities of SSL_CERT_FILE as well, which Qt by itself does not read.
/// False if it is set and can't be read.
bool trustCertificateFile(const QString &path)
{
    if (path.isEmpty())
        return true;
    const auto authorities = readAuthorities(path);
    if (!authorities)
        return false;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslConfiguration::systemCaCertificates() + *authorities);
    QSslConfiguration::setDefaultConfiguration(configuration);
    return true;
}

/// What is open: a session, the window that shows it, and the sandbox if the session is on it.
struct Opened
{
    std::unique_ptr<SandboxServer> sandbox;
    std::unique_ptr<Session> session;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<MainWindow> window;
};

/// The program from sign-in to sign-in.
class Program : public QObject
{
public:
    explicit Program(StartOptions options) : m_options(std::move(options)) {}

    /// False if there is nothing to show: the person would rather quit.
    bool start()
    {
        if (m_options.opensSandbox)
            return openSandbox();
        if (m_options.token.isEmpty())
            return signIn();
        open({.session =
                  std::make_unique<Session>(m_options.server, m_options.token, Session::Kind::Account)});
        return true;
    }

private:
    bool signIn()
    {
        SignInDialog dialog(m_options.server, m_opened.window.get());
        if (dialog.exec() != QDialog::Accepted)
            return false;
        auto session = dialog.takeSession();
        if (!session)
            return openSandbox();
        open({.session = std::move(session)});
        return true;
    }

    bool openSandbox()
    {
        auto sandbox = std::make_unique<SandboxServer>();
        if (!sandbox->isListening()) {
            QMessageBox::critical(m_opened.window.get(), u"Credenza"_s,
                                  QCoreApplication::translate("Main", "The sandbox can't be opened: %1")
                                      .arg(sandbox->errorString()));
            return false;
        }
        auto session = std::make_unique<Session>(sandbox->url(), sandbox->token(), Session::Kind::Sandbox);
        open({.sandbox = std::move(sandbox), .session = std::move(session)});
        return true;
    }

    /// Shows a window for the session, in place of the one before.
    void open(Opened next)
    {
        next.settings = std::make_unique<QSettings>(QCoreApplication::organizationName(),
                                                    next.sandbox ? u"Credenza Sandbox"_s : u"Credenza"_s);
        next.window = std::make_unique<MainWindow>(*next.session, *next.settings, m_options.applicationId);
        connect(next.window.get(), &MainWindow::signInRequested, this, &Program::signIn,
                Qt::QueuedConnection);
        next.window->show();
        if (m_opened.window)
            m_opened.window->close();
        std::swap(m_opened, next);
        next.window.reset(); // before the session and the settings that it uses
    }

    const StartOptions m_options;
    Opened m_opened;
};

} // namespace

int main(int argc, char *argv[])
{
    turnOffCoreDumps();
    otherFilter = QLoggingCategory::installFilter(keepSecretsOutOfLogs);
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"Credenza"_s);
    QCoreApplication::setApplicationName(u"credenza"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CREDENZA_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.credenza.Credenza"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/credenza.svg"_s));
    installTranslations(application);
    QNetworkProxyFactory::setUseSystemConfiguration(true);

    StartOptions options = readStartOptions(application);
    if (const QString file = qEnvironmentVariable("SSL_CERT_FILE"); !trustCertificateFile(file))
        options.problem =
            QCoreApplication::translate("Main", "SSL_CERT_FILE names “%1”, which holds no certificate "
                                                "that can be read.")
                .arg(file);
    if (!options.problem.isEmpty()) {
        QTextStream(stderr) << options.problem << '\n';
        return 2;
    }
    Program program(std::move(options));
    return program.start() ? QApplication::exec() : 0;
}
