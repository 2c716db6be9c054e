// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filledform.h"
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString applications = u"Applications"_s;
const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;

constexpr auto pastHover = 450ms; // longer than the pointer has to rest on an application
constexpr int briefly = 50;       // ms that a moving pointer stays at one place

} // namespace

/// The pages beside, and the application that the pointer or the search rests on, show at once when somebody
/// wants to see them.
class PrefetchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theNextPageShowsAtOnce();
    void eachPageIsAskedForOnce();
    void anOldPageThatDiffersIsReplacedWhereItIs();
    void aCreatedCredentialForgets();

    void anApplicationThatIsRestedOnShowsAtOnce();
    void passingOverApplicationsAsksNothing();
    void theOpenApplicationIsNotPrefetched();
    void leavingAnApplicationAsksNothing_data();
    void leavingAnApplicationAsksNothing();
    void choosingIsNotResting();
    void theFirstMatchOfTheSearchIsPrefetched();
    void filteringUnderThePointerAsksNothing();
    void scrollingUnderThePointerAsksForWhereItComesToRest();

    void afterTheWindowNothingIsAsked();

private:
    void open();
    bool isKnown(const PageQuery &query) const { return m_window->session().pages().find(query); }
    bool isKnown(int page) const { return isKnown(m_query.onPage(page)); }
    bool isKnown(const QString &applicationId) const { return isKnown({.applicationId = applicationId}); }
    QPoint placeOf(const QString &application) const;
    void movePointerTo(const QString &application);
    int requestsFor(const QString &applicationId) const;
    QString firstName() const { return m_window->column(credentials, u"Name"_s).value(0); }
    bool isLoadingShown() const { return m_window->has(QAccessible::ProgressBar, u"Loading"_s); }

    const PageQuery m_query{.applicationId = FakeLosant::applicationId(1)};
    QString m_plant;
    QString m_warehouse;
    QString m_yard;
    QPoint m_pointer;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void PrefetchTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_plant = m_losant->addApplication(u"Plant floor"_s);
    m_losant->setCredentials(m_plant, FakeLosant::someCredentials(1000));
    m_warehouse = m_losant->addApplication(u"Warehouse"_s);
    m_yard = m_losant->addApplication(u"Yard"_s);
    m_losant->setCredentials(m_warehouse, FakeLosant::someCredentials(3));
    m_losant->setCredentials(m_yard, FakeLosant::someCredentials(2));
    QCursor::setPos(0, 0);
}

void PrefetchTest::cleanup()
{
    m_window.reset();
}

/// With the page after the first one prefetched.
void PrefetchTest::open()
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 1,000"_s);
    QTRY_VERIFY(isKnown(1));
}

QPoint PrefetchTest::placeOf(const QString &application) const
{
    const QTreeView *tree = m_window->tree(applications);
    const QModelIndex group = tree->model()->index(1, 0);
    const QModelIndexList found =
        tree->model()->match(tree->model()->index(0, 0, group), Qt::DisplayRole, application);
    return tree->visualRect(found.value(0)).center();
}

void PrefetchTest::movePointerTo(const QString &application)
{
    m_pointer = placeOf(application);
    QTest::mouseMove(m_window->tree(applications)->viewport(), m_pointer);
}

int PrefetchTest::requestsFor(const QString &applicationId) const
{
    const QByteArray path = "/applications/" + applicationId.toUtf8() + "/credentials";
    return int(std::ranges::count(m_losant->pageRequests(), path,
                                  [](const RecordedRequest &request) { return request.path(); }));
}

void PrefetchTest::theNextPageShowsAtOnce()
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
    VERIFY_HOLDS_FOR(400ms, !isLoadingShown());
    QCOMPARE(resets.size(), 1);
    QCOMPARE(m_losant->pageCount(1), 0);
    QCOMPARE(m_losant->pageCount(), 1); // the next one is prefetched
}

void PrefetchTest::eachPageIsAskedForOnce()
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
        QCoreApplication::processEvents(); // it is painted
    }
    VERIFY_HOLDS_FOR(50ms, m_losant->pageCount() == 10);
    for (int page = 0; page < 10; ++page)
        QCOMPARE(m_losant->pageCount(page), 1);
}

void PrefetchTest::anOldPageThatDiffersIsReplacedWhereItIs()
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
    VERIFY_HOLDS_FOR(500ms, !isLoadingShown() && table->verticalScrollBar()->value() == 50 &&
                                table->horizontalScrollBar()->value() == across);
    QCOMPARE(resets.size(), 2);
    QCOMPARE(m_window->column(credentials, u"Name"_s).at(99), u"Another name"_s);
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), u"Credential 5"_s);
    QCOMPARE(table->currentIndex().column(), 1);
    QVERIFY(table->selectionModel()->isRowSelected(4));
}

void PrefetchTest::aCreatedCredentialForgets()
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

void PrefetchTest::anApplicationThatIsRestedOnShowsAtOnce()
{
    open();
    movePointerTo(u"Warehouse"_s);
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE(requestsFor(m_warehouse), 1);
    QVERIFY2(timer.elapsed() >= 290, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(isKnown(m_warehouse));
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    m_losant->setDelay(200ms);

    QTest::mouseClick(m_window->tree(applications)->viewport(), Qt::LeftButton, {}, placeOf(u"Warehouse"_s));

    QCOMPARE(m_window->label(status), u"1–3 of 3"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    VERIFY_HOLDS_FOR(100ms, requestsFor(m_warehouse) == 1);
}

void PrefetchTest::passingOverApplicationsAsksNothing()
{
    open();
    for (int i = 0; i < 6; ++i) {
        movePointerTo(i % 2 == 0 ? u"Warehouse"_s : u"Yard"_s);
        QTest::qWait(2 * briefly);
    }
    QCOMPARE(requestsFor(m_warehouse), 0);
    QCOMPARE(requestsFor(m_yard), 0);
    QTRY_COMPARE(requestsFor(m_yard), 1); // where it came to rest
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void PrefetchTest::theOpenApplicationIsNotPrefetched()
{
    open();
    m_window->session().pages().forget();
    const int before = m_losant->pageCount();
    movePointerTo(u"Plant floor"_s);
    VERIFY_HOLDS_FOR(pastHover, m_losant->pageCount() == before);
}

void PrefetchTest::leavingAnApplicationAsksNothing_data()
{
    QTest::addColumn<bool>("staysInTheList");
    QTest::newRow("for what is below the last one") << true;
    QTest::newRow("for the credentials") << false;
}

void PrefetchTest::leavingAnApplicationAsksNothing()
{
    QFETCH(bool, staysInTheList);
    open();
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(briefly);
    if (staysInTheList)
        QTest::mouseMove(m_window->tree(applications)->viewport(), m_pointer + QPoint(0, 300));
    else
        QTest::mouseMove(m_window->table(u"Credentials"_s)->viewport(), {50, 50});
    VERIFY_HOLDS_FOR(pastHover, requestsFor(m_warehouse) == 0);
}

void PrefetchTest::choosingIsNotResting()
{
    open();
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    movePointerTo(u"Warehouse"_s);
    QTest::mouseClick(m_window->tree(applications)->viewport(), Qt::LeftButton, {}, m_pointer);
    QTRY_COMPARE(requestsFor(m_warehouse), 1);
    VERIFY_HOLDS_FOR(pastHover, requestsFor(m_warehouse) == 1);
}

void PrefetchTest::theFirstMatchOfTheSearchIsPrefetched()
{
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"yar"_s);
    QTRY_VERIFY(isKnown(m_yard));
    m_window->type(u"d"_s);
    m_losant->setDelay(200ms);
    m_window->key(Qt::Key_Return);
    QCOMPARE(m_window->label(status), u"1–2 of 2"_s);
    VERIFY_HOLDS_FOR(100ms, requestsFor(m_yard) == 1 && requestsFor(m_warehouse) == 0);
}

void PrefetchTest::filteringUnderThePointerAsksNothing()
{
    m_losant->addApplication(u"Plate"_s);
    m_losant->addApplication(u"Platform"_s);
    open();
    movePointerTo(u"Warehouse"_s);
    QTRY_COMPARE(requestsFor(m_warehouse), 1);
    m_losant->server().forget();
    m_window->line(u"Search applications"_s)->setFocus();

    m_window->type(u"pla"_s);

    QCOMPARE(m_window->tree(applications)->indexAt(m_pointer).data().toString(), u"Platform"_s);
    VERIFY_HOLDS_FOR(pastHover, m_losant->pageCount() == 0);
}

void PrefetchTest::scrollingUnderThePointerAsksForWhereItComesToRest()
{
    QStringList ids;
    for (int i = 0; i < 60; ++i)
        ids += m_losant->addApplication(u"Plant %1"_s.arg(i));
    open();
    movePointerTo(u"Warehouse"_s);
    QScrollBar *bar = m_window->tree(applications)->verticalScrollBar();
    const int before = m_losant->pageCount();
    for (int i = 1; i <= 6; ++i) {
        QTest::qWait(2 * briefly);
        bar->setValue(i);
    }
    QCOMPARE(m_losant->pageCount(), before);
    QTRY_COMPARE(m_losant->pageCount(), before + 1);
    VERIFY_HOLDS_FOR(pastHover, m_losant->pageCount() == before + 1 && requestsFor(m_warehouse) == 0);
}

void PrefetchTest::afterTheWindowNothingIsAsked()
{
    open();
    m_losant->setException([](const RecordedRequest &) { return ScriptedReply{.way = Way::Stall}; });
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_losant->pageCount(2), 1);
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(briefly);
    m_losant->server().forget();

    m_window.reset();

    QTRY_COMPARE(m_losant->server().openConnectionCount(), 0);
    VERIFY_HOLDS_FOR(pastHover, m_losant->server().requests().empty());
}

QTEST_MAIN(PrefetchTest)
#include "prefetchtest.moc"
