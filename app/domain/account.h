// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>

/// The user that a token belongs to. Any part may be missing.
struct Account
{
    QString id;
    QString email;
    QString fullName;
};

/// What a person signs in with who has no token yet.
struct PasswordSignIn
{
    QString email;
    QString password;
    QString twoFactorCode; ///< empty: none
    QStringList scopes;    ///< what the token may be used for, and nothing else
    std::chrono::seconds tokenLifetime = std::chrono::days(1); ///< more than none: that would be for ever
};

/// The server's answer to it.
struct SignedIn
{
    QByteArray token;
    bool needsToVerifyEmail = false;
};
