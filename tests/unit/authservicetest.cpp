// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/authservice.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

/// Signing in with an e-mail address.
class AuthServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void signingInAsksOnceForATokenOfFewScopes();
    void everyTokenThatIsAskedForEnds();
    void aCodeIsSentOnlyIfThereIsOne();
    void noTokenGoesAlong();
    void theAnswerHoldsTheToken();
    void anAnswerWithoutATokenIsNone_data();
    void anAnswerWithoutATokenIsNone();
    void aRefusalKeepsTheServersTypeAndMessage();
    void aRefusalAwaitsNoToken();
    void aReaderAsksForNothingThatWrites();

    void singleSignOnIsAskedByAddress();
    void singleSignOnIsToldFromNone_data();
    void singleSignOnIsToldFromNone();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

namespace {

PasswordSignIn ada()
{
    return {.email = u"ada@example.com"_s,
            .password = u"a \"password\" ü"_s,
            .scopes = AuthService::scopes(false),
            .tokenLifetime = AuthService::tokenLifetime(true)};
}

} // namespace

void AuthServiceTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->otherwise({.body = R"({"userId":"57","token":"eyJ.x.y"})"});
    m_transport = std::make_unique<Transport>(m_server->url());
}

void AuthServiceTest::signingInAsksOnceForATokenOfFewScopes()
{
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(ada(), heard.listener());
    QVERIFY(heard.wait());

    QCOMPARE(m_server->requests().size(), 1U);
    QCOMPARE(m_server->request(0).method, "POST"_ba);
    QCOMPARE(m_server->request(0).path(), "/auth/user"_ba);
    const QJsonObject body = QJsonDocument::fromJson(m_server->request(0).body).object();
    QCOMPARE(body,
             (QJsonObject{{u"email"_s, u"ada@example.com"_s},
                          {u"password"_s, u"a \"password\" ü"_s},
                          {u"requestedScopes"_s,
                           QJsonArray{u"applications.get"_s, u"application.get"_s, u"credentials.get"_s,
                                      u"credential.get"_s, u"credential.linkedResources"_s, u"me.get"_s,
                                      u"credentials.post"_s, u"credential.patch"_s, u"credential.delete"_s}},
                          {u"tokenTTL"_s, 30 * 24 * 3600}}));
}

void AuthServiceTest::everyTokenThatIsAskedForEnds()
{
    PasswordSignIn signIn = ada();
    for (const auto &[lifetime, seconds] :
         {std::pair(PasswordSignIn().tokenLifetime, 86'400), // of who does not say
          std::pair(std::chrono::seconds(AuthService::tokenLifetime(false)), 86'400),
          std::pair(std::chrono::seconds(AuthService::tokenLifetime(true)), 2'592'000)}) {
        m_server->forget();
        signIn.tokenLifetime = lifetime;
        Heard<SignedIn> heard;
        const auto call = AuthService(*m_transport).signIn(signIn, heard.listener());
        QVERIFY(heard.wait());
        const QJsonObject body = QJsonDocument::fromJson(m_server->request(0).body).object();
        QCOMPARE(body[u"tokenTTL"_s], QJsonValue(seconds));
    }
}

void AuthServiceTest::aCodeIsSentOnlyIfThereIsOne()
{
    PasswordSignIn with = ada();
    with.twoFactorCode = u"123456"_s;
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(with, heard.listener());
    QVERIFY(heard.wait());
    const QJsonObject body = QJsonDocument::fromJson(m_server->request(0).body).object();
    QCOMPARE(body[u"twoFactorCode"_s].toString(), u"123456"_s);
}

void AuthServiceTest::noTokenGoesAlong()
{
    m_transport->setToken("of-another-session");
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(ada(), heard.listener());
    QVERIFY(heard.wait());
    QVERIFY(m_server->request(0).header("Authorization").isEmpty());
}

void AuthServiceTest::theAnswerHoldsTheToken()
{
    m_server->otherwise({.body = R"({"needsToVerifyEmail":true,"new":[1],"token":"eyJ.x.y","userId":"57"})"});
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(ada(), heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.value().token, "eyJ.x.y"_ba);
    QVERIFY(heard.value().needsToVerifyEmail);
}

void AuthServiceTest::anAnswerWithoutATokenIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no token") << "{\"userId\":\"57\"}"_ba;
    QTest::newRow("an empty one") << "{\"token\":\"\"}"_ba;
    QTest::newRow("of another type") << "{\"token\":7}"_ba;
    QTest::newRow("a list") << "[\"token\"]"_ba;
    QTest::newRow("a login page") << "<html><form>token</form></html>"_ba;
    QTest::newRow("nothing") << ""_ba;
}

void AuthServiceTest::anAnswerWithoutATokenIsNone()
{
    QFETCH(QByteArray, body);
    m_server->otherwise({.body = body});
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(ada(), heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, ApiError::Kind::Protocol);
}

void AuthServiceTest::aRefusalKeepsTheServersTypeAndMessage()
{
    m_server->otherwise({.status = 401, .body = R"({"type":"AccountLocked","message":"Too many tries."})"});
    Heard<SignedIn> heard;
    const auto call = AuthService(*m_transport).signIn(ada(), heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, ApiError::Kind::Unauthorized);
    QCOMPARE(heard.error().serverType, u"AccountLocked"_s);
    QCOMPARE(heard.error().serverMessage, u"Too many tries."_s);
}

void AuthServiceTest::aRefusalAwaitsNoToken()
{
    m_transport->setToken("abc");
    m_transport->setAwaitsToken(true);
    QSignalSpy refused(m_transport.get(), &Transport::tokenRefused);
    m_server->otherwise({.status = 401});
    AuthService service(*m_transport);
    Heard<SignedIn> signedIn;
    const auto signIn = service.signIn(ada(), signedIn.listener());
    QVERIFY(signedIn.wait(2000));
    QCOMPARE(signedIn.error().kind, ApiError::Kind::Unauthorized);
    Heard<bool> told;
    const auto singleSignOn = service.isSingleSignOn(u"ada@example.com"_s, told.listener());
    QVERIFY(told.wait(2000));
    QCOMPARE(told.error().kind, ApiError::Kind::Unauthorized);
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(refused.size(), 0);
}

void AuthServiceTest::aReaderAsksForNothingThatWrites()
{
    for (const QString &scope : AuthService::scopes(true))
        QVERIFY2(scope.endsWith(".get"_L1) || scope == "credential.linkedResources"_L1, qPrintable(scope));
}

void AuthServiceTest::singleSignOnIsAskedByAddress()
{
    Heard<bool> heard;
    const auto call = AuthService(*m_transport).isSingleSignOn(u"ada+test&x@example.com"_s, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(m_server->request(0).method, "GET"_ba);
    QCOMPARE(m_server->request(0).path(), "/auth/ssoDomain"_ba);
    QCOMPARE(m_server->request(0).parameter(u"email"_s), u"ada+test&x@example.com"_s);
    QVERIFY(!m_server->request(0).target.contains('+'));
}

void AuthServiceTest::singleSignOnIsToldFromNone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("answer"); // -1: none
    QTest::newRow("by SAML") << 200 << R"({"ssoType":"SAML","ssoRequest":"https://sso"})"_ba << 1;
    QTest::newRow("with a password") << 204 << ""_ba << 0;
    QTest::newRow("nothing of the kind") << 200 << "{}"_ba << -1;
    QTest::newRow("a login page") << 200 << "<html>"_ba << -1;
}

void AuthServiceTest::singleSignOnIsToldFromNone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, answer);
    m_server->otherwise({.status = status, .body = body});
    Heard<bool> heard;
    const auto call = AuthService(*m_transport).isSingleSignOn(u"ada@example.com"_s, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(heard.isSuccess() ? int(heard.value()) : -1, answer);
}

QTEST_GUILESS_MAIN(AuthServiceTest)
#include "authservicetest.moc"
