// SPDX-License-Identifier: GPL-3.0-or-later
#include "startoptions.h"

#include "domain/applicationid.h"
#include "domain/environment.h"
#include "domain/straytext.h"
#include "domain/tokentext.h"
#include "domain/wiping.h"
#include "serverurl.h"
#include "tokenproblem.h"
#include "widgets/texttools.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("StartOptions", text);
}

/// What QApplication will take from the arguments: no options of ours, but none to refuse either.
QList<QCommandLineOption> toolkitOptions()
{
    QList<QCommandLineOption> options;
    for (const QString &name :
         {u"style"_s, u"stylesheet"_s, u"platform"_s, u"platformpluginpath"_s, u"platformtheme"_s,
          u"plugin"_s, u"display"_s, u"geometry"_s, u"qwindowgeometry"_s, u"icon"_s, u"qwindowicon"_s,
          u"title"_s, u"qwindowtitle"_s, u"session"_s, u"qmljsdebugger"_s})
        options += QCommandLineOption(name, {}, u"value"_s);
    for (const QString &name : {u"reverse"_s, u"widgetcount"_s, u"nograb"_s, u"dograb"_s, u"sync"_s})
        options += QCommandLineOption(name);
    for (QCommandLineOption &option : options)
        option.setFlags(QCommandLineOption::HiddenFromHelp);
    return options;
}

/// A variable of blanks is as none.
TokenText::Reading readToken()
{
    QByteArray given = takeFromEnvironment("LOSANT_API_TOKEN");
    QString text = QString::fromUtf8(given);
    TokenText::Reading token =
        StrayText::trimmed(text).isEmpty() ? TokenText::Reading() : TokenText::read(text);
    wipe(text);
    wipe(given);
    return token;
}

} // namespace

StartOptions readStartOptions(QCoreApplication &application)
{
    const QCommandLineOption sandbox(
        u"sandbox"_s, words(QT_TRANSLATE_NOOP("StartOptions", "Open on the built-in sandbox: sample data, "
                                                              "no account and no network needed.")));
    const QCommandLineOption apiUrl(
        u"api-url"_s,
        words(QT_TRANSLATE_NOOP("StartOptions", "Use the Losant API at URL instead of api.losant.com. "
                                                "LOSANT_API_URL does the same.")),
        u"URL"_s);
    const QCommandLineOption applicationId(
        u"application"_s, words(QT_TRANSLATE_NOOP("StartOptions", "Open the application with this ID.")),
        u"ID"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(words(QT_TRANSLATE_NOOP(
        "StartOptions", "Browse and manage service credentials on the Losant IoT platform.\n"
                        "LOSANT_API_TOKEN, if set, signs in with that token.")));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({sandbox, apiUrl, applicationId});
    parser.addOptions(toolkitOptions());
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions); // as the toolkit does
    parser.process(application);

    StartOptions options;
    options.opensSandbox = parser.isSet(sandbox);
    options.applicationId = applicationIdIn(parser.value(applicationId));
    const TokenText::Reading token = readToken();
    options.token = token.token;
    QString server =
        serverUrlIn(parser.isSet(apiUrl) ? parser.value(apiUrl) : qEnvironmentVariable("LOSANT_API_URL"));
    options.isServerGiven = !server.isEmpty();
    if (server.isEmpty())
        server = u"https://api.losant.com"_s;
    options.server = QUrl(server, QUrl::StrictMode);
    options.problem = serverUrlProblem(server);
    if (options.problem.isEmpty() && token.problem != TokenText::Problem::None)
        options.problem = words(QT_TRANSLATE_NOOP("StartOptions", "LOSANT_API_TOKEN holds no API token: %1"))
                              .arg(tokenProblemText(token.problem));
    const QString wanted = StrayText::trimmed(parser.value(applicationId)).toString();
    if (options.problem.isEmpty() && options.applicationId.isEmpty() && !wanted.isEmpty())
        options.problem =
            words(QT_TRANSLATE_NOOP("StartOptions",
                                    "“%1” is not the ID of an application: that is 24 digits from 0 "
                                    "to 9 and a to f."))
                .arg(quoted(wanted, 80));
    if (options.problem.isEmpty() && !parser.positionalArguments().isEmpty())
        options.problem = words(QT_TRANSLATE_NOOP("StartOptions", "“%1” is not an option. See --help."))
                              .arg(quoted(parser.positionalArguments().constFirst(), 80));
    return options;
}
