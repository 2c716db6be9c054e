// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "services/changeoutcome.h"

#include <chrono>
#include <optional>

/// When a write was sent, and when it was looked up what became of it.
struct WriteTimes
{
    using Clock = ApiCall::Clock;

    Clock::time_point sentAt;
    std::optional<Clock::time_point> refusedAt; ///< its token was: it is not carried out later
    Clock::time_point lookedUpAt;

    static constexpr std::chrono::milliseconds maxClockDifference = std::chrono::minutes(10);

    /// Whether the server's clock differs from ours by more than `maxClockDifference`. Then `Date` may come
    /// from another clock than the dates of credentials, and no date counts.
    static bool isFarOff(qint64 clockOffset);

    /// Whether the write can be what the server has dated so, in milliseconds since 1970; nothing if that
    /// can't be told. `clockOffset` is that of the answer with the date in it.
    std::optional<bool> canBeOf(std::optional<qint64> date, std::optional<qint64> clockOffset) const;
};

/// What was found out about a write.
struct Finding
{
    enum class Verdict {
        Done,    ///< it was carried out: `credential` is what came of it
        NotYet,  ///< it was not carried out up to now, and sending it again is safe
        Unclear, ///< neither can be told
    };

    Verdict verdict = Verdict::Unclear;
    Credential credential;
    bool hasNamesake = false; ///< as in ChangeOutcome
};

class CredentialService;
struct CredentialType;

/// What one kind of change sends, and by what it tells whether that was carried out.
class ChangePolicy
{
public:
    virtual ~ChangePolicy() = default;

    /// Whether lookUp() and obstacle() come before send().
    virtual bool looksBefore() const { return false; }
    /// What was looked up before anything was sent: the outcome if therefore nothing is to be sent.
    virtual std::optional<ChangeOutcome> obstacle(const Result<CredentialPage> &) { return std::nullopt; }

    /// Called once at most, and lets go of the secrets that it sends.
    [[nodiscard]] virtual PendingCall send(Then<Credential> then) = 0;
    /// Lets go of them, as nothing will be sent.
    virtual void letGo() {}
    /// By this answer it was not carried out: nothing has to be looked up.
    virtual bool isRefusal(const ApiError &error) const { return error.isRefusal(); }

    /// Asks for what judge() looks at.
    [[nodiscard]] virtual PendingCall lookUp(Then<CredentialPage> then) = 0;
    virtual Finding judge(const CredentialPage &seen, const WriteTimes &times) = 0;

    /// Whether the credential is what it was to become, as far as the server shows it.
    virtual bool isAsMeant(const Credential &) const { return true; }
    /// The type of which the platform makes a key, whose public half is in what the server has then; nullptr
    /// if it makes none.
    virtual const CredentialType *generatedKeyType() const { return nullptr; }
    /// How many credentials more there are once it is done.
    virtual int countDifference() const = 0;
};

/// Asks for a credential, which is the only one of the page that follows.
[[nodiscard]] PendingCall lookUpById(CredentialService &service, const QString &applicationId,
                                     const QString &credentialId, Then<CredentialPage> then);
