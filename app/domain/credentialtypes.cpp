// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialtypes.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

#define TEXT(text) QT_TRANSLATE_NOOP("CredentialTypes", text)

namespace {

constexpr int keyFileMax = 8196; // sic: most PEM bounds of the API, but 8192 for certificates and keyJson

constexpr CredentialField awsFields[] = {
    {.key = "accessKeyId"_L1,
     .label = TEXT("Access key ID"),
     .help = TEXT("In the AWS console under IAM, Users, Security credentials. Begins with AKIA."),
     .required = true,
     .minimum = 16,
     .maximum = 128},
    {.key = "secretAccessKey"_L1,
     .label = TEXT("Secret access key"),
     .help = TEXT("Shown once by AWS, when the access key is created."),
     .required = true,
     .secret = true,
     .minimum = 4,
     .maximum = 128},
    {.key = "region"_L1,
     .label = TEXT("Region"),
     .help = TEXT("Where the service runs, for example us-east-1."),
     .required = true,
     .minimum = 1,
     .maximum = 128},
};

constexpr CredentialField azureFields[] = {
    {.key = "account"_L1,
     .label = TEXT("Account"),
     .help = TEXT("The storage account's name, as in the Azure portal."),
     .maximum = 128},
    {.key = "accountKey"_L1,
     .label = TEXT("Account key"),
     .help = TEXT("In the Azure portal under Storage account, Access keys."),
     .required = true,
     .secret = true,
     .minimum = 4,
     .maximum = 128},
};

constexpr CredentialField gcpFields[] = {
    {.key = "keyJson"_L1,
     .label = TEXT("Service account key"),
     .help = TEXT("The JSON file that Google Cloud offers under IAM, Service accounts, Keys."),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 8192,
     .format = FileFormat::Json},
};
constexpr ReadBackField gcpReadBack[] = {
    {.key = "keyMetaJson"_L1, .label = TEXT("Service account key, without its private key"), .kind = FieldKind::File},
};

constexpr FieldChoice httpMethods[] = {
    {"header"_L1, TEXT("Header")},
    {"queryParam"_L1, TEXT("Query parameter")},
    {"basicAuth"_L1, TEXT("Basic authentication")},
    {"clientCertificate"_L1, TEXT("Client certificate")},
};
constexpr QLatin1StringView httpLineMethods[] = {"header"_L1, "queryParam"_L1, "basicAuth"_L1};
constexpr QLatin1StringView httpFileMethods[] = {"clientCertificate"_L1};
constexpr FieldWording httpPublicWordings[] = {
    {"header"_L1, TEXT("Header name"), "X-Api-Key", TEXT("The header that carries the secret.")},
    {"queryParam"_L1, TEXT("Parameter name"), "api_key", TEXT("The query parameter that carries the secret.")},
    {"basicAuth"_L1, TEXT("User name"), nullptr, TEXT("Sent together with the password.")},
};
constexpr FieldWording httpSecretWordings[] = {
    {"header"_L1, TEXT("Header value"), nullptr, TEXT("The header's whole value, for example “Bearer …”.")},
    {"queryParam"_L1, TEXT("Parameter value"), nullptr, TEXT("The parameter's value, not URL-encoded.")},
    {"basicAuth"_L1, TEXT("Password"), nullptr, TEXT("The password that belongs to the user name.")},
};
constexpr FieldWording httpCertificateWordings[] = {
    {"clientCertificate"_L1, TEXT("Certificate"), nullptr,
     TEXT("The client certificate, PEM. Followed by its chain if the server asks for it.")},
};
constexpr FieldWording httpPrivateKeyWordings[] = {
    {"clientCertificate"_L1, TEXT("Private key"), nullptr, TEXT("The certificate's private key, PEM, unencrypted.")},
};
constexpr CredentialField httpFields[] = {
    {.key = "uriMatch"_L1,
     .label = TEXT("URI match"),
     .help = TEXT("Requests to addresses that begin so may use the credential: scheme, host, then port and path "
                  "if needed. No wildcards."),
     .required = true,
     .minimum = 8,
     .maximum = 1024},
    {.key = "authMethod"_L1,
     .label = TEXT("Authentication method"),
     .help = TEXT("How the service wants to be shown the secret."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = httpMethods},
    {.key = "publicValue"_L1,
     .label = TEXT("Public value"),
     .maximum = keyFileMax,
     .shownWhen = {"authMethod"_L1, httpLineMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpPublicWordings},
    {.key = "publicValue"_L1,
     .label = TEXT("Public value"),
     .kind = FieldKind::File,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .shownWhen = {"authMethod"_L1, httpFileMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpCertificateWordings},
    {.key = "secretValue"_L1,
     .label = TEXT("Secret value"),
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .shownWhen = {"authMethod"_L1, httpLineMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpSecretWordings},
    {.key = "secretValue"_L1,
     .label = TEXT("Secret value"),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .shownWhen = {"authMethod"_L1, httpFileMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpPrivateKeyWordings},
};

constexpr CredentialField sendgridFields[] = {
    {.key = "apiKey"_L1,
     .label = TEXT("API key"),
     .help = TEXT("In SendGrid under Settings, API Keys. Shown once; begins with “SG.”."),
     .required = true,
     .secret = true,
     .minimum = 4,
     .maximum = 128},
};

constexpr CredentialField twilioFields[] = {
    {.key = "accountSid"_L1,
     .label = TEXT("Account SID"),
     .help = TEXT("On the Twilio console's first page. Begins with AC."),
     .required = true,
     .minimum = 4,
     .maximum = 128},
    {.key = "apiKeySid"_L1,
     .label = TEXT("API key SID"),
     .help = TEXT("In the Twilio console under Account, API keys. Begins with SK."),
     .required = true,
     .minimum = 4,
     .maximum = 128},
    {.key = "apiKeySecret"_L1,
     .label = TEXT("API key secret"),
     .help = TEXT("Shown once by Twilio, when the API key is created."),
     .required = true,
     .secret = true,
     .minimum = 4,
     .maximum = 128},
};

constexpr CredentialField logglyFields[] = {
    {.key = "customerToken"_L1,
     .label = TEXT("Customer token"),
     .help = TEXT("In Loggly under Source Setup, Customer Tokens."),
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 128},
};

constexpr FieldChoice jwtAlgorithms[] = {
    {"HS256"_L1, "HS256"}, {"HS384"_L1, "HS384"}, {"HS512"_L1, "HS512"},
    {"RS256"_L1, "RS256"}, {"RS384"_L1, "RS384"}, {"RS512"_L1, "RS512"},
    {"ES256"_L1, "ES256"}, {"ES384"_L1, "ES384"}, {"ES512"_L1, "ES512"},
};
constexpr QLatin1StringView jwtSharedSecretAlgorithms[] = {"HS256"_L1, "HS384"_L1, "HS512"_L1};
constexpr QLatin1StringView jwtKeyPairAlgorithms[] = {"RS256"_L1, "RS384"_L1, "RS512"_L1,
                                                      "ES256"_L1, "ES384"_L1, "ES512"_L1};
constexpr CredentialField jwtFields[] = {
    {.key = "algorithm"_L1,
     .label = TEXT("Algorithm"),
     .help = TEXT("HS signs with a shared secret, RS and ES sign with a private key."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = jwtAlgorithms},
    {.key = "secret"_L1,
     .label = TEXT("Secret"),
     .help = TEXT("The secret that signs the tokens; whoever checks them has the same one."),
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 4096,
     .shownWhen = {"algorithm"_L1, jwtSharedSecretAlgorithms}},
    {.key = "secret"_L1,
     .label = TEXT("Secret"),
     .help = TEXT("The private key that signs the tokens, PEM, unencrypted."),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 4096,
     .format = FileFormat::Pem,
     .shownWhen = {"algorithm"_L1, jwtKeyPairAlgorithms}},
    {.key = "issuer"_L1,
     .label = TEXT("Issuer"),
     .help = TEXT("The tokens' “iss” claim, if whoever checks them expects one."),
     .maximum = 1024},
};

constexpr CredentialField whatsappFields[] = {
    {.key = "accessToken"_L1,
     .label = TEXT("Access token"),
     .help = TEXT("A system user's token, in Meta Business settings under System users."),
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 1024},
    {.key = "fromNumberId"_L1,
     .label = TEXT("From number ID"),
     .help = TEXT("The phone number's ID, in the app's dashboard under WhatsApp, API Setup. Not the number itself."),
     .required = true,
     .minimum = 1,
     .maximum = 128},
};

constexpr FieldChoice sqlSystems[] = {
    {"mssql"_L1, "Microsoft SQL Server"},
    {"mysql"_L1, "MySQL"},
    {"pg"_L1, "PostgreSQL"},
};
constexpr const char *portHelp = TEXT("Leave it as it is unless the server listens on another port.");
constexpr FieldWording sqlPortWordings[] = {
    {"mssql"_L1, TEXT("Port"), TEXT("Default (1433)"), portHelp},
    {"mysql"_L1, TEXT("Port"), TEXT("Default (3306)"), portHelp},
    {"pg"_L1, TEXT("Port"), TEXT("Default (5432)"), portHelp},
};
constexpr CredentialField sqlFields[] = {
    {.key = "system"_L1,
     .label = TEXT("System"),
     .help = TEXT("The kind of database server."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = sqlSystems},
    {.key = "host"_L1,
     .label = TEXT("Host"),
     .help = TEXT("The server's name or IP address; it must be reachable from the internet."),
     .required = true,
     .minimum = 1,
     .maximum = 256},
    {.key = "port"_L1,
     .label = TEXT("Port"),
     .help = portHelp,
     .kind = FieldKind::Number,
     .minimum = 1,
     .maximum = 65535,
     .wordedBy = "system"_L1,
     .wordings = sqlPortWordings},
    {.key = "username"_L1,
     .label = TEXT("Username"),
     .help = TEXT("A database user, best one that may do no more than it has to."),
     .required = true,
     .minimum = 1,
     .maximum = 256},
    {.key = "password"_L1,
     .label = TEXT("Password"),
     .help = TEXT("The database user's password."),
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 256},
    {.key = "secureConnection"_L1,
     .label = TEXT("Secure connection"),
     .help = TEXT("Connect with TLS."),
     .kind = FieldKind::Switch},
    {.key = "caCertificate"_L1,
     .label = TEXT("CA certificate"),
     .help = TEXT("PEM, if the server's certificate comes from a private certificate authority."),
     .kind = FieldKind::File,
     .maximum = keyFileMax,
     .format = FileFormat::Pem},
    {.key = "disableSSLVerification"_L1,
     .label = TEXT("Disable SSL verification"),
     .help = TEXT("Accept any certificate. Anybody in between can then read along."),
     .kind = FieldKind::Switch},
};

constexpr CredentialField mongodbFields[] = {
    {.key = "connectionUri"_L1,
     .label = TEXT("Connection URI"),
     .help = TEXT("As MongoDB Atlas shows it under Connect, Drivers: mongodb+srv://user:password@host/database."),
     .required = true,
     .secret = true,
     .minimum = 1,
     .maximum = 2048},
};

constexpr CredentialField mailgunFields[] = {
    {.key = "apiKey"_L1,
     .label = TEXT("API key"),
     .help = TEXT("In Mailgun under Account settings, API keys."),
     .required = true,
     .secret = true,
     .minimum = 4,
     .maximum = 128},
};

constexpr QLatin1StringView off[] = {""_L1};
constexpr CredentialField snowflakeFields[] = {
    {.key = "host"_L1,
     .label = TEXT("Host"),
     .help = TEXT("The account's address, for example abc12345.eu-central-1.snowflakecomputing.com."),
     .required = true,
     .minimum = 1,
     .maximum = 128},
    {.key = "username"_L1,
     .label = TEXT("Username"),
     .help = TEXT("The Snowflake user that the key pair is registered with."),
     .required = true,
     .minimum = 1,
     .maximum = 128},
    {.key = "generatePrivateKey"_L1,
     .label = TEXT("Generate a private key"),
     .help = TEXT("Losant makes a key pair and keeps the private key; you register the public key with Snowflake."),
     .kind = FieldKind::Switch},
    {.key = "privateKey"_L1,
     .label = TEXT("Private key"),
     .help = TEXT("PEM, unencrypted; its public key is registered with the Snowflake user."),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .shownWhen = {"generatePrivateKey"_L1, off}},
};
constexpr ReadBackField publicKeyReadBack[] = {
    {.key = "publicKey"_L1, .label = TEXT("Public key"), .kind = FieldKind::File},
};

constexpr FieldChoice gitTypes[] = {
    {"ssh-key"_L1, TEXT("SSH key")},
    {"http-password"_L1, TEXT("HTTP password")},
};
constexpr QLatin1StringView gitSsh[] = {"ssh-key"_L1};
constexpr QLatin1StringView gitHttp[] = {"http-password"_L1};
constexpr FieldWording gitUrlWordings[] = {
    {"ssh-key"_L1, TEXT("Clone URL"), "git@github.com:acme/flows.git",
     TEXT("The SSH address that the Git host offers for cloning.")},
    {"http-password"_L1, TEXT("Clone URL"), "https://github.com/acme/flows.git",
     TEXT("The HTTPS address that the Git host offers for cloning.")},
};
constexpr FieldWording gitKeyWordings[] = {
    {"ssh-key"_L1, TEXT("Private key"), nullptr,
     TEXT("The private half of a deploy key, PEM or OpenSSH, without a passphrase. Not needed if Losant generates "
          "one.")},
};
constexpr FieldWording gitPasswordWordings[] = {
    {"http-password"_L1, TEXT("Password"), nullptr,
     TEXT("The password, or better a token that may do no more than it has to.")},
};
constexpr CredentialField gitFields[] = {
    {.key = "type"_L1,
     .label = TEXT("Credential kind"),
     .help = TEXT("How the Git host wants to be asked."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = gitTypes},
    {.key = "cloneUrl"_L1,
     .label = TEXT("Clone URL"),
     .required = true,
     .minimum = 5,
     .maximum = 1024,
     .wordedBy = "type"_L1,
     .wordings = gitUrlWordings},
    {.key = "username"_L1,
     .label = TEXT("Username"),
     .help = TEXT("Only if the clone URL does not name the user."),
     .maximum = 128},
    {.key = "generatePrivateKey"_L1,
     .label = TEXT("Generate a private key"),
     .help = TEXT("Losant makes a key pair and keeps the private key; you add the public key as a deploy key."),
     .kind = FieldKind::Switch,
     .shownWhen = {"type"_L1, gitSsh}},
    {.key = "secretValue"_L1,
     .label = TEXT("Secret value"),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .shownWhen = {"generatePrivateKey"_L1, off},
     .wordedBy = "type"_L1,
     .wordings = gitKeyWordings},
    {.key = "secretValue"_L1,
     .label = TEXT("Secret value"),
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .shownWhen = {"type"_L1, gitHttp},
     .wordedBy = "type"_L1,
     .wordings = gitPasswordWordings},
    {.key = "committerName"_L1,
     .label = TEXT("Committer name"),
     .help = TEXT("Who commits are from, as the Git history shows it."),
     .maximum = 128},
    {.key = "committerEmail"_L1,
     .label = TEXT("Committer email"),
     .help = TEXT("The address beside the committer's name."),
     .maximum = 128},
};

constexpr CredentialField datadogFields[] = {
    {.key = "secretValue"_L1,
     .label = TEXT("API key"),
     .help = TEXT("In Datadog under Organization settings, API keys."),
     .required = true,
     .secret = true,
     .maximum = 256},
    {.key = "site"_L1,
     .label = TEXT("Site"),
     .help = TEXT("The end of the address that you use Datadog at, for example datadoghq.eu."),
     .minimum = 1,
     .maximum = 128},
};

constexpr CredentialField certificateFields[] = {
    {.key = "certificate"_L1,
     .label = TEXT("Certificate"),
     .help = TEXT("PEM: from BEGIN CERTIFICATE to END CERTIFICATE, those lines included."),
     .kind = FieldKind::File,
     .required = true,
     .maximum = 8192,
     .format = FileFormat::Pem},
    {.key = "privateKey"_L1,
     .label = TEXT("Private key"),
     .help = TEXT("The certificate's private key, PEM, unencrypted."),
     .kind = FieldKind::File,
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem},
};
constexpr ReadBackField certificateReadBack[] = {
    {.key = "info.commonName"_L1, .label = TEXT("Common name")},
    {.key = "info.issuerName"_L1, .label = TEXT("Issuer")},
    {.key = "info.notValidBefore"_L1, .label = TEXT("Valid from"), .kind = FieldKind::Date},
    {.key = "info.notValidAfter"_L1, .label = TEXT("Valid until"), .kind = FieldKind::Date},
    {.key = "info.serialNumber"_L1, .label = TEXT("Serial number")},
    {.key = "info.fingerprint"_L1, .label = TEXT("Fingerprint")},
};

constexpr CredentialType types[] = {
    {"aws"_L1, "Amazon Web Services", "awsConfig"_L1, awsFields},
    {"azure"_L1, "Microsoft Azure", "azureConfig"_L1, azureFields},
    {"gcp"_L1, "Google Cloud Platform", "gcpConfig"_L1, gcpFields, gcpReadBack},
    {"http"_L1, "HTTP", "httpConfig"_L1, httpFields},
    {"sendgrid"_L1, "SendGrid", "sendgridConfig"_L1, sendgridFields},
    {"twilio"_L1, "Twilio", "twilioConfig"_L1, twilioFields},
    {"loggly"_L1, "Loggly", "logglyConfig"_L1, logglyFields},
    {"jwt"_L1, "JSON Web Token", "jwtConfig"_L1, jwtFields},
    {"whatsapp"_L1, "WhatsApp", "whatsappConfig"_L1, whatsappFields},
    {"sql"_L1, "SQL database", "sqlConfig"_L1, sqlFields},
    {"mongodb"_L1, "MongoDB", "mongodbConfig"_L1, mongodbFields},
    {"mailgun"_L1, "Mailgun", "mailgunConfig"_L1, mailgunFields},
    {"snowflake"_L1, "Snowflake", "snowflakeConfig"_L1, snowflakeFields, publicKeyReadBack},
    {"git"_L1, "Git", "gitConfig"_L1, gitFields, publicKeyReadBack},
    {"datadog"_L1, "Datadog", "datadogConfig"_L1, datadogFields},
    {"certificateKeyPair"_L1, "Certificate key pair", "certificateKeyPairConfig"_L1, certificateFields,
     certificateReadBack},
};

} // namespace

std::span<const CredentialType> credentialTypes()
{
    return types;
}

const CredentialType *findCredentialType(QStringView key)
{
    const auto found = std::ranges::find_if(types, [key](const CredentialType &type) { return type.key == key; });
    return found == std::end(types) ? nullptr : found;
}

QString credentialTypeName(const QString &key)
{
    const CredentialType *type = findCredentialType(key);
    return type ? QString::fromLatin1(type->product) : key;
}

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("CredentialTypes", text) : QString();
}
