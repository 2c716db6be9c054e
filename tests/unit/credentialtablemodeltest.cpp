// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/credentialtablemodel.h"

#include "api/transport.h"
#include "support/holdsfor.h"
#include "support/servedmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Model = CredentialTableModel;
using SortField = PageQuery::SortField;
using FilterField = PageQuery::FilterField;

/// The table shows the page that was asked for, keeps its rows while it waits, and says when they are stale.
class CredentialTableModelTest : public QObject, private ServedModel
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anEmptyModelAsksForNothing();
    void aQueryBringsItsPage();
    void eachCellShowsItsPart();
    void oddDataShowsLiterallyAndGapsAsADash();
    void pagesFollowEachOtherAndRowsAreNumbered();
    void oldRowsStayWhileAPageLoads();
    void oldRowsStayAndAreStaleWhenItFails();
    void afterAFailureTheNextPageIsFresh();
    void aFirstPageThatFailsLeavesNoRows();
    void anotherApplicationEmptiesTheTableAtOnce();
    void withoutAnApplicationThereIsNothing();
    void theLatestQueryWins();
    void stoppingGoesBackToWhatIsShown();
    void aPageBehindTheLastLeadsToTheLast();
    void aServerThatLiesIsNotAskedForEver();
    void theLastPageIsLookedForOnce();
    void anApplicationThatVanishesTakesItsRowsAlong();
    void aRetryKeepsTheErrorUntilItSucceeds();
    void aRetryThatIsStoppedKeepsTheError();
    void aLoadTakesTheErrorAwayAndSaysSo();
    void refreshingKeepsTheQuery();
    void rowsAreFoundById();
    void theCreatorIsYouOrKindAndId();
    void aModelThatIsGoneIsNotAnswered();

private:
    void serve(int total) { servePages(*m_server, total); }
    void waitForPage();
    QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, column).data(role).toString();
    }

    const PageQuery m_query{.applicationId = u"575e"_s};
};

void CredentialTableModelTest::init()
{
    start();
}

void CredentialTableModelTest::cleanup()
{
    stop();
}

void CredentialTableModelTest::waitForPage()
{
    QSignalSpy loaded(m_model.get(), &Model::pageLoaded);
    QVERIFY(loaded.wait());
}

void CredentialTableModelTest::anEmptyModelAsksForNothing()
{
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->columnCount(), int(CredentialColumns::Count));
    QVERIFY(!m_model->isLoading() && !m_model->hasPage() && !m_model->isStale());
    m_model->refresh();
    QVERIFY(!m_model->isLoading());
    VERIFY_HOLDS_FOR(30ms, m_server->requests().empty());
}

void CredentialTableModelTest::aQueryBringsItsPage()
{
    serve(250);
    QSignalSpy queries(m_model.get(), &Model::queryChanged), loadings(m_model.get(), &Model::loadingChanged),
        pages(m_model.get(), &Model::pageLoaded), resets(m_model.get(), &Model::modelReset);
    m_model->setQuery(m_query);
    QCOMPARE(queries.size(), 1);
    QCOMPARE(loadings.size(), 1);
    QVERIFY(m_model->isLoading());
    QCOMPARE(m_model->rowCount(), 0);
    resets.clear();
    QVERIFY(pages.wait());
    QCOMPARE(m_model->rowCount(), 100);
    QCOMPARE(m_model->totalCount(), 250);
    QCOMPARE(m_model->query(), m_query);
    QCOMPARE(m_model->shownQuery(), std::optional(m_query));
    QVERIFY(!m_model->isLoading() && m_model->hasPage() && !m_model->isStale() && !m_model->error());
    QCOMPARE(resets.size(), 1);
    QCOMPARE(loadings.size(), 2);
    QCOMPARE(pages.size(), 1);
}

void CredentialTableModelTest::eachCellShowsItsPart()
{
    m_server->otherwise({.body = R"({"totalCount":1,"items":[{"id":"575ecf","name":"S3 archive","type":"aws",
        "enabled":false,"description":"Nightly","creationDate":"2016-06-13T04:00:00.000Z",
        "lastUpdated":"2016-06-14T04:00:00.500Z","createdById":"u1","createdByType":"user"}]})"});
    m_model->setQuery(m_query);
    waitForPage();
    QCOMPARE(cell(0, CredentialColumns::Name), u"S3 archive"_s);
    QCOMPARE(cell(0, CredentialColumns::Type), u"Amazon Web Services"_s);
    QCOMPARE(cell(0, CredentialColumns::Status), u"Disabled"_s);
    QCOMPARE(cell(0, CredentialColumns::Description), u"Nightly"_s);
    QCOMPARE(cell(0, CredentialColumns::Id), u"575ecf"_s);
    QVERIFY(cell(0, CredentialColumns::Created).contains(u"year"_s));
    QVERIFY(cell(0, CredentialColumns::Created, Qt::ToolTipRole).contains(u"2016"_s));
    QVERIFY(cell(0, CredentialColumns::LastUpdated, Qt::ToolTipRole).contains(u"14"_s));
    QCOMPARE(cell(0, CredentialColumns::Type, Model::RawRole), u"aws"_s);
    QCOMPARE(m_model->index(0, CredentialColumns::Status).data(Model::RawRole), QVariant(false));
    QCOMPARE(m_model->index(0, CredentialColumns::LastUpdated).data(Model::RawRole).toLongLong() % 1000, 500);
    QCOMPARE(cell(0, CredentialColumns::Name, Model::RawRole), u"S3 archive"_s);
    QCOMPARE(cell(0, CredentialColumns::Description, Model::RawRole), u"Nightly"_s);
    QCOMPARE(cell(0, CredentialColumns::CreatedBy, Model::RawRole), u"u1"_s);
    QCOMPARE(cell(0, CredentialColumns::Id, Model::RawRole), u"575ecf"_s);
    QCOMPARE(cell(0, CredentialColumns::Name, Qt::ToolTipRole), u"S3 archive"_s);
    const QStringList headers{u"Name"_s,       u"Type"_s,         u"Status"_s,
                              u"Created"_s,    u"Last updated"_s, u"Description"_s,
                              u"Created by"_s, u"ID"_s,           u"Last updated by"_s};
    for (int column = 0; column < CredentialColumns::Count; ++column)
        QCOMPARE(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                 headers.value(column));
}

void CredentialTableModelTest::oddDataShowsLiterallyAndGapsAsADash()
{
    const QString longName = u"<b>x</b>"_s.repeated(1250);
    const QJsonObject body{
        {u"items"_s,
         QJsonArray{
             QJsonObject{}, QJsonObject{{u"id"_s, u"a"_s}, {u"name"_s, longName}, {u"type"_s, u"newThing"_s}},
             QJsonObject{{u"name"_s, 7}, {u"enabled"_s, u"yes"_s}, {u"creationDate"_s, u"yesterday"_s}}}}};
    m_server->otherwise({.body = QJsonDocument(body).toJson()});
    m_model->setQuery(m_query);
    waitForPage();
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->totalCount(), 3);
    for (const int row : {0, 2}) {
        for (const int column : {CredentialColumns::Name, CredentialColumns::Type, CredentialColumns::Status,
                                 CredentialColumns::Created, CredentialColumns::LastUpdated,
                                 CredentialColumns::CreatedBy, CredentialColumns::Id})
            QCOMPARE(cell(row, column), u"—"_s);
    }
    QCOMPARE(cell(1, CredentialColumns::Name), longName);
    QCOMPARE(cell(1, CredentialColumns::Type), u"newThing"_s);
    QVERIFY(!m_model->index(0, CredentialColumns::Created).data(Model::RawRole).isValid());
}

void CredentialTableModelTest::pagesFollowEachOtherAndRowsAreNumbered()
{
    serve(250);
    for (const auto &[page, rows] :
         {std::pair(0, 100), std::pair(1, 100), std::pair(2, 50), std::pair(0, 100)}) {
        m_model->setQuery(m_query.onPage(page));
        QTRY_COMPARE(m_model->shownQuery(), std::optional(m_query.onPage(page)));
        QCOMPARE(m_model->rowCount(), rows);
        QCOMPARE(cell(0, CredentialColumns::Name), u"name %1"_s.arg(page * 100));
        QCOMPARE(m_model->headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), page * 100 + 1);
        QCOMPARE(m_model->headerData(rows - 1, Qt::Vertical, Qt::DisplayRole).toInt(), page * 100 + rows);
    }
    m_model->setQuery(m_query.withPageSize(1000, 0));
    waitForPage();
    QCOMPARE(m_model->rowCount(), 250);
}

void CredentialTableModelTest::oldRowsStayWhileAPageLoads()
{
    serve(250);
    m_model->setQuery(m_query);
    waitForPage();
    m_server->otherwise({.way = ScriptedReply::Way::Stall});
    QSignalSpy resets(m_model.get(), &Model::modelReset);
    m_model->setQuery(m_query.onPage(1).sortedBy(SortField::Name));
    VERIFY_HOLDS_FOR(50ms, m_model->isLoading() && m_model->rowCount() == 100 && resets.empty());
    QCOMPARE(m_model->shownQuery(), std::optional(m_query));
    QCOMPARE(m_model->query().sortField, SortField::Name);
    QVERIFY(!m_model->isStale());
    QCOMPARE(m_model->headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), 1);
}

void CredentialTableModelTest::oldRowsStayAndAreStaleWhenItFails()
{
    serve(250);
    m_model->setQuery(m_query);
    waitForPage();
    m_server->otherwise({.status = 403, .body = R"({"message":"no"})"});
    QSignalSpy failures(m_model.get(), &Model::loadFailed), loadings(m_model.get(), &Model::loadingChanged),
        resets(m_model.get(), &Model::modelReset);
    m_model->setQuery(m_query.onPage(1));
    QVERIFY(failures.wait());
    QCOMPARE(failures.size(), 1);
    QCOMPARE(loadings.size(), 2);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(m_model->rowCount(), 100);
    QVERIFY(m_model->isStale() && !m_model->isLoading());
    QCOMPARE(m_model->error()->kind, Kind::Forbidden);
    QCOMPARE(m_model->error()->serverMessage, u"no"_s);
    QCOMPARE(m_model->query().page, 1);
    QCOMPARE(m_model->shownQuery()->page, 0);
}

void CredentialTableModelTest::afterAFailureTheNextPageIsFresh()
{
    m_server->answer({.status = 404});
    serve(3);
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setQuery(m_query);
    QVERIFY(failures.wait());
    m_model->refresh();
    QVERIFY(m_model->isLoading());
    QVERIFY(!m_model->error());
    waitForPage();
    QCOMPARE(m_model->rowCount(), 3);
    QVERIFY(!m_model->isStale());
}

void CredentialTableModelTest::aFirstPageThatFailsLeavesNoRows()
{
    m_server->otherwise({.status = 404});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setQuery(m_query);
    QVERIFY(failures.wait());
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!m_model->hasPage() && !m_model->isStale());
    QVERIFY(m_model->error());
}

void CredentialTableModelTest::anotherApplicationEmptiesTheTableAtOnce()
{
    serve(250);
    m_model->setQuery(m_query);
    waitForPage();
    m_model->setQuery(m_query.forApplication(u"other"_s));
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->totalCount(), 0);
    QVERIFY(m_model->isLoading() && !m_model->hasPage());
    waitForPage();
    QCOMPARE(m_model->rowCount(), 100);
    QCOMPARE(m_server->requests().back().path(), "/applications/other/credentials"_ba);
}

void CredentialTableModelTest::withoutAnApplicationThereIsNothing()
{
    serve(3);
    m_model->setQuery(m_query);
    waitForPage();
    m_model->setQuery({});
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!m_model->isLoading() && !m_model->hasPage());
    VERIFY_HOLDS_FOR(30ms, m_server->requests().size() == 1);
}

void CredentialTableModelTest::theLatestQueryWins()
{
    m_server->handle([](const RecordedRequest &request) {
        const int page = request.parameter(u"page"_s).toInt();
        const QJsonObject body{{u"items"_s, QJsonArray{servedItem(page)}}, {u"totalCount"_s, 1000}};
        return ScriptedReply{.body = QJsonDocument(body).toJson(),
                             .delay = std::chrono::milliseconds(60 - page * 10)};
    });
    QSignalSpy pages(m_model.get(), &Model::pageLoaded);
    for (int page = 0; page < 6; ++page) {
        m_model->setQuery(m_query.onPage(page));
        QTest::qWait(2);
    }
    QVERIFY(pages.wait());
    VERIFY_HOLDS_FOR(100ms, pages.size() == 1 && cell(0, CredentialColumns::Name) == "name 5"_L1);
}

void CredentialTableModelTest::stoppingGoesBackToWhatIsShown()
{
    serve(250);
    m_model->setQuery(m_query);
    waitForPage();
    m_server->otherwise({.delay = 50ms});
    m_model->setQuery(m_query.onPage(2));
    QSignalSpy loadings(m_model.get(), &Model::loadingChanged), queries(m_model.get(), &Model::queryChanged);
    m_model->stopLoading();
    QCOMPARE(m_model->query(), m_query);
    QVERIFY(!m_model->isLoading());
    QCOMPARE(loadings.size(), 1);
    QCOMPARE(queries.size(), 1);
    VERIFY_HOLDS_FOR(100ms, m_model->rowCount() == 100);
    m_model->stopLoading();
    QCOMPARE(queries.size(), 1);
}

void CredentialTableModelTest::aPageBehindTheLastLeadsToTheLast()
{
    serve(120);
    QSignalSpy queries(m_model.get(), &Model::queryChanged);
    m_model->setQuery(m_query.onPage(7));
    waitForPage();
    QCOMPARE(m_model->query().page, 1);
    QCOMPARE(m_model->rowCount(), 20);
    QCOMPARE(queries.size(), 2);
    QCOMPARE(m_server->requests().size(), 2u);
    QVERIFY(!m_model->isLoading());
}

void CredentialTableModelTest::aServerThatLiesIsNotAskedForEver()
{
    m_server->otherwise({.body = R"({"items":[],"totalCount":1000000})"}); // rows that are never there
    m_model->setQuery(m_query.onPage(7));
    waitForPage();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_server->requests().size(), 1u);

    m_server->forget();
    m_server->otherwise({.body = R"({"items":[],"totalCount":0})"});
    m_model->setQuery(m_query.onPage(7));
    waitForPage();
    QCOMPARE(m_server->requests().size(), 2u);
    QCOMPARE(m_model->query().page, 0);
}

void CredentialTableModelTest::theLastPageIsLookedForOnce()
{
    m_server->handle([](const RecordedRequest &request) { // each page says that it is the one before
        const int total = request.parameter(u"page"_s).toInt() * 100;
        return ScriptedReply{.body = R"({"items":[],"totalCount":)" + QByteArray::number(total) + '}'};
    });
    m_model->setQuery(m_query.onPage(7));
    waitForPage();
    QCOMPARE(m_server->requests().size(), 2u);
    QCOMPARE(m_model->query().page, 6);
    QCOMPARE(m_model->shownQuery()->page, 6);
}

void CredentialTableModelTest::anApplicationThatVanishesTakesItsRowsAlong()
{
    serve(250);
    m_model->setQuery(m_query);
    waitForPage();
    m_server->otherwise({.status = 404});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->refresh();
    QVERIFY(failures.wait());
    QCOMPARE(m_model->error()->kind, ApiError::Kind::NotFound);
    QVERIFY(!m_model->hasPage() && !m_model->isStale());
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->totalCount(), 0);
}

void CredentialTableModelTest::aRetryKeepsTheErrorUntilItSucceeds()
{
    m_server->otherwise({.status = 400});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setQuery(m_query);
    QVERIFY(failures.wait());
    serve(250);
    m_model->retry();
    QVERIFY(m_model->isLoading() && m_model->error());
    waitForPage();
    QVERIFY(!m_model->error() && m_model->rowCount() == 100);
}

void CredentialTableModelTest::aRetryThatIsStoppedKeepsTheError()
{
    m_server->otherwise({.status = 400});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setQuery(m_query);
    QVERIFY(failures.wait());
    QVERIFY(!m_model->isStopped());
    m_model->retry();
    m_model->stopLoading();
    QVERIFY(!m_model->isLoading() && m_model->isStopped() && m_model->error());
    serve(250);
    m_model->retry();
    QVERIFY(!m_model->isStopped());
    waitForPage();
    QVERIFY(!m_model->error());
}

void CredentialTableModelTest::aLoadTakesTheErrorAwayAndSaysSo()
{
    m_server->otherwise({.status = 400});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setQuery(m_query);
    QVERIFY(failures.wait());
    m_model->retry();
    const QSignalSpy changes(m_model.get(), &Model::loadingChanged);
    m_model->refresh();
    QVERIFY(m_model->isLoading() && !m_model->error());
    QCOMPARE(changes.count(), 1);
}

void CredentialTableModelTest::refreshingKeepsTheQuery()
{
    serve(250);
    const PageQuery query =
        m_query.sortedBy(SortField::Name).withFilter(FilterField::Name, u"*n*"_s).onPage(1);
    m_model->setQuery(query);
    waitForPage();
    QSignalSpy queries(m_model.get(), &Model::queryChanged);
    m_model->refresh();
    waitForPage();
    QCOMPARE(queries.size(), 0);
    QCOMPARE(m_model->query(), query);
    QCOMPARE(m_server->request(0).target, m_server->request(1).target);
}

void CredentialTableModelTest::rowsAreFoundById()
{
    serve(10);
    m_model->setQuery(m_query);
    waitForPage();
    QCOMPARE(m_model->rowOf(u"id7"_s), 7);
    QCOMPARE(m_model->credential(7).name, u"name 7"_s);
    QCOMPARE(m_model->rowOf(u"elsewhere"_s), -1);
    QCOMPARE(m_model->rowOf(QString()), -1);
}

void CredentialTableModelTest::theCreatorIsYouOrKindAndId()
{
    m_server->otherwise({.body = R"({"items":[
        {"createdById":"u1","createdByType":"user"},{"createdById":"u2","createdByType":"user"},
        {"createdById":"f1","createdByType":"flow"},{"createdById":"t1","createdByType":"apiToken"},
        {"createdById":"x1","createdByType":"robot"},{"createdById":"x2"},{"createdByType":"user"}]})"});
    m_model->setQuery(m_query);
    waitForPage();
    QCOMPARE(cell(0, CredentialColumns::CreatedBy), u"User u1"_s);
    QSignalSpy changes(m_model.get(), &Model::dataChanged);
    m_model->setAccount({.id = u"u1"_s});
    QCOMPARE(changes.size(), 1);
    const QStringList expected{u"you"_s, u"User u2"_s, u"Workflow f1"_s, u"API token t1"_s, u"robot x1"_s,
                               u"x2"_s,  u"—"_s};
    for (int row = 0; row < expected.size(); ++row)
        QCOMPARE(cell(row, CredentialColumns::CreatedBy), expected[row]);
}

void CredentialTableModelTest::aModelThatIsGoneIsNotAnswered()
{
    m_server->otherwise({.delay = 20ms});
    for (const int wait : {0, 10, 19, 20, 21}) {
        auto model = std::make_unique<Model>(*m_pages);
        model->setQuery(m_query);
        QTest::qWait(wait);
        model.reset(); // the sanitizers would see an answer that reaches it
        QTest::qWait(40);
    }
}

QTEST_GUILESS_MAIN(CredentialTableModelTest)
#include "credentialtablemodeltest.moc"
