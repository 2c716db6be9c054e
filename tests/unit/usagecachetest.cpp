// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/usagecache.h"

#include "services/applicationservice.h"
#include "services/credentialservice.h"
#include "services/session.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/logrecorder.h"
#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = LinkedResource::Kind;

namespace {

const QByteArray none = R"({"items":[],"count":0,"totalCount":0})";
const QByteArray noLinks =
    "{\"integrations\":" + none + ",\"flows\":" + none + ",\"flowVersions\":" + none + '}';
const QByteArray aWorkflow = "{\"integrations\":" + none + R"(,"flows":{"items":[{"id":"f1","name":"Archive",
    "flowClass":"cloud"}],"count":1,"totalCount":1},"flowVersions":)" +
                             none + '}';
const QByteArray application = R"({"id":"575e","name":"Plant floor"})";
const ScriptedReply refusal{.status = 403, .body = R"({"type":"Forbidden","message":"No."})"};
const ScriptedReply failure{.status = 404, .body = R"({"type":"NotFound","message":"Gone."})"};

QByteArray archive(const QByteArray &config)
{
    return R"({"id":"575e","archiveConfig":)" + config + '}';
}

/// All the text that there is in it.
QStringList textsIn(const CredentialUsage &usage)
{
    QStringList texts;
    for (const LinkedResource &item : usage.items)
        texts += {item.id, item.name, item.version, item.workflowId, item.category};
    for (const auto &error : {usage.linksError, usage.archiveError}) {
        if (error)
            texts += {error->serverMessage, error->serverType, error->technicalDetail};
    }
    return texts;
}

} // namespace

/// Where a credential is used: asked for at once of two sides, and kept for a while.
class UsageCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void bothSidesAreAskedAtOnce();
    void whatUsesItIsKnownFromBothSides();
    void anArchiveUsesItByEitherSetting_data();
    void anArchiveUsesItByEitherSetting();
    void whatCouldNotBeLookedAtIsSaid_data();
    void whatCouldNotBeLookedAtIsSaid();
    void aListThatIsNotWholeIsNotUnused();

    void whatWasAskedIsKept();
    void itIsAskedAnewAllTheSame();
    void whatFailedIsNotKept();
    void whatIsRefusedIsKept();
    void anotherNameIsAnotherQuestion();
    void whatIsTooOldIsNotKept();
    void oneHundredAreKept();
    void aChangeForgetsThoseOfItsApplication();
    void whatWasAskedBeforeAChangeIsNotKept();
    void anotherTokenForgetsAll();
    void whatIsDroppedIsWithdrawn();
    void whatIsDroppedByItsOwnAnswerIsDropped();

    void nothingIsKeptOfSecretsOfOtherServices();

private:
    /// Asks and waits.
    CredentialUsage ask(const QString &applicationId = u"575e"_s);
    const CredentialUsage *find() const { return m_session->usages().find(u"575e"_s, m_credential); }

    Credential m_credential;
    ScriptedReply m_links;
    ScriptedReply m_application;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Session> m_session;
};

void UsageCacheTest::init()
{
    m_session.reset();
    m_credential = {.id = u"c1"_s, .name = u"S3 archive"_s};
    m_links = {.body = noLinks};
    m_application = {.body = application};
    m_server = std::make_unique<ScriptedServer>();
    m_server->handle([this](const RecordedRequest &request) {
        return request.path().endsWith("/linkedResources") ? m_links : m_application;
    });
    m_session = std::make_unique<Session>(m_server->url(), "token", Session::Kind::Account);
}

CredentialUsage UsageCacheTest::ask(const QString &applicationId)
{
    std::optional<CredentialUsage> answer;
    const PendingUsage calls = m_session->usages().ask(applicationId, m_credential,
                                                       [&](const CredentialUsage &usage) { answer = usage; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000))
        qFatal("There is no answer");
    return *answer;
}

void UsageCacheTest::bothSidesAreAskedAtOnce()
{
    m_links.way = ScriptedReply::Way::Stall;
    m_application.way = ScriptedReply::Way::Stall;
    const PendingUsage calls =
        m_session->usages().ask(u"575e"_s, m_credential, [](const CredentialUsage &) {});
    QTRY_COMPARE(m_server->requests().size(), 2U);
    QStringList paths;
    for (const RecordedRequest &request : m_server->requests())
        paths += QString::fromLatin1(request.method + ' ' + request.path());
    paths.sort();
    QCOMPARE(paths, (QStringList{u"GET /applications/575e"_s,
                                 u"GET /applications/575e/credentials/c1/linkedResources"_s}));
}

void UsageCacheTest::whatUsesItIsKnownFromBothSides()
{
    m_links.body = aWorkflow;
    m_application.body = archive(R"({"credentialName":"S3 archive"})");
    const CredentialUsage usage = ask();
    QCOMPARE(usage.items.size(), 2U);
    QCOMPARE(usage.items[0].name, u"Archive"_s);
    QCOMPARE(usage.items[1].kind, Kind::DataArchive);
    QVERIFY(usage.isComplete && usage.isUsed());
    QCOMPARE(usage.listedCount, 1);
    QCOMPARE(usage.totalCount, 1);
}

void UsageCacheTest::anArchiveUsesItByEitherSetting_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QList<Kind>>("kinds");
    const QList<Kind> nothing;
    QTest::newRow("data") << R"({"mode":"all","credentialName":"S3 archive"})"_ba << QList{Kind::DataArchive};
    QTest::newRow("export") << R"({"applicationExportOptions":{"x":1,"credentialName":"S3 archive"}})"_ba
                            << QList{Kind::ApplicationExport};
    QTest::newRow("both")
        << R"({"applicationExportOptions":{"credentialName":"S3 archive"},"credentialName":"S3 archive"})"_ba
        << QList{Kind::DataArchive, Kind::ApplicationExport};
    QTest::newRow("another's") << R"({"credentialName":"S3 archive 2"})"_ba << nothing;
    QTest::newRow("in other letters") << R"({"credentialName":"s3 archive"})"_ba << nothing;
    QTest::newRow("of another type") << R"({"credentialName":7,"applicationExportOptions":["S3 archive"]})"_ba
                                     << nothing;
    QTest::newRow("no settings") << "null"_ba << nothing;
}

void UsageCacheTest::anArchiveUsesItByEitherSetting()
{
    QFETCH(QByteArray, config);
    m_application.body = archive(config);
    const CredentialUsage usage = ask();
    QList<Kind> kinds;
    for (const LinkedResource &item : usage.items)
        kinds += item.kind;
    QTEST(kinds, "kinds");
    QCOMPARE(usage.isUnused(), kinds.isEmpty());
}

void UsageCacheTest::whatCouldNotBeLookedAtIsSaid_data()
{
    QTest::addColumn<int>("links");
    QTest::addColumn<int>("application");
    for (const int links : {200, 403, 404}) {
        for (const int own : {200, 403, 404})
            QTest::addRow("links %d, application %d", links, own) << links << own;
    }
}

void UsageCacheTest::whatCouldNotBeLookedAtIsSaid()
{
    QFETCH(int, links);
    QFETCH(int, application);
    const auto reply = [](int status, const ScriptedReply &success) {
        return status == 200 ? success : status == 403 ? refusal : failure;
    };
    m_links = reply(links, {.body = aWorkflow});
    m_application = reply(application, {.body = archive(R"({"credentialName":"S3 archive"})")});
    const CredentialUsage usage = ask();
    QCOMPARE(usage.linksError ? usage.linksError->httpStatus : 200, links);
    QCOMPARE(usage.archiveError ? usage.archiveError->httpStatus : 200, application);
    QCOMPARE(int(usage.items.size()), int(links == 200) + int(application == 200));
    QVERIFY(!usage.isUnused());
}

void UsageCacheTest::aListThatIsNotWholeIsNotUnused()
{
    m_links.body = R"({"flows":{"items":[],"count":0,"totalCount":3}})";
    const CredentialUsage usage = ask();
    QVERIFY(!usage.isComplete);
    QVERIFY(!usage.isUnused());
    QVERIFY(!usage.isUsed());
}

void UsageCacheTest::whatWasAskedIsKept()
{
    QVERIFY(!find());
    m_links.body = aWorkflow;
    ask();
    QVERIFY(find());
    QCOMPARE(find()->items.size(), 1U);
    QVERIFY(!m_session->usages().find(u"575f"_s, m_credential));
    QVERIFY(!m_session->usages().find(u"575e"_s, {.id = u"c2"_s, .name = u"S3 archive"_s}));
}

void UsageCacheTest::itIsAskedAnewAllTheSame()
{
    ask();
    m_links.body = aWorkflow;
    QCOMPARE(ask().items.size(), 1U);
    QCOMPARE(m_server->requests().size(), 4U);
    QCOMPARE(find()->items.size(), 1U);
}

void UsageCacheTest::whatFailedIsNotKept()
{
    ask();
    QVERIFY(find());
    m_links = failure;
    ask();
    QVERIFY(!find());
}

void UsageCacheTest::whatIsRefusedIsKept()
{
    m_links = refusal;
    ask();
    QVERIFY(find());
    QCOMPARE(find()->linksError->kind, ApiError::Kind::Forbidden);
}

void UsageCacheTest::anotherNameIsAnotherQuestion()
{
    ask();
    m_credential.name = u"S3 archive 2"_s;
    QVERIFY(!find());
}

void UsageCacheTest::whatIsTooOldIsNotKept()
{
    ask();
    m_session->usages().setMaxAge(0ms);
    QTRY_VERIFY(!find());
}

void UsageCacheTest::oneHundredAreKept()
{
    for (int number = 0; number <= 100; ++number) {
        m_credential.id = QString::number(number);
        ask();
    }
    m_credential.id = u"0"_s;
    QVERIFY(!find());
    m_credential.id = u"1"_s;
    QVERIFY(find());
}

void UsageCacheTest::aChangeForgetsThoseOfItsApplication()
{
    ask();
    ask(u"575f"_s);
    m_session->credentials().reportChange(u"575e"_s, 0);
    QVERIFY(!find());
    QVERIFY(m_session->usages().find(u"575f"_s, m_credential));
}

void UsageCacheTest::whatWasAskedBeforeAChangeIsNotKept()
{
    bool isAnswered = false;
    const PendingUsage calls =
        m_session->usages().ask(u"575e"_s, m_credential, [&](const CredentialUsage &) { isAnswered = true; });
    m_session->credentials().reportChange(u"575e"_s, 0);
    QTRY_VERIFY(isAnswered);
    QVERIFY(!find());
}

void UsageCacheTest::anotherTokenForgetsAll()
{
    ask();
    m_session->setToken("other", std::nullopt);
    QVERIFY(!find());
}

void UsageCacheTest::whatIsDroppedIsWithdrawn()
{
    m_links.delay = 300ms;
    bool isAnswered = false;
    PendingUsage calls =
        m_session->usages().ask(u"575e"_s, m_credential, [&](const CredentialUsage &) { isAnswered = true; });
    QTRY_COMPARE(m_server->requests().size(), 2U);
    calls = {};
    VERIFY_HOLDS_FOR(500ms, !isAnswered);
    QVERIFY(!find());
}

void UsageCacheTest::whatIsDroppedByItsOwnAnswerIsDropped()
{
    int answers = 0;
    PendingUsage calls;
    calls = m_session->usages().ask(u"575e"_s, m_credential, [&](const CredentialUsage &) {
        ++answers;
        calls = {};
    });
    QTRY_COMPARE(answers, 1);
}

/// Workflows and integrations come whole, with whatever people put into them.
void UsageCacheTest::nothingIsKeptOfSecretsOfOtherServices()
{
    const QString secret = u"secret-7c1f2a90b3"_s;
    const auto planted = [&](const QJsonObject &own) {
        QJsonObject object{
            {u"description"_s, secret},
            {u"credentialName"_s, secret},
            {u"notes"_s, secret},
            {u"topics"_s, QJsonArray{secret, QJsonObject{{u"name"_s, secret}}}},
            {u"mqttConfig"_s, QJsonObject{{u"id"_s, secret}, {u"name"_s, secret}, {u"password"_s, secret}}},
            {u"nodes"_s, QJsonArray{QJsonObject{{u"id"_s, secret},
                                                {u"name"_s, secret},
                                                {u"version"_s, secret},
                                                {u"flowClass"_s, secret},
                                                {u"config"_s, QJsonObject{{u"token"_s, secret}}}}}},
            {u"globals"_s, QJsonArray{QJsonObject{{u"key"_s, u"apiKey"_s}, {u"json"_s, secret}}}},
            {u"stats"_s, secret},
            {u"createdById"_s, secret},
            {u"aFieldToCome"_s, secret},
            {secret, secret}};
        for (auto field = own.begin(); field != own.end(); ++field)
            object[field.key()] = field.value();
        return object;
    };
    const auto collection = [&](const QJsonArray &items) {
        return QJsonObject{{u"items"_s, items},
                           {u"count"_s, items.size()},
                           {u"totalCount"_s, items.size()},
                           {u"filter"_s, secret}};
    };
    const QJsonObject links{
        {u"flows"_s,
         collection({planted({{u"id"_s, u"f1"_s}, {u"name"_s, u"Archive"_s}, {u"enabled"_s, secret}}),
                     planted({{u"id"_s, u"f2"_s},
                              {u"version"_s, secret},
                              {u"flowId"_s, secret},
                              {u"integrationType"_s, secret}})})},
        {u"flowVersions"_s, collection({planted({{u"id"_s, u"v1"_s},
                                                 {u"version"_s, u"v1.2"_s},
                                                 {u"flowVersionId"_s, secret},
                                                 {u"versions"_s, QJsonArray{secret}}})})},
        {u"integrations"_s,
         collection(
             {planted({{u"id"_s, u"i1"_s}, {u"integrationType"_s, u"mqtt"_s}, {u"flowClass"_s, secret}})})},
        {u"others"_s, collection({planted({})})}};
    QJsonObject own = planted({{u"id"_s, u"575e"_s}, {u"name"_s, secret}});
    own[u"archiveConfig"_s] = QJsonObject{
        {u"credentialName"_s, u"S3 archive"_s},
        {u"s3"_s, QJsonObject{{u"credentialName"_s, secret}}},
        {u"applicationExportOptions"_s, QJsonObject{{u"credentialName"_s, secret}, {u"repo"_s, secret}}}};
    m_links.body = QJsonDocument(links).toJson();
    m_application.body = QJsonDocument(own).toJson();

    const LogRecorder log(u"credenza.*=true"_s);
    const CredentialUsage usage = ask();

    QVERIFY2(usage.items.size() == 5, qPrintable(textsIn(usage).join(u'\n')));
    QVERIFY(textsIn(usage).contains(u"v1.2"_s)); // so these are all texts
    QVERIFY2(!textsIn(usage).join(u'\n').contains(secret), qPrintable(textsIn(usage).join(u'\n')));
    QVERIFY(!textsIn(*find()).join(u'\n').contains(secret));
    QVERIFY(log.text().contains(u"linkedResources"_s));
    QVERIFY(!log.text().contains(secret));
}

QTEST_GUILESS_MAIN(UsageCacheTest)
#include "usagecachetest.moc"
