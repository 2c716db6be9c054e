// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

struct Credential;

/// What the public part of a credential tells that is not written in it as such.
struct CredentialFacts
{
    QString key; ///< what tells its key from another, in one line, as it is shown; may be empty
    QString
        keyIdentity; ///< the same of the same key, whatever type of credential holds it; empty: nothing tells
    QString accountIdentity; ///< the same where the same account of a service is meant, perhaps with another
                             ///< secret; empty: nothing tells, or keyIdentity tells more
    std::optional<qint64> expiryDate; ///< in milliseconds since 1970, UTC: see credentialFacts()
    QStringList searched;             ///< values of the configuration that a person may look for
};

/// For any thread. Takes long for long certificates.
///
/// Expiry is what the platform has read out of a certificate, else what the certificates say that can be read
/// back: of a chain the first to expire counts, of several authorities the last.
CredentialFacts credentialFacts(const Credential &credential);
