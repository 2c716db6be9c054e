// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"

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
const QString status = u"Page status"_s;

} // namespace

/// An application that the pointer or the search rests on is there once it is chosen.
class ApplicationRestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anApplicationThatIsRestedOnShowsAtOnce();
    void passingOverApplicationsAsksNothing();
    void theOpenApplicationIsNotForeseen();
    void leavingAnApplicationAsksNothing_data();
    void leavingAnApplicationAsksNothing();
    void choosingIsNotResting();
    void eachApplicationIsForeseenOnce();
    void theFirstMatchOfTheSearchIsForeseen();
    void filteringUnderThePointerAsksNothing();
    void scrollingUnderThePointerAsksForWhereItComesToRest();
    void whileThePageLoadsNothingIsForeseen();
    void aServerThatThrottlesIsLeftInPeace();
    void aTokenThatIsRefusedIsNotAskedFor();
    void afterTheWindowNothingIsAsked();

private:
    void open();
    bool isKnown(const QString &applicationId) const
    {
        return m_window->session().pages().find(PageQuery{.applicationId = applicationId});
    }
    QPoint placeOf(const QString &application) const;
    void movePointerTo(const QString &application);
    int requestsFor(const QString &applicationId) const;

    QPoint m_pointer;
    QString m_warehouse;
    QString m_yard;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void ApplicationRestTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(5));
    m_warehouse = m_losant->addApplication(u"Warehouse"_s);
    m_yard = m_losant->addApplication(u"Yard"_s);
    m_losant->setCredentials(m_warehouse, FakeLosant::someCredentials(3));
    m_losant->setCredentials(m_yard, FakeLosant::someCredentials(2));
    QCursor::setPos(0, 0);
}

void ApplicationRestTest::cleanup()
{
    m_window.reset();
}

void ApplicationRestTest::open()
{
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–5 of 5"_s);
}

QPoint ApplicationRestTest::placeOf(const QString &application) const
{
    const QTreeView *tree = m_window->tree(applications);
    const QModelIndex group = tree->model()->index(0, 0);
    const QModelIndexList found =
        tree->model()->match(tree->model()->index(0, 0, group), Qt::DisplayRole, application);
    return tree->visualRect(found.value(0)).center();
}

void ApplicationRestTest::movePointerTo(const QString &application)
{
    m_pointer = placeOf(application);
    QTest::mouseMove(m_window->tree(applications)->viewport(), m_pointer);
}

int ApplicationRestTest::requestsFor(const QString &applicationId) const
{
    const QByteArray path = "/applications/" + applicationId.toUtf8() + "/credentials";
    return int(std::ranges::count(m_losant->pageRequests(), path,
                                  [](const RecordedRequest &request) { return request.path(); }));
}

void ApplicationRestTest::anApplicationThatIsRestedOnShowsAtOnce()
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
    QTest::qWait(400);
    QCOMPARE(requestsFor(m_warehouse), 1);
}

void ApplicationRestTest::passingOverApplicationsAsksNothing()
{
    open();
    for (int i = 0; i < 6; ++i) {
        movePointerTo(i % 2 == 0 ? u"Warehouse"_s : u"Yard"_s);
        QTest::qWait(100);
    }
    QCOMPARE(requestsFor(m_warehouse), 0);
    QCOMPARE(requestsFor(m_yard), 0);
    QTRY_COMPARE(requestsFor(m_yard), 1); // where it came to rest
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::theOpenApplicationIsNotForeseen()
{
    open();
    m_window->session().pages().forget();
    const int before = m_losant->pageCount();
    movePointerTo(u"Plant floor"_s);
    QTest::qWait(600);
    QCOMPARE(m_losant->pageCount(), before);
}

void ApplicationRestTest::leavingAnApplicationAsksNothing_data()
{
    QTest::addColumn<bool>("staysInTheList");
    QTest::newRow("for what is below the last one") << true;
    QTest::newRow("for the credentials") << false;
}

void ApplicationRestTest::leavingAnApplicationAsksNothing()
{
    QFETCH(bool, staysInTheList);
    open();
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(50);
    if (staysInTheList)
        QTest::mouseMove(m_window->tree(applications)->viewport(), m_pointer + QPoint(0, 300));
    else
        QTest::mouseMove(m_window->table(u"Credentials"_s)->viewport(), {50, 50});
    QTest::qWait(600);
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::choosingIsNotResting()
{
    open();
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    movePointerTo(u"Warehouse"_s);
    QTest::mouseClick(m_window->tree(applications)->viewport(), Qt::LeftButton, {}, m_pointer);
    QTest::qWait(600);
    QCOMPARE(requestsFor(m_warehouse), 1);
}

void ApplicationRestTest::eachApplicationIsForeseenOnce()
{
    open();
    for (int i = 0; i < 4; ++i) {
        movePointerTo(i % 2 == 0 ? u"Warehouse"_s : u"Yard"_s);
        QTest::qWait(450);
    }
    QCOMPARE(requestsFor(m_warehouse), 1);
    QCOMPARE(requestsFor(m_yard), 1);
}

void ApplicationRestTest::theFirstMatchOfTheSearchIsForeseen()
{
    open();
    m_window->line(u"Search applications"_s)->setFocus();
    m_window->type(u"yar"_s);
    QTRY_VERIFY(isKnown(m_yard));
    m_window->type(u"d"_s);
    m_losant->setDelay(200ms);
    m_window->key(Qt::Key_Return);
    QCOMPARE(m_window->label(status), u"1–2 of 2"_s);
    QTest::qWait(400);
    QCOMPARE(requestsFor(m_yard), 1);
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::filteringUnderThePointerAsksNothing()
{
    m_losant->addApplication(u"Plate"_s);
    open();
    movePointerTo(u"Warehouse"_s);
    QTRY_COMPARE(requestsFor(m_warehouse), 1);
    m_losant->server().forget();
    m_window->line(u"Search applications"_s)->setFocus();

    m_window->type(u"pla"_s);

    QCOMPARE(placeOf(u"Plate"_s).y(), m_pointer.y());
    QTest::qWait(600);
    QCOMPARE(m_losant->pageCount(), 0);
}

void ApplicationRestTest::scrollingUnderThePointerAsksForWhereItComesToRest()
{
    QStringList ids;
    for (int i = 0; i < 60; ++i)
        ids += m_losant->addApplication(u"Plant %1"_s.arg(i));
    open();
    movePointerTo(u"Warehouse"_s);
    QScrollBar *bar = m_window->tree(applications)->verticalScrollBar();
    const int before = m_losant->pageCount();
    for (int i = 1; i <= 6; ++i) {
        QTest::qWait(100);
        bar->setValue(i);
    }
    QCOMPARE(m_losant->pageCount(), before);
    QTRY_COMPARE(m_losant->pageCount(), before + 1);
    QTest::qWait(400);
    QCOMPARE(m_losant->pageCount(), before + 1);
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::whileThePageLoadsNothingIsForeseen()
{
    open();
    m_losant->setDelay(800ms);
    m_window->key(Qt::Key_F5);
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(500);
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::aServerThatThrottlesIsLeftInPeace()
{
    open();
    m_losant->failPages(ScriptedReply{.status = 429, .headers = {{"Retry-After", "100"}}});
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, u"Error message"_s));
    m_losant->failPages({});
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(600);
    QCOMPARE(requestsFor(m_warehouse), 0);
}

void ApplicationRestTest::aTokenThatIsRefusedIsNotAskedFor()
{
    open();
    m_window->session().awaitTokens();
    const QSignalSpy refused(&m_window->session(), &Session::tokenRefused);
    m_losant->failPages(FakeLosant::error(401, u"expired"_s));
    movePointerTo(u"Warehouse"_s);
    QTRY_COMPARE(requestsFor(m_warehouse), 1);
    QTest::qWait(100);
    QCOMPARE(refused.size(), 0);
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
}

void ApplicationRestTest::afterTheWindowNothingIsAsked()
{
    open();
    movePointerTo(u"Warehouse"_s);
    QTest::qWait(50);
    m_losant->server().forget();
    m_window.reset();
    QTest::qWait(500);
    QCOMPARE(m_losant->server().requests().size(), 0U);
}

QTEST_MAIN(ApplicationRestTest)
#include "applicationresttest.moc"
