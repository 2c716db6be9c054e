// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apianswer.h"
#include "api/losantjson.h"
#include "api/transport.h"
#include "support/asking.h"
#include "support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;

namespace {

ApiAnswer answerOf(const QByteArray &body)
{
    return {.httpStatus = 200, .body = body};
}

QByteArray pageOf(int count, const QByteArray &item)
{
    QByteArray items;
    for (int i = 0; i < count; ++i)
        items += (i == 0 ? "" : ",") + item;
    return "{\"items\":[" + items + "],\"totalCount\":3}";
}

/// A server that begins each answer so and then sends the drop, again and again.
class DrippingServer : public QTcpServer
{
public:
    DrippingServer(const QByteArray &beginning, const QByteArray &drop)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("The server can't listen");
        connect(this, &QTcpServer::newConnection, this, [this, beginning, drop] {
            ++connectionCount;
            QTcpSocket *socket = nextPendingConnection();
            socket->write(beginning);
            auto *drip = new QTimer(socket);
            connect(drip, &QTimer::timeout, socket, [socket, drop] { socket->write(drop); });
            drip->start(20);
        });
    }

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort())); }

    int connectionCount = 0;
};

} // namespace

/// An answer has bounds, whatever a server sends: of items, depth, time, and of what it may ask for.
class AnswerBoundsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aPageHasAThousandItemsAtMost_data();
    void aPageHasAThousandItemsAtMost();
    void aPageOfMillionsOfItemsTakesNoMemory();
    void anIdIsOnePartOfAPath_data();
    void anIdIsOnePartOfAPath();
    void aPathOfDotsIsNotSent_data();
    void aPathOfDotsIsNotSent();
    void aDeepConfigurationIsReadAsFarAsItMayBe_data();
    void aDeepConfigurationIsReadAsFarAsItMayBe();
    void moreValuesThanAskedForAreCounted();
    void aConfigurationOfLongKeysIsReadAtOnce_data();
    void aConfigurationOfLongKeysIsReadAtOnce();
    void membersCanBeLeftOut();
    void aLargeErrorIsNotRead();
    void anErrorHasAHundredProblemsAtMost();
    void anAnswerThatTricklesEnds_data();
    void anAnswerThatTricklesEnds();
    void aRedirectThatTricklesIsNotFollowed();
    void headersThatNeverEndEnd();
    void noServerAsksForMoreThanADay_data();
    void noServerAsksForMoreThanADay();
    void anInterimAnswerIsNotTheAnswer_data();
    void anInterimAnswerIsNotTheAnswer();
    void theNextRequestAfterAnInterimAnswerHasItsOwn();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void AnswerBoundsTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
}

void AnswerBoundsTest::aPageHasAThousandItemsAtMost_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<bool>("isPage");
    QTest::newRow("1000") << 1000 << "{}"_ba << true;
    QTest::newRow("1001") << 1001 << "{}"_ba << false;
    QTest::newRow("1000 that are none") << 1000 << "0"_ba << true;
    QTest::newRow("1001 that are none") << 1001 << "null"_ba << false;
}

void AnswerBoundsTest::aPageHasAThousandItemsAtMost()
{
    QFETCH(int, count);
    QFETCH(QByteArray, item);
    QFETCH(bool, isPage);
    const ApiAnswer answer = answerOf(pageOf(count, item));
    const auto credentials = LosantJson::readCredentialPage(answer);
    QCOMPARE(credentials.has_value(), isPage);
    QCOMPARE(LosantJson::readApplicationPage(answer).has_value(), isPage);
    if (!isPage) {
        QCOMPARE(credentials.error().kind, Kind::Protocol);
        QVERIFY(credentials.error().technicalDetail.contains(u"1000"_s));
    }
}

void AnswerBoundsTest::aPageOfMillionsOfItemsTakesNoMemory()
{
    QByteArray body = "{\"items\":[{}";
    body.reserve(30'000'000);
    while (body.size() < 24'000'000)
        body += ",{}";
    body += "]}";
    QElapsedTimer time;
    time.start();
    QVERIFY(!LosantJson::readCredentialPage(answerOf(body)));
    QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
}

void AnswerBoundsTest::anIdIsOnePartOfAPath_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("of the platform") << u"575ec8687ae143cd83dc4a97"_s << true;
    QTest::newRow("of another") << u"an-id_2"_s << true;
    QTest::newRow("a blank") << u"a b"_s << true;
    QTest::newRow("dots in it") << u"a..b"_s << true;
    QTest::newRow("beyond ASCII") << u"ä"_s << true;
    for (const QString &id : {u"."_s, u".."_s, u"../x"_s, u"a/b"_s, u"a%2fb"_s, u"a?b"_s, u"a#b"_s,
                              u"a\\\\b"_s, u"a\\u0000b"_s, u"%2e%2e"_s, u"..;"_s})
        QTest::newRow(qPrintable(id)) << id << false;
}

void AnswerBoundsTest::anIdIsOnePartOfAPath()
{
    QFETCH(QString, id);
    QFETCH(bool, isTaken);
    const ApiAnswer answer = answerOf("{\"items\":[{\"id\":\"" + id.toUtf8() + "\",\"name\":\"n\"}]}");
    const auto applications = LosantJson::readApplicationPage(answer);
    QVERIFY(applications);
    QCOMPARE(applications->items[0].id, isTaken ? id : QString());
    QCOMPARE(applications->items[0].name, u"n"_s);
    const auto credentials = LosantJson::readCredentialPage(answer);
    QCOMPARE(credentials->items[0].id, isTaken ? id : QString());
}

void AnswerBoundsTest::aPathOfDotsIsNotSent_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("here") << u"."_s;
    QTest::newRow("above") << u".."_s;
}

void AnswerBoundsTest::aPathOfDotsIsNotSent()
{
    QFETCH(QString, id);
    const Answer answer = answerTo(*m_transport, {.path = apiPath({u"applications", id, u"credentials"})});
    QCOMPARE(answer.error().kind, Kind::Unsendable);
    QVERIFY(m_server->requests().empty());
}

void AnswerBoundsTest::aDeepConfigurationIsReadAsFarAsItMayBe_data()
{
    QTest::addColumn<int>("depth");
    for (const int depth : {1, 32, 33, 1000, 100'000, 2'000'000})
        QTest::addRow("%d", depth) << depth;
}

void AnswerBoundsTest::aDeepConfigurationIsReadAsFarAsItMayBe()
{
    QFETCH(int, depth);
    const QByteArray config =
        "{\"a\":1,\"b\":" + QByteArray("{\"a\":").repeated(depth) + "2" + QByteArray(depth, '}') + "}";
    const auto [values, count] = LosantJson::readConfig(config);
    // All of it, or nothing where the parser gives up; never a crash.
    if (!values.empty()) {
        QCOMPARE(count, 2);
        QCOMPARE(values[0].text, u"1"_s);
        QVERIFY(values[1].key.count(u'.') <= LosantJson::maxConfigDepth);
        QVERIFY(depth > LosantJson::maxConfigDepth - 1 || values[1].text == u"2"_s);
    } else {
        QVERIFY(depth > 500);
    }
}

void AnswerBoundsTest::moreValuesThanAskedForAreCounted()
{
    const auto read = LosantJson::readConfig(R"({"a":1,"b":{"c":2,"d":null},"e":3,"f":"x"})", 2);
    QCOMPARE(read.count, 4);
    QCOMPARE(int(read.values.size()), 2);
    QCOMPARE(read.values[1].key, u"b.c"_s);
}

void AnswerBoundsTest::aConfigurationOfLongKeysIsReadAtOnce_data()
{
    QTest::addColumn<QByteArray>("config");
    const auto around = [](int keySize, const QByteArray &members) -> QByteArray {
        return "{\"" + QByteArray(keySize, 'k') + "\":{" + members + "}}";
    };
    const QByteArray one = "\"a\":1,";
    const QByteArray none = "\"a\":{},";
    const auto many = [](const QByteArray &member, int count) {
        QByteArray members = member.repeated(count);
        members.chop(1);
        return members;
    };
    QTest::newRow("values below a key of 8 MiB") << around(8 * 1024 * 1024, many(one, 500));
    QTest::newRow("objects below a key of 8 MiB") << around(8 * 1024 * 1024, many(none, 500'000));
    QTest::newRow("objects below a key of 900") << around(900, many(none, 1'000'000));
    QTest::newRow("a list of many") << QByteArray("{\"x\":[" + many("1,", 4'000'000) + "]}");
    QTest::newRow("a list of objects") << QByteArray("{\"x\":[" + many("{\"a\":[]},", 1'000'000) + "]}");
}

void AnswerBoundsTest::aConfigurationOfLongKeysIsReadAtOnce()
{
    QFETCH(QByteArray, config);
    QVERIFY(config.size() <= LosantJson::maxConfigSize);
    QElapsedTimer time;
    time.start();
    const auto read = LosantJson::readConfig(config, 500);
    const qint64 taken = time.elapsed();
    qsizetype size = 0;
    for (const auto &value : read.values)
        size += value.key.size();
    QVERIFY2(size <= config.size(), qPrintable(QString::number(size)));
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
    QVERIFY2(taken < 200, qPrintable(QString::number(taken)));
#else
    QVERIFY2(taken < 5000, qPrintable(QString::number(taken)));
#endif
}

void AnswerBoundsTest::membersCanBeLeftOut()
{
    const QByteArray config =
        R"({"a":1,"a":"two","n":null,"secret":"S","o":{"secret":{"x":"S"},"b":[1, 2]},"l":["S"],"e":"\u00e9"})";
    const QByteArray copy = LosantJson::configWithout(config, [](const QString &key, QByteArrayView value) {
        return key == u"secret"_s || value.startsWith("[\"S\"");
    });
    QVERIFY2(!copy.contains('S'), copy.constData());
    QCOMPARE(QByteArray(copy).replace('\n', ""),
             R"({"a": 1,"a": "two","n": null,"o": {"b": [1, 2]},"e": "\u00e9"})"_ba);
    QCOMPARE(LosantJson::configWithout("{", [](const QString &, QByteArrayView) { return false; }),
             QByteArray());
}

void AnswerBoundsTest::aLargeErrorIsNotRead()
{
    const QByteArray small = "{\"message\":\"m\"}";
    QCOMPARE(LosantJson::readError(small).serverMessage, u"m"_s);
    QCOMPARE(LosantJson::readError(small + QByteArray(LosantJson::maxErrorSize, ' ')).serverMessage,
             QString());
}

void AnswerBoundsTest::anErrorHasAHundredProblemsAtMost()
{
    QByteArray problems;
    for (int i = 0; i < 500; ++i)
        problems += (i == 0 ? "" : ",") + "{\"name\":\"name\",\"message\":\"m\"}"_ba;
    const ApiError error = LosantJson::readError("{\"validationErrors\":[" + problems + "]}");
    QCOMPARE(error.fieldProblems.size(), LosantJson::maxFieldProblems);
}

void AnswerBoundsTest::anAnswerThatTricklesEnds_data()
{
    QTest::addColumn<bool>("isPost");
    QTest::newRow("GET") << false;
    QTest::newRow("POST") << true;
}

void AnswerBoundsTest::anAnswerThatTricklesEnds()
{
    QFETCH(bool, isPost);
    const DrippingServer server("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{", " ");
    Transport transport(server.url());
    transport.setStallTimeout(500ms);
    transport.setAnswerTimeout(1500ms);
    QElapsedTimer time;
    time.start();

    const Answer answer = answerTo(transport, isPost ? postRequest() : getRequest());

    QCOMPARE(answer.error().kind, Kind::Timeout);
    QVERIFY(!answer.error().technicalDetail.isEmpty());
    QVERIFY2(time.elapsed() >= 1400 && time.elapsed() < 4000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(server.connectionCount, 1); // it would trickle again
}

void AnswerBoundsTest::aRedirectThatTricklesIsNotFollowed()
{
    const DrippingServer server("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 1000000\r\n\r\n{",
                                " ");
    Transport transport(server.url());
    transport.setAnswerTimeout(500ms);
    const Answer answer = answerTo(transport, getRequest());
    QCOMPARE(answer.error().kind, Kind::Timeout);
    QCOMPARE(server.connectionCount, 1);
}

void AnswerBoundsTest::headersThatNeverEndEnd()
{
    const DrippingServer server("HTTP/1.1 200 OK\r\n", "X-More: x\r\n");
    Transport transport(server.url());
    transport.setStallTimeout(500ms);
    const Answer answer = answerTo(transport, postRequest());
    QCOMPARE(answer.error().kind, Kind::Timeout);
}

void AnswerBoundsTest::noServerAsksForMoreThanADay_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<std::chrono::seconds>("expected");
    QTest::newRow("a minute") << "60"_ba << std::chrono::seconds(60);
    QTest::newRow("a day") << "86400"_ba << std::chrono::seconds(86400);
    QTest::newRow("more") << "86401"_ba << std::chrono::seconds(86400);
    QTest::newRow("the largest number") << "9223372036854775807"_ba << std::chrono::seconds(86400);
    QTest::newRow("a larger number") << "99999999999999999999999"_ba << std::chrono::seconds(86400);
    QTest::newRow("the year 9999") << "Fri, 31 Dec 9999 23:59:59 GMT"_ba << std::chrono::seconds(86400);
    QTest::newRow("the year 1970") << "Thu, 01 Jan 1970 00:00:00 GMT"_ba << std::chrono::seconds(0);
}

void AnswerBoundsTest::noServerAsksForMoreThanADay()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(std::chrono::seconds, expected);
    m_server->otherwise({.status = 429, .headers = {{"Retry-After", retryAfter}}});
    const Answer answer = answerTo(*m_transport, postRequest());
    QCOMPARE(answer.error().kind, Kind::Throttled);
    QVERIFY(answer.error().retryAfter == expected);
}

void AnswerBoundsTest::anInterimAnswerIsNotTheAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("102") << 102;
    QTest::newRow("103") << 103;
}

void AnswerBoundsTest::anInterimAnswerIsNotTheAnswer()
{
    QFETCH(int, status);
    m_server->answer({.raw = "HTTP/1.1 " + QByteArray::number(status) + " Wait\r\n\r\n"});
    m_server->otherwise({.body = "\"whole\""});

    const Answer get = answerTo(*m_transport, getRequest());
    QVERIFY2(get.isSuccess(), qPrintable(get.error().technicalDetail));
    QCOMPARE(get.value().body, "\"whole\"");

    m_server->answer({.raw = "HTTP/1.1 " + QByteArray::number(status) + " Wait\r\n\r\n"});
    const Answer post = answerTo(*m_transport, postRequest());
    QCOMPARE(post.error().kind, Kind::Protocol);
    QCOMPARE(post.error().httpStatus, status);
    QCOMPARE(m_server->count("POST"), 1);
}

void AnswerBoundsTest::theNextRequestAfterAnInterimAnswerHasItsOwn()
{
    m_server->answer(
        {.raw = "HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n\"other\""});
    m_server->otherwise({.body = "\"own\""});
    const Answer post = answerTo(*m_transport, postRequest());
    QVERIFY(!post.isSuccess());

    const Answer get = answerTo(*m_transport, getRequest());

    QVERIFY(get.isSuccess());
    QCOMPARE(get.value().body, "\"own\"");
}

QTEST_GUILESS_MAIN(AnswerBoundsTest)
#include "answerboundstest.moc"
