// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"
#include "api/transport.h"
#include "services/credentialservice.h"
#include "support/asking.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = LinkedResource::Kind;

namespace {

/// As the API answers, with more in each item than is to be read.
const QByteArray body = R"({
    "integrations": {"items": [{"id": "a1", "integrationId": "a1", "name": "Broker", "integrationType": "mqtt",
        "enabled": true, "mqttConfig": {"password": "not ours", "name": "x", "id": "y"}}], "count": 1,
        "totalCount": 1, "perPage": 100, "page": 0},
    "flows": {"items": [{"id": "f1", "flowId": "f1", "name": "Archive", "flowClass": "cloud", "enabled": false,
        "version": "v9", "nodes": [{"id": "n", "name": "Node", "config": {"token": "not ours"}}]},
        {"id": "f2", "name": "Edge", "flowClass": "edge"}], "count": 2, "totalCount": 2},
    "flowVersions": {"items": [
        {"id": "v1", "flowVersionId": "v1", "flowId": "f1", "version": "v1.2", "flowClass": "cloud",
         "enabled": true},
        {"id": "v2", "flowVersionId": "v2", "flowId": "f3", "name": "Login", "versions": ["v1"],
         "flowClass": "experience", "enabled": true}], "count": 2, "totalCount": 2}
})";

Result<LinkedResources> read(const QByteArray &json)
{
    return LosantJson::readLinkedResources({.httpStatus = 200, .body = json});
}

} // namespace

/// What uses a credential is read, and no more of it than says what it is.
class LinkedResourcesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindIsRead();
    void aListThatIsNotWholeIsSaidToBe_data();
    void aListThatIsNotWholeIsSaidToBe();
    void anyPartMayBeMissing();
    void whatIsNoSuchAnswerIsProtocol_data();
    void whatIsNoSuchAnswerIsProtocol();
    void theyAreAskedForBelowTheCredential();
};

void LinkedResourcesTest::eachKindIsRead()
{
    const auto linked = read(body);
    QVERIFY(linked);
    QVERIFY(linked->isComplete);
    const std::vector<LinkedResource> expected{
        {.kind = Kind::Workflow,
         .id = u"f1"_s,
         .name = u"Archive"_s,
         .category = u"cloud"_s,
         .enabled = false},
        {.kind = Kind::Workflow, .id = u"f2"_s, .name = u"Edge"_s, .category = u"edge"_s},
        {.kind = Kind::WorkflowVersion,
         .id = u"v1"_s,
         .version = u"v1.2"_s,
         .workflowId = u"f1"_s,
         .category = u"cloud"_s,
         .enabled = true},
        {.kind = Kind::WorkflowVersion,
         .id = u"v2"_s,
         .name = u"Login"_s,
         .workflowId = u"f3"_s,
         .category = u"experience"_s,
         .enabled = true},
        {.kind = Kind::Integration,
         .id = u"a1"_s,
         .name = u"Broker"_s,
         .category = u"mqtt"_s,
         .enabled = true}};
    QCOMPARE(linked->items.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY2(linked->items[i] == expected[i], qPrintable(linked->items[i].id));
}

void LinkedResourcesTest::aListThatIsNotWholeIsSaidToBe_data()
{
    QTest::addColumn<QByteArray>("flows");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<int>("totalCount"); // -1: none
    QTest::newRow("all") << R"({"items":[{"id":"a"}],"count":1,"totalCount":1})"_ba << true << 1;
    QTest::newRow("none") << R"({"items":[],"count":0,"totalCount":0})"_ba << true << 0;
    QTest::newRow("more") << R"({"items":[{"id":"a"}],"count":1,"totalCount":2})"_ba << false << 2;
    QTest::newRow("far more") << R"({"items":[],"totalCount":9000000000000000000})"_ba << false
                              << 1'000'000'000;
    QTest::newRow("no count") << R"({"items":[{"id":"a"}],"count":1})"_ba << false << -1;
    QTest::newRow("a count of another type")
        << R"({"items":[{"id":"a"}],"totalCount":"1"})"_ba << false << -1;
    QTest::newRow("no items") << R"({"totalCount":1})"_ba << false << 1;
    QTest::newRow("an item that is none") << R"({"items":[{"id":"a"},7],"totalCount":2})"_ba << false << 2;
    QTest::newRow("no collection") << "null"_ba << false << -1;
}

void LinkedResourcesTest::aListThatIsNotWholeIsSaidToBe()
{
    QFETCH(QByteArray, flows);
    const QByteArray empty = R"({"items":[],"count":0,"totalCount":0})";
    const auto linked =
        read("{\"integrations\":" + empty + ",\"flows\":" + flows + ",\"flowVersions\":" + empty + '}');
    QVERIFY(linked);
    QTEST(linked->isComplete, "isComplete");
    QTEST(linked->totalCount.value_or(-1), "totalCount");
}

void LinkedResourcesTest::anyPartMayBeMissing()
{
    const auto linked = read(R"({"flows":{"items":[{},{"id":7,"name":[],"enabled":"yes"},{"id":"a/b"}]}})");
    QVERIFY(linked);
    QCOMPARE(linked->items.size(), 3U);
    for (const LinkedResource &resource : linked->items)
        QVERIFY(resource == LinkedResource());
    QVERIFY(!linked->isComplete);
}

void LinkedResourcesTest::whatIsNoSuchAnswerIsProtocol_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("HTML") << "<html>"_ba;
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("none of the collections") << "{}"_ba;
    QTest::newRow("cut short") << body.first(body.size() / 2);
    QTest::newRow("more after it") << body + body;
}

void LinkedResourcesTest::whatIsNoSuchAnswerIsProtocol()
{
    QFETCH(QByteArray, json);
    const auto linked = read(json);
    QVERIFY(!linked);
    QCOMPARE(linked.error().kind, ApiError::Kind::Protocol);
}

void LinkedResourcesTest::theyAreAskedForBelowTheCredential()
{
    ScriptedServer server;
    server.otherwise({.body = body});
    Transport transport(server.url());
    CredentialService service(transport);
    Heard<LinkedResources> heard;
    const PendingCall call = service.linkedResources(u"575e"_s, u"a/b"_s, heard.listener());
    QVERIFY(heard.wait() && heard.isSuccess());
    QCOMPARE(heard.value().items.size(), 5U);
    QCOMPARE(server.request(0).method, "GET"_ba);
    QCOMPARE(server.request(0).path(), "/applications/575e/credentials/a%2Fb/linkedResources"_ba);
    QCOMPARE(server.request(0).parameter(u"includeCustomNodes"_s), u"true"_s);
}

QTEST_GUILESS_MAIN(LinkedResourcesTest)
#include "linkedresourcestest.moc"
