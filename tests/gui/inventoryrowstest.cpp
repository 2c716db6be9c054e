// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inventorypagescene.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString sameKey = u"Same key in"_s;
const QString sameAccount = u"Same account in"_s;
const QString doneMessage = u"Done message"_s;

} // namespace

/// What is known of a credential among those of all applications, where else its key is, and what is done to
/// it.
class InventoryRowsTest : public InventoryPageScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void theConfigurationIsReadOnceTheRowStaysSelected();
    void whatCannotBeReadIsSaidInThePane();
    void whereElseTheKeyIs();
    void whereOnlyTheAccountIsTheSame();
    void onTheOtherPageOnceAllWereRead();
    void anotherOfTheKeyIsOpenedThere();
    void theMenuOffersTheSameAndTheApplication();
    void rowsOfSeveralApplicationsAreCopied();
    void aDisabledOneIsRenewedAndUndone();
    void afterAChangeThatTheFilterDropsTheNextIsSelected();
    void aChangeThatFailsTakesThePlaceOfWhatWasDone();
    void anEditIsSavedWhole();
    void aDeletedOneGoesAndTheNextIsSelected();
    void whatIsDoneWaitsForTheWholeCredential();
    void whatCannotBeReadCannotBeChanged();
    void aChangeOnTheOtherPageShowsHere();
    void aChangeHereShowsOnTheOtherPage();
    void whatIsShownIsExported();
    void byKeyboardAloneAKeyIsFoundAndWhereElseItIs();

private:
    bool hasValue(const QString &label) const { return m_window->has(QAccessible::EditableText, label); }
    /// Empty while the details do not show it, as when the row is read again.
    QString value(const QString &label) const
    {
        if (!hasValue(label))
            return {};
        return qobject_cast<QPlainTextEdit *>(m_window->part(QAccessible::EditableText, label))
            ->toPlainText();
    }
    int askedFor(const QString &name) const;
    void tab(QWidget *wanted) const;
};

/// How often it was asked for alone.
int InventoryRowsTest::askedFor(const QString &name) const
{
    QByteArray id;
    for (const QString &application : {m_plant, m_warehouse, m_osaka}) {
        for (const QJsonValue &credential : m_losant->credentials(application)) {
            if (credential[u"name"_s] == name)
                id = credential[u"id"_s].toString().toUtf8();
        }
    }
    return int(std::ranges::count_if(m_losant->server().requests(), [&](const RecordedRequest &request) {
        return request.method == "GET" && request.path().endsWith(QByteArray("/credentials/" + id));
    }));
}

/// Goes on with Tab until the part has the keys.
void InventoryRowsTest::tab(QWidget *wanted) const
{
    for (int i = 0; i < 60 && !wanted->hasFocus(); ++i)
        m_window->key(Qt::Key_Tab);
    QVERIFY(wanted->hasFocus());
}

void InventoryRowsTest::theConfigurationIsReadOnceTheRowStaysSelected()
{
    openAll();
    select(u"Historian"_s);
    QTRY_VERIFY(hasValue(u"Created"_s)); // is known already
    QVERIFY(!hasValue(u"Host"_s));
    select(u"Broker"_s);
    QTRY_VERIFY(hasValue(u"Access key ID"_s));
    QCOMPARE(value(u"Access key ID"_s), u"AKIAOSAKAOSAKA000001"_s);
    QCOMPARE(askedFor(u"Broker"_s), 1);
    QCOMPARE(askedFor(u"Historian"_s), 0);
    VERIFY_HOLDS_FOR(500ms, askedFor(u"Broker"_s) == 1);
    QCOMPARE(value(u"Name"_s), u"Broker"_s);
    QCOMPARE(value(u"Application ID"_s), m_osaka);
}

void InventoryRowsTest::whatCannotBeReadIsSaidInThePane()
{
    openAll();
    m_losant->setException([](const RecordedRequest &request) {
        return request.path().split('/').size() == 5
                   ? std::optional(FakeLosant::error(400, u"Not this one."_s))
                   : std::nullopt;
    });
    select(u"Broker"_s);
    QTRY_VERIFY(m_window->visibleText().contains(u"Not this one."_s));
    QVERIFY(hasValue(u"Created"_s));
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s)); // nothing was wanted of it
}

void InventoryRowsTest::whereElseTheKeyIs()
{
    openAll();
    select(u"S3 archive"_s);
    QTRY_COMPARE(listed(sameKey).size(), 1);
    const QString item = listed(sameKey).first();
    QVERIFY2(item.startsWith(u"Warehouse · S3 backup · Disabled · Last updated: "_s), qPrintable(item));
    QCOMPARE(listed(sameAccount), QStringList());
    select(u"Broker"_s);
    QTRY_COMPARE(listed(sameKey), QStringList());
    QVERIFY(!m_window->has(QAccessible::List, sameKey));
}

void InventoryRowsTest::whereOnlyTheAccountIsTheSame()
{
    openAll();
    select(u"Historian copy"_s);
    QTRY_COMPARE(listed(sameAccount).size(), 1);
    QVERIFY(listed(sameAccount).first().startsWith(u"Plant floor · Historian · Enabled · "_s));
    QCOMPARE(listed(sameKey), QStringList());
}

void InventoryRowsTest::onTheOtherPageOnceAllWereRead()
{
    open();
    m_window->clickCell(u"Credentials"_s, u"S3 archive"_s);
    QTRY_VERIFY(hasValue(u"Created"_s));
    QVERIFY(!m_window->has(QAccessible::List, sameKey));
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->has(QAccessible::Table, u"Credentials"_s));
    m_window->clickCell(u"Credentials"_s, u"Historian"_s);
    QTRY_COMPARE(listed(sameAccount).size(), 1);
    m_window->clickCell(u"Credentials"_s, u"S3 archive"_s);
    QTRY_COMPARE(listed(sameKey).size(), 1);
    QCOMPARE(listed(sameAccount), QStringList());
}

void InventoryRowsTest::anotherOfTheKeyIsOpenedThere()
{
    openAll();
    select(u"S3 archive"_s);
    QTRY_COMPARE(listed(sameKey).size(), 1);
    auto *list = qobject_cast<QListWidget *>(m_window->part(QAccessible::List, sameKey));
    list->setFocus();
    m_window->key(Qt::Key_Down);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(title(), u"Credenza – Warehouse"_s);
    const QTableView *one = m_window->table(u"Credentials"_s);
    QTRY_COMPARE(one->currentIndex().siblingAtColumn(0).data().toString(), u"S3 backup"_s);
    QTRY_COMPARE(listed(sameKey).size(), 1); // and from there back
    QVERIFY(listed(sameKey).first().startsWith(u"Plant floor · S3 archive"_s));
}

void InventoryRowsTest::theMenuOffersTheSameAndTheApplication()
{
    openAll();
    select(u"S3 backup"_s);
    m_window->key(Qt::Key_Menu);
    QTRY_VERIFY(QApplication::activePopupWidget());
    const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QStringList items;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            items += action->text();
    }
    QCOMPARE(items, (QStringList{u"Edit"_s, u"Rotate secret"_s, u"Enable"_s, u"Delete"_s, u"Copy cell"_s,
                                 u"Copy name"_s, u"Copy ID"_s, u"Open the application"_s}));
    menu->actions().last()->trigger();
    QApplication::activePopupWidget()->close();
    QTRY_COMPARE(title(), u"Credenza – Warehouse"_s);
}

void InventoryRowsTest::rowsOfSeveralApplicationsAreCopied()
{
    openAll();
    m_window->table(all)->setFocus();
    m_window->clickCell(all, u"Warehouse"_s);
    m_window->key(Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(m_window->shows(u"6 credentials selected"_s));
    m_window->key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n'), m_window->column(all, u"Application"_s));
}

void InventoryRowsTest::aDisabledOneIsRenewedAndUndone()
{
    openAll();
    select(u"Historian copy"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(said(doneMessage), u"Disabled Historian copy in Warehouse"_s);
    QTRY_COMPARE(cell(u"Historian copy"_s, u"Status"_s), u"Disabled"_s);
    QTRY_COMPARE(box(u"Disabled"_s)->text(), u"Disabled (2)"_s);
    QCOMPARE(selected(), QStringList{u"Historian copy"_s});
    const auto &requests = m_losant->server().requests();
    const auto patch = std::ranges::find(requests, QByteArray("PATCH"), &RecordedRequest::method);
    QCOMPARE(patch->body, R"({"enabled":false})"_ba);
    QVERIFY(patch->path().contains(m_warehouse.toUtf8()));
    m_window->click(u"Undo"_s);
    QTRY_COMPARE(cell(u"Historian copy"_s, u"Status"_s), u"Enabled"_s);
}

void InventoryRowsTest::afterAChangeThatTheFilterDropsTheNextIsSelected()
{
    openAll();
    filter(u"status:enabled"_s);
    const QStringList found = names();
    const auto place = found.indexOf(u"Historian"_s);
    QVERIFY(place >= 0 && place + 1 < found.size());
    select(u"Historian"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!names().contains(u"Historian"_s));
    QTRY_COMPARE(selected(), QStringList{found[place + 1]});
}

void InventoryRowsTest::aChangeThatFailsTakesThePlaceOfWhatWasDone()
{
    openAll();
    select(u"Historian copy"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_window->shows(u"Disabled Historian copy in Warehouse"_s));
    m_losant->setException([](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        return request.method == "PATCH" ? std::optional(FakeLosant::error(400, u"Not now."_s))
                                         : std::nullopt;
    });
    select(u"Historian"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(said(u"Error message"_s).contains(u"Historian was not disabled"_s));
    QVERIFY(!m_window->shows(u"Disabled Historian copy in Warehouse"_s));
}

void InventoryRowsTest::anEditIsSavedWhole()
{
    openAll();
    select(u"Historian copy"_s);
    m_window->key(Qt::Key_Return);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Edit credential"_s);
    const GuiProbe probe(*dialog());
    const CloseAtEnd closes(*dialog());
    QTRY_VERIFY(probe.has(QAccessible::EditableText, u"Name"_s) &&
                probe.has(QAccessible::EditableText, u"Host"_s));
    QCOMPARE(probe.line(u"Host"_s)->text(), u"db.example.com"_s);
    probe.line(u"Name"_s)->setText(u"Archive copy"_s);
    probe.click(u"Save"_s);
    QTRY_COMPARE(said(doneMessage), u"Saved Archive copy in Warehouse"_s);
    QTRY_VERIFY(names().contains(u"Archive copy"_s));
    QVERIFY(!names().contains(u"Historian copy"_s));
    QCOMPARE(selected(), QStringList{u"Archive copy"_s});
    QTRY_COMPARE(value(u"Name"_s), u"Archive copy"_s);
}

void InventoryRowsTest::aDeletedOneGoesAndTheNextIsSelected()
{
    openAll();
    select(u"Historian copy"_s);
    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Delete credential"_s);
    QTRY_VERIFY(GuiProbe(*dialog()).isEnabled(QAccessible::PushButton, u"Delete"_s));
    GuiProbe(*dialog()).click(u"Delete"_s);
    QTRY_COMPARE(said(doneMessage), u"Deleted Historian copy in Warehouse"_s);
    QTRY_COMPARE(names(), (QStringList{u"Broker"_s, u"Historian"_s, u"Old gateway"_s, u"S3 archive"_s,
                                       u"S3 backup"_s}));
    QTRY_COMPARE(m_window->label(status), u"5 credential(s) in 3 application(s)"_s);
    QTRY_COMPARE(selected(), QStringList{u"Old gateway"_s});
    QCOMPARE(m_window->tree(u"Applications"_s)->model()->index(0, 1).data().toString(), u"5"_s);
}

void InventoryRowsTest::whatIsDoneWaitsForTheWholeCredential()
{
    openAll();
    m_losant->setException([](const RecordedRequest &request) {
        return request.path().split('/').size() == 5 ? std::optional(ScriptedReply{.way = Way::Stall})
                                                     : std::nullopt;
    });
    select(u"Broker"_s);
    m_window->key(Qt::Key_Return);
    QTRY_VERIFY(offers(u"Stop"_s));
    QVERIFY(!dialog());
    m_window->click(u"Stop"_s);
    QVERIFY(!offers(u"Stop"_s));

    m_losant->setException({});
    select(u"S3 archive"_s);
    m_window->key(Qt::Key_Return);
    QTRY_VERIFY(dialog());
    QTRY_VERIFY(GuiProbe(*dialog()).has(QAccessible::EditableText, u"Name"_s));
    QCOMPARE(GuiProbe(*dialog()).line(u"Name"_s)->text(), u"S3 archive"_s);
}

void InventoryRowsTest::whatCannotBeReadCannotBeChanged()
{
    openAll();
    m_losant->setException([](const RecordedRequest &request) {
        return request.path().split('/').size() == 5
                   ? std::optional(FakeLosant::error(400, u"Not this one."_s))
                   : std::nullopt;
    });
    select(u"Broker"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(said(u"Error message"_s).contains(u"Not this one."_s));
    QCOMPARE(m_losant->server().count("PATCH"), 0);
}

void InventoryRowsTest::aChangeOnTheOtherPageShowsHere()
{
    openAll();
    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->has(QAccessible::Table, u"Credentials"_s));
    m_window->clickCell(u"Credentials"_s, u"S3 archive"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(said(doneMessage), u"Disabled S3 archive"_s);
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(cell(u"S3 archive"_s, u"Status"_s), u"Disabled"_s);
}

void InventoryRowsTest::aChangeHereShowsOnTheOtherPage()
{
    openAll();
    select(u"Historian"_s);
    m_window->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(said(doneMessage), u"Disabled Historian in Plant floor"_s);
    m_window->click(u"Back"_s);
    QTRY_VERIFY(m_window->has(QAccessible::Table, u"Credentials"_s));
    const auto state = [this] {
        const qsizetype row = m_window->column(u"Credentials"_s, u"Name"_s).indexOf(u"Historian"_s);
        return m_window->column(u"Credentials"_s, u"Status"_s).value(row);
    };
    QTRY_COMPARE(state(), u"Disabled"_s);
}

void InventoryRowsTest::whatIsShownIsExported()
{
    openAll();
    filter(u"historian"_s);
    m_window->key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Export"_s);
    const GuiProbe probe(*dialog());
    const CloseAtEnd closes(*dialog());
    QTemporaryDir folder;
    const QString file = folder.filePath(u"shown.txt"_s);
    probe.line(u"File"_s)->setText(file);
    QVERIFY(!probe.isEnabled(QAccessible::PushButton, u"Export"_s));
    QVERIFY(probe.label(u"About the file"_s).contains(u".csv or .json"_s));
    probe.line(u"File"_s)->setText(folder.filePath(u"shown.csv"_s));
    QVERIFY(probe.label(u"About the file"_s).contains(u"apostrophe"_s));
    probe.click(u"Export"_s);
    QTRY_VERIFY(probe.has(QAccessible::StaticText, u"Done message"_s));
    QFile written(folder.filePath(u"shown.csv"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = written.readAll().split('\n');
    QCOMPARE(lines.size(), names().size() + 2); // titles, and nothing behind the last line feed
    QVERIFY(lines[0].startsWith("Name,Application,Type,Status,Created,Last updated,Expires,Key"));
    QVERIFY(lines[1].startsWith(QByteArray(names().first().toUtf8() + ',')));

    probe.line(u"File"_s)->setText(folder.filePath(u"none/shown.csv"_s));
    probe.click(u"Export"_s);
    QTRY_VERIFY(probe.has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(!probe.has(QAccessible::StaticText, u"Done message"_s));
    probe.line(u"File"_s)->setText(folder.filePath(u"shown.csv"_s));
    QVERIFY(probe.has(QAccessible::PushButton, u"Replace"_s));
}

void InventoryRowsTest::byKeyboardAloneAKeyIsFoundAndWhereElseItIs()
{
    open();
    m_window->key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), wholeStatus);
    m_window->type(u"key:akiashared app:plant"_s);
    QTRY_COMPARE(names(), QStringList{u"S3 archive"_s});
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(listed(sameKey).size(), 1);
    tab(m_window->part(QAccessible::List, sameKey));
    m_window->key(Qt::Key_Down);
    QAccessibleInterface *list =
        QAccessible::queryAccessibleInterface(m_window->part(QAccessible::List, sameKey));
    QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"Warehouse · S3 backup"_s));
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(title(), u"Credenza – Warehouse"_s);
}

QTEST_MAIN(InventoryRowsTest)
#include "inventoryrowstest.moc"
