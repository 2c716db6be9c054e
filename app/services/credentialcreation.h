// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/credentialservice.h"

#include <QObject>
#include <QTimer>

#include <array>

/// One credential being created: a POST, and when its answer is lost a search for what became of it.
///
/// What the search finds is the created one if it has the name, the type, and a creationDate not before the
/// POST: that date and `Date` are both the server's, and the time since the POST is measured. Where there is
/// no `Date`, or it is further from our clock than `maxClockDifference`, it may be by another clock than the
/// credentials are dated by: then no date counts, only whether an id was there before. If that is known in
/// advance, the name is looked up before the POST too.
///
/// A POST whose token was refused is looked up once there is another token, and sent again if it is not
/// there.
class CredentialCreation : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(CreateOutcome)>;

    /// When a name is looked up, counted from the moment that the answer was lost.
    static constexpr std::array<std::chrono::milliseconds, 3> lookUpTimes{
        std::chrono::milliseconds(0), std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};

    static constexpr std::chrono::milliseconds maxClockDifference = std::chrono::minutes(10);

    /// After Unknown, of a server that could not be reached: how long until it is asked again.
    static constexpr std::chrono::milliseconds unreachableDelay{3000};

    /// `finished` may delete this object. It is called once, once more after each checkAgain(), and once more
    /// after CreateOutcome::isStillLookedFor.
    CredentialCreation(CredentialService &service, const QString &applicationId, const CredentialDraft &draft,
                       Finished finished);

    /// Gives up waiting for the POST's answer and finds out what became of it; while the credential is
    /// already being looked for, ends that. `finished` follows either way. Does nothing once it is called.
    void cancel();

    /// After Unknown: looks the name up once more.
    void checkAgain();

    /// After CreateOutcome::isStillLookedFor: no other outcome follows.
    void stopLooking();

Q_SIGNALS:
    /// The answer was lost; from now on the credential is being looked for.
    void answerLost();

private:
    enum class Stage {
        Before,  ///< nothing was sent: what has the name already is looked up
        Posting, ///< the answer is awaited
        Refused, ///< looked up, as the token was refused and there is another
        Lost,    ///< looked up, as the answer was lost
    };
    /// What a credential that was found is.
    enum class Match { Other, Created, Unclear };

    void post(const CredentialDraft &draft);
    void posted(Result<Credential> answer);
    void loseAnswer(const ApiError &error);
    void startLookUps(Stage stage);
    void lookUp();
    void lookedUp(const Result<CredentialPage> &page);
    void lookedUpBefore(const Result<CredentialPage> &page);
    void search(const CredentialPage &page);
    void lookUpLater(bool isHope = true);
    void finish(CreateOutcome outcome);
    void finishCreated(Credential credential);
    Match match(const Credential &candidate, std::optional<qint64> clockOffset) const;
    Match matchDate(qint64 creationDate, qint64 clockOffset) const;

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_name;
    const QString m_type;
    const bool m_generatesKey;
    std::optional<CredentialDraft> m_draft; ///< as long as it waits to be sent
    Finished m_finished;
    Stage m_stage = Stage::Posting;
    PendingCall m_post;
    PendingCall m_lookUp;
    QTimer m_nextLookUp;
    std::size_t m_lookUps = 0;                 ///< done or under way
    std::optional<std::vector<QString>> m_ids; ///< of all that had the name before the POST
    bool m_hasNamesake = false;
    bool m_isUnreachable = false; ///< the server, when it was asked last
    bool m_isFinished = false;    ///< the outcome is known, and told or about to be
    ApiError m_error;
};
