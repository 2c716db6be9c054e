// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;

} // namespace

/// Which columns there are, how wide, in which order, and that this is remembered.
class ColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theUsualColumnsAreShownAndTheOthersHidden();
    void theHeadersMenuShowsAndHides();
    void theNameCantBeHidden();
    void theColumnsAreRemembered();
    void aWidthAndAnOrderAreRemembered();
    void resetBringsTheUsualColumnsBack();
    void fitMakesRoomForTheContentWithinReason();
    void theUsualColumnsFillTheWindow();
    void theUsualColumnsAreAllInViewInASmallWindow();
    void theDetailsGiveBackWhatTheyYielded();
    void aSplitterThatWasMovedStays();

private:
    void open();
    QStringList shownColumns() const;
    bool pick(const QString &action, const QString &over = u"Name"_s);
    QHeaderView *header() const { return m_window->table(credentials)->horizontalHeader(); }
    int section(const QString &column) const
    {
        return GuiProbe::columnOf(*m_window->table(credentials), column);
    }

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void ColumnsTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(5));
    open();
}

void ColumnsTest::cleanup()
{
    m_window.reset();
}

void ColumnsTest::open()
{
    m_window.reset();
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–5 of 5"_s);
}

/// From left to right.
QStringList ColumnsTest::shownColumns() const
{
    QStringList columns;
    for (int visual = 0; visual < header()->count(); ++visual) {
        const int logical = header()->logicalIndex(visual);
        if (!header()->isSectionHidden(logical))
            columns += header()->model()->headerData(logical, Qt::Horizontal).toString();
    }
    return columns;
}

/// Picks from the menu of a column's header. False if it can't be picked.
bool ColumnsTest::pick(const QString &text, const QString &over)
{
    bool isPicked = false;
    QTimer::singleShot(0, this, [&] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&') == text && action->isEnabled()) {
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                isPicked = true;
                return;
            }
        }
        menu->close();
    });
    const QPoint at(header()->sectionViewportPosition(section(over)) + 10, 8);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, header()->viewport()->mapToGlobal(at));
    QApplication::sendEvent(header()->viewport(), &event);
    return isPicked;
}

void ColumnsTest::theUsualColumnsAreShownAndTheOthersHidden()
{
    QCOMPARE(shownColumns(),
             (QStringList{u"Name"_s, u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s}));
    for (const QString &hidden : {u"Description"_s, u"Created by"_s, u"ID"_s, u"Last updated by"_s})
        QVERIFY(header()->isSectionHidden(section(hidden)));
}

void ColumnsTest::theHeadersMenuShowsAndHides()
{
    QVERIFY(pick(u"Description"_s));
    QVERIFY(shownColumns().contains(u"Description"_s));
    QVERIFY(pick(u"Status"_s, u"Status"_s));
    QVERIFY(!shownColumns().contains(u"Status"_s));
    QVERIFY(pick(u"Status"_s));
    QVERIFY(shownColumns().contains(u"Status"_s));
}

void ColumnsTest::theNameCantBeHidden()
{
    QVERIFY(!pick(u"Name"_s));
    QVERIFY(shownColumns().contains(u"Name"_s));
}

void ColumnsTest::theColumnsAreRemembered()
{
    QVERIFY(pick(u"Created by"_s));
    QVERIFY(pick(u"Type"_s));
    const QStringList before = shownColumns();
    open();
    QCOMPARE(shownColumns(), before);
    QTRY_COMPARE(m_window->column(credentials, u"Created by"_s).first(),
                 u"you"_s); // once the account is there
}

void ColumnsTest::aWidthAndAnOrderAreRemembered()
{
    header()->resizeSection(section(u"Type"_s), 313);
    header()->moveSection(header()->visualIndex(section(u"Status"_s)), 0);
    open();
    QCOMPARE(header()->sectionSize(section(u"Type"_s)), 313);
    QCOMPARE(shownColumns().first(), u"Status"_s);
}

void ColumnsTest::resetBringsTheUsualColumnsBack()
{
    const int usual = header()->sectionSize(section(u"Type"_s));
    QVERIFY(pick(u"ID"_s));
    QVERIFY(pick(u"Type"_s));
    header()->moveSection(0, 2);
    QVERIFY(pick(u"Reset the columns"_s));
    QCOMPARE(shownColumns(),
             (QStringList{u"Name"_s, u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s}));
    QCOMPARE(header()->sectionSize(section(u"Type"_s)), usual);
    open();
    QCOMPARE(shownColumns(),
             (QStringList{u"Name"_s, u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s}));
}

void ColumnsTest::fitMakesRoomForTheContentWithinReason()
{
    QJsonArray rows = FakeLosant::someCredentials(4);
    rows.append(FakeLosant::credential(QString(10'000, u'W'), 5));
    m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    open();
    header()->resizeSection(section(u"Type"_s), 40);
    QVERIFY(pick(u"Fit all columns to their content"_s));
    QVERIFY(header()->sectionSize(section(u"Type"_s)) > 120);
    QVERIFY(header()->sectionSize(section(u"Name"_s)) <= m_window->table(credentials)->viewport()->width());
}

void ColumnsTest::theUsualColumnsFillTheWindow()
{
    const auto left = [this] {
        return m_window->table(credentials)->viewport()->width() - header()->length();
    };
    QVERIFY2(std::abs(left()) <= 1, qPrintable(QString::number(left())));
    m_window->window().resize(1500, 800);
    QTRY_VERIFY(std::abs(left()) <= 1);
}

void ColumnsTest::theUsualColumnsAreAllInViewInASmallWindow()
{
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(100));
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 100"_s);

    m_window->window().resize(1024, 700);

    const QTableView *table = m_window->table(credentials);
    QTRY_VERIFY(table->verticalScrollBar()->isVisible());
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
    QVERIFY(m_window->has(QAccessible::Grouping, u"Credential details"_s));
    for (const QString &column : shownColumns()) {
        const int needed = header()->sectionSizeHint(section(column));
        QVERIFY2(header()->sectionSize(section(column)) >= needed, qPrintable(column));
    }
}

void ColumnsTest::theDetailsGiveBackWhatTheyYielded()
{
    const auto detailsWidth = [this] {
        return m_window->part(QAccessible::Grouping, u"Credential details"_s)->width();
    };
    const int before = detailsWidth();
    m_window->window().resize(1024, 700);
    QTRY_VERIFY(detailsWidth() < before);
    m_window->window().resize(1280, 700);
    QTRY_COMPARE(detailsWidth(), before);
}

void ColumnsTest::aSplitterThatWasMovedStays()
{
    const auto details = [this] { return m_window->part(QAccessible::Grouping, u"Credential details"_s); };
    auto *splitter = qobject_cast<QSplitter *>(details()->parentWidget());
    QWidget *handle = splitter->handle(1);
    const QPoint middle = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, middle);
    QTest::mouseMove(handle, middle - QPoint(140, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, middle - QPoint(140, 0));
    const int moved = details()->width();
    QVERIFY(moved > 350);
    m_window->window().resize(1260, 800);
    VERIFY_HOLDS_FOR(50ms, details()->width() == moved);

    open();
    QTRY_VERIFY(std::abs(details()->width() - moved) < 10);
}

QTEST_MAIN(ColumnsTest)
#include "columnstest.moc"
