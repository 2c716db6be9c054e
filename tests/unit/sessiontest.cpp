// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session.h"

#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A server and the account that is signed in there.
class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyQuestionCarriesTheToken();
    void theAccountIsKnownOnceTheServerSaid();
    void anApplicationTokenBelongsToNobody();
    void aSessionKnowsItsServerAndWhetherItIsTheSandbox();
    void aSessionThatIsGoneIsNotAnswered();
    void aProfileThatWasChangedKeepsTheSignIn();
    void aTokenThatIsRefusedIsAskedForAnew();
    void anotherTokenForgetsThePages();
};

void SessionTest::everyQuestionCarriesTheToken()
{
    ScriptedServer server;
    server.otherwise({.body = R"({"items":[]})"});
    Session session(server.url(), "token-of-the-test", Session::Kind::Account);
    Heard<CredentialPage> credentials;
    Heard<ApplicationPage> applications;
    const auto first = session.credentials().list({.applicationId = u"1"_s}, credentials.listener());
    const auto second = session.applications().list(0, applications.listener());
    QVERIFY(credentials.wait() && applications.wait());
    for (const RecordedRequest &request : server.requests())
        QCOMPARE(request.header("Authorization"), "Bearer token-of-the-test"_ba);
    QCOMPARE(server.requests().size(), 2u);
}

void SessionTest::theAccountIsKnownOnceTheServerSaid()
{
    ScriptedServer server;
    server.otherwise({.body = R"({"id":"57","email":"ada@example.com"})"});
    Session session(server.url(), "t", Session::Kind::Account);
    QSignalSpy loaded(&session, &Session::accountChanged);
    QVERIFY(!session.account());
    session.loadAccount();
    QVERIFY(loaded.wait());
    QCOMPARE(session.account()->email, u"ada@example.com"_s);
    QCOMPARE(server.request(0).path(), "/me"_ba);
}

void SessionTest::anApplicationTokenBelongsToNobody()
{
    ScriptedServer server;
    server.otherwise({.status = 403});
    Session session(server.url(), "t", Session::Kind::Account);
    QSignalSpy loaded(&session, &Session::accountChanged);
    session.loadAccount();
    QTRY_COMPARE(server.requests().size(), 1u);
    VERIFY_HOLDS_FOR(50ms, loaded.empty() && !session.account());
}

void SessionTest::aSessionKnowsItsServerAndWhetherItIsTheSandbox()
{
    const QUrl url(u"https://api.losant.com"_s);
    QVERIFY(Session(url, {}, Session::Kind::Sandbox).isSandbox());
    QVERIFY(!Session(url, {}, Session::Kind::Account).isSandbox());
    QCOMPARE(Session(url, {}, Session::Kind::Account).server(), url);
}

void SessionTest::aSessionThatIsGoneIsNotAnswered()
{
    ScriptedServer server;
    server.otherwise({.body = "{}", .delay = 10ms});
    for (const int wait : {0, 5, 9, 10, 11, 20}) {
        auto session = std::make_unique<Session>(server.url(), "t", Session::Kind::Account);
        session->loadAccount();
        QTest::qWait(wait);
        session.reset(); // the sanitizers would see an answer that reaches it
        QTest::qWait(20);
    }
}

void SessionTest::aProfileThatWasChangedKeepsTheSignIn()
{
    ScriptedServer server;
    server.otherwise({.body = R"({"items":[]})"});
    const Session session(server.url(), "token-of-the-test", Session::Kind::Account);
    Profile changed = session.profile();
    changed.isReadOnly = true;

    const auto reopened = session.reopened(changed);

    QVERIFY(reopened->profile().isReadOnly);
    Heard<ApplicationPage> heard;
    const auto call = reopened->applications().list(0, heard.listener());
    QVERIFY(heard.wait());
    QCOMPARE(server.request(0).header("Authorization"), "Bearer token-of-the-test"_ba);
}

void SessionTest::aTokenThatIsRefusedIsAskedForAnew()
{
    ScriptedServer server;
    server.handle([](const RecordedRequest &request) {
        return ScriptedReply{.status = request.header("Authorization") == "Bearer new" ? 200 : 401,
                             .body = R"({"items":[]})"};
    });
    Session session(server.url(), "old", Session::Kind::Account);
    session.awaitTokens();
    QSignalSpy refused(&session, &Session::tokenRefused);
    Heard<ApplicationPage> heard;
    const auto call = session.applications().list(0, heard.listener());
    QVERIFY(refused.wait());
    session.setToken("new", std::nullopt);
    QVERIFY(heard.wait());
    QVERIFY(heard.isSuccess());
}

void SessionTest::anotherTokenForgetsThePages()
{
    ScriptedServer server;
    server.otherwise({.body = R"({"items":[{}]})"});
    Session session(server.url(), "old", Session::Kind::Account);
    Heard<CredentialPage> heard;
    const auto call = session.pages().list({.applicationId = u"1"_s}, heard.listener());
    QVERIFY(heard.wait());
    QVERIFY(session.pages().find({.applicationId = u"1"_s}));
    session.setToken("new", std::nullopt);
    QVERIFY(!session.pages().find({.applicationId = u"1"_s}));
}

QTEST_GUILESS_MAIN(SessionTest)
#include "sessiontest.moc"
