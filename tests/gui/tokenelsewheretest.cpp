// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filledform.h"
#include "gui/keychainscene.h"
#include "support/holdsfor.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray ofGrace = "grace-token-of-the-other-instance";

/// Whose token it is.
std::optional<ScriptedReply> graceIfSo(const RecordedRequest &request)
{
    if (request.path() == "/me" && request.header("Authorization") == "Bearer " + ofGrace)
        return ScriptedReply{.body = R"({"id":"bbbbbbbbbbbbbbbbbbbbbbbb","email":"grace@example.com"})"};
    return std::nullopt;
}

} // namespace

/// What another process of the program does, with the settings and the keychain of this one.
class OtherInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QCoreApplication::setOrganizationName(u"Credenza"_s);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                           qEnvironmentVariable("TEST_SETTINGS"));
        m_program = std::make_unique<Program>(StartOptions{.server = url()}, ProgramDriver::realSandbox);
        m_program->start();
        QTRY_VERIFY(shownAs<MainWindow>());
    }
    void cleanup() { m_program.release(); } // as this process ends

    void signsOut()
    {
        choose(u"Sign out"_s);
        QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
        QTest::qWait(300); // for the keychain
    }
    void signsOutAndInAgain()
    {
        signsOut();
        KeychainScene::signIn(second);
        QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    }
    void signsInAsAnother()
    {
        openSignIn();
        KeychainScene::enter(ofGrace);
        QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(ofGrace)));
    }
    void signsInAsTheSame()
    {
        openSignIn();
        KeychainScene::enter(second);
        QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    }
    void forgets()
    {
        openSignIn();
        front().click(u"Forget"_s);
        QTRY_VERIFY(front().visibleText().contains(u"are removed from this computer"_s));
        front().click(u"Forget"_s);
        QTRY_VERIFY(seenFromOutside().isEmpty());
        QSettings(u"Credenza"_s, u"Credenza"_s).sync();
        QTest::qWait(300); // for the settings
    }

private:
    static QUrl url() { return QUrl(qEnvironmentVariable("TEST_URL")); }
    static void openSignIn()
    {
        choose(u"Sign in differently…"_s);
        QTRY_VERIFY(QApplication::activeModalWidget());
        front().choose(u"Profile"_s, u"ada@example.com · 127.0.0.1"_s);
    }

    std::unique_ptr<Program> m_program;
};

/// A token that another instance has given up, with a real keychain: this one notices, and asks.
class TokenElsewhereTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_scene.reset(); }

    void signingOutElsewhereIsNoticedAndLosesNothing();
    void whatIsNotSignedInAgainAsksNothingOfTheServer();
    void signingOutElsewhereIsNoticedWhileTheKeychainIsLocked() { signOutAs(lockKeychain); }
    void signingOutElsewhereIsNoticedWhileTheKeychainIsSilent()
    {
        signOutAs([] { signalKeychain(SIGSTOP); });
    }
    void signingOutElsewhereWhileThisOneStartsIsNoticed();
    void signingOutAndInAgainElsewhereIsNoticed();
    void signingInAsAnotherElsewhereIsNoticedAndItsTokenStays();
    void forgettingTheProfileElsewhereIsNoticed();
    void signingInAsTheSameElsewhereAsksNothing();
    void aSecondSignOutElsewhereIsNoticedToo();

private:
    /// Runs another process while this one goes on.
    void otherInstance(const char *does);
    /// Has another one sign out as this happens to the keychain.
    void signOutAs(void (*happens)());
    /// Waits until the sign-in is asked for; everything it says.
    static QString asked();
    static void settle() { QTest::qWait(1300); } // until the settings are watched

    std::unique_ptr<KeychainScene> m_scene;
};

void TokenElsewhereTest::init()
{
    if (!KeychainScene::isThere())
        QSKIP("There is no keychain");
    m_scene = std::make_unique<KeychainScene>();
    m_scene->server.setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(3));
    m_scene->server.setException(graceIfSo);
}

void TokenElsewhereTest::otherInstance(const char *does)
{
    QProcess other;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TEST_SETTINGS"_s, m_scene->driver.settingsFolder());
    environment.insert(u"TEST_URL"_s, m_scene->server.url().toString());
    other.setProcessEnvironment(environment);
    other.setProcessChannelMode(QProcess::MergedChannels);
    other.start(QCoreApplication::applicationFilePath(), {u"--other"_s, QString::fromLatin1(does)});
    QTRY_COMPARE_WITH_TIMEOUT(other.state(), QProcess::NotRunning, 20'000);
    QVERIFY2(other.exitStatus() == QProcess::NormalExit && other.exitCode() == 0,
             other.readAll().constData());
}

QString TokenElsewhereTest::asked()
{
    if (!QTest::qWaitFor([] {
            const QWidget *modal = QApplication::activeModalWidget();
            return modal && modal->windowTitle() == "Sign in"_L1;
        }))
        return u"nothing"_s;
    return front().visibleText();
}

void TokenElsewhereTest::signingOutElsewhereIsNoticedAndLosesNothing()
{
    m_scene->startSignedIn();
    const GuiProbe window(*shownAs<MainWindow>());
    QTRY_COMPARE(window.label(u"Page status"_s), u"1–3 of 3"_s);
    const QPointer<QWidget> form = openFilledForm(window);
    settle();

    otherInstance("signsOut");

    QVERIFY2(asked().contains(u"signed out of ada@example.com · 127.0.0.1 in another window"_s),
             qPrintable(asked()));
    QCOMPARE(window.column(u"Credentials"_s, u"Name"_s).size(), 3);
    m_scene->server.server().forget();
    m_scene->enter(second);
    QTRY_COMPARE(QApplication::activeModalWidget(), form.data());
    QCOMPARE(GuiProbe(*form).line(u"Name"_s)->text(), u"Mail"_s);
    GuiProbe(*form).click(u"Create"_s);
    QTRY_COMPARE(m_scene->server.server().count("POST"), 1);
    QTRY_VERIFY(window.column(u"Credentials"_s, u"Name"_s).contains(u"Mail"_s));
    QVERIFY(!saw(m_scene->server, first));
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    m_scene->restart(); // what was asked for is kept
    QTRY_VERIFY(shownAs<MainWindow>());
}

void TokenElsewhereTest::whatIsNotSignedInAgainAsksNothingOfTheServer()
{
    m_scene->startSignedIn();
    const GuiProbe window(*shownAs<MainWindow>());
    QTRY_COMPARE(window.label(u"Page status"_s), u"1–3 of 3"_s);
    settle();
    otherInstance("signsOut");
    QVERIFY(asked().contains(u"in another window"_s));
    m_scene->server.server().forget();
    front().click(u"Cancel"_s);
    QTRY_VERIFY(!QApplication::activeModalWidget());

    window.window().activateWindow(); // where no window manager does
    front().key(Qt::Key_F5);
    QVERIFY2(asked().contains(u"in another window"_s), qPrintable(asked())); // each time
    front().click(u"Cancel"_s);
    QTRY_VERIFY(window.has(QAccessible::StaticText, errorMessage));
    QVERIFY2(window.label(errorMessage).contains(u"Nothing was sent, as you have signed out"_s),
             qPrintable(window.label(errorMessage)));
    QCOMPARE(window.column(u"Credentials"_s, u"Name"_s).size(), 3);
    QCOMPARE(m_scene->server.server().wire(), QByteArray());

    window.window().activateWindow();
    const GuiProbe form(*openFilledForm(window)); // a POST waits for the sign-in just so
    form.click(u"Create"_s);
    QVERIFY(asked().contains(u"in another window"_s));
    QCOMPARE(m_scene->server.server().wire(), QByteArray());
    m_scene->enter(second);
    QTRY_COMPARE(m_scene->server.server().count("POST"), 1);
    QTRY_VERIFY(window.column(u"Credentials"_s, u"Name"_s).contains(u"Mail"_s));
    QVERIFY(!saw(m_scene->server, first));
}

void TokenElsewhereTest::signOutAs(void (*happens)())
{
    m_scene->startSignedIn();
    settle();
    bool isDone = false; // once the other one has its token, and asks the server
    m_scene->server.setException([&](const RecordedRequest &) {
        if (!std::exchange(isDone, true))
            happens();
        return std::optional<ScriptedReply>();
    });
    otherInstance("signsOut");
    m_scene->server.setException(graceIfSo);
    QVERIFY(isDone);
    const QString said = asked();
    signalKeychain(SIGCONT);
    QVERIFY2(said.contains(u"in another window"_s), qPrintable(said));
}

void TokenElsewhereTest::signingOutElsewhereWhileThisOneStartsIsNoticed()
{
    m_scene->startSignedIn(); // and is not watched yet
    otherInstance("signsOut");
    QVERIFY(asked().contains(u"in another window"_s));
}

void TokenElsewhereTest::signingOutAndInAgainElsewhereIsNoticed()
{
    m_scene->startSignedIn();
    settle();
    otherInstance("signsOutAndInAgain");
    QVERIFY(asked().contains(u"in another window"_s));
}

void TokenElsewhereTest::signingInAsAnotherElsewhereIsNoticedAndItsTokenStays()
{
    m_scene->startSignedIn();
    QTRY_VERIFY(m_scene->server.server().wire().contains("GET /me"));
    settle();
    otherInstance("signsInAsAnother");
    QVERIFY2(asked().contains(u"signed in as grace@example.com in place of ada@example.com"_s),
             qPrintable(asked()));
    m_scene->enter(second);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QTest::qWait(300); // for a write that should not come
    QVERIFY(seenFromOutside().contains(QString::fromLatin1(ofGrace)));
    QVERIFY(!seenFromOutside().contains(QString::fromLatin1(second)));
}

void TokenElsewhereTest::forgettingTheProfileElsewhereIsNoticed()
{
    m_scene->startSignedIn();
    settle();
    otherInstance("forgets");
    QVERIFY2(asked().contains(u"forgotten the profile ada@example.com"_s), qPrintable(asked()));
    m_scene->enter(second);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QTest::qWait(300); // for a write that should not come
    QVERIFY(seenFromOutside().isEmpty());
}

void TokenElsewhereTest::signingInAsTheSameElsewhereAsksNothing()
{
    m_scene->startSignedIn();
    settle();
    otherInstance("signsInAsTheSame");
    VERIFY_HOLDS_FOR(500ms, !QApplication::activeModalWidget());
}

void TokenElsewhereTest::aSecondSignOutElsewhereIsNoticedToo()
{
    m_scene->startSignedIn();
    settle();
    otherInstance("signsOut");
    QVERIFY(asked().contains(u"in another window"_s));
    m_scene->enter(second);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QTRY_VERIFY(seenFromOutside().contains(QString::fromLatin1(second)));
    otherInstance("signsOut");
    QVERIFY(asked().contains(u"in another window"_s));
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--other"_L1) {
        OtherInstance other;
        return QTest::qExec(&other, {arguments.at(0), arguments.value(2)});
    }
    TokenElsewhereTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tokenelsewheretest.moc"
