// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/result.h"
#include "domain/account.h"
#include "domain/application.h"
#include "domain/credential.h"
#include "domain/linkedresource.h"

#include <functional>
#include <limits>

struct ApiAnswer;
class CredentialDraft;
struct CredentialType;

/// The one place that knows the JSON of the Losant API.
///
/// Unknown keys are passed over; a value that is missing or of another type is a gap in the result, and so is
/// an id that would not be one part of a path. Only a body that is no JSON, not the kind of document that was
/// asked for, or a page of more than maxPageItems is an error (Protocol). Within a value that is passed over,
/// or a configuration, a slip goes unseen.
namespace LosantJson {

/// The largest page that can be asked for.
constexpr int maxPageItems = 1000;
/// Objects in objects of a configuration; what is deeper is one value, as JSON.
constexpr int maxConfigDepth = 32;
/// The keys of the objects around a value, in bytes; where they are longer, the object is one value, too.
constexpr std::size_t maxConfigKeySize = 1000;

Result<CredentialPage> readCredentialPage(const ApiAnswer &answer);
Result<Credential> readCredential(const ApiAnswer &answer);
/// Of what was deleted: an answer that does not say so is an error (Protocol).
Result<void> readDeleted(const ApiAnswer &answer);
Result<LinkedResources> readLinkedResources(const ApiAnswer &answer);
/// Of an application: whose credentials its archive uses.
Result<ArchiveSettings> readArchiveSettings(const ApiAnswer &answer);
Result<ApplicationPage> readApplicationPage(const ApiAnswer &answer);
Result<Application> readApplication(const ApiAnswer &answer);
Result<Account> readAccount(const ApiAnswer &answer);
Result<SignedIn> readSignedIn(const ApiAnswer &answer);
/// Whether the e-mail address that was asked about signs in by single sign-on.
Result<bool> readSsoDomain(const ApiAnswer &answer);

/// Of an error whose body is larger nothing is read, and of its problems by field no more than that.
constexpr qsizetype maxErrorSize = 1024 * 1024;
constexpr std::size_t maxFieldProblems = 100;

/// What the body of an error says, if anything. Any bytes will do. The kind is the caller's to set.
ApiError readError(const QByteArray &body);

/// A value of a credential's configuration; objects within it are flattened.
struct ConfigValue
{
    QString key;  ///< with dots for objects within: `info.commonName`
    QString text; ///< of any type, as text
};

/// What is larger is no configuration that the platform would take, and would take long to read.
constexpr qsizetype maxConfigSize = 16 * 1024 * 1024;

struct ConfigValues
{
    std::vector<ConfigValue> values; ///< in the order of the document
    int count = 0;                   ///< with those past the limit
};

/// The parts of `Credential::config` that are not null, `max` of them at most. Empty if it can't be read or
/// is larger than maxConfigSize.
ConfigValues readConfig(const QByteArray &config, int max = std::numeric_limits<int>::max());

/// Says of a member of a configuration, however deep, whether it is left out: by its own key and its value as
/// it stands in the document, which is empty for an object whose members are asked about themselves.
using LeavesOut = std::function<bool(const QString &key, QByteArrayView value)>;

/// The configuration as it came, without those members. Empty if it can't be read.
QByteArray configWithout(const QByteArray &config, const LeavesOut &leavesOut);

/// A draft upon this credential with all kept; without a type if the table does not have it.
CredentialDraft readDraft(const Credential &credential);
/// The same of a type that is known otherwise; nullptr: none.
CredentialDraft readDraft(const Credential &credential, const CredentialType *type);

/// The public half of a key that the platform made, if the credential has one.
QString readPublicKey(const Credential &credential, const CredentialType &type);

/// The body that creates this credential. The draft has a type and no base.
QByteArray writePost(const CredentialDraft &draft);
/// The body that makes of the draft's base what the draft means, as PATCH has it: of what every credential
/// has, what is changed; of the configuration, if anything in it is, all that is public and the secrets that
/// were typed. `{}` without changes.
QByteArray writePatch(const CredentialDraft &draft);

/// The body that signs in.
QByteArray writeSignIn(const PasswordSignIn &signIn);

/// An ISO 8601 date in milliseconds since 1970, UTC.
std::optional<qint64> readDate(std::string_view text);

} // namespace LosantJson
