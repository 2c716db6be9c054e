// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"
#include "models/credentialtablemodel.h"
#include "support/holdsfor.h"
#include "support/servedmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Model = CredentialTableModel;
using Way = ScriptedReply::Way;

/// The table shows at once what is known, sees to it that this is still so, and prefetches what may be next.
class CachedTableModelTest : public QObject, private ServedModel
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aPageThatIsKnownShowsAtOnce();
    void whatChangedIsSaidBeforeTheRows();
    void anotherApplicationsPageThatIsKnownShowsAtOnce();
    void aPageThatIsPrefetchedShowsAtOnce();
    void aPageThatIsJustBeingPrefetchedIsAskedForOnce();
    void aCachedPageEndsTheLoadingOfAnother();
    void aCachedPageTakesAFailureAway();

    void anOldPageIsAskedForAgainAndStaysIfItIsTheSame();
    void anOldPageIsReplacedIfItDiffers_data();
    void anOldPageIsReplacedIfItDiffers();
    void anOldPageThatCantBeAskedForAgainIsStale();
    void anOldPageOfAnApplicationThatIsGoneGoesToo();
    void anOldPageThatIsPastTheEndByNowLeadsToTheLast();
    void stoppingLeavesWhatNobodyWaitsFor();
    void anotherQueryEndsTheAskingAgain_data();
    void anotherQueryEndsTheAskingAgain();

    void refreshingForgetsAllPages();
    void aRetryAsksThoughThePageIsKnown();
    void nothingIsPrefetchedWhileSomebodyWaits();
    void theNeighboursArePrefetchedAfterThePageWasAskedForAgain();
    void withoutAPageThereIsNothingToPrefetch();
    void whatFailsToBePrefetchedIsNotSaid();

private:
    void serve(int total) { servePages(*m_server, total); }
    /// Shows the page, and comes back when it is there.
    void show(const PageQuery &query)
    {
        m_model->setQuery(query);
        QTRY_COMPARE(m_model->shownQuery(), std::optional(query));
    }
    /// Shows the first page after the second one; from now on no page is fresh.
    void showOldPage()
    {
        show(m_query);
        show(m_query.onPage(1));
        m_pages->setFreshness(-1ms);
        m_server->forget();
        m_model->setQuery(m_query);
    }
    bool isKnown(int page) { return m_pages->find(m_query.onPage(page)); }
    QString name(int row) const { return m_model->index(row, CredentialColumns::Name).data().toString(); }

    const PageQuery m_query{.applicationId = u"575e"_s};
};

void CachedTableModelTest::init()
{
    start();
    serve(250);
}

void CachedTableModelTest::cleanup()
{
    stop();
}

void CachedTableModelTest::aPageThatIsKnownShowsAtOnce()
{
    show(m_query);
    show(m_query.onPage(2));
    m_server->forget();
    const QSignalSpy loadings(m_model.get(), &Model::loadingChanged),
        resets(m_model.get(), &Model::modelReset), pages(m_model.get(), &Model::pageLoaded);

    m_model->setQuery(m_query);

    QCOMPARE(m_model->rowCount(), 100);
    QCOMPARE(name(0), u"name 0"_s);
    QCOMPARE(m_model->totalCount(), 250);
    QCOMPARE(m_model->shownQuery(), std::optional(m_query));
    QVERIFY(!m_model->isLoading() && !m_model->isStale());
    QCOMPARE(loadings.size(), 0);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(pages.size(), 1);
    VERIFY_HOLDS_FOR(50ms, m_server->requests().empty());
}

void CachedTableModelTest::whatChangedIsSaidBeforeTheRows()
{
    show(m_query);
    show(m_query.onPage(1));
    QStringList signalled;
    connect(m_model.get(), &Model::queryChanged, this, [&] {
        signalled += u"query"_s;
        QCOMPARE(name(0), u"name 0"_s);
    });
    connect(m_model.get(), &Model::pageLoaded, this, [&] { signalled += u"page"_s; });
    m_model->setQuery(m_query);
    QCOMPARE(signalled, (QStringList{u"query"_s, u"page"_s}));
}

void CachedTableModelTest::anotherApplicationsPageThatIsKnownShowsAtOnce()
{
    const PageQuery other = m_query.forApplication(u"other"_s);
    show(m_query);
    serve(3);
    m_model->prefetchApplication(u"other"_s);
    QTRY_VERIFY(m_pages->find(other));
    m_model->setQuery(other);
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->totalCount(), 3);
    QVERIFY(m_model->hasPage() && !m_model->isLoading());
    QCOMPARE(m_server->requests().size(), 2U);
}

void CachedTableModelTest::aPageThatIsPrefetchedShowsAtOnce()
{
    show(m_query.onPage(1));
    m_model->prefetchNeighbours();
    QTRY_VERIFY(isKnown(0) && isKnown(2));
    m_model->setQuery(m_query.onPage(2));
    QCOMPARE(m_model->rowCount(), 50);
    QCOMPARE(name(0), u"name 200"_s);
    VERIFY_HOLDS_FOR(30ms, m_server->requests().size() == 3);
}

void CachedTableModelTest::aPageThatIsJustBeingPrefetchedIsAskedForOnce()
{
    show(m_query);
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 250);
        reply.delay = 300ms;
        return reply;
    });
    m_model->prefetchNeighbours();
    QTRY_COMPARE(m_server->requests().size(), 2U);
    m_model->setQuery(m_query.onPage(1));
    QVERIFY(m_model->isLoading());
    QTRY_COMPARE(m_model->shownQuery(), std::optional(m_query.onPage(1)));
    QCOMPARE(m_server->requests().size(), 2U);
}

void CachedTableModelTest::aCachedPageEndsTheLoadingOfAnother()
{
    show(m_query);
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 250);
        reply.delay = 50ms;
        return reply;
    });
    m_model->setQuery(m_query.onPage(2));
    const QSignalSpy loadings(m_model.get(), &Model::loadingChanged),
        pages(m_model.get(), &Model::pageLoaded);
    m_model->setQuery(m_query);
    QVERIFY(!m_model->isLoading());
    QCOMPARE(loadings.size(), 1);
    VERIFY_HOLDS_FOR(100ms, pages.size() == 1 && name(0) == "name 0"_L1);
}

void CachedTableModelTest::aCachedPageTakesAFailureAway()
{
    show(m_query);
    m_server->otherwise({.status = 400});
    m_model->setQuery(m_query.onPage(2));
    QTRY_VERIFY(m_model->isStale());
    m_model->setQuery(m_query);
    QVERIFY(!m_model->isStale() && !m_model->error());
    m_model->setQuery(m_query.onPage(2)); // is not known for having failed
    QTRY_VERIFY(m_model->isStale());
}

void CachedTableModelTest::anOldPageIsAskedForAgainAndStaysIfItIsTheSame()
{
    const QSignalSpy loadings(m_model.get(), &Model::loadingChanged);
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 250);
        reply.headers = {{"Date", QByteArray("Mon, 13 Jun 2016 04:00:0") +
                                      QByteArray::number(QDateTime::currentSecsSinceEpoch() % 10) + " GMT"}};
        return reply;
    });
    showOldPage();
    const auto loadingsBefore = loadings.size();
    const QSignalSpy resets(m_model.get(), &Model::modelReset), pages(m_model.get(), &Model::pageLoaded);
    QCOMPARE(name(0), u"name 0"_s);
    QVERIFY(!m_model->isLoading());

    QTRY_COMPARE(m_server->requests().size(), 1U);
    VERIFY_HOLDS_FOR(50ms, resets.empty() && pages.empty() && loadings.size() == loadingsBefore &&
                               !m_model->isStale());

    QCOMPARE(m_server->request(0).parameter(u"page"_s), u"0"_s);
}

void CachedTableModelTest::anOldPageIsReplacedIfItDiffers_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("a name") << u"name"_s << QJsonValue(u"another"_s);
    QTest::newRow("a status") << u"enabled"_s << QJsonValue(false);
    QTest::newRow("a date") << u"lastUpdated"_s << QJsonValue(u"2020-06-14T04:00:00.000Z"_s);
    QTest::newRow("a part of the configuration")
        << u"awsConfig"_s << QJsonValue(QJsonObject{{u"region"_s, u"us-east-1"_s}});
    QTest::newRow("a row") << QString() << QJsonValue();
    QTest::newRow("the total") << u"totalCount"_s << QJsonValue(251);
}

void CachedTableModelTest::anOldPageIsReplacedIfItDiffers()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    showOldPage();
    const QSignalSpy loadings(m_model.get(), &Model::loadingChanged),
        resets(m_model.get(), &Model::modelReset), pages(m_model.get(), &Model::pageLoaded);
    m_server->handle([&](const RecordedRequest &request) {
        QJsonObject body = QJsonDocument::fromJson(servedPage(request, 250).body).object();
        QJsonArray items = body[u"items"_s].toArray();
        QJsonObject changed = items[6].toObject();
        if (key.isEmpty())
            items.removeAt(6);
        else if (key == "totalCount"_L1)
            body[key] = value;
        else
            changed[key] = value;
        if (!key.isEmpty())
            items[6] = changed;
        body[u"items"_s] = items;
        return ScriptedReply{.body = QJsonDocument(body).toJson()};
    });

    QTRY_COMPARE(pages.size(), 1);

    QCOMPARE(resets.size(), 1);
    QCOMPARE(loadings.size(), 0);
    QCOMPARE(m_model->totalCount(), key == "totalCount"_L1 ? 251 : 250);
    QCOMPARE(m_model->rowCount(), key.isEmpty() ? 99 : 100);
    QCOMPARE(name(6), key.isEmpty() ? u"name 7"_s : key == "name"_L1 ? u"another"_s : u"name 6"_s);
    QCOMPARE(m_pages->find(m_query)->page.items.at(6).name, name(6));
}

void CachedTableModelTest::anOldPageThatCantBeAskedForAgainIsStale()
{
    showOldPage();
    m_server->otherwise({.status = 403});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    QVERIFY(failures.wait());
    QVERIFY(m_model->isStale() && !m_model->isLoading());
    QCOMPARE(m_model->error()->kind, Kind::Forbidden);
    QCOMPARE(m_model->rowCount(), 100);

    serve(250);
    m_model->retry();
    QTRY_VERIFY(!m_model->error());
}

void CachedTableModelTest::anOldPageOfAnApplicationThatIsGoneGoesToo()
{
    showOldPage();
    m_server->otherwise({.status = 404});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    QVERIFY(failures.wait());
    QVERIFY(!m_model->hasPage());
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!isKnown(0) && !isKnown(1));
}

void CachedTableModelTest::anOldPageThatIsPastTheEndByNowLeadsToTheLast()
{
    show(m_query.onPage(2));
    show(m_query);
    m_pages->setFreshness(-1ms);
    serve(120);
    m_model->setQuery(m_query.onPage(2));
    QCOMPARE(m_model->rowCount(), 50);
    QTRY_COMPARE(m_model->shownQuery(), std::optional(m_query.onPage(1)));
    QCOMPARE(m_model->query(), m_query.onPage(1));
    QCOMPARE(m_model->rowCount(), 20);
    QVERIFY(!m_model->isLoading());
    QVERIFY(!isKnown(2));
}

void CachedTableModelTest::stoppingLeavesWhatNobodyWaitsFor()
{
    showOldPage();
    const QSignalSpy queries(m_model.get(), &Model::queryChanged), pages(m_model.get(), &Model::pageLoaded);
    serve(240);
    m_model->stopLoading();
    QCOMPARE(queries.size(), 0);
    QTRY_COMPARE(pages.size(), 1);
    QCOMPARE(m_model->totalCount(), 240);
}

void CachedTableModelTest::anotherQueryEndsTheAskingAgain_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("for a page that is known") << 1;
    QTest::newRow("for a page that is not") << 2;
}

void CachedTableModelTest::anotherQueryEndsTheAskingAgain()
{
    QFETCH(int, page);
    showOldPage();
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 240);
        reply.delay = request.parameter(u"page"_s) == "0"_L1 ? 150ms : 400ms;
        return reply;
    });
    m_pages->setFreshness(10s);
    QTRY_COMPARE(m_server->requests().size(), 1U);
    m_model->setQuery(m_query.onPage(page));
    VERIFY_HOLDS_FOR(250ms, m_model->totalCount() == 250);
    QTRY_COMPARE(name(0), u"name %1"_s.arg(page * 100));
    QCOMPARE(m_model->shownQuery(), std::optional(m_query.onPage(page)));
}

void CachedTableModelTest::refreshingForgetsAllPages()
{
    show(m_query);
    show(m_query.onPage(1));
    m_model->refresh();
    QVERIFY(m_model->isLoading());
    QVERIFY(!isKnown(0) && !isKnown(1));
    QTRY_VERIFY(isKnown(1));
    QVERIFY(!isKnown(0));
}

void CachedTableModelTest::aRetryAsksThoughThePageIsKnown()
{
    show(m_query);
    m_model->retry();
    QVERIFY(m_model->isLoading());
    QTRY_VERIFY(!m_model->isLoading());
    QCOMPARE(m_server->requests().size(), 2U);
}

void CachedTableModelTest::nothingIsPrefetchedWhileSomebodyWaits()
{
    show(m_query);
    m_server->otherwise({.way = Way::Stall});
    m_model->setQuery(m_query.onPage(2));
    QTRY_COMPARE(m_server->requests().size(), 2U);
    m_model->prefetchNeighbours();
    m_model->prefetchApplication(u"other"_s);
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == 2);
}

void CachedTableModelTest::theNeighboursArePrefetchedAfterThePageWasAskedForAgain()
{
    show(m_query.onPage(1));
    show(m_query.forApplication(u"other"_s));
    m_pages->setFreshness(-1ms);
    m_server->forget();
    m_server->handle([](const RecordedRequest &request) {
        ScriptedReply reply = servedPage(request, 250);
        reply.delay = 300ms;
        return reply;
    });
    m_model->setQuery(m_query.onPage(1));
    m_model->prefetchNeighbours(); // it is painted
    QTRY_COMPARE(m_server->requests().size(), 1U);
    VERIFY_HOLDS_FOR(30ms, m_server->requests().size() == 1);
    QCOMPARE(m_server->request(0).parameter(u"page"_s), u"1"_s);
    QTRY_VERIFY(isKnown(0) && isKnown(2));
    QCOMPARE(m_server->requests().size(), 3U);
}

void CachedTableModelTest::withoutAPageThereIsNothingToPrefetch()
{
    m_model->prefetchNeighbours();
    m_server->otherwise({.status = 400});
    m_model->setQuery(m_query.onPage(1));
    QTRY_VERIFY(m_model->error());
    m_model->prefetchNeighbours();
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == 1);
}

void CachedTableModelTest::whatFailsToBePrefetchedIsNotSaid()
{
    show(m_query.onPage(1));
    const QSignalSpy loadings(m_model.get(), &Model::loadingChanged),
        failures(m_model.get(), &Model::loadFailed);
    m_server->otherwise({.status = 401});
    m_model->prefetchNeighbours();
    m_model->prefetchApplication(u"other"_s);
    QTRY_COMPARE(m_server->requests().size(), 4U);
    VERIFY_HOLDS_FOR(50ms, !m_model->error() && !m_model->isStale() && loadings.empty() && failures.empty());
}

QTEST_GUILESS_MAIN(CachedTableModelTest)
#include "cachedtablemodeltest.moc"
