// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "models/credentialtablemodel.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;
const QString errorMessage = u"Error message"_s;

} // namespace

/// What the browser shows when there is something else to show than rows.
class BrowserStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void oldRowsStayWhileAPageLoads();
    void aQuickAnswerShowsNoProgress();
    void theProgressComesAfterAWhileAndGoesWithTheAnswer();
    void theProgressGoesWhenTheAnswerIsAFailureToo();
    void escapeStopsLoadingAndGoesBackToWhatIsShown();
    void escapeBeforeTheFirstPageOffersToLoadIt();
    void rowsOfAnotherQueryFadeOnceItIsLate();
    void anotherApplicationsRowsAreNotShownForTheNewOne();
    void anEmptyApplicationOffersToCreateACredential();
    void noMatchOffersToClearTheFilter();
    void aFailureKeepsTheOldRowsAndOffersToRetry();
    void retryAsksForWhatFailed();
    void aFailureWithoutRowsSaysSo();
    void eachFailureIsToldInWords_data();
    void eachFailureIsToldInWords();
    void theServersWordsAreShownLiterally();
    void anotherPageTakesTheFailureAway();
    void withoutPermissionItSaysWhatIsMissing();
    void aPageThatIsGoneLeadsToTheLastWithoutAStep();
    void rowsThatNobodyCountsRightAreSaidToBeMissing();

private:
    bool isLoadingShown() const { return m_window->has(QAccessible::ProgressBar, u"Loading"_s); }
    void open(int credentialCount);

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void BrowserStatesTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->addApplication(u"Plant floor"_s);
    m_losant->addApplication(u"Warehouse"_s);
    m_losant->setCredentials(FakeLosant::applicationId(2), FakeLosant::someCredentials(3));
}

void BrowserStatesTest::cleanup()
{
    m_window.reset();
}

void BrowserStatesTest::open(int credentialCount)
{
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(credentialCount));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_losant->pageCount() > 0);
    if (credentialCount > 0)
        QTRY_VERIFY(m_window->has(QAccessible::Table, credentials) &&
                    !m_window->column(credentials, u"Name"_s).isEmpty());
}

void BrowserStatesTest::oldRowsStayWhileAPageLoads()
{
    open(250);
    m_losant->setDelay(200ms);
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_losant->pageCount(2), 1);

    QCOMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 1"_s);
    QVERIFY(m_window->isEnabled(QAccessible::Table, credentials));
    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 201"_s);
}

void BrowserStatesTest::aQuickAnswerShowsNoProgress()
{
    open(250);
    m_losant->setDelay(100ms);
    m_window->click(u"Last page"_s);
    QElapsedTimer timer;
    timer.start();
    while (m_window->column(credentials, u"Name"_s).first() == "Credential 1"_L1 && timer.elapsed() < 5000) {
        QVERIFY2(!isLoadingShown() || timer.elapsed() >= 290, "the progress is shown at once");
        QTest::qWait(10);
    }
    QVERIFY(!isLoadingShown());
    VERIFY_HOLDS_FOR(350ms, !isLoadingShown());
}

void BrowserStatesTest::theProgressComesAfterAWhileAndGoesWithTheAnswer()
{
    open(250);
    m_losant->setDelay(900ms);
    m_window->click(u"Last page"_s);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!isLoadingShown());

    QTRY_VERIFY(isLoadingShown());

    QVERIFY2(timer.elapsed() >= 290, qPrintable(QString::number(timer.elapsed())));
    QTRY_COMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 201"_s);
    QVERIFY(!isLoadingShown());
}

void BrowserStatesTest::theProgressGoesWhenTheAnswerIsAFailureToo()
{
    open(250);
    m_losant->setDelay(600ms);
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(isLoadingShown());
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!isLoadingShown());
}

void BrowserStatesTest::escapeStopsLoadingAndGoesBackToWhatIsShown()
{
    open(250);
    m_losant->setDelay(700ms);
    m_window->table(credentials)->setFocus();
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(isLoadingShown());

    m_window->key(Qt::Key_Escape);

    QVERIFY(!isLoadingShown());
    QCOMPARE(m_window->label(status), u"1–100 of 250"_s);
    VERIFY_HOLDS_FOR(900ms, m_window->label(status) == u"1–100 of 250"_s &&
                                m_window->column(credentials, u"Name"_s).first() == "Credential 1"_L1);
    m_losant->setDelay(0ms);
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
}

void BrowserStatesTest::escapeBeforeTheFirstPageOffersToLoadIt()
{
    open(250);
    m_losant->setDelay(700ms);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_VERIFY(isLoadingShown());

    m_window->key(Qt::Key_Escape);

    QVERIFY(!isLoadingShown());
    QVERIFY(m_window->shows(u"Not loaded"_s));
    m_losant->setDelay(0ms);
    m_window->click(u"Load"_s);
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QVERIFY(!m_window->shows(u"Not loaded"_s));
}

void BrowserStatesTest::rowsOfAnotherQueryFadeOnceItIsLate()
{
    open(250);
    const auto *model = static_cast<const CredentialTableModel *>(m_window->table(credentials)->model());
    m_losant->setDelay(900ms);
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(isLoadingShown());
    QVERIFY(!model->isStale()); // the same page
    QTRY_VERIFY(!isLoadingShown());

    m_window->click(u"Last page"_s);
    QVERIFY(!model->isStale());
    QTRY_VERIFY(isLoadingShown());
    QVERIFY(model->isStale());

    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
    QVERIFY(!model->isStale());
}

void BrowserStatesTest::anotherApplicationsRowsAreNotShownForTheNewOne()
{
    open(250);
    m_losant->setDelay(400ms);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);

    QVERIFY(!m_window->has(QAccessible::Table, credentials) ||
            m_window->column(credentials, u"Name"_s).isEmpty());
    QVERIFY(!m_window->visibleText().contains(u"No credentials yet"_s));
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
}

void BrowserStatesTest::anEmptyApplicationOffersToCreateACredential()
{
    open(0);
    QTRY_VERIFY(m_window->shows(u"No credentials yet"_s));
    QCOMPARE(m_window->label(status), u"0 of 0"_s);
    QVERIFY(!m_window->has(QAccessible::Table, credentials));

    bool isDialogShown = false;
    QTimer::singleShot(0, this, [&] {
        QTRY_VERIFY(QApplication::activeModalWidget());
        const CloseAtEnd close{*QApplication::activeModalWidget()};
        isDialogShown = QApplication::activeModalWidget()->windowTitle() == "New credential"_L1;
    });
    // The one in the middle: the tool bar's comes first.
    const auto buttons = m_window->window().findChildren<QPushButton *>();
    const auto create = std::ranges::find_if(
        buttons, [](const QPushButton *b) { return b->isVisible() && b->text() == "New credential"_L1; });
    QVERIFY(create != buttons.end());
    QTest::mouseClick(*create, Qt::LeftButton);
    QTRY_VERIFY(isDialogShown);
}

void BrowserStatesTest::noMatchOffersToClearTheFilter()
{
    open(50);
    m_window->line(u"Filter credentials"_s)->setFocus();
    m_window->type(u"zzz"_s);
    QTRY_VERIFY(m_window->shows(u"No match"_s));
    QCOMPARE(m_window->label(status), u"0 of 0"_s);

    const auto buttons = m_window->window().findChildren<QPushButton *>();
    const auto clear = std::ranges::find_if(
        buttons, [](const QPushButton *b) { return b->isVisible() && b->text() == "Clear filter"_L1; });
    QVERIFY(clear != buttons.end());
    QTest::mouseClick(*clear, Qt::LeftButton);

    QTRY_COMPARE(m_window->label(status), u"1–50 of 50"_s);
    QCOMPARE(m_window->line(u"Filter credentials"_s)->text(), QString());
}

void BrowserStatesTest::aFailureKeepsTheOldRowsAndOffersToRetry()
{
    open(250);
    m_losant->failPages(FakeLosant::error(400, u"That page is on strike"_s));

    m_window->click(u"Last page"_s);

    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(m_window->label(errorMessage).contains(u"That page is on strike"_s));
    QVERIFY(m_window->label(errorMessage).contains(u"The rows below are older."_s));
    QVERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
    QCOMPARE(m_window->column(credentials, u"Name"_s).first(), u"Credential 1"_s);
    QCOMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void BrowserStatesTest::retryAsksForWhatFailed()
{
    open(250);
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
    m_losant->failPages({});

    m_window->click(u"Retry"_s);

    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));
    QCOMPARE(m_losant->pageCount(2), 2);
}

void BrowserStatesTest::aFailureWithoutRowsSaysSo()
{
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    open(0);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->label(errorMessage).contains(u"The rows below"_s));
    QVERIFY(m_window->shows(u"Nothing to show"_s));
    QVERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
}

void BrowserStatesTest::eachFailureIsToldInWords_data()
{
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("a token that is not accepted") << 401 << QByteArray("{}") << u"not accepted"_s;
    QTest::newRow("a missing scope") << 403 << QByteArray("{}") << u"does not permit"_s;
    QTest::newRow("a redirect") << 302 << QByteArray() << u"unexpected answer"_s;
    QTest::newRow("a proxy's page") << 200 << QByteArray("<html>log in</html>") << u"can't be read"_s;
    QTest::newRow("half a page") << 200 << QByteArray("{\"items\": [{\"na") << u"can't be read"_s;
    QTest::newRow("nothing") << 200 << QByteArray() << u"can't be read"_s;
}

void BrowserStatesTest::eachFailureIsToldInWords()
{
    QFETCH(int, httpStatus);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    open(250);
    m_losant->failPages(ScriptedReply{.status = httpStatus, .body = body});

    m_window->key(Qt::Key_F5);

    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY2(m_window->label(errorMessage).contains(words), qPrintable(m_window->label(errorMessage)));
    QCOMPARE(m_window->column(credentials, u"Name"_s).size(), 100);
}

void BrowserStatesTest::theServersWordsAreShownLiterally()
{
    open(250);
    m_losant->failPages(FakeLosant::error(400, u"<b>bold</b>\n<img src=x> & "_s + QString(9000, u'x')));
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    const QString text = m_window->label(errorMessage);
    QVERIFY(text.contains(u"<b>bold</b>"_s));
    QVERIFY(text.size() < 600);
    const auto *label = qobject_cast<QLabel *>(m_window->part(QAccessible::StaticText, errorMessage));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(m_window->window().width() <= 1280);
}

void BrowserStatesTest::anotherPageTakesTheFailureAway()
{
    open(250);
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    m_losant->failPages({});

    m_window->key(Qt::Key_Left, Qt::AltModifier);

    QTRY_VERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void BrowserStatesTest::withoutPermissionItSaysWhatIsMissing()
{
    m_losant->failPages(FakeLosant::error(403, u"Forbidden"_s));
    open(0);
    QTRY_VERIFY(m_window->shows(u"No permission"_s));
    QVERIFY(m_window->visibleText().contains(u"credentials.get"_s));
    QVERIFY(m_window->has(QAccessible::StaticText, errorMessage));
}

void BrowserStatesTest::aPageThatIsGoneLeadsToTheLastWithoutAStep()
{
    open(250);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"101–200 of 250"_s);
    m_window->click(u"Next page"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(150));

    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(m_window->label(status), u"101–150 of 150"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    m_window->click(u"Back"_s);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 150"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));
    m_window->click(u"Forward"_s);
    QTRY_COMPARE(m_window->label(status), u"101–150 of 150"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Forward"_s));
}

void BrowserStatesTest::rowsThatNobodyCountsRightAreSaidToBeMissing()
{
    open(250);
    m_losant->failPages(ScriptedReply{.body = R"({"items":[],"totalCount":250})"});
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->shows(u"Nothing on this page"_s));
    m_losant->failPages({});
    m_window->click(u"Retry"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
}

QTEST_MAIN(BrowserStatesTest)
#include "browserstatestest.moc"
