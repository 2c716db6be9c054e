// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/autoretry.h"
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

namespace {

const QString errorMessage = u"Error message"_s;
const QString status = u"Page status"_s;
const QString keepsTrying = u"keeps trying by itself"_s;

} // namespace

/// Going offline and coming back: the window asks again by itself.
class AutoRetryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void theWaitGrowsAndThenStays();
    void onlyWhatTimeMayMendIsTriedAgain_data();
    void onlyWhatTimeMayMendIsTriedAgain();
    void afterASuccessTheWaitIsShortAgain();
    void whileTheWindowIsHiddenNothingIsAsked();
    void whileTheWindowIsMinimizedNothingIsAsked();

    void thePageComesBackByItself();
    void aRefusedPageIsLeftToThePerson();
    void offlineAtStartTheListComesByItself();

private:
    void open();

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void AutoRetryTest::cleanup()
{
    m_window.reset();
}

void AutoRetryTest::theWaitGrowsAndThenStays()
{
    QCOMPARE(AutoRetry::usualDelays, (AutoRetry::Delays{5s, 10s, 15s}));
    QWidget window;
    window.show();
    AutoRetry retry(&window, {60ms, 120ms, 240ms});
    QSignalSpy dues(&retry, &AutoRetry::due);
    for (const auto wait : {60, 120, 240, 240}) {
        QElapsedTimer timer;
        timer.start();
        retry.failed({.kind = Kind::Offline});
        QVERIFY(dues.wait());
        QVERIFY2(timer.elapsed() >= wait * 95 / 100 - 1 && timer.elapsed() < wait + 110,
                 qPrintable(u"%1 ms rather than %2"_s.arg(timer.elapsed()).arg(wait)));
    }
    VERIFY_HOLDS_FOR(300ms, dues.size() == 4); // each failure is answered once
}

void AutoRetryTest::onlyWhatTimeMayMendIsTriedAgain_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("dues");
    QTest::addColumn<bool>("proxyRefused");
    const auto row = [](const char *name, Kind kind, int dues, bool proxyRefused = false) {
        QTest::newRow(name) << kind << dues << proxyRefused;
    };
    row("offline", Kind::Offline, 1);
    row("the proxy's password is wrong", Kind::Offline, 0, true);
    row("timeout", Kind::Timeout, 1);
    row("tls", Kind::Tls, 0);
    row("unauthorized", Kind::Unauthorized, 0);
    row("forbidden", Kind::Forbidden, 0);
    row("not found", Kind::NotFound, 0);
    row("validation", Kind::Validation, 0);
    row("throttled", Kind::Throttled, 0);
    row("server", Kind::Server, 0);
    row("protocol", Kind::Protocol, 0);
}

void AutoRetryTest::onlyWhatTimeMayMendIsTriedAgain()
{
    QFETCH(Kind, kind);
    QFETCH(int, dues);
    QFETCH(bool, proxyRefused);
    const ApiError error{.kind = kind, .proxyRefused = proxyRefused};
    QWidget window;
    window.show();
    AutoRetry retry(&window, {30ms});
    QSignalSpy spy(&retry, &AutoRetry::due);
    retry.failed({.kind = Kind::Offline});
    retry.failed(error); // the answer to what the person asked meanwhile
    QTRY_COMPARE(int(spy.size()), dues);
    VERIFY_HOLDS_FOR(90ms, int(spy.size()) == dues);
    QCOMPARE(AutoRetry::textFor(error).contains(keepsTrying), spy.size() == 1);
}

void AutoRetryTest::afterASuccessTheWaitIsShortAgain()
{
    QWidget window;
    window.show();
    AutoRetry retry(&window, {30ms, 10s});
    QSignalSpy dues(&retry, &AutoRetry::due);
    retry.failed({.kind = Kind::Offline});
    QVERIFY(dues.wait());
    retry.failed({.kind = Kind::Offline});
    retry.reset();
    VERIFY_HOLDS_FOR(60ms, dues.size() == 1);
    retry.failed({.kind = Kind::Timeout});
    QVERIFY(dues.wait(1000));
}

void AutoRetryTest::whileTheWindowIsHiddenNothingIsAsked()
{
    QWidget window;
    window.show();
    AutoRetry retry(&window, {30ms});
    QSignalSpy dues(&retry, &AutoRetry::due);
    retry.failed({.kind = Kind::Offline});
    window.hide();
    VERIFY_HOLDS_FOR(90ms, dues.empty());
    window.show();
    QCOMPARE(dues.size(), 1);
    window.hide();
    window.show();
    QCOMPARE(dues.size(), 1);
}

void AutoRetryTest::whileTheWindowIsMinimizedNothingIsAsked()
{
    QWidget window;
    auto *part = new QWidget(&window);
    window.show();
    AutoRetry retry(part, {30ms});
    QSignalSpy dues(&retry, &AutoRetry::due);
    window.showMinimized();
    retry.failed({.kind = Kind::Offline});
    VERIFY_HOLDS_FOR(90ms, dues.empty());
    window.showNormal();
    QTRY_COMPARE(dues.size(), 1);
}

void AutoRetryTest::open()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
}

void AutoRetryTest::thePageComesBackByItself()
{
    open();
    m_losant->failPages(ScriptedReply{.way = Way::CloseBefore});
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_window->label(errorMessage).contains(keepsTrying));
    QVERIFY(m_window->label(errorMessage).contains(u"The rows below are older."_s));
    const int before = m_losant->pageCount(2);

    QTRY_VERIFY_WITH_TIMEOUT(m_losant->pageCount(2) > before, 7000);
    QVERIFY2(timer.elapsed() > 4500, qPrintable(QString::number(timer.elapsed())));
    VERIFY_HOLDS_FOR(50ms, m_window->has(QAccessible::StaticText, errorMessage)); // also while it tries

    m_losant->failPages({});
    QTRY_COMPARE_WITH_TIMEOUT(m_window->label(status), u"201–250 of 250"_s, 12'000);
    QVERIFY2(timer.elapsed() > 13'500, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
}

void AutoRetryTest::aRefusedPageIsLeftToThePerson()
{
    open();
    m_losant->failPages(FakeLosant::error(403, u"no"_s));
    m_window->click(u"Last page"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(!m_window->label(errorMessage).contains(keepsTrying));
    const int before = m_losant->pageCount(2);
    VERIFY_HOLDS_FOR(5500ms, m_losant->pageCount(2) == before); // it would come after 5 s
}

void AutoRetryTest::offlineAtStartTheListComesByItself()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    const QUrl url = m_losant->url();
    m_losant->server().close();
    m_window = std::make_unique<OpenWindow>(url, m_settings->settings);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->shows(u"No applications"_s), 10'000);
    QCOMPARE(m_window->visibleText().count(keepsTrying), 2); // at the left and in the middle
    QVERIFY(m_losant->server().listen(QHostAddress::LocalHost, quint16(url.port())));

    QTRY_COMPARE_WITH_TIMEOUT(m_window->label(status), u"1–100 of 250"_s, 8000);
    QTRY_VERIFY(m_window->has(QAccessible::ButtonMenu, u"Account: ada@example.com · 127.0.0.1"_s));
}

QTEST_MAIN(AutoRetryTest)
#include "autoretrytest.moc"
