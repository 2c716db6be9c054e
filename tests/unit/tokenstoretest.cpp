// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/tokenstore.h"

#include "support/holdsfor.h"
#include "support/logrecorder.h"
#include "support/storeasking.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Profile profile{.id = u"9d2f0a6c-58f5-4a53-8a43-3e6f0d0a7a11"_s,
                      .account = u"ada@example.com"_s,
                      .connection = {.server = QUrl(u"https://api.example.com"_s),
                                     .proxy = {.kind = Connection::Proxy::Kind::Http,
                                               .host = u"proxy.example.com"_s,
                                               .port = 8080,
                                               .user = u"ada"_s}}};
const Profile otherProfile{.id = u"0c7d5f3e-1b1b-4d53-9c57-b1a2a4f4a2d0"_s,
                           .connection = {.server = QUrl(u"https://api.example.com"_s)}};
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
    void aSecretIsGivenToNobodyElse_data();
    void aSecretIsGivenToNobodyElse();
    void whatIsAskedBeforeThePlaceIsKnownWaitsForIt();
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

void TokenStoreTest::aSecretIsGivenToNobodyElse_data()
{
    QTest::addColumn<TokenStore::Secret>("secret");
    QTest::addColumn<Profile>("changed");
    QTest::addColumn<bool>("isGiven");
    using Secret = TokenStore::Secret;
    const auto row = [](const char *name, Secret secret, bool isGiven, auto change) {
        Profile changed = profile;
        change(changed);
        QTest::newRow(name) << secret << changed << isGiven;
    };
    const auto at = [](const QString &url) { return [url](Profile &p) { p.connection.server = QUrl(url); }; };
    row("to the same", Secret::Token, true, [](Profile &) {});
    row("to the same with another name", Secret::Token, true, [](Profile &p) { p.name = u"West"_s; });
    row("on another path of the origin", Secret::Token, true, at(u"https://api.example.com/v2"_s));
    row("with the usual port written out", Secret::Token, true, at(u"https://API.example.com:443"_s));
    row("on another host", Secret::Token, false, at(u"https://api.example.org"_s));
    row("on a host that begins like it", Secret::Token, false, at(u"https://api.example.com.evil.org"_s));
    row("on a host within it", Secret::Token, false, at(u"https://eu.api.example.com"_s));
    row("on another port", Secret::Token, false, at(u"https://api.example.com:8443"_s));
    row("without encryption", Secret::Token, false, at(u"http://api.example.com"_s));
    row("without a server", Secret::Token, false, at({}));
    row("to another account", Secret::Token, false, [](Profile &p) { p.account = u"grace@example.com"_s; });
    row("to no account", Secret::Token, false, [](Profile &p) { p.account.clear(); });
    row("to an account that begins like it", Secret::Token, false,
        [](Profile &p) { p.account = u"ada@example.com x"_s; });
    row("of the same proxy", Secret::ProxyPassword, true, at(u"https://api.example.org"_s));
    row("of a proxy on another host", Secret::ProxyPassword, false,
        [](Profile &p) { p.connection.proxy.host = u"proxy.example.org"_s; });
    row("of a proxy on another port", Secret::ProxyPassword, false,
        [](Profile &p) { p.connection.proxy.port = 80; });
    row("of another user of the proxy", Secret::ProxyPassword, false,
        [](Profile &p) { p.connection.proxy.user = u"grace"_s; });
}

void TokenStoreTest::aSecretIsGivenToNobodyElse()
{
    QFETCH(TokenStore::Secret, secret);
    QFETCH(Profile, changed);
    QFETCH(bool, isGiven);
    TokenStore store(u"credenza.test"_s);
    StoreAsking ask(store);
    QCOMPARE(ask.write(profile, sentinel, secret), QString());

    const auto found = ask.find(changed, secret);

    QVERIFY(found);
    QCOMPARE(found->value, isGiven ? sentinel : QByteArray());
    QCOMPARE(found->problem.contains(u"another server or account"_s), !isGiven);
    QCOMPARE(ask.read(profile, secret), sentinel); // and is still there for its owner
}

void TokenStoreTest::whatIsAskedBeforeThePlaceIsKnownWaitsForIt()
{
    TokenStore store(u"credenza.test"_s);
    StoreAsking ask(store);
    QCOMPARE(ask.read(profile), QByteArray());
    QCOMPARE(store.place(), TokenStore::Place::Memory);
    TokenStore another(u"credenza.test"_s);
    QCOMPARE(StoreAsking(another).write(profile, sentinel), QString());
    QCOMPARE(another.place(), TokenStore::Place::Memory);
    TokenStore third(u"credenza.test"_s);
    QCOMPARE(StoreAsking(third).remove(profile), QString());
    QCOMPARE(third.place(), TokenStore::Place::Memory);
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
                   [&answers](const TokenStore::Found &) { ++answers; });
        store.write(profile, TokenStore::Secret::Token, "t", &context,
                    [&answers](const QString &) { ++answers; });
        store.remove(profile.id, &context, [&answers](const QString &) { ++answers; });
    }
    QObject context;
    auto gone = std::make_unique<TokenStore>(u"credenza.test"_s);
    gone->open(&context, [&answers](TokenStore::Place) { ++answers; });
    gone->read(profile, TokenStore::Secret::Token, &context,
               [&answers](const TokenStore::Found &) { ++answers; });
    gone->write(profile, TokenStore::Secret::Token, "t", &context,
                [&answers](const QString &) { ++answers; });
    gone->remove(profile.id, &context, [&answers](const QString &) { ++answers; });
    gone.reset();
    VERIFY_HOLDS_FOR(200ms, answers == 0);
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
