// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/keychainscene.h"
#include "support/holdsfor.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Where a token goes, with a real keychain: at a start, with another server or account, and between
/// profiles. Each of these is a row of SECURITY.md.
class TokenPathsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_scene.reset(); }

    void startGoesToItsServer();
    void startAfterTheServerLineWasEditedGoesNowhere();
    void startAfterTheAccountLineWasEditedGoesNowhere();
    void startWithAnEntryThatNamesNobodyGoesNowhere();
    void startWithALockedKeychainAsks();
    void startWithASilentKeychainOffersToSignInByHand();
    void startWithoutAKeychainAsks();

    void anotherServerThatWasTypedButNotSignedInToIsNotKept();
    void anotherServerIsAnotherProfile();
    void anotherServerWithAKeychainThatFailsLeavesTheFirstAlone();
    void anotherAccountTakesThePlaceOfTheFirst();
    void notToStayWithALockedKeychainIsTold();

    void switchingTakesEachToItsOwn();
    void switchingWithALockedKeychainAsks();
    void settingsOfAProfileKeepTheToken();
    void aProxysPasswordThatIsNotKeptIsTold();

private:
    static void changeSettings(const QString &line, const QVariant &value);

    std::unique_ptr<KeychainScene> m_scene;
};

void TokenPathsTest::init()
{
    if (!KeychainScene::isThere())
        QSKIP("There is no keychain");
    m_scene = std::make_unique<KeychainScene>();
}

void TokenPathsTest::changeSettings(const QString &line, const QVariant &value)
{
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    settings.beginGroup(u"profiles"_s);
    const QStringList ids = settings.childGroups();
    QCOMPARE(ids.size(), 1);
    settings.setValue(ids.front() + u'/' + line, value);
}

void TokenPathsTest::startGoesToItsServer()
{
    m_scene->startSignedIn();
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_VERIFY(saw(m_scene->server, first));
    QVERIFY(shownAs<MainWindow>());
    const QString entry = seenFromOutside();
    QVERIFY(entry.contains(originOf(m_scene->server.url()) + u" ada@example.com "_s +
                           QString::fromLatin1(first)));
}

void TokenPathsTest::startAfterTheServerLineWasEditedGoesNowhere()
{
    m_scene->startSignedIn();
    m_scene->driver.quit();
    changeSettings(u"server"_s, m_scene->other.url().toString());
    m_scene->start();
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QVERIFY(front().label(errorMessage).contains(u"another server or account"_s));
    QCOMPARE(m_scene->other.server().wire(), QByteArray());
    QVERIFY(seenFromOutside().contains(QString::fromLatin1(first))); // until one signs in or out
}

void TokenPathsTest::startAfterTheAccountLineWasEditedGoesNowhere()
{
    m_scene->startSignedIn();
    m_scene->driver.quit();
    m_scene->server.server().forget();
    changeSettings(u"account"_s, u"grace@example.com"_s);
    m_scene->start();
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenPathsTest::startWithAnEntryThatNamesNobodyGoesNowhere()
{
    const Profile west = m_scene->driver.keep(u"West"_s, m_scene->server.url(), u"ada@example.com"_s);
    QProcess tool;
    tool.start(u"secret-tool"_s,
               {u"store"_s, u"--label"_s, u"old"_s, u"server"_s, service, u"user"_s, west.id + u"/token"_s,
                u"type"_s, u"plaintext"_s, u"xdg:schema"_s, u"org.qt.keychain"_s});
    tool.write(first);
    tool.closeWriteChannel();
    QVERIFY(tool.waitForFinished() && tool.exitCode() == 0);
    m_scene->start();
    QTRY_VERIFY(front().has(QAccessible::StaticText, errorMessage));
    QVERIFY(front().label(errorMessage).contains(u"another server or account"_s));
    QCOMPARE(m_scene->server.server().wire(), QByteArray());

    m_scene->signIn(second);
    QTRY_VERIFY(!seenFromOutside().contains(QString::fromLatin1(first)));
}

void TokenPathsTest::startWithALockedKeychainAsks()
{
    m_scene->startSignedIn();
    m_scene->driver.quit();
    m_scene->server.server().forget();
    lockKeychain();
    m_scene->start();
    QCOMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenPathsTest::startWithASilentKeychainOffersToSignInByHand()
{
    m_scene->startSignedIn();
    m_scene->driver.quit();
    signalKeychain(SIGSTOP);
    QElapsedTimer time;
    time.start();
    m_scene->start();
    QVERIFY(time.elapsed() < 2000);
    QVERIFY(front().visibleText().contains(u"Waiting for the keychain"_s));
    m_scene->server.server().forget();
    front().click(u"Sign in by hand"_s);
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    signalKeychain(SIGCONT);
    VERIFY_HOLDS_FOR(200ms,
                     m_scene->server.server().wire().isEmpty()); // nobody waits for the answer any more
}

void TokenPathsTest::startWithoutAKeychainAsks()
{
    m_scene->startSignedIn();
    m_scene->driver.quit();
    m_scene->server.server().forget();
    signalKeychain(SIGKILL);
    m_scene->start();
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenPathsTest::anotherServerThatWasTypedButNotSignedInToIsNotKept()
{
    m_scene->startSignedIn();
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    const GuiProbe dialog = front();
    dialog.choose(u"Profile"_s, u"ada@example.com · 127.0.0.1"_s);
    dialog.line(u"Server URL"_s)->setText(m_scene->other.url().toString());
    QCOMPARE(dialog.combo(u"Profile"_s)->currentText(), u"New profile"_s);
    dialog.click(u"Settings"_s);
    QTRY_COMPARE(QApplication::activeModalWidget()->windowTitle(), u"Profile settings"_s);
    GuiProbe(*QApplication::activeModalWidget()).click(u"Save"_s);
    QTRY_COMPARE(QApplication::activeModalWidget(), &dialog.window());
    dialog.click(u"Cancel"_s); // which asks, as something was typed
    QTRY_VERIFY(QApplication::activeModalWidget() != &dialog.window());
    front().click(u"Discard"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    m_scene->server.server().forget();

    m_scene->restart();

    QTRY_VERIFY(saw(m_scene->server, first));
    QCOMPARE(m_scene->other.server().wire(), QByteArray());
}

void TokenPathsTest::anotherServerIsAnotherProfile()
{
    m_scene->startSignedIn();
    m_scene->openSignIn();
    m_scene->signIn(second, m_scene->other.url());
    QTRY_VERIFY(saw(m_scene->other, second));
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QVERIFY(seenFromOutside().contains(QString::fromLatin1(first)));
    QVERIFY(!saw(m_scene->other, first));
    QVERIFY(!saw(m_scene->server, second));

    m_scene->other.server().forget();
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_VERIFY(saw(m_scene->other, second));
    QVERIFY(!saw(m_scene->other, first));
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
}

void TokenPathsTest::anotherServerWithAKeychainThatFailsLeavesTheFirstAlone()
{
    m_scene->startSignedIn();
    m_scene->openSignIn();
    lockKeychain();
    const GuiProbe dialog = front();
    dialog.line(u"Server URL"_s)->setText(m_scene->other.url().toString());
    dialog.part(QAccessible::EditableText, u"API token"_s)->setFocus();
    dialog.type(QString::fromLatin1(second));
    dialog.click(u"Sign in"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() &&
                front().visibleText().contains(u"The keychain does not keep your token"_s));
    front().click(u"OK"_s);

    m_scene->other.server().forget();
    m_scene->restart();
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(m_scene->other.server().wire(), QByteArray());
}

void TokenPathsTest::anotherAccountTakesThePlaceOfTheFirst()
{
    m_scene->startSignedIn();
    m_scene->openSignIn();
    m_scene->signIn("application-token");
    QTRY_VERIFY(seenFromOutside().contains(u"application-token"_s));
    QVERIFY(!seenFromOutside().contains(QString::fromLatin1(first)));
    m_scene->server.server().forget();
    m_scene->restart();
    QTRY_VERIFY(saw(m_scene->server, "application-token"));
}

void TokenPathsTest::notToStayWithALockedKeychainIsTold()
{
    m_scene->startSignedIn();
    m_scene->openSignIn();
    lockKeychain();
    qobject_cast<QAbstractButton *>(front().part(QAccessible::CheckBox, u"Stay signed in on this computer"_s))
        ->click();
    m_scene->enter(second);
    QTRY_VERIFY(QApplication::activeModalWidget() &&
                front().visibleText().contains(u"still holds the token that was kept before"_s));
}

void TokenPathsTest::switchingTakesEachToItsOwn()
{
    m_scene->startSignedIn();
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    m_scene->signIn(second, m_scene->other.url());
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    m_scene->server.server().forget();
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    const auto profiles = ProfileStore(settings).profiles();
    QCOMPARE(profiles.size(), 2U);

    Q_EMIT shownAs<MainWindow>()->profileChosen(profiles.back().id);

    QTRY_VERIFY(saw(m_scene->server, first));
    QVERIFY(!saw(m_scene->server, second));
    QVERIFY(!saw(m_scene->other, first));
}

void TokenPathsTest::switchingWithALockedKeychainAsks()
{
    m_scene->startSignedIn();
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    m_scene->signIn(second, m_scene->other.url());
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    lockKeychain();

    Q_EMIT shownAs<MainWindow>()->profileChosen(ProfileStore(settings).profiles().back().id);

    QTRY_VERIFY(QApplication::activeModalWidget());
    QCOMPARE(front().window().windowTitle(), u"Sign in"_s);
    QCOMPARE(front().line(u"Server URL"_s)->text(), m_scene->server.url().toString());
}

void TokenPathsTest::settingsOfAProfileKeepTheToken()
{
    m_scene->startSignedIn();
    const QString before = seenFromOutside();
    m_scene->server.server().forget();
    choose(u"Profile settings…"_s);
    front().line(u"Profile name"_s)->setText(u"West"_s);
    front().click(u"Save"_s);
    QTRY_VERIFY(saw(m_scene->server, first));
    QCOMPARE(seenFromOutside(), before);
}

void TokenPathsTest::aProxysPasswordThatIsNotKeptIsTold()
{
    m_scene->startSignedIn();
    choose(u"Profile settings…"_s);
    front().choose(u"Proxy"_s, u"HTTP"_s);
    front().line(u"Proxy host"_s)->setText(u"proxy.example.com"_s);
    front().line(u"Proxy user"_s)->setText(u"ada"_s);
    front().part(QAccessible::EditableText, u"Proxy password"_s)->setFocus();
    front().type(u"of-the-proxy"_s);
    lockKeychain();
    front().click(u"Save"_s);
    QTRY_VERIFY(
        QApplication::activeModalWidget() &&
        front().visibleText().contains(u"does not keep the proxy's password: The keychain is locked."_s));
}

QTEST_MAIN(TokenPathsTest)
#include "tokenpathstest.moc"
