<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ApiCall</name>
    <message>
        <source>Only https:// addresses are used, so that nobody can read along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is larger than 64 MiB.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApplicationListModel</name>
    <message>
        <source>Organization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApplicationSidebar</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only applications whose name contains this (Ctrl+K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading applications…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is still incomplete: %1 so far…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no applications here yet. Make one in the Losant console.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No application has “%1” in its name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CredentialDetails</name>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credential details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a credential to see what is known of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabled: every use of it fails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secrets can&apos;t be read back: the platform keeps them for workflows alone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CredentialTableModel</name>
    <message>
        <source>you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CredentialTableView</name>
    <message>
        <source>Credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit this column to its content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit &amp;all columns to their content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CredentialTypes</name>
    <message>
        <source>Access key ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the AWS console under IAM, Users, Security credentials. Begins with AKIA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown once by AWS, when the access key is created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the service runs, for example us-east-1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage account&apos;s name, as in the Azure portal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the Azure portal under Storage account, Access keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service account key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON file that Google Cloud offers under IAM, Service accounts, Keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service account key, without its private key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basic authentication</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header that carries the secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The query parameter that carries the secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent together with the password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header&apos;s whole value, for example “Bearer …”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameter&apos;s value, not URL-encoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password that belongs to the user name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client certificate, PEM. Followed by its chain if the server asks for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate&apos;s private key, PEM, unencrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>URI match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests to addresses that begin so may use the credential: scheme, host, then port and path if needed. No wildcards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authentication method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the service wants to be shown the secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In SendGrid under Settings, API Keys. Shown once; begins with “SG.”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account SID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the Twilio console&apos;s first page. Begins with AC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key SID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the Twilio console under Account, API keys. Begins with SK.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown once by Twilio, when the API key is created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Loggly under Source Setup, Customer Tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HS signs with a shared secret, RS and ES sign with a private key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret that signs the tokens; whoever checks them has the same one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The private key that signs the tokens, PEM, unencrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokens&apos; “iss” claim, if whoever checks them expects one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A system user&apos;s token, in Meta Business settings under System users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From number ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The phone number&apos;s ID, in the app&apos;s dashboard under WhatsApp, API Setup. Not the number itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it as it is unless the server listens on another port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default (1433)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default (3306)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default (5432)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kind of database server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s name or IP address; it must be reachable from the internet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Username</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A database user, best one that may do no more than it has to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database user&apos;s password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect with TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PEM, if the server&apos;s certificate comes from a private certificate authority.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable SSL verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept any certificate. Anybody in between can then read along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection URI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As MongoDB Atlas shows it under Connect, Drivers: mongodb+srv://user:password@host/database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Mailgun under Account settings, API keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account&apos;s address, for example abc12345.eu-central-1.snowflakecomputing.com.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Snowflake user that the key pair is registered with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate a private key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losant makes a key pair and keeps the private key; you register the public key with Snowflake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PEM, unencrypted; its public key is registered with the Snowflake user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSH key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clone URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The SSH address that the Git host offers for cloning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The HTTPS address that the Git host offers for cloning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The private half of a deploy key, PEM or OpenSSH, without a passphrase. Not needed if Losant generates one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password, or better a token that may do no more than it has to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credential kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the Git host wants to be asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only if the clone URL does not name the user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losant makes a key pair and keeps the private key; you add the public key as a deploy key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committer name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who commits are from, as the Git history shows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committer email</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address beside the committer&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Datadog under Organization settings, API keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of the address that you use Datadog at, for example datadoghq.eu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PEM: from BEGIN CERTIFICATE to END CERTIFICATE, those lines included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Common name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CredentialsPage</name>
    <message>
        <source>Error message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New credential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a credential in this application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load this page again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what was shown before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the selected credential&apos;s details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading. Esc stops it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 The rows below are older.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No application chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an application at the left to see its credentials.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API token may not list this application&apos;s credentials. It needs the scope credentials.get or one that includes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The credentials could not be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No credential of this application matches the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No credentials yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials hold the keys and passwords that this application&apos;s workflows use to reach other services.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DateText</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftValidator</name>
    <message>
        <source>At least %1 characters, not %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most %1 characters, not %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like PEM, which begins with “-----BEGIN …-----”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like a service account key file: JSON with “client_email” and “private_key”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access key IDs usually begin with AKIA or ASIA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account SIDs usually begin with AC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key SIDs usually begin with SK.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection URIs usually begin with mongodb:// or mongodb+srv://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“*” is taken literally here, not as a wildcard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually a web address such as https://api.example.com/.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are blanks before or after the text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has to be a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has to be between %1 and %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the type of the credential.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is needed: workflows refer to the credential by it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The server has had too many requests. Wait a moment, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n second(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The server closed the connection without a whole answer. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server can&apos;t be reached. Check the network connection, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not answer. Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is not safe: the server could not prove who it is. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API token is not accepted: it may have expired or been revoked. Sign in with another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API token does not permit this. Sign in with one that has the scope for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not exist on the server, or no longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has failed (%1). Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gave an unexpected answer (%1). Check that the server URL is that of a Losant API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer can&apos;t be read. Check that the server URL is that of a Losant API, and that no login page of a network is in between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the filter looks at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter &amp;by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of a name, or a pattern such as aws*</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only credentials whose name contains this. With * or ? it is a pattern for the whole name. (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a type, or type part of its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only credentials of this type. (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all credentials again (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>The sandbox can&apos;t be opened: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sandbox: sample data, nothing is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you create here is gone when you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account, view and help (Alt+M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sign in differently</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another token, or the sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ort by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;bout Credenza</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Credenza</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;Credenza %1&lt;/h3&gt;&lt;p&gt;Browses and creates service credentials on the Losant IoT platform.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. Not affiliated with Losant.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBanner</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PagerBar</name>
    <message>
        <source>0 of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1–%2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a page number and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rows per page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many credentials are shown at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecretEdit</name>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Error message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse and create service credentials on the Losant platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API &amp;token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A user or application token for %1. You make one in the Losant console. It is kept in memory until you quit, and sent to this server alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or try it first: the sandbox is sample data on this computer. It needs no account and no network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with the token (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Credenza on sample data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay signed in as before (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the program (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste an API token first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartOptions</name>
    <message>
        <source>Open on the built-in sandbox: sample data, no account and no network needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the Losant API at URL instead of api.losant.com. LOSANT_API_URL does the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the application with this ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browses and creates service credentials on the Losant IoT platform.
LOSANT_API_TOKEN, if set, signs in with that token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” can&apos;t be used as a server URL. It has to begin with https://; http:// is only for this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not an option. See --help.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
