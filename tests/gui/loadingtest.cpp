// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/applicationsidebar.h"
#include "browse/credentialspage.h"
#include "widgets/loadingbar.h"

#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QBoxLayout>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;
const QString errorMessage = u"Error message"_s;

bool isForPage(const RecordedRequest &request)
{
    return request.path().endsWith("/credentials");
}

bool isForList(const RecordedRequest &request)
{
    return request.path() == "/applications";
}

} // namespace

/// What the window says while something loads, once that was stopped, and when a token is not accepted.
class LoadingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theBarKeepsItsPlace();
    void anAnswerThatComesSoonShowsNothing();
    void stopEndsTheLoadOfAPage();
    void stopEndsTheLoadOfTheApplications();
    void stopKeepsTheApplicationsThatAreThere();
    void escapeStopsTheApplicationsToo();
    void stopEndsARetryAndNothingIsSaidToBeTriedAgain();
    void whatWasStoppedIsNotSaidToBeWhileItLoadsAgain_data();
    void whatWasStoppedIsNotSaidToBeWhileItLoadsAgain();
    void aSlowServerIsSaidToBeSlow();
    void noServerIsSaidToBeSlowWhileSomethingIsAsked();
    void beforeTheFirstPageNothingIsSaidOfRows();
    void afterAFirstPageThatFailedNothingIsSaidOfRows();
    void aRefusedTokenIsSaidOnceWithSignIn_data();
    void aRefusedTokenIsSaidOnceWithSignIn();
    void aRefusedTokenIsSaidAboveTheRows();
    void loadingAgainTakesAFailureAwayWhileThatIsRetried();

private:
    void open();
    void stall(bool (*which)(const RecordedRequest &));
    void chooseWarehouse() const;
    template<typename T>
    LoadingBar &bar() const
    {
        return *m_window->window().findChild<T *>()->template findChild<LoadingBar *>();
    }
    /// The button in the bar, if it can be seen.
    static QPushButton *stopIn(const LoadingBar &bar);

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void LoadingTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_losant->setCredentials(m_losant->addApplication(u"Warehouse"_s), FakeLosant::someCredentials(3));
}

void LoadingTest::cleanup()
{
    m_window.reset();
}

void LoadingTest::open()
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void LoadingTest::stall(bool (*which)(const RecordedRequest &))
{
    m_losant->setException([which](const RecordedRequest &request) {
        return which(request) ? std::optional(ScriptedReply{.way = Way::Stall}) : std::nullopt;
    });
}

void LoadingTest::chooseWarehouse() const
{
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
}

QPushButton *LoadingTest::stopIn(const LoadingBar &bar)
{
    auto *stop = bar.findChild<QPushButton *>();
    return stop && stop->isVisible() && stop->text() == "Stop"_L1 ? stop : nullptr;
}

void LoadingTest::theBarKeepsItsPlace()
{
    QWidget window;
    LoadingBar bar(u"Loading"_s, LoadingBar::SlowText::Beside, {20ms, 200ms});
    auto *below = new QLineEdit;
    auto *column = new QVBoxLayout(&window);
    column->addWidget(&bar);
    column->addWidget(below);
    window.show();
    window.resize(500, 100);
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QRect place = below->geometry();
    const QSize smallest = window.minimumSizeHint();
    const GuiProbe probe(window);
    QVERIFY(bar.findChildren<QWidget *>().isEmpty()); // nothing is made that may never be needed

    bar.setBusy(true);

    QTRY_VERIFY(probe.has(QAccessible::ProgressBar, u"Loading"_s));
    QVERIFY(stopIn(bar));
    QVERIFY(!probe.shows(LoadingBar::slowText()));
    QCOMPARE(below->geometry(), place);
    const QRect stop = stopIn(bar)->geometry();
    QVERIFY(bar.rect().contains(stop));
    QTRY_VERIFY(probe.shows(LoadingBar::slowText()));
    QVERIFY(bar.isSlow());
    QCOMPARE(below->geometry(), place);
    QCOMPARE(stopIn(bar)->geometry(), stop);
    QCOMPARE(window.minimumSizeHint(), smallest);

    const QSignalSpy stopped(&bar, &LoadingBar::stopClicked);
    QTest::mouseClick(stopIn(bar), Qt::LeftButton);
    QCOMPARE(stopped.count(), 1);
    bar.setBusy(false);
    QVERIFY(!probe.has(QAccessible::ProgressBar, u"Loading"_s));
    QVERIFY(!stopIn(bar));
    QVERIFY(!probe.shows(LoadingBar::slowText()));
    QVERIFY(!bar.isSlow());
    VERIFY_HOLDS_FOR(250ms, !stopIn(bar));
    QCOMPARE(below->geometry(), place);
    column->removeWidget(&bar);
    bar.setParent(nullptr);
}

void LoadingTest::anAnswerThatComesSoonShowsNothing()
{
    open();
    m_losant->setDelay(100ms);
    m_window->key(Qt::Key_F5);
    VERIFY_HOLDS_FOR(300ms, !stopIn(bar<CredentialsPage>()));
}

void LoadingTest::stopEndsTheLoadOfAPage()
{
    open();
    QTableView *table = m_window->table(credentials);
    const QPoint place = table->mapTo(&m_window->window(), QPoint());
    stall(isForPage);

    m_window->click(u"Last page"_s);

    QVERIFY(!stopIn(bar<CredentialsPage>()));
    QTRY_VERIFY(stopIn(bar<CredentialsPage>()));
    QVERIFY(m_window->has(QAccessible::ProgressBar, u"Loading"_s));
    QCOMPARE(table->mapTo(&m_window->window(), QPoint()), place);
    m_window->click(u"Stop"_s);

    QVERIFY(!stopIn(bar<CredentialsPage>()));
    QCOMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(m_window->column(credentials, u"Name"_s).size(), 100);
    QCOMPARE(table->mapTo(&m_window->window(), QPoint()), place);
    for (const QString &name : {u"Back"_s, u"Forward"_s}) // nobody has got anywhere
        QVERIFY2(!m_window->part(QAccessible::Button, name)->isEnabled(), qPrintable(name));
}

void LoadingTest::stopEndsTheLoadOfTheApplications()
{
    stall(isForList);
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(stopIn(bar<ApplicationSidebar>()));

    QTest::mouseClick(stopIn(bar<ApplicationSidebar>()), Qt::LeftButton);

    QVERIFY(!stopIn(bar<ApplicationSidebar>()));
    QVERIFY(m_window->shows(u"You have stopped loading the applications. Try again to see them."_s));
    QVERIFY(m_window->shows(u"Applications not loaded"_s));
    QVERIFY(!m_window->visibleText().contains(u"Loading"_s));
    QVERIFY(m_window->has(QAccessible::PushButton, u"Load"_s));
    m_losant->setException({});
    m_window->click(u"Try again"_s);
    QVERIFY(!m_window->visibleText().contains(u"stopped"_s));
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void LoadingTest::stopKeepsTheApplicationsThatAreThere()
{
    m_losant->setApplicationsPerPage(1);
    m_losant->setException([](const RecordedRequest &request) {
        const bool isSecond = isForList(request) && request.parameter(u"page"_s) == "1"_L1;
        return isSecond ? std::optional(ScriptedReply{.way = Way::Stall}) : std::nullopt;
    });
    open();
    QTRY_VERIFY(stopIn(bar<ApplicationSidebar>()));

    QTest::mouseClick(stopIn(bar<ApplicationSidebar>()), Qt::LeftButton);

    QVERIFY(m_window->visibleText().contains(u"stopped loading the list: 1 so far"_s));
    const QAbstractItemModel *list = m_window->tree(u"Applications"_s)->model();
    QCOMPARE(list->rowCount(list->index(1, 0)), 1);
    QCOMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_losant->setException({});
    m_window->click(u"Try again"_s);
    QTRY_COMPARE(list->rowCount(list->index(1, 0)), 2);
    QVERIFY(!m_window->visibleText().contains(u"stopped"_s));
}

void LoadingTest::escapeStopsTheApplicationsToo()
{
    stall(isForList);
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(stopIn(bar<ApplicationSidebar>()));
    m_window->key(Qt::Key_Escape);
    QVERIFY(m_window->shows(u"Applications not loaded"_s));
}

void LoadingTest::stopEndsARetryAndNothingIsSaidToBeTriedAgain()
{
    open();
    m_losant->failPages(ScriptedReply{.way = Way::CloseBefore});
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(m_window->label(errorMessage).contains(u"keeps trying"_s));
    stall(isForPage);
    m_window->session().networkChanged(); // it is tried again at once
    QTRY_VERIFY(stopIn(bar<CredentialsPage>()));

    m_window->click(u"Stop"_s);

    QVERIFY(!stopIn(bar<CredentialsPage>()));
    QVERIFY(m_window->label(errorMessage).contains(u"The rows below are older"_s));
    QVERIFY(!m_window->label(errorMessage).contains(u"keeps trying"_s));
    QVERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
}

void LoadingTest::whatWasStoppedIsNotSaidToBeWhileItLoadsAgain_data()
{
    QTest::addColumn<std::function<void(const OpenWindow &)>>("loadAgain");
    const auto row = [](const char *name, const std::function<void(const OpenWindow &)> &how) {
        QTest::newRow(name) << how;
    };
    row("the button", [](const OpenWindow &w) { w.click(u"Load"_s); });
    row("F5", [](const OpenWindow &w) { w.key(Qt::Key_F5); });
    row("another order", [](const OpenWindow &w) { w.key(Qt::Key_2, Qt::ControlModifier); });
    row("a filter", [](const OpenWindow &w) {
        w.line(u"Filter credentials"_s)->setFocus();
        w.type(u"x"_s);
        QTRY_VERIFY(!w.shows(u"Not loaded"_s));
    });
    row("more rows", [](const OpenWindow &w) { w.choose(u"Rows per page"_s, u"25"_s); });
    row("another application", [](const OpenWindow &w) {
        w.tree(u"Applications"_s)->setFocus();
        w.key(Qt::Key_Down);
    });
    row("back", [](const OpenWindow &w) { w.key(Qt::Key_Left, Qt::AltModifier); });
}

void LoadingTest::whatWasStoppedIsNotSaidToBeWhileItLoadsAgain()
{
    QFETCH(const std::function<void(const OpenWindow &)>, loadAgain);
    m_losant->setCredentials(m_losant->addApplication(u"Yard"_s), FakeLosant::someCredentials(3));
    open();
    stall(isForPage);
    chooseWarehouse();
    QTRY_VERIFY(stopIn(bar<CredentialsPage>()));
    m_window->click(u"Stop"_s);
    QVERIFY(m_window->shows(u"Not loaded"_s));
    QVERIFY(m_window->visibleText().contains(u"Choose “Load” to see the credentials"_s));
    QCOMPARE(m_window->label(status), QString());

    loadAgain(*m_window);

    QVERIFY(!m_window->shows(u"Not loaded"_s));
    QVERIFY(!m_window->visibleText().contains(u"You have stopped"_s));
}

void LoadingTest::aSlowServerIsSaidToBeSlow()
{
    m_losant->setException([](const RecordedRequest &) { return ScriptedReply{.way = Way::Stall}; });
    m_window =
        std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, FakeLosant::applicationId(1));
    VERIFY_HOLDS_FOR(9s, !m_window->visibleText().contains(u"longer than usual"_s));
    QTRY_COMPARE(m_window->visibleText().count(u"The server takes longer than usual."_s), 2);
    QVERIFY(m_window->shows(u"Loading applications… The server takes longer than usual."_s));
    m_window->click(u"Stop"_s);
    m_window->click(u"Stop"_s);
    QVERIFY(!m_window->visibleText().contains(u"longer than usual"_s));
}

void LoadingTest::noServerIsSaidToBeSlowWhileSomethingIsAsked()
{
    QWidget window;
    auto *line = new QVBoxLayout(&window);
    auto *bar = new LoadingBar(u"Loading"_s, LoadingBar::SlowText::Beside, {1ms, 30ms});
    line->addWidget(bar);
    window.show();
    QDialog question(&window);
    question.open();
    bar->setBusy(true);
    QTRY_VERIFY(bar->isShown());
    VERIFY_HOLDS_FOR(150ms, !bar->isSlow());
    question.reject();
    QTRY_VERIFY(bar->isSlow());
    bar->restart(); // something else is loaded, which may be quick
    QVERIFY(bar->isShown() && !bar->isSlow());
    QTRY_VERIFY(bar->isSlow());
}

void LoadingTest::beforeTheFirstPageNothingIsSaidOfRows()
{
    const auto saysNothing = [this] {
        return m_window->label(status).isEmpty() && !m_window->visibleText().contains(u"of 1"_s) &&
               qobject_cast<QSpinBox *>(m_window->part(QAccessible::SpinBox, u"Page number"_s))
                   ->text()
                   .trimmed()
                   .isEmpty();
    };
    m_losant->setDelay(300ms);
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QVERIFY(saysNothing());
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s); // and its page loads
    QVERIFY(saysNothing());
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QVERIFY(m_window->shows(u"of 3"_s));
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"101–200 of 250"_s);

    chooseWarehouse();

    QVERIFY(saysNothing());
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    const auto *number = qobject_cast<QSpinBox *>(m_window->part(QAccessible::SpinBox, u"Page number"_s));
    QCOMPARE(number->text(), u"1"_s);
    QVERIFY(m_window->shows(u"of 1"_s));
}

void LoadingTest::afterAFirstPageThatFailedNothingIsSaidOfRows()
{
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QCOMPARE(m_window->label(status), QString());
    QVERIFY(!m_window->shows(u"of 1"_s));
}

void LoadingTest::aRefusedTokenIsSaidOnceWithSignIn_data()
{
    QTest::addColumn<QString>("applicationId");
    QTest::newRow("nothing is open") << QString();
    QTest::newRow("an application is to be opened") << FakeLosant::applicationId(1);
}

void LoadingTest::aRefusedTokenIsSaidOnceWithSignIn()
{
    QFETCH(QString, applicationId);
    m_losant->setException([](const RecordedRequest &request) {
        return request.header("Authorization") == "Bearer new"
                   ? std::nullopt
                   : std::optional(FakeLosant::error(401, u"Expired"_s));
    });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, applicationId);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    VERIFY_HOLDS_FOR(200ms, m_window->visibleText().count(u"not accepted"_s) == 1); // both fail
    QVERIFY(m_window->label(errorMessage).contains(u"not accepted"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Try again"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));
    QVERIFY(!m_window->visibleText().contains(u"Loading"_s));
    QCOMPARE(m_window->label(status), QString());
    const QSignalSpy asked(&m_window->mainWindow(), &MainWindow::signInAgainRequested);

    m_window->click(u"Sign in"_s);

    QCOMPARE(asked.count(), 1);
    m_window->session().setToken("new", std::nullopt);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Sign in"_s));
}

void LoadingTest::aRefusedTokenIsSaidAboveTheRows()
{
    open();
    m_losant->failPages(FakeLosant::error(401, u"Expired"_s));
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Sign in"_s));
    QCOMPARE(m_window->column(credentials, u"Name"_s).size(), 100);
    QVERIFY(m_window->label(errorMessage).contains(u"The rows below are older"_s));
    m_losant->failPages(FakeLosant::error(400, u"no"_s));

    m_window->key(Qt::Key_F5);

    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Sign in"_s));
}

void LoadingTest::loadingAgainTakesAFailureAwayWhileThatIsRetried()
{
    open();
    m_losant->failPages(ScriptedReply{.way = Way::CloseBefore});
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    stall(isForPage);
    m_window->session().networkChanged();
    QTRY_VERIFY(stopIn(bar<CredentialsPage>()));
    QVERIFY(m_window->has(QAccessible::StaticText, errorMessage));

    m_window->key(Qt::Key_F5);

    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
}

QTEST_MAIN(LoadingTest)
#include "loadingtest.moc"
