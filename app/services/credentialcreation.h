// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/credentialservice.h"

#include <QObject>
#include <QTimer>

#include <array>

/// One credential being created: a POST, and when its answer is lost a search for what became of it.
class CredentialCreation : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(CreateOutcome)>;

    /// When a name is looked up, counted from the moment that the answer was lost.
    static constexpr std::array<std::chrono::milliseconds, 3> lookUpTimes{
        std::chrono::milliseconds(0), std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};

    /// `finished` may delete this object. It is called once, and once more after each checkAgain().
    CredentialCreation(CredentialService &service, const QString &applicationId, const CredentialDraft &draft,
                       Finished finished);

    /// Gives up waiting for the POST's answer and finds out what became of it; while the credential is
    /// already being looked for, ends that. `finished` follows either way. Does nothing once it is called.
    void cancel();

    /// After Unknown: looks the name up once more.
    void checkAgain();

Q_SIGNALS:
    /// The answer was lost; from now on the credential is being looked for.
    void answerLost();

private:
    void posted(Result<Credential> answer);
    void loseAnswer(const ApiError &error);
    void lookUp();
    void lookedUp(const Result<CredentialPage> &page);
    void finish(CreateOutcome outcome);
    void finishCreated(Credential credential);
    bool isTheCreated(const Credential &candidate, qint64 clockOffset) const;

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_name;
    const QString m_type;
    const bool m_generatesKey;
    qint64 m_postedAt = 0; ///< milliseconds since 1970, by this machine's clock
    Finished m_finished;
    PendingCall m_call;
    QTimer m_nextLookUp;
    std::size_t m_lookUps = 0; ///< done or under way
    bool m_isLost = false;
    bool m_isFinished = false; ///< the outcome is known, and told or about to be
    ApiError m_error;
};
