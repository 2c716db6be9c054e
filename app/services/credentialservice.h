// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/credential.h"
#include "domain/credentialdraft.h"
#include "domain/pagequery.h"

/// What is known of a credential that the server was asked to create.
struct CreateOutcome
{
    enum class State {
        Created,    ///< `credential` holds it
        NotCreated, ///< `error` says why; trying again is safe
        Unknown,    ///< it may have been created: the answer was lost, and looking it up did not tell
    };

    State state = State::Unknown;
    Credential credential;
    QString publicKey; ///< Created with a generated key: PEM or OpenSSH, to be registered elsewhere
    ApiError error;    ///< NotCreated and Unknown: what went wrong
    /// Unknown: one of this name and type is there, but may be an older one.
    bool hasNamesake = false;
    /// Unknown: the server could not be reached, and is asked again until it can. Another outcome follows
    /// then.
    bool isStillLookedFor = false;
};

class CredentialCreation;

/// The credentials of an application. Calls answer through the event loop, and never once dropped.
class CredentialService
{
public:
    /// The transport must outlive the service.
    explicit CredentialService(Transport &transport);

    [[nodiscard]] PendingCall list(const PageQuery &query, Then<CredentialPage> then,
                                   ApiRequest::Urgency urgency = ApiRequest::Urgency::Foreground);

    /// Sends the draft once. Callers want create(), which also knows what to do when the answer is lost.
    [[nodiscard]] PendingCall post(const QString &applicationId, const CredentialDraft &draft,
                                   Then<Credential> then);

    /// Posts the draft, once; once more only after another sign-in, if it is not there. `then` is called with
    /// what is known after looking for a credential whose answer was lost. Dropping the creation abandons it:
    /// whether it was created is then not known.
    [[nodiscard]] std::unique_ptr<CredentialCreation> create(const QString &applicationId,
                                                             const CredentialDraft &draft,
                                                             std::function<void(CreateOutcome)> then);

    /// The server asks for patience: nothing should be asked that nobody waits for.
    bool isThrottled() const;

    /// The server's clock less ours in milliseconds, by its last answer that had a `Date`.
    std::optional<qint64> clockOffset() const;

private:
    Transport &m_transport;
};
