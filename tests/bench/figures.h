// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <cstdio>

using Clock = std::chrono::steady_clock;

inline double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// How long the function takes, in milliseconds.
template<typename Function>
double timed(Function function)
{
    const auto start = Clock::now();
    function();
    return milliseconds(Clock::now() - start);
}

/// Hands figures to the script, one line at a time.
inline void report(const QJsonObject &figures)
{
    std::puts(QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}
