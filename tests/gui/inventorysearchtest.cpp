// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inventorypagescene.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString filterName = u"Filter all credentials"_s;
const QString problem = u"Filter all credentials problem"_s;

} // namespace

/// What narrows and orders all applications' credentials, and how one comes there from a search in one
/// application.
class InventorySearchTest : public InventoryPageScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void wordsNarrowAsTheyAreTyped();
    void escapeAndTheMarkClearTheFilter();
    void aMistakeIsSaidWithoutMovingAnything();
    void keysAndValuesAreCompleted();
    void quickFiltersHaveTheirCounts();
    void whatNothingMatchesIsSaid();
    void groupingPutsSharedKeysFirst();
    void downLeadsFromTheFilterToTheRows();
    void aSearchInOneApplicationGoesOnInAll_data();
    void aSearchInOneApplicationGoesOnInAll();
    void theFiltersMenuLeadsToAll();
    void aTokenOfOneApplicationHasNoneToSearch();

private:
    QAbstractItemView *popup() const
    {
        return qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    }
    QStringList offered() const
    {
        QStringList texts;
        for (int row = 0; popup() && row < popup()->model()->rowCount(); ++row)
            texts += popup()->model()->index(row, 0).data().toString();
        return texts;
    }
    void type(const QString &text) const
    {
        m_window->line(filterName)->setFocus();
        m_window->type(text);
    }
};

void InventorySearchTest::wordsNarrowAsTheyAreTyped()
{
    openAll();
    type(u"hist"_s);
    QCOMPARE(names(), (QStringList{u"Historian"_s, u"Historian copy"_s})); // at once
    QCOMPARE(m_window->label(status), wholeStatus + u" · 2 found"_s);
    type(u" ware"_s);
    QCOMPARE(names(), QStringList{u"Historian copy"_s});
    filter(u"key:AKIASHAR"_s);
    QCOMPARE(names(), (QStringList{u"S3 archive"_s, u"S3 backup"_s}));
    filter(u"-app:plant type:sql"_s);
    QCOMPARE(names(), QStringList{u"Historian copy"_s});
    filter({});
    QCOMPARE(names().size(), 6);
    QCOMPARE(m_window->label(status), wholeStatus);
}

void InventorySearchTest::escapeAndTheMarkClearTheFilter()
{
    openAll();
    QVERIFY(!offers(u"Clear filter"_s));
    type(u"hist"_s);
    QVERIFY(offers(u"Clear filter"_s));
    m_window->key(Qt::Key_Escape);
    QCOMPARE(m_window->line(filterName)->text(), QString());
    QCOMPARE(names().size(), 6);
    type(u"hist"_s);
    m_window->click(u"Clear filter"_s);
    QCOMPARE(names().size(), 6);
    QVERIFY(!offers(u"Clear filter"_s));
}

void InventorySearchTest::aMistakeIsSaidWithoutMovingAnything()
{
    openAll();
    const int before = m_window->table(all)->mapTo(&m_window->window(), QPoint()).y();
    QCOMPARE(said(problem), QString());
    type(u"broker expires<30 "_s);
    QTRY_VERIFY(said(problem).contains(u"30d"_s));
    QCOMPARE(m_window->table(all)->mapTo(&m_window->window(), QPoint()).y(), before);
    QCOMPARE(names(), QStringList{u"Broker"_s}); // the rest counts
    m_window->key(Qt::Key_Escape);
    QCOMPARE(said(problem), QString());
}

void InventorySearchTest::keysAndValuesAreCompleted()
{
    openAll();
    type(u"broker ap"_s);
    QTRY_COMPARE(offered(), QStringList{u"app:"_s});
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_window->line(filterName)->text(), u"broker app:"_s);
    QTRY_COMPARE(offered(),
                 (QStringList{u"app:\"Plant floor\""_s, u"app:Warehouse"_s, u"app:\"Osaka line\""_s}));
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Return})
        QTest::keyClick(popup(), key);
    QCOMPARE(m_window->line(filterName)->text(), u"broker app:\"Osaka line\""_s);
    QCOMPARE(names(), QStringList{u"Broker"_s});
    QVERIFY(!popup());

    filter({});
    m_window->line(filterName)->setFocus();
    m_window->key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(offered().contains(u"type:"_s));
}

void InventorySearchTest::quickFiltersHaveTheirCounts()
{
    openAll();
    const auto text = [this](const char *name) { return box(QString::fromLatin1(name))->text(); };
    QCOMPARE(text("Disabled"), u"Disabled (1)"_s);
    QCOMPARE(text("Expiring"), u"Expiring (1)"_s);
    QCOMPARE(text("Not updated for a year"), u"Not updated for a year (1)"_s);
    QCOMPARE(text("Same key elsewhere"), u"Same key elsewhere (2)"_s);
    QCOMPARE(box(u"Same key elsewhere"_s)->accessibleDescription(), u"2 credential(s)"_s);

    QTest::mouseClick(box(u"Same key elsewhere"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(names(), (QStringList{u"S3 archive"_s, u"S3 backup"_s}));
    box(u"Disabled"_s)->setFocus();
    m_window->key(Qt::Key_Space);
    QCOMPARE(names(), QStringList{u"S3 backup"_s});
    type(u"archive"_s);
    QCOMPARE(text("Disabled"), u"Disabled (0)"_s);
    QCOMPARE(text("Same key elsewhere"), u"Same key elsewhere (1)"_s);
}

void InventorySearchTest::whatNothingMatchesIsSaid()
{
    openAll();
    QTest::mouseClick(box(u"Expiring"_s), Qt::LeftButton, {}, {8, 8});
    type(u"broker"_s);
    QVERIFY(m_window->shows(u"No match"_s));
    QVERIFY(!m_window->has(QAccessible::Table, all));
    for (QAbstractButton *button : m_window->window().findChildren<QPushButton *>()) {
        if (button->text() == u"Clear filter"_s && button->isVisible())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(names().size(), 6);
    QVERIFY(!box(u"Expiring"_s)->isChecked());
    QCOMPARE(m_window->line(filterName)->text(), QString());
}

void InventorySearchTest::groupingPutsSharedKeysFirst()
{
    openAll();
    select(u"Historian"_s);
    QTest::mouseClick(box(u"Group by key"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(names().mid(0, 2), (QStringList{u"S3 archive"_s, u"S3 backup"_s}));
    QCOMPARE(selected(), QStringList{u"Historian"_s});
    QTest::mouseClick(box(u"Group by key"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(names().first(), u"Broker"_s);
}

void InventorySearchTest::downLeadsFromTheFilterToTheRows()
{
    openAll();
    type(u"hist"_s);
    m_window->key(Qt::Key_Down);
    QVERIFY(m_window->table(all)->hasFocus());
    QCOMPARE(selected(), QStringList{u"Historian"_s});
}

void InventorySearchTest::aSearchInOneApplicationGoesOnInAll_data()
{
    QTest::addColumn<QString>("sought");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("a word") << u"broker"_s << u"broker"_s << QStringList{u"Broker"_s};
    QTest::newRow("with wildcards") << u"*rok*er"_s << u"rok er"_s << QStringList{u"Broker"_s};
    QTest::newRow("a phrase") << u"rian cop"_s << u"\"rian cop\""_s << QStringList{u"Historian copy"_s};
    QTest::newRow("what would be a condition") << u"app:osaka"_s << u"\"app:osaka\""_s << QStringList();
}

void InventorySearchTest::aSearchInOneApplicationGoesOnInAll()
{
    QFETCH(QString, sought);
    open();
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    m_window->type(sought);
    QTRY_VERIFY(m_window->shows(u"No match"_s));
    m_window->click(u"Search all applications for this"_s);
    QTRY_COMPARE(title(), u"Credenza – All applications"_s);
    QTEST(m_window->line(filterName)->text(), "words");
    QVERIFY(m_window->line(filterName)->hasFocus());
    QTRY_VERIFY(m_window->label(status).startsWith(wholeStatus));
    QFETCH(const QStringList, found);
    QTRY_VERIFY(found.isEmpty() ? m_window->shows(u"No match"_s) : names() == found);
    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->shows(u"No credential of this application matches the filter."_s));
}

void InventorySearchTest::theFiltersMenuLeadsToAll()
{
    open();
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    m_window->type(u"s3"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–1 of 1"_s);
    QLineEdit *line = m_window->line(u"Filter credentials"_s);
    Q_EMIT line->customContextMenuRequested({5, 5});
    const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const auto actions = menu->actions();
    QCOMPARE(actions.last()->text().section(u'\t', 0, 0), u"Search all applications for this"_s);
    actions.last()->trigger();
    QApplication::activePopupWidget()->close();
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, filterName));
    QCOMPARE(m_window->line(filterName)->text(), u"s3"_s);
    QTRY_COMPARE(names(), (QStringList{u"S3 archive"_s, u"S3 backup"_s}));

    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Filter credentials"_s));
    m_window->choose(u"Filter by"_s, u"Type"_s);
    m_window->choose(u"Filter credentials"_s, u"SQL database"_s);
    m_window->mainWindow().activateWindow(); // as a window manager does once the list has closed
    QVERIFY(QTest::qWaitForWindowActive(&m_window->mainWindow()));
    m_window->combo(u"Filter credentials"_s)->setFocus();
    m_window->key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, filterName));
    QCOMPARE(m_window->line(filterName)->text(), u"type:sql"_s);
    QTRY_COMPARE(names(), (QStringList{u"Historian"_s, u"Historian copy"_s}));
}

void InventorySearchTest::aTokenOfOneApplicationHasNoneToSearch()
{
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.path() == "/applications" || request.path() == "/me")
            return FakeLosant::error(403, u"Forbidden"_s);
        return std::nullopt;
    });
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings, m_plant);
    QTRY_COMPARE(title(), u"Credenza – Plant floor"_s);
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    m_window->type(u"broker"_s);
    QTRY_VERIFY(m_window->shows(u"No match"_s));
    QVERIFY(!offers(u"Search all applications for this"_s));
    m_window->key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(title(), u"Credenza – Plant floor"_s);
}

QTEST_MAIN(InventorySearchTest)
#include "inventorysearchtest.moc"
