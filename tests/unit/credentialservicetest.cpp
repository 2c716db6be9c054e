// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialservice.h"

#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/authservice.h"
#include "support/asking.h"
#include "support/drafts.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using SortField = PageQuery::SortField;
using FilterField = PageQuery::FilterField;

/// What the services ask over the wire, and that the latest question is the one that is answered.
class CredentialServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aQueryBecomesTheParametersOfTheApi_data();
    void aQueryBecomesTheParametersOfTheApi();
    void anUnfilteredQuerySendsNoFilter();
    void anyFilterArrivesAsItWasTyped_data();
    void anyFilterArrivesAsItWasTyped();
    void aPageComesBackAsItIs();
    void theLatestQueryWins();
    void aDroppedQueryIsNotAnswered();
    void aRefusalIsAnsweredAsOne();
    void anAnswerThatIsNoPageIsProtocol_data();
    void anAnswerThatIsNoPageIsProtocol();
    void anAnswerWithAnotherCredentialIsNone_data();
    void anAnswerWithAnotherCredentialIsNone();
    void aDraftIsPostedToItsApplication();
    void applicationsAreAskedForByNameAThousandAtATime();
    void oneApplicationIsAskedForById();
    void whoSignedInIsAsked();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void CredentialServiceTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->otherwise({.body = R"({"items":[],"totalCount":0})"});
    m_transport = std::make_unique<Transport>(m_server->url());
}

void CredentialServiceTest::aQueryBecomesTheParametersOfTheApi_data()
{
    QTest::addColumn<SortField>("field");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("sortField");
    QTest::addColumn<QString>("sortDirection");
    QTest::newRow("name") << SortField::Name << Qt::AscendingOrder << u"name"_s << u"asc"_s;
    QTest::newRow("type") << SortField::Type << Qt::DescendingOrder << u"type"_s << u"desc"_s;
    QTest::newRow("created") << SortField::CreationDate << Qt::DescendingOrder << u"creationDate"_s
                             << u"desc"_s;
    QTest::newRow("updated") << SortField::LastUpdated << Qt::AscendingOrder << u"lastUpdated"_s << u"asc"_s;
}

void CredentialServiceTest::aQueryBecomesTheParametersOfTheApi()
{
    QFETCH(SortField, field);
    QFETCH(Qt::SortOrder, order);
    const PageQuery query = PageQuery{.applicationId = u"575ec76c7ae143cd83dc4a96"_s}
                                .withPageSize(250, 0)
                                .sortedBy(field, order)
                                .withFilter(FilterField::Type, u"aws"_s)
                                .onPage(3);
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list(query, heard.listener());
    QVERIFY(heard.wait() && heard.isSuccess());

    const RecordedRequest &sent = m_server->request(0);
    QCOMPARE(sent.method, "GET"_ba);
    QCOMPARE(sent.path(), "/applications/575ec76c7ae143cd83dc4a96/credentials"_ba);
    QTEST(sent.parameter(u"sortField"_s), "sortField");
    QTEST(sent.parameter(u"sortDirection"_s), "sortDirection");
    QCOMPARE(sent.parameter(u"page"_s), u"3"_s);
    QCOMPARE(sent.parameter(u"perPage"_s), u"250"_s);
    QCOMPARE(sent.parameter(u"filterField"_s), u"type"_s);
    QCOMPARE(sent.parameter(u"filter"_s), u"aws"_s);
}

void CredentialServiceTest::anUnfilteredQuerySendsNoFilter()
{
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list({.applicationId = u"1"_s}, heard.listener());
    QVERIFY(heard.wait());
    QVERIFY(!m_server->request(0).hasParameter(u"filter"_s));
    QVERIFY(!m_server->request(0).hasParameter(u"filterField"_s));
    QCOMPARE(m_server->request(0).parameter(u"page"_s), u"0"_s);
    QCOMPARE(m_server->request(0).parameter(u"perPage"_s), u"100"_s);
}

void CredentialServiceTest::anyFilterArrivesAsItWasTyped_data()
{
    QTest::addColumn<QString>("filter");
    for (const QString &filter : {u"*aws*"_s, u"a+b"_s, u"100%"_s, u"%41"_s, u"a&b=c#d"_s, u"S3 archive"_s,
                                  u"仓库😀"_s, u"\"quoted\\\""_s, u"?[a-z]{1}"_s, u"a;b,c/d:e@f"_s})
        QTest::newRow(qPrintable(filter)) << filter;
}

void CredentialServiceTest::anyFilterArrivesAsItWasTyped()
{
    QFETCH(QString, filter);
    const auto query = PageQuery{.applicationId = u"1"_s}.withFilter(FilterField::Name, filter);
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list(query, heard.listener());
    QVERIFY(heard.wait());
    QVERIFY(!m_server->request(0).target.contains('+')); // servers read it as a blank
    QCOMPARE(m_server->request(0).parameter(u"filter"_s), filter);
    QCOMPARE(m_server->request(0).parameter(u"filterField"_s), u"name"_s);
}

void CredentialServiceTest::aPageComesBackAsItIs()
{
    m_server->answer({.body = R"({"items":[{"id":"a","name":"x"},{"id":"b","name":"y"}],"totalCount":7})",
                      .headers = {{"Date", "Tue, 01 Jan 2030 00:00:00 GMT"}}});
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list({.applicationId = u"1"_s}, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.value().items.size(), 2u);
    QCOMPARE(heard.value().items[1].name, u"y"_s);
    QCOMPARE(heard.value().totalCount, 7);
    QVERIFY(heard.value().clockOffset > 0);
}

void CredentialServiceTest::theLatestQueryWins()
{
    // The earlier a question, the later its answer.
    m_server->handle([](const RecordedRequest &request) {
        const int page = request.parameter(u"page"_s).toInt();
        return ScriptedReply{.body = R"({"items":[],"totalCount":)" + QByteArray::number(page) + "}",
                             .delay = std::chrono::milliseconds(100 - 10 * page)};
    });
    CredentialService service(*m_transport);
    int answers = 0, last = -1;
    PendingCall call;
    for (int page = 0; page < 8; ++page) {
        call = service.list(PageQuery{.applicationId = u"1"_s}.onPage(page), [&](const auto &result) {
            ++answers;
            last = result.value().totalCount;
        });
        QTest::qWait(3);
    }
    QTRY_COMPARE(answers, 1);
    VERIFY_HOLDS_FOR(150ms, answers == 1);
    QCOMPARE(last, 7);
}

void CredentialServiceTest::aDroppedQueryIsNotAnswered()
{
    m_server->otherwise({.body = R"({"items":[]})", .delay = 300ms});
    Heard<CredentialPage> heard;
    auto call = CredentialService(*m_transport).list({.applicationId = u"1"_s}, heard.listener());
    QTRY_COMPARE(m_server->requests().size(), 1u);
    call.reset();
    QVERIFY(!heard.wait(500));
}

void CredentialServiceTest::aRefusalIsAnsweredAsOne()
{
    m_server->otherwise(
        {.status = 404, .body = R"({"type":"NotFound","message":"Application was not found"})"});
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list({.applicationId = u"1"_s}, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::NotFound);
    QCOMPARE(heard.error().serverMessage, u"Application was not found"_s);
}

void CredentialServiceTest::anAnswerThatIsNoPageIsProtocol_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<!doctype html><title>Sign in to the hotel's network</title>");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no items") << QByteArray(R"({"totalCount":3})");
    QTest::newRow("cut short") << QByteArray(R"({"items":[{"id":"a")");
}

void CredentialServiceTest::anAnswerThatIsNoPageIsProtocol()
{
    QFETCH(QByteArray, body);
    m_server->otherwise({.body = body});
    Heard<CredentialPage> heard;
    const auto call = CredentialService(*m_transport).list({.applicationId = u"1"_s}, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::Protocol);
    QCOMPARE(heard.error().httpStatus, 200);
    QCOMPARE(m_server->count("GET"), 1);
}

void CredentialServiceTest::anAnswerWithAnotherCredentialIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTheOne");
    QTest::newRow("the one") << QByteArray(R"({"id":"575ED16e","name":"a"})") << true;
    QTest::newRow("another") << QByteArray(R"({"id":"575ed16f","name":"a"})") << false;
    QTest::newRow("of no id") << QByteArray(R"({"items":[]})") << false;
}

void CredentialServiceTest::anAnswerWithAnotherCredentialIsNone()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isTheOne);
    m_server->otherwise({.body = body});
    Heard<Credential> heard;
    CredentialService service(*m_transport);
    const PendingCall call = service.get(u"a1"_s, u"575ed16e"_s, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.isSuccess(), isTheOne);
    if (!isTheOne)
        QCOMPARE(heard.error().kind, ApiError::Kind::Protocol);
}

void CredentialServiceTest::aDraftIsPostedToItsApplication()
{
    m_server->otherwise({.status = 201, .body = R"({"id":"a","name":"S3 archive","type":"aws"})"});
    Heard<Credential> heard;
    CredentialService service(*m_transport);
    const auto call = service.post(u"575e"_s, draftFor(postedFixture(u"aws"_s)), heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.value().id, u"a"_s);
    const RecordedRequest &sent = m_server->request(0);
    QCOMPARE(sent.method, "POST"_ba);
    QCOMPARE(sent.path(), "/applications/575e/credentials"_ba);
    QCOMPARE(QJsonDocument::fromJson(sent.body), QJsonDocument::fromJson(postedFixture(u"aws"_s)));
}

void CredentialServiceTest::applicationsAreAskedForByNameAThousandAtATime()
{
    Heard<ApplicationPage> heard;
    const auto call = ApplicationService(*m_transport).list(2, heard.listener());
    QVERIFY(heard.wait() && heard.isSuccess());
    const RecordedRequest &sent = m_server->request(0);
    QCOMPARE(sent.path(), "/applications"_ba);
    QCOMPARE(sent.parameter(u"sortField"_s), u"name"_s);
    QCOMPARE(sent.parameter(u"sortDirection"_s), u"asc"_s);
    QCOMPARE(sent.parameter(u"page"_s), u"2"_s);
    QCOMPARE(sent.parameter(u"perPage"_s), u"1000"_s);
    QCOMPARE(sent.parameter(u"summaryInclude"_s), u"credentialCount"_s);
    QVERIFY(!sent.hasParameter(u"orgId"_s)); // all owners
}

void CredentialServiceTest::oneApplicationIsAskedForById()
{
    m_server->otherwise({.body = R"({"id":"575e","name":"Plant floor","summary":{"credentialCount":3}})"});
    Heard<Application> heard;
    const auto call = ApplicationService(*m_transport).get(u"575e"_s, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.value().name, u"Plant floor"_s);
    QCOMPARE(heard.value().credentialCount, std::optional(3));
    QCOMPARE(m_server->request(0).path(), "/applications/575e"_ba);
}

void CredentialServiceTest::whoSignedInIsAsked()
{
    m_server->answer({.body = R"({"id":"57","email":"ada@example.com","fullName":"Ada Lovelace"})"});
    m_server->answer({.status = 403});
    Heard<Account> user, application;
    AuthService auth(*m_transport);
    const auto first = auth.me(user.listener());
    QVERIFY(user.wait());
    QCOMPARE(user.value().email, u"ada@example.com"_s);
    QCOMPARE(user.value().fullName, u"Ada Lovelace"_s);
    QCOMPARE(m_server->request(0).path(), "/me"_ba);
    const auto second = auth.me(application.listener());
    QVERIFY(application.wait());
    QCOMPARE(application.error().kind, Kind::Forbidden);
}

QTEST_GUILESS_MAIN(CredentialServiceTest)
#include "credentialservicetest.moc"
