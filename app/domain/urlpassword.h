// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

/// Passwords and tokens in URLs, as people write, paste and break them.
namespace UrlPasswords {

/// A URL in a text that tells a password, or a token in place of a user.
struct UrlPassword
{
    qsizetype begin = 0, size = 0; ///< of the URL in the text
    QString url;                   ///< cleaned of stray characters
    QString without;               ///< the URL
    QString user, password;        ///< decoded
};

/// In a text for people.
std::optional<UrlPassword> find(QStringView text);

/// In a value that is one URL or host, with or without a scheme. In those of repositories a colon without a
/// scheme may stand between host and path.
enum class Whole { Address, Repository };
std::optional<UrlPassword> findInWhole(QStringView text, Whole whole);

/// What stands where the user does in a URL looks like a token of no known kind.
bool hasTokenAsUser(QStringView text);

/// What examples and templates have in place of a password.
bool isPlaceholder(QStringView password);

} // namespace UrlPasswords
