// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxclient.h"
#include "sandbox/sampledata.h"
#include "sandbox/sandboxserver.h"
#include "support/schemacheck.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView kinds[] = {"integrations"_L1, "flows"_L1, "flowVersions"_L1};

int totalOf(const SandboxReply &reply)
{
    int total = 0;
    for (const QLatin1StringView kind : kinds)
        total += reply.json()[kind]["totalCount"_L1].toInt();
    return total;
}

} // namespace

/// What uses a sample, and who may ask.
class SandboxLinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void linkedResourcesAreThreeCollections();
    void aCredentialOfManyWorkflowsNamesThemAll();
    void aCredentialCanBeUsedByNothing();
    void aListCanBeIncomplete();
    void versionsComeInBothShapes();
    void whatWasRenamedIsUsedByNothing();
    void anArchiveNamesItsCredentials();
    void eachActionNeedsAScope_data();
    void eachActionNeedsAScope();

private:
    SandboxReply links(const QString &name);
    /// The path of a credential.
    QString pathOf(const QString &name);

    QString m_credentials; ///< the path of those of the largest application
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

void SandboxLinksTest::init()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
    m_credentials = m_client->application(u"Plant floor"_s) + "/credentials"_L1;
}

QString SandboxLinksTest::pathOf(const QString &name)
{
    const SandboxReply reply = m_client->get(m_credentials + "?filterField=name&filter="_L1 +
                                             QString::fromLatin1(QUrl::toPercentEncoding(name)));
    return m_credentials + u'/' + reply.column("id"_L1).value(0);
}

SandboxReply SandboxLinksTest::links(const QString &name)
{
    return m_client->get(pathOf(name) + "/linkedResources"_L1);
}

void SandboxLinksTest::linkedResourcesAreThreeCollections()
{
    int found = 0;
    const QStringList ids =
        m_client->get(m_credentials + "?sortField=creationDate"_L1).column("id"_L1).first(48);
    for (const QString &id : ids) {
        const SandboxReply reply = m_client->get(m_credentials + u'/' + id + "/linkedResources"_L1);
        QCOMPARE(reply.status, 200);
        if (haveSchemas())
            QCOMPARE(schemaProblem(u"credentialLinkedResources"_s, reply.body), QString());
        for (const QLatin1StringView kind : kinds) {
            const QJsonObject list = reply.json()[kind].toObject();
            const QJsonArray items = list["items"_L1].toArray();
            QCOMPARE(list["count"_L1].toInt(-1), items.size());
            QVERIFY(list["totalCount"_L1].toInt(-1) >= items.size());
            for (const QJsonValue item : items) {
                ++found;
                QCOMPARE(item["id"_L1].toString().size(), 24);
                QVERIFY(kind == "integrations"_L1 || item["flowClass"_L1].isString());
                QVERIFY(kind == "flowVersions"_L1 || !item["name"_L1].toString().isEmpty());
            }
        }
    }
    QVERIFY(found > 0);
}

void SandboxLinksTest::aCredentialOfManyWorkflowsNamesThemAll()
{
    const SandboxReply reply = links(u"S3 archive"_s);
    QStringList names;
    QStringList ids;
    for (const QJsonValue flow : reply.json()["flows"_L1]["items"_L1].toArray()) {
        names += flow["name"_L1].toString();
        ids += flow["id"_L1].toString();
    }
    QCOMPARE(names.size(), 12);
    QCOMPARE(names.removeDuplicates(), 0);
    QCOMPARE(ids.removeDuplicates(), 0);
    QCOMPARE(reply.json()["flows"_L1]["totalCount"_L1].toInt(), 12);
    QCOMPARE(reply.json()["integrations"_L1]["count"_L1].toInt(), 2);
}

void SandboxLinksTest::aCredentialCanBeUsedByNothing()
{
    QCOMPARE(totalOf(links(u"ERP orders API"_s)), 0);
}

void SandboxLinksTest::aListCanBeIncomplete()
{
    const QJsonObject flows = links(u"Dashboard tokens"_s).json()["flows"_L1].toObject();
    QCOMPARE(flows["totalCount"_L1].toInt(), 40);
    QCOMPARE(flows["count"_L1].toInt(), 25);
}

void SandboxLinksTest::versionsComeInBothShapes()
{
    int named = 0;
    int plain = 0;
    for (const QJsonValue version : links(u"S3 archive"_s).json()["flowVersions"_L1]["items"_L1].toArray()) {
        QVERIFY(version["flowId"_L1].isString());
        const bool isOfExperience = version["flowClass"_L1] == "experience"_L1;
        QCOMPARE(version["name"_L1].isString(), isOfExperience);
        QCOMPARE(version["versions"_L1].isArray(), isOfExperience);
        QCOMPARE(version["version"_L1].isString(), !isOfExperience);
        ++(isOfExperience ? named : plain);
    }
    QVERIFY(named > 0);
    QVERIFY(plain > 0);
}

void SandboxLinksTest::whatWasRenamedIsUsedByNothing()
{
    const QString path = pathOf(u"S3 archive"_s);
    QVERIFY(totalOf(m_client->get(path + "/linkedResources"_L1)) > 0);
    QCOMPARE(m_client->patch(path, {{"name"_L1, u"S3 archive 2"_s}}).status, 200);
    QCOMPARE(totalOf(m_client->get(path + "/linkedResources"_L1)), 0);
    QCOMPARE(m_client->patch(path, {{"name"_L1, u"S3 archive"_s}}).status, 200);
    QVERIFY(totalOf(m_client->get(path + "/linkedResources"_L1)) > 0);
}

void SandboxLinksTest::anArchiveNamesItsCredentials()
{
    const SandboxReply plant = m_client->get(m_client->application(u"Plant floor"_s));
    const QJsonObject archive = plant.json()["archiveConfig"_L1].toObject();
    QCOMPARE(archive["credentialName"_L1].toString(), u"S3 archive"_s);
    const QString exported = archive["applicationExportOptions"_L1]["credentialName"_L1].toString();
    QCOMPARE(m_client->get(pathOf(exported)).json()["type"_L1].toString(), u"git"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"application"_s, plant.body), QString());
    QVERIFY(!m_client->get(m_client->application(u"Demo"_s)).json().contains("archiveConfig"_L1));
}

void SandboxLinksTest::eachActionNeedsAScope_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("tail");
    QTest::addColumn<QString>("scope");
    QTest::newRow("get") << QByteArray("GET") << QString() << u"credential.get"_s;
    QTest::newRow("change") << QByteArray("PATCH") << QString() << u"credential.patch"_s;
    QTest::newRow("delete") << QByteArray("DELETE") << QString() << u"credential.delete"_s;
    QTest::newRow("links") << QByteArray("GET") << u"/linkedResources"_s << u"credential.linkedResources"_s;
    QTest::newRow("change, bounded") << QByteArray("PATCH") << QString() << u"all.Application.bounded"_s;
    QTest::newRow("get, bounded") << QByteArray("GET") << QString() << u"all.Application.bounded"_s;
}

void SandboxLinksTest::eachActionNeedsAScope()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, tail);
    QFETCH(QString, scope);
    const QString path = pathOf(u"S3 archive"_s) + tail;
    const auto ask = [&](const QStringList &scopes) {
        QJsonObject body{{"email"_L1, u"ada@example.com"_s},
                         {"password"_L1, QString::fromLatin1(m_server->password())},
                         {"requestedScopes"_L1, QJsonArray::fromStringList(scopes)}};
        const SandboxReply signedIn = m_client->post(u"/auth/user"_s, body);
        m_client->setToken(signedIn.json()["token"_L1].toString().toLatin1());
        return m_client->ask(method, path, method == "PATCH" ? "{}" : "");
    };
    const QStringList others{u"credentials.get"_s, u"credentials.post"_s, u"application.get"_s};
    const SandboxReply refused = ask(others);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.errorType(), u"Forbidden"_s);
    QCOMPARE(ask(others + QStringList{scope}).status, 200);
}

QTEST_GUILESS_MAIN(SandboxLinksTest)
#include "sandboxlinkstest.moc"
