// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
/// Every answer comes through the event loop, once, and not at all after its `context` or the store has gone.
/// A keychain may ask a person for its password first: only open() answers in bounded time.
class TokenStore : public QObject
{
    Q_OBJECT

public:
    /// Where secrets are kept: in memory until the program ends.
    enum class Place { Keychain, Memory };
    enum class Secret { Token, ProxyPassword };

    /// A keychain that has not answered open() after this long is taken for none, until it does.
    static constexpr std::chrono::milliseconds patience{5000};

    /// `service` sets the entries apart from those of other programs.
    explicit TokenStore(const QString &service, QObject *parent = nullptr);

    /// Finds out whether there is a keychain, unless that is known. Everything is in memory before.
    void open(QObject *context, std::function<void(Place)> then);
    /// Nothing as long as open() has not answered.
    std::optional<Place> place() const { return m_place; }

    /// Empty if there is none, or the keychain does not give it.
    void read(const QString &profileId, Secret secret, QObject *context,
              std::function<void(QByteArray)> then);
    /// `value` is UTF-8. It can be read from now on; the answer is empty, or says why the keychain does not
    /// keep it beyond this run. Replaces what was kept before.
    void write(const QString &profileId, Secret secret, const QByteArray &value, QObject *context,
               std::function<void(QString)> then);
    /// Every secret of the profile. The answer is empty, or says why the keychain still holds one.
    void remove(const QString &profileId, QObject *context, std::function<void(QString)> then);

Q_SIGNALS:
    /// A keychain answered later than open() had patience for. What is in memory stays there.
    void placeChanged();

private:
    void start(QKeychain::Job *job, const QString &key, std::function<void(QKeychain::Job *)> finished);
    void overwriteAndDelete(const QString &key, std::function<void(QString)> finished);
    void settle(Place place);

    const QString m_service;
    QTimer m_patience;
    std::optional<Place> m_place;
    std::vector<std::function<void(Place)>> m_opening; ///< who waits for open()
    /// What the keychain does not have, or not yet.
    QHash<QString, QByteArray> m_memory;
};
