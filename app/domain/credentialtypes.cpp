// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialtypes.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int keyFileMax = 8196; // sic: most PEM bounds of the API, but 8192 for certificates and keyJson

constexpr ValueRule accessKeyIdRules[] = {
    {"A(IDA|ROA|GPA|NPA|PKA|SCA|IPA|NVA)[A-Z0-9]{12,}", false,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "This is the ID of a user, a role or the like. That of an access key begins with AKIA or ASIA.")},
    {"(AKIA|ASIA).*", true,
     QT_TRANSLATE_NOOP("DraftValidator", "Access key IDs usually begin with AKIA or ASIA.")},
    {"(AKIA|ASIA)[A-Z0-9]{16}", true,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "Access key IDs usually have 20 characters: AKIA or ASIA, then 16 capital letters and digits.")},
};
constexpr ValueRule secretAccessKeyRules[] = {
    {"(AKIA|ASIA)[A-Z0-9]{16}", false,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "This is an access key ID. The secret access key that belongs to it has 40 characters.")},
};
constexpr CredentialField awsFields[] = {
    {.key = "accessKeyId"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Access key ID"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes", "In the AWS console under IAM, Users, Security credentials. Begins with AKIA."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the access key ID."),
     .isOfKey = true,
     .identifiesKey = true,
     .minimum = 16,
     .maximum = 128,
     .rules = accessKeyIdRules},
    {.key = "secretAccessKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret access key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Shown once by AWS, when the access key is created."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the secret access key."),
     .secret = true,
     .minimum = 4,
     .maximum = 128,
     .form = ValueForm::ServiceSecret,
     .rules = secretAccessKeyRules},
    {.key = "region"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Region"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Where the service runs, for example us-east-1."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the region."),
     .minimum = 1,
     .maximum = 128,
     .form = ValueForm::AwsRegion},
};

constexpr ValueRule storageAccountRules[] = {
    {"[a-z0-9]{3,24}", true,
     QT_TRANSLATE_NOOP("DraftValidator", "Names of storage accounts have 3 to 24 small letters and digits.")},
};
constexpr ValueRule accountKeyRules[] = {
    {"[A-Za-z0-9+/]{86}==", true,
     QT_TRANSLATE_NOOP("DraftValidator", "Account keys usually have 88 characters and end in “==”.")},
};
constexpr CredentialField azureFields[] = {
    {.key = "account"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Account"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The storage account's name, as in the Azure portal."),
     .identifiesAccount = true,
     .maximum = 128,
     .form = ValueForm::AzureAccount,
     .rules = storageAccountRules},
    {.key = "accountKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Account key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "In the Azure portal under Storage account, Access keys."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the account key."),
     .secret = true,
     .minimum = 4,
     .maximum = 128,
     .form = ValueForm::AzureKey,
     .rules = accountKeyRules},
};

constexpr CredentialField gcpFields[] = {
    {.key = "keyJson"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Service account key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "The JSON file that Google Cloud offers under IAM, Service accounts, Keys."),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the service account key, or open its file."),
     .secret = true,
     .identifiesKey = true,
     .minimum = 1,
     .maximum = 8192,
     .format = FileFormat::Json},
};
constexpr ReadBackField gcpReadBack[] = {
    {.key = "keyMetaJson"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Service account key, without its private key"),
     .kind = FieldKind::File,
     .identifiesKey = true},
};

constexpr FieldChoice httpMethods[] = {
    {"header"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Header")},
    {"queryParam"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Query parameter")},
    {"basicAuth"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Basic authentication")},
    {"clientCertificate"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Client certificate")},
};
constexpr QLatin1StringView httpLineMethods[] = {"header"_L1, "queryParam"_L1, "basicAuth"_L1};
constexpr QLatin1StringView httpFileMethods[] = {"clientCertificate"_L1};
constexpr FieldWording httpPublicWordings[] = {
    {"header"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Header name"), "X-Api-Key",
     QT_TRANSLATE_NOOP("CredentialTypes", "The header that carries the secret."), nullptr,
     ValueForm::HttpHeaderName},
    {"queryParam"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Parameter name"), "api_key",
     QT_TRANSLATE_NOOP("CredentialTypes", "The query parameter that carries the secret."), nullptr,
     ValueForm::HttpParameterName},
    {"basicAuth"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "User name"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "Sent together with the password."), nullptr,
     ValueForm::BasicAuthUser, true},
};
constexpr FieldWording httpSecretWordings[] = {
    {"header"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Header value"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "The header's whole value, for example “Bearer …”."),
     QT_TRANSLATE_NOOP("DraftValidator", "Enter the header value."), ValueForm::HttpHeaderValue},
    {"queryParam"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Parameter value"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "The parameter's value, not URL-encoded."),
     QT_TRANSLATE_NOOP("DraftValidator", "Enter the parameter value.")},
    {"basicAuth"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Password"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "The password that belongs to the user name."),
     QT_TRANSLATE_NOOP("DraftValidator", "Enter the password."), ValueForm::Password},
};
constexpr FieldWording httpCertificateWordings[] = {
    {"clientCertificate"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Certificate"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes",
                       "The client certificate, PEM. Followed by its chain if the server asks for it.")},
};
constexpr FieldWording httpPrivateKeyWordings[] = {
    {"clientCertificate"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Private key"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "The certificate's private key, PEM, unencrypted.")},
};
constexpr CredentialField httpFields[] = {
    {.key = "uriMatch"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "URI match"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "Requests to addresses that begin so may use the credential: scheme, host, then port and path "
         "if needed. No wildcards."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the URI match: how the addresses begin."),
     .identifiesAccount = true,
     .minimum = 8,
     .maximum = 1024,
     .form = ValueForm::WebAddress},
    {.key = "authMethod"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Authentication method"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Where the service expects the secret."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = httpMethods},
    {.key = "publicValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Public value"),
     .identifiesAccount = true,
     .maximum = keyFileMax,
     .shownWhen = {"authMethod"_L1, httpLineMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpPublicWordings},
    {.key = "publicValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Public value"),
     .kind = FieldKind::File,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the certificate, or open its file."),
     .isOfKey = true,
     .identifiesKey = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .pem = PemContent::Certificate,
     .shownWhen = {"authMethod"_L1, httpFileMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpCertificateWordings},
    {.key = "secretValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret value"),
     .required = true,
     .secret = true,
     .maximum = keyFileMax,
     .nameIn = "publicValue"_L1,
     .shownWhen = {"authMethod"_L1, httpLineMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpSecretWordings},
    {.key = "secretValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret value"),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the private key, or open its file."),
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .shownWhen = {"authMethod"_L1, httpFileMethods},
     .wordedBy = "authMethod"_L1,
     .wordings = httpPrivateKeyWordings},
};

constexpr ValueRule sendgridKeyRules[] = {
    {"SG\\..*", true, QT_TRANSLATE_NOOP("DraftValidator", "API keys of SendGrid usually begin with “SG.”.")},
    {"SG\\.[\\w-]{16,}\\.[\\w-]{32,}", true,
     QT_TRANSLATE_NOOP("DraftValidator", "API keys of SendGrid usually have 69 characters in three parts, "
                                         "with dots between them. A part may be missing.")},
};
constexpr CredentialField sendgridFields[] = {
    {.key = "apiKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "API key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "In SendGrid under Settings, API Keys. Shown once; begins with “SG.”."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the API key."),
     .secret = true,
     .minimum = 4,
     .maximum = 128,
     .form = ValueForm::ServiceSecret,
     .rules = sendgridKeyRules},
};

constexpr ValueRule accountSidRules[] = {
    {"AC.*", true, QT_TRANSLATE_NOOP("DraftValidator", "Account SIDs usually begin with AC.")},
    {"AC[0-9a-fA-F]{32}", true,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "Account SIDs usually have 34 characters: AC, then 32 digits and letters from a to f.")},
};
constexpr ValueRule apiKeySidRules[] = {
    {"SK.*", true, QT_TRANSLATE_NOOP("DraftValidator", "API key SIDs usually begin with SK.")},
    {"SK[0-9a-fA-F]{32}", true,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "API key SIDs usually have 34 characters: SK, then 32 digits and letters from a to f.")},
};
constexpr ValueRule apiKeySecretRules[] = {
    {"(AC|SK)[0-9a-fA-F]{32}", false,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "This is a SID. The API key's secret is shown once, when the key is created.")},
};
constexpr CredentialField twilioFields[] = {
    {.key = "accountSid"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Account SID"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "On the Twilio console's first page. Begins with AC."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the account SID."),
     .minimum = 4,
     .maximum = 128,
     .rules = accountSidRules},
    {.key = "apiKeySid"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "API key SID"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "In the Twilio console under Account, API keys. Begins with SK."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the API key SID."),
     .isOfKey = true,
     .identifiesKey = true,
     .minimum = 4,
     .maximum = 128,
     .rules = apiKeySidRules},
    {.key = "apiKeySecret"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "API key secret"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Shown once by Twilio, when the API key is created."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the API key secret."),
     .secret = true,
     .minimum = 4,
     .maximum = 128,
     .form = ValueForm::ServiceSecret,
     .rules = apiKeySecretRules},
};

constexpr ValueRule customerTokenRules[] = {
    {"https?://.*", false,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "This is an address. The customer token is the part of it with four hyphens.")},
    {"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", true,
     QT_TRANSLATE_NOOP("DraftValidator", "Customer tokens usually have 36 characters, with hyphens: 8, 4, 4, "
                                         "4 and 12 digits and letters from a to f.")},
};
constexpr CredentialField logglyFields[] = {
    {.key = "customerToken"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Customer token"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "In Loggly under Source Setup, Customer Tokens."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the customer token."),
     .secret = true,
     .minimum = 1,
     .maximum = 128,
     .form = ValueForm::ServiceSecret,
     .rules = customerTokenRules},
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
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Algorithm"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "HS signs with a shared secret, RS and ES sign with a private key."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = jwtAlgorithms},
    {.key = "secret"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "The secret that signs the tokens; whoever checks them has the same one."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the secret."),
     .secret = true,
     .minimum = 1,
     .maximum = 4096,
     .algorithmIn = "algorithm"_L1,
     .shownWhen = {"algorithm"_L1, jwtSharedSecretAlgorithms}},
    {.key = "secret"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The private key that signs the tokens, PEM, unencrypted."),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the private key, or open its file."),
     .secret = true,
     .minimum = 1,
     .maximum = 4096,
     .format = FileFormat::Pem,
     .algorithmIn = "algorithm"_L1,
     .shownWhen = {"algorithm"_L1, jwtKeyPairAlgorithms}},
    {.key = "issuer"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Issuer"),
     .help =
         QT_TRANSLATE_NOOP("CredentialTypes", "The tokens' “iss” claim, if whoever checks them expects one."),
     .maximum = 1024},
};

constexpr ValueRule whatsappTokenRules[] = {
    {"[0-9]+\\|.*", false,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "This is an app's access token. A system user's usually begins with EAA.")},
    {"EAA.*", true, QT_TRANSLATE_NOOP("DraftValidator", "Access tokens of WhatsApp usually begin with EAA.")},
};
constexpr ValueRule numberIdRules[] = {
    {"[+(].*|00.*", false,
     QT_TRANSLATE_NOOP(
         "DraftValidator",
         "This looks like the phone number itself. What is needed is its ID, which is all digits.")},
    {"[0-9]+", true, QT_TRANSLATE_NOOP("DraftValidator", "The phone number's ID is all digits.")},
};
constexpr CredentialField whatsappFields[] = {
    {.key = "accessToken"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Access token"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "A system user's token, in Meta Business settings under System users."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the access token."),
     .secret = true,
     .minimum = 1,
     .maximum = 1024,
     .form = ValueForm::ServiceSecret,
     .rules = whatsappTokenRules},
    {.key = "fromNumberId"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "From number ID"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "The phone number's ID, in the app's dashboard under WhatsApp, API Setup. Not the number itself."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the from number ID."),
     .minimum = 1,
     .maximum = 128,
     .rules = numberIdRules},
};

constexpr FieldChoice sqlSystems[] = {
    {"mssql"_L1, "Microsoft SQL Server"},
    {"mysql"_L1, "MySQL"},
    {"pg"_L1, "PostgreSQL"},
};
constexpr const char *portHelp =
    QT_TRANSLATE_NOOP("CredentialTypes", "Leave it as it is unless the server listens on another port.");
constexpr FieldWording sqlPortWordings[] = {
    {"mssql"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Port"),
     QT_TRANSLATE_NOOP("CredentialTypes", "Default (1433)"), portHelp},
    {"mysql"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Port"),
     QT_TRANSLATE_NOOP("CredentialTypes", "Default (3306)"), portHelp},
    {"pg"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Port"),
     QT_TRANSLATE_NOOP("CredentialTypes", "Default (5432)"), portHelp},
};
constexpr CredentialField sqlFields[] = {
    {.key = "system"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "System"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The kind of database server."),
     .kind = FieldKind::Choice,
     .required = true,
     .identifiesAccount = true,
     .choices = sqlSystems},
    {.key = "host"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Host"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "The server's name or IP address; it must be reachable from the internet."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the host."),
     .identifiesAccount = true,
     .minimum = 1,
     .maximum = 256,
     .form = ValueForm::Host},
    {.key = "port"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Port"),
     .help = portHelp,
     .kind = FieldKind::Number,
     .identifiesAccount = true,
     .minimum = 1,
     .maximum = 65535,
     .form = ValueForm::Port,
     .wordedBy = "system"_L1,
     .wordings = sqlPortWordings},
    {.key = "username"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Username"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "A database user, best one that may do no more than it has to."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the username."),
     .isOfKey = true,
     .identifiesAccount = true,
     .minimum = 1,
     .maximum = 256,
     .form = ValueForm::UserName},
    {.key = "password"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Password"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The database user's password."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the password."),
     .secret = true,
     .minimum = 1,
     .maximum = 256,
     .form = ValueForm::Password},
    {.key = "secureConnection"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secure connection"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Connect with TLS."),
     .kind = FieldKind::Switch},
    {.key = "caCertificate"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "CA certificate"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes", "PEM, if the server's certificate comes from a private certificate authority."),
     .kind = FieldKind::File,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .pem = PemContent::Authorities},
    {.key = "disableSSLVerification"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Disable SSL verification"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "Accept any certificate. Anybody in between can then read along."),
     .kind = FieldKind::Switch},
};

constexpr CredentialField mongodbFields[] = {
    {.key = "connectionUri"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Connection URI"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "As MongoDB Atlas shows it under Connect, Drivers: mongodb+srv://user:password@host/database."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the connection URI."),
     .secret = true,
     .minimum = 1,
     .maximum = 2048,
     .form = ValueForm::MongodbUri},
};

constexpr ValueRule mailgunKeyRules[] = {
    {"pubkey-.*", false,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "This is a public key, which only checks addresses. An API key is needed.")},
};
constexpr CredentialField mailgunFields[] = {
    {.key = "apiKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "API key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "In Mailgun under Account settings, API keys."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the API key."),
     .secret = true,
     .minimum = 4,
     .maximum = 128,
     .form = ValueForm::ServiceSecret,
     .rules = mailgunKeyRules},
};

constexpr QLatin1StringView off[] = {""_L1};
constexpr CredentialField snowflakeFields[] = {
    {.key = "host"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Host"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "The account's address, for example abc12345.eu-central-1.snowflakecomputing.com."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the host."),
     .identifiesAccount = true,
     .minimum = 1,
     .maximum = 128,
     .form = ValueForm::SnowflakeHost},
    {.key = "username"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Username"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The Snowflake user that the key pair is registered with."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the username."),
     .identifiesAccount = true,
     .minimum = 1,
     .maximum = 128,
     .form = ValueForm::UserName},
    {.key = "generatePrivateKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Generate a private key"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "Losant makes a key pair and keeps the private key; you register the public key with Snowflake."),
     .kind = FieldKind::Switch,
     .generatesKey = true},
    {.key = "privateKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Private key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "PEM, unencrypted; its public key is registered with the Snowflake user."),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator",
                                  "Paste the private key, open its file, or let Losant generate one."),
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .pem = PemContent::RsaPrivateKey,
     .shownWhen = {"generatePrivateKey"_L1, off}},
};
constexpr ReadBackField snowflakeReadBack[] = {
    {.key = "publicKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Public key"),
     .kind = FieldKind::File,
     .toDo = QT_TRANSLATE_NOOP("CredentialTypes",
                               "Register this public key with the user that the credential is for. The "
                               "private key stays with Losant.")},
};

constexpr FieldChoice gitTypes[] = {
    {"ssh-key"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "SSH key")},
    {"http-password"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "HTTP password")},
};
constexpr QLatin1StringView gitSsh[] = {"ssh-key"_L1};
constexpr QLatin1StringView gitHttp[] = {"http-password"_L1};
constexpr FieldWording gitUrlWordings[] = {
    {"ssh-key"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Clone URL"), "git@github.com:acme/flows.git",
     QT_TRANSLATE_NOOP("CredentialTypes", "The SSH address that the Git host offers for cloning."), nullptr,
     ValueForm::SshCloneUrl},
    {"http-password"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Clone URL"),
     "https://github.com/acme/flows.git",
     QT_TRANSLATE_NOOP("CredentialTypes", "The HTTPS address that the Git host offers for cloning."), nullptr,
     ValueForm::HttpsCloneUrl},
};
constexpr const char *gitUserHelp =
    QT_TRANSLATE_NOOP("CredentialTypes", "Only if the clone URL does not name the user.");
constexpr FieldWording gitUserWordings[] = {
    {.value = "http-password"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Username"),
     .help = gitUserHelp,
     .isOfKey = true},
};
constexpr FieldWording gitKeyWordings[] = {
    {"ssh-key"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Private key"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes", "The private half of a deploy key, PEM or OpenSSH, without a "
                                          "passphrase. Not needed if Losant generates "
                                          "one.")},
};
constexpr FieldWording gitPasswordWordings[] = {
    {"http-password"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Password"), nullptr,
     QT_TRANSLATE_NOOP("CredentialTypes",
                       "The password, or better a token that may do no more than it has to.")},
};
constexpr CredentialField gitFields[] = {
    {.key = "type"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Credential kind"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "How Losant signs in to the Git host."),
     .kind = FieldKind::Choice,
     .required = true,
     .choices = gitTypes},
    {.key = "cloneUrl"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Clone URL"),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the clone URL."),
     .identifiesAccount = true,
     .minimum = 5,
     .maximum = 1024,
     .wordedBy = "type"_L1,
     .wordings = gitUrlWordings},
    {.key = "username"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Username"),
     .help = gitUserHelp,
     .identifiesAccount = true,
     .maximum = 128,
     .wordedBy = "type"_L1,
     .wordings = gitUserWordings},
    {.key = "generatePrivateKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Generate a private key"),
     .help = QT_TRANSLATE_NOOP(
         "CredentialTypes",
         "Losant makes a key pair and keeps the private key; you add the public key as a deploy key."),
     .kind = FieldKind::Switch,
     .generatesKey = true,
     .shownWhen = {"type"_L1, gitSsh}},
    {.key = "secretValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret value"),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator",
                                  "Paste the private key, open its file, or let Losant generate one."),
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem,
     .pem = PemContent::SshPrivateKey,
     .shownWhen = {"generatePrivateKey"_L1, off},
     .wordedBy = "type"_L1,
     .wordings = gitKeyWordings},
    {.key = "secretValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Secret value"),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the password."),
     .secret = true,
     .maximum = keyFileMax,
     .form = ValueForm::Password,
     .shownWhen = {"type"_L1, gitHttp},
     .wordedBy = "type"_L1,
     .wordings = gitPasswordWordings},
    {.key = "committerName"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Committer name"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "Who commits are from, as the Git history shows it."),
     .maximum = 128,
     .form = ValueForm::PersonName},
    {.key = "committerEmail"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Committer email"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The address beside the committer's name."),
     .maximum = 128,
     .form = ValueForm::Email},
};

constexpr ReadBackField gitReadBack[] = {
    {.key = "publicKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Public key"),
     .kind = FieldKind::File,
     .toDo = QT_TRANSLATE_NOOP("CredentialTypes",
                               "Add this public key to the repository as a deploy key. The private key stays "
                               "with Losant.")},
};

constexpr ValueRule datadogKeyRules[] = {
    {"[0-9a-f]{40}", false,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "This looks like an application key, which has 40 characters. An API key has 32.")},
    {"pub[0-9a-f]{32}", false,
     QT_TRANSLATE_NOOP("DraftValidator", "This is a client token. An API key is needed.")},
    {"[0-9a-fA-F]{32}", true,
     QT_TRANSLATE_NOOP("DraftValidator",
                       "API keys of Datadog usually have 32 characters, digits and letters from a to f.")},
};
constexpr CredentialField datadogFields[] = {
    {.key = "secretValue"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "API key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "In Datadog under Organization settings, API keys."),
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Enter the API key."),
     .secret = true,
     .maximum = 256,
     .form = ValueForm::ServiceSecret,
     .rules = datadogKeyRules},
    {.key = "site"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Site"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "The end of the address that you use Datadog at, for example datadoghq.eu."),
     .minimum = 1,
     .maximum = 128,
     .form = ValueForm::DatadogSite},
};

constexpr CredentialField certificateFields[] = {
    {.key = "certificate"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Certificate"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes",
                               "PEM: from BEGIN CERTIFICATE to END CERTIFICATE, those lines included."),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the certificate, or open its file."),
     .isOfKey = true,
     .identifiesKey = true,
     .maximum = 8192,
     .format = FileFormat::Pem,
     .pem = PemContent::Certificate},
    {.key = "privateKey"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Private key"),
     .help = QT_TRANSLATE_NOOP("CredentialTypes", "The certificate's private key, PEM, unencrypted."),
     .kind = FieldKind::File,
     .required = true,
     .missing = QT_TRANSLATE_NOOP("DraftValidator", "Paste the private key, or open its file."),
     .secret = true,
     .maximum = keyFileMax,
     .format = FileFormat::Pem},
    {.key = "storeAsCertAuthority"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Store as cert authority"),
     .help =
         QT_TRANSLATE_NOOP("CredentialTypes", "As the API names it, which does not document what it does."),
     .kind = FieldKind::Switch},
};
constexpr ReadBackField certificateReadBack[] = {
    {.key = "info.commonName"_L1, .label = QT_TRANSLATE_NOOP("CredentialTypes", "Common name")},
    {.key = "info.issuerName"_L1, .label = QT_TRANSLATE_NOOP("CredentialTypes", "Issuer")},
    {.key = "info.notValidBefore"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Valid from"),
     .kind = FieldKind::Date},
    {.key = "info.notValidAfter"_L1,
     .label = QT_TRANSLATE_NOOP("CredentialTypes", "Valid until"),
     .kind = FieldKind::Date},
    {.key = "info.serialNumber"_L1, .label = QT_TRANSLATE_NOOP("CredentialTypes", "Serial number")},
    {.key = "info.fingerprint"_L1, .label = QT_TRANSLATE_NOOP("CredentialTypes", "Fingerprint")},
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
    {"sql"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "SQL database"), "sqlConfig"_L1, sqlFields},
    {"mongodb"_L1, "MongoDB", "mongodbConfig"_L1, mongodbFields},
    {"mailgun"_L1, "Mailgun", "mailgunConfig"_L1, mailgunFields},
    {"snowflake"_L1, "Snowflake", "snowflakeConfig"_L1, snowflakeFields, snowflakeReadBack},
    {"git"_L1, "Git", "gitConfig"_L1, gitFields, gitReadBack},
    {"datadog"_L1, "Datadog", "datadogConfig"_L1, datadogFields},
    {"certificateKeyPair"_L1, QT_TRANSLATE_NOOP("CredentialTypes", "Certificate key pair"),
     "certificateKeyPairConfig"_L1, certificateFields, certificateReadBack},
};

} // namespace

const ReadBackField *CredentialType::publicKey() const
{
    const auto found = std::ranges::find_if(readBack, [](const ReadBackField &field) { return field.toDo; });
    return found == readBack.end() ? nullptr : &*found;
}

const ReadBackField *CredentialType::shownKey() const
{
    const auto found = std::ranges::find_if(readBack, &ReadBackField::identifiesKey);
    return found == readBack.end() ? nullptr : &*found;
}

std::span<const CredentialType> credentialTypes()
{
    return types;
}

const CredentialType *findCredentialType(QStringView key)
{
    const auto found =
        std::ranges::find_if(types, [key](const CredentialType &type) { return type.key == key; });
    return found == std::end(types) ? nullptr : found;
}

const QStringList &secretKeys()
{
    static const QStringList keys = [] {
        QStringList found;
        for (const CredentialType &type : types) {
            for (const CredentialField &field : type.fields) {
                if (field.secret)
                    found.append(QString(field.key));
            }
        }
        found.removeDuplicates();
        return found;
    }();
    return keys;
}

QString credentialTypeName(const QString &key)
{
    const CredentialType *type = findCredentialType(key);
    return type ? translated(type->product) : key;
}

QString translated(const char *text)
{
    return text ? QCoreApplication::translate("CredentialTypes", text) : QString();
}
