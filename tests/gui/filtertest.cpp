// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString filter = u"Filter credentials"_s;
const QString status = u"Page status"_s;

constexpr auto pastTyping = 350ms; // longer than the filter waits for the next key

} // namespace

/// The filter by name and by type: what is asked for, and when.
class FilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aTextMeansThatTheNameContainsIt();
    void aTextWithAWildcardIsAskedForAsTyped_data();
    void aTextWithAWildcardIsAskedForAsTyped();
    void aPauseInTypingAsksOnce();
    void enterAsksAtOnce();
    void blanksAreNoFilter();
    void anyCharacterArrivesAsItWasTyped();
    void whatStandsAroundAPastedNameIsNoReasonToFindNothing_data();
    void whatStandsAroundAPastedNameIsNoReasonToFindNothing();
    void aQuestionMarkFindsNamesWithOne();
    void aNameWithAStarIsFoundByIt();
    void theFieldSaysWhatAStarDoes();
    void whatStandsAroundATypeIsNoReasonToFindNothing();
    void escapeClears();
    void escapeClearsTheTypeToo();
    void theButtonClearsAndIsThereOnlyWhenNeeded();
    void aNewFilterGoesToTheFirstPage();
    void theTotalIsTheFilteredOne();
    void pickingATypeAsksForItsKey();
    void typingATypesNameAsksForItsKey();
    void aTextInTheTypeFilterMeansThatTheKeyContainsIt();
    void aPatternInTheTypeFilterIsAskedForAsTyped();
    void anotherFieldTakesTheTextAlong();
    void theTypesAreOfferedByTheirProductNames();
    void backBringsTheFilterBack();
    void aSlowAnswerNeverOverwritesWhatIsBeingTyped();
    void anotherApplicationStartsUnfiltered();
    void theKeyboardLeadsToTheFilter();
    void theKeysStayInTheTextAsItsFieldChanges();
    void theKeysStayAtTheChoiceOfTheField();

private:
    void typeFilter(const QString &text);
    void useTypes();
    QLineEdit *line() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void FilterTest::init()
{
    m_window.reset();
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_losant->addApplication(u"Warehouse"_s);
    m_losant->setCredentials(FakeLosant::applicationId(2), FakeLosant::someCredentials(3));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void FilterTest::typeFilter(const QString &text)
{
    line()->setFocus();
    m_window->type(text);
}

void FilterTest::useTypes()
{
    m_window->choose(u"Filter by"_s, u"Type"_s);
    QVERIFY(m_window->combo(filter)->isVisible());
}

QLineEdit *FilterTest::line() const
{
    return m_window->has(QAccessible::ComboBox, filter) ? m_window->combo(filter)->lineEdit()
                                                        : m_window->line(filter);
}

void FilterTest::aTextMeansThatTheNameContainsIt()
{
    typeFilter(u"tial 2"_s);

    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*tial 2*"_s);
    QCOMPARE(m_losant->asked(u"filterField"_s), u"name"_s);
    QTRY_COMPARE(m_window->label(status), u"1–62 of 62"_s);
    QCOMPARE(line()->text(), u"tial 2"_s);
}

void FilterTest::aTextWithAWildcardIsAskedForAsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("begins with") << u"Cred*"_s;
    QTest::newRow("ends with") << u"*7"_s;
    QTest::newRow("in the middle") << u"Cred*7"_s;
    QTest::newRow("contains, by hand") << u"*tial*"_s;
}

void FilterTest::aTextWithAWildcardIsAskedForAsTyped()
{
    QFETCH(QString, text);
    typeFilter(text);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), text);
    VERIFY_HOLDS_FOR(50ms, line()->text() == text);
}

void FilterTest::aPauseInTypingAsksOnce()
{
    typeFilter(u"Credential"_s);
    QElapsedTimer sinceLastKey;
    sinceLastKey.start();
    QCOMPARE(m_losant->pageCount(0), 1);

    QTRY_COMPARE(m_losant->pageCount(0), 2);

    QVERIFY2(sinceLastKey.elapsed() >= 240, qPrintable(QString::number(sinceLastKey.elapsed())));
    QCOMPARE(m_losant->asked(u"filter"_s), u"*Credential*"_s);
    VERIFY_HOLDS_FOR(pastTyping, m_losant->pageCount(0) == 2);
}

void FilterTest::enterAsksAtOnce()
{
    typeFilter(u"9"_s);
    QElapsedTimer timer;
    timer.start();

    m_window->key(Qt::Key_Return);

    QTRY_COMPARE_WITH_TIMEOUT(m_losant->pageCount(0), 2, 200);
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    VERIFY_HOLDS_FOR(pastTyping, m_losant->pageCount(0) == 2);
}

void FilterTest::blanksAreNoFilter()
{
    typeFilter(u"   "_s);
    m_window->key(Qt::Key_Return);
    VERIFY_HOLDS_FOR(pastTyping, m_losant->pageCount(0) == 1 && m_window->label(status) == u"1–100 of 250"_s);
}

void FilterTest::anyCharacterArrivesAsItWasTyped()
{
    line()->setFocus();
    line()->clear();
    const QString text = u"50% off & más + 大阪 #1 \"a=b\" \\d"_s;
    QGuiApplication::clipboard()->setText(text);
    m_window->key(Qt::Key_V, Qt::ControlModifier);

    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*%1*"_s.arg(text));
    QVERIFY(!m_losant->pageRequests().back().target.contains('+'));
}

void FilterTest::whatStandsAroundAPastedNameIsNoReasonToFindNothing_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::newRow("a blank behind") << u"Credential 99 "_s;
    QTest::newRow("a blank before") << u" Credential 99"_s;
    QTest::newRow("a line break behind") << u"Credential 99\n"_s;
    QTest::newRow("a line break of Windows behind") << u"Credential 99\r\n"_s;
    QTest::newRow("a line break before") << u"\nCredential 99"_s;
    QTest::newRow("a tab behind, as of a cell") << u"Credential 99\t"_s;
    QTest::newRow("a no-break space behind") << u"Credential 99\u00a0"_s;
    QTest::newRow("a zero width space behind") << u"Credential 99\u200b"_s;
    QTest::newRow("a byte order mark before") << u"\ufeffCredential 99"_s;
    QTest::newRow("a line break within") << u"Credential\n99"_s;
    QTest::newRow("a line break of Windows within") << u"Credential\r\n99"_s;
    QTest::newRow("a tab within") << u"Credential\t99"_s;
}

void FilterTest::whatStandsAroundAPastedNameIsNoReasonToFindNothing()
{
    QFETCH(QString, pasted);
    line()->setFocus();
    QGuiApplication::clipboard()->setText(pasted);
    m_window->key(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*Credential 99*"_s);
    QTRY_COMPARE(m_window->label(status), u"1–1 of 1"_s);
}

void FilterTest::aQuestionMarkFindsNamesWithOne()
{
    m_losant->setCredentials(FakeLosant::applicationId(1), {FakeLosant::credential(u"whose key?"_s, 1),
                                                            FakeLosant::credential(u"mine"_s, 2)});
    typeFilter(u"?"_s);
    QTRY_COMPARE(m_window->label(status), u"1–1 of 1"_s);
    QCOMPARE(m_window->column(u"Credentials"_s, u"Name"_s), QStringList{u"whose key?"_s});
    m_window->type(u" "_s);
    VERIFY_HOLDS_FOR(pastTyping, m_window->label(status) == u"1–1 of 1"_s);
}

void FilterTest::aNameWithAStarIsFoundByIt()
{
    m_losant->setCredentials(FakeLosant::applicationId(1),
                             {FakeLosant::credential(u"a*b"_s, 1), FakeLosant::credential(u"a or b"_s, 2),
                              FakeLosant::credential(u"c"_s, 3)});
    typeFilter(u"a*b"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s); // no server can be asked for the star alone
    QVERIFY(m_window->column(u"Credentials"_s, u"Name"_s).contains(u"a*b"_s));
}

void FilterTest::theFieldSaysWhatAStarDoes()
{
    const QString said = u"* stands for any text"_s;
    QVERIFY(line()->placeholderText().contains(said));
    QVERIFY(line()->toolTip().contains(said));
    QVERIFY(!line()->toolTip().contains(u'?'));
    useTypes();
    QVERIFY(line()->placeholderText().contains(said));
    QVERIFY(m_window->combo(filter)->toolTip().contains(said));
}

void FilterTest::whatStandsAroundATypeIsNoReasonToFindNothing()
{
    useTypes();
    typeFilter(u"sql database "_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"sql"_s);
}

void FilterTest::escapeClears()
{
    typeFilter(u"99"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);

    m_window->key(Qt::Key_Escape);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(line()->text(), QString());
    QVERIFY(line()->hasFocus());
    m_losant->server().forget();
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_losant->pageCount() > 0);
    QVERIFY(!m_losant->pageRequests().back().hasParameter(u"filter"_s));
}

void FilterTest::escapeClearsTheTypeToo()
{
    useTypes();
    typeFilter(u"sql database"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"1–83 of 83"_s);

    m_window->key(Qt::Key_Escape);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(line()->text(), QString());
}

void FilterTest::theButtonClearsAndIsThereOnlyWhenNeeded()
{
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Clear filter"_s));
    typeFilter(u"99"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);

    m_window->click(u"Clear filter"_s);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(line()->text(), QString());
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Clear filter"_s));
}

void FilterTest::aNewFilterGoesToTheFirstPage()
{
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);

    typeFilter(u"Credential*"_s);

    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"Credential*"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(m_losant->pageCount(0), 2);
}

void FilterTest::theTotalIsTheFilteredOne()
{
    typeFilter(u"Credential 1*"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 111"_s);
    QVERIFY(m_window->isEnabled(QAccessible::PushButton, u"Next page"_s));
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"101–111 of 111"_s);
    QCOMPARE(m_losant->asked(u"filter"_s), u"Credential 1*"_s);
}

void FilterTest::pickingATypeAsksForItsKey()
{
    useTypes();

    m_window->choose(filter, u"SQL database"_s);

    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"sql"_s);
    QCOMPARE(m_losant->asked(u"filterField"_s), u"type"_s);
    QTRY_COMPARE(m_window->label(status), u"1–83 of 83"_s);
    QCOMPARE(line()->text(), u"SQL database"_s);
}

void FilterTest::typingATypesNameAsksForItsKey()
{
    useTypes();
    typeFilter(u"sql database"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"sql"_s);
    QCOMPARE(m_losant->asked(u"filterField"_s), u"type"_s);
}

void FilterTest::aTextInTheTypeFilterMeansThatTheKeyContainsIt()
{
    useTypes();
    typeFilter(u"ql"_s);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*ql*"_s);
    QCOMPARE(m_losant->asked(u"filterField"_s), u"type"_s);
    QTRY_COMPARE(m_window->label(status), u"1–83 of 83"_s);
    QCOMPARE(line()->text(), u"ql"_s);
}

void FilterTest::aPatternInTheTypeFilterIsAskedForAsTyped()
{
    useTypes();
    typeFilter(u"*ws"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*ws"_s);
    QTRY_COMPARE(m_window->label(status), u"1–84 of 84"_s);
}

void FilterTest::anotherFieldTakesTheTextAlong()
{
    typeFilter(u"99"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);

    m_window->choose(u"Filter by"_s, u"Type"_s);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(line()->text(), QString());
    m_window->choose(u"Filter by"_s, u"Name"_s);
    QCOMPARE(line()->isVisible(), true);
}

void FilterTest::theTypesAreOfferedByTheirProductNames()
{
    useTypes();
    const QComboBox *box = m_window->combo(filter);
    QCOMPARE(box->count(), 16);
    QVERIFY(box->findText(u"Amazon Web Services"_s) >= 0);
    QVERIFY(box->findText(u"Certificate key pair"_s) >= 0);
    for (int i = 0; i < box->count(); ++i)
        QVERIFY2(!box->itemIcon(i).isNull(), qPrintable(box->itemText(i)));
}

void FilterTest::backBringsTheFilterBack()
{
    typeFilter(u"99"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);
    m_window->click(u"Clear filter"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);

    m_window->key(Qt::Key_Left, Qt::AltModifier);

    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);
    QCOMPARE(line()->text(), u"99"_s);
    m_window->key(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QCOMPARE(line()->text(), QString());
}

void FilterTest::aSlowAnswerNeverOverwritesWhatIsBeingTyped()
{
    m_losant->setDelay(std::chrono::milliseconds(150));
    typeFilter(u"9"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*9*"_s);
    m_window->type(u"9"_s);

    VERIFY_HOLDS_FOR(200ms, line()->text() == "99"_L1); // the answer to "9" comes, before "99" is asked for
    QTRY_COMPARE(m_losant->asked(u"filter"_s), u"*99*"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);
}

void FilterTest::anotherApplicationStartsUnfiltered()
{
    typeFilter(u"99"_s);
    QTRY_COMPARE(m_window->label(status), u"1–2 of 2"_s);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QCOMPARE(line()->text(), QString());
    QVERIFY(!m_losant->pageRequests().back().hasParameter(u"filter"_s));
}

void FilterTest::theKeyboardLeadsToTheFilter()
{
    m_window->table(u"Credentials"_s)->setFocus();
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(line()->hasFocus());
    useTypes();
    m_window->table(u"Credentials"_s)->setFocus();
    m_window->key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(line()->hasFocus());
}

void FilterTest::theKeysStayInTheTextAsItsFieldChanges()
{
    useTypes();
    typeFilter(u"*ws"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"1–84 of 84"_s);
    m_window->mainWindow().activateWindow(); // as a window manager does once the list has closed
    QTRY_VERIFY(line()->hasFocus());

    m_window->key(Qt::Key_Left, Qt::AltModifier);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QVERIFY(m_window->has(QAccessible::EditableText, filter));
    QVERIFY(line()->hasFocus());
    m_window->key(Qt::Key_Return); // of the table it would open a row
    VERIFY_HOLDS_FOR(50ms, !QApplication::activeModalWidget());

    m_window->key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(m_window->label(status), u"1–84 of 84"_s);
    QVERIFY(line()->hasFocus());
    m_window->key(Qt::Key_Return);
    VERIFY_HOLDS_FOR(50ms, !QApplication::activeModalWidget());
}

void FilterTest::theKeysStayAtTheChoiceOfTheField()
{
    QComboBox *field = m_window->combo(u"Filter by"_s);
    for (const auto &[key, name] : {std::pair(Qt::Key_Down, u"Type"_s), std::pair(Qt::Key_Up, u"Name"_s)}) {
        field->setFocus();
        m_window->key(key);
        QCOMPARE(field->currentText(), name);
        QVERIFY(field->hasFocus());
        m_window->key(Qt::Key_Return);
        VERIFY_HOLDS_FOR(50ms, !QApplication::activeModalWidget());
        m_window->key(Qt::Key_Tab);
        QVERIFY(line()->hasFocus());
    }
}

QTEST_MAIN(FilterTest)
#include "filtertest.moc"
