// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QStringList>

#include <vector>

/// A value of a configuration as it is shown.
struct ConfigRow
{
    enum class Text {
        Words, ///< of the program
        Value,
        Code, ///< a value: PEM, JSON
    };

    QString label;
    QString text;
    Text kind = Text::Value;
};

/// A credential's configuration as it is shown: without what the table of types knows as secret.
struct ConfigRows
{
    std::vector<ConfigRow> rows; ///< in the order of the form, then a few that the table does not know
    /// Many that the table does not know, each "key: value".
    QStringList others;
    int count = 0; ///< of all values, with those that are not here
    bool isTooLarge = false;

    int shownCount() const { return int(rows.size()) + int(others.size()); }
    bool isCut() const { return shownCount() < count; }
};

/// Reads 500 values of the configuration at most.
ConfigRows configRows(const Credential &credential);

/// All of a configuration, as it came, without what the table of types knows as secret.
QByteArray wholeConfig(const QByteArray &config);
