// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filledform.h"
#include "gui/openwindow.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;

} // namespace

/// What may be wanted next is there before it is asked for, and the server is hardly asked more for it.
class ForeseeingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theNextPageShowsAtOnce();
    void eachPageIsAskedForOnce();
    void thePageBehindIsThereToo();
    void onlyPagesBesideAreForeseen();
    void aPageThatIsOnItsWayIsWaitedFor();

    void anOldPageThatIsTheSameIsLeftAlone();
    void anOldPageThatDiffersIsReplacedWhereItIs();
    void anOldPageThatFailsSaysSo();
    void refreshForgets();
    void aCreatedCredentialForgets();
    void aCredentialThatMayBeCreatedForgets();

    void aServerThatThrottlesIsLeftInPeace();
    void afterTheWindowNothingIsAsked();

private:
    void open();
    bool isKnown(const PageQuery &query) const { return m_window->session().pages().find(query); }
    bool isKnown(int page) const { return isKnown(m_query.onPage(page)); }
    QString firstName() const { return m_window->column(credentials, u"Name"_s).value(0); }
    bool isLoadingShown() const { return m_window->has(QAccessible::ProgressBar, u"Loading"_s); }

    const PageQuery m_query{.applicationId = FakeLosant::applicationId(1)};
    QString m_plant;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void ForeseeingTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_plant = m_losant->addApplication(u"Plant floor"_s);
    m_losant->setCredentials(m_plant, FakeLosant::someCredentials(1000));
}

void ForeseeingTest::cleanup()
{
    m_window.reset();
}

/// With the page after the first one foreseen.
void ForeseeingTest::open()
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 1,000"_s);
    QTRY_VERIFY(isKnown(1));
}

void ForeseeingTest::theNextPageShowsAtOnce()
{
    open();
    m_losant->setDelay(200ms);
    m_losant->server().forget();
    QSignalSpy resets(m_window->table(credentials)->model(), &QAbstractItemModel::modelReset);
    QElapsedTimer timer;
    timer.start();

    m_window->click(u"Next page"_s);

    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_window->label(status), u"101–200 of 1,000"_s);
    QCOMPARE(firstName(), u"Credential 101"_s);
    while (timer.elapsed() < 500) {
        QVERIFY(!isLoadingShown());
        QTest::qWait(10);
    }
    QCOMPARE(resets.size(), 1);
    QCOMPARE(m_losant->pageCount(1), 0);
    QCOMPARE(m_losant->pageCount(), 1); // the next one is foreseen
}

void ForeseeingTest::eachPageIsAskedForOnce()
{
    open();
    for (int page = 1; page < 10; ++page) {
        QTRY_VERIFY(isKnown(page));
        m_window->click(u"Next page"_s);
        QCOMPARE(firstName(), u"Credential %1"_s.arg(page * 100 + 1));
    }
    for (int page = 8; page >= 0; --page) {
        m_window->click(u"Previous page"_s);
        QCOMPARE(firstName(), u"Credential %1"_s.arg(page * 100 + 1));
        QTest::qWait(10);
    }
    for (int page = 0; page < 10; ++page)
        QCOMPARE(m_losant->pageCount(page), 1);
    QCOMPARE(m_losant->pageCount(), 10);
}

void ForeseeingTest::thePageBehindIsThereToo()
{
    open();
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"901–1,000 of 1,000"_s);
    QTRY_VERIFY(isKnown(8));
    m_window->click(u"Previous page"_s);
    QCOMPARE(m_window->label(status), u"801–900 of 1,000"_s);
    QTRY_VERIFY(isKnown(7));
    QCOMPARE(m_losant->pageCount(), 5);
}

void ForeseeingTest::onlyPagesBesideAreForeseen()
{
    m_losant->setCredentials(m_plant, FakeLosant::someCredentials(100));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 100"_s);
    QTest::qWait(400);
    QCOMPARE(m_losant->pageCount(), 1);
}

void ForeseeingTest::aPageThatIsOnItsWayIsWaitedFor()
{
    open();
    m_losant->setDelay(700ms);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_losant->pageCount(2), 1);

    m_window->click(u"Next page"_s);

    QCOMPARE(m_window->label(status), u"101–200 of 1,000"_s);
    QTRY_VERIFY(isLoadingShown());
    QTRY_COMPARE(m_window->label(status), u"201–300 of 1,000"_s);
    QVERIFY(!isLoadingShown());
    QCOMPARE(m_losant->pageCount(2), 1);
}

void ForeseeingTest::anOldPageThatIsTheSameIsLeftAlone()
{
    open();
    m_window->click(u"Next page"_s);
    QTRY_VERIFY(isKnown(2));
    m_window->session().pages().setFreshness(-1ms);
    m_losant->setDelay(400ms);
    m_losant->server().forget();
    QTableView *table = m_window->table(credentials);
    const QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);

    m_window->click(u"Previous page"_s);
    m_window->clickCell(credentials, u"Credential 5"_s);
    table->verticalScrollBar()->setValue(3);

    QTRY_COMPARE(m_losant->pageCount(0), 1);
    for (QElapsedTimer timer =
             [] {
                 QElapsedTimer t;
                 t.start();
                 return t;
             }();
         timer.elapsed() < 600;) {
        QVERIFY(!isLoadingShown());
        QTest::qWait(10);
    }
    QCOMPARE(resets.size(), 1); // by the click
    QCOMPARE(table->currentIndex().data().toString(), u"Credential 5"_s);
    QCOMPARE(table->verticalScrollBar()->value(), 3);
    QCOMPARE(m_losant->pageCount(), 1); // the pages beside are known
}

void ForeseeingTest::anOldPageThatDiffersIsReplacedWhereItIs()
{
    open();
    m_window->click(u"Next page"_s);
    QTRY_VERIFY(isKnown(2));
    m_window->session().pages().setFreshness(-1ms);
    QJsonArray changed = FakeLosant::someCredentials(1000);
    QJsonObject last = changed[99].toObject();
    last[u"name"_s] = u"Another name"_s;
    changed[99] = last;
    m_losant->setCredentials(m_plant, changed);
    m_losant->setDelay(300ms);
    m_window->mainWindow().resize(700, 600); // so that the columns don't fit
    QTableView *table = m_window->table(credentials);
    const QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);

    m_window->click(u"Previous page"_s);
    table->horizontalScrollBar()->setValue(0);
    m_window->clickCell(credentials, u"Credential 5"_s);
    m_window->key(Qt::Key_Right);
    table->verticalScrollBar()->setValue(50);
    table->horizontalScrollBar()->setValue(table->horizontalScrollBar()->maximum());
    QVERIFY(table->horizontalScrollBar()->value() > 0);

    const int across = table->horizontalScrollBar()->value();
    for (QElapsedTimer timer =
             [] {
                 QElapsedTimer t;
                 t.start();
                 return t;
             }();
         timer.elapsed() < 600;) {
        QVERIFY(!isLoadingShown());
        QCOMPARE(table->verticalScrollBar()->value(), 50);
        QCOMPARE(table->horizontalScrollBar()->value(), across);
        QTest::qWait(10);
    }
    QCOMPARE(resets.size(), 2);
    QCOMPARE(m_window->column(credentials, u"Name"_s).at(99), u"Another name"_s);
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), u"Credential 5"_s);
    QCOMPARE(table->currentIndex().column(), 1);
    QVERIFY(table->selectionModel()->isRowSelected(4));
}

void ForeseeingTest::anOldPageThatFailsSaysSo()
{
    open();
    m_window->click(u"Next page"_s);
    QTRY_VERIFY(isKnown(2));
    m_window->session().pages().setFreshness(-1ms);
    m_losant->failPages(FakeLosant::error(403, u"no"_s));

    m_window->click(u"Previous page"_s);

    QCOMPARE(firstName(), u"Credential 1"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(m_window->label(u"Error message"_s).contains(u"The rows below are older."_s));
    QCOMPARE(firstName(), u"Credential 1"_s);
    m_losant->failPages({});
    m_window->click(u"Retry"_s);
    QTRY_VERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
}

void ForeseeingTest::refreshForgets()
{
    open();
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_losant->pageCount(1), 2);
    QTRY_VERIFY(isKnown(1));
    QCOMPARE(m_losant->pageCount(0), 2);
    QCOMPARE(m_losant->pageCount(), 4);
}

void ForeseeingTest::aCreatedCredentialForgets()
{
    open();
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    form.click(u"Create"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 1,001"_s);
    QTRY_VERIFY(isKnown(1));
    m_window->click(u"Next page"_s);
    QCOMPARE(m_window->label(status), u"101–200 of 1,001"_s);
    QCOMPARE(firstName(), u"Credential 100"_s); // the new one comes before
    QCOMPARE(m_losant->pageCount(1), 2);
}

void ForeseeingTest::aCredentialThatMayBeCreatedForgets()
{
    open();
    const GuiProbe form(*openFilledForm(*m_window));
    const CloseAtEnd closes(form.window());
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.method == "POST" || request.parameter(u"filter"_s) == "Mail"_L1)
            return ScriptedReply{.way = Way::Stall};
        return std::nullopt;
    });
    form.click(u"Create"_s);
    QTRY_COMPARE(m_losant->server().count("POST"), 1);
    QVERIFY(isKnown(1));
    form.click(u"Cancel"_s); // the waiting
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"Mail"_s);
    form.click(u"Cancel"_s); // the search for it
    QTRY_VERIFY(form.has(QAccessible::PushButton, u"Check again"_s));

    QVERIFY(!isKnown(0) && !isKnown(1));
}

void ForeseeingTest::aServerThatThrottlesIsLeftInPeace()
{
    open();
    m_losant->failPages(ScriptedReply{.status = 429, .headers = {{"Retry-After", "100"}}});
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, u"Error message"_s));
    m_losant->failPages({});
    m_losant->server().forget();

    m_window->click(u"Retry"_s);
    QTRY_COMPARE(m_window->label(status), u"901–1,000 of 1,000"_s);
    QTest::qWait(300);

    QCOMPARE(m_losant->pageCount(), 1);
}

void ForeseeingTest::afterTheWindowNothingIsAsked()
{
    open();
    m_losant->setException([](const RecordedRequest &) { return ScriptedReply{.way = Way::Stall}; });
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_losant->pageCount(2), 1);
    m_losant->server().forget();

    m_window.reset();

    QTRY_COMPARE(m_losant->server().openConnectionCount(), 0);
    QTest::qWait(500);
    QCOMPARE(m_losant->server().requests().size(), 0U);
}

QTEST_MAIN(ForeseeingTest)
#include "foreseeingtest.moc"
