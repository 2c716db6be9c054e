// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bootclock.h"
#include "api/pendingcall.h"
#include "services/credentialusage.h"

#include <QHash>
#include <QObject>

#include <array>
#include <chrono>
#include <functional>
#include <vector>

class ApplicationService;
class CredentialService;
struct Credential;

/// The calls that find out where a credential is used, under way. Dropping them withdraws them.
using PendingUsage = std::array<PendingCall, 2>;

/// Finds out where credentials are used, and keeps that for a while, in memory.
///
/// An answer is forgotten when credentials of its application change, as the service says so. What failed is
/// not kept; what the token may not look at is.
class UsageCache : public QObject
{
    Q_OBJECT

public:
    using Clock = BootClock;
    using Answered = std::function<void(const CredentialUsage &)>;

    /// The services must outlive the cache. Of more than `capacity` answers the oldest are forgotten.
    UsageCache(CredentialService &credentials, ApplicationService &applications, std::size_t capacity = 100);

    /// nullptr if it is not cached, or too old; else valid until the cache is asked for anything else.
    const CredentialUsage *find(const QString &applicationId, const Credential &credential) const;
    void setMaxAge(std::chrono::milliseconds maxAge) { m_maxAge = maxAge; }

    /// Asks the server, cached or not, what uses the credential and the application's archive side by side.
    /// `answered` is called once, through the event loop. The cache must outlive the calls.
    [[nodiscard]] PendingUsage ask(const QString &applicationId, const Credential &credential,
                                   Answered answered);

    /// Forgets all.
    void forget();

private:
    /// By name as well: that is what everything refers to it by.
    struct Key
    {
        QString applicationId;
        QString credentialId;
        QString name;

        bool operator==(const Key &) const = default;
    };

    struct CachedUsage
    {
        Key key;
        CredentialUsage usage;
        Clock::time_point askedAt;
    };

    /// What both calls have to say.
    struct Asked;

    static Key keyOf(const QString &applicationId, const Credential &credential);
    void oneAnswered(Asked &asked);
    void remember(const Asked &asked);
    void credentialsChanged(const QString &applicationId);
    int timesForgotten(const QString &applicationId) const
    {
        return m_timesForgotten + m_timesChanged.value(applicationId);
    }

    CredentialService &m_credentials;
    ApplicationService &m_applications;
    const std::size_t m_capacity;
    std::chrono::milliseconds m_maxAge = std::chrono::minutes(5);
    std::vector<CachedUsage> m_usages; ///< the oldest comes first
    int m_timesForgotten = 0;
    QHash<QString, int> m_timesChanged; ///< by application
};
