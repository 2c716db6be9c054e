// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/tokenstore.h"

#include <QPointer>
#include <qt6keychain/keychain.h>
#include <QTimer>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array secrets{TokenStore::Secret::Token, TokenStore::Secret::ProxyPassword};

QString keyOf(const QString &profileId, TokenStore::Secret secret)
{
    return profileId % (secret == TokenStore::Secret::Token ? "/token"_L1 : "/proxy-password"_L1);
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
        return TokenStore::tr("The keychain failed: %1").arg(job.errorString());
    }
}

} // namespace

TokenStore::TokenStore(const QString &service, QObject *parent) : QObject(parent), m_service(service)
{
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, [this] { settle(Place::Memory); });
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
        settle(hasKeychain ? Place::Keychain : Place::Memory);
    });
}

void TokenStore::settle(Place place)
{
    m_patience.stop();
    const auto before = std::exchange(m_place, place);
    for (const auto &answer : std::exchange(m_opening, {}))
        answer(place);
    if (before && before != place)
        Q_EMIT placeChanged();
}

void TokenStore::read(const QString &profileId, Secret secret, QObject *context,
                      std::function<void(QByteArray)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    const QString key = keyOf(profileId, secret);
    if (m_place != Place::Keychain || m_memory.contains(key)) {
        QTimer::singleShot(0, this, [answer, value = m_memory.value(key)] { answer(value); });
        return;
    }
    start(new QKeychain::ReadPasswordJob(m_service), key, [answer](QKeychain::Job *job) {
        answer(job->error() ? QByteArray() : static_cast<QKeychain::ReadPasswordJob *>(job)->binaryData());
    });
}

void TokenStore::write(const QString &profileId, Secret secret, const QByteArray &value, QObject *context,
                       std::function<void(QString)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    const QString key = keyOf(profileId, secret);
    m_memory.insert(key, value);
    if (m_place != Place::Keychain) {
        QTimer::singleShot(0, this, [answer] { answer({}); });
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(QString::fromUtf8(value));
    start(job, key, [this, key, value, answer](QKeychain::Job *done) {
        if (!done->error() && m_memory.value(key) == value)
            m_memory.remove(key);
        answer(problemOf(*done));
    });
}

void TokenStore::remove(const QString &profileId, QObject *context, std::function<void(QString)> then)
{
    const auto answer = onlyFor(context, std::move(then));
    for (const Secret secret : secrets)
        m_memory.remove(keyOf(profileId, secret));
    if (m_place != Place::Keychain) {
        QTimer::singleShot(0, this, [answer] { answer({}); });
        return;
    }
    overwriteAndDelete(keyOf(profileId, Secret::Token), [this, profileId, answer](const QString &first) {
        overwriteAndDelete(keyOf(profileId, Secret::ProxyPassword), [first, answer](const QString &second) {
            answer(first.isEmpty() ? second : first);
        });
    });
}

void TokenStore::overwriteAndDelete(const QString &key, std::function<void(QString)> finished)
{
    // A locked keychain says that it deleted when it did not, but does not say so of a write.
    auto *write = new QKeychain::WritePasswordJob(m_service);
    write->setTextData({});
    start(write, key, [this, key, finished = std::move(finished)](QKeychain::Job *written) {
        if (written->error())
            return finished(problemOf(*written));
        start(new QKeychain::DeletePasswordJob(m_service), key, [finished](QKeychain::Job *deleted) {
            finished(deleted->error() == QKeychain::EntryNotFound ? QString() : problemOf(*deleted));
        });
    });
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
