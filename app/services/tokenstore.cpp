// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/tokenstore.h"

#include "domain/showntext.h"

#include <QPointer>
#include <qt6keychain/keychain.h>
#include <QTimer>

#include <array>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array secrets{TokenStore::Secret::Token, TokenStore::Secret::ProxyPassword};

QString keyOf(const QString &profileId, TokenStore::Secret secret)
{
    return profileId % (secret == TokenStore::Secret::Token ? "/token"_L1 : "/proxy-password"_L1);
}

/// Whose a secret is, in two words without a blank.
QByteArray ownerOf(const Profile &profile, TokenStore::Secret secret)
{
    const auto word = [](const QString &text) { return QUrl::toPercentEncoding(text, "@:/"); };
    if (secret == TokenStore::Secret::Token)
        return word(originOf(profile.connection.server)) + ' ' + word(profile.account);
    const Connection::Proxy &proxy = profile.connection.proxy;
    return word(proxy.host + u':' + QString::number(proxy.port)) + ' ' + word(proxy.user);
}

/// What a keychain's entry, or one in memory, says to this profile.
TokenStore::Found opened(const QByteArray &entry, const QByteArray &owner)
{
    if (entry.isEmpty())
        return {};
    const QByteArray head = owner + ' ';
    if (!entry.startsWith(head))
        return {.problem =
                    TokenStore::tr("What the keychain holds for this profile belongs to another server or "
                                   "account, and was not used.")};
    return {.value = entry.mid(head.size())};
}

/// Calls `then` with the answer if `context` is still there.
template<typename Answer>
auto onlyFor(QObject *context, std::function<void(Answer)> then)
{
    return [context = QPointer(context), then = std::move(then)](Answer answer) {
        if (context)
            then(std::move(answer));
    };
}

/// Empty if the job did what it should.
QString problemOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
        return {};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return TokenStore::tr("The keychain is locked.");
    case QKeychain::NoBackendAvailable:
        return TokenStore::tr("There is no keychain.");
    default:
        return TokenStore::tr("The keychain failed: %1").arg(quoted(job.errorString()));
    }
}

} // namespace

TokenStore::TokenStore(const QString &service, QObject *parent) : QObject(parent), m_service(service)
{
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, [this] {
        m_isSilent = true;
        settle(Place::Memory);
    });
}

void TokenStore::open(QObject *context, std::function<void(Place)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    if (m_place) {
        QTimer::singleShot(0, this, [answer, place = *m_place] { answer(place); });
        return;
    }
    m_opening.emplace_back(answer);
    if (m_opening.size() > 1)
        return;
    m_patience.start(patience);
    // QtKeychain can't say whether there is a keychain: one that knows that it has no such entry is one.
    start(new QKeychain::ReadPasswordJob(m_service), u"no such entry"_s, [this](QKeychain::Job *job) {
        const bool hasKeychain =
            job->error() == QKeychain::EntryNotFound || job->error() == QKeychain::NoError;
        m_isSilent = false;
        settle(hasKeychain ? Place::Keychain : Place::Memory);
    });
}

void TokenStore::settle(Place place)
{
    m_patience.stop();
    const auto before = std::exchange(m_place, place);
    for (const auto &answer : std::exchange(m_opening, {}))
        answer(place);
    if (before != place)
        Q_EMIT placeChanged();
}

void TokenStore::whenOpen(std::function<void()> then)
{
    if (m_place)
        then();
    else
        open(this, [then = std::move(then)](Place) { then(); });
}

QString TokenStore::silence() const
{
    return m_isSilent ? tr("The keychain does not answer.") : QString();
}

void TokenStore::read(const Profile &profile, Secret secret, QObject *context,
                      std::function<void(Found)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    const QString key = keyOf(profile.id, secret);
    const QByteArray owner = ownerOf(profile, secret);
    whenOpen([this, key, owner, answer] {
        if (m_place != Place::Keychain || m_memory.contains(key)) {
            Found found = opened(m_memory.value(key), owner);
            if (found.value.isEmpty() && found.problem.isEmpty())
                found.problem = silence();
            QTimer::singleShot(0, this, [answer, found] { answer(found); });
            return;
        }
        start(new QKeychain::ReadPasswordJob(m_service), key, [answer, owner](QKeychain::Job *job) {
            if (job->error() == QKeychain::NoError)
                answer(opened(static_cast<QKeychain::ReadPasswordJob *>(job)->binaryData(), owner));
            else if (job->error() == QKeychain::EntryNotFound)
                answer({});
            else
                answer({.problem = problemOf(*job)});
        });
    });
}

void TokenStore::write(const Profile &profile, Secret secret, const QByteArray &value, QObject *context,
                       std::function<void(QString)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    const QString key = keyOf(profile.id, secret);
    if (value.isEmpty()) {
        removeEntry(key, answer);
        return;
    }
    const int change = ++m_changes[key];
    const QByteArray entry = ownerOf(profile, secret) + ' ' + value;
    forget(key);
    m_memory.insert(key, entry);
    const bool isPlaceKnown = m_place.has_value(); // so the person knows it, too
    whenOpen([this, key, change, entry, isPlaceKnown, answer] {
        if (m_place != Place::Keychain) {
            const QString problem = isPlaceKnown ? QString() : silence();
            QTimer::singleShot(0, this, [answer, problem] { answer(problem); });
            return;
        }
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setTextData(QString::fromUtf8(entry));
        start(job, key, [this, key, change, answer](QKeychain::Job *done) {
            if (!done->error() && m_changes.value(key) == change)
                forget(key);
            answer(problemOf(*done));
        });
    });
}

void TokenStore::remove(const QString &profileId, QObject *context, std::function<void(QString)> then)
{
    struct Removal
    {
        std::size_t left = secrets.size();
        QString problem;
    };
    const auto answer = onlyFor(context, std::move(then));
    const auto removal = std::make_shared<Removal>();
    for (const Secret secret : secrets) {
        removeEntry(keyOf(profileId, secret), [removal, answer](const QString &problem) {
            if (removal->problem.isEmpty())
                removal->problem = problem;
            if (--removal->left == 0)
                answer(removal->problem);
        });
    }
}

void TokenStore::removeEntry(const QString &key, std::function<void(QString)> finished)
{
    const int change = ++m_changes[key];
    forget(key);
    whenOpen([this, key, change, finished = std::move(finished)] {
        if (m_place != Place::Keychain) {
            QTimer::singleShot(0, this, [finished, problem = silence()] { finished(problem); });
            return;
        }
        // A locked keychain says that it deleted when it did not, but does not say so of a write.
        auto *write = new QKeychain::WritePasswordJob(m_service);
        write->setTextData({});
        start(write, key, [this, key, change, finished](QKeychain::Job *written) {
            if (written->error())
                return finished(problemOf(*written));
            if (m_changes.value(key) != change) // there is another by now
                return finished({});
            start(new QKeychain::DeletePasswordJob(m_service), key, [finished](QKeychain::Job *deleted) {
                finished(deleted->error() == QKeychain::EntryNotFound ? QString() : problemOf(*deleted));
            });
        });
    });
}

/// Overwrites what is in memory.
void TokenStore::forget(const QString &key)
{
    if (const auto entry = m_memory.find(key); entry != m_memory.end()) {
        entry->fill('\0');
        m_memory.erase(entry);
    }
}

void TokenStore::start(QKeychain::Job *job, const QString &key,
                       std::function<void(QKeychain::Job *)> finished)
{
    // The job has no parent: the keychain answers it even when nobody waits for it any more.
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, std::move(finished));
    job->start();
}
