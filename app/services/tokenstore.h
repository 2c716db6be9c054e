// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace QKeychain {
class Job;
}

/// Keeps the secrets of profiles in the operating system's keychain, or, if there is none, in memory; never
/// in a file.
///
/// An entry is found by the profile's id, and says whose it is: a token the server's origin and the account,
/// a proxy's password the proxy and its user. It is given to no profile that has come to name another.
///
/// Every answer comes through the event loop, once, and not at all after its `context` or the store has gone.
/// A keychain may ask a person for its password first: only open() answers in bounded time.
class TokenStore : public QObject
{
    Q_OBJECT

public:
    /// Where secrets are kept: in memory until the program ends.
    enum class Place { Keychain, Memory };
    enum class Secret { Token, ProxyPassword };

    /// What there is of a secret.
    struct Found
    {
        QByteArray value; ///< UTF-8; empty: there is none, or it can't be had
        QString problem;  ///< why it can't be had, in a sentence; empty if there is none
    };

    /// A keychain that has not answered open() after this long is taken for none, until it does.
    static constexpr std::chrono::milliseconds patience{5000};

    /// A keychain that has not answered a call after this long is spoken of.
    static constexpr std::chrono::milliseconds lateDelay{1000};

    /// `service` sets the entries apart from those of other programs.
    explicit TokenStore(const QString &service, QObject *parent = nullptr);

    /// Finds out whether there is a keychain, unless that is known. Everything else waits for it.
    void open(QObject *context, std::function<void(Place)> then);
    /// Nothing as long as open() has not answered.
    std::optional<Place> place() const { return m_place; }

    void read(const Profile &profile, Secret secret, QObject *context, std::function<void(Found)> then);
    /// `value` is UTF-8. It can be read from now on; the answer is empty, or says why the keychain does not
    /// keep it beyond this run. Replaces what was kept before; an empty value removes it.
    void write(const Profile &profile, Secret secret, const QByteArray &value, QObject *context,
               std::function<void(QString)> then);
    /// Every secret of the profile. The answer is empty, or says why the keychain still holds one. What is
    /// written before it comes stays.
    void remove(const QString &profileId, QObject *context, std::function<void(QString)> then);

Q_SIGNALS:
    /// It is known now, or a keychain answered later than open() had patience for: what is in memory stays
    /// there.
    void placeChanged();

private:
    void start(QKeychain::Job *job, const QString &key, std::function<void(QKeychain::Job *)> finished);
    void removeEntry(const QString &key, std::function<void(QString)> finished);
    void forget(const QString &key);
    void settle(Place place);
    /// Calls `then` now, if the place is known, or once it is.
    void whenOpen(std::function<void()> then);
    /// Why there is no keychain where there should be one; empty if there simply is none.
    QString silence() const;

    const QString m_service;
    QTimer m_patience;
    std::optional<Place> m_place;
    bool m_isSilent = false; ///< there is no keychain, as far as one can tell from no answer
    std::vector<std::function<void(Place)>> m_opening; ///< who waits for open()
    /// Entries that the keychain does not have, or not yet.
    QHash<QString, QByteArray> m_memory;
    QHash<QString, int> m_changes; ///< how often an entry was written or removed in this run
};
