// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inventorypagescene.h"
#include "services/settingskeys.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// The page of all applications: how it opens, fills, stops and fails, and what leads there and away.
class InventoryPageTest : public InventoryPageScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void itsParts_data();
    void itsParts();
    void theHeadersAreInTheirOrder();
    void nothingIsReadBeforeItIsOpened();
    void theEntryIsTheFirstAndCountsThemAll();
    void theEntryOpensIt();
    void theKeyOpensItAtTheFilter();
    void whatIsThereStaysForTheSession();
    void f5ReadsAllAgain();
    void nothingCanBeCreatedHere();
    void backAndForwardLeadAcrossBothPages();
    void onlyWhatWasOpenLastIsOpenAtTheStart();
    void aTokenThatMayNotListAnyMoreIsAskedForAnApplication();
    void whileItFillsItSaysHowFarItIs();
    void itCanBeStopped();
    void theRestIsLoadedOnceItWasStopped();
    void theSelectedRowAndTheViewStayWhileItFills();
    void whatCouldNotBeReadIsNamedAndReadAgain();
    void aListThatFailsIsSaidAndAskedForAgain();
    void whatIsThereStaysUnderAFailure();
    void noCredentialsAtAll();
    void theOrderAndTheColumnsAreRemembered();
    void aDoubleClickOnTheApplicationOpensItThere();
    void itsKeyOpensTheApplicationOnAnyPage();
};

void InventoryPageTest::itsParts_data()
{
    QTest::addColumn<QAccessible::Role>("role");
    const auto row = [](QAccessible::Role role, const char *name) { QTest::newRow(name) << role; };
    row(QAccessible::Table, "All credentials");
    row(QAccessible::EditableText, "Filter all credentials");
    row(QAccessible::CheckBox, "Disabled");
    row(QAccessible::CheckBox, "Expiring");
    row(QAccessible::CheckBox, "Not updated for a year");
    row(QAccessible::CheckBox, "Same key elsewhere");
    row(QAccessible::CheckBox, "Group by key");
    row(QAccessible::StaticText, "Inventory status");
    row(QAccessible::Grouping, "Credential details");
    row(QAccessible::Tree, "Applications");
    row(QAccessible::PushButton, "Refresh");
    row(QAccessible::PushButton, "Back");
    row(QAccessible::PushButton, "Forward");
}

void InventoryPageTest::itsParts()
{
    QFETCH(QAccessible::Role, role);
    openAll();
    QVERIFY(m_window->has(role, QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(!m_window->has(QAccessible::Table, u"Credentials"_s));
    QVERIFY(!offers(u"Applications that could not be read"_s)); // there are none
}

void InventoryPageTest::theHeadersAreInTheirOrder()
{
    openAll();
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_window->table(all));
    QStringList headers;
    for (int i = 0; i < table->childCount(); ++i) {
        QAccessibleInterface *child = table->child(i);
        if (child && child->role() == QAccessible::ColumnHeader)
            headers += child->text(QAccessible::Name);
    }
    QCOMPARE(headers.mid(0, 8), (QStringList{u"Name"_s, u"Application"_s, u"Type"_s, u"Status"_s,
                                             u"Created"_s, u"Last updated"_s, u"Expires"_s, u"Key"_s}));
    QCOMPARE(cell(u"S3 backup"_s, u"Application"_s), u"Warehouse"_s);
    QCOMPARE(cell(u"S3 backup"_s, u"Status"_s), u"Disabled"_s);
    QCOMPARE(cell(u"S3 backup"_s, u"Key"_s), u"AKIASHAREDSHARED0001"_s);
}

void InventoryPageTest::nothingIsReadBeforeItIsOpened()
{
    open();
    VERIFY_HOLDS_FOR(500ms, m_losant->pageCount() == 1);
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QVERIFY(m_losant->pageCount() >= 4);
    QCOMPARE(m_losant->asked(u"perPage"_s), u"1000"_s);
}

void InventoryPageTest::theEntryIsTheFirstAndCountsThemAll()
{
    open();
    const QAbstractItemModel *list = m_window->tree(u"Applications"_s)->model();
    QCOMPARE(list->index(0, 0).data().toString(), u"All applications"_s);
    QCOMPARE(list->index(0, 1).data().toString(), u"6"_s);
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(m_window->tree(u"Applications"_s));
    QStringList items;
    for (int i = 0; i < tree->childCount(); ++i) {
        if (tree->child(i)->role() != QAccessible::ColumnHeader)
            items += tree->child(i)->text(QAccessible::Name);
    }
    QCOMPARE(items.value(0), u"All applications"_s);
}

void InventoryPageTest::theEntryOpensIt()
{
    open();
    QTreeView *tree = m_window->tree(u"Applications"_s);
    QTest::mouseMove(tree->viewport(), tree->visualRect(tree->model()->index(0, 0)).center());
    VERIFY_HOLDS_FOR(500ms, m_losant->pageCount() == 1); // nothing is read ahead
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualRect(tree->model()->index(0, 0)).center());
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QCOMPARE(title(), u"Credenza – All applications"_s);

    tree->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(title(), u"Credenza – Plant floor"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    m_window->key(Qt::Key_Up);
    QTRY_COMPARE(title(), u"Credenza – All applications"_s);
}

void InventoryPageTest::theKeyOpensItAtTheFilter()
{
    openAll();
    QVERIFY(m_window->line(u"Filter all credentials"_s)->hasFocus());
    QCOMPARE(m_window->tree(u"Applications"_s)->currentIndex().data().toString(), u"All applications"_s);
    m_window->table(all)->setFocus();
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_window->line(u"Filter all credentials"_s)->hasFocus());
}

void InventoryPageTest::whatIsThereStaysForTheSession()
{
    openAll();
    m_window->click(u"Back"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    const int pages = m_losant->pageCount();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_window->label(status), wholeStatus);
    QCOMPARE(names().size(), 6);
    VERIFY_HOLDS_FOR(200ms, m_losant->pageCount() == pages);
}

void InventoryPageTest::f5ReadsAllAgain()
{
    openAll();
    m_losant->setCredentials(
        m_osaka, {aws(m_osaka, u"Broker"_s, 901, u"AKIAOSAKAOSAKA000001"_s), sql(m_osaka, u"Line"_s, 7)});
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_window->label(status), u"7 credential(s) in 3 application(s)"_s);
    QTRY_VERIFY(names().contains(u"Line"_s));
    m_losant->setCredentials(m_osaka, {});
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(m_window->label(status), u"5 credential(s) in 3 application(s)"_s);
    QTRY_COMPARE(names().size(), 5);
}

void InventoryPageTest::nothingCanBeCreatedHere()
{
    openAll();
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
    QVERIFY(m_window->button(u"New credential"_s)->toolTip().contains(u"Open the application"_s));
    m_window->key(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!dialog());
    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
}

void InventoryPageTest::backAndForwardLeadAcrossBothPages()
{
    openAll();
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_End);
    QTRY_COMPARE(title(), u"Credenza – Osaka line"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–1 of 1"_s);

    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(title(), u"Credenza – All applications"_s);
    QVERIFY(m_window->has(QAccessible::Table, all));
    m_window->click(u"Back"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QCOMPARE(title(), u"Credenza – Plant floor"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));
    m_window->click(u"Forward"_s);
    QCOMPARE(title(), u"Credenza – All applications"_s);
    m_window->key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(title(), u"Credenza – Osaka line"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Forward"_s));
}

void InventoryPageTest::onlyWhatWasOpenLastIsOpenAtTheStart()
{
    openAll();
    m_window.reset();
    m_losant->server().forget();
    openWindow();
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QCOMPARE(title(), u"Credenza – All applications"_s);
    QTRY_COMPARE(m_window->tree(u"Applications"_s)->currentIndex().data().toString(), u"All applications"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);

    m_window.reset();
    m_losant->server().forget();
    open();
    VERIFY_HOLDS_FOR(300ms, m_losant->pageCount() == 1);
}

void InventoryPageTest::aTokenThatMayNotListAnyMoreIsAskedForAnApplication()
{
    openAll();
    m_window.reset();
    answerList(FakeLosant::error(403, u"Forbidden"_s));
    openWindow();
    QTRY_VERIFY(m_window->shows(u"Which application?"_s));
    QVERIFY(!m_window->has(QAccessible::Table, all));
}

void InventoryPageTest::whileItFillsItSaysHowFarItIs()
{
    answerPagesOf(m_osaka, {.way = Way::Stall});
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), u"5 of 6 credentials"_s);
    QTRY_COMPARE(names().size(), 5);
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, u"Loading"_s));
    QVERIFY(offers(u"Stop"_s));
    const auto *bar = qobject_cast<QProgressBar *>(m_window->part(QAccessible::ProgressBar, u"Loading"_s));
    QCOMPARE(bar->value(), 5);
    QCOMPARE(bar->maximum(), 6);
}

void InventoryPageTest::itCanBeStopped()
{
    answerPagesOf(m_osaka, {.way = Way::Stall});
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), u"5 of 6 credentials"_s);
    QTRY_VERIFY(offers(u"Stop"_s));
    m_window->click(u"Stop"_s);
    QTRY_COMPARE(m_window->label(status), u"Stopped: 5 of 6 credentials"_s);
    QVERIFY(!offers(u"Stop"_s));
    QTRY_COMPARE(names().size(), 5);

    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(offers(u"Stop"_s));
    m_window->key(Qt::Key_Escape);
    QTRY_COMPARE(m_window->label(status), u"Stopped: 5 of 6 credentials"_s);
    m_losant->setException({});
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QTRY_COMPARE(names().size(), 6);
}

void InventoryPageTest::theRestIsLoadedOnceItWasStopped()
{
    answerPagesOf(m_osaka, {.way = Way::Stall});
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_VERIFY(offers(u"Stop"_s));
    QVERIFY(!offers(u"Load the rest"_s));
    m_window->click(u"Stop"_s);
    QTRY_VERIFY(offers(u"Load the rest"_s));
    m_losant->setException({});
    m_window->click(u"Load the rest"_s);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QVERIFY(!offers(u"Load the rest"_s));
}

void InventoryPageTest::theSelectedRowAndTheViewStayWhileItFills()
{
    QJsonArray many;
    for (int i = 0; i < 300; ++i)
        many.append(of(m_plant, FakeLosant::credential(u"M %1"_s.arg(i, 3, 10, QChar(u'0')), 1000 + i)));
    m_losant->setCredentials(m_plant, many);
    QJsonArray first;
    for (int i = 0; i < 50; ++i)
        first.append(of(m_osaka, FakeLosant::credential(u"A %1"_s.arg(i), 2000 + i)));
    m_losant->setCredentials(m_osaka, first);
    answerPagesOf(m_osaka, {.way = Way::Stall});
    openWindow();
    QTRY_COMPARE(m_window->tree(u"Applications"_s)->model()->rowCount(), 3);
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(names().size(), 302);
    QTableView *table = m_window->table(all);
    const auto top = [table] { return table->model()->index(table->rowAt(0), 0).data().toString(); };
    table->scrollTo(table->model()->index(200, 0), QAbstractItemView::PositionAtTop);
    select(u"M 205"_s);
    const QString before = top();
    QVERIFY(before.startsWith(u'M'));
    QTRY_VERIFY(offers(u"Stop"_s));
    m_window->click(u"Stop"_s);

    m_losant->setException({});
    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(names().size(), 352);
    QTRY_COMPARE(top(), before);
    QCOMPARE(selected(), QStringList{u"M 205"_s});
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), u"M 205"_s);
}

void InventoryPageTest::whatCouldNotBeReadIsNamedAndReadAgain()
{
    answerPagesOf(m_osaka, FakeLosant::error(400, u"<b>Not today</b>"_s));
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status),
                 u"5 credential(s) in 2 application(s) · 1 application(s) could not be read"_s);
    m_window->click(u"Applications that could not be read"_s);
    QTRY_VERIFY(dialog());
    const GuiProbe probe(*dialog());
    const CloseAtEnd closes(*dialog());
    const auto *list =
        qobject_cast<QListWidget *>(probe.part(QAccessible::List, u"Applications that could not be read"_s));
    QCOMPARE(list->count(), 1);
    QCOMPARE(list->item(0)->data(Qt::AccessibleTextRole).toString(),
             u"Osaka line: The server refuses this. Change what is wrong, then try again. The server says: "
             "“<b>Not today</b>”"_s);
    probe.click(u"Close"_s);
    QTRY_VERIFY(!dialog());

    m_losant->setException({});
    const int pages = m_losant->pageCount();
    m_window->click(u"Applications that could not be read"_s);
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Retry"_s);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QTRY_VERIFY(names().contains(u"Broker"_s));
    QVERIFY(!offers(u"Applications that could not be read"_s));
    QCOMPARE(m_losant->pageCount(), pages + 1); // of that one alone
}

void InventoryPageTest::aListThatFailsIsSaidAndAskedForAgain()
{
    open();
    answerList(FakeLosant::error(400, u"No list."_s));
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_VERIFY(said(u"Error message"_s).contains(u"No list."_s));
    QCOMPARE(m_window->label(status), QString());
    QVERIFY(m_window->shows(u"Nothing to show"_s));
    m_losant->setException({});
    m_window->click(u"Retry"_s);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
    QTRY_COMPARE(names().size(), 6);
}

void InventoryPageTest::whatIsThereStaysUnderAFailure()
{
    openAll();
    answerList(FakeLosant::error(400, u"No list."_s));
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(said(u"Error message"_s).contains(u"The rows below are older."_s));
    QCOMPARE(names().size(), 6);
}

void InventoryPageTest::noCredentialsAtAll()
{
    for (const QString &id : {m_plant, m_warehouse, m_osaka})
        m_losant->setCredentials(id, {});
    openWindow();
    QTRY_COMPARE(m_window->tree(u"Applications"_s)->model()->rowCount(), 3);
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), u"0 credential(s) in 3 application(s)"_s);
    QTRY_VERIFY(m_window->shows(u"No credentials yet"_s));
}

void InventoryPageTest::theOrderAndTheColumnsAreRemembered()
{
    openAll();
    QCOMPARE(names().first(), u"Broker"_s);
    m_window->clickHeader(all, u"Name"_s);
    QTRY_COMPARE(names().first(), u"S3 backup"_s);
    m_window->clickHeader(all, u"Created"_s); // the newest first
    QTRY_COMPARE(names().first(), u"S3 archive"_s);
    m_window->clickHeader(all, u"Created"_s);
    QTRY_COMPARE(names().first(), u"Broker"_s);
    m_window->key(Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(m_window->column(all, u"Type"_s).first(), u"Amazon Web Services"_s);
    QVERIFY(m_window->has(QAccessible::Table, all));
    m_window->clickHeader(all, u"Application"_s);
    const int created = GuiProbe::columnOf(*m_window->table(all), u"Created"_s);
    m_window->table(all)->horizontalHeader()->resizeSection(created, 222);
    m_window.reset();

    openWindow();
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    QTRY_COMPARE(m_window->column(all, u"Application"_s).first(), u"Osaka line"_s);
    QCOMPARE(m_window->table(all)->horizontalHeader()->sectionSize(created), 222);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    QVERIFY(m_window->table(u"Credentials"_s)->horizontalHeader()->sectionSize(created) != 222);
}

void InventoryPageTest::aDoubleClickOnTheApplicationOpensItThere()
{
    openAll();
    QTableView *table = m_window->table(all);
    const QModelIndex index = table->model()->index(int(names().indexOf(u"Historian copy"_s)),
                                                    GuiProbe::columnOf(*table, u"Application"_s));
    const QPoint place = table->visualRect(index).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
    QTRY_COMPARE(title(), u"Credenza – Warehouse"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–2 of 2"_s);
    const QTableView *one = m_window->table(u"Credentials"_s);
    QTRY_COMPARE(one->currentIndex().siblingAtColumn(0).data().toString(), u"Historian copy"_s);
    QVERIFY(one->selectionModel()->isSelected(one->currentIndex()));
    QVERIFY(one->hasFocus());
    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(title(), u"Credenza – All applications"_s);
    QCOMPARE(selected(), QStringList{u"Historian copy"_s});
}

void InventoryPageTest::itsKeyOpensTheApplicationOnAnyPage()
{
    QJsonArray many;
    for (int i = 0; i < 250; ++i)
        many.append(of(m_osaka, FakeLosant::credential(u"Line %1"_s.arg(i), 1000 + i)));
    m_losant->setCredentials(m_osaka, many);
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(names().size(), 255);
    const auto opened = [this] {
        const QTableView *one = m_window->table(u"Credentials"_s);
        return one->selectionModel()->isSelected(one->currentIndex())
                   ? one->currentIndex().siblingAtColumn(0).data().toString()
                   : QString();
    };
    select(u"Line 170"_s);
    m_window->key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–200 of 250"_s);
    QTRY_COMPARE(opened(), u"Line 170"_s);

    // By its name where it is no longer on the page that it was on.
    m_window->click(u"Back"_s);
    QJsonArray more = many;
    for (int i = 0; i < 150; ++i)
        more.append(of(m_osaka, FakeLosant::credential(u"New %1"_s.arg(i), 10 + i)));
    m_losant->setCredentials(m_osaka, more);
    m_window->session().pages().forget();
    select(u"Line 171"_s);
    m_window->key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–1 of 1"_s);
    QTRY_COMPARE(opened(), u"Line 171"_s);
}

QTEST_MAIN(InventoryPageTest)
#include "inventorypagetest.moc"
