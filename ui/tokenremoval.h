// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class ProfileStore;
class TokenStore;

/// Has the keychain remove the tokens of profiles that were signed out of or forgotten. What it does not
/// remove is left to the next start, whatever becomes of the program.
class TokenRemoval : public QObject
{
    Q_OBJECT

public:
    enum class Reason {
        SignedOut,
        Forgotten,
        Left, ///< by an earlier run
    };

    /// Both must outlive it.
    TokenRemoval(TokenStore &tokens, ProfileStore &profiles);

    void remove(const QString &profileId, Reason reason);
    /// What earlier runs could not have removed.
    void removeLeft();

Q_SIGNALS:
    /// What a person should know: the keychain is silent, has answered at last, or refuses. A sentence or
    /// two.
    void told(const QString &text);

private:
    void removed(const QString &profileId, Reason reason, bool wasLate, const QString &problem);

    TokenStore &m_tokens;
    ProfileStore &m_profiles;
    QStringList m_underWay; ///< ids of profiles
};
