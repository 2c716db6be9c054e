// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;
const QString errorMessage = u"Error message"_s;

} // namespace

/// What the browser shows where there is no application to show the credentials of.
class ApplicationStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void withoutAnApplicationItSaysThatThereIsNone();
    void theLastApplicationOpensThoughTheListIsIncomplete();
    void theLastApplicationIsNotLeftOnceItWasShown();
    void anApplicationThatIsGoneIsSaidToBeGone();
    void anApplicationThatVanishesIsSaidToBeGone();
    void anotherApplicationOpensAfterOneThatVanished();
    void whileTheApplicationsLoadItSaysSo();
    void withAnApplicationOfTheStartAWrongUrlIsSuspectedToo_data();
    void withAnApplicationOfTheStartAWrongUrlIsSuspectedToo();
    void anApplicationThatIsGoneMakesNoUrlSuspect();
    void withoutTheListOfApplicationsItSaysWhy_data();
    void withoutTheListOfApplicationsItSaysWhy();
    void theListOfApplicationsIsAskedForAgain();

private:
    void open();
    bool isGoneShown() const { return m_window->shows(u"Application not found"_s); }
    int listRequests() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void ApplicationStatesTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_losant->setCredentials(m_losant->addApplication(u"Warehouse"_s), FakeLosant::someCredentials(3));
}

void ApplicationStatesTest::cleanup()
{
    m_window.reset();
}

void ApplicationStatesTest::open()
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

int ApplicationStatesTest::listRequests() const
{
    return int(std::ranges::count(m_losant->server().requests(), QByteArray("/applications"),
                                  [](const RecordedRequest &request) { return request.path(); }));
}

void ApplicationStatesTest::withoutAnApplicationItSaysThatThereIsNone()
{
    FakeLosant empty;
    m_window = std::make_unique<OpenWindow>(empty.url(), m_settings->settings);
    QTRY_VERIFY(m_window->shows(u"No applications"_s));
    QVERIFY(m_window->visibleText().contains(u"none that this token can see"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Refresh"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::EditableText, u"Filter credentials"_s));
    QCOMPARE(m_window->label(status), QString());
    QTRY_VERIFY(m_window->visibleText().contains(u"There are no applications here yet"_s));
    m_window.reset();
}

void ApplicationStatesTest::theLastApplicationOpensThoughTheListIsIncomplete()
{
    open(); // remembered as the last one
    m_window.reset();
    m_losant->setApplicationsPerPage(1);
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() != "/applications")
            return std::nullopt;
        if (request.parameter(u"page"_s) == "0"_L1) // another than the last one
            return ScriptedReply{.body = R"({"items":[{"id":"b","name":"B"}],"totalCount":2})"};
        return FakeLosant::error(400, u"No more"_s);
    });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->visibleText().contains(u"No more"_s));
    QVERIFY(m_window->label(u"Page status"_s).startsWith(u"1–"_s));
}

void ApplicationStatesTest::theLastApplicationIsNotLeftOnceItWasShown()
{
    open();
    m_window.reset();
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->label(u"Page status"_s).startsWith(u"1–"_s));
    m_losant->failPages(FakeLosant::error(404, u"Application was not found"_s));
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() != "/applications")
            return std::nullopt;
        return ScriptedReply{.body = R"({"items":[{"id":"b","name":"B"}],"totalCount":1})"};
    });

    m_window->key(Qt::Key_F5);

    QTRY_VERIFY(m_window->visibleText().contains(u"does not exist any more"_s));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza"_s); // the list has come without it
    QVERIFY(isGoneShown());
}

void ApplicationStatesTest::anApplicationThatIsGoneIsSaidToBeGone()
{
    m_window =
        std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, FakeLosant::applicationId(77));
    QTRY_VERIFY(isGoneShown());
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::EditableText, u"Filter credentials"_s));
}

void ApplicationStatesTest::anApplicationThatVanishesIsSaidToBeGone()
{
    open();
    m_window->clickCell(credentials, u"Credential 2"_s);
    QTRY_COMPARE(listRequests(), 1);
    m_losant->failPages(FakeLosant::error(404, u"Application was not found"_s));

    m_window->key(Qt::Key_F5);

    QTRY_VERIFY(isGoneShown());
    QVERIFY(m_window->visibleText().contains(u"does not exist any more"_s));
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->has(QAccessible::Table, credentials));
    QVERIFY(!m_window->visibleText().contains(u"Credential 2"_s));
    QCOMPARE(m_window->label(status), QString());
    QTRY_COMPARE(listRequests(), 2);
    VERIFY_HOLDS_FOR(100ms, listRequests() == 2 && isGoneShown());

    m_losant->failPages({}); // it was a matter of rights
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QVERIFY(!isGoneShown());
}

void ApplicationStatesTest::anotherApplicationOpensAfterOneThatVanished()
{
    open();
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications")
            return ScriptedReply{.body = R"({"items":[{"id":"000000000000000000000002","name":"Warehouse"}],)"
                                         R"("totalCount":1})"};
        if (request.path().contains(FakeLosant::applicationId(1).toUtf8()))
            return FakeLosant::error(404, u"gone"_s);
        return std::nullopt;
    });
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(isGoneShown());
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza"_s);

    m_window->line(u"Search applications"_s)->setFocus();
    m_window->key(Qt::Key_Return);

    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY(isGoneShown());
}

void ApplicationStatesTest::whileTheApplicationsLoadItSaysSo()
{
    m_losant->setDelay(300ms);
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QCOMPARE(m_window->visibleText().count(u"Loading applications…"_s), 2); // at the left and in the middle
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void ApplicationStatesTest::withAnApplicationOfTheStartAWrongUrlIsSuspectedToo_data()
{
    QTest::addColumn<ScriptedReply>("reply");
    QTest::newRow("nothing is there") << ScriptedReply{.status = 404, .body = {}};
    QTest::newRow("it is an API at another path") << FakeLosant::error(404, u"There is nothing here."_s);
}

void ApplicationStatesTest::withAnApplicationOfTheStartAWrongUrlIsSuspectedToo()
{
    QFETCH(ScriptedReply, reply);
    m_losant->setException([&reply](const RecordedRequest &) { return reply; });
    m_window =
        std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, u"aaaaaaaaaaaaaaaaaaaaaaaa"_s);
    QTRY_COMPARE(m_window->visibleText().count(u"Is the server URL right?"_s), 2);
    QVERIFY(!m_window->shows(u"Application not found"_s));
}

void ApplicationStatesTest::anApplicationThatIsGoneMakesNoUrlSuspect()
{
    m_window =
        std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, u"aaaaaaaaaaaaaaaaaaaaaaaa"_s);
    QTRY_VERIFY(m_window->shows(u"Application not found"_s));
    VERIFY_HOLDS_FOR(100ms, !m_window->visibleText().contains(u"Is the server URL right?"_s));
}

void ApplicationStatesTest::withoutTheListOfApplicationsItSaysWhy_data()
{
    QTest::addColumn<ScriptedReply>("reply");
    QTest::addColumn<QString>("words");
    QTest::newRow("the server can't be reached")
        << ScriptedReply{.way = Way::CloseBefore} << u"closed the connection"_s;
    QTest::newRow("it is no Losant API") << ScriptedReply{.status = 404} << u"does not exist"_s;
    QTest::newRow("nothing is there")
        << ScriptedReply{.status = 404, .body = {}} << u"Is the server URL right?"_s;
    QTest::newRow("it is an API at another path")
        << FakeLosant::error(404, u"There is nothing here."_s) << u"Is the server URL right?"_s;
}

void ApplicationStatesTest::withoutTheListOfApplicationsItSaysWhy()
{
    QFETCH(ScriptedReply, reply);
    QFETCH(QString, words);
    m_losant->setException([&reply](const RecordedRequest &) { return reply; });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);

    QTRY_VERIFY(m_window->shows(u"No applications"_s));
    QCOMPARE(m_window->visibleText().count(words), 2); // at the left and in the middle
    QVERIFY(!m_window->shows(u"No application chosen"_s));
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(m_window->has(QAccessible::PushButton, u"Try again"_s));
    m_losant->setException({});

    m_window->click(u"Retry"_s);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    QTRY_VERIFY(m_window->has(QAccessible::ButtonMenu, u"Account: ada@example.com · 127.0.0.1"_s));
}

void ApplicationStatesTest::theListOfApplicationsIsAskedForAgain()
{
    m_losant->setException([](const RecordedRequest &) { return FakeLosant::error(400, u"no"_s); });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
    m_losant->setDelay(200ms);
    m_losant->setException({});

    m_window->click(u"Try again"_s);

    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));
    QVERIFY(m_window->shows(u"Loading applications…"_s));
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

QTEST_MAIN(ApplicationStatesTest)
#include "applicationstatestest.moc"
