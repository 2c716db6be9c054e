// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/tokenstore.h"

#include "support/logrecorder.h"
#include "support/storeasking.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

const auto profile = u"9d2f0a6c-58f5-4a53-8a43-3e6f0d0a7a11"_s;
const auto otherProfile = u"0c7d5f3e-1b1b-4d53-9c57-b1a2a4f4a2d0"_s;
const auto sentinel = "sentinel-of-the-token-store"_ba;

} // namespace

/// Where secrets are kept when there is no keychain. With one: tests/contract/keychain.py.
class TokenStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void withoutAKeychainTheMemoryIsThePlace_data();
    void withoutAKeychainTheMemoryIsThePlace();
    void whereIsNotKnownBeforeTheAnswer();
    void everyoneWhoAsksWhereIsAnswered();
    void aSecretIsKeptForThisRunAlone();
    void secretsAreKeptApart();
    void removingForgetsEverySecretOfTheProfileOnly();
    void nobodyWhoHasGoneIsAnswered();
    void nothingIsLeftOnDiskOrInTheLog();

private:
    QTemporaryDir m_home;
};

void TokenStoreTest::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *name :
         {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"})
        qputenv(name, m_home.path().toLocal8Bit());
    qunsetenv("DISPLAY"); // a bus can be found through the display too
}

void TokenStoreTest::init()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void TokenStoreTest::withoutAKeychainTheMemoryIsThePlace_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("nothing listens at the bus's address") << "unix:path=/nonexistent/bus"_ba;
    QTest::newRow("the bus's address can't be read") << "nonsense"_ba;
    QTest::newRow("no bus is named") << QByteArray();
}

void TokenStoreTest::withoutAKeychainTheMemoryIsThePlace()
{
    QFETCH(QByteArray, address);
    if (address.isEmpty())
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    else
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    TokenStore store(u"credenza.test"_s);
    QElapsedTimer time;
    time.start();
    QCOMPARE(StoreAsking(store).open(), TokenStore::Place::Memory);
    QVERIFY(time.elapsed() < TokenStore::patience.count());
    QCOMPARE(store.place(), TokenStore::Place::Memory);
}

void TokenStoreTest::whereIsNotKnownBeforeTheAnswer()
{
    TokenStore store(u"credenza.test"_s);
    QVERIFY(!store.place());
    std::optional<TokenStore::Place> answer;
    store.open(this, [&answer](TokenStore::Place place) { answer = place; });
    QVERIFY(!store.place());
    QVERIFY(!answer);
    QTRY_COMPARE(answer, TokenStore::Place::Memory);
}

void TokenStoreTest::everyoneWhoAsksWhereIsAnswered()
{
    TokenStore store(u"credenza.test"_s);
    int answers = 0;
    const auto count = [&answers](TokenStore::Place) { ++answers; };
    store.open(this, count);
    store.open(this, count);
    QTRY_COMPARE(answers, 2);
    store.open(this, count); // it is known by now
    QCOMPARE(answers, 2);
    QTRY_COMPARE(answers, 3);
}

void TokenStoreTest::aSecretIsKeptForThisRunAlone()
{
    {
        TokenStore store(u"credenza.test"_s);
        StoreAsking ask(store);
        QVERIFY(ask.open());
        QCOMPARE(ask.read(profile), QByteArray());
        QCOMPARE(ask.write(profile, sentinel), QString());
        QCOMPARE(ask.read(profile), sentinel);
        QCOMPARE(ask.write(profile, "another"), QString());
        QCOMPARE(ask.read(profile), "another"_ba);
    }
    TokenStore nextRun(u"credenza.test"_s);
    StoreAsking ask(nextRun);
    QVERIFY(ask.open());
    QCOMPARE(ask.read(profile), QByteArray());
}

void TokenStoreTest::secretsAreKeptApart()
{
    TokenStore store(u"credenza.test"_s);
    StoreAsking ask(store);
    QVERIFY(ask.open());
    QCOMPARE(ask.write(profile, "the token"), QString());
    QCOMPARE(ask.write(profile, "of the proxy", TokenStore::Secret::ProxyPassword), QString());
    QCOMPARE(ask.write(otherProfile, "of the other"), QString());
    QCOMPARE(ask.read(profile), "the token"_ba);
    QCOMPARE(ask.read(profile, TokenStore::Secret::ProxyPassword), "of the proxy"_ba);
    QCOMPARE(ask.read(otherProfile), "of the other"_ba);
    QCOMPARE(ask.read(otherProfile, TokenStore::Secret::ProxyPassword), QByteArray());
}

void TokenStoreTest::removingForgetsEverySecretOfTheProfileOnly()
{
    TokenStore store(u"credenza.test"_s);
    StoreAsking ask(store);
    QVERIFY(ask.open());
    QCOMPARE(ask.write(profile, "the token"), QString());
    QCOMPARE(ask.write(profile, "of the proxy", TokenStore::Secret::ProxyPassword), QString());
    QCOMPARE(ask.write(otherProfile, "of the other"), QString());
    QCOMPARE(ask.remove(profile), QString());
    QCOMPARE(ask.read(profile), QByteArray());
    QCOMPARE(ask.read(profile, TokenStore::Secret::ProxyPassword), QByteArray());
    QCOMPARE(ask.read(otherProfile), "of the other"_ba);
}

void TokenStoreTest::nobodyWhoHasGoneIsAnswered()
{
    TokenStore store(u"credenza.test"_s);
    QVERIFY(StoreAsking(store).open());
    int answers = 0;
    {
        TokenStore another(u"credenza.test"_s);
        QObject context;
        another.open(&context, [&answers](TokenStore::Place) { ++answers; });
        store.read(profile, TokenStore::Secret::Token, &context,
                   [&answers](const QByteArray &) { ++answers; });
        store.write(profile, TokenStore::Secret::Token, "t", &context,
                    [&answers](const QString &) { ++answers; });
        store.remove(profile, &context, [&answers](const QString &) { ++answers; });
    }
    QObject context;
    auto gone = std::make_unique<TokenStore>(u"credenza.test"_s);
    gone->open(&context, [&answers](TokenStore::Place) { ++answers; });
    gone->read(profile, TokenStore::Secret::Token, &context, [&answers](const QByteArray &) { ++answers; });
    gone->write(profile, TokenStore::Secret::Token, "t", &context,
                [&answers](const QString &) { ++answers; });
    gone->remove(profile, &context, [&answers](const QString &) { ++answers; });
    gone.reset();
    QTest::qWait(200);
    QCOMPARE(answers, 0);
}

void TokenStoreTest::nothingIsLeftOnDiskOrInTheLog()
{
    QString log;
    {
        const LogRecorder recorder(u"*=true"_s);
        TokenStore store(u"credenza.test"_s);
        StoreAsking ask(store);
        QVERIFY(ask.open());
        QCOMPARE(ask.write(profile, sentinel), QString());
        QCOMPARE(ask.write(profile, sentinel, TokenStore::Secret::ProxyPassword), QString());
        QCOMPARE(ask.read(profile), sentinel);
        log = recorder.text();
    }
    QVERIFY2(!log.contains(QString::fromLatin1(sentinel)), qPrintable(log));
    QStringList files;
    QDirIterator all(m_home.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext())
        files += all.next();
    QCOMPARE(files, QStringList());
}

QTEST_GUILESS_MAIN(TokenStoreTest)
#include "tokenstoretest.moc"
