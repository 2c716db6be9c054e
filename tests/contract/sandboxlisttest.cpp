// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxclient.h"
#include "sandbox/sandboxserver.h"
#include "sandbox/sandboxstore.h"
#include "support/schemacheck.h"

#include <QDateTime>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

class SandboxListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void applicationsComeByNameAHundredAtATime();
    void applicationsAreSortedAsAsked_data();
    void applicationsAreSortedAsAsked();
    void applicationsAreFilteredByName();
    void applicationsOfOneOwnerAreThoseOfTheOrgId();
    void oneApplicationIsAnsweredByItsId();
    void aDozenApplicationsBelongToTheUserAndTwoOrganizations();
    void asManyApplicationsAsAskedForCanBeThere();

    void credentialsComeNewestFirstAHundredAtATime();
    void credentialsAreSortedAsAsked_data();
    void credentialsAreSortedAsAsked();
    void pagesTogetherHoldEveryCredentialOnce();
    void aPageBehindTheLastIsEmpty();
    void moreThanAThousandRowsAreAThousand();
    void aFilterTakesThoseWhoseWholeValueMatches_data();
    void aFilterTakesThoseWhoseWholeValueMatches();
    void aBlankFilterIsNone();
    void filterAndOrderAreSaidBack();
    void whatIsNotKnownIsRefused_data();
    void whatIsNotKnownIsRefused();
    void flagsOfTheOfficialClientsChangeNothing();
    void idsAreTakenInAnyCase();
    void unknownApplicationsAndCredentialsAreNotFound();

    void samplesHaveAllTypesAndBothStates();
    void sampleNamesAreUnique();
    void samplesOfEveryApplicationAreValid();
    void samplesAreTheSameOnEveryStart();
    void sampleDatesLieInThePast();
    void globsMatchWholeTexts_data();
    void globsMatchWholeTexts();

private:
    QString m_largest; ///< the path of its credentials
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

void SandboxListTest::init()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
    m_largest = m_client->application(u"Plant floor"_s) + "/credentials"_L1;
}

void SandboxListTest::applicationsComeByNameAHundredAtATime()
{
    const SandboxReply reply = m_client->get(u"/applications"_s);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["page"_L1].toInt(-1), 0);
    QCOMPARE(reply.json()["perPage"_L1].toInt(), 100);
    QCOMPARE(reply.json()["sortField"_L1].toString(), u"name"_s);
    QCOMPARE(reply.json()["sortDirection"_L1].toString(), u"asc"_s);
    QCOMPARE(reply.json()["count"_L1].toInt(), 12);
    QCOMPARE(reply.json()["totalCount"_L1].toInt(), 12);
    QStringList names = reply.column("name"_L1);
    QVERIFY(std::ranges::is_sorted(
        names, [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) < 0; }));
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"applications"_s, reply.body), QString());
}

void SandboxListTest::applicationsAreSortedAsAsked_data()
{
    QTest::addColumn<QString>("field");
    for (const char *field : {"name", "id", "creationDate", "ownerId", "lastUpdated"})
        QTest::newRow(field) << QString::fromLatin1(field);
}

void SandboxListTest::applicationsAreSortedAsAsked()
{
    QFETCH(QString, field);
    const QString query = "/applications?sortField="_L1 + field;
    const SandboxReply up = m_client->get(query + "&sortDirection=asc"_L1);
    QStringList down = m_client->get(query + "&sortDirection=desc"_L1).column("id"_L1);
    std::ranges::reverse(down);
    QCOMPARE(up.column("id"_L1), down);
    if (field != "name"_L1)
        QVERIFY(std::ranges::is_sorted(up.column(QLatin1String(field.toLatin1()))));
    QCOMPARE(up.json()["sortField"_L1].toString(), field);
}

void SandboxListTest::applicationsAreFilteredByName()
{
    const SandboxReply reply = m_client->get(u"/applications?filterField=name&filter=PLANT*"_s);
    QCOMPARE(reply.column("name"_L1), QStringList{u"Plant floor"_s});
    QCOMPARE(reply.json()["totalCount"_L1].toInt(), 1);
}

void SandboxListTest::applicationsOfOneOwnerAreThoseOfTheOrgId()
{
    const SandboxReply own = m_client->get(u"/applications?orgId="_s);
    QVERIFY(own.items().size() >= 2);
    for (const QJsonValue item : own.items())
        QCOMPARE(item["ownerType"_L1].toString(), u"user"_s);

    const QJsonObject acme =
        m_client->get(u"/applications?filterField=name&filter=warehouse"_s).items()[0].toObject();
    const SandboxReply ofAcme = m_client->get("/applications?orgId="_L1 + acme["ownerId"_L1].toString());
    QVERIFY(ofAcme.items().size() >= 2);
    for (const QJsonValue item : ofAcme.items())
        QCOMPARE(item["organizationName"_L1].toString(), u"Acme Corp"_s);

    QCOMPARE(m_client->get(u"/applications?orgId=000000000000000000000000"_s).items().size(), 0);
}

void SandboxListTest::oneApplicationIsAnsweredByItsId()
{
    const QString path = m_client->application(u"Demo"_s);
    const SandboxReply reply = m_client->get(path + "?summaryInclude=credentialCount"_L1);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["name"_L1].toString(), u"Demo"_s);
    QCOMPARE(reply.json()["summary"_L1]["credentialCount"_L1].toInt(),
             m_client->get(path + "/credentials"_L1).json()["totalCount"_L1].toInt());
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"application"_s, reply.body), QString());
}

void SandboxListTest::aDozenApplicationsBelongToTheUserAndTwoOrganizations()
{
    const QJsonArray items = m_client->get(u"/applications"_s).items();
    QSet<QString> organizations;
    QList<int> counts;
    bool hasOwn = false;
    bool hasOtherScript = false;
    for (const QJsonValue item : items) {
        hasOwn = hasOwn || item["ownerType"_L1] == "user"_L1;
        if (item["ownerType"_L1] == "organization"_L1)
            organizations.insert(item["organizationName"_L1].toString());
        counts.append(item["summary"_L1]["credentialCount"_L1].toInt(-1));
        const QString name = item["name"_L1].toString();
        hasOtherScript = hasOtherScript || name.front().script() == QChar::Script_Han;
    }
    QCOMPARE(items.size(), 12);
    QVERIFY(hasOwn);
    QVERIFY(hasOtherScript);
    QCOMPARE(organizations.size(), 2);
    QCOMPARE(counts.count(0), 1);
    QCOMPARE(*std::ranges::max_element(counts), 2500);
}

void SandboxListTest::asManyApplicationsAsAskedForCanBeThere()
{
    const SandboxServer server({.applications = 2345});
    SandboxClient client(server.url(), server.token());
    QSet<QString> ids;
    for (int page = 0; page < 3; ++page) {
        const SandboxReply reply = client.get(u"/applications?perPage=1000&page=%1"_s.arg(page));
        QCOMPARE(reply.json()["totalCount"_L1].toInt(), 2345);
        for (const QString &id : reply.column("id"_L1))
            ids.insert(id);
    }
    QCOMPARE(ids.size(), 2345);
}

void SandboxListTest::credentialsComeNewestFirstAHundredAtATime()
{
    const SandboxReply reply = m_client->get(m_largest);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers["content-type"], QByteArray("application/json; charset=utf-8"));
    QCOMPARE(reply.items().size(), 100);
    QCOMPARE(reply.json()["count"_L1].toInt(), 100);
    QCOMPARE(reply.json()["totalCount"_L1].toInt(), 2500);
    QCOMPARE(reply.json()["page"_L1].toInt(-1), 0);
    QCOMPARE(reply.json()["perPage"_L1].toInt(), 100);
    QCOMPARE(reply.json()["sortField"_L1].toString(), u"creationDate"_s);
    QCOMPARE(reply.json()["sortDirection"_L1].toString(), u"desc"_s);
    QVERIFY(!reply.json().contains("filter"_L1));
    QVERIFY(!reply.json().contains("filterField"_L1));
    QCOMPARE("/applications/"_L1 + reply.json()["applicationId"_L1].toString() + "/credentials"_L1,
             m_largest);
    QVERIFY(std::ranges::is_sorted(reply.column("creationDate"_L1), std::ranges::greater()));
}

void SandboxListTest::credentialsAreSortedAsAsked_data()
{
    QTest::addColumn<QString>("field");
    for (const char *field : {"name", "type", "creationDate", "lastUpdated"})
        QTest::newRow(field) << QString::fromLatin1(field);
}

void SandboxListTest::credentialsAreSortedAsAsked()
{
    QFETCH(QString, field);
    const QString query = m_largest + "?perPage=1000&sortField="_L1 + field;
    const SandboxReply up = m_client->get(query + "&sortDirection=asc"_L1);
    QStringList values = up.column(QLatin1String(field.toLatin1()));
    std::ranges::transform(values, values.begin(), [](const QString &value) { return value.toCaseFolded(); });
    QVERIFY(std::ranges::is_sorted(values));
    QCOMPARE(values.size(), 1000);

    const SandboxReply last = m_client->get(query + "&sortDirection=desc&page=2"_L1);
    QStringList turned = last.column("id"_L1);
    std::ranges::reverse(turned);
    QCOMPARE(turned, up.column("id"_L1).first(500));
}

void SandboxListTest::pagesTogetherHoldEveryCredentialOnce()
{
    QSet<QString> ids;
    for (int page = 0; page < 11; ++page) {
        const SandboxReply reply =
            m_client->get(m_largest + u"?sortField=type&perPage=250&page=%1"_s.arg(page));
        QCOMPARE(reply.items().size(), page < 10 ? 250 : 0);
        for (const QString &id : reply.column("id"_L1))
            ids.insert(id);
    }
    QCOMPARE(ids.size(), 2500);
}

void SandboxListTest::aPageBehindTheLastIsEmpty()
{
    for (const char *page : {"25", "1000000", "9223372036854775807"}) {
        const SandboxReply reply = m_client->get(m_largest + "?page="_L1 + QLatin1String(page));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.items().size(), 0);
        QCOMPARE(reply.json()["count"_L1].toInt(-1), 0);
        QCOMPARE(reply.json()["totalCount"_L1].toInt(), 2500);
    }
}

void SandboxListTest::moreThanAThousandRowsAreAThousand()
{
    const SandboxReply reply = m_client->get(m_largest + "?perPage=2500"_L1);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.items().size(), 1000);
    QCOMPARE(reply.json()["perPage"_L1].toInt(), 1000);
}

void SandboxListTest::aFilterTakesThoseWhoseWholeValueMatches_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("total");
    QTest::newRow("a whole name") << u"name"_s << u"S3 archive"_s << 1;
    QTest::newRow("in another case") << u"name"_s << u"s3 ARCHIVE"_s << 1;
    QTest::newRow("a part is no match") << u"name"_s << u"archive"_s << 0;
    QTest::newRow("a star") << u"name"_s << u"s3 archive*"_s << 21;
    QTest::newRow("a question mark is one") << u"name"_s << u"s? archiv?"_s << 0;
    QTest::newRow("with a plus") << u"name"_s << u"s3+archive"_s << 1;
    QTest::newRow("percent-encoded") << u"name"_s << u"%73%33%20archive"_s << 1;
    QTest::newRow("an encoded plus is one") << u"name"_s << u"s3%2Barchive"_s << 0;
    QTest::newRow("another script") << u"name"_s << u"S3 archive %E5%A4%A7%E9%98%AA"_s << 1;
    QTest::newRow("another script, raw") << u"name"_s << u"S3 archive 大阪"_s << 1;
    QTest::newRow("a type") << u"type"_s << u"aws"_s << 250;
    QTest::newRow("types") << u"type"_s << u"A*"_s << 375;
    QTest::newRow("no type") << u"type"_s << u"amazon"_s << 0;
}

void SandboxListTest::aFilterTakesThoseWhoseWholeValueMatches()
{
    QFETCH(QString, field);
    QFETCH(QString, filter);
    const SandboxReply reply =
        m_client->get(m_largest + u"?perPage=1000&filterField=%1&filter=%2"_s.arg(field, filter));
    QCOMPARE(reply.status, 200);
    QTEST(reply.json()["totalCount"_L1].toInt(-1), "total");
    QTEST(int(reply.items().size()), "total");
}

void SandboxListTest::aBlankFilterIsNone()
{
    for (const char *query : {"filterField=name&filter=", "filterField=&filter=aws", "filter=aws",
                              "sortField=&sortDirection=&page=&perPage="}) {
        const SandboxReply reply = m_client->get(m_largest + u'?' + QLatin1String(query));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json()["totalCount"_L1].toInt(), 2500);
    }
}

void SandboxListTest::filterAndOrderAreSaidBack()
{
    const QJsonObject reply =
        m_client
            ->get(m_largest +
                  "?sortField=name&sortDirection=ASC&page=1&perPage=7&filterField=type&filter=A*"_L1)
            .json();
    QCOMPARE(reply["sortField"_L1].toString(), u"name"_s);
    QCOMPARE(reply["sortDirection"_L1].toString(), u"asc"_s);
    QCOMPARE(reply["page"_L1].toInt(), 1);
    QCOMPARE(reply["perPage"_L1].toInt(), 7);
    QCOMPARE(reply["filterField"_L1].toString(), u"type"_s);
    QCOMPARE(reply["filter"_L1].toString(), u"A*"_s);
}

void SandboxListTest::whatIsNotKnownIsRefused_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("field");
    QTest::newRow("sort field") << u"sortField=description"_s << u"sortField"_s;
    QTest::newRow("sort direction") << u"sortDirection=up"_s << u"sortDirection"_s;
    QTest::newRow("negative page") << u"page=-1"_s << u"page"_s;
    QTest::newRow("page in words") << u"page=two"_s << u"page"_s;
    QTest::newRow("page beyond all numbers") << u"page=99999999999999999999"_s << u"page"_s;
    QTest::newRow("no rows") << u"perPage=0"_s << u"perPage"_s;
    QTest::newRow("broken rows") << u"perPage=1.5"_s << u"perPage"_s;
    QTest::newRow("filter field") << u"filterField=description&filter=a"_s << u"filterField"_s;
}

void SandboxListTest::whatIsNotKnownIsRefused()
{
    QFETCH(QString, query);
    for (const QString &path : {m_largest, u"/applications"_s}) {
        const SandboxReply reply = m_client->get(path + u'?' + query);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.errorType(), u"Validation"_s);
        QTEST(reply.faultyFields().value(0), "field");
        if (haveSchemas())
            QCOMPARE(schemaProblem(u"validationErrors"_s, reply.body), QString());
    }
}

void SandboxListTest::flagsOfTheOfficialClientsChangeNothing()
{
    const QString flags = u"?_actions=false&_links=true&_embedded=true&losantdomain=example.com"_s;
    QCOMPARE(m_client->get(m_largest + flags).body, m_client->get(m_largest).body);
}

void SandboxListTest::idsAreTakenInAnyCase()
{
    const QString id = m_client->get(m_largest).column("id"_L1).front();
    const QStringList parts = m_largest.split(u'/');
    const SandboxReply reply =
        m_client->get(u"/applications/%1/credentials/%2"_s.arg(parts[2].toUpper(), id.toUpper()));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["id"_L1].toString(), id);
}

void SandboxListTest::unknownApplicationsAndCredentialsAreNotFound()
{
    const QString nobody = u"0123456789abcdef01234567"_s;
    const QStringList paths = {"/applications/"_L1 + nobody,
                               "/applications/"_L1 + nobody + "/credentials"_L1,
                               u"/applications/x/credentials"_s,
                               m_largest + u'/' + nobody,
                               m_largest + "/x"_L1,
                               m_largest + u'/' + nobody + "/linkedResources"_L1};
    for (const QString &path : paths) {
        const SandboxReply reply = m_client->get(path);
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.errorType(), u"NotFound"_s);
        QVERIFY(!reply.json()["message"_L1].toString().isEmpty());
        if (haveSchemas())
            QCOMPARE(schemaProblem(u"error"_s, reply.body), QString());
    }
}

void SandboxListTest::samplesHaveAllTypesAndBothStates()
{
    QSet<QString> types;
    QSet<QString> states;
    const QString path = m_client->application(u"Demo"_s) + "/credentials"_L1;
    const SandboxReply reply = m_client->get(path);
    for (const QString &type : reply.column("type"_L1))
        types.insert(type);
    for (const QString &state : reply.column("enabled"_L1))
        states.insert(state);
    QCOMPARE(types.size(), 16);
    QCOMPARE(states, (QSet<QString>{u"true"_s, u"false"_s}));
}

void SandboxListTest::sampleNamesAreUnique()
{
    const SampleData samples(12, 100'000, 0);
    for (const SandboxApplication &application : samples.applications()) {
        QSet<QString> names;
        QSet<QByteArray> ids;
        for (const SandboxCredential &credential : samples.credentials(application)) {
            names.insert(credential.name);
            ids.insert(credential.id);
        }
        QCOMPARE(names.size(), application.sampleCredentials);
        QCOMPARE(ids.size(), application.sampleCredentials);
    }
}

void SandboxListTest::samplesOfEveryApplicationAreValid()
{
    if (!haveSchemas())
        QSKIP("CREDENZA_SCHEMAS names no folder of the API's schemas");
    for (const QString &id : m_client->get(u"/applications"_s).column("id"_L1)) {
        for (int page = 0; page < 2; ++page) {
            const SandboxReply reply =
                m_client->get(u"/applications/%1/credentials?perPage=100&page=%2"_s.arg(id).arg(page));
            QCOMPARE(schemaProblem(u"credentials"_s, reply.body), QString());
            if (reply.items().isEmpty())
                break;
            const SandboxReply one = m_client->get(
                u"/applications/%1/credentials/%2"_s.arg(id, reply.items()[0]["id"_L1].toString()));
            QCOMPARE(one.json(), reply.items()[0].toObject());
            QCOMPARE(schemaProblem(u"credential"_s, one.body), QString());
        }
    }
}

void SandboxListTest::samplesAreTheSameOnEveryStart()
{
    const SandboxServer other;
    SandboxClient client(other.url(), other.token());
    QCOMPARE(client.get(u"/applications"_s).body, m_client->get(u"/applications"_s).body);
    QCOMPARE(client.get(m_largest + "?perPage=1000"_L1).body,
             m_client->get(m_largest + "?perPage=1000"_L1).body);
    QVERIFY(other.token() != m_server->token());
}

void SandboxListTest::sampleDatesLieInThePast()
{
    const QDateTime today(QDateTime::currentDateTimeUtc().date(), QTime(0, 0), Qt::UTC);
    const QStringList created =
        m_client->get(m_largest + "?perPage=1000&sortDirection=asc"_L1).column("creationDate"_L1) +
        m_client->get(m_largest).column("creationDate"_L1);
    QVERIFY(QDateTime::fromString(created.front(), Qt::ISODateWithMs).daysTo(today) > 4 * 365);
    QVERIFY(QDateTime::fromString(created[1000], Qt::ISODateWithMs).daysTo(today) <= 2);
    for (const QJsonValue item : m_client->get(m_largest + "?perPage=1000"_L1).items()) {
        const QDateTime creation =
            QDateTime::fromString(item["creationDate"_L1].toString(), Qt::ISODateWithMs);
        const QDateTime update = QDateTime::fromString(item["lastUpdated"_L1].toString(), Qt::ISODateWithMs);
        QVERIFY(creation.isValid() && update.isValid());
        QVERIFY(creation <= update);
        QVERIFY(update <= today);
    }
}

void SandboxListTest::globsMatchWholeTexts_data()
{
    QTest::addColumn<QString>("glob");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMatch");
    QTest::newRow("nothing in nothing") << u""_s << u""_s << true;
    QTest::newRow("a star is anything") << u"*"_s << u""_s << true;
    QTest::newRow("stars are anything") << u"**"_s << u"abc"_s << true;
    QTest::newRow("a question mark is one") << u"a?c"_s << u"a?c"_s << true;
    QTest::newRow("a question mark is no wildcard") << u"a?c"_s << u"abc"_s << false;
    QTest::newRow("a star is one, too") << u"a*c"_s << u"a*c"_s << true;
    QTest::newRow("back to an earlier star") << u"*ab*abc"_s << u"xababxabc"_s << true;
    QTest::newRow("end is missing") << u"a*b"_s << u"abc"_s << false;
    QTest::newRow("brackets are brackets") << u"[ab]"_s << u"a"_s << false;
    QTest::newRow("a backslash is one") << u"a\\*"_s << u"a\\b"_s << true;
}

void SandboxListTest::globsMatchWholeTexts()
{
    QFETCH(QString, glob);
    QFETCH(QString, text);
    QTEST(globMatches(glob, text), "isMatch");
}

QTEST_GUILESS_MAIN(SandboxListTest)
#include "sandboxlisttest.moc"
