// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

class QCoreApplication;

/// How the program was asked to start, by its arguments and the environment.
struct StartOptions
{
    bool opensSandbox = false;
    QUrl server; ///< the option wins over LOSANT_API_URL; else that of the platform
    bool isServerGiven = false;
    /// LOSANT_API_TOKEN, which is taken out of the environment; never an option, which other users of the
    /// machine could read
    QByteArray token;
    QString applicationId; ///< empty: the last one open there
    QString problem;       ///< why the program can't start so; empty if it can
};

/// Handles --help, --version and unknown options itself, by ending the program. The application need not be
/// one with windows.
StartOptions readStartOptions(QCoreApplication &application);
