// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "models/credentialtablemodel.h"
#include "support/holdsfor.h"

#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;

} // namespace

/// The table of an application: order, selection, going back and forward, loading it again.
class BrowseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void itBeginsWithTheNewestOfTheFirstApplication();
    void aClickOnAHeaderSortsOnTheServer_data();
    void aClickOnAHeaderSortsOnTheServer();
    void anotherClickTurnsTheOrderRound();
    void columnsThatTheServerCantSortByDoNotPretendTo();
    void theKeyboardSortsToo();
    void theMenuSortsToo();
    void sortingGoesToTheFirstPage();
    void theOrderIsRememberedForTheNextTime();
    void backAndForwardFollowWhatWasLookedAt();
    void backAndForwardLeadAcrossApplications();
    void refreshKeepsFilterPageSelectionAndScroll();
    void refreshIsThereByKeyAndButton();
    void theSelectionIsKeptWhenTheOrderChanges();
    void whatIsDeletedMeanwhileGivesTheSelectionToItsNeighbour_data();
    void whatIsDeletedMeanwhileGivesTheSelectionToItsNeighbour();
    void whenAllIsDeletedNothingIsSelected();
    void tabSelectsTheRowThatItComesTo();
    void aRowThatIsNotSelectedHasNoDetails();
    void copyTakesTheCellUnderTheCursor();

private:
    QString selectedName() const;
    QString detailsName() const;
    QString arrow() const;
    Qt::SortOrder order() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void BrowseTest::init()
{
    m_window.reset();
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_losant->addApplication(u"Warehouse"_s);
    m_losant->setCredentials(FakeLosant::applicationId(2), FakeLosant::someCredentials(3));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 250"_s);
}

QString BrowseTest::selectedName() const
{
    const QModelIndexList rows = m_window->table(credentials)->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.first().data().toString();
}

/// Of the credential that the details are about; empty if they are about none.
QString BrowseTest::detailsName() const
{
    if (!m_window->has(QAccessible::EditableText, u"Name"_s))
        return {};
    return qobject_cast<QPlainTextEdit *>(m_window->part(QAccessible::EditableText, u"Name"_s))
        ->toPlainText();
}

/// The column that has the arrow.
QString BrowseTest::arrow() const
{
    const QTableView *table = m_window->table(credentials);
    return table->model()
        ->headerData(table->horizontalHeader()->sortIndicatorSection(), Qt::Horizontal)
        .toString();
}

Qt::SortOrder BrowseTest::order() const
{
    return m_window->table(credentials)->horizontalHeader()->sortIndicatorOrder();
}

void BrowseTest::itBeginsWithTheNewestOfTheFirstApplication()
{
    const RecordedRequest first = m_losant->pageRequests().front();
    QCOMPARE(first.parameter(u"sortField"_s), u"creationDate"_s);
    QCOMPARE(first.parameter(u"sortDirection"_s), u"desc"_s);
    QCOMPARE(first.parameter(u"page"_s), u"0"_s);
    QCOMPARE(first.parameter(u"perPage"_s), u"100"_s);
    QCOMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 1"_s);
    QCOMPARE(arrow(), u"Created"_s);
    QCOMPARE(order(), Qt::DescendingOrder);
    QVERIFY(m_window->table(credentials)->horizontalHeader()->isSortIndicatorShown());
}

void BrowseTest::aClickOnAHeaderSortsOnTheServer_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("direction");
    QTest::newRow("a text from A to Z") << u"Name"_s << u"name"_s << u"asc"_s;
    QTest::newRow("a type from A to Z") << u"Type"_s << u"type"_s << u"asc"_s;
    QTest::newRow("a date from the newest") << u"Last updated"_s << u"lastUpdated"_s << u"desc"_s;
}

void BrowseTest::aClickOnAHeaderSortsOnTheServer()
{
    QFETCH(QString, column);
    QFETCH(QString, field);
    QFETCH(QString, direction);

    m_window->clickHeader(credentials, column);

    QTRY_COMPARE(m_losant->asked(u"sortField"_s), field);
    QCOMPARE(m_losant->asked(u"sortDirection"_s), direction);
    QCOMPARE(m_losant->pageCount(0), 2);
    QCOMPARE(arrow(), column);
    QCOMPARE(order(), direction == "asc"_L1 ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void BrowseTest::anotherClickTurnsTheOrderRound()
{
    m_window->clickHeader(credentials, u"Name"_s);
    QTRY_COMPARE(m_losant->asked(u"sortDirection"_s), u"asc"_s);

    m_window->clickHeader(credentials, u"Name"_s);

    QTRY_COMPARE(m_losant->asked(u"sortDirection"_s), u"desc"_s);
    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 99"_s);
    QCOMPARE(arrow(), u"Name"_s);
    QCOMPARE(order(), Qt::DescendingOrder);
}

void BrowseTest::columnsThatTheServerCantSortByDoNotPretendTo()
{
    m_window->clickHeader(credentials, u"Status"_s);

    QCOMPARE(arrow(), u"Created"_s);
    QCOMPARE(order(), Qt::DescendingOrder);
    VERIFY_HOLDS_FOR(100ms, m_losant->pageCount(0) == 1);
}

void BrowseTest::theKeyboardSortsToo()
{
    m_window->key(Qt::Key_1, Qt::ControlModifier);

    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"name"_s);
    QCOMPARE(m_losant->asked(u"sortDirection"_s), u"asc"_s);
    QCOMPARE(arrow(), u"Name"_s);

    m_window->key(Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(m_losant->asked(u"sortDirection"_s), u"desc"_s);
    m_window->key(Qt::Key_4, Qt::ControlModifier);
    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"lastUpdated"_s);
}

void BrowseTest::theMenuSortsToo()
{
    const auto buttons = m_window->window().findChildren<QToolButton *>();
    const auto account = std::ranges::find_if(buttons, [](const QToolButton *b) { return b->menu(); });
    QVERIFY(account != buttons.end());
    QMenu *sort = nullptr;
    for (const QAction *action : (*account)->menu()->actions()) {
        if (action->text().remove(u'&') == "Sort by"_L1)
            sort = action->menu();
    }
    QVERIFY(sort);
    const QList<QAction *> actions = sort->actions();
    QCOMPARE(actions.size(), 4);
    QCOMPARE(actions[1]->text(), u"Type"_s);

    actions[1]->trigger();

    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"type"_s);
}

void BrowseTest::sortingGoesToTheFirstPage()
{
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"201–250 of 250"_s);

    m_window->clickHeader(credentials, u"Name"_s);

    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 250"_s);
    QCOMPARE(m_losant->asked(u"sortField"_s), u"name"_s);
    QCOMPARE(m_losant->pageCount(0), 2);
}

void BrowseTest::theOrderIsRememberedForTheNextTime()
{
    m_window->clickHeader(credentials, u"Type"_s);
    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"type"_s);
    m_window.reset();
    m_losant->server().forget();

    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);

    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"type"_s);
    QCOMPARE(m_losant->asked(u"sortDirection"_s), u"asc"_s);
    QCOMPARE(arrow(), u"Type"_s);
}

void BrowseTest::backAndForwardFollowWhatWasLookedAt()
{
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));
    m_window->clickHeader(credentials, u"Name"_s);
    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).at(1), u"Credential 10"_s);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);

    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 250"_s);
    QCOMPARE(arrow(), u"Name"_s);
    m_window->click(u"Back"_s);
    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).at(1), u"Credential 2"_s);
    QCOMPARE(arrow(), u"Created"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));

    m_window->key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(arrow(), u"Name"_s);
    m_window->click(u"Forward"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Forward"_s));
}

void BrowseTest::backAndForwardLeadAcrossApplications()
{
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);

    m_window->key(Qt::Key_Left, Qt::AltModifier);

    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    QCOMPARE(m_window->tree(u"Applications"_s)->currentIndex().data().toString(), u"Plant floor"_s);
    m_window->key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    QCOMPARE(m_window->tree(u"Applications"_s)->currentIndex().data().toString(), u"Warehouse"_s);
}

void BrowseTest::refreshKeepsFilterPageSelectionAndScroll()
{
    QTableView *table = m_window->table(credentials);
    m_window->line(u"Filter credentials"_s)->setFocus();
    m_window->type(u"Credential *"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"Credential *"_s);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);
    m_window->clickCell(credentials, u"Credential 160"_s);
    table->verticalScrollBar()->setValue(33);
    const auto isKnown = [&](int page) {
        const PageQuery query = qobject_cast<CredentialTableModel *>(table->model())->query().onPage(page);
        return m_window->session().pages().find(query) != nullptr;
    };
    QTRY_VERIFY(isKnown(0) && isKnown(2)); // no request of before is under way any more
    m_losant->server().forget();
    const QSignalSpy loads(table->model(), &QAbstractItemModel::modelReset);

    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(loads.size(), 1);
    QCOMPARE(m_losant->pageCount(1), 1);
    QCOMPARE(m_losant->pageRequests().front().parameter(u"filter"_s), u"Credential *"_s);
    QCOMPARE(m_losant->pageRequests().front().parameter(u"page"_s), u"1"_s);
    VERIFY_HOLDS_FOR(50ms,
                     table->currentIndex().siblingAtColumn(0).data().toString() == "Credential 160"_L1 &&
                         table->selectionModel()->isRowSelected(table->currentIndex().row()) &&
                         table->verticalScrollBar()->value() == 33);
    QCOMPARE(m_window->line(u"Filter credentials"_s)->text(), u"Credential *"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Forward"_s));
}

void BrowseTest::refreshIsThereByKeyAndButton()
{
    QTRY_COMPARE(m_losant->pageCount(1), 1); // prefetched
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(m_losant->pageCount(0), 2);
    QTRY_COMPARE(m_losant->pageCount(1), 2);
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_losant->pageCount(0), 3);
    QTRY_COMPARE(m_losant->pageCount(1), 3);
    m_window->key(Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(m_losant->pageCount(0), 4);
}

void BrowseTest::theSelectionIsKeptWhenTheOrderChanges()
{
    QTableView *table = m_window->table(credentials);
    m_window->clickCell(credentials, u"Credential 60"_s);
    QCOMPARE(table->currentIndex().row(), 59);

    m_window->clickHeader(credentials, u"Last updated"_s);
    QTRY_COMPARE(m_losant->asked(u"sortField"_s), u"lastUpdated"_s);
    m_window->clickHeader(credentials, u"Name"_s);

    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).at(1), u"Credential 10"_s);
    const QModelIndex current = table->currentIndex();
    // 60 is on the second page by name: no longer here, so nothing is selected.
    QVERIFY(!current.isValid() || current.siblingAtColumn(0).data().toString() == "Credential 60"_L1);
    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(arrow(), u"Last updated"_s);
}

void BrowseTest::whatIsDeletedMeanwhileGivesTheSelectionToItsNeighbour_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("selected");
    QTest::newRow("the one below") << 1 << u"Credential 3"_s;
    QTest::newRow("of the last row, the one above") << 2 << u"Credential 2"_s;
}

void BrowseTest::whatIsDeletedMeanwhileGivesTheSelectionToItsNeighbour()
{
    QFETCH(int, row);
    const QString id = FakeLosant::applicationId(1);
    m_losant->setCredentials(id, FakeLosant::someCredentials(3));
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    m_window->clickCell(credentials, u"Credential %1"_s.arg(row + 1));
    QJsonArray left = m_losant->credentials(id);
    left.removeAt(row);
    m_losant->setCredentials(id, left);

    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–2 of 2"_s);
    QTEST(selectedName(), "selected");
    QTRY_COMPARE(detailsName(), selectedName());
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
}

void BrowseTest::whenAllIsDeletedNothingIsSelected()
{
    m_window->clickCell(credentials, u"Credential 2"_s);
    m_losant->setCredentials(FakeLosant::applicationId(1), {});
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->shows(u"No credentials yet"_s));
    QTRY_COMPARE(detailsName(), QString()); // what is new in the details does not show at once
}

void BrowseTest::tabSelectsTheRowThatItComesTo()
{
    m_window->line(u"Filter credentials"_s)->setFocus();
    m_window->key(Qt::Key_Tab);
    QVERIFY(m_window->table(credentials)->hasFocus());
    QCOMPARE(selectedName(), u"Credential 1"_s);
    QTRY_COMPARE(detailsName(), u"Credential 1"_s);

    m_window->key(Qt::Key_Down);
    QCOMPARE(selectedName(), u"Credential 2"_s);
    QTRY_COMPARE(detailsName(), u"Credential 2"_s);
    m_window->key(Qt::Key_Tab);
    m_window->key(Qt::Key_Tab, Qt::ShiftModifier);
    QCOMPARE(selectedName(), u"Credential 2"_s);
}

void BrowseTest::aRowThatIsNotSelectedHasNoDetails()
{
    m_window->clickCell(credentials, u"Credential 2"_s);
    QTRY_COMPARE(detailsName(), u"Credential 2"_s);
    const QTableView *table = m_window->table(credentials);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table->visualRect(table->currentIndex()).center());
    QCOMPARE(selectedName(), QString());
    QTRY_VERIFY(m_window->visibleText().contains(u"Select a credential"_s));
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_losant->pageCount(0), 2);
    VERIFY_HOLDS_FOR(100ms, selectedName().isEmpty());
}

void BrowseTest::copyTakesTheCellUnderTheCursor()
{
    m_window->clickCell(credentials, u"Credential 2"_s);
    m_window->key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Credential 2"_s);
}

QTEST_MAIN(BrowseTest)
#include "browsetest.moc"
