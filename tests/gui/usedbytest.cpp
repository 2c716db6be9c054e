// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usedbyview.h"
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QAbstractButton>
#include <QJsonDocument>
#include <QListWidget>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Used by status"_s;

QJsonObject collection(const QJsonArray &items)
{
    return {{u"items"_s, items}, {u"count"_s, items.size()}, {u"totalCount"_s, items.size()}};
}

/// An answer with so many workflows.
ScriptedReply workflows(int count)
{
    QJsonArray flows;
    for (int i = 1; i <= count; ++i)
        flows.append(QJsonObject{{u"id"_s, u"f%1"_s.arg(i)},
                                 {u"name"_s, u"Workflow %1"_s.arg(i, 2, 10, QChar(u'0'))},
                                 {u"flowClass"_s, u"cloud"_s}});
    const QJsonObject answer{{u"flows"_s, collection(flows)},
                             {u"flowVersions"_s, collection({})},
                             {u"integrations"_s, collection({})}};
    return {.body = QJsonDocument(answer).toJson()};
}

} // namespace

/// Where the selected credential is used, in the details.
class UsedByTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void itIsAskedForOnceARowHasStayedSelected();
    void rowsThatArePassedOverAreNotAskedFor();
    void aRowThatIsShownAgainComesFromTheCache();
    void aFoldedPaneAsksForNothing();
    void anotherRowWithdrawsTheQuestion();
    void whatIsFoundIsListed();
    void noMoreThanSixRowsShowAndTheRestScrolls();
    void noneFoundIsSaid();
    void aLoadingMarkShowsOnlyIfItTakesLong();
    void afterAFailureOneCanLookAgain();
    void whatTakesLongCanBeStopped_data();
    void whatTakesLongCanBeStopped();
    void oddNamesAreShownLiterally();
    void theListIsReachedByKeys();
    void whatAChangeMayHaveTouchedIsAskedAnew();

private:
    int linksAsked() const;
    /// Empty as long as it is not shown.
    QString statusText() const
    {
        return m_window->has(QAccessible::StaticText, status) ? m_window->label(status) : QString();
    }
    void select(int row) { m_window->table(credentials)->selectRow(row); }
    QListWidget *list() const
    {
        return qobject_cast<QListWidget *>(m_window->part(QAccessible::List, u"Used by"_s));
    }

    ScriptedReply m_links;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void UsedByTest::init()
{
    m_links = workflows(0);
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(10));
    m_losant->setException([this](const RecordedRequest &request) {
        return request.path().endsWith("/linkedResources") ? std::optional(m_links) : std::nullopt;
    });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–10 of 10"_s);
    m_window->table(credentials)->setFocus();
    m_window->table(credentials)->setCurrentIndex({});
}

int UsedByTest::linksAsked() const
{
    return int(std::ranges::count_if(m_losant->server().requests(), [](const RecordedRequest &request) {
        return request.path().endsWith("/linkedResources");
    }));
}

void UsedByTest::itIsAskedForOnceARowHasStayedSelected()
{
    select(0);
    VERIFY_HOLDS_FOR(200ms, linksAsked() == 0);
    QTRY_COMPARE(linksAsked(), 1);
    QTRY_VERIFY(statusText().contains(u"Nothing was found"_s));
    VERIFY_HOLDS_FOR(500ms, linksAsked() == 1);
}

void UsedByTest::rowsThatArePassedOverAreNotAskedFor()
{
    select(0);
    for (int row = 1; row < 8; ++row) {
        m_window->key(Qt::Key_Down);
        QTest::qWait(30); // as fast as one types
    }
    QTRY_COMPARE(linksAsked(), 1);
    VERIFY_HOLDS_FOR(500ms, linksAsked() == 1);
    const auto &requests = m_losant->server().requests();
    const auto asked = std::ranges::find_if(
        requests, [](const RecordedRequest &request) { return request.path().endsWith("/linkedResources"); });
    QVERIFY2(asked->path().contains(FakeLosant::credential({}, 8)[u"id"_s].toString().toLatin1()),
             asked->path().constData());
}

void UsedByTest::aRowThatIsShownAgainComesFromTheCache()
{
    m_links = workflows(3);
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    select(1);
    QTRY_COMPARE(linksAsked(), 2);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));

    select(0);

    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    QCOMPARE(list()->count(), 3);
    VERIFY_HOLDS_FOR(500ms, linksAsked() == 2);
}

void UsedByTest::aFoldedPaneAsksForNothing()
{
    m_window->key(Qt::Key_F9);
    QVERIFY(!m_window->has(QAccessible::Grouping, u"Credential details"_s));
    select(0);
    VERIFY_HOLDS_FOR(600ms, linksAsked() == 0);
    m_window->key(Qt::Key_F9);
    QTRY_COMPARE(linksAsked(), 1);
}

void UsedByTest::anotherRowWithdrawsTheQuestion()
{
    m_links = workflows(3);
    m_links.delay = 400ms;
    select(0);
    QTRY_COMPARE(linksAsked(), 1);
    m_links = workflows(0);
    select(1);
    QTRY_COMPARE(linksAsked(), 2);
    QTRY_VERIFY(statusText().contains(u"Nothing was found"_s));
    VERIFY_HOLDS_FOR(500ms, statusText().contains(u"Nothing was found"_s));
}

void UsedByTest::whatIsFoundIsListed()
{
    m_links = workflows(2);
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    QCOMPARE(list()->count(), 2);
    QCOMPARE(list()->item(0)->text(), u"Workflow 01 · Workflow · cloud"_s);
    QVERIFY(statusText().startsWith(u"Used by 2 workflow(s)."_s));
    QVERIFY(statusText().contains(u"template"_s));
}

void UsedByTest::noMoreThanSixRowsShowAndTheRestScrolls()
{
    m_links = workflows(25);
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    QTRY_VERIFY(list()->viewport()->height() > 0);
    QVERIFY(list()->viewport()->height() <= 6 * list()->visualItemRect(list()->item(0)).height());
    list()->setFocus();
    m_window->key(Qt::Key_End);
    QTRY_VERIFY(list()->viewport()->rect().contains(list()->visualItemRect(list()->item(24))));
}

void UsedByTest::noneFoundIsSaid()
{
    select(0);
    QTRY_VERIFY(statusText().contains(u"It may be used all the same"_s));
    QVERIFY(!m_window->has(QAccessible::List, u"Used by"_s));
}

void UsedByTest::aLoadingMarkShowsOnlyIfItTakesLong()
{
    const QString mark = u"Looking where it is used"_s;
    select(0);
    VERIFY_HOLDS_FOR(800ms, !m_window->has(QAccessible::ProgressBar, mark));
    QVERIFY(statusText().contains(u"Nothing was found"_s));
    m_links.way = ScriptedReply::Way::Stall;
    select(1);
    QTRY_COMPARE(statusText(), u"Looking where it is used…"_s);
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, mark));
    select(0);
    QTRY_VERIFY(!m_window->has(QAccessible::ProgressBar, mark));
}

void UsedByTest::afterAFailureOneCanLookAgain()
{
    m_links = {.status = 404};
    select(0);
    QTRY_VERIFY(statusText().contains(u"could not be looked at"_s));
    m_links = workflows(1);
    m_window->click(u"Look again"_s);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Look again"_s));
}

void UsedByTest::whatTakesLongCanBeStopped_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("by its button") << false;
    QTest::newRow("by Esc") << true;
}

void UsedByTest::whatTakesLongCanBeStopped()
{
    QFETCH(bool, byKey);
    const QString mark = u"Looking where it is used"_s;
    m_links.way = ScriptedReply::Way::Stall;
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, mark));
    if (byKey)
        m_window->key(Qt::Key_Escape);
    else
        m_window->click(u"Stop"_s);
    QCOMPARE(statusText(), u"Stopped. It is not known where it is used."_s);
    QVERIFY(!m_window->has(QAccessible::ProgressBar, mark));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Stop"_s));
    m_links = workflows(1);
    m_window->click(u"Look again"_s);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
}

void UsedByTest::oddNamesAreShownLiterally()
{
    const QString odd = u"<b>one</b>\ntwo"_s + QChar(0x202e) + QString(10'000, u'x');
    const QJsonArray flows{QJsonObject{{u"name"_s, odd}, {u"flowClass"_s, odd}}};
    m_links.body = QJsonDocument(QJsonObject{{u"flows"_s, collection(flows)}}).toJson();
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    const QString text = list()->item(0)->text();
    QVERIFY(text.startsWith(u"<b>one</b>"_s));
    QVERIFY(text.size() < 400 && !text.contains(u'\n'));
    QVERIFY(statusText().contains(u"The server may not have listed all of them."_s));
}

void UsedByTest::theListIsReachedByKeys()
{
    m_links = workflows(3);
    select(0);
    QTRY_VERIFY(m_window->has(QAccessible::List, u"Used by"_s));
    for (int press = 0; press < 40 && !list()->hasFocus(); ++press)
        m_window->key(Qt::Key_Tab);
    QVERIFY(list()->hasFocus());
    m_window->key(Qt::Key_Down);
    QVERIFY(list()->currentRow() >= 0);
}

void UsedByTest::whatAChangeMayHaveTouchedIsAskedAnew()
{
    select(0);
    QTRY_COMPARE(linksAsked(), 1);
    QTRY_VERIFY(statusText().contains(u"Nothing was found"_s));
    m_links = workflows(1);
    m_window->session().credentials().reportChange(FakeLosant::applicationId(1), 0);
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(linksAsked(), 2);
    QTRY_VERIFY(statusText().startsWith(u"Used by 1 workflow(s)."_s));
}

QTEST_MAIN(UsedByTest)
#include "usedbytest.moc"
