// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/fieldid.h"

#include <QLatin1StringView>
#include <QString>
#include <QStringList>

#include <span>

/// How a field is edited, and how its value is shown once it is read back.
enum class FieldKind {
    Line,   ///< one line of text
    File,   ///< text of many lines, usually the content of a file: PEM or JSON
    Choice, ///< one of `choices`
    Number, ///< a whole number, `minimum` to `maximum`; left out when not set
    Switch, ///< on or off; sent only when on
    Date,   ///< only ever read back
};

/// What a text is expected to be. A mismatch is an advice, never a problem.
enum class FileFormat {
    Text,
    Pem,
    Json, ///< a service account key of Google Cloud
};

/// What a PEM text is expected to hold.
enum class PemContent {
    PrivateKey,
    RsaPrivateKey, ///< no other kind of key
    SshPrivateKey, ///< also in OpenSSH's own format
    Certificate,   ///< or a chain; of a private key that another field of the type takes
    Authorities,   ///< certificates that another's is checked by
};

/// What a text of one line is, beyond being one: domain/valueforms says what is odd about it.
enum class ValueForm {
    Any,
    PersonName,
    Email,
    Host,
    SnowflakeHost,
    WebAddress,
    SshCloneUrl,
    HttpsCloneUrl,
    MongodbUri,
    AwsRegion,
    AzureAccount,
    AzureKey,
    DatadogSite,
    HttpHeaderName,
    HttpHeaderValue,
    HttpParameterName,
    BasicAuthUser,
    UserName,
    Password,
    Port,          ///< of the kind of server that the field is `wordedBy`
    ServiceSecret, ///< a key or token of the type's service, and of no other
};

/// A pattern of right values, or of wrong ones, and what is said of a value that is not as it should be.
/// `message` is a source text in the translation context "DraftValidator".
struct ValueRule
{
    const char *pattern = nullptr; ///< a regular expression for the whole value
    bool isRight = true;
    const char *message = nullptr;
};

struct FieldChoice
{
    QLatin1StringView value{}; ///< as the API spells it
    const char *label = nullptr;
};

/// The words of a field, and what it is, while the field it is `wordedBy` has this value.
struct FieldWording
{
    QLatin1StringView value{};
    const char *label = nullptr;
    const char *placeholder = nullptr;
    const char *help = nullptr;
    const char *missing = nullptr;   ///< nullptr: as the field has it
    ValueForm form = ValueForm::Any; ///< Any: as the field has it
    bool isOfKey = false;            ///< or the field says so
};

/// A field is there only while another field of the type has one of these values.
struct FieldCondition
{
    QLatin1StringView key; ///< empty: always there
    std::span<const QLatin1StringView> values;
};

/// One row of a type's form. Two rows may share a key if their conditions exclude each other.
///
/// All texts are source texts in the translation context "CredentialTypes".
/// Bounds are those of the API's schemas, in Unicode code points.
struct CredentialField
{
    QLatin1StringView key;       ///< in the type's configuration object
    const char *label = nullptr; ///< also the editor's accessible name
    const char *help = nullptr;
    FieldKind kind = FieldKind::Line;
    bool required = false;
    const char *missing = nullptr; ///< what is asked of whoever leaves it empty, if it is required or
                                   ///< `identifiesKey`; in the context "DraftValidator"
    bool secret = false;           ///< write-only: no answer holds it
    bool generatesKey =
        false;            ///< of a switch: while it is on, the platform makes the key; no answer holds it
    bool isOfKey = false; ///< gets a new value with a new key, as an access key's ID does; secrets always do
    bool identifiesKey = false; ///< no two keys have the same value, or what is in it, of it
    /// With the others of its type that do: whose secret it is. Required ones tell nothing without each
    /// other.
    bool identifiesAccount = false;
    int minimum = 0; ///< length of a text, value of a number
    int maximum = 0;
    FileFormat format = FileFormat::Text;
    PemContent pem = PemContent::PrivateKey; ///< of a PEM text
    ValueForm form = ValueForm::Any;
    QLatin1StringView nameIn{};         ///< the field with the name of the header or parameter for this value
    QLatin1StringView algorithmIn{};    ///< the field with the JWT algorithm that signs with this value
    std::span<const ValueRule> rules{}; ///< the first that a value breaks is told
    std::span<const FieldChoice> choices{}; ///< the first one is the default
    FieldCondition shownWhen{};
    QLatin1StringView wordedBy{};
    std::span<const FieldWording> wordings{};
};

/// A value that only the server's answer holds.
struct ReadBackField
{
    QLatin1StringView key; ///< in the configuration object; a dot leads into an object within it
    const char *label = nullptr;
    FieldKind kind = FieldKind::Line;
    const char *toDo = nullptr; ///< of the public half of a key that the platform makes: what to do with it
    bool identifiesKey = false; ///< it is the public part of the secret that identifies the key
};

/// A kind of credential that the platform knows.
struct CredentialType
{
    QLatin1StringView key;         ///< as in a credential's `type`
    const char *product = nullptr; ///< a proper name, translated only if it is a plain word
    QLatin1StringView configKey;   ///< of the configuration object in the body
    std::span<const CredentialField> fields;
    std::span<const ReadBackField> readBack{};

    const CredentialField &field(FieldId id) const { return fields[id.position()]; }
    /// All of `fields`, in their order.
    FieldIds fieldIds() const { return FieldIds(fields.size()); }
    /// The public half of a key that the platform makes, or nullptr.
    const ReadBackField *publicKey() const;
    /// What an answer holds of the secret that identifies the key, or nullptr.
    const ReadBackField *shownKey() const;
};

/// All credential types, in the order in which a person is offered them.
std::span<const CredentialType> credentialTypes();

/// The type of this key, or nullptr: new types appear on the platform at any time.
const CredentialType *findCredentialType(QStringView key);

/// The product's name, or the raw key of a type that is not known here.
QString credentialTypeName(const QString &key);

/// The keys of all fields that take a secret, of whatever type.
const QStringList &secretKeys();

/// A text of the table in the user's language.
QString translated(const char *text);
