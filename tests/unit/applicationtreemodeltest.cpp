// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/applicationtreemodel.h"

#include "api/transport.h"
#include "services/applicationservice.h"
#include "support/scriptedserver.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Model = ApplicationTreeModel;

/// All applications by owner, filling as the pages come.
class ApplicationTreeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anEmptyModelHasNothing();
    void applicationsAreGroupedByOwner();
    void groupsStandByNameWithTheOwnSandboxFirst();
    void eachItemShowsNameAndCount();
    void thousandsComePageByPage();
    void untilTheLastPageItSaysThatItIsIncomplete();
    void aPageThatFailsLeavesWhatIsThere();
    void aRetryKeepsTheErrorUntilItSucceeds();
    void loadingAnewReplacesTheList();
    void anApplicationTokenLoadsItsOwn();
    void aTokenThatMayNotEvenGetItsOwnIsForbidden();
    void oddApplicationsAreShownAsFarAsTheyGo();
    void repeatedApplicationsAreThereOnce();
    void countsThatLieEndInTheEnd_data();
    void countsThatLieEndInTheEnd();
    void applicationsAreFoundById();
    void credentialsMoreOrFewerAreCounted();
    void aNewCountReplacesTheOldOne();
    void groupsCannotBeSelected();
    void theRowOfAllComesFirstAndAddsThemUp();
    void aTokenOfOneApplicationHasNoRowOfAll();
    void aModelThatIsGoneIsNotAnswered();

private:
    static QJsonObject application(const QString &id, const QString &name, const QString &owner = {},
                                   const QString &organization = {});
    static QByteArray page(const QJsonArray &items, int total);
    /// What a server with this many applications of three owners answers, page by page.
    void serve(int total, std::chrono::milliseconds delay = 0ms);
    bool waitUntilComplete()
    {
        return QTest::qWaitFor([this] { return m_model->isComplete(); }, 10'000);
    }
    QStringList groups() const;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<ApplicationService> m_service;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ApplicationTreeModelTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
    m_service = std::make_unique<ApplicationService>(*m_transport);
    m_model = std::make_unique<Model>(*m_service);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ApplicationTreeModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

QJsonObject ApplicationTreeModelTest::application(const QString &id, const QString &name,
                                                  const QString &owner, const QString &organization)
{
    QJsonObject item{{u"id"_s, id},
                     {u"name"_s, name},
                     {u"ownerType"_s, owner.isEmpty() ? u"user"_s : u"organization"_s},
                     {u"ownerId"_s, owner.isEmpty() ? u"me"_s : owner},
                     {u"summary"_s, QJsonObject{{u"credentialCount"_s, 3}}}};
    if (!organization.isEmpty())
        item[u"organizationName"_s] = organization;
    return item;
}

QByteArray ApplicationTreeModelTest::page(const QJsonArray &items, int total)
{
    return QJsonDocument(QJsonObject{{u"items"_s, items}, {u"totalCount"_s, total}}).toJson();
}

void ApplicationTreeModelTest::serve(int total, std::chrono::milliseconds delay)
{
    m_server->handle([total, delay](const RecordedRequest &request) {
        const int perPage = request.parameter(u"perPage"_s).toInt();
        const int first = request.parameter(u"page"_s).toInt() * perPage;
        QJsonArray items;
        for (int number = first; number < std::min(total, first + perPage); ++number) {
            const int owner = number * 7 % 3;
            items.append(application(u"id%1"_s.arg(number), u"app %1"_s.arg(number, 5, 10, QChar(u'0')),
                                     owner == 0 ? QString() : u"org%1"_s.arg(owner),
                                     owner == 0 ? QString() : u"Organization %1"_s.arg(owner)));
        }
        return ScriptedReply{.body = page(items, total), .delay = delay};
    });
}

QStringList ApplicationTreeModelTest::groups() const
{
    QStringList names;
    for (int row = 0; row < m_model->rowCount(); ++row)
        names += m_model->index(row, Model::Name).data().toString();
    return names;
}

void ApplicationTreeModelTest::anEmptyModelHasNothing()
{
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->applicationCount(), 0);
    QVERIFY(!m_model->isLoading() && !m_model->isComplete() && !m_model->error());
    QVERIFY(m_model->firstApplicationId().isEmpty());
    QVERIFY(!m_model->find(u"x"_s));
    QVERIFY(!m_model->indexOf(u"x"_s).isValid());
    m_model->addToCount(u"x"_s, 1);
    m_server->otherwise({.body = page({}, 0)});
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->firstApplicationId().isEmpty());
}

void ApplicationTreeModelTest::applicationsAreGroupedByOwner()
{
    m_server->otherwise({.body = page({application(u"1"_s, u"Alpha"_s, u"acme"_s, u"Acme Corp"_s),
                                       application(u"2"_s, u"Beta"_s),
                                       application(u"3"_s, u"Gamma"_s, u"acme"_s, u"Acme Corp"_s)},
                                      3)});
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(groups(), QStringList({u"My sandbox"_s, u"Acme Corp"_s}));
    const QModelIndex acme = m_model->index(1, 0);
    QCOMPARE(m_model->rowCount(acme), 2);
    QCOMPARE(m_model->index(0, 0, acme).data().toString(), u"Alpha"_s);
    QCOMPARE(m_model->index(1, 0, acme).data().toString(), u"Gamma"_s);
    QCOMPARE(m_model->index(1, 0, acme).parent(), acme);
    QCOMPARE(m_model->rowCount(m_model->index(0, 0, acme)), 0);
    QCOMPARE(m_model->firstApplicationId(), u"2"_s);
}

void ApplicationTreeModelTest::groupsStandByNameWithTheOwnSandboxFirst()
{
    m_server->otherwise(
        {.body = page({application(u"1"_s, u"a"_s, u"z"_s, u"Zeta"_s),
                       application(u"2"_s, u"b"_s, u"m"_s, u"Middle"_s), application(u"3"_s, u"c"_s),
                       application(u"4"_s, u"d"_s, u"a"_s, u"Acme"_s),
                       application(u"5"_s, u"e"_s, u"a2"_s, u"Acme"_s)},
                      5)});
    m_model->load();
    QVERIFY(waitUntilComplete());
    // Two organizations of one name are two groups.
    QCOMPARE(groups(), QStringList({u"My sandbox"_s, u"Acme"_s, u"Acme"_s, u"Middle"_s, u"Zeta"_s}));
    for (const auto &[id, name] :
         {std::pair(u"1"_s, u"a"_s), std::pair(u"3"_s, u"c"_s), std::pair(u"5"_s, u"e"_s)}) {
        const QModelIndex index = m_model->indexOf(id);
        QVERIFY(index.isValid());
        QCOMPARE(index.data().toString(), name);
        QCOMPARE(m_model->index(index.row(), 0, index.parent()), index);
    }
}

void ApplicationTreeModelTest::eachItemShowsNameAndCount()
{
    QJsonObject uncounted = application(u"2"_s, u"<b>Beta</b>"_s);
    uncounted.remove(u"summary"_s);
    QJsonObject many = application(u"1"_s, u"Alpha"_s);
    many[u"summary"_s] = QJsonObject{{u"credentialCount"_s, 2500}};
    m_server->otherwise({.body = page({many, uncounted}, 2)});
    m_model->load();
    QVERIFY(waitUntilComplete());
    const QModelIndex alpha = m_model->indexOf(u"1"_s), beta = m_model->indexOf(u"2"_s);
    QCOMPARE(alpha.data().toString(), u"Alpha"_s);
    QCOMPARE(alpha.data(Model::IdRole).toString(), u"1"_s);
    QCOMPARE(alpha.siblingAtColumn(Model::CredentialCount).data().toString(), QLocale().toString(2500));
    QVERIFY(alpha.data(Qt::AccessibleDescriptionRole).toString().contains(u"2500"_s) ||
            alpha.data(Qt::AccessibleDescriptionRole).toString().contains(u"2,500"_s));
    QCOMPARE(alpha.data(Qt::ToolTipRole).toString(), u"Alpha"_s);
    QVERIFY(
        alpha.siblingAtColumn(Model::CredentialCount).data(Qt::ToolTipRole).toString().contains(u"2500"_s));
    QCOMPARE(beta.data().toString(), u"<b>Beta</b>"_s);
    QVERIFY(beta.data(Qt::AccessibleDescriptionRole).toString().isEmpty());
    QVERIFY(beta.siblingAtColumn(Model::CredentialCount).data().toString().isEmpty());
    QVERIFY(!m_model->index(0, 0).data(Model::IdRole).isValid());
    QCOMPARE(m_model->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Application"_s);
    QCOMPARE(m_model->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Credentials"_s);
}

void ApplicationTreeModelTest::thousandsComePageByPage()
{
    serve(3500);
    QSignalSpy pages(m_model.get(), &Model::pageLoaded);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(pages.size(), 4);
    QCOMPARE(m_model->applicationCount(), 3500);
    QCOMPARE(m_server->requests().size(), 4u);
    for (std::size_t number = 0; number < 4; ++number)
        QCOMPARE(m_server->request(number).parameter(u"page"_s).toInt(), int(number));
    int rows = 0;
    QSet<QString> ids;
    for (int group = 0; group < m_model->rowCount(); ++group) {
        const QModelIndex parent = m_model->index(group, 0);
        QString last;
        for (int row = 0; row < m_model->rowCount(parent); ++row, ++rows) {
            const QModelIndex index = m_model->index(row, 0, parent);
            ids += index.data(Model::IdRole).toString();
            QVERIFY(index.data().toString() > last); // in the order of the server
            last = index.data().toString();
            QCOMPARE(m_model->indexOf(index.data(Model::IdRole).toString()), index);
        }
    }
    QCOMPARE(rows, 3500);
    QCOMPARE(ids.size(), 3500);
    QCOMPARE(groups(), QStringList({u"My sandbox"_s, u"Organization 1"_s, u"Organization 2"_s}));
}

void ApplicationTreeModelTest::untilTheLastPageItSaysThatItIsIncomplete()
{
    serve(2100, 20ms);
    std::vector<std::pair<int, bool>> seen;
    connect(m_model.get(), &Model::pageLoaded, this,
            [&] { seen.emplace_back(m_model->applicationCount(), m_model->isComplete()); });
    m_model->load();
    QVERIFY(m_model->isLoading() && !m_model->isComplete());
    QVERIFY(waitUntilComplete());
    QCOMPARE(seen, (std::vector<std::pair<int, bool>>{{1000, false}, {2000, false}, {2100, true}}));
    QVERIFY(!m_model->isLoading());
}

void ApplicationTreeModelTest::aPageThatFailsLeavesWhatIsThere()
{
    m_server->handle([this](const RecordedRequest &request) {
        if (request.parameter(u"page"_s) != u"0"_s)
            return ScriptedReply{.status = 404};
        QJsonArray items;
        for (int number = 0; number < 1000; ++number)
            items.append(application(u"id%1"_s.arg(number), u"x"_s));
        return ScriptedReply{.body = page(items, 1500)};
    });
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->load();
    QVERIFY(failures.wait());
    QCOMPARE(m_model->applicationCount(), 1000);
    QVERIFY(!m_model->isComplete() && !m_model->isLoading());
    QCOMPARE(m_model->error()->kind, Kind::NotFound);
}

void ApplicationTreeModelTest::aRetryKeepsTheErrorUntilItSucceeds()
{
    m_server->otherwise({.status = 400});
    QSignalSpy failures(m_model.get(), &Model::loadFailed), starts(m_model.get(), &Model::loadStarted);
    m_model->load();
    QVERIFY(failures.wait());

    m_model->retry();
    QVERIFY(m_model->isLoading() && m_model->error());
    QCOMPARE(starts.size(), 2);
    QVERIFY(failures.wait());

    serve(3);
    m_model->retry();
    QVERIFY(m_model->error());
    QVERIFY(waitUntilComplete());
    QVERIFY(!m_model->error());
    QCOMPARE(m_model->applicationCount(), 3);
}

void ApplicationTreeModelTest::loadingAnewReplacesTheList()
{
    serve(5);
    m_model->load();
    QVERIFY(waitUntilComplete());
    m_server->otherwise({.body = page({application(u"new"_s, u"New"_s)}, 1)});
    m_model->load();
    QCOMPARE(m_model->applicationCount(), 5); // until the first page is there
    QVERIFY(!m_model->isComplete());
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->applicationCount(), 1);
    QCOMPARE(m_model->firstApplicationId(), u"new"_s);
    QVERIFY(!m_model->find(u"id1"_s));
}

void ApplicationTreeModelTest::anApplicationTokenLoadsItsOwn()
{
    m_server->answer({.status = 403});
    m_server->otherwise({.body = QJsonDocument(application(u"575e"_s, u"Plant floor"_s)).toJson()});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setOwnApplication(u"575e"_s);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(failures.size(), 0);
    QCOMPARE(m_model->applicationCount(), 1);
    QCOMPARE(m_model->find(u"575e"_s)->name, u"Plant floor"_s);
    QCOMPARE(m_server->requests().back().path(), "/applications/575e"_ba);
}

void ApplicationTreeModelTest::aTokenThatMayNotEvenGetItsOwnIsForbidden()
{
    m_server->otherwise({.status = 403});
    QSignalSpy failures(m_model.get(), &Model::loadFailed);
    m_model->setOwnApplication(u"575e"_s);
    m_model->load();
    QVERIFY(failures.wait());
    QCOMPARE(m_model->error()->kind, Kind::Forbidden);
    QCOMPARE(m_server->requests().size(), 2U);
}

void ApplicationTreeModelTest::oddApplicationsAreShownAsFarAsTheyGo()
{
    m_server->otherwise(
        {.body = R"({"totalCount":6,"items":[{"id":"1"},{"id":"2","name":7,"ownerType":3},null,
        {"name":"no id"},{"id":"3","ownerType":"organization","ownerId":"o1"},{"id":"4","name":"z","ownerType":"robot",
        "ownerId":"r","summary":{"credentialCount":-1}}]})"});
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->applicationCount(), 4);
    QCOMPARE(m_model->indexOf(u"1"_s).data().toString(), u"1"_s); // goes by its id
    QVERIFY(m_model->indexOf(u"3"_s).parent().data().toString().contains(u"o1"_s));
    QVERIFY(!m_model->find(u"4"_s)->credentialCount);
}

void ApplicationTreeModelTest::repeatedApplicationsAreThereOnce()
{
    // One was added on the server while the pages came, so a row moved on to the next page.
    m_server->handle([this](const RecordedRequest &request) {
        QJsonArray items;
        const int first = request.parameter(u"page"_s) == u"0"_s ? 0 : 999;
        for (int number = first; number < (first == 0 ? 1000 : 1500); ++number)
            items.append(application(u"id%1"_s.arg(number), u"x"_s));
        return ScriptedReply{.body = page(items, 1501)};
    });
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->applicationCount(), 1500);
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 1500);
    QCOMPARE(m_server->requests().size(), 2u);
}

void ApplicationTreeModelTest::countsThatLieEndInTheEnd_data()
{
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("requests");
    QTest::newRow("too few") << 0 << 1;
    QTest::newRow("too many") << 50 << 2;
    QTest::newRow("far too many") << std::numeric_limits<int>::max() << 2;
}

void ApplicationTreeModelTest::countsThatLieEndInTheEnd()
{
    QFETCH(int, total);
    m_server->handle([this, total](const RecordedRequest &request) {
        const bool isFirst = request.parameter(u"page"_s) == u"0"_s;
        return ScriptedReply{
            .body = page(isFirst ? QJsonArray{application(u"1"_s, u"a"_s)} : QJsonArray(), total)};
    });
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->applicationCount(), 1);
    QTEST(int(m_server->requests().size()), "requests");
}

void ApplicationTreeModelTest::applicationsAreFoundById()
{
    serve(30);
    m_model->load();
    QVERIFY(waitUntilComplete());
    for (int number = 0; number < 30; ++number)
        QCOMPARE(m_model->find(u"id%1"_s.arg(number))->name, u"app %1"_s.arg(number, 5, 10, QChar(u'0')));
    QVERIFY(!m_model->find(u"id30"_s));
    QVERIFY(!m_model->find(QString()));
}

void ApplicationTreeModelTest::credentialsMoreOrFewerAreCounted()
{
    serve(3);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QSignalSpy changes(m_model.get(), &Model::dataChanged);
    m_model->addToCount(u"id1"_s, 1);
    QCOMPARE(m_model->find(u"id1"_s)->credentialCount, std::optional(4));
    QCOMPARE(m_model->find(u"id2"_s)->credentialCount, std::optional(3));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0][0].toModelIndex(),
             m_model->indexOf(u"id1"_s).siblingAtColumn(Model::CredentialCount));
    m_model->addToCount(u"id1"_s, 0);
    QCOMPARE(changes.size(), 1);
    m_model->addToCount(u"id1"_s, -1);
    QCOMPARE(m_model->find(u"id1"_s)->credentialCount, std::optional(3));
    m_model->addToCount(u"id1"_s, -4);
    QCOMPARE(m_model->find(u"id1"_s)->credentialCount, std::optional(0));
}

void ApplicationTreeModelTest::aNewCountReplacesTheOldOne()
{
    serve(3);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QSignalSpy changes(m_model.get(), &Model::dataChanged);
    m_model->setCredentialCount(u"id1"_s, 9);
    m_model->setCredentialCount(u"id1"_s, 9);
    m_model->setCredentialCount(u"x"_s, 9);
    QCOMPARE(m_model->find(u"id1"_s)->credentialCount, std::optional(9));
    QCOMPARE(m_model->find(u"id2"_s)->credentialCount, std::optional(3));
    QCOMPARE(changes.size(), 1);
}

void ApplicationTreeModelTest::groupsCannotBeSelected()
{
    serve(3);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QVERIFY(!m_model->index(0, 0).flags().testFlag(Qt::ItemIsSelectable));
    QVERIFY(m_model->indexOf(u"id0"_s).flags().testFlag(Qt::ItemIsSelectable));
}

void ApplicationTreeModelTest::theRowOfAllComesFirstAndAddsThemUp()
{
    serve(2500);
    m_model->setListsAll(true);
    m_model->load();
    QVERIFY(waitUntilComplete());
    const QModelIndex all = m_model->index(0, Model::Name);
    QCOMPARE(m_model->indexOf(Model::allApplications), all);
    QCOMPARE(all.data().toString(), u"All applications"_s);
    QCOMPARE(m_model->rowCount(all), 0);
    QVERIFY(all.flags().testFlag(Qt::ItemIsSelectable));
    QCOMPARE(all.siblingAtColumn(Model::CredentialCount).data().toString(), u"7,500"_s);
    QCOMPARE(m_model->index(1, 0).data().toString(), u"My sandbox"_s);
    QCOMPARE(m_model->indexOf(u"id0"_s).parent().row(), 1);
    QCOMPARE(m_model->applicationCount(), 2500);
    QVERIFY(!m_model->find(Model::allApplications));

    QSignalSpy changes(m_model.get(), &Model::dataChanged);
    m_model->addToCount(u"id1"_s, 5);
    QCOMPARE(changes.size(), 2);
    QCOMPARE(all.siblingAtColumn(Model::CredentialCount).data().toString(), u"7,505"_s);
    m_model->load();
    QVERIFY(waitUntilComplete());
    QCOMPARE(m_model->index(0, Model::CredentialCount).data().toString(), u"7,500"_s);
}

void ApplicationTreeModelTest::aTokenOfOneApplicationHasNoRowOfAll()
{
    m_server->answer({.status = 403});
    m_server->otherwise({.body = QJsonDocument(application(u"575e"_s, u"Plant floor"_s)).toJson()});
    m_model->setListsAll(true);
    m_model->setOwnApplication(u"575e"_s);
    QVERIFY(m_model->maySeeAll()); // as far as is known
    m_model->load();
    QVERIFY(waitUntilComplete());
    QVERIFY(!m_model->maySeeAll());
    QVERIFY(!m_model->indexOf(Model::allApplications).isValid());
    QCOMPARE(m_model->index(0, 0).data().toString(), u"My sandbox"_s);
}

void ApplicationTreeModelTest::aModelThatIsGoneIsNotAnswered()
{
    m_server->otherwise({.body = page({application(u"1"_s, u"a"_s)}, 5), .delay = 10ms});
    for (const int wait : {0, 5, 9, 10, 11, 25}) {
        auto model = std::make_unique<Model>(*m_service);
        model->load();
        QTest::qWait(wait);
        model.reset(); // the sanitizers would see an answer that reaches it
        QTest::qWait(30);
    }
}

QTEST_GUILESS_MAIN(ApplicationTreeModelTest)
#include "applicationtreemodeltest.moc"
