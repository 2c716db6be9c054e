// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/programversion.h"
#include "api/residentmemory.h"
#include "api/transport.h"
#include "domain/coredumps.h"
#include "freedmemory.h"
#include "program.h"
#include "quitsignals.h"
#include "sandbox/sandboxserver.h"
#include "startoptions.h"
#include "widgets/symbolicicon.h"

#include <QApplication>
#include <QFontMetrics>
#include <QLibraryInfo>
#include <QLoggingCategory>
#include <QNetworkProxyFactory>
#include <QTextStream>
#include <QTranslator>

#include <future>

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

void installTranslations(QCoreApplication &application)
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

tl::expected<Sandbox, QString> startSandbox()
{
    auto server = std::make_shared<SandboxServer>();
    if (!server->isListening())
        return tl::unexpected(server->errorString());
    return Sandbox{server, server->url(), server->token()};
}

/// How to start, found out without a display: there may be none to show help on.
StartOptions readOptions(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    installTranslations(application);
    return readStartOptions(application);
}

} // namespace

int main(int argc, char *argv[])
{
    turnOffCoreDumps();
    shareOneHeap();
    otherFilter = QLoggingCategory::installFilter(keepSecretsOutOfLogs);
    QCoreApplication::setOrganizationName(u"Credenza"_s);
    QCoreApplication::setApplicationName(u"credenza"_s);
    QCoreApplication::setApplicationVersion(programVersion());
    StartOptions options = readOptions(argc, argv);
    if (!options.problem.isEmpty()) {
        QTextStream(stderr) << options.problem << '\n';
        return 2;
    }

    QApplication application(argc, argv);
    // Both are needed at once and take some milliseconds to be loaded: side by side. Not earlier, as the
    // search for plugins is not safe against the making of QApplication.
    const auto tls = std::async(std::launch::async, Transport::loadTls);
    QFontMetrics(QApplication::font()).horizontalAdvance(u'x');
    QGuiApplication::setDesktopFileName(u"io.github.credenza.Credenza"_s);
    QGuiApplication::setWindowIcon(programIcon());
    installTranslations(application);
    QNetworkProxyFactory::setUseSystemConfiguration(true);

    overwriteFreedMemory(); // not sooner: nothing secret was freed so far, and a start frees a lot
    Program program(std::move(options), startSandbox);
    program.start();
    const QuitSignals quitSignals;
    QObject::connect(&quitSignals, &QuitSignals::caught, &program, &Program::quitAtOnce);
    return QApplication::exec();
}
