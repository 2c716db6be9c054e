// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signindialog.h"

#include "gui/fakelosant.h"
#include "gui/openwindow.h"
#include "services/tokenstore.h"
#include "support/guiprobe.h"
#include "support/heldkey.h"
#include "support/holdsfor.h"
#include "widgets/unsavedwork.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString errorMessage = u"Error message"_s;
const QString token = u"eyJhbGciOiJIUzI1NiJ9.c2VudGluZWw.x"_s;

} // namespace

/// The dialog that asks for an API token or offers the sandbox.
class SignInDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void itIsCalledSignIn();
    void theTokenHasTheFocusAndIsMasked();
    void withoutATokenItSaysWhatIsMissing();
    void aTokenThatTheServerTakesSignsIn();
    void aKeyThatWasDownBeforeSignsNobodyIn();
    void blanksAroundATokenAreNotSent();
    void aTokenThatTheServerRefusesIsSaidToBeRefused();
    void anApplicationTokenIsTaken();
    void aServerThatFailsIsNotTakenForARefusal();
    void editingTakesTheMessageAway();
    void theSandboxNeedsNoToken();
    void escapeIsRejection();
    void theTokenGoesToTheServersOriginAlone();
    void aServerThatIsNotSafeIsRefusedBeforeAnythingIsSent_data();
    void aServerThatIsNotSafeIsRefusedBeforeAnythingIsSent();
    void whatStandsAroundAServerUrlDoesNotCount_data();
    void whatStandsAroundAServerUrlDoesNotCount();
    void anotherServerCanBeChosen();
    void onlyAProfileThatIsKeptCanBeForgotten();
    void anAnswerAfterEscapeSignsNobodyIn();
    void whileItWaitsItsWaysOutEndTheAttemptAlone_data();
    void whileItWaitsItsWaysOutEndTheAttemptAlone();
    void whatWasTypedIsNotLostWithoutAQuestion_data();
    void whatWasTypedIsNotLostWithoutAQuestion();
    void aProfileThatAnApplicationTokenSignsInToHasNoAccount();

private:
    void open(const Profile &profile);
    void paste(const QString &text);

    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<ProfileStore> m_profiles;
    std::unique_ptr<TokenStore> m_tokens;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<SignInDialog> m_dialog;
    std::unique_ptr<GuiProbe> m_probe;
};

void SignInDialogTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_profiles = std::make_unique<ProfileStore>(m_settings->settings);
    m_tokens = std::make_unique<TokenStore>(u"io.github.credenza.Test"_s);
    open({.connection = {.server = m_losant->url()}});
}

void SignInDialogTest::open(const Profile &profile)
{
    m_dialog = std::make_unique<SignInDialog>(*m_profiles, *m_tokens, profile, false);
    m_probe = std::make_unique<GuiProbe>(*m_dialog);
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void SignInDialogTest::cleanup()
{
    m_probe.reset();
    m_dialog.reset();
    m_tokens.reset();
}

void SignInDialogTest::paste(const QString &text)
{
    m_probe->part(QAccessible::EditableText, u"API token"_s)->setFocus();
    QGuiApplication::clipboard()->setText(text);
    m_probe->key(Qt::Key_V, Qt::ControlModifier);
}

void SignInDialogTest::itIsCalledSignIn()
{
    QCOMPARE(m_dialog->windowTitle(), u"Sign in"_s);
    QVERIFY(m_probe->has(QAccessible::PushButton, u"Sign in"_s));
    QVERIFY(m_probe->has(QAccessible::PushButton, u"Open the sandbox"_s));
    QVERIFY(m_probe->visibleText().contains(u"127.0.0.1"_s));
}

void SignInDialogTest::theTokenHasTheFocusAndIsMasked()
{
    QWidget *field = m_probe->part(QAccessible::EditableText, u"API token"_s);
    QVERIFY(field->hasFocus());
    m_probe->type(u"abc"_s);
    QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(field);
    QVERIFY(heard->state().passwordEdit);
    QCOMPARE(heard->text(QAccessible::Value), u"•••"_s);
}

void SignInDialogTest::withoutATokenItSaysWhatIsMissing()
{
    m_probe->key(Qt::Key_Return);
    QVERIFY(m_probe->label(errorMessage).contains(u"token"_s));
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(m_losant->server().requests().size(), 0U);
    QVERIFY(m_probe->part(QAccessible::EditableText, u"API token"_s)->hasFocus());
}

void SignInDialogTest::aTokenThatTheServerTakesSignsIn()
{
    paste(token);
    m_probe->key(Qt::Key_Return);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QVERIFY(!m_dialog->opensSandbox());
    QCOMPARE(m_dialog->token(), token.toUtf8());
    QCOMPARE(m_dialog->profile().connection.server, m_losant->url());
    QCOMPARE(m_dialog->profile().account, u"ada@example.com"_s);
    QCOMPARE(m_losant->server().request(0).path(), QByteArray("/me"));
    QCOMPARE(m_losant->server().request(0).header("Authorization"), "Bearer " + token.toUtf8());
}

void SignInDialogTest::aKeyThatWasDownBeforeSignsNobodyIn()
{
    paste(token);
    QWidget before;
    before.show();
    before.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&before));
    HeldKey held(Qt::Key_Return);
    before.hide();
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));

    held.repeat(300);

    QCOMPARE(m_losant->server().requests().size(), 0U);
    QVERIFY(m_dialog->isVisible());
}

void SignInDialogTest::blanksAroundATokenAreNotSent()
{
    paste(u"  "_s + token + u"\n"_s);
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(m_losant->server().request(0).header("Authorization"), "Bearer " + token.toUtf8());
}

void SignInDialogTest::aTokenThatTheServerRefusesIsSaidToBeRefused()
{
    m_losant->setException(
        [](const RecordedRequest &) { return FakeLosant::error(401, u"Unauthorized <b>"_s); });
    paste(token);
    m_probe->click(u"Sign in"_s);

    QTRY_VERIFY(m_probe->has(QAccessible::StaticText, errorMessage));

    QVERIFY2(m_probe->label(errorMessage).contains(u"not accepted"_s),
             qPrintable(m_probe->label(errorMessage)));
    QVERIFY(m_probe->label(errorMessage).contains(u"<b>"_s));
    QVERIFY(!m_probe->label(errorMessage).contains(token));
    QVERIFY(m_dialog->isVisible());
    QVERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Sign in"_s));
    // What was pasted is still there, to be corrected.
    m_losant->setException({});
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
}

void SignInDialogTest::anApplicationTokenIsTaken()
{
    m_losant->setException([](const RecordedRequest &) { return FakeLosant::error(403, u"Forbidden"_s); });
    paste(token);
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(m_dialog->token(), token.toUtf8());
    QVERIFY(m_dialog->profile().account.isEmpty());
}

void SignInDialogTest::aServerThatFailsIsNotTakenForARefusal()
{
    m_losant->setException(
        [](const RecordedRequest &) { return FakeLosant::error(404, u"no such thing"_s); });
    paste(token);
    m_probe->click(u"Sign in"_s);
    QTRY_VERIFY(m_probe->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_probe->label(errorMessage).contains(u"not accepted"_s));
    QVERIFY(m_dialog->isVisible());
}

void SignInDialogTest::editingTakesTheMessageAway()
{
    m_probe->key(Qt::Key_Return);
    QVERIFY(m_probe->has(QAccessible::StaticText, errorMessage));
    m_probe->type(u"a"_s);
    QVERIFY(!m_probe->has(QAccessible::StaticText, errorMessage));
}

void SignInDialogTest::theSandboxNeedsNoToken()
{
    m_probe->click(u"Open the sandbox"_s);
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    QVERIFY(m_dialog->opensSandbox());
    VERIFY_HOLDS_FOR(50ms, m_losant->server().requests().empty());
}

void SignInDialogTest::escapeIsRejection()
{
    m_probe->key(Qt::Key_Escape);
    QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    QVERIFY(!m_dialog->isVisible());
}

void SignInDialogTest::theTokenGoesToTheServersOriginAlone()
{
    FakeLosant elsewhere;
    m_losant->setException([&](const RecordedRequest &) {
        return ScriptedReply{.status = 302, .headers = {{"Location", elsewhere.url().toEncoded() + "/me"}}};
    });
    paste(token);
    m_probe->click(u"Sign in"_s);
    QTRY_VERIFY(m_probe->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!elsewhere.server().wire().contains(token.toUtf8()));
}

void SignInDialogTest::aServerThatIsNotSafeIsRefusedBeforeAnythingIsSent_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("http to another machine") << u"http://api.example.com"_s;
    QTest::newRow("no URL") << u"api losant"_s;
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s;
    QTest::newRow("with a password in it") << u"https://ada:secret@api.example.com"_s;
}

void SignInDialogTest::aServerThatIsNotSafeIsRefusedBeforeAnythingIsSent()
{
    QFETCH(QString, url);
    paste(token);
    m_probe->line(u"Server URL"_s)->setText(url);
    m_probe->click(u"Sign in"_s);
    QVERIFY(m_probe->label(errorMessage).contains(u"https://"_s));
    QVERIFY(m_probe->line(u"Server URL"_s)->hasFocus());
    QVERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Sign in"_s));
}

void SignInDialogTest::whatStandsAroundAServerUrlDoesNotCount_data()
{
    QTest::addColumn<QString>("around");
    QTest::newRow("blanks") << u" %1 "_s;
    QTest::newRow("a line break") << u"%1\n"_s;
    QTest::newRow("a tab") << u"\t%1"_s;
    QTest::newRow("a no-break space") << u"%1\u00a0"_s;
    QTest::newRow("a zero width space") << u"%1\u200b"_s;
    QTest::newRow("a byte order mark") << u"\ufeff%1"_s;
    QTest::newRow("quotes") << u"\"%1\""_s;
    QTest::newRow("angle brackets") << u"<%1>"_s;
    QTest::newRow("the variable") << u"LOSANT_API_URL=%1"_s;
    QTest::newRow("export and quotes") << u"export LOSANT_API_URL='%1'"_s;
}

void SignInDialogTest::whatStandsAroundAServerUrlDoesNotCount()
{
    QFETCH(QString, around);
    FakeLosant other;
    QLineEdit *server = m_probe->line(u"Server URL"_s);
    server->setText(around.arg(other.url().toString()));
    paste(token);
    m_probe->key(Qt::Key_Return);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(server->text(), other.url().toString());
    QCOMPARE(m_dialog->profile().connection.server, other.url());
    QCOMPARE(other.server().request(0).path(), QByteArray("/me"));
    QCOMPARE(m_losant->server().connectionCount(), 0);
}

void SignInDialogTest::anotherServerCanBeChosen()
{
    FakeLosant other;
    paste(token);
    m_probe->line(u"Server URL"_s)->setText(other.url().toString());
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(m_losant->server().requests().size(), 0U);
    QCOMPARE(m_dialog->profile().connection.server, other.url());
}

void SignInDialogTest::onlyAProfileThatIsKeptCanBeForgotten()
{
    Profile kept{.name = u"West"_s, .connection = {.server = m_losant->url()}};
    m_profiles->save(kept);
    open(kept);
    QVERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Forget"_s));
    m_probe->choose(u"Profile"_s, u"New profile"_s);
    QVERIFY(!m_probe->isEnabled(QAccessible::PushButton, u"Forget"_s));

    m_probe->click(u"Sign in"_s);

    QVERIFY(m_probe->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_probe->isEnabled(QAccessible::PushButton, u"Forget"_s));
}

void SignInDialogTest::anAnswerAfterEscapeSignsNobodyIn()
{
    m_losant->setException([](const RecordedRequest &) {
        return ScriptedReply{.body = R"({"email":"ada@example.com"})",
                             .delay = std::chrono::milliseconds(300)};
    });
    const QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
    const QSignalSpy rejected(m_dialog.get(), &QDialog::rejected);
    paste(token);
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_losant->server().requests().size(), 1U);

    m_probe->key(Qt::Key_Escape);

    VERIFY_HOLDS_FOR(500ms, accepted.empty() && rejected.empty() && m_dialog->isVisible());
}

void SignInDialogTest::whileItWaitsItsWaysOutEndTheAttemptAlone_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("Escape") << u"Escape"_s;
    QTest::newRow("the button") << u"Quit"_s;
    QTest::newRow("closing the window") << u"close"_s;
}

void SignInDialogTest::whileItWaitsItsWaysOutEndTheAttemptAlone()
{
    QFETCH(QString, way);
    m_losant->setException([](const RecordedRequest &) {
        return ScriptedReply{.body = R"({"email":"ada@example.com"})",
                             .delay = std::chrono::milliseconds(300)};
    });
    const QSignalSpy closed(m_dialog.get(), &QDialog::finished);
    paste(token);
    QWidget *focus = QApplication::focusWidget();
    m_probe->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->server().requests().size(), 1U);

    if (way == "Escape"_L1)
        m_probe->key(Qt::Key_Escape);
    else if (way == "close"_L1)
        m_dialog->close();
    else
        m_probe->click(way);

    QVERIFY(m_probe->shows(u"Cancelled. You are not signed in, and what you entered is still here."_s));
    QVERIFY(!m_probe->has(QAccessible::StaticText, errorMessage));
    QCOMPARE(QApplication::focusWidget(), focus);
    QVERIFY(!QApplication::activeModalWidget() || QApplication::activeModalWidget() == m_dialog.get());
    VERIFY_HOLDS_FOR(150ms, closed.empty());

    m_probe->key(Qt::Key_Return); // and it can be tried again
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
}

void SignInDialogTest::whatWasTypedIsNotLostWithoutAQuestion_data()
{
    QTest::addColumn<QString>("field");
    for (const QString &field : {u"API token"_s, u"Email"_s, u"Password"_s, u"Server URL"_s})
        QTest::newRow(qUtf8Printable(field)) << field;
}

void SignInDialogTest::whatWasTypedIsNotLostWithoutAQuestion()
{
    QFETCH(QString, field);
    m_probe->part(QAccessible::EditableText, field)->setFocus();
    m_probe->type(u"x"_s);

    m_dialog->close();

    QVERIFY(m_dialog->isVisible());
    QWidget *question = QApplication::activeModalWidget();
    QVERIFY(question && question != m_dialog.get());
    QVERIFY(GuiProbe(*question).shows(u"Discard what you typed? It is not kept anywhere."_s));
    GuiProbe(*question).click(u"Keep editing"_s);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(isAnyWorkUnsaved());

    m_probe->key(Qt::Key_Escape);
    GuiProbe(*QApplication::activeModalWidget()).click(u"Discard"_s);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    QVERIFY(!isAnyWorkUnsaved());
}

void SignInDialogTest::aProfileThatAnApplicationTokenSignsInToHasNoAccount()
{
    open({.account = u"ada@example.com"_s, .connection = {.server = m_losant->url()}});
    m_losant->setException([](const RecordedRequest &) { return FakeLosant::error(403, u"Forbidden"_s); });
    paste(token);
    m_probe->click(u"Sign in"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(m_dialog->profile().account, QString());
}

QTEST_MAIN(SignInDialogTest)
#include "signindialogtest.moc"
