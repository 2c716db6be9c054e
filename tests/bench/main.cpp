// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchapplication.h"
#include "commands.h"
#include "freedmemory.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr auto usage = "credenzabench qt: the version of Qt\n"
                       "credenzabench parse FILE TIMES\n"
                       "credenzabench COMMAND SERVER AUTHORITY-FILE APPLICATION ARGUMENT...\n"
                       "The commands are in commands.h, and packaging/bench.sh knows how to use them.\n";

struct Command
{
    QLatin1StringView name;
    void (*measure)(const BenchServer &, const QStringList &);
    bool hasWindow;
};

constexpr Command commands[] = {
    {"fetch"_L1, measureFetching, false},  {"burst"_L1, measureBurst, false},
    {"show"_L1, measureShowing, true},     {"scroll"_L1, measureScrolling, true},
    {"turn"_L1, measureTurning, true},     {"type"_L1, measureTyping, true},
    {"fill"_L1, measureFilling, false},    {"fillwindow"_L1, measureFillingWindow, true},
    {"search"_L1, measureSearching, true}, {"export"_L1, measureExporting, false},
};

} // namespace

int main(int argc, char *argv[])
{
    const QLatin1StringView name(argc > 1 ? argv[1] : "");
    if (name == "qt"_L1) {
        std::puts(qVersion());
        return 0;
    }
    overwriteFreedMemory(); // as the program does
    if (name == "parse"_L1 && argc == 4) {
        const QCoreApplication application(argc, argv);
        measureParsing(QCoreApplication::arguments().sliced(2));
        return 0;
    }
    for (const Command &command : commands) {
        if (name != command.name || argc < 5)
            continue;
        const std::unique_ptr<QCoreApplication> application(
            command.hasWindow ? new BenchApplication(argc, argv) : new QCoreApplication(argc, argv));
        const QStringList arguments = QCoreApplication::arguments();
        const Connection connection{.server = QUrl(arguments[2]), .authorityFile = arguments[3]};
        command.measure({{.connection = connection}, arguments[4]}, arguments.sliced(5));
        return 0;
    }
    std::fputs(usage, stderr);
    return 2;
}
