// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;

} // namespace

/// What the menu of a row, the details pane and the keys offer for one credential, for several, and where
/// nothing may be changed.
class RowActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theMenuOpensByHandAndByKey_data();
    void theMenuOpensByHandAndByKey();
    void theRightButtonSelectsTheRowFirst();
    void theRightButtonKeepsTheRowsThatAreSelected();
    void besideTheRowsThereIsNoMenu();
    void theMenuGoesWithItsRow();
    void severalRowsCanOnlyBeCopied();
    void aReadOnlyProfileOffersNothingThatWrites();
    void ofAnUnknownTypeTheSecretCannotBeRotated();
    void whatCanBeDoneFollowsTheRow();
    void keysOpenTheDialogs_data();
    void keysOpenTheDialogs();
    void aDoubleClickEdits();
    void thePaneHasTheSameActions();
    void aCellIsCopiedWhole_data();
    void aCellIsCopiedWhole();
    void nothingIsCopiedOfAnEmptyCell_data();
    void nothingIsCopiedOfAnEmptyCell();
    void severalRowsAreCopiedALineEach();
    void severalRowsStaySelectedWhenThePageIsLoadedAgain();
    void severalRowsAreCountedInThePane();

private:
    void open(bool isReadOnly = false);
    QMenu *menu() const;
    QStringList items() const;
    QStringList offered() const;
    QAction *item(const QString &text) const;
    void closeMenu() const;
    void rightClick(const QString &name) const;
    void select(const QStringList &names) const;
    QStringList selected() const;
    void moveTo(const QString &column) const;
    QDialog *dialog() const { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void RowActionsTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    QJsonArray rows = FakeLosant::someCredentials(5);
    QJsonObject unheard = FakeLosant::credential(u"Credential 6"_s, 6, u"unheard"_s);
    unheard[u"creationDate"_s] = u"2016-06-13T04:05:06.789Z"_s;
    unheard.remove(u"lastUpdated"_s);
    unheard.remove(u"createdById"_s);
    rows.append(unheard);
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), rows);
    QGuiApplication::clipboard()->setText(u"untouched"_s);
}

void RowActionsTest::cleanup()
{
    closeMenu();
    if (dialog())
        dialog()->done(QDialog::Rejected);
    m_window.reset();
}

void RowActionsTest::open(bool isReadOnly)
{
    m_window = std::make_unique<OpenWindow>(
        Profile{.connection = {.server = m_losant->url()}, .isReadOnly = isReadOnly}, m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–6 of 6"_s);
}

QMenu *RowActionsTest::menu() const
{
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

/// The names that a screen reader hears.
QStringList RowActionsTest::items() const
{
    QStringList names;
    const QAccessibleInterface *found = menu() ? QAccessible::queryAccessibleInterface(menu()) : nullptr;
    for (int i = 0; found && i < found->childCount(); ++i) {
        if (found->child(i)->role() == QAccessible::MenuItem)
            names += found->child(i)->text(QAccessible::Name);
    }
    return names;
}

/// Those that are on.
QStringList RowActionsTest::offered() const
{
    QStringList names;
    for (const QString &name : items()) {
        if (item(name)->isEnabled())
            names += name;
    }
    return names;
}

QAction *RowActionsTest::item(const QString &text) const
{
    for (QAction *action : menu()->actions()) {
        if (action->text() == text)
            return action;
    }
    qFatal("The menu has no item “%s”", qPrintable(text));
}

void RowActionsTest::closeMenu() const
{
    while (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
}

/// As the window system tells it.
void RowActionsTest::rightClick(const QString &name) const
{
    const QTableView *table = m_window->table(credentials);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QModelIndex index = table->model()->index(row, 0);
        if (index.data().toString() != name)
            continue;
        const QPoint place = table->visualRect(index).center();
        QTest::mousePress(table->viewport(), Qt::RightButton, {}, place);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
        QApplication::sendEvent(table->viewport(), &event);
        QTest::mouseRelease(table->viewport(), Qt::RightButton, {}, place);
        return;
    }
    qFatal("There is no row “%s”", qPrintable(name));
}

void RowActionsTest::select(const QStringList &names) const
{
    QTableView *table = m_window->table(credentials);
    for (const QString &name : names) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            if (index.data().toString() == name)
                QTest::mouseClick(table->viewport(), Qt::LeftButton,
                                  name == names.first() ? Qt::NoModifier : Qt::ControlModifier,
                                  table->visualRect(index).center());
        }
    }
}

QStringList RowActionsTest::selected() const
{
    QStringList names;
    for (const QModelIndex &row : m_window->table(credentials)->selectionModel()->selectedRows())
        names += row.data().toString();
    names.sort();
    return names;
}

/// Makes the cell of this column the current one, by the keyboard.
void RowActionsTest::moveTo(const QString &column) const
{
    QTableView *table = m_window->table(credentials);
    const int wanted = GuiProbe::columnOf(*table, column);
    table->setColumnHidden(wanted, false);
    for (int i = 0; i < table->model()->columnCount() && table->currentIndex().column() != wanted; ++i)
        QTest::keyClick(table, Qt::Key_Right);
    QCOMPARE(table->currentIndex().column(), wanted);
}

void RowActionsTest::theMenuOpensByHandAndByKey_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::newRow("right button") << 0 << Qt::KeyboardModifiers();
    QTest::newRow("Menu") << int(Qt::Key_Menu) << Qt::KeyboardModifiers();
    QTest::newRow("Shift+F10") << int(Qt::Key_F10) << Qt::KeyboardModifiers(Qt::ShiftModifier);
}

void RowActionsTest::theMenuOpensByHandAndByKey()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    open();
    select({u"Credential 2"_s});
    if (key)
        m_window->key(key, modifiers);
    else
        rightClick(u"Credential 2"_s);
    QTRY_VERIFY(menu());
    const QStringList all{u"Edit"_s,      u"Rotate secret"_s, u"Disable"_s, u"Delete"_s,
                          u"Copy cell"_s, u"Copy name"_s,     u"Copy ID"_s};
    QCOMPARE(items(), all);
    QCOMPARE(offered(), all);
    QCOMPARE(selected(), QStringList{u"Credential 2"_s});
    const QTableView *table = m_window->table(credentials);
    const QRect rows(table->viewport()->mapToGlobal(QPoint()), table->viewport()->size());
    QVERIFY(rows.contains(menu()->pos()));

    QTest::keyClick(menu(), Qt::Key_Escape);
    QTRY_VERIFY(!menu());
    QVERIFY(m_window->table(credentials)->hasFocus());
    QCOMPARE(selected(), QStringList{u"Credential 2"_s});
}

void RowActionsTest::theRightButtonSelectsTheRowFirst()
{
    open();
    select({u"Credential 2"_s});
    rightClick(u"Credential 5"_s);
    QTRY_VERIFY(menu());
    QCOMPARE(selected(), QStringList{u"Credential 5"_s});
    item(u"Copy name"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Credential 5"_s);
}

void RowActionsTest::theRightButtonKeepsTheRowsThatAreSelected()
{
    open();
    select({u"Credential 2"_s, u"Credential 4"_s});
    rightClick(u"Credential 4"_s);
    QTRY_VERIFY(menu());
    QCOMPARE(selected(), (QStringList{u"Credential 2"_s, u"Credential 4"_s}));
}

void RowActionsTest::theMenuGoesWithItsRow()
{
    open();
    rightClick(u"Credential 2"_s);
    QTRY_VERIFY(menu());
    const int pages = m_losant->pageCount();
    m_window->button(u"Refresh"_s)->click(); // a hand would close the menu
    QTRY_COMPARE(m_losant->pageCount(), pages + 1);
    VERIFY_HOLDS_FOR(200ms, menu());

    QJsonArray rows = m_losant->credentials(FakeLosant::applicationId(1));
    rows.removeAt(1);
    m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    m_window->button(u"Refresh"_s)->click();
    QTRY_COMPARE(selected(), QStringList{u"Credential 3"_s});
    QVERIFY(!menu());
}

void RowActionsTest::besideTheRowsThereIsNoMenu()
{
    open();
    select({u"Credential 2"_s});
    const QTableView *table = m_window->table(credentials);
    const QPoint place(20, table->viewport()->height() - 5);
    QVERIFY(!table->indexAt(place).isValid());
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
    QApplication::sendEvent(table->viewport(), &event);
    QVERIFY(!menu());
}

void RowActionsTest::severalRowsCanOnlyBeCopied()
{
    open();
    select({u"Credential 2"_s, u"Credential 4"_s});
    m_window->key(Qt::Key_Menu);
    QTRY_VERIFY(menu());
    QCOMPARE(offered(), (QStringList{u"Copy cell"_s, u"Copy name"_s, u"Copy ID"_s}));
    QVERIFY(item(u"Delete"_s)->toolTip().contains(u"one credential"_s, Qt::CaseInsensitive));
    closeMenu();
    m_window->table(credentials)->setFocus();
    for (const int key : {Qt::Key_Return, Qt::Key_Delete})
        m_window->key(key);
    QVERIFY(!dialog());
}

void RowActionsTest::aReadOnlyProfileOffersNothingThatWrites()
{
    open(true);
    select({u"Credential 2"_s});
    m_window->key(Qt::Key_Menu);
    QTRY_VERIFY(menu());
    QCOMPARE(offered(), (QStringList{u"Copy cell"_s, u"Copy name"_s, u"Copy ID"_s}));
    for (const QString &writes : {u"Edit"_s, u"Rotate secret"_s, u"Disable"_s, u"Delete"_s})
        QVERIFY2(item(writes)->toolTip().contains(u"read only"_s), qPrintable(writes));
    QVERIFY(menu()->toolTipsVisible());
    closeMenu();
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Edit"_s));
    m_window->table(credentials)->setFocus();
    for (const int key : {Qt::Key_Return, Qt::Key_Delete})
        m_window->key(key);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!dialog());
    QCOMPARE(m_losant->server().count("PATCH") + m_losant->server().count("DELETE"), 0);
}

void RowActionsTest::ofAnUnknownTypeTheSecretCannotBeRotated()
{
    open();
    select({u"Credential 6"_s});
    m_window->key(Qt::Key_Menu);
    QTRY_VERIFY(menu());
    QVERIFY(!offered().contains(u"Rotate secret"_s));
    QVERIFY(item(u"Rotate secret"_s)->toolTip().contains(u"does not know"_s));
    for (const QString &change : {u"Edit"_s, u"Disable"_s, u"Delete"_s})
        QVERIFY2(offered().contains(change), qPrintable(change));
}

void RowActionsTest::whatCanBeDoneFollowsTheRow()
{
    open();
    select({u"Credential 4"_s}); // is disabled
    m_window->key(Qt::Key_Menu);
    QTRY_VERIFY(menu());
    QVERIFY(items().contains(u"Enable"_s) && !items().contains(u"Disable"_s));
}

void RowActionsTest::keysOpenTheDialogs_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QString>("title");
    QTest::newRow("Return") << int(Qt::Key_Return) << Qt::KeyboardModifiers() << u"Edit credential"_s;
    QTest::newRow("Enter") << int(Qt::Key_Enter) << Qt::KeyboardModifiers() << u"Edit credential"_s;
    QTest::newRow("Ctrl+Shift+R") << int(Qt::Key_R) << (Qt::ControlModifier | Qt::ShiftModifier)
                                  << u"Rotate secret"_s;
    QTest::newRow("Del") << int(Qt::Key_Delete) << Qt::KeyboardModifiers() << u"Delete credential"_s;
}

void RowActionsTest::keysOpenTheDialogs()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    open();
    select({u"Credential 1"_s});
    m_window->key(key, modifiers);
    QTRY_VERIFY(dialog());
    QTEST(dialog()->windowTitle(), "title");
}

void RowActionsTest::aDoubleClickEdits()
{
    open();
    QTableView *table = m_window->table(credentials);
    const QPoint place = table->visualRect(table->model()->index(1, 0)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Edit credential"_s);
}

void RowActionsTest::thePaneHasTheSameActions()
{
    open();
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Edit"_s));
    select({u"Credential 4"_s});
    QVERIFY(m_window->isEnabled(QAccessible::PushButton, u"Rotate secret"_s));
    auto *more = qobject_cast<QAbstractButton *>(m_window->part(QAccessible::ButtonMenu, u"More actions"_s));
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_VERIFY(menu());
    QCOMPARE(items(), (QStringList{u"Enable"_s, u"Delete"_s, u"Copy cell"_s, u"Copy name"_s, u"Copy ID"_s}));
    closeMenu();
    m_window->click(u"Edit"_s);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Edit credential"_s);
}

void RowActionsTest::aCellIsCopiedWhole_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("name") << u"Name"_s << u"Credential 6"_s;
    QTest::newRow("type") << u"Type"_s << u"unheard"_s;
    QTest::newRow("status") << u"Status"_s << u"Enabled"_s;
    QTest::newRow("date") << u"Created"_s << u"2016-06-13T04:05:06.789Z"_s;
}

void RowActionsTest::aCellIsCopiedWhole()
{
    QFETCH(QString, column);
    open();
    select({u"Credential 6"_s});
    moveTo(column);
    m_window->key(Qt::Key_C, Qt::ControlModifier);
    QTEST(QGuiApplication::clipboard()->text(), "text");
}

void RowActionsTest::nothingIsCopiedOfAnEmptyCell_data()
{
    QTest::addColumn<QString>("column");
    for (const char *column : {"Last updated", "Description", "Created by", "Last updated by"})
        QTest::newRow(column) << QString::fromLatin1(column);
}

void RowActionsTest::nothingIsCopiedOfAnEmptyCell()
{
    QFETCH(QString, column);
    open();
    select({u"Credential 6"_s});
    moveTo(column);
    m_window->key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"untouched"_s);
}

void RowActionsTest::severalRowsAreCopiedALineEach()
{
    open();
    select({u"Credential 4"_s, u"Credential 1"_s, u"Credential 3"_s}); // the newest is above
    moveTo(u"Status"_s);
    QCOMPARE(selected().size(), 3);
    m_window->key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Enabled\nEnabled\nDisabled"_s);
}

void RowActionsTest::severalRowsStaySelectedWhenThePageIsLoadedAgain()
{
    open();
    const QStringList names{u"Credential 2"_s, u"Credential 3"_s, u"Credential 5"_s};
    select(names);
    QJsonArray rows = m_losant->credentials(FakeLosant::applicationId(1));
    rows.removeAt(2);
    rows.removeAt(0);
    m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–4 of 4"_s);
    QCOMPARE(selected(), (QStringList{u"Credential 2"_s, u"Credential 5"_s}));
    QCOMPARE(m_window->table(credentials)->currentIndex().siblingAtColumn(0).data().toString(),
             u"Credential 5"_s);
}

void RowActionsTest::severalRowsAreCountedInThePane()
{
    open();
    select({u"Credential 2"_s, u"Credential 4"_s, u"Credential 5"_s});
    QTRY_VERIFY(m_window->shows(u"3 credentials selected"_s));
    QVERIFY(!m_window->has(QAccessible::EditableText, u"Created"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Edit"_s));
    select({u"Credential 4"_s});
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Created"_s));
    QVERIFY(m_window->isEnabled(QAccessible::PushButton, u"Edit"_s));
    m_window->table(credentials)->setFocus();
    m_window->key(Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(m_window->shows(u"6 credentials selected"_s));
}

QTEST_MAIN(RowActionsTest)
#include "rowactionstest.moc"
