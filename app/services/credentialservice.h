// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/credential.h"
#include "domain/linkedresource.h"
#include "domain/pagequery.h"

#include <QObject>

class CredentialDraft;

/// The credentials of an application. Calls answer through the event loop, and never once dropped.
class CredentialService : public QObject
{
    Q_OBJECT

public:
    /// The transport must outlive the service, and the service what it sends.
    explicit CredentialService(Transport &transport);

    [[nodiscard]] PendingCall list(const PageQuery &query, Then<CredentialPage> then,
                                   ApiRequest::Priority priority = ApiRequest::Priority::Foreground);

    /// What answers with another credential has failed.
    [[nodiscard]] PendingCall get(const QString &applicationId, const QString &credentialId,
                                  Then<Credential> then);
    /// What uses it. Answers hold whole workflows, and may be large.
    [[nodiscard]] PendingCall linkedResources(const QString &applicationId, const QString &credentialId,
                                              Then<LinkedResources> then);

    /// Sends the draft once. What answers without a credential of its name has failed. What to do when the
    /// answer is lost, a CredentialChange knows; so it does for all that writes.
    [[nodiscard]] PendingCall post(const QString &applicationId, const CredentialDraft &draft,
                                   Then<Credential> then);
    /// Sends what the draft changes of its base. What answers with another credential has failed.
    [[nodiscard]] PendingCall patch(const QString &applicationId, const CredentialDraft &draft,
                                    Then<Credential> then);
    [[nodiscard]] PendingCall remove(const QString &applicationId, const QString &credentialId,
                                     Then<void> then);

    /// The server asks for patience: nothing should be asked that nobody waits for.
    bool isThrottled() const;

    /// The server's clock less ours in milliseconds, by its last answer that had a `Date`.
    std::optional<qint64> clockOffset() const;

    /// Emits credentialsChanged(). A CredentialChange calls it once it knows what became of a write whose
    /// answer was lost.
    void reportChange(const QString &applicationId, int countDifference);

Q_SIGNALS:
    /// A write may have been carried out, so what was read before may be out of date: it succeeded, or its
    /// answer was lost, or is not awaited any more. There are `countDifference` credentials more, as far as
    /// is known. Comes before the answer.
    void credentialsChanged(const QString &applicationId, int countDifference);

private:
    /// Sends a request that changes the count by `countDifference`. A result for which `isMeant` is there and
    /// false is an error (Protocol).
    template<typename T>
    PendingCall write(const QString &applicationId, ApiRequest request, int countDifference,
                      Result<T> (*read)(const ApiAnswer &), std::function<bool(const Result<T> &)> isMeant,
                      Then<T> then);

    Transport &m_transport;
};
