// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/credentialdraft.h"
#include "services/changeoutcome.h"

#include <QObject>
#include <QTimer>

#include <array>

class ChangePolicy;
class CredentialService;

/// One write to one credential, sent once, and what became of it: if its answer is lost, that is looked up.
///
/// A write whose token was refused is looked up once there is another token, and sent again if it was not
/// carried out; without another it is not known, as who refuses a token need not be who carries out. What a
/// kind of change sends, and by what it tells whether that was carried out, its ChangePolicy knows. Dropping
/// the change abandons it: whether it was carried out is then not known.
class CredentialChange : public QObject
{
    Q_OBJECT

public:
    /// Called through the event loop: once, once more after each checkAgain(), and once more after
    /// ChangeOutcome::isStillLookedFor. May delete the change.
    using Finished = std::function<void(ChangeOutcome)>;

    /// When it is looked up what became of it, counted from the moment that the answer was lost.
    static constexpr std::array<std::chrono::milliseconds, 3> lookUpTimes{
        std::chrono::milliseconds(0), std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};

    /// After Unknown, of a server that could not be reached: how long until it is asked again.
    static constexpr std::chrono::milliseconds unreachableDelay{3000};

    // The service must outlive the change.

    /// Creates a credential as the draft says, which has a type.
    [[nodiscard]] static std::unique_ptr<CredentialChange> create(CredentialService &service,
                                                                  const QString &applicationId,
                                                                  const CredentialDraft &draft,
                                                                  Finished finished);

    /// Makes of the draft's base what the draft means, unless somebody else has edited it meanwhile.
    /// `userId`: who we are, empty if that is not known; only by that can be told whether a secret was
    /// changed whose answer was lost.
    [[nodiscard]] static std::unique_ptr<CredentialChange> edit(CredentialService &service,
                                                                const QString &applicationId,
                                                                const CredentialDraft &draft,
                                                                const QString &userId, Finished finished);
    /// Deletes the credential. The outcome has it as it was.
    [[nodiscard]] static std::unique_ptr<CredentialChange> remove(CredentialService &service,
                                                                  const QString &applicationId,
                                                                  const Credential &credential,
                                                                  Finished finished);

    ~CredentialChange() override;

    /// Gives up waiting for the write's answer and finds out what became of it; while that is already being
    /// looked up, ends that. `finished` follows either way. Does nothing once it is called.
    void cancel();
    /// The waiting for the answer was given up.
    bool wasCancelled() const { return m_wasCancelled; }

    /// After Unknown: looks up once more what became of it.
    void checkAgain();

    /// After ChangeOutcome::isStillLookedFor: no other outcome follows.
    void stopLooking();

Q_SIGNALS:
    /// The answer was lost; from now on it is looked up what became of the write.
    void answerLost();

private:
    enum class Stage {
        Before,  ///< nothing was sent: what there is already is looked up
        Sending, ///< the answer is awaited
        Refused, ///< looked up, as the token was refused and there is another
        Lost,    ///< looked up, as the answer was lost
    };

    CredentialChange(CredentialService &service, const QString &applicationId,
                     std::unique_ptr<ChangePolicy> policy, Finished finished);
    void send();
    void answered(Result<Credential> answer);
    void loseAnswer(const ApiError &error);
    void startLookUps(Stage stage);
    void lookUp();
    void lookedUp(const Result<CredentialPage> &seen);
    void judge(const CredentialPage &seen);
    void lookUpLater(bool isHope = true);
    void finish(ChangeOutcome outcome);
    void finishDone(Credential credential);

    CredentialService &m_service;
    const QString m_applicationId;
    const std::unique_ptr<ChangePolicy> m_policy;
    const Finished m_finished;
    Stage m_stage = Stage::Sending;
    PendingCall m_write;
    PendingCall m_lookUp;
    QTimer m_nextLookUp;
    std::size_t m_lookUps = 0; ///< done or under way
    bool m_isNotYet = false;   ///< it was not carried out, by what was looked up last
    bool m_hasNamesake = false;
    bool m_isUnreachable = false; ///< the server, when it was asked last
    bool m_wasCancelled = false;
    bool m_wasLookedUp = false; ///< once the answer was lost
    bool m_isFinished = false;  ///< the outcome is known, and told or about to be
    ApiError m_error;
};
