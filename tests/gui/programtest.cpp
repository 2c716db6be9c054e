// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "gui/fakelosant.h"
#include "mainwindow.h"
#include "sandbox/sandboxserver.h"
#include "support/guiprobe.h"
#include "support/storeasking.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

const QString service = u"io.github.credenza.Credenza"_s;
const QUrl unusedServer(u"https://api.example.com"_s);

tl::expected<Sandbox, QString> noSandbox()
{
    return tl::unexpected(u"no port is free"_s);
}

tl::expected<Sandbox, QString> realSandbox()
{
    auto server = std::make_shared<SandboxServer>();
    return Sandbox{server, server->url(), server->token()};
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

    void aProfileForgottenFromTheSandboxLeavesNoToken();
    void aTokenThatIsStillInTheKeychainIsTold();
    void aTokenThatIsNotToBeKeptLeavesNoneBehind();

private:
    static bool hasKeychain() { return qEnvironmentVariableIsSet("TEST_KEYCHAIN_PID"); }
    /// Signs in to the sandbox and opens the sign-in dialog over it, for the profile.
    void openSignInOverTheSandbox(const QString &profile);
    static void forget();
    void start(const StartOptions &options, StartSandbox sandbox = realSandbox);
    Profile keep(const QString &name, const QUrl &server);
    /// The only window or dialog that shows.
    static QWidget *shown();
    template<typename T>
    static T *shownAs()
    {
        return qobject_cast<T *>(shown());
    }
    /// Chosen in the window's menu.
    static void choose(const QString &action);

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Program> m_program;
};

void ProgramTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Credenza"_s);
    if (!hasKeychain())
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void ProgramTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home->path());
}

void ProgramTest::cleanup()
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->disconnect(m_program.get()); // or it quits
    m_program.reset();
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->close();
}

void ProgramTest::start(const StartOptions &options, StartSandbox sandbox)
{
    m_program = std::make_unique<Program>(options, std::move(sandbox));
    m_program->start();
    QTRY_VERIFY(shown());
    QVERIFY(QTest::qWaitForWindowActive(shown()));
}

Profile ProgramTest::keep(const QString &name, const QUrl &server)
{
    QSettings settings(u"Credenza"_s, u"Credenza"_s);
    Profile profile{.name = name, .connection = {.server = server}};
    ProfileStore(settings).save(profile);
    return profile;
}

QWidget *ProgramTest::shown()
{
    QWidget *found = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (!widget->isVisible() || widget->windowType() == Qt::ToolTip)
            continue;
        if (found)
            return nullptr;
        found = widget;
    }
    return found;
}

void ProgramTest::choose(const QString &action)
{
    for (QAction *known : shown()->findChildren<QAction *>()) {
        if (known->text().remove(u'&') == action) {
            known->trigger();
            return;
        }
    }
    qFatal("There is no action %s", qUtf8Printable(action));
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

void ProgramTest::openSignInOverTheSandbox(const QString &profile)
{
    start({.opensSandbox = true, .server = unusedServer});
    choose(u"Sign in differently…"_s);
    QTRY_VERIFY(QApplication::activeModalWidget());
    GuiProbe(*QApplication::activeModalWidget()).choose(u"Profile"_s, profile);
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
    QCOMPARE(ask.write(profile.id, "token"), QString());
    openSignInOverTheSandbox(u"West"_s);

    forget();

    QTRY_COMPARE(ask.read(profile.id), QByteArray());
}

void ProgramTest::aTokenThatIsStillInTheKeychainIsTold()
{
    if (!hasKeychain())
        QSKIP("There is no keychain");
    keep(u"West"_s, unusedServer);
    openSignInOverTheSandbox(u"West"_s);
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
    QCOMPARE(ask.write(profile.id, "token"), QString());
    openSignInOverTheSandbox(u"West"_s);
    const GuiProbe dialog(*QApplication::activeModalWidget());
    dialog.part(QAccessible::EditableText, u"API token"_s)->setFocus();
    dialog.type(u"another"_s);
    qobject_cast<QAbstractButton *>(dialog.part(QAccessible::CheckBox, u"Stay signed in on this computer"_s))
        ->click();

    dialog.click(u"Sign in"_s);

    QTRY_VERIFY(shownAs<MainWindow>());
    QTRY_COMPARE(ask.read(profile.id), QByteArray());
}

QTEST_MAIN(ProgramTest)
#include "programtest.moc"
