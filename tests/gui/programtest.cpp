// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/programdriver.h"

#include "gui/fakelosant.h"
#include "gui/filledform.h"
#include "mainwindow.h"
#include "support/holdsfor.h"
#include "support/storeasking.h"
#include "support/testcertificate.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTreeView>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString service = u"io.github.credenza.Credenza"_s;
const QString certificateAuthorities = u"Certificate authorities"_s;
const QUrl unusedServer(u"https://api.example.com"_s);

tl::expected<Sandbox, QString> noSandbox()
{
    return tl::unexpected(u"no port is free"_s);
}

} // namespace

/// Which window is open, from sign-in to sign-out, on a computer without a keychain; and what is left in one,
/// as tests/contract/keychain.py has it.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void withoutASignInItAsksForOne();
    void aSandboxThatCannotStartLeadsToSignIn();
    void aSandboxThatCannotStartLeadsBackToSignIn();
    void leavingTheSandboxForgetsItsAddress();
    void theProfileThatWasChosenLastIsOpened();
    void theApplicationOfTheStartIsForTheFirstWindow();
    void theSandboxOpensWhereItWasLeft();
    void aSignInOverAWindowEndsBeforeTheWindowGoes();
    void theSettingsOfAProfileEndBeforeTheWindowGoes();

    void authoritiesThatCannotBeReadAreToldOnceInTheWindow();
    void theSandboxHasNoNeedOfAuthorities();
    void aRefusedTokenIsAskedForAgainFromTheWindow();

    void whatWasTypedIsAskedAboutBeforeTheWindowGoes_data() { addWaysOut(); }
    void whatWasTypedIsAskedAboutBeforeTheWindowGoes();
    void aCreateUnderWayIsWaitedForBeforeTheWindowGoes_data() { addWaysOut(); }
    void aCreateUnderWayIsWaitedForBeforeTheWindowGoes();
    void aCreateThatMayHaveHappenedIsToldBeforeTheWindowGoes_data() { addWaysOut(); }
    void aCreateThatMayHaveHappenedIsToldBeforeTheWindowGoes();

    void aProfileForgottenFromTheSandboxLeavesNoToken();
    void aTokenThatIsStillInTheKeychainIsTold();
    void aTokenThatIsNotToBeKeptLeavesNoneBehind();
    void aTokenOfTheKeychainThatCannotBeUsedIsTold();

private:
    static bool hasKeychain() { return qEnvironmentVariableIsSet("TEST_KEYCHAIN_PID"); }
    /// Signs in to the sandbox and opens the sign-in dialog over it, for the profile.
    void openSignInOverTheSandbox(const QString &profile);
    static void forget();
    static void addWaysOut();
    /// Signs in to one server, then to another, which the window shows; the first has the other profile.
    void signInToBoth(FakeLosant &one, FakeLosant &other);
    void leave(const QString &way);
    static bool hasLeft(const QPointer<QWidget> &window) { return !window || !window->isVisible(); }
    void start(const StartOptions &options, StartSandbox sandbox = ProgramDriver::realSandbox)
    {
        m_driver->start(options, std::move(sandbox));
    }
    Profile keep(const QString &name, const QUrl &server) { return m_driver->keep(name, server); }

    std::unique_ptr<ProgramDriver> m_driver;
};

void ProgramTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Credenza"_s);
    if (!hasKeychain())
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void ProgramTest::init()
{
    m_driver = std::make_unique<ProgramDriver>();
}

void ProgramTest::cleanup()
{
    m_driver.reset();
}

void ProgramTest::aRefusedTokenIsAskedForAgainFromTheWindow()
{
    FakeLosant server;
    server.setCredentials(server.addApplication(u"Demo"_s), FakeLosant::someCredentials(3));
    server.setException([](const RecordedRequest &request) {
        return request.header("Authorization") == "Bearer new"
                   ? std::nullopt
                   : std::optional(FakeLosant::error(401, u"Expired"_s));
    });
    start({.server = server.url(), .token = "old"});
    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    front().key(Qt::Key_Escape);
    QTRY_VERIFY(shownAs<MainWindow>() && !QApplication::activeModalWidget());
    shown()->activateWindow(); // where no window manager does
    QTRY_VERIFY(front().has(QAccessible::StaticText, u"Error message"_s));
    QTRY_COMPARE(front().visibleText().count(u"not accepted"_s), 1);

    front().click(u"Sign in"_s);

    QTRY_COMPARE(front().window().windowTitle(), u"Sign in"_s);
    front().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    front().type(u"new"_s);
    front().click(u"Sign in"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    shown()->activateWindow();
    QTRY_COMPARE(front().label(u"Page status"_s), u"1–3 of 3"_s);
    QVERIFY(!front().has(QAccessible::StaticText, u"Error message"_s));
}

void ProgramTest::withoutASignInItAsksForOne()
{
    start({.server = unusedServer});
    QCOMPARE(shown()->windowTitle(), u"Sign in"_s);
    QCOMPARE(GuiProbe(*shown()).line(u"Server URL"_s)->text(), unusedServer.toString());
}

void ProgramTest::aSandboxThatCannotStartLeadsToSignIn()
{
    start({.opensSandbox = true, .server = unusedServer}, noSandbox);
    QCOMPARE(shown()->windowTitle(), u"Sign in"_s);
    QVERIFY(GuiProbe(*shown()).label(u"Error message"_s).contains(u"no port is free"_s));
}

void ProgramTest::aSandboxThatCannotStartLeadsBackToSignIn()
{
    start({.server = unusedServer}, noSandbox);
    const QPointer<QWidget> first = shown();
    GuiProbe(*first).click(u"Open the sandbox"_s);
    QTRY_VERIFY(!first);
    QTRY_VERIFY(shown());
    QCOMPARE(shown()->windowTitle(), u"Sign in"_s);
    QVERIFY(GuiProbe(*shown()).label(u"Error message"_s).contains(u"no port is free"_s));
}

void ProgramTest::leavingTheSandboxForgetsItsAddress()
{
    start({.opensSandbox = true, .server = unusedServer});
    QVERIFY(shownAs<MainWindow>());

    choose(u"Leave the sandbox"_s);

    QTRY_VERIFY(shownAs<QDialog>());
    QCOMPARE(GuiProbe(*shown()).line(u"Server URL"_s)->text(), unusedServer.toString());
}

void ProgramTest::theProfileThatWasChosenLastIsOpened()
{
    FakeLosant first;
    FakeLosant last;
    const Profile one = keep(u"First"_s, first.url());
    const Profile other = keep(u"Last"_s, last.url());
    start({.opensSandbox = true, .server = unusedServer});
    auto *window = shownAs<MainWindow>();

    Q_EMIT window->profileChosen(one.id);
    Q_EMIT window->profileChosen(other.id);

    QTRY_VERIFY(QApplication::activeModalWidget());
    const GuiProbe dialog(*QApplication::activeModalWidget());
    QCOMPARE(dialog.line(u"Server URL"_s)->text(), last.url().toString());
}

void ProgramTest::theApplicationOfTheStartIsForTheFirstWindow()
{
    FakeLosant losant;
    const QString plant = losant.addApplication(u"Plant floor"_s);
    losant.addApplication(u"Warehouse"_s);
    start({.server = losant.url(), .token = "token", .applicationId = plant});
    QTRY_COMPARE(shown()->windowTitle(), u"Credenza – Plant floor"_s);

    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    GuiProbe(*QApplication::activeModalWidget()).click(u"Open the sandbox"_s);

    QTRY_VERIFY(shown() && shown()->windowTitle() != u"Credenza – Plant floor"_s);
    QTRY_VERIFY(shown()->windowTitle() != u"Credenza"_s); // the first of the list, and not one that is gone
}

void ProgramTest::theSandboxOpensWhereItWasLeft()
{
    start({.opensSandbox = true, .server = unusedServer});
    QTRY_COMPARE(shown()->windowTitle(), u"Credenza – Demo"_s);
    GuiProbe(*shown()).tree(u"Applications"_s)->setFocus();
    GuiProbe(*shown()).key(Qt::Key_Down);
    QTRY_COMPARE(shown()->windowTitle(), u"Credenza – Home lab"_s);

    start({.opensSandbox = true, .server = unusedServer}); // at another address

    QTRY_COMPARE(shown()->windowTitle(), u"Credenza – Home lab"_s);
}

void ProgramTest::aSignInOverAWindowEndsBeforeTheWindowGoes()
{
    start({.opensSandbox = true, .server = unusedServer});
    const QPointer<QWidget> before = shown();
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    const QSignalSpy finished(dialog, &QDialog::finished);

    GuiProbe(*dialog).click(u"Open the sandbox"_s);

    QCOMPARE(finished.size(), 1);
    QTRY_VERIFY(!before);
    QVERIFY(shownAs<MainWindow>());
}

void ProgramTest::theSettingsOfAProfileEndBeforeTheWindowGoes()
{
    FakeLosant losant;
    start({.server = losant.url()});
    GuiProbe(*shown()).type(u"token"_s);
    GuiProbe(*shown()).click(u"Sign in"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    const QPointer<QWidget> before = shown();
    choose(u"Profile settings…"_s);
    auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    QVERIFY(dialog);
    const QSignalSpy finished(dialog, &QDialog::finished);
    GuiProbe(*dialog).line(u"Profile name"_s)->setText(u"West"_s);

    GuiProbe(*dialog).click(u"Save"_s);

    QCOMPARE(finished.size(), 1);
    QTRY_VERIFY(!before);
    QVERIFY(shownAs<MainWindow>());
}

void ProgramTest::authoritiesThatCannotBeReadAreToldOnceInTheWindow()
{
    TestCertificate::trust();
    ScriptedServer server(ScriptedServer::Security::Tls);
    server.otherwise({.body = R"({"items": [], "totalCount": 0, "id": "57", "email": "ada@example.com"})"});
    const auto unset = qScopeGuard([] { qunsetenv("SSL_CERT_FILE"); });
    qputenv("SSL_CERT_FILE", "/nowhere/ca.pem");
    start({.server = server.url()});
    front().type(u"token"_s);
    front().click(u"Sign in"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    QTRY_VERIFY(front().has(QAccessible::StaticText, certificateAuthorities));
    const QString said = front().label(certificateAuthorities);
    QVERIFY2(said.contains(u"SSL_CERT_FILE"_s) && said.contains(u"“/nowhere/ca.pem” does not exist"_s) &&
                 said.contains(u"start Credenza again"_s),
             qPrintable(said));
    front().click(u"Close"_s);
    QVERIFY(!front().has(QAccessible::StaticText, certificateAuthorities));

    const QPointer<QWidget> before = shown();
    choose(u"Profile settings…"_s);
    front().click(u"Save"_s);
    QTRY_VERIFY(!before && shownAs<MainWindow>());
    VERIFY_HOLDS_FOR(1500ms, !front().has(QAccessible::StaticText, certificateAuthorities));
}

void ProgramTest::theSandboxHasNoNeedOfAuthorities()
{
    const auto unset = qScopeGuard([] { qunsetenv("SSL_CERT_FILE"); });
    qputenv("SSL_CERT_FILE", "/nowhere/ca.pem");
    start({.opensSandbox = true, .server = unusedServer});
    VERIFY_HOLDS_FOR(1500ms, !front().has(QAccessible::StaticText, certificateAuthorities));
}

void ProgramTest::addWaysOut()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"another profile", "signing out", "quitting"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void ProgramTest::signInToBoth(FakeLosant &one, FakeLosant &other)
{
    start({.server = one.url()});
    front().type(u"token"_s);
    front().click(u"Sign in"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    front().line(u"Server URL"_s)->setText(other.url().toString());
    front().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    front().type(u"token"_s);
    front().click(u"Sign in"_s);
    QTRY_VERIFY(shownAs<MainWindow>());
    QTRY_VERIFY(GuiProbe(*shown()).isEnabled(QAccessible::PushButton, u"New credential"_s));
}

/// The keychain may take its time, so a form can be open when it answers.
void ProgramTest::leave(const QString &way)
{
    MainWindow *window = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *shown = qobject_cast<MainWindow *>(widget); shown && shown->isVisible())
            window = shown;
    }
    QVERIFY(window);
    if (way == "another profile"_L1) {
        QSettings settings(u"Credenza"_s, u"Credenza"_s);
        Q_EMIT window->profileChosen(ProfileStore(settings).profiles().back().id);
    } else if (way == "signing out"_L1) {
        Q_EMIT window->signOutRequested();
    } else {
        disconnect(window, &MainWindow::closed, nullptr, nullptr); // it ends the event loop
        window->close();
    }
}

void ProgramTest::whatWasTypedIsAskedAboutBeforeTheWindowGoes()
{
    QFETCH(QString, way);
    FakeLosant one, losant;
    losant.addApplication(u"Plant floor"_s);
    signInToBoth(one, losant);
    const QPointer<QWidget> window = shown();
    const QPointer<QWidget> form = openFilledForm(GuiProbe(*window));

    leave(way);
    QTRY_VERIFY(front().visibleText().contains(u"Discard what you typed?"_s));
    front().click(u"Keep editing"_s);
    QTRY_COMPARE(QApplication::activeModalWidget(), form.data());
    VERIFY_HOLDS_FOR(50ms, window && window->isVisible() && form && form->isVisible());
    QCOMPARE(GuiProbe(*form).line(u"Name"_s)->text(), u"Mail"_s);

    leave(way);
    QTRY_VERIFY(front().visibleText().contains(u"Discard what you typed?"_s));
    front().click(u"Discard"_s);
    QTRY_VERIFY(hasLeft(window));
    QCOMPARE(losant.server().count("POST"), 0);
}

void ProgramTest::aCreateUnderWayIsWaitedForBeforeTheWindowGoes()
{
    QFETCH(QString, way);
    FakeLosant one, losant;
    losant.addApplication(u"Plant floor"_s);
    signInToBoth(one, losant);
    const QPointer<QWidget> window = shown();
    const GuiProbe form(*openFilledForm(GuiProbe(*window)));
    losant.setException([](const RecordedRequest &request) {
        return request.method == "POST"
                   ? std::optional(ScriptedReply{.status = 201,
                                                 .body = R"({"id":"57","name":"Mail","type":"sendgrid"})",
                                                 .delay = std::chrono::milliseconds(400)})
                   : std::nullopt;
    });
    form.click(u"Create"_s);
    QTRY_COMPARE(losant.server().count("POST"), 1);

    leave(way);
    VERIFY_HOLDS_FOR(100ms, window && window->isVisible());

    QTRY_VERIFY(hasLeft(window));
    QCOMPARE(losant.server().count("POST"), 1);
}

void ProgramTest::aCreateThatMayHaveHappenedIsToldBeforeTheWindowGoes()
{
    QFETCH(QString, way);
    FakeLosant one, losant;
    losant.addApplication(u"Plant floor"_s);
    signInToBoth(one, losant);
    const QPointer<QWidget> window = shown();
    const GuiProbe form(*openFilledForm(GuiProbe(*window)));
    losant.setException([](const RecordedRequest &request) {
        return request.method == "POST" ? std::optional(ScriptedReply{.way = ScriptedReply::Way::CloseBefore})
                                        : std::nullopt;
    });
    form.click(u"Create"_s);
    QTRY_COMPARE(losant.server().count("POST"), 1);

    leave(way);

    QTRY_VERIFY_WITH_TIMEOUT(front().visibleText().contains(u"it may have been created"_s), 15'000);
    QVERIFY(window && window->isVisible());
    front().click(u"Discard"_s);
    QTRY_VERIFY(hasLeft(window));
}

void ProgramTest::openSignInOverTheSandbox(const QString &profile)
{
    start({.opensSandbox = true, .server = unusedServer});
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    front().choose(u"Profile"_s, profile);
}

void ProgramTest::forget()
{
    const QPointer<QWidget> signIn = QApplication::activeModalWidget();
    GuiProbe(*signIn).click(u"Forget"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() != signIn);
    GuiProbe(*QApplication::activeModalWidget()).click(u"Forget"_s);
    QTRY_COMPARE(QApplication::activeModalWidget(), signIn);
}

void ProgramTest::aProfileForgottenFromTheSandboxLeavesNoToken()
{
    if (!hasKeychain())
        QSKIP("There is no keychain");
    const Profile profile = keep(u"West"_s, unusedServer);
    TokenStore store(service);
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.write(profile, "token"), QString());
    openSignInOverTheSandbox(u"West"_s);

    forget();

    QTRY_COMPARE(ask.read(profile), QByteArray());
}

void ProgramTest::aTokenThatIsStillInTheKeychainIsTold()
{
    if (!hasKeychain())
        QSKIP("There is no keychain");
    keep(u"West"_s, unusedServer);
    openSignInOverTheSandbox(u"West"_s);
    QTRY_VERIFY(
        GuiProbe(*QApplication::activeModalWidget()).visibleText().contains(u"It is kept in the keychain"_s));
    QCOMPARE(::kill(qEnvironmentVariableIntValue("TEST_KEYCHAIN_PID"), SIGKILL), 0);

    forget();

    const GuiProbe dialog(*QApplication::activeModalWidget());
    QTRY_VERIFY(dialog.has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(dialog.label(u"Error message"_s).contains(u"still holds its token"_s));
}

void ProgramTest::aTokenThatIsNotToBeKeptLeavesNoneBehind()
{
    if (!hasKeychain())
        QSKIP("There is no keychain");
    FakeLosant losant;
    const Profile profile = keep(u"West"_s, losant.url());
    TokenStore store(service);
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.write(profile, "token"), QString());
    openSignInOverTheSandbox(u"West"_s);
    const GuiProbe dialog = front();
    dialog.part(QAccessible::EditableText, u"API token"_s)->setFocus();
    dialog.type(u"another"_s);
    qobject_cast<QAbstractButton *>(dialog.part(QAccessible::CheckBox, u"Stay signed in on this computer"_s))
        ->click();

    dialog.click(u"Sign in"_s);

    QTRY_VERIFY(shownAs<MainWindow>());
    QTRY_COMPARE(ask.read(profile), QByteArray());
}

void ProgramTest::aTokenOfTheKeychainThatCannotBeUsedIsTold()
{
    if (!hasKeychain())
        QSKIP("There is no keychain");
    FakeLosant losant;
    const Profile profile = keep(u"West"_s, losant.url());
    TokenStore store(service);
    StoreAsking ask(store);
    QCOMPARE(ask.open(), TokenStore::Place::Keychain);
    QCOMPARE(ask.write(profile, "abc\r\nX-Evil: 1"), QString());

    start({.server = losant.url()});

    QCOMPARE(shown()->windowTitle(), u"Sign in"_s);
    const QString said = GuiProbe(*shown()).label(u"Error message"_s);
    QVERIFY2(said.contains(u"token in the keychain can't be used"_s), qPrintable(said));
    QCOMPARE(losant.server().connectionCount(), 0);
}

QTEST_MAIN(ProgramTest)
#include "programtest.moc"
