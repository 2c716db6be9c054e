// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/keychainscene.h"

using namespace Qt::StringLiterals;

/// Where a token is once another takes its place, or nobody is signed in any more, with a real keychain. Each
/// of these is a row of SECURITY.md.
class TokenEndTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_scene.reset(); }

    void signingInAgainReplacesIt();
    void signingInAgainWithAKeychainThatFailsIsTold();
    void signingInAgainAsNobodyAsksAndKeepsNothing();

    void signingOutRemovesIt();
    void signingOutWithASilentKeychainShowsTheDialogAtOnce();
    void signingOutWithAKeychainThatFailsIsToldAndMadeUpFor();
    void signingOutWithALockedKeychainIsTold();
    void signingInWhileTheKeychainStillRemovesKeepsTheNewOne();

    void whatIsLeftOfAnotherProfileIsRemovedAtTheStart();

    void forgettingTheOpenProfileEndsItsToken();
    void forgettingWithASilentKeychainIsToldAndMadeUpFor();

    void thatOfTheSandboxIsNowhere();
    void thatOfTheEnvironmentIsNowhere();

private:
    /// In the dialog over the window.
    void forget();

    std::unique_ptr<KeychainScene> m_scene;
};

void TokenEndTest::init()
{
    if (!KeychainScene::isThere())
        QSKIP("There is no keychain");
    m_scene = std::make_unique<KeychainScene>();
}

void TokenEndTest::signingInAgainReplacesIt()
{
    m_scene->startSignedIn();
    m_scene->server.expired = {first};
    front().key(Qt::Key_F5);
    m_scene->signIn(second);
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QVERIFY(!seenFromOutside().contains(QString::fromLatin1(first)));
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_VERIFY(saw(m_scene->server, second));
}

void TokenEndTest::signingInAgainWithAKeychainThatFailsIsTold()
{
    m_scene->startSignedIn();
    m_scene->server.expired = {first};
    front().key(Qt::Key_F5);
    QTRY_VERIFY(QApplication::activeModalWidget());
    lockKeychain();
    front().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    front().type(QString::fromLatin1(second));
    front().click(u"Sign in"_s);
    QTRY_VERIFY(saw(m_scene->server, second));
    QTRY_VERIFY(QApplication::activeModalWidget() &&
                front().visibleText().contains(u"The keychain is locked."_s));
}

void TokenEndTest::signingInAgainAsNobodyAsksAndKeepsNothing()
{
    m_scene->startSignedIn();
    QTRY_VERIFY(m_scene->server.server().wire().contains("GET /me"));
    m_scene->server.expired = {first};
    front().key(Qt::Key_F5);
    QTRY_VERIFY(QApplication::activeModalWidget());
    front().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    front().type(u"application-token"_s);
    front().click(u"Sign in"_s);
    QTRY_VERIFY(front().visibleText().contains(u"belongs to no user"_s));
    front().click(u"Use this token"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    QTRY_VERIFY(seenFromOutside().isEmpty()); // neither the one that has expired nor the other's
}

void TokenEndTest::signingOutRemovesIt()
{
    m_scene->startSignedIn();
    choose(u"Sign out"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QTRY_VERIFY(seenFromOutside().isEmpty());
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenEndTest::signingOutWithASilentKeychainShowsTheDialogAtOnce()
{
    m_scene->startSignedIn();
    signalKeychain(SIGSTOP);
    QElapsedTimer time;
    time.start();
    choose(u"Sign out"_s);
    QTRY_VERIFY(shown() && front().window().windowTitle() == "Sign in"_L1);
    QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed())));
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QVERIFY(front().label(errorMessage).contains(u"has not answered yet"_s));

    signalKeychain(SIGCONT);

    QTRY_VERIFY(front().label(errorMessage).contains(u"has been removed"_s));
    QVERIFY(seenFromOutside().isEmpty());
}

void TokenEndTest::signingOutWithAKeychainThatFailsIsToldAndMadeUpFor()
{
    m_scene->startSignedIn();
    signalKeychain(SIGSTOP);
    choose(u"Sign out"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    m_scene->server.server().forget();
    m_scene->driver.quit(); // before the keychain could do anything

    m_scene->start();
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    signalKeychain(SIGCONT);
    QTRY_VERIFY(seenFromOutside().isEmpty());
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenEndTest::signingOutWithALockedKeychainIsTold()
{
    m_scene->startSignedIn();
    lockKeychain();
    choose(u"Sign out"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QVERIFY(front().label(errorMessage).contains(u"still holds the token: The keychain is locked."_s));
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenEndTest::signingInWhileTheKeychainStillRemovesKeepsTheNewOne()
{
    m_scene->startSignedIn();
    signalKeychain(SIGSTOP);
    choose(u"Sign out"_s);
    m_scene->signIn(second);
    signalKeychain(SIGCONT);
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QTest::qWait(200); // for a removal that should not come
    QVERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QVERIFY(!seenFromOutside().contains(QString::fromLatin1(first)));
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_VERIFY(saw(m_scene->server, second));
}

void TokenEndTest::whatIsLeftOfAnotherProfileIsRemovedAtTheStart()
{
    m_scene->startSignedIn();
    m_scene->openSignIn();
    m_scene->enter(second, m_scene->other.url());
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    m_scene->driver.quit();
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    ProfileStore profiles(settings);
    profiles.setSignedOut(profiles.lastUsed(m_scene->server.url())->id, true); // by a keychain that failed

    m_scene->start();

    QTRY_VERIFY(saw(m_scene->other, second));
    QTRY_VERIFY(!seenFromOutside().contains(QString::fromLatin1(first)));
    QVERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QTRY_VERIFY((settings.sync(), profiles.idsOfLeftTokens().isEmpty()));
}

void TokenEndTest::forget()
{
    m_scene->openSignIn();
    front().click(u"Forget"_s);
    QTRY_VERIFY(front().visibleText().contains(u"are removed from this computer"_s));
    front().click(u"Forget"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
}

void TokenEndTest::forgettingTheOpenProfileEndsItsToken()
{
    m_scene->startSignedIn();
    forget();
    QTRY_VERIFY(seenFromOutside().isEmpty());
    m_scene->server.server().forget();

    front().click(u"Cancel"_s);

    QTRY_VERIFY(front().visibleText().contains(u"You have forgotten the profile ada@example.com"_s));
    front().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    front().type(QString::fromLatin1(second));
    front().click(u"Sign in"_s);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    front().key(Qt::Key_F5);
    QTRY_VERIFY(saw(m_scene->server, second));
    QVERIFY(!saw(m_scene->server, first));
    m_scene->driver.quit();
    QCOMPARE(seenFromOutside(), QString()); // nor is the new one kept for a profile that has gone
}

void TokenEndTest::forgettingWithASilentKeychainIsToldAndMadeUpFor()
{
    m_scene->startSignedIn();
    signalKeychain(SIGSTOP);
    forget();
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QVERIFY(front().label(errorMessage).contains(u"has not answered yet"_s));
    m_scene->driver.quit();
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    const ProfileStore profiles(settings);
    QCOMPARE(profiles.idsOfLeftTokens().size(), 1);

    m_scene->start();
    signalKeychain(SIGCONT);

    QTRY_VERIFY(seenFromOutside().isEmpty());
    QTRY_VERIFY((settings.sync(), profiles.idsOfLeftTokens().isEmpty()));
}

void TokenEndTest::thatOfTheSandboxIsNowhere()
{
    m_scene->driver.start({.opensSandbox = true});
    QTRY_VERIFY(shownAs<MainWindow>());
    QCOMPARE(seenFromOutside(), QString());
}

void TokenEndTest::thatOfTheEnvironmentIsNowhere()
{
    m_scene->driver.start({.server = m_scene->server.url(), .token = first});
    QTRY_VERIFY(saw(m_scene->server, first));
    QCOMPARE(seenFromOutside(), QString());
    choose(u"Sign out"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(seenFromOutside(), QString());
}

QTEST_MAIN(TokenEndTest)
#include "tokenendtest.moc"
