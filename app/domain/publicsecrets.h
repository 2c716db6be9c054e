// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <QStringView>

#include <optional>
#include <vector>

/// Secrets in fields that everybody who sees the credential can read. Private keys are the business of
/// domain/keyadvice.
namespace PublicSecrets {

/// What a field that is no secret holds of secrets: one finding at most, the most certain. `field` is a
/// public field that holds a text.
std::vector<DraftFinding> check(const CredentialDraft &draft, int field);

/// A URL in a text that tells a password, or a token in place of a user.
struct UrlPassword
{
    qsizetype begin = 0, size = 0; ///< of the URL in the text
    QString without;               ///< the URL
    QString user, password;        ///< decoded
};
std::optional<UrlPassword> findUrlPassword(QStringView text);

} // namespace PublicSecrets
