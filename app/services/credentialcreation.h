// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/credentialservice.h"

#include <QTimer>

/// One credential being created: a POST, and when its answer is lost a search for what became of it.
class CredentialCreation : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(CreateOutcome)>;

    CredentialCreation(Transport &transport, CredentialService &service, const QString &applicationId,
                       const CredentialDraft &draft, Finished finished);

    /// Gives up waiting for the POST's answer and finds out what became of it; `finished` follows all the same.
    void cancel();

    /// After Unknown: looks the name up once more; `finished` is called again.
    void checkAgain();

Q_SIGNALS:
    /// The answer was lost; from now on the credential is being looked for.
    void lookingItUp();

private:
    void posted(Result<Credential> answer);
    void lookUpFrom(int step);
    void lookedUp(Result<CredentialPage> page);
    bool isTheCreated(const Credential &candidate) const;

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_name;
    const QString m_type;
    const qint64 m_postedAt; ///< by this machine's clock
    Finished m_finished;
    PendingCall m_call;
    QTimer m_nextLookUp;
    int m_step = 0;
    ApiError m_error;
};
