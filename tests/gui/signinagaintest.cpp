// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinagaindialog.h"

#include "gui/fakelosant.h"
#include "gui/filledform.h"
#include "gui/openwindow.h"
#include "support/guiprobe.h"
#include "widgets/secretedit.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

/// A token that the server takes no longer, in the middle of something.
class SignInAgainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void rowsAndSelectionSurviveAndTheCallGoesOn();
    void enterSignsIn();
    void aHalfFilledFormSurvivesAndIsPostedOnce();
    void whatWasCarriedOutAllTheSameIsNotPostedAgain();
    void withoutAnotherTokenTheFormStaysAndSaysWhy();
    void theTokenOfAnotherAccountIsNotTaken();
    void aTokenThatBelongsToNobodyIsTakenOnlyAfterAQuestion();
    void aUsersTokenInPlaceOfNobodysIsTakenOnlyAfterAQuestion();
    void whoWasNotKnownYetIsKnownByTheProfile();
    void escapeWhileItWaitsEndsTheAttemptAlone();
    void aDialogThatGoesWithItsParentIsAskedAgain();

private:
    /// As the program does on tokenRefused().
    void askAgain();
    void expire() { m_validToken = "new"; }
    void paste(const QString &token);
    GuiProbe dialog() const { return GuiProbe(*m_again); }

    QByteArray m_validToken;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QPointer<SignInAgainDialog> m_again;
};

void SignInAgainTest::init()
{
    m_validToken = "token";
    m_losant = std::make_unique<FakeLosant>();
    const QString plant = m_losant->addApplication(u"Plant floor"_s);
    m_losant->setCredentials(plant, FakeLosant::someCredentials(3));
    m_losant->setException([this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        const QByteArray token = request.header("Authorization").mid(7);
        if (token == "of-grace" && request.path() == "/me")
            return ScriptedReply{.body = R"({"id":"bbbbbbbbbbbbbbbbbbbbbbbb","email":"grace@example.com"})"};
        if (token == "of-an-application")
            return request.path() == "/me" ? std::optional(FakeLosant::error(403, u"Forbidden"_s))
                                           : std::nullopt;
        if (token == m_validToken)
            return std::nullopt;
        return FakeLosant::error(401, u"The token has expired."_s);
    });
    m_settings = std::make_unique<TestSettings>();
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    m_window->session().awaitTokens();
    connect(&m_window->session(), &Session::tokenRefused, this, &SignInAgainTest::askAgain);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QTRY_VERIFY(m_window->session().account());
}

void SignInAgainTest::cleanup()
{
    delete m_again;
    m_window.reset();
}

void SignInAgainTest::askAgain()
{
    QWidget *parent = QApplication::activeModalWidget();
    m_again = new SignInAgainDialog(m_window->session(), {}, parent ? parent : &m_window->window());
    m_again->open();
    QVERIFY(QTest::qWaitForWindowActive(m_again));
}

void SignInAgainTest::paste(const QString &token)
{
    QTRY_VERIFY(m_again);
    dialog().part(QAccessible::EditableText, u"API token"_s)->setFocus();
    QGuiApplication::clipboard()->setText(token);
    dialog().key(Qt::Key_V, Qt::ControlModifier);
    dialog().click(u"Sign in"_s);
}

void SignInAgainTest::rowsAndSelectionSurviveAndTheCallGoesOn()
{
    m_window->clickCell(u"Credentials"_s, u"Credential 2"_s);
    expire();
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_again);
    QCOMPARE(m_again->windowTitle(), u"Sign in"_s);
    QCOMPARE(m_window->column(u"Credentials"_s, u"Name"_s).size(), 3);

    const int asked = m_losant->pageCount();
    paste(u"new"_s);

    QTRY_VERIFY(!m_again->isVisible());
    QTRY_COMPARE(m_losant->pageCount(), asked + 1);
    QTRY_VERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
    QCOMPARE(m_window->table(u"Credentials"_s)->currentIndex().siblingAtColumn(0).data().toString(),
             u"Credential 2"_s);
}

void SignInAgainTest::enterSignsIn()
{
    expire();
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_again);
    const QSignalSpy renewed(m_again, &SignInAgainDialog::renewed);
    qobject_cast<SecretEdit *>(dialog().part(QAccessible::EditableText, u"API token"_s))->setText(u"new"_s);

    dialog().key(Qt::Key_Return);

    QTRY_COMPARE(renewed.count(), 1);
}

void SignInAgainTest::aHalfFilledFormSurvivesAndIsPostedOnce()
{
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    expire();
    form.click(u"Create"_s);
    paste(u"new"_s);

    QTRY_VERIFY(m_window->column(u"Credentials"_s, u"Name"_s).contains(u"Mail"_s));
    const auto &requests = m_losant->server().requests();
    const auto posts = std::ranges::count_if(requests, [](const RecordedRequest &request) {
        return request.method == "POST" && request.header("Authorization") == "Bearer new";
    });
    QCOMPARE(posts, 1);
    QCOMPARE(m_losant->server().count("POST"), 2); // the first was refused
}

void SignInAgainTest::whatWasCarriedOutAllTheSameIsNotPostedAgain()
{
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    const QString plant = FakeLosant::applicationId(1);
    m_losant->setException([&](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        ScriptedReply page;
        if (request.header("Authorization") == "Bearer new") {
            page = {.headers = {{"Date", QLocale::c()
                                             .toString(QDateTime::currentDateTimeUtc(),
                                                       u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                                             .toLatin1()}}};
            QJsonArray found;
            for (const QJsonValue &one : m_losant->credentials(plant)) {
                if (!request.hasParameter(u"filter"_s) || one[u"name"_s] == request.parameter(u"filter"_s))
                    found.append(one);
            }
            page.body =
                QJsonDocument(QJsonObject{{u"items"_s, found}, {u"totalCount"_s, found.size()}}).toJson();
            return request.path().endsWith("/credentials") ? std::optional(page) : std::nullopt;
        }
        if (request.method == "POST") {
            QJsonObject mail = FakeLosant::credential(u"Mail"_s, 99, u"sendgrid"_s);
            mail[u"creationDate"_s] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
            QJsonArray all = m_losant->credentials(plant);
            all.append(mail);
            m_losant->setCredentials(plant, all);
        }
        return FakeLosant::error(401, u"The token has expired."_s);
    });
    form.click(u"Create"_s);
    paste(u"new"_s);

    QTRY_VERIFY(m_window->column(u"Credentials"_s, u"Name"_s).contains(u"Mail"_s));
    QCOMPARE(m_losant->server().count("POST"), 1);
}

void SignInAgainTest::withoutAnotherTokenTheFormStaysAndSaysWhy()
{
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    expire();
    form.click(u"Create"_s);
    QTRY_VERIFY(m_again);

    dialog().click(u"Cancel"_s);

    QTRY_VERIFY(form.has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(form.label(u"Error message"_s).startsWith(u"It may have been created"_s));
    QVERIFY(form.label(u"Error message"_s).contains(u"not accepted"_s));
    QCOMPARE(form.line(u"Name"_s)->text(), u"Mail"_s);
    QTRY_VERIFY(form.isEnabled(QAccessible::PushButton, u"Create"_s));

    form.click(u"Check again"_s);
    QTRY_VERIFY(m_again && m_again->isVisible()); // and so one signs in
    QCOMPARE(m_losant->server().count("POST"), 1);
    paste(u"new"_s);
    const auto isTold = [&form] {
        return form.has(QAccessible::StaticText, u"Error message"_s) &&
               form.label(u"Error message"_s).contains(u"before you signed in again"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), 20'000); // it is looked for several times
    QCOMPARE(m_losant->server().count("POST"), 1);
}

void SignInAgainTest::theTokenOfAnotherAccountIsNotTaken()
{
    expire();
    m_window->key(Qt::Key_F5);
    paste(u"of-grace"_s);
    QTRY_VERIFY(dialog().has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(dialog().label(u"Error message"_s).contains(u"grace@example.com"_s));
    QVERIFY(m_again->isVisible());
}

void SignInAgainTest::aTokenThatBelongsToNobodyIsTakenOnlyAfterAQuestion()
{
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    expire();
    form.click(u"Create"_s);
    paste(u"of-an-application"_s);
    QTRY_VERIFY(m_again && QApplication::activeModalWidget() != m_again.data());
    const QPointer<QWidget> question = QApplication::activeModalWidget();
    QVERIFY(GuiProbe(*question).visibleText().contains(u"belongs to no user"_s));
    QVERIFY(GuiProbe(*question).visibleText().contains(u"what ada@example.com sees"_s));
    QTRY_VERIFY(GuiProbe(*question).isEnabled(QAccessible::PushButton, u"Enter another"_s));
    GuiProbe(*question).key(Qt::Key_Escape);
    QTRY_COMPARE(QApplication::activeModalWidget(), m_again.data());
    QCOMPARE(m_losant->server().count("POST"), 1); // the one that was refused

    const QSignalSpy renewed(m_again, &SignInAgainDialog::renewed);
    dialog().click(u"Sign in"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() != m_again.data());
    GuiProbe(*QApplication::activeModalWidget()).click(u"Use this token"_s);

    QTRY_COMPARE(m_losant->server().count("POST"), 2);
    QCOMPARE(renewed.value(0).value(1).toBool(), false); // so it is not kept
    QVERIFY(!m_window->session().account());
}

void SignInAgainTest::aUsersTokenInPlaceOfNobodysIsTakenOnlyAfterAQuestion()
{
    m_window->session().setToken("of-an-application", std::nullopt);
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.header("Authorization") == "Bearer of-an-application")
            return FakeLosant::error(401, u"The token has expired."_s);
        return std::nullopt;
    });
    m_window->key(Qt::Key_F5);
    paste(u"new"_s);
    QTRY_VERIFY(m_again && QApplication::activeModalWidget() != m_again.data());
    const GuiProbe question(*QApplication::activeModalWidget());
    QVERIFY(question.visibleText().contains(u"Go on as ada@example.com?"_s));
    const QSignalSpy renewed(m_again, &SignInAgainDialog::renewed);
    question.click(u"Use this token"_s);
    QTRY_COMPARE(renewed.size(), 1);
    QCOMPARE(renewed.value(0).value(1).toBool(), false);
}

void SignInAgainTest::whoWasNotKnownYetIsKnownByTheProfile()
{
    m_window.reset();
    m_validToken = "new"; // expired before anything was asked
    m_window = std::make_unique<OpenWindow>(
        Profile{.id = u"1"_s, .account = u"grace@example.com"_s, .connection = {.server = m_losant->url()}},
        m_settings->settings);
    m_window->session().awaitTokens();
    connect(&m_window->session(), &Session::tokenRefused, this, &SignInAgainTest::askAgain);
    m_window->key(Qt::Key_F5);
    paste(u"new"_s); // Ada's
    QTRY_VERIFY(dialog().has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(dialog().label(u"Error message"_s).contains(u"grace@example.com"_s));
    QVERIFY(m_again->isVisible());
}

void SignInAgainTest::escapeWhileItWaitsEndsTheAttemptAlone()
{
    expire();
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_again);
    m_losant->setException(
        [](const RecordedRequest &) { return ScriptedReply{.way = ScriptedReply::Way::Stall}; });
    const QSignalSpy closed(m_again, &QDialog::finished);
    paste(u"new"_s);
    QTRY_VERIFY(!dialog().isEnabled(QAccessible::PushButton, u"Sign in"_s));

    dialog().key(Qt::Key_Escape);

    QVERIFY(m_again && m_again->isVisible());
    QVERIFY(dialog().shows(u"Cancelled. You are not signed in, and what you entered is still here."_s));
    QVERIFY(dialog().isEnabled(QAccessible::PushButton, u"Sign in"_s));
    QCOMPARE(closed.size(), 0);
}

void SignInAgainTest::aDialogThatGoesWithItsParentIsAskedAgain()
{
    const QPointer<QWidget> form = openFilledForm(*m_window);
    expire();
    GuiProbe(*form).click(u"Create"_s);
    QTRY_VERIFY(m_again);

    delete form;

    QVERIFY(!m_again);
    m_window->click(u"Refresh"_s);
    QTRY_VERIFY(m_again);
}

QTEST_MAIN(SignInAgainTest)
#include "signinagaintest.moc"
