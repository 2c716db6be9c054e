// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchapplication.h"
#include "commands.h"
#include "domain/profile.h"

#include <cstring>

using namespace Qt::StringLiterals;

/// credenzabench qt, for its version, or parse FILE TIMES, or credenzabench COMMAND SERVER AUTHORITY-FILE
/// ARGUMENT...
int main(int argc, char *argv[])
{
    struct Command
    {
        const char *name;
        void (*measure)(const Profile &, const QStringList &);
        bool hasWindow;
    };
    constexpr Command commands[] = {
        {"fetch", measureFetching, false},  {"burst", measureBurst, false}, {"show", measureShowing, true},
        {"scroll", measureScrolling, true}, {"turn", measureTurning, true}, {"type", measureTyping, true},
    };
    if (argc == 2 && std::strcmp(argv[1], "qt") == 0) {
        std::puts(qVersion());
        return 0;
    }
    const char *name = argc < 4 ? "" : argv[1];
    if (std::strcmp(name, "parse") == 0) {
        const QCoreApplication application(argc, argv);
        measureParsing(QCoreApplication::arguments().sliced(2));
        return 0;
    }
    for (const Command &command : commands) {
        if (std::strcmp(name, command.name) != 0)
            continue;
        const std::unique_ptr<QCoreApplication> application(
            command.hasWindow ? new BenchApplication(argc, argv) : new QCoreApplication(argc, argv));
        const QStringList arguments = QCoreApplication::arguments();
        const Profile profile{.connection = {.server = QUrl(arguments[2]), .authorityFile = arguments[3]}};
        command.measure(profile, arguments.sliced(4));
        return 0;
    }
    std::fputs("The commands are in commands.h; packaging/bench.sh knows how to use them.\n", stderr);
    return 2;
}
