// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/pagecache.h"

#include "api/transport.h"
#include "services/credentialservice.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/servedpages.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// Which pages are kept in memory, and which are asked for before somebody wants to see them.
class PageCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatWasAskedForIsKnown();
    void whatFailedIsNotKnown();
    void aPagePastTheEndIsNotKnown();
    void thePageThatWasLongestUnusedIsForgottenFirst();
    void sixteenPagesAreKept();
    void aPageIsFreshForHalfAMinute();
    void anotherTotalForgetsThePagesBeside();
    void theApplicationThatIsGoneIsForgotten();

    void theNeighboursThereAreArePrefetched_data();
    void theNeighboursThereAreArePrefetched();
    void whatIsCachedIsNotPrefetched();
    void whatIsUnderWayIsNotPrefetchedTwice();
    void callsForFormerNeighboursAreWithdrawn();
    void aSinglePageIsPrefetchedAtATime();
    void aForegroundQuestionWithdrawsNothing();
    void whatIsPrefetchedWaitsForWhatSomebodyWaitsFor();

    void aPrefetchingCallIsTakenOver();
    void whatIsTakenOverIsNotWithdrawn();
    void inTheBackgroundThereIsOneAttempt();
    void whatIsTakenOverHasAllAttempts();
    void inTheBackgroundARefusedTokenAsksForNoOther();
    void whatIsTakenOverAwaitsTheToken();

    void aServerThatThrottlesIsAskedForNothingAhead_data();
    void aServerThatThrottlesIsAskedForNothingAhead();

    void forgettingWithdrawsWhatIsPrefetched();
    void whatWasAskedBeforeForgettingIsNotKnown();
    void pagesOfAnApplicationWhoseCredentialsChangedAreForgotten();
    void whatWasAskedBeforeAChangeIsNotKnown();
    void whatWasAskedBeforeAChangeOfAnotherApplicationIsKnown();
    void pagesThatAreGoneAreNotAnswered();

private:
    /// Asks for the page and waits for it.
    bool see(const PageQuery &query);
    bool isKnown(int page) { return m_pages->find(m_query.onPage(page)); }
    /// The numbers of the pages that were asked for, in this order.
    QStringList asked() const;

    const PageQuery m_query{.applicationId = u"575e"_s};
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<CredentialService> m_service;
    std::unique_ptr<PageCache> m_pages;
};

void PageCacheTest::init()
{
    m_pages.reset();
    m_server = std::make_unique<ScriptedServer>();
    servePages(*m_server, 1000);
    m_transport = std::make_unique<Transport>(m_server->url());
    m_service = std::make_unique<CredentialService>(*m_transport);
    m_pages = std::make_unique<PageCache>(*m_service);
}

bool PageCacheTest::see(const PageQuery &query)
{
    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(query, heard.listener());
    return heard.wait() && heard.isSuccess();
}

QStringList PageCacheTest::asked() const
{
    QStringList pages;
    for (const RecordedRequest &request : m_server->requests())
        pages += request.parameter(u"page"_s);
    return pages;
}

void PageCacheTest::whatWasAskedForIsKnown()
{
    QVERIFY(!isKnown(2));
    QVERIFY(see(m_query.onPage(2)));
    const auto *known = m_pages->find(m_query.onPage(2));
    QVERIFY(known);
    QCOMPARE(known->page.totalCount, 1000);
    QCOMPARE(known->page.items.at(1).name, u"name 201"_s);
    QVERIFY(m_pages->isFresh(*known));
    QVERIFY(!m_pages->find(m_query.onPage(2).sortedBy(PageQuery::SortField::Name).onPage(2)));

    QVERIFY(see(m_query.onPage(2))); // asks, known or not
    QCOMPARE(asked(), (QStringList{u"2"_s, u"2"_s}));
}

void PageCacheTest::whatFailedIsNotKnown()
{
    m_server->answer({.status = 400});
    QVERIFY(!see(m_query));
    QVERIFY(!isKnown(0));
}

void PageCacheTest::aPagePastTheEndIsNotKnown()
{
    QVERIFY(see(m_query.onPage(70)));
    QVERIFY(!isKnown(70));
    m_server->answer({.body = R"({"items":[],"totalCount":0})"});
    QVERIFY(see(m_query));
    QVERIFY(isKnown(0));
}

void PageCacheTest::thePageThatWasLongestUnusedIsForgottenFirst()
{
    PageCache pages(*m_service, 3);
    const auto seen = [&](int page) {
        Heard<CredentialPage> heard;
        const PendingCall call = pages.list(m_query.onPage(page), heard.listener());
        return heard.wait();
    };
    QVERIFY(seen(0) && seen(1) && seen(2));
    QVERIFY(pages.find(m_query.onPage(0)));
    QVERIFY(seen(3));
    QVERIFY(!pages.find(m_query.onPage(1)));
    QVERIFY(pages.find(m_query.onPage(0)) && pages.find(m_query.onPage(2)) && pages.find(m_query.onPage(3)));
}

void PageCacheTest::sixteenPagesAreKept()
{
    servePages(*m_server, 10'000);
    for (int page = 0; page < 17; ++page)
        QVERIFY(see(m_query.onPage(page)));
    QVERIFY(!isKnown(0));
    for (int page = 1; page < 17; ++page)
        QVERIFY(isKnown(page));
}

void PageCacheTest::aPageIsFreshForHalfAMinute()
{
    const auto isFreshAfter = [this](std::chrono::seconds age) {
        return m_pages->isFresh({.askedAt = PageCache::Clock::now() - age});
    };
    QVERIFY(isFreshAfter(29s));
    QVERIFY(!isFreshAfter(31s));
}

void PageCacheTest::anotherTotalForgetsThePagesBeside()
{
    const PageQuery byName = m_query.sortedBy(PageQuery::SortField::Name);
    QVERIFY(see(m_query) && see(m_query.onPage(1)) && see(byName));
    servePages(*m_server, 999);
    QVERIFY(see(m_query.onPage(2)));
    QVERIFY(!isKnown(0) && !isKnown(1) && isKnown(2));
    QVERIFY(m_pages->find(byName));
}

void PageCacheTest::theApplicationThatIsGoneIsForgotten()
{
    const PageQuery other = m_query.forApplication(u"other"_s);
    QVERIFY(see(m_query) && see(m_query.onPage(1)) && see(other));
    m_server->answer({.status = 404});
    QVERIFY(!see(m_query.onPage(2)));
    QVERIFY(!isKnown(0) && !isKnown(1));
    QVERIFY(m_pages->find(other));

    m_server->answer({.status = 404});
    m_pages->prefetch(other.onPage(1));
    QTRY_VERIFY(!m_pages->find(other));
}

void PageCacheTest::theNeighboursThereAreArePrefetched_data()
{
    QTest::addColumn<int>("shown");
    QTest::addColumn<int>("total");
    QTest::addColumn<QStringList>("prefetched");
    QTest::newRow("the first page") << 0 << 1000 << QStringList{u"1"_s};
    QTest::newRow("one in the middle, the next one first") << 4 << 1000 << QStringList{u"5"_s, u"3"_s};
    QTest::newRow("the last page") << 9 << 1000 << QStringList{u"8"_s};
    QTest::newRow("the last page, not full") << 9 << 901 << QStringList{u"8"_s};
    QTest::newRow("the only page") << 0 << 100 << QStringList{};
}

void PageCacheTest::theNeighboursThereAreArePrefetched()
{
    QFETCH(int, shown);
    QFETCH(int, total);
    QFETCH(QStringList, prefetched);
    servePages(*m_server, total);

    m_pages->prefetchNeighbours(m_query.onPage(shown), total);

    QTRY_VERIFY(
        std::ranges::all_of(prefetched, [this](const QString &page) { return isKnown(page.toInt()); }));
    VERIFY_HOLDS_FOR(20ms, asked().size() == prefetched.size());
    QStringList inAnyOrder = asked();
    QCOMPARE(inAnyOrder.value(0), prefetched.value(0));
    inAnyOrder.sort();
    prefetched.sort();
    QCOMPARE(inAnyOrder, prefetched);
}

void PageCacheTest::whatIsCachedIsNotPrefetched()
{
    QVERIFY(see(m_query.onPage(3)));
    m_pages->setFreshness(0ms);
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    QTRY_VERIFY(isKnown(5));
    QCOMPARE(asked(), (QStringList{u"3"_s, u"5"_s}));
}

void PageCacheTest::whatIsUnderWayIsNotPrefetchedTwice()
{
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    m_pages->prefetch(m_query.onPage(5));
    QTRY_VERIFY(isKnown(3) && isKnown(5));
    VERIFY_HOLDS_FOR(20ms, asked().size() == 2);
}

void PageCacheTest::callsForFormerNeighboursAreWithdrawn()
{
    m_server->otherwise({.way = Way::Stall});
    m_pages->prefetchNeighbours(m_query.onPage(3), 1000);
    QTRY_COMPARE(m_server->requests().size(), 2U);

    m_pages->prefetchNeighbours(m_query.onPage(5), 1000);

    QTRY_COMPARE(asked(), (QStringList{u"4"_s, u"2"_s, u"6"_s}));
    QTRY_COMPARE(m_server->openConnectionCount(), 2);
}

void PageCacheTest::aSinglePageIsPrefetchedAtATime()
{
    m_server->otherwise({.way = Way::Stall});
    for (std::size_t i = 1; i <= 3; ++i) {
        m_pages->prefetch(m_query.forApplication(QString::number(i)));
        QTRY_COMPARE(m_server->requests().size(), i);
    }
    QTRY_COMPARE(m_server->openConnectionCount(), 1);
}

void PageCacheTest::aForegroundQuestionWithdrawsNothing()
{
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 1000);
        reply.delay = request.parameter(u"page"_s) == "9"_L1 ? 0ms : 100ms;
        return reply;
    });
    m_pages->prefetchNeighbours(m_query.onPage(3), 1000);
    m_pages->prefetch(m_query.forApplication(u"other"_s));
    QVERIFY(see(m_query.onPage(9)));
    QTRY_VERIFY(isKnown(2) && isKnown(4) && m_pages->find(m_query.forApplication(u"other"_s)));
}

void PageCacheTest::whatIsPrefetchedWaitsForWhatSomebodyWaitsFor()
{
    m_server->otherwise({.delay = 100ms});
    std::array<Heard<CredentialPage>, 6> heard; // as many as there are connections
    std::vector<PendingCall> calls;
    for (auto &one : heard)
        calls.push_back(m_service->list(m_query, one.listener()));
    m_pages->prefetch(m_query.onPage(1));
    Heard<CredentialPage> wanted;
    const PendingCall call = m_pages->list(m_query.onPage(2), wanted.listener());
    QVERIFY(wanted.wait());
    QTRY_COMPARE(m_server->requests().size(), 8U);
    QCOMPARE(asked().mid(6), (QStringList{u"2"_s, u"1"_s}));
}

void PageCacheTest::aPrefetchingCallIsTakenOver()
{
    m_server->answer({.body = R"({"items":[{"id":"a"}],"totalCount":101})", .delay = 300ms});
    m_pages->prefetchNeighbours(m_query, 1000);
    QTRY_COMPARE(m_server->requests().size(), 1U);

    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(m_query.onPage(1), heard.listener());

    QVERIFY(heard.wait());
    QCOMPARE(heard.value().totalCount, 101);
    QCOMPARE(heard.count, 1);
    QVERIFY(isKnown(1));
    VERIFY_HOLDS_FOR(20ms, m_server->requests().size() == 1);
}

void PageCacheTest::whatIsTakenOverIsNotWithdrawn()
{
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 1000);
        reply.delay = 50ms;
        return reply;
    });
    m_pages->prefetchNeighbours(m_query, 1000);
    Heard<CredentialPage> heard;
    PendingCall call = m_pages->list(m_query.onPage(1), heard.listener());
    m_pages->prefetchNeighbours(m_query.onPage(7), 1000);
    QVERIFY(heard.wait());

    m_pages->prefetchNeighbours(m_query.onPage(3), 1000);
    Heard<CredentialPage> dropped;
    call = m_pages->list(m_query.onPage(4), dropped.listener());
    call.reset(); // belongs to the one who took it over
    QTRY_VERIFY(isKnown(2));
    VERIFY_HOLDS_FOR(80ms, !dropped.isAnswered() && !isKnown(4));
}

void PageCacheTest::inTheBackgroundThereIsOneAttempt()
{
    m_server->otherwise({.status = 500});
    m_pages->prefetchNeighbours(m_query, 1000);
    QTRY_COMPARE(m_server->requests().size(), 1U);
    VERIFY_HOLDS_FOR(600ms, m_server->requests().size() == 1); // it would come after 250 to 500 ms

    servePages(*m_server, 1000);
    QVERIFY(see(m_query.onPage(1))); // there is nothing left to take over
}

void PageCacheTest::whatIsTakenOverHasAllAttempts()
{
    m_server->answer({.status = 500, .delay = 300ms});
    m_server->answer({.status = 500});
    m_pages->prefetchNeighbours(m_query, 1000);
    QTRY_COMPARE(m_server->requests().size(), 1U);
    QVERIFY(see(m_query.onPage(1)));
    QCOMPARE(m_server->requests().size(), 3U);
}

void PageCacheTest::inTheBackgroundARefusedTokenAsksForNoOther()
{
    m_transport->setAwaitsToken(true);
    const QSignalSpy refused(m_transport.get(), &Transport::tokenRefused);
    m_server->otherwise({.status = 401});
    m_pages->prefetchNeighbours(m_query, 1000);
    QTRY_COMPARE(m_server->requests().size(), 1U);
    VERIFY_HOLDS_FOR(50ms, refused.empty());
}

void PageCacheTest::whatIsTakenOverAwaitsTheToken()
{
    m_transport->setAwaitsToken(true);
    QSignalSpy refused(m_transport.get(), &Transport::tokenRefused);
    m_server->answer({.status = 401, .delay = 300ms});
    m_pages->prefetchNeighbours(m_query, 1000);
    QTRY_COMPARE(m_server->requests().size(), 1U);
    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(m_query.onPage(1), heard.listener());
    QVERIFY(refused.wait());
    m_transport->setToken("new");
    QVERIFY(heard.wait() && heard.isSuccess());
}

void PageCacheTest::aServerThatThrottlesIsAskedForNothingAhead_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("seconds");
    QTest::newRow("429") << 429 << ""_ba << 60;
    QTest::newRow("429 and how long") << 429 << "90"_ba << 90;
    QTest::newRow("429 for ever") << 429 << "9223372036854775807"_ba << 24 * 60 * 60;
    QTest::newRow("503 and how long") << 503 << "90"_ba << 90;
    QTest::newRow("503") << 503 << ""_ba << 0;
    QTest::newRow("500 and how long") << 500 << "90"_ba << 0;
}

void PageCacheTest::aServerThatThrottlesIsAskedForNothingAhead()
{
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    ScriptedReply refusal{.status = status};
    if (!retryAfter.isEmpty())
        refusal.headers = {{"Retry-After", retryAfter}};
    m_server->answer(refusal);
    m_pages->prefetch(m_query.onPage(8));
    QTRY_COMPARE(m_server->requests().size(), 1U);
    QFETCH(int, seconds);
    if (seconds > 0)
        QTRY_VERIFY(m_service->isThrottled());
    else
        VERIFY_HOLDS_FOR(50ms, !m_service->isThrottled());

    m_pages->prefetchNeighbours(m_query, 1000);
    m_pages->prefetch(m_query.onPage(7));
    QVERIFY(see(m_query)); // what somebody waits for is asked all the same

    const auto left = std::chrono::round<std::chrono::seconds>(
        m_transport->throttledUntil().remainingTimeAsDuration() + 50ms);
    QCOMPARE(int(left.count()), seconds);
    const std::size_t requests = seconds > 0 ? 2 : 4;
    QTRY_COMPARE(m_server->requests().size(), requests);
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == requests);
}

void PageCacheTest::forgettingWithdrawsWhatIsPrefetched()
{
    QVERIFY(see(m_query));
    m_server->otherwise({.way = Way::Stall});
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    m_pages->prefetch(m_query.onPage(8));
    QTRY_COMPARE(m_server->requests().size(), 4U);

    m_pages->forget();

    QVERIFY(!isKnown(0));
    QTRY_COMPARE(m_server->openConnectionCount(), 0);
    servePages(*m_server, 1000);
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    QTRY_VERIFY(isKnown(3) && isKnown(5));
}

void PageCacheTest::whatWasAskedBeforeForgettingIsNotKnown()
{
    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(m_query, heard.listener());
    m_pages->forget();
    QVERIFY(heard.wait() && heard.isSuccess());
    QVERIFY(!isKnown(0));
}

void PageCacheTest::pagesOfAnApplicationWhoseCredentialsChangedAreForgotten()
{
    const PageQuery other = m_query.forApplication(u"other"_s);
    QVERIFY(see(m_query) && see(other));
    m_server->otherwise({.way = Way::Stall});
    m_pages->prefetchNeighbours(m_query.onPage(4), 1000);
    QTRY_COMPARE(m_server->requests().size(), 4U);

    Q_EMIT m_service->credentialsChanged(m_query.applicationId, 0);

    QVERIFY(!isKnown(0));
    QVERIFY(m_pages->find(other));
    QTRY_COMPARE(m_server->openConnectionCount(), 0);
}

void PageCacheTest::whatWasAskedBeforeAChangeIsNotKnown()
{
    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(m_query, heard.listener());
    Q_EMIT m_service->credentialsChanged(m_query.applicationId, 0);
    QVERIFY(heard.wait() && heard.isSuccess());
    QVERIFY(!isKnown(0));
}

void PageCacheTest::whatWasAskedBeforeAChangeOfAnotherApplicationIsKnown()
{
    Heard<CredentialPage> heard;
    const PendingCall call = m_pages->list(m_query, heard.listener());
    Q_EMIT m_service->credentialsChanged(u"another"_s, 0);
    QVERIFY(heard.wait() && heard.isSuccess());
    QVERIFY(isKnown(0));
}

void PageCacheTest::pagesThatAreGoneAreNotAnswered()
{
    m_server->otherwise({.delay = 20ms});
    for (const int wait : {0, 10, 19, 20, 21}) {
        auto pages = std::make_unique<PageCache>(*m_service);
        pages->prefetchNeighbours(m_query.onPage(4), 1000);
        QTest::qWait(wait);
        pages.reset(); // the sanitizers would see an answer that reaches it
        QTest::qWait(40);
    }
}

QTEST_GUILESS_MAIN(PageCacheTest)
#include "pagecachetest.moc"
