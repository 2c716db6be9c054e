// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenremoval.h"

#include "services/profilestore.h"
#include "services/tokenstore.h"

#include <QTimer>

TokenRemoval::TokenRemoval(TokenStore &tokens, ProfileStore &profiles)
    : m_tokens(tokens), m_profiles(profiles)
{
}

void TokenRemoval::remove(const QString &profileId, Reason reason)
{
    m_underWay.append(profileId);
    auto *late = new QTimer(this);
    late->setSingleShot(true);
    late->callOnTimeout(this, [this, reason] {
        Q_EMIT told(reason == Reason::SignedOut
                        ? tr("You are signed out. The keychain has not answered yet: the token is removed "
                             "from it as soon as it does, or at the next start.")
                        : tr("The profile is forgotten. The keychain has not answered yet: the token is "
                             "removed from it as soon as it does, or at the next start."));
    });
    if (reason != Reason::Left) // nobody waits for that
        late->start(TokenStore::lateDelay);
    m_tokens.remove(profileId, this, [this, late, profileId, reason](const QString &problem) {
        const bool wasLate = reason != Reason::Left && !late->isActive();
        delete late;
        removed(profileId, reason, wasLate, problem);
    });
}

void TokenRemoval::removeLeft()
{
    const QStringList ids = m_profiles.idsOfLeftTokens();
    for (const QString &id : ids) {
        if (!m_underWay.contains(id))
            remove(id, Reason::Left);
    }
}

void TokenRemoval::removed(const QString &profileId, Reason reason, bool wasLate, const QString &problem)
{
    m_underWay.removeOne(profileId);
    const bool hasKeychain = m_tokens.place() == TokenStore::Place::Keychain;
    if (problem.isEmpty()) {
        if (hasKeychain || !m_profiles.find(profileId))
            m_profiles.setSignedOut(profileId, false);
        if (hasKeychain && wasLate)
            Q_EMIT told(tr("The token has been removed from the keychain."));
        return;
    }
    QString text;
    switch (reason) {
    case Reason::SignedOut:
        text = tr("You are signed out here, but the keychain still holds the token: %1\nIt is removed at the "
                  "next start, if the keychain lets it be.");
        break;
    case Reason::Forgotten:
        text = tr("The profile is forgotten, but the keychain still holds its token: %1\nIt is removed at "
                  "the next start, if the keychain lets it be.");
        break;
    case Reason::Left:
        text = tr("The keychain still holds a token that you have signed out of: %1\nIt is removed at the "
                  "next start, if the keychain lets it be.");
        break;
    }
    Q_EMIT told(text.arg(problem));
}
