// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineParser>
#include <QCoreApplication>

#include <chrono>
#include <random>

/// How long a soak test goes on, and the seed of what it chooses, which differs from run to run.
struct SoakOptions
{
    std::chrono::seconds length{20};
    std::uint32_t seed = 0;

    /// Of the program's arguments. The test's time-out is set to go with them.
    static SoakOptions read(const QCoreApplication &application)
    {
        const QString seconds = QStringLiteral("seconds"), seed = QStringLiteral("seed");
        QCommandLineParser parser;
        parser.addHelpOption();
        parser.addOption({seconds, QStringLiteral("How long to go on."), seconds, QStringLiteral("20")});
        parser.addOption({seed, QStringLiteral("Repeats the choices of a run."), seed});
        parser.process(application);

        SoakOptions options;
        options.length = std::chrono::seconds(parser.value(seconds).toInt());
        options.seed = parser.isSet(seed) ? parser.value(seed).toUInt() : std::random_device()();
        qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number((options.length.count() + 300) * 1000));
        return options;
    }
};
