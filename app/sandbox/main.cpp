// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/coredumps.h"
#include "sandbox/sandboxrecords.h"
#include "sandbox/sandboxserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLoggingCategory>

#include <csignal>
#include <cstdio>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr auto description =
    "A Losant API server on 127.0.0.1 with sample data, to try Credenza and other clients on.\n"
    "It prints its URL, an access token and the password of its accounts, keeps nothing, and throws away\n"
    "every secret it is sent.\n\n"
    "One may sign in (POST /auth/user) with that password as:\n"
    "  ada@example.com       without anything else\n"
    "  grace@example.com     with the two-factor code 123456\n"
    "  locked@example.com    never: this account is locked, like the others after five wrong tries\n"
    "Addresses at sso.example.com sign in by single sign-on.";

QLoggingCategory::CategoryFilter otherFilter;

/// Qt HttpServer prints headers, with tokens among them: never, whatever the logging rules say.
void keepTokensOutOfLogs(QLoggingCategory *category)
{
    otherFilter(category);
    if (!QByteArrayView(category->categoryName()).startsWith("qt.httpserver"))
        return;
    for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg})
        category->setEnabled(type, false);
}

struct NumberOption
{
    const char *name;
    const char *value;
    const char *description;
    int otherwise;
    int maximum;
};

constexpr NumberOption portOption = {"port", "N", "The port to listen on; 0: a free one.", 0, 65535};
constexpr NumberOption applicationsOption = {"applications", "N", "How many applications there are.", 12,
                                             1'000'000};
constexpr NumberOption credentialsOption = {"credentials", "N",
                                            "How many credentials the largest application has; where there "
                                            "are more than a dozen applications, how many "
                                            "all of them have together, spread evenly.",
                                            2500, 10'000'000};
constexpr NumberOption latencyOption = {"latency", "MS",
                                        "For how many milliseconds each answer is held back.", 0, 3'600'000};

/// Reads number options, and says what is wrong with them.
class Numbers
{
public:
    explicit Numbers(QCommandLineParser &parser) : m_parser(parser)
    {
        for (const NumberOption &option :
             {portOption, applicationsOption, credentialsOption, latencyOption}) {
            parser.addOption({QString::fromLatin1(option.name), QString::fromLatin1(option.description),
                              QString::fromLatin1(option.value), QString::number(option.otherwise)});
        }
    }

    int value(const NumberOption &option)
    {
        bool isNumber = false;
        const int number = m_parser.value(QString::fromLatin1(option.name)).toInt(&isNumber);
        if (!isNumber || number < 0 || number > option.maximum) {
            std::fprintf(stderr, "--%s must be a number from 0 to %d.\n", option.name, option.maximum);
            m_areValid = false;
        }
        return number;
    }

    bool areValid() const { return m_areValid; }

private:
    QCommandLineParser &m_parser;
    bool m_areValid = true;
};

bool isPrintable(const QByteArray &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](char character) { return character > ' ' && character < 127; });
}

std::optional<SandboxOptions> readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromLatin1(description));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"token"_s, u"The access token; without it, a random one."_s, u"T"_s});
    parser.addOption({u"password"_s, u"The password of the accounts; without it, a random one."_s, u"P"_s});
    Numbers numbers(parser);
    parser.process(application);

    SandboxOptions options;
    options.port = quint16(numbers.value(portOption));
    options.applications = numbers.value(applicationsOption);
    options.credentials = numbers.value(credentialsOption);
    if (options.applications > namedSampleApplications && parser.isSet(u"credentials"_s))
        options.credentialsInAll = options.credentials;
    options.latency = std::chrono::milliseconds(numbers.value(latencyOption));
    options.token = parser.value(u"token"_s).toUtf8();
    options.password = parser.value(u"password"_s).toUtf8();
    const bool isTokenValid = isPrintable(options.token);
    if (!isTokenValid)
        std::fprintf(stderr, "--token must have no blanks, and none but ASCII characters.\n");
    const bool isPasswordValid =
        !parser.isSet(u"password"_s) || (isPrintable(options.password) && options.password.size() >= 8);
    if (!isPasswordValid) {
        std::fprintf(stderr, "--password must have 8 characters or more, no blanks, and none but ASCII "
                             "characters.\n");
    }
    if (!parser.positionalArguments().isEmpty())
        std::fprintf(stderr, "There are no arguments but the options; see --help.\n");
    if (!numbers.areValid() || !isTokenValid || !isPasswordValid || !parser.positionalArguments().isEmpty())
        return std::nullopt;
    return options;
}

} // namespace

int main(int argc, char *argv[])
{
    turnOffCoreDumps();
    otherFilter = QLoggingCategory::installFilter(keepTokensOutOfLogs);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"credenza-sandbox"_s);
    QCoreApplication::setApplicationVersion(QString::fromLatin1(CREDENZA_VERSION));
    const auto options = readOptions(application);
    if (!options)
        return 2;

#ifdef Q_OS_UNIX
    // The server has a thread of its own: this one has nothing to do but wait for the signal to stop.
    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGINT);
    sigaddset(&stopSignals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
#endif

    const SandboxServer server(*options);
    if (!server.isListening()) {
        std::fprintf(stderr, "Can't listen on port %d: %s\n", options->port,
                     qPrintable(server.errorString()));
        return 1;
    }
    std::printf("URL: %s\nToken: %s\nPassword: %s\n", qPrintable(server.url().toString()),
                server.token().constData(), server.password().constData());
    std::fflush(stdout);

#ifdef Q_OS_UNIX
    int signal = 0;
    sigwait(&stopSignals, &signal);
    return 0;
#else
    return QCoreApplication::exec();
#endif
}
