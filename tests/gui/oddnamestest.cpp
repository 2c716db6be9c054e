// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTextDocument>
#include <QToolTip>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;
const QString html = u"<b>Bold</b> <img src=\"http://127.0.0.1:1/x\"> &amp; <script>"_s;

/// What the pointer over the item is told; empty if it is told nothing.
QString toolTip(const QAbstractItemView &view, const QModelIndex &index)
{
    QToolTip::hideText();
    if (!QTest::qWaitFor([] { return !QToolTip::isVisible(); }))
        qFatal("The tool tip before does not go");
    const QPoint at = view.visualRect(index).center();
    QHelpEvent event(QEvent::ToolTip, at, view.viewport()->mapToGlobal(at));
    QApplication::sendEvent(view.viewport(), &event);
    if (!QToolTip::isVisible())
        return {};
    QTextDocument document;
    document.setHtml(QToolTip::text());
    return document.toPlainText();
}

/// Of the first row.
QString toolTip(const QTableView &table, const QString &column)
{
    return toolTip(table, table.model()->index(0, GuiProbe::columnOf(table, column)));
}

} // namespace

/// Whatever a server sends is shown, and shown literally.
class OddNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aNewTypeShowsByItsRawName();
    void aMissingFieldIsAGap();
    void aWrongTypeIsAGap();
    void rowsThatAreNoObjectsDoNotHideTheOthers();
    void aNameShowsLiterally_data();
    void aNameShowsLiterally();
    void aToolTipIsLiteral();
    void aToolTipRepeatsNothingThatIsInView();
    void anApplicationsToolTipRepeatsNothingThatIsInView();
    void aToolTipOfADateIsExact();
    void thereIsNoToolTipBesideTheRows();
    void aNameOfTenThousandCharactersKeepsTheWindowsSize();
    void anApplicationsNameIsLiteralInTheListAndTheTitle();
    void theDetailsOfOddDataShow();

private:
    void open(const QJsonArray &rows);
    QString cell(const QString &column) const { return m_window->column(credentials, column).value(0); }
    QJsonArray oddRow(const QString &key, const QJsonValue &value) const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void OddNamesTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->addApplication(u"Plant floor"_s);
}

void OddNamesTest::cleanup()
{
    m_window.reset();
}

void OddNamesTest::open(const QJsonArray &rows)
{
    m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->has(QAccessible::Table, credentials) &&
                !m_window->column(credentials, u"Name"_s).isEmpty());
}

QJsonArray OddNamesTest::oddRow(const QString &key, const QJsonValue &value) const
{
    QJsonObject row = FakeLosant::credential(u"Odd"_s);
    row[key] = value;
    return {row};
}

void OddNamesTest::aNewTypeShowsByItsRawName()
{
    open(oddRow(u"type"_s, u"quantumVault"_s));
    QCOMPARE(cell(u"Type"_s), u"quantumVault"_s);
    QCOMPARE(cell(u"Name"_s), u"Odd"_s);
}

void OddNamesTest::aMissingFieldIsAGap()
{
    open({QJsonObject{{u"name"_s, u"Only a name"_s}}});
    QCOMPARE(cell(u"Name"_s), u"Only a name"_s);
    for (const QString &column : {u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s, u"ID"_s})
        QCOMPARE(cell(column), u"—"_s);
    m_window->clickCell(credentials, u"Only a name"_s);
    QTRY_VERIFY(m_window->shows(u"Only a name"_s));
}

void OddNamesTest::aWrongTypeIsAGap()
{
    open({QJsonObject{{u"id"_s, 7},
                      {u"name"_s, QJsonArray{1, 2}},
                      {u"type"_s, QJsonObject{{u"a"_s, 1}}},
                      {u"enabled"_s, u"yes"_s},
                      {u"creationDate"_s, 1234},
                      {u"lastUpdated"_s, u"yesterday"_s},
                      {u"description"_s, QJsonValue()},
                      {u"awsConfig"_s, u"none"_s}}});
    for (const QString &column :
         {u"Name"_s, u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s, u"ID"_s})
        QCOMPARE(cell(column), u"—"_s);
    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});
    QTRY_VERIFY(m_window->shows(u"—"_s));
}

void OddNamesTest::rowsThatAreNoObjectsDoNotHideTheOthers()
{
    open(oddRow(u"name"_s, u"Good"_s));
    m_losant->failPages(ScriptedReply{
        .body = R"({"items": [null, 5, "x", [], {"name": "Still here", "type": "aws"}], "totalCount": 5})"});
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(cell(u"Name"_s), u"Still here"_s);
}

void OddNamesTest::aNameShowsLiterally_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("HTML") << html;
    QTest::newRow("mnemonic") << u"R&D &&"_s;
    QTest::newRow("right to left") << u"محطة الطاقة"_s;
    QTest::newRow("line breaks") << u"one\ntwo\r\nthree\u2028four"_s;
    QTest::newRow("control characters") << u"bell\u0007 escape\u001b[31m tab\t"_s;
    QTest::newRow("format specifiers") << u"%1 %n %s"_s;
    QTest::newRow("ten thousand characters") << QString(10'000, u'n');
}

void OddNamesTest::aNameShowsLiterally()
{
    QFETCH(QString, name);
    open(oddRow(u"name"_s, name));

    QCOMPARE(cell(u"Name"_s), name);

    const QTableView *table = m_window->table(credentials);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, {20, 10});
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Name"_s));
    const auto *heading =
        qobject_cast<QPlainTextEdit *>(m_window->part(QAccessible::EditableText, u"Name"_s));
    QVERIFY(heading);
    QString expected = name;
    expected.replace(u"\r\n"_s, u"\n"_s).replace(u'\u2028', u'\n');
    QCOMPARE(heading->toPlainText(), expected);
    QVERIFY(table->rowHeight(0) < 3 * table->fontMetrics().height());
}

void OddNamesTest::aToolTipIsLiteral()
{
    const QString name = html.repeated(10);
    open(oddRow(u"name"_s, name));
    QCOMPARE(toolTip(*m_window->table(credentials), u"Name"_s), name);
}

void OddNamesTest::aToolTipRepeatsNothingThatIsInView()
{
    open(oddRow(u"name"_s, u"Short name"_s));
    QTableView *table = m_window->table(credentials);
    for (const QString &column : {u"Name"_s, u"Type"_s, u"Status"_s})
        QCOMPARE(toolTip(*table, column), QString());
    QVERIFY(!toolTip(*table, u"Created"_s).isEmpty());

    table->setColumnWidth(GuiProbe::columnOf(*table, u"Type"_s), 60);
    QCOMPARE(toolTip(*table, u"Type"_s), u"Amazon Web Services"_s);
}

void OddNamesTest::anApplicationsToolTipRepeatsNothingThatIsInView()
{
    const QString name = u"An application with a name that no sidebar has the room for"_s;
    m_losant->addApplication(name, u"An organization that has a name of more than half a line"_s);
    open(oddRow(u"name"_s, u"x"_s));
    const QTreeView *tree = m_window->tree(u"Applications"_s);
    const auto tip = [tree](int group, int application) {
        const QModelIndex index = tree->model()->index(group + 1, 0); // before them is that of all
        return toolTip(*tree, application < 0 ? index : tree->model()->index(application, 0, index));
    };
    QCOMPARE(tip(0, 0), QString());
    QCOMPARE(tip(1, 0), name);
    QCOMPARE(tip(0, -1), QString());
    QCOMPARE(tip(1, -1), u"An organization that has a name of more than half a line"_s);
}

void OddNamesTest::aToolTipOfADateIsExact()
{
    open(oddRow(u"creationDate"_s, u"2016-06-13T04:05:06.789Z"_s));
    QVERIFY(cell(u"Created"_s).contains(u"year"_s));
    const QString tip = toolTip(*m_window->table(credentials), u"Created"_s);
    QVERIFY2(tip.contains(u"2016"_s), qPrintable(tip));
    QVERIFY2(tip.contains(u"05:06"_s) || tip.contains(u"5:06"_s), qPrintable(tip));
}

void OddNamesTest::thereIsNoToolTipBesideTheRows()
{
    open(oddRow(u"name"_s, u"x"_s));
    QToolTip::hideText();
    for (const QAbstractItemView *view :
         {static_cast<QAbstractItemView *>(m_window->table(credentials)),
          static_cast<QAbstractItemView *>(m_window->tree(u"Applications"_s))}) {
        const QPoint at = view->viewport()->rect().bottomLeft() + QPoint(20, -10);
        QVERIFY(!view->indexAt(at).isValid());
        QHelpEvent event(QEvent::ToolTip, at, view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(view->viewport(), &event);
        QVERIFY(!QToolTip::isVisible());
    }
}

void OddNamesTest::aNameOfTenThousandCharactersKeepsTheWindowsSize()
{
    const QString endless(10'000, u'W');
    QJsonObject row = FakeLosant::credential(endless);
    row[u"description"_s] = endless;
    row[u"type"_s] = endless;
    row[u"createdById"_s] = endless;
    row[u"createdByType"_s] = endless;
    row[u"id"_s] = endless;
    row[u"applicationId"_s] = endless;
    row[endless + u"Config"_s] = QJsonObject{{endless, endless}};
    open({row});
    const QSize before = m_window->window().size();
    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});

    VERIFY_HOLDS_FOR(50ms, m_window->window().size() == before);
    QVERIFY2(m_window->window().minimumSizeHint().width() <= 1024,
             qPrintable(QString::number(m_window->window().minimumSizeHint().width())));
    const QWidget *details = m_window->part(QAccessible::Grouping, u"Credential details"_s);
    QVERIFY2(details->width() < 700, qPrintable(QString::number(details->width())));
}

void OddNamesTest::anApplicationsNameIsLiteralInTheListAndTheTitle()
{
    FakeLosant losant;
    losant.addApplication(html, u"<i>Acme</i>"_s);
    m_window = std::make_unique<OpenWindow>(losant.url(), m_settings->settings);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – "_s + html);
    const QTreeView *tree = m_window->tree(u"Applications"_s);
    const QModelIndex group = tree->model()->index(1, 0);
    QCOMPARE(group.data().toString(), u"<i>Acme</i>"_s);
    QCOMPARE(tree->model()->index(0, 0, group).data().toString(), html);
    m_window.reset();
}

void OddNamesTest::theDetailsOfOddDataShow()
{
    QJsonObject row = FakeLosant::credential(html, 1, u"quantumVault"_s);
    row[u"description"_s] = html;
    row[u"createdByType"_s] = u"<u>robot</u>"_s;
    row[u"quantumVaultConfig"_s] = QJsonObject{
        {u"<em>key</em>"_s, html}, {u"deep"_s, QJsonObject{{u"er"_s, 5}}}, {u"list"_s, QJsonArray{1, 2}}};
    open({row});
    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});

    QTRY_VERIFY(m_window->visibleText().contains(u"Secrets can't be read back"_s));
    const QString text = m_window->visibleText();
    QVERIFY2(text.contains(html), qPrintable(text));
    QVERIFY2(text.contains(u"<em>key</em>"_s), qPrintable(text));
    QVERIFY2(text.contains(u"deep.er"_s), qPrintable(text));
    QVERIFY2(text.contains(u"<u>robot</u>"_s), qPrintable(text));
    for (const QLabel *label : m_window->window().findChildren<QLabel *>()) {
        if (label->text().contains(u'<'))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

QTEST_MAIN(OddNamesTest)
#include "oddnamestest.moc"
