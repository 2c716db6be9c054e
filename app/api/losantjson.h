// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/result.h"
#include "domain/account.h"
#include "domain/application.h"
#include "domain/credential.h"

struct ApiAnswer;
class CredentialDraft;

/// The one place that knows the JSON of the Losant API.
///
/// Unknown keys are passed over; a value that is missing or of another type is a gap in the result. Only a
/// body that is no JSON, or not the kind of document that was asked for, is an error (Protocol). Within a value
/// that is passed over, or a configuration, a slip goes unseen.
namespace LosantJson {

Result<CredentialPage> readCredentialPage(const ApiAnswer &answer);
Result<Credential> readCredential(const ApiAnswer &answer);
Result<ApplicationPage> readApplicationPage(const ApiAnswer &answer);
Result<Application> readApplication(const ApiAnswer &answer);
Result<Account> readAccount(const ApiAnswer &answer);
Result<SignedIn> readSignedIn(const ApiAnswer &answer);
/// Whether the e-mail address that was asked about signs in by single sign-on.
Result<bool> readSsoDomain(const ApiAnswer &answer);

/// What the body of an error says, if anything. Any bytes will do. The kind is the caller's to set.
ApiError readError(const QByteArray &body);

/// A value of a credential's configuration; objects within it are flattened.
struct ConfigValue
{
    QString key;  ///< with dots for objects within: `info.commonName`
    QString text; ///< of any type, as text
};

/// The parts of `Credential::config`, by key. Empty if it can't be read.
std::vector<ConfigValue> readConfig(const QByteArray &config);

/// The body that creates this credential. The draft has a type.
QByteArray writeDraft(const CredentialDraft &draft);

/// The body that signs in.
QByteArray writeSignIn(const PasswordSignIn &signIn);

/// An ISO 8601 date in milliseconds since 1970, UTC.
std::optional<qint64> readDate(std::string_view text);

} // namespace LosantJson
