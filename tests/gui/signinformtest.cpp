// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinform.h"

#include "api/transport.h"
#include "sandbox/sandboxserver.h"
#include "support/asking.h"
#include "support/guiprobe.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"
#include "widgets/secretedit.h"

#include <QApplication>
#include <QDesktopServices>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString errorMessage = u"Error message"_s;

} // namespace

/// Signing in with an email address, as the sandbox and servers that fail see it.
class SignInFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anAddressAndAPasswordSignIn();
    void theCodeIsAskedForAsASecondStep();
    void aWrongCodeIsSaidToBeWrong();
    void aWrongPasswordIsSaidToBeWrongAndNothingIsLost();
    void aLockedAccountHasItsOwnWords();
    void anAddressThatIsNotVerifiedIsSaidBeforeGoingOn();
    void whatWasTakenElsewhereDoesNotGoOn();
    void singleSignOnIsToldToPasteAToken();
    void whatIsMissingIsSaidBeforeAnythingIsSent_data();
    void whatIsMissingIsSaidBeforeAnythingIsSent();
    void theFormSaysWhatTheTokenMayDo();
    void aReadOnlyProfileAsksForNoMore();
    void theTokenMayDoNoMoreThanWasAskedFor();
    void theTokenEndsAndTheFormSaysWhen_data();
    void theTokenEndsAndTheFormSaysWhen();
    void whatIsNoTokenIsSaidAtItsFieldBeforeAnythingIsSent_data();
    void whatIsNoTokenIsSaidAtItsFieldBeforeAnythingIsSent();
    void aTokenOfTheServerThatCannotBeUsedIsNotSent_data();
    void aTokenOfTheServerThatCannotBeUsedIsNotSent();
    void aServerThatCannotBeReachedIsNoWrongPassword();
    void aServerThatDoesNotKnowSingleSignOnIsAskedAllTheSame();
    void signingInCanBeCancelled();
    void stopEndsTheWaiting();
    void anotherPasswordOfTheProxyTakesTheFailureAway();
    void whatWasEditedLastIsWhatSignsIn();
    void thePasswordIsMasked();
    void anAccountThatIsNoAddressIsNotPutIntoTheField();
    void theGuideOpensByAClickAndByEnter();

public Q_SLOTS:
    void openUrl(const QUrl &url) { m_opened.append(url); }

private:
    QList<QUrl> m_opened; ///< in a browser
    void open(const QUrl &server);
    void signIn(const QString &email, const QString &with);
    QString message() const { return m_probe->label(errorMessage); }
    bool isChosen(const QString &way) const
    {
        return qobject_cast<QRadioButton *>(m_probe->part(QAccessible::RadioButton, way))->isChecked();
    }
    bool hasMessage() const { return m_probe->has(QAccessible::StaticText, errorMessage); }
    QString password() const { return QString::fromLatin1(m_sandbox->password()); }
    SecretEdit *passwordEdit() const
    {
        return qobject_cast<SecretEdit *>(m_probe->part(QAccessible::EditableText, u"Password"_s));
    }

    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<SignInForm> m_form;
    std::unique_ptr<GuiProbe> m_probe;
    std::unique_ptr<QSignalSpy> m_signedIn;
};

void SignInFormTest::init()
{
    m_sandbox = std::make_unique<SandboxServer>();
    open(m_sandbox->url());
}

void SignInFormTest::cleanup()
{
    m_signedIn.reset();
    m_probe.reset();
    m_form.reset();
}

void SignInFormTest::open(const QUrl &server)
{
    m_form = std::make_unique<SignInForm>();
    m_form->setProfile({.connection = {.server = server}}, {});
    m_form->show();
    m_form->focusFirst();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    m_probe = std::make_unique<GuiProbe>(*m_form);
    m_signedIn = std::make_unique<QSignalSpy>(m_form.get(), &SignInForm::signedIn);
}

void SignInFormTest::signIn(const QString &email, const QString &with)
{
    m_probe->line(u"Email"_s)->setFocus();
    m_probe->key(Qt::Key_A, Qt::ControlModifier);
    m_probe->type(email);
    passwordEdit()->setFocus();
    m_probe->key(Qt::Key_A, Qt::ControlModifier);
    m_probe->type(with);
    m_form->signIn();
}

void SignInFormTest::anAddressAndAPasswordSignIn()
{
    signIn(u" ada@example.com "_s, password());
    QVERIFY(m_signedIn->wait());
    QVERIFY(!m_form->token().isEmpty());
    QCOMPARE(m_form->account()->email, u"ada@example.com"_s);
}

void SignInFormTest::theCodeIsAskedForAsASecondStep()
{
    QVERIFY(!m_probe->has(QAccessible::EditableText, u"Two-factor code"_s));
    signIn(u"grace@example.com"_s, password());
    QTRY_VERIFY(m_probe->has(QAccessible::EditableText, u"Two-factor code"_s));
    QVERIFY(message().contains(u"two-factor"_s));
    QVERIFY(m_probe->line(u"Two-factor code"_s)->hasFocus());

    m_probe->type(u"123 456"_s);
    m_form->signIn();

    QVERIFY(m_signedIn->wait());
    QCOMPARE(m_form->account()->email, u"grace@example.com"_s);
}

void SignInFormTest::aWrongCodeIsSaidToBeWrong()
{
    signIn(u"grace@example.com"_s, password());
    QTRY_VERIFY(m_probe->has(QAccessible::EditableText, u"Two-factor code"_s));
    m_probe->type(u"000000"_s);
    m_form->signIn();
    QTRY_VERIFY(hasMessage() && message().contains(u"code is not accepted"_s));
    QVERIFY(m_probe->line(u"Two-factor code"_s)->hasFocus());
    QCOMPARE(m_signedIn->size(), 0);

    m_probe->type(u"123456"_s); // in place of the wrong one
    m_form->signIn();
    QVERIFY(m_signedIn->wait());
}

void SignInFormTest::aWrongPasswordIsSaidToBeWrongAndNothingIsLost()
{
    signIn(u"ada@example.com"_s, u"wrong-password"_s);
    QTRY_VERIFY(hasMessage());
    QVERIFY(message().contains(u"password is not accepted"_s));
    QVERIFY(!message().contains(u"wrong-password"_s));
    QCOMPARE(m_probe->line(u"Email"_s)->text(), u"ada@example.com"_s);
    QCOMPARE(passwordEdit()->text(), u"wrong-password"_s);
    QVERIFY(passwordEdit()->hasFocus());
}

void SignInFormTest::aLockedAccountHasItsOwnWords()
{
    signIn(u"locked@example.com"_s, password());
    QTRY_VERIFY(hasMessage());
    QVERIFY(message().contains(u"locked after too many tries"_s));
}

void SignInFormTest::anAddressThatIsNotVerifiedIsSaidBeforeGoingOn()
{
    signIn(u"unverified@example.com"_s, password());
    QTRY_VERIFY(hasMessage());
    QVERIFY(message().contains(u"not verified"_s));
    QCOMPARE(m_signedIn->size(), 0);
    const QWidget *next = m_probe->part(QAccessible::Button, u"Continue"_s);
    QVERIFY(!next->isEnabled());
    m_probe->key(Qt::Key_Return); // as the one that has signed in
    QCOMPARE(m_signedIn->size(), 0);
    QTRY_VERIFY(next->isEnabled());
    QTRY_VERIFY(next->hasFocus());
    m_probe->click(u"Continue"_s);
    QCOMPARE(m_signedIn->size(), 1);
    QVERIFY(!m_form->token().isEmpty());
}

void SignInFormTest::whatWasTakenElsewhereDoesNotGoOn()
{
    signIn(u"unverified@example.com"_s, password());
    QTRY_VERIFY(m_probe->has(QAccessible::PushButton, u"Continue"_s));

    m_form->setProfile({.connection = {.server = QUrl(u"https://example.com"_s)}}, {});
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Continue"_s));

    m_form->showProblem(u"another"_s);
    QVERIFY(hasMessage());
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Continue"_s));
}

void SignInFormTest::singleSignOnIsToldToPasteAToken()
{
    signIn(u"ada@sso.example.com"_s, {});
    QTRY_VERIFY(hasMessage());
    QVERIFY(message().contains(u"single sign-on"_s));
    QVERIFY(m_probe->part(QAccessible::EditableText, u"API token"_s)->hasFocus());
    QVERIFY(m_probe->visibleText().contains(u"Where to make a token"_s));
}

void SignInFormTest::anAccountThatIsNoAddressIsNotPutIntoTheField()
{
    const QString longest = u"ada@"_s + QString(1020, u'e');
    m_form->setProfile({.account = longest, .connection = {.server = m_sandbox->url()}}, {});
    QCOMPARE(m_probe->line(u"Email"_s)->text(), longest);
    m_form->setProfile({.account = QString(60'000, QChar(0x301)), .connection = {.server = m_sandbox->url()}},
                       {});
    QCOMPARE(m_probe->line(u"Email"_s)->text(), QString());
}

void SignInFormTest::theGuideOpensByAClickAndByEnter()
{
    QDesktopServices::setUrlHandler(u"https"_s, this, "openUrl");
    QLabel *guide = nullptr;
    for (QLabel *label : m_form->findChildren<QLabel *>()) {
        if (label->text().contains("Where to make a token"_L1))
            guide = label;
    }
    QVERIFY(guide);
    const QPoint onWords(20, guide->height() / 2);
    QTest::mouseClick(guide, Qt::LeftButton, {}, {guide->width() - 2, 2}); // beside the words
    QCOMPARE(m_opened.size(), 0);
    QTest::mouseClick(guide, Qt::LeftButton, {}, onWords);
    QCOMPARE(m_opened.size(), 1);
    m_probe->part(QAccessible::EditableText, u"Email"_s)->setFocus();
    QTest::mouseClick(guide, Qt::LeftButton, {}, onWords);
    QCOMPARE(m_opened.size(), 2);
    m_probe->part(QAccessible::EditableText, u"API token"_s)->setFocus();
    guide->setFocus(Qt::TabFocusReason);
    QTest::keyClick(guide, Qt::Key_Return);
    QCOMPARE(m_opened.size(), 3);
    QTest::mouseClick(guide, Qt::LeftButton, {}, onWords); // with what Enter opens being marked
    QCOMPARE(m_opened.size(), 4);
    QDesktopServices::unsetUrlHandler(u"https"_s);
}

void SignInFormTest::whatIsMissingIsSaidBeforeAnythingIsSent_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("said");
    QTest::newRow("no address") << u""_s << u"email"_s;
    QTest::newRow("no address at all") << u"ada"_s << u"“ada” is not an email address"_s;
}

void SignInFormTest::whatIsMissingIsSaidBeforeAnythingIsSent()
{
    QFETCH(QString, email);
    QFETCH(QString, said);
    ScriptedServer server;
    open(server.url());
    signIn(email, password());
    QVERIFY(message().contains(said));
    QVERIFY(!m_form->isBusy());
    QCOMPARE(server.requests().size(), 0U);
    QVERIFY(m_probe->line(u"Email"_s)->hasFocus());
}

void SignInFormTest::theFormSaysWhatTheTokenMayDo()
{
    for (const QString &scope : AuthService::scopes(false))
        QVERIFY2(m_probe->visibleText().contains(scope), qPrintable(scope));
}

void SignInFormTest::aReadOnlyProfileAsksForNoMore()
{
    ScriptedServer server;
    server.otherwise({.status = 204, .body = {}});
    open(server.url());
    m_form->setProfile({.connection = {.server = server.url()}, .isReadOnly = true}, {});
    QVERIFY(!m_probe->visibleText().contains(u"credentials.post"_s));
    signIn(u"ada@example.com"_s, password());
    QTRY_COMPARE(server.count("POST"), 1);
    for (const char *scope : {"credentials.post", "credential.patch", "credential.delete"})
        QVERIFY(!server.request(1).body.contains(scope));
    for (const char *scope : {"credential.get", "credential.linkedResources"})
        QVERIFY(server.request(1).body.contains(scope));
    QVERIFY(server.request(1).body.contains("credentials.get"));
}

void SignInFormTest::theTokenMayDoNoMoreThanWasAskedFor()
{
    m_form->setProfile({.connection = {.server = m_sandbox->url()}, .isReadOnly = true}, {});
    signIn(u"ada@example.com"_s, password());
    QVERIFY(m_signedIn->wait());
    Transport transport(m_sandbox->url());
    transport.setToken(m_form->token());
    QCOMPARE(answerTo(transport, postRequest()).error().kind, ApiError::Kind::Forbidden);
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
}

void SignInFormTest::theTokenEndsAndTheFormSaysWhen_data()
{
    QTest::addColumn<bool>("isKept");
    QTest::addColumn<int>("days");
    QTest::newRow("kept") << true << 30;
    QTest::newRow("not kept") << false << 1;
}

void SignInFormTest::theTokenEndsAndTheFormSaysWhen()
{
    QFETCH(bool, isKept);
    QFETCH(int, days);
    ScriptedServer server;
    server.otherwise({.status = 204, .body = {}});
    open(server.url());
    m_form->setKeepsToken(isKept);
    QVERIFY2(m_probe->visibleText().contains(u"ends after %1 day"_s.arg(days)),
             qPrintable(m_probe->visibleText()));
    signIn(u"ada@example.com"_s, password());
    QTRY_COMPARE(server.count("POST"), 1);
    const QJsonObject body = QJsonDocument::fromJson(server.request(1).body).object();
    QCOMPARE(body[u"tokenTTL"_s].toInt(), days * 86'400);
}

void SignInFormTest::whatIsNoTokenIsSaidAtItsFieldBeforeAnythingIsSent_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("a header") << u"abc\r\nX-Evil: 1"_s;
    QTest::newRow("two lines") << u"abc\ndef"_s;
    QTest::newRow("a scheme") << u"Bearer abc"_s;
    QTest::newRow("a tab") << u"abc\tdef"_s;
    QTest::newRow("no ASCII") << u"abc\u010d\u010aX"_s;
    QTest::newRow("a zero") << u"abc"_s + QChar(0) + u"def"_s;
}

void SignInFormTest::whatIsNoTokenIsSaidAtItsFieldBeforeAnythingIsSent()
{
    QFETCH(QString, token);
    ScriptedServer server;
    open(server.url());
    auto *edit = qobject_cast<SecretEdit *>(m_probe->part(QAccessible::EditableText, u"API token"_s));
    edit->setText(token);
    m_probe->line(u"Email"_s)->setFocus();

    m_form->signIn();

    QVERIFY2(message().contains(u"no API token"_s), qPrintable(message()));
    QVERIFY(edit->hasFocus());
    QVERIFY(!m_form->isBusy());
    VERIFY_HOLDS_FOR(50ms, server.connectionCount() == 0);
}

void SignInFormTest::aTokenOfTheServerThatCannotBeUsedIsNotSent_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("a header") << R"(abc\r\nX-Evil: 1)"_ba;
    QTest::newRow("a blank") << "abc def"_ba;
    QTest::newRow("no ASCII") << R"(abc\u010d\u010aX)"_ba;
}

void SignInFormTest::aTokenOfTheServerThatCannotBeUsedIsNotSent()
{
    QFETCH(QByteArray, token);
    ScriptedServer server;
    server.handle([token](const RecordedRequest &request) -> ScriptedReply {
        if (request.path() == "/auth/user")
            return {.body = R"({"userId":"57","token":")" + token + R"("})"};
        return {.status = 204, .body = {}};
    });
    open(server.url());
    signIn(u"ada@example.com"_s, password());
    QTRY_VERIFY(hasMessage());
    QVERIFY2(message().contains(u"token that the server gave can't be used"_s), qPrintable(message()));
    QCOMPARE(server.requests().size(), 2U); // whether it is single sign-on, and the password
    QCOMPARE(m_signedIn->size(), 0);
}

void SignInFormTest::aServerThatCannotBeReachedIsNoWrongPassword()
{
    ScriptedServer server;
    const QUrl gone = server.url();
    server.close();
    open(gone);
    signIn(u"ada@example.com"_s, password());
    QTRY_VERIFY_WITH_TIMEOUT(hasMessage(), 10'000);
    QVERIFY(message().contains(u"can't be reached"_s));
    QCOMPARE(passwordEdit()->text(), password());
}

void SignInFormTest::aServerThatDoesNotKnowSingleSignOnIsAskedAllTheSame()
{
    ScriptedServer server;
    server.handle([](const RecordedRequest &request) -> ScriptedReply {
        if (request.path() == "/auth/user")
            return {.body = R"({"userId":"57","token":"eyJ.x.y"})"};
        if (request.path() == "/me")
            return {.body = R"({"id":"57","email":"ada@example.com"})"};
        return {.status = 404};
    });
    open(server.url());
    signIn(u"ada@example.com"_s, password());
    QVERIFY(m_signedIn->wait());
    QCOMPARE(m_form->token(), "eyJ.x.y"_ba);
    QCOMPARE(server.count("POST"), 1);
}

void SignInFormTest::signingInCanBeCancelled()
{
    ScriptedServer server;
    server.otherwise({.way = ScriptedReply::Way::Stall});
    open(server.url());
    signIn(u"ada@example.com"_s, password());
    QTRY_COMPARE(server.requests().size(), 1U);
    QVERIFY(m_form->isBusy());
    m_form->cancel();
    QVERIFY(!m_form->isBusy());
    QVERIFY(m_probe->isEnabled(QAccessible::EditableText, u"Email"_s));
}

void SignInFormTest::stopEndsTheWaiting()
{
    ScriptedServer server;
    server.otherwise({.way = ScriptedReply::Way::Stall});
    open(server.url());
    const QSize smallest = m_form->minimumSizeHint();
    signIn(u"ada@example.com"_s, password());
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Stop"_s));
    QTRY_VERIFY(m_probe->has(QAccessible::ProgressBar, u"Signing in"_s));
    QCOMPARE(m_form->minimumSizeHint(), smallest);

    m_probe->click(u"Stop"_s);

    QVERIFY(!m_form->isBusy());
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Stop"_s));
    QVERIFY(!m_probe->has(QAccessible::ProgressBar, u"Signing in"_s));
    QVERIFY(passwordEdit()->hasFocus());
    QVERIFY(m_signedIn->isEmpty());
}

void SignInFormTest::anotherPasswordOfTheProxyTakesTheFailureAway()
{
    open(QUrl(u"http://127.0.0.1:1"_s));
    m_form->showProblem(u"The proxy refuses the password."_s);
    m_form->setProfile({.connection = {.server = QUrl(u"http://127.0.0.1:1"_s)}}, u"another"_s);
    QVERIFY(!hasMessage());
}

void SignInFormTest::whatWasEditedLastIsWhatSignsIn()
{
    QVERIFY(isChosen(u"With an API token"_s));
    signIn(u"ada@example.com"_s, u"wrong-password"_s);
    QVERIFY(isChosen(u"With email and password"_s));
    QTRY_VERIFY(hasMessage());

    auto *tokenEdit = qobject_cast<SecretEdit *>(m_probe->part(QAccessible::EditableText, u"API token"_s));
    tokenEdit->setText(QString::fromLatin1(m_sandbox->token()));
    QVERIFY(!hasMessage());
    m_form->signIn();
    QVERIFY(m_signedIn->wait());
    QCOMPARE(m_form->token(), m_sandbox->token());
}

void SignInFormTest::thePasswordIsMasked()
{
    passwordEdit()->setFocus();
    m_probe->type(u"abc"_s);
    QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(passwordEdit());
    QVERIFY(heard->state().passwordEdit);
    QCOMPARE(heard->text(QAccessible::Value), u"•••"_s);
}

QTEST_MAIN(SignInFormTest)
#include "signinformtest.moc"
