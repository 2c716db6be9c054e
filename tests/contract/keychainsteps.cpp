// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/tokenstore.h"

#include "support/logrecorder.h"
#include "support/storeasking.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

const Profile profile{.id = u"9d2f0a6c-58f5-4a53-8a43-3e6f0d0a7a11"_s,
                      .account = u"ada@example.com"_s,
                      .connection = {.server = QUrl(u"https://api.example.com"_s)}};
const Profile another{.id = u"another-profile"_s, .connection = profile.connection};

QByteArray token()
{
    return qgetenv("TEST_TOKEN");
}

void signalKeychain(int number)
{
    const int pid = qEnvironmentVariableIntValue("TEST_KEYCHAIN_PID");
    QVERIFY(pid > 1 && ::kill(pid, number) == 0);
}

} // namespace

/// Steps that keychain.py has the store take with a real keychain, one or several a process; it looks from
/// outside after each.
class KeychainSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereIsAKeychain();
    void thereIsNone();
    void theSecretsAreWritten();
    void theSecretsAreRead();
    void theSecretsAreRemoved();
    void thereIsNothingToRead();
    void theLastOfManyWritesStays();
    void nobodyWhoHasGoneIsAnswered();
    void aLockedKeychainRefuses();
    void aKeychainThatGoesAwayIsTold();
    void aKeychainThatIsSilentIsNotWaitedFor();
};

void KeychainSteps::thereIsAKeychain()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    QCOMPARE(StoreAsking(store).open(), TokenStore::Place::Keychain);
    QCOMPARE(store.place(), TokenStore::Place::Keychain);
}

void KeychainSteps::thereIsNone()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    QCOMPARE(StoreAsking(store).open(), TokenStore::Place::Memory);
}

void KeychainSteps::theSecretsAreWritten()
{
    QString log;
    {
        const LogRecorder recorder(u"*=true"_s);
        TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
        StoreAsking ask(store);
        QCOMPARE(ask.open(), TokenStore::Place::Keychain);
        QCOMPARE(ask.write(profile, token()), QString());
        QCOMPARE(ask.write(profile, "proxy-" + token(), TokenStore::Secret::ProxyPassword), QString());
        QCOMPARE(ask.read(profile), token());
        log = recorder.text();
    }
    QVERIFY2(!log.contains(QString::fromUtf8(token())), qPrintable(log));
}

void KeychainSteps::theSecretsAreRead()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.read(profile), token());
    QCOMPARE(ask.read(profile, TokenStore::Secret::ProxyPassword), "proxy-" + token());
    QCOMPARE(ask.read(another), QByteArray());
}

void KeychainSteps::theSecretsAreRemoved()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.remove(profile), QString());
    QCOMPARE(ask.read(profile), QByteArray());
    QCOMPARE(ask.read(profile, TokenStore::Secret::ProxyPassword), QByteArray());
    QCOMPARE(ask.remove(profile), QString());
}

void KeychainSteps::thereIsNothingToRead()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.read(profile), QByteArray());
}

void KeychainSteps::theLastOfManyWritesStays()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QStringList answers;
    for (int i = 0; i < 10; ++i)
        store.write(profile, TokenStore::Secret::Token, "value " + QByteArray::number(i), this,
                    [&answers](const QString &problem) { answers += problem; });
    QCOMPARE(ask.read(profile), "value 9"_ba); // readable before the keychain has it
    QVERIFY(answers.size() < 10);
    QCOMPARE(ask.write(profile, token()), QString());
    QCOMPARE(answers, QStringList(10));
    QCOMPARE(ask.read(profile), token());
}

void KeychainSteps::nobodyWhoHasGoneIsAnswered()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    int answers = 0;
    const auto askEverything = [&answers](TokenStore &asked, QObject *context) {
        asked.read(profile, TokenStore::Secret::Token, context,
                   [&answers](const TokenStore::Found &) { ++answers; });
        asked.remove(another.id, context, [&answers](const QString &) { ++answers; });
        asked.write(another, TokenStore::Secret::Token, "t", context,
                    [&answers](const QString &) { ++answers; });
    };
    {
        QObject context;
        askEverything(store, &context);
    }
    QCOMPARE(ask.write(another, "t"),
             QString()); // the keychain has answered all that was asked before
    QCOMPARE(answers, 0);
    for (const int wait : {0, 1, 3, 10, 30}) {
        QObject context;
        auto gone = std::make_unique<TokenStore>(qEnvironmentVariable("TEST_SERVICE"));
        QCOMPARE(StoreAsking(*gone).open(), TokenStore::Place::Keychain);
        askEverything(*gone, &context);
        QTest::qWait(wait);
        gone.reset(); // while jobs are under way; the sanitizers would see an answer that reaches it
        answers = 0;
        QTest::qWait(50);
        QCOMPARE(answers, 0);
    }
    QCOMPARE(ask.remove(another), QString());
}

void KeychainSteps::aLockedKeychainRefuses()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.read(profile), QByteArray());
    QCOMPARE(ask.remove(profile), u"The keychain is locked."_s);
    QCOMPARE(ask.write(profile, "for this run"), u"The keychain is locked."_s);
    QCOMPARE(ask.read(profile), "for this run"_ba);
}

void KeychainSteps::aKeychainThatGoesAwayIsTold()
{
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    // It takes this one and is gone when it comes to the next.
    store.write(profile, TokenStore::Secret::Token, "the first", this,
                [](const QString &) { signalKeychain(SIGKILL); });
    const auto problem = ask.write(profile, token());
    QVERIFY(problem);
    qInfo("what a write says: %s", qPrintable(*problem));
    QVERIFY(problem->startsWith(u"The keychain failed: "_s));
    QVERIFY(!problem->contains(QString::fromUtf8(token())));
    QCOMPARE(ask.read(profile), token());
    QCOMPARE(ask.read(another), QByteArray());
    QVERIFY(!ask.remove(profile).value_or(QString()).isEmpty());
    QCOMPARE(ask.read(profile), QByteArray());
}

void KeychainSteps::aKeychainThatIsSilentIsNotWaitedFor()
{
    signalKeychain(SIGSTOP);
    TokenStore store(qEnvironmentVariable("TEST_SERVICE"));
    StoreAsking ask(store);
    QSignalSpy changed(&store, &TokenStore::placeChanged);
    QElapsedTimer time;
    time.start();
    QCOMPARE(ask.open(), TokenStore::Place::Memory);
    QVERIFY(time.elapsed() < TokenStore::patience.count() + 1000);
    QCOMPARE(ask.write(profile, "for this run"), QString());

    signalKeychain(SIGCONT);
    QVERIFY(changed.wait());
    QCOMPARE(store.place(), TokenStore::Place::Keychain);
    QCOMPARE(ask.read(profile), "for this run"_ba); // and is not in the keychain: keychain.py looks
    QTest::qWait(int(TokenStore::patience.count()));
    QCOMPARE(changed.size(), 2); // in memory, then in the keychain
}

QTEST_GUILESS_MAIN(KeychainSteps)
#include "keychainsteps.moc"
