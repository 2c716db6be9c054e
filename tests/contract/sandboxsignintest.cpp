// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/sandboxbodies.h"
#include "contract/sandboxclient.h"
#include "sandbox/sandboxserver.h"
#include "support/schemacheck.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class SandboxSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void nothingIsAnsweredWithoutAValidToken_data();
    void nothingIsAnsweredWithoutAValidToken();
    void theTokenAskedForIsTheOneThatCounts();
    void meIsTheSandboxUser();
    void anAccountSignsInWithItsPassword();
    void thePasswordIsAnotherEachTime();
    void aPasswordMayBeChosen();
    void twoFactorWantsItsCode();
    void aLockedAccountSaysSo();
    void anAccountLocksAfterFiveWrongTries();
    void aBrokenSignInIsRefused_data();
    void aBrokenSignInIsRefused();
    void aTokenExpiresWhenItWasAskedTo();
    void aTokenSaysWhenItExpires();
    void aTokenDoesNoMoreThanItsScopes();
    void theScopesOfTheProgramAreEnoughForIt();
    void anSsoDomainIsAnsweredWithItsRequest();
    void otherDomainsHaveNoContent();
    void anSsoQuestionWithoutAnEmailIsRefused();

private:
    QJsonObject account(const QString &email) const
    {
        return {{"email"_L1, email}, {"password"_L1, QString::fromLatin1(m_server->password())}};
    }

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

void SandboxSignInTest::init()
{
    m_server = std::make_unique<SandboxServer>();
    m_client = std::make_unique<SandboxClient>(m_server->url(), m_server->token());
}

void SandboxSignInTest::nothingIsAnsweredWithoutAValidToken_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("me") << QByteArray("GET") << u"/me"_s;
    QTest::newRow("applications") << QByteArray("GET") << u"/applications"_s;
    QTest::newRow("an application") << QByteArray("GET") << u"/applications/1"_s;
    QTest::newRow("credentials") << QByteArray("GET") << u"/applications/1/credentials"_s;
    QTest::newRow("a create") << QByteArray("POST") << u"/applications/1/credentials"_s;
    QTest::newRow("a credential") << QByteArray("GET") << u"/applications/1/credentials/2"_s;
    QTest::newRow("a change") << QByteArray("PATCH") << u"/applications/1/credentials/2"_s;
    QTest::newRow("a deletion") << QByteArray("DELETE") << u"/applications/1/credentials/2"_s;
    QTest::newRow("links") << QByteArray("GET") << u"/applications/1/credentials/2/linkedResources"_s;
}

void SandboxSignInTest::nothingIsAnsweredWithoutAValidToken()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    for (const QByteArray &token : {QByteArray(), QByteArray("wrong"), QByteArray(m_server->token() + "0"),
                                    m_server->token().chopped(1)}) {
        m_client->setToken(token);
        const SandboxReply reply = m_client->ask(method, path);
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.errorType(), u"Unauthorized"_s);
        QVERIFY(!reply.json()["message"_L1].toString().isEmpty());
        if (haveSchemas())
            QCOMPARE(schemaProblem(u"error"_s, reply.body), QString());
    }
}

void SandboxSignInTest::theTokenAskedForIsTheOneThatCounts()
{
    const SandboxServer server({.token = "mine"});
    QCOMPARE(server.token(), QByteArray("mine"));
    SandboxClient client(server.url(), "mine");
    QCOMPARE(client.get(u"/me"_s).status, 200);
    client.setToken(m_server->token());
    QCOMPARE(client.get(u"/me"_s).status, 401);
    QVERIFY(m_server->token().size() >= 32);
}

void SandboxSignInTest::meIsTheSandboxUser()
{
    const SandboxReply reply = m_client->get(u"/me"_s);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["email"_L1].toString(), u"ada@example.com"_s);
    QVERIFY(!reply.json()["fullName"_L1].toString().isEmpty());
    QCOMPARE(reply.json()["id"_L1].toString().size(), 24);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"me"_s, reply.body), QString());
}

void SandboxSignInTest::anAccountSignsInWithItsPassword()
{
    m_client->setToken({});
    const SandboxReply reply = m_client->post(u"/auth/user"_s, account(u"Ada@Example.com"_s));
    QCOMPARE(reply.status, 200);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"authedUser"_s, reply.body), QString());
    m_client->setToken(reply.json()["token"_L1].toString().toLatin1());
    QCOMPARE(m_client->get(u"/me"_s).json()["id"_L1], reply.json()["userId"_L1]);
    const QByteArrayList parts = reply.json()["token"_L1].toString().toLatin1().split('.');
    QCOMPARE(parts.size(), 3);
    const QJsonObject claims =
        QJsonDocument::fromJson(QByteArray::fromBase64(parts[1], QByteArray::Base64UrlEncoding)).object();
    QVERIFY(!claims.isEmpty());
    QVERIFY(!claims.contains("exp"_L1));

    QJsonObject wrong = account(u"ada@example.com"_s);
    wrong["password"_L1] = u"not-the-password"_s;
    const SandboxReply refused = m_client->post(u"/auth/user"_s, wrong);
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.errorType(), u"Unauthorized"_s);
    const SandboxReply unknown = m_client->post(u"/auth/user"_s, account(u"nobody@example.com"_s));
    QCOMPARE(unknown.status, 401);
    QCOMPARE(unknown.body, refused.body);
}

void SandboxSignInTest::thePasswordIsAnotherEachTime()
{
    const SandboxServer other;
    QVERIFY(m_server->password().size() >= 20);
    QVERIFY(m_server->password() != other.password());
    for (const QString &password : {QString::fromLatin1(other.password()), u"sandbox-password"_s}) {
        QJsonObject body = account(u"ada@example.com"_s);
        body["password"_L1] = password;
        QCOMPARE(m_client->post(u"/auth/user"_s, body).status, 401);
    }
}

void SandboxSignInTest::aPasswordMayBeChosen()
{
    const SandboxServer server({.password = "correct horse"});
    QCOMPARE(server.password(), QByteArray("correct horse"));
    SandboxClient client(server.url(), {});
    QJsonObject body = account(u"ada@example.com"_s);
    QCOMPARE(client.post(u"/auth/user"_s, body).status, 401);
    body["password"_L1] = u"correct horse"_s;
    QCOMPARE(client.post(u"/auth/user"_s, body).status, 200);
}

void SandboxSignInTest::twoFactorWantsItsCode()
{
    QJsonObject body = account(u"grace@example.com"_s);
    const SandboxReply without = m_client->post(u"/auth/user"_s, body);
    QCOMPARE(without.status, 401);
    QCOMPARE(without.errorType(), u"Unauthorized"_s);
    body["twoFactorCode"_L1] = u"000000"_s;
    QCOMPARE(m_client->post(u"/auth/user"_s, body).status, 401);
    body["twoFactorCode"_L1] = u"123456"_s;
    const SandboxReply reply = m_client->post(u"/auth/user"_s, body);
    QCOMPARE(reply.status, 200);
    m_client->setToken(reply.json()["token"_L1].toString().toLatin1());
    QCOMPARE(m_client->get(u"/me"_s).json()["email"_L1].toString(), u"grace@example.com"_s);
    QCOMPARE(m_client->get(u"/me"_s).json()["twoFactorAuthEnabled"_L1], QJsonValue(true));
}

void SandboxSignInTest::aLockedAccountSaysSo()
{
    const SandboxReply reply = m_client->post(u"/auth/user"_s, account(u"locked@example.com"_s));
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorType(), u"AccountLocked"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"error"_s, reply.body), QString());
}

void SandboxSignInTest::anAccountLocksAfterFiveWrongTries()
{
    QJsonObject wrong = account(u"ada@example.com"_s);
    wrong["password"_L1] = u"not-the-password"_s;
    for (int tries = 0; tries < 5; ++tries)
        QCOMPARE(m_client->post(u"/auth/user"_s, wrong).errorType(), u"Unauthorized"_s);
    QCOMPARE(m_client->post(u"/auth/user"_s, account(u"ada@example.com"_s)).errorType(), u"AccountLocked"_s);
    QCOMPARE(m_client->get(u"/me"_s).status, 200);
}

void SandboxSignInTest::aBrokenSignInIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("no email") << u"email"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no address") << u"email"_s << QJsonValue(u"ada"_s);
    QTest::newRow("no password") << u"password"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("short password") << u"password"_s << QJsonValue(u"1234567"_s);
    QTest::newRow("long password") << u"password"_s << QJsonValue(u"x"_s.repeated(2049));
    QTest::newRow("code is a number") << u"twoFactorCode"_s << QJsonValue(123456);
    QTest::newRow("negative life") << u"tokenTTL"_s << QJsonValue(-1);
    QTest::newRow("half a second of life") << u"tokenTTL"_s << QJsonValue(0.5);
    QTest::newRow("life as a text") << u"tokenTTL"_s << QJsonValue(u"86400"_s);
    QTest::newRow("scopes are a text") << u"requestedScopes"_s << QJsonValue(u"all.User"_s);
    QTest::newRow("no scope") << u"requestedScopes"_s << QJsonValue(QJsonArray{u"everything please"_s});
    QTest::newRow("a scope twice") << u"requestedScopes"_s
                                   << QJsonValue(QJsonArray{u"me.get"_s, u"me.get"_s});
    QTest::newRow("unknown key") << u"remember"_s << QJsonValue(true);
}

void SandboxSignInTest::aBrokenSignInIsRefused()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject body = account(u"ada@example.com"_s);
    if (value.isUndefined())
        body.remove(key);
    else
        body[key] = value;
    const SandboxReply reply = m_client->post(u"/auth/user"_s, body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.faultyFields(), QStringList{key});
}

void SandboxSignInTest::aTokenExpiresWhenItWasAskedTo()
{
    QJsonObject body = account(u"ada@example.com"_s);
    body["tokenTTL"_L1] = 1;
    const QByteArray token = m_client->post(u"/auth/user"_s, body).json()["token"_L1].toString().toLatin1();
    m_client->setToken(token);
    QCOMPARE(m_client->get(u"/me"_s).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->get(u"/me"_s).status, 401, 3000);
}

void SandboxSignInTest::aTokenSaysWhenItExpires()
{
    QJsonObject body = account(u"ada@example.com"_s);
    for (const int days : {1, 30}) {
        body["tokenTTL"_L1] = days * 86'400;
        const QByteArray token =
            m_client->post(u"/auth/user"_s, body).json()["token"_L1].toString().toLatin1();
        const QJsonObject claims =
            QJsonDocument::fromJson(
                QByteArray::fromBase64(token.split('.').at(1), QByteArray::Base64UrlEncoding))
                .object();
        QCOMPARE(claims["exp"_L1].toInteger() - claims["iat"_L1].toInteger(), days * 86'400);
    }
}

void SandboxSignInTest::aTokenDoesNoMoreThanItsScopes()
{
    const QString application = m_client->application(u"Demo"_s);
    const QString credentials = application + "/credentials"_L1;
    QJsonObject body = account(u"ada@example.com"_s);
    body["requestedScopes"_L1] = QJsonArray{u"credentials.get"_s};
    m_client->setToken(m_client->post(u"/auth/user"_s, body).json()["token"_L1].toString().toLatin1());
    QCOMPARE(m_client->get(credentials).status, 200);
    for (const QString &path : {u"/me"_s, u"/applications"_s, application})
        QCOMPARE(m_client->get(path).status, 403);
    const SandboxReply reply = m_client->post(credentials, sampleBody(u"aws"_s).body(u"a"_s));
    QCOMPARE(reply.status, 403);
    QCOMPARE(reply.errorType(), u"Forbidden"_s);
}

void SandboxSignInTest::theScopesOfTheProgramAreEnoughForIt()
{
    const QString application = m_client->application(u"Demo"_s);
    QJsonObject body = account(u"ada@example.com"_s);
    body["requestedScopes"_L1] = QJsonArray{u"applications.get"_s,
                                            u"application.get"_s,
                                            u"credentials.get"_s,
                                            u"credentials.post"_s,
                                            u"credential.get"_s,
                                            u"credential.patch"_s,
                                            u"credential.delete"_s,
                                            u"credential.linkedResources"_s,
                                            u"me.get"_s};
    m_client->setToken(m_client->post(u"/auth/user"_s, body).json()["token"_L1].toString().toLatin1());
    for (const QString &path :
         {u"/me"_s, u"/applications"_s, application, QString(application + "/credentials"_L1)})
        QCOMPARE(m_client->get(path).status, 200);
    const SandboxReply created =
        m_client->post(application + "/credentials"_L1, sampleBody(u"aws"_s).body(u"a"_s));
    QCOMPARE(created.status, 201);
    const QString credential = application + "/credentials/"_L1 + created.json()["id"_L1].toString();
    for (const QString &path : {credential, QString(credential + "/linkedResources"_L1)})
        QCOMPARE(m_client->get(path).status, 200);
    QCOMPARE(m_client->ask("PATCH", credential, R"({"enabled":false})").status, 200);
    QCOMPARE(m_client->ask("DELETE", credential).status, 200);
}

void SandboxSignInTest::anSsoDomainIsAnsweredWithItsRequest()
{
    m_client->setToken({});
    const SandboxReply reply = m_client->get(u"/auth/ssoDomain?email=someone%40sso.example.com"_s);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["ssoType"_L1].toString(), u"SAML"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"ssoRequest"_s, reply.body), QString());
}

void SandboxSignInTest::otherDomainsHaveNoContent()
{
    for (const char *email : {"ada@example.com", "nobody@elsewhere.example", "a%2Bb@example.com"}) {
        const SandboxReply reply = m_client->get("/auth/ssoDomain?email="_L1 + QLatin1String(email));
        QCOMPARE(reply.status, 204);
        QVERIFY(reply.body.isEmpty());
        QVERIFY(!reply.headers.contains("content-length"));
    }
}

void SandboxSignInTest::anSsoQuestionWithoutAnEmailIsRefused()
{
    for (const char *query : {"", "?email=", "?email=ada"}) {
        const SandboxReply reply = m_client->get("/auth/ssoDomain"_L1 + QLatin1String(query));
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.faultyFields(), QStringList{u"email"_s});
    }
}

QTEST_GUILESS_MAIN(SandboxSignInTest)
#include "sandboxsignintest.moc"
