// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// The user that a token belongs to. Any part may be missing.
struct Account
{
    QString id;
    QString email;
    QString fullName;
};
