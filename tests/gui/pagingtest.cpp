// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;

} // namespace

/// The pager: where one is, and how one gets elsewhere.
class PagingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theStatusGroupsDigits();
    void everyButtonGoesWhereItSays();
    void buttonsThatLeadNowhereCantBePressed();
    void theKeyboardTurnsPages();
    void aKeyTurnsThePageAtOnce();
    void aPageNumberIsGoneToOnEnter();
    void aPageNumberIsNotAskedForWhileItIsTyped();
    void aPageNumberBeyondTheLastLeadsToTheLast();
    void aNewPageBeginsAtItsTop();
    void anotherPageSizeKeepsTheFirstVisibleRow_data();
    void anotherPageSizeKeepsTheFirstVisibleRow();
    void thePageSizesAreThoseOfTheContract();
    void thePageSizeIsRemembered();
    void noRowsAreZeroOfZero();
    void rowsDeletedMeanwhileLeadToTheLastPage();
    void theStatusStaysThatOfTheShownRowsUntilTheNewOnesCome();

private:
    QSpinBox *pageNumber() const;
    QString firstVisibleName() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void PagingTest::init()
{
    m_window.reset();
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(2500));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 2,500"_s);
}

QSpinBox *PagingTest::pageNumber() const
{
    return qobject_cast<QSpinBox *>(m_window->part(QAccessible::SpinBox, u"Page number"_s));
}

QString PagingTest::firstVisibleName() const
{
    const QTableView *table = m_window->table(credentials);
    return table->model()->index(table->rowAt(0), 0).data().toString();
}

void PagingTest::theStatusGroupsDigits()
{
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
}

void PagingTest::everyButtonGoesWhereItSays()
{
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"101–200 of 2,500"_s);
    QCOMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 101"_s);
    QCOMPARE(pageNumber()->value(), 2);
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
    QCOMPARE(m_losant->pageCount(24), 1);
    m_window->click(u"Previous page"_s);
    QTRY_COMPARE(m_window->label(status), u"2,301–2,400 of 2,500"_s);
    m_window->click(u"First page"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 2,500"_s);
    QCOMPARE(m_losant->pageCount(0), 1); // seen just now
}

void PagingTest::buttonsThatLeadNowhereCantBePressed()
{
    const auto enabled = [this](const QString &name) {
        return m_window->isEnabled(QAccessible::PushButton, name);
    };
    QVERIFY(!enabled(u"First page"_s));
    QVERIFY(!enabled(u"Previous page"_s));
    QVERIFY(enabled(u"Next page"_s));
    QVERIFY(enabled(u"Last page"_s));

    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);

    QVERIFY(enabled(u"First page"_s));
    QVERIFY(enabled(u"Previous page"_s));
    QVERIFY(!enabled(u"Next page"_s));
    QVERIFY(!enabled(u"Last page"_s));
}

void PagingTest::theKeyboardTurnsPages()
{
    m_window->table(credentials)->setFocus();
    m_window->key(Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), u"101–200 of 2,500"_s);
    m_window->key(Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 2,500"_s);
    m_window->key(Qt::Key_PageDown, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
    m_window->key(Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 2,500"_s);
}

void PagingTest::aKeyTurnsThePageAtOnce()
{
    m_window->key(Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(pageNumber()->value(), 2);
}

void PagingTest::aPageNumberIsGoneToOnEnter()
{
    pageNumber()->setFocus();
    pageNumber()->selectAll();
    m_window->type(u"7"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"601–700 of 2,500"_s);
    QCOMPARE(m_losant->pageCount(6), 1);
}

void PagingTest::aPageNumberIsNotAskedForWhileItIsTyped()
{
    pageNumber()->setFocus();
    pageNumber()->selectAll();
    m_window->type(u"2"_s);
    m_window->type(u"4"_s);
    QTRY_COMPARE(m_losant->pageCount(), 2); // the first page, and the next one is prefetched
    VERIFY_HOLDS_FOR(100ms, m_window->label(status) == u"1–100 of 2,500"_s && m_losant->pageCount() == 2);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"2,301–2,400 of 2,500"_s);
    QCOMPARE(m_losant->pageCount(23), 1);
}

void PagingTest::aPageNumberBeyondTheLastLeadsToTheLast()
{
    pageNumber()->setFocus();
    pageNumber()->selectAll();
    m_window->type(u"99"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
    QCOMPARE(pageNumber()->value(), 25);
    QVERIFY(m_losant->asked(u"page"_s).toInt() < 25);
    QVERIFY(m_window->shows(u"of 25"_s));
}

void PagingTest::aNewPageBeginsAtItsTop()
{
    m_window->table(credentials)->verticalScrollBar()->setValue(50);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"101–200 of 2,500"_s);
    QCOMPARE(firstVisibleName(), u"Credential 101"_s);
}

void PagingTest::anotherPageSizeKeepsTheFirstVisibleRow_data()
{
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("shown");
    QTest::newRow("fewer") << u"25"_s << u"251–275 of 2,500"_s;
    QTest::newRow("as many as fit") << u"50"_s << u"251–300 of 2,500"_s;
    QTest::newRow("more") << u"250"_s << u"251–500 of 2,500"_s;
    QTest::newRow("many more") << u"500"_s << u"1–500 of 2,500"_s;
    QTest::newRow("the most") << u"1000"_s << u"1–1,000 of 2,500"_s;
}

void PagingTest::anotherPageSizeKeepsTheFirstVisibleRow()
{
    QFETCH(QString, size);
    QFETCH(QString, shown);
    pageNumber()->setFocus();
    pageNumber()->selectAll();
    m_window->type(u"3"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"201–300 of 2,500"_s);
    m_window->table(credentials)->verticalScrollBar()->setValue(60);
    QCOMPARE(firstVisibleName(), u"Credential 261"_s);

    m_window->choose(u"Rows per page"_s, size);

    QTRY_COMPARE(m_window->label(status), shown);
    QVERIFY(m_window->column(credentials, u"Name"_s).contains(u"Credential 261"_s));
    const QTableView *table = m_window->table(credentials);
    const int row = int(m_window->column(credentials, u"Name"_s).indexOf(u"Credential 261"_s));
    const QRect cell = table->visualRect(table->model()->index(row, 0));
    QVERIFY2(table->viewport()->rect().intersects(cell), "the row that was at the top is out of sight");
    QCOMPARE(m_losant->asked(u"perPage"_s), size);
}

void PagingTest::thePageSizesAreThoseOfTheContract()
{
    const QComboBox *box = m_window->combo(u"Rows per page"_s);
    QStringList sizes;
    for (int i = 0; i < box->count(); ++i)
        sizes += box->itemText(i);
    QCOMPARE(sizes, (QStringList{u"25"_s, u"50"_s, u"100"_s, u"250"_s, u"500"_s, u"1000"_s}));
    QCOMPARE(box->currentText(), u"100"_s);
}

void PagingTest::thePageSizeIsRemembered()
{
    m_window->choose(u"Rows per page"_s, u"50"_s);
    QTRY_COMPARE(m_window->label(status), u"1–50 of 2,500"_s);
    m_window.reset();

    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);

    QTRY_COMPARE(m_window->label(status), u"1–50 of 2,500"_s);
    QCOMPARE(m_window->combo(u"Rows per page"_s)->currentText(), u"50"_s);
}

void PagingTest::noRowsAreZeroOfZero()
{
    m_losant->setCredentials(FakeLosant::applicationId(1), {});
    m_window->key(Qt::Key_F5);
    QTRY_COMPARE(m_window->label(status), u"0 of 0"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Next page"_s));
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Last page"_s));
}

void PagingTest::rowsDeletedMeanwhileLeadToTheLastPage()
{
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(120));

    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(m_window->label(status), u"101–120 of 120"_s);
    QCOMPARE(pageNumber()->value(), 2);
}

void PagingTest::theStatusStaysThatOfTheShownRowsUntilTheNewOnesCome()
{
    m_losant->setDelay(std::chrono::milliseconds(300));
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_losant->pageCount(24), 1);
    QCOMPARE(m_window->label(status), u"1–100 of 2,500"_s);
    QCOMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 1"_s);
    QTRY_COMPARE(m_window->label(status), u"2,401–2,500 of 2,500"_s);
}

QTEST_MAIN(PagingTest)
#include "pagingtest.moc"
