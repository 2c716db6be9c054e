// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/http2server.h"
#include "support/kindname.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A server may close a connection that nobody uses whenever it likes: who asks next sees nothing of it.
class IdleConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }

    void overHttp2_data();
    void overHttp2();
    void overHttp1_data();
    void overHttp1();
    void inTheBackgroundToo();
    void onceOnly_data();
    void onceOnly();
    void aPostIsNotSentAgain_data() { onceOnly_data(); }
    void aPostIsNotSentAgain();
};

void IdleConnectionTest::overHttp2_data()
{
    using Way = Http2Server::Way;
    QTest::addColumn<bool>("goesAway");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("isSeen");
    QTest::addColumn<Way>("next");
    for (const bool isSeen : {true, false}) {
        const char *when = isSeen ? "before" : "while it is asked";
        QTest::addRow("GOAWAY %s", when) << true << false << isSeen << Way::Answer;
        QTest::addRow("GOAWAY and closed %s", when) << true << true << isSeen << Way::Answer;
        QTest::addRow("closed %s", when) << false << true << isSeen << Way::Answer;
    }
    QTest::addRow("closed once the headers are there") << false << false << true << Way::CloseAtOnce;
    QTest::addRow("closed before the answer") << false << false << true << Way::CloseBefore;
    QTest::addRow("GOAWAY instead of the answer") << false << false << true << Way::GoAway;
    QTest::addRow("stream refused") << false << false << true << Way::Refuse;
}

void IdleConnectionTest::overHttp2()
{
    QFETCH(bool, goesAway);
    QFETCH(bool, closes);
    QFETCH(bool, isSeen);
    Http2Server server;
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    QCOMPARE(server.connectionCount(), 1);
    if (goesAway)
        server.goAway();
    if (closes)
        server.closeConnections();
    if (isSeen)
        QTest::qWait(50);
    QFETCH(Http2Server::Way, next);
    if (next != Http2Server::Way::Answer)
        server.answerNext(next);
    QElapsedTimer time;
    time.start();

    const Answer answer = answerTo(transport, getRequest());

    QVERIFY2(answer.isSuccess(), qPrintable(answer.error().technicalDetail));
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    QVERIFY(server.count("GET") <= 3);
}

void IdleConnectionTest::overHttp1_data()
{
    using Way = ScriptedReply::Way;
    QTest::addColumn<ScriptedServer::Security>("security");
    QTest::addColumn<bool>("isSeen");
    QTest::addColumn<Way>("next");
    for (const auto security : {ScriptedServer::Security::None, ScriptedServer::Security::Tls}) {
        const char *over = security == ScriptedServer::Security::None ? "plain" : "TLS";
        QTest::addRow("%s, closed before", over) << security << true << Way::Whole;
        QTest::addRow("%s, closed while it is asked", over) << security << false << Way::Whole;
        QTest::addRow("%s, closed once the headers are there", over) << security << true << Way::CloseAtOnce;
        QTest::addRow("%s, closed before the answer", over) << security << true << Way::CloseBefore;
        QTest::addRow("%s, reset before the answer", over) << security << true << Way::ResetBefore;
    }
}

void IdleConnectionTest::overHttp1()
{
    QFETCH(ScriptedServer::Security, security);
    QFETCH(bool, isSeen);
    QFETCH(ScriptedReply::Way, next);
    ScriptedServer server(security);
    server.otherwise({});
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    if (next == ScriptedReply::Way::Whole)
        server.closeConnections();
    else
        server.answer({.way = next});
    if (isSeen)
        QTest::qWait(50);
    QElapsedTimer time;
    time.start();

    const Answer answer = answerTo(transport, getRequest());

    QVERIFY2(answer.isSuccess(), qPrintable(answer.error().technicalDetail));
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    QVERIFY(server.count("GET") <= 3);
}

void IdleConnectionTest::inTheBackgroundToo()
{
    Http2Server server;
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    server.answerNext(Http2Server::Way::GoAway);
    ApiRequest request = getRequest();
    request.priority = ApiRequest::Priority::Background;

    QVERIFY(answerTo(transport, request).isSuccess());
}

void IdleConnectionTest::onceOnly_data()
{
    using Way = Http2Server::Way;
    using Kind = ApiError::Kind;
    QTest::addColumn<Way>("way");
    QTest::addColumn<Kind>("kind");
    QTest::addRow("closed once the headers are there") << Way::CloseAtOnce << Kind::Offline;
    QTest::addRow("closed before the answer") << Way::CloseBefore << Kind::Offline;
    QTest::addRow("GOAWAY") << Way::GoAway << Kind::Offline;
    QTest::addRow("stream refused") << Way::Refuse << Kind::Protocol;
}

void IdleConnectionTest::onceOnly()
{
    QFETCH(Http2Server::Way, way);
    Http2Server server;
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    server.answer(way);
    const int before = server.count("GET");

    const Answer answer = answerTo(transport, getRequest());

    QTEST(answer.error().kind, "kind");
    QVERIFY(server.count("GET") - before <= 4);
}

void IdleConnectionTest::aPostIsNotSentAgain()
{
    QFETCH(Http2Server::Way, way);
    Http2Server server;
    Transport transport(server.url());
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    server.answerNext(way);

    QVERIFY(!answerTo(transport, postRequest()).isSuccess());

    VERIFY_HOLDS_FOR(100ms, server.count("POST") == 1);
}

QTEST_GUILESS_MAIN(IdleConnectionTest)
#include "idleconnectiontest.moc"
