// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/logrecorder.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QTest>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// Which calls are sent again, how often and when, and which redirects are followed.
class ApiRetryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }
    void init();

    void aGetIsTriedThreeTimesAtMost();
    void aGetThatFindsNobodyIsTriedThreeTimes();
    void aGetThatStallsIsTriedThreeTimes();
    void aStallIsCountedFromTheLastByte();
    void aGetThatSucceedsAtLastIsASuccess();
    void otherRefusalsAreNotTriedAgain_data();
    void otherRefusalsAreNotTriedAgain();
    void aPostIsNeverTriedAgain();
    void thePauseGrowsAndIsNeverTheSame();
    void noAttemptIsSoonerThanRetryAfter();
    void aServerThatAsksForTooMuchPatienceIsNotAskedAgain_data();
    void aServerThatAsksForTooMuchPatienceIsNotAskedAgain();
    void aRetryAfterThatCannotBeReadCountsAsNone_data();
    void aRetryAfterThatCannotBeReadCountsAsNone();
    void aPostThatIsThrottledTellsWhenToTryAgain();
    void theAnswerIsThatOfTheLastAttemptAlone();

    void aGetFollowsRedirectsWithinItsOrigin_data();
    void aGetFollowsRedirectsWithinItsOrigin();
    void aSixthRedirectIsNotFollowed();
    void aRedirectToAnotherOriginIsNotFollowed_data();
    void aRedirectToAnotherOriginIsNotFollowed();
    void aRedirectOutOfTlsIsNotFollowed();
    void aPostFollowsNoRedirect_data();
    void aPostFollowsNoRedirect();

private:
    static QByteArray httpDate(const QDateTime &date)
    {
        return QLocale::c().toString(date.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void ApiRetryTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
}

void ApiRetryTest::aGetIsTriedThreeTimesAtMost()
{
    m_server->handle([](const RecordedRequest &request) {
        return ScriptedReply{.status = request.path().mid(1).toInt()};
    });
    const std::map<int, Kind> kinds{{500, Kind::Server},
                                    {502, Kind::Server},
                                    {599, Kind::Server},
                                    {408, Kind::Server},
                                    {429, Kind::Throttled}};
    std::map<int, Heard<ApiAnswer>> heard;
    std::vector<PendingCall> calls;
    for (const auto &[status, kind] : kinds) {
        calls.emplace_back(
            new ApiCall(*m_transport, getRequest(u"/%1"_s.arg(status)), heard[status].listener()));
    }
    for (const auto &[status, kind] : kinds) {
        QVERIFY(heard[status].wait());
        QCOMPARE(heard[status].error().kind, kind);
        QCOMPARE(heard[status].count, 1);
    }
    QCOMPARE(m_server->count("GET"), 3 * int(kinds.size()));
}

void ApiRetryTest::aGetThatFindsNobodyIsTriedThreeTimes()
{
    m_server->close();
    const LogRecorder log(u"credenza.api.debug=true"_s);
    const Answer heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Offline);
    QCOMPARE(log.lines().filter(u"GET /applications"_s).size(), 3);
}

void ApiRetryTest::aGetThatStallsIsTriedThreeTimes()
{
    m_transport->setStallTimeout(100ms);
    m_server->otherwise({.way = Way::Stall});
    const Answer heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Timeout);
    QCOMPARE(m_server->count("GET"), 3);

    // A connection that the server never takes up is no different.
    m_server->stopAccepting();
    Transport another(m_server->url());
    another.setStallTimeout(100ms);
    QCOMPARE(answerTo(another, getRequest()).error().kind, Kind::Timeout);
}

void ApiRetryTest::aStallIsCountedFromTheLastByte()
{
    m_transport->setStallTimeout(300ms);
    m_server->answer({.delay = 200ms});
    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());

    m_server->answer({.body = "{}    ", .way = Way::StallInBody});
    m_server->answer({.delay = 10ms});
    const Answer heard = answerTo(*m_transport, getRequest());
    QVERIFY(heard.isSuccess());
    QCOMPARE(m_server->count("GET"), 3);
}

void ApiRetryTest::aGetThatSucceedsAtLastIsASuccess()
{
    m_server->answer({.status = 503});
    m_server->answer({.status = 429});
    m_server->answer({.body = "[1]"});
    const Answer heard = answerTo(*m_transport, getRequest());
    QVERIFY(heard.isSuccess());
    QCOMPARE(heard.value().body, "[1]"_ba);
    QCOMPARE(m_server->count("GET"), 3);
    QCOMPARE(m_server->request(0).target, m_server->request(2).target);
}

void ApiRetryTest::otherRefusalsAreNotTriedAgain_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 405, 409, 413, 304})
        QTest::addRow("%d", status) << status;
}

void ApiRetryTest::otherRefusalsAreNotTriedAgain()
{
    QFETCH(int, status);
    m_server->otherwise({.status = status, .headers = {{"Retry-After", "0"}}});
    QVERIFY(!answerTo(*m_transport, getRequest()).isSuccess());
    QCOMPARE(m_server->count("GET"), 1);
}

void ApiRetryTest::aPostIsNeverTriedAgain()
{
    for (const int status : {408, 429, 500, 503}) {
        m_server->forget();
        m_server->answer({.status = status, .headers = {{"Retry-After", "0"}}});
        QVERIFY(!answerTo(*m_transport, postRequest()).isSuccess());
        VERIFY_HOLDS_FOR(100ms, m_server->requests().size() == 1);
    }
}

void ApiRetryTest::thePauseGrowsAndIsNeverTheSame()
{
    // Ten calls at once: their pauses must spread, or a server that comes back is overrun.
    std::vector<std::vector<qint64>> times(10);
    QElapsedTimer timer;
    timer.start();
    m_server->handle([&](const RecordedRequest &request) {
        times[std::size_t(request.path().mid(1).toInt())].push_back(timer.elapsed());
        return ScriptedReply{.status = 500};
    });
    std::vector<Heard<ApiAnswer>> heard(times.size());
    std::vector<PendingCall> calls;
    for (std::size_t i = 0; i < times.size(); ++i)
        calls.emplace_back(new ApiCall(*m_transport, getRequest(u"/%1"_s.arg(i)), heard[i].listener()));
    for (auto &one : heard)
        QVERIFY(one.wait());
    std::vector<qint64> firstPauses;
    for (const auto &attempts : times) {
        QCOMPARE(attempts.size(), 3u);
        const qint64 first = attempts[1] - attempts[0], second = attempts[2] - attempts[1];
        QVERIFY2(first >= 249 && first < 650, qPrintable(QString::number(first)));
        QVERIFY2(second >= 499 && second < 1150, qPrintable(QString::number(second)));
        firstPauses.push_back(first);
    }
    std::ranges::sort(firstPauses);
    QVERIFY(firstPauses.back() - firstPauses.front() > 20);
}

void ApiRetryTest::noAttemptIsSoonerThanRetryAfter()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime aheadNow = now.addSecs(3600);
    std::vector<ScriptedReply> refusals{
        {.status = 429, .headers = {{"Retry-After", "2"}}},
        {.status = 503, .headers = {{"Retry-After", "2"}}},
        {.status = 429, .headers = {{"Retry-After", httpDate(now.addSecs(2))}, {"Date", httpDate(now)}}},
        // A server whose clock is an hour ahead.
        {.status = 503,
         .headers = {{"Retry-After", httpDate(aheadNow.addSecs(2))}, {"Date", httpDate(aheadNow)}}},
    };
    for (int i = 0; i < 12; ++i)
        refusals.push_back(refusals[0]);
    QElapsedTimer timer;
    timer.start();
    std::vector<std::vector<qint64>> times(refusals.size());
    m_server->handle([&](const RecordedRequest &request) {
        const std::size_t index = request.path().mid(1).toUInt();
        times[index].push_back(timer.elapsed());
        return times[index].size() == 1 ? refusals[index] : ScriptedReply{};
    });
    std::vector<Heard<ApiAnswer>> heard(refusals.size());
    std::vector<PendingCall> calls;
    for (std::size_t i = 0; i < refusals.size(); ++i) {
        calls.emplace_back(new ApiCall(*m_transport, getRequest(u"/%1"_s.arg(i)), heard[i].listener()));
        QTest::qWait(37); // a timer that rounds does so by the time of day
    }
    for (std::size_t i = 0; i < refusals.size(); ++i) {
        QVERIFY(heard[i].wait());
        QVERIFY(heard[i].isSuccess());
        QCOMPARE(times[i].size(), 2u);
        const qint64 pause = times[i][1] - times[i][0];
        QVERIFY2(pause >= 1990 && pause < 3500, qPrintable(QString::number(pause)));
    }
}

void ApiRetryTest::aServerThatAsksForTooMuchPatienceIsNotAskedAgain_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<qint64>("seconds");
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QTest::newRow("31 seconds") << "31"_ba << qint64(31);
    QTest::newRow("a day") << "86400"_ba << qint64(86400);
    QTest::newRow("a date") << httpDate(now.addSecs(120)) << qint64(120);
    QTest::newRow("for ever") << QByteArray::number(std::numeric_limits<qlonglong>::max()) << qint64(86400);
}

void ApiRetryTest::aServerThatAsksForTooMuchPatienceIsNotAskedAgain()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(qint64, seconds);
    m_server->otherwise({.status = 429, .headers = {{"Retry-After", retryAfter}}});
    QElapsedTimer timer;
    timer.start();
    const ApiError error = answerTo(*m_transport, getRequest()).error();
    QVERIFY(timer.elapsed() < 240);
    QCOMPARE(error.kind, Kind::Throttled);
    QVERIFY(error.retryAfter);
    QVERIFY(error.retryAfter->count() <= seconds && error.retryAfter->count() > seconds - 5);
    QCOMPARE(m_server->count("GET"), 1);
}

void ApiRetryTest::aRetryAfterThatCannotBeReadCountsAsNone_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("words") << "soon"_ba;
    QTest::newRow("negative") << "-10"_ba;
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("a date that was") << httpDate(QDateTime::currentDateTimeUtc().addDays(-1));
    QTest::newRow("a date that never was") << "Mon, 30 Feb 2026 00:00:00 GMT"_ba;
}

void ApiRetryTest::aRetryAfterThatCannotBeReadCountsAsNone()
{
    QFETCH(QByteArray, retryAfter);
    m_server->answer({.status = 503, .headers = {{"Retry-After", retryAfter}}});
    m_server->answer({});
    QElapsedTimer timer;
    timer.start();
    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QVERIFY(timer.elapsed() >= 249 && timer.elapsed() < 700);
}

void ApiRetryTest::aPostThatIsThrottledTellsWhenToTryAgain()
{
    m_server->answer({.status = 429, .headers = {{"Retry-After", "7"}}});
    const ApiError error = answerTo(*m_transport, postRequest()).error();
    QCOMPARE(error.kind, Kind::Throttled);
    QCOMPARE(error.retryAfter, std::optional(7s));
}

void ApiRetryTest::theAnswerIsThatOfTheLastAttemptAlone()
{
    m_transport->setStallTimeout(100ms);
    m_server->answer({.body = "first attempt, which stalls", .way = Way::StallInBody});
    m_server->answer({.body = "second"});
    QCOMPARE(answerTo(*m_transport, getRequest()).value().body, "second"_ba);
}

void ApiRetryTest::aGetFollowsRedirectsWithinItsOrigin_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void ApiRetryTest::aGetFollowsRedirectsWithinItsOrigin()
{
    QFETCH(int, status);
    m_transport->setToken("of-this-test");
    for (int i = 0; i < 4; ++i)
        m_server->answer({.status = status, .headers = {{"Location", "/next"}}});
    m_server->answer(
        {.status = status, .headers = {{"Location", m_server->url().toEncoded() + "/last?x=1"}}});
    m_server->answer({.body = "there"});
    const Answer heard = answerTo(*m_transport, getRequest());
    QVERIFY(heard.isSuccess());
    QCOMPARE(heard.value().body, "there"_ba);
    QCOMPARE(m_server->count("GET"), 6);
    QCOMPARE(m_server->request(5).target, "/last?x=1"_ba);
    QCOMPARE(m_server->request(5).header("Authorization"), "Bearer of-this-test"_ba);
}

void ApiRetryTest::aSixthRedirectIsNotFollowed()
{
    m_server->otherwise({.status = 302, .headers = {{"Location", "/round"}}});
    const ApiError error = answerTo(*m_transport, getRequest()).error();
    QCOMPARE(error.kind, Kind::Protocol);
    QCOMPARE(error.httpStatus, 302);
    QCOMPARE(m_server->count("GET"), 6);
}

void ApiRetryTest::aRedirectToAnotherOriginIsNotFollowed_data()
{
    QTest::addColumn<QString>("location");
    QTest::newRow("another port") << u"http://127.0.0.1:%1/x"_s;
    QTest::newRow("another host") << u"http://localhost:%1/x"_s;
    QTest::newRow("no scheme") << u"//localhost:%1/x"_s;
    QTest::newRow("another scheme") << u"https://127.0.0.1:%1/x"_s;
}

void ApiRetryTest::aRedirectToAnotherOriginIsNotFollowed()
{
    QFETCH(QString, location);
    ScriptedServer other;
    other.otherwise(ScriptedReply{});
    m_transport->setToken("of-this-test");
    m_server->otherwise(
        {.status = 302, .headers = {{"Location", location.arg(other.serverPort()).toLatin1()}}});
    const ApiError error = answerTo(*m_transport, getRequest()).error();
    QCOMPARE(error.kind, Kind::Protocol);
    VERIFY_HOLDS_FOR(100ms, m_server->count("GET") == 1 && other.connectionCount() == 0);
}

void ApiRetryTest::aRedirectOutOfTlsIsNotFollowed()
{
    ScriptedServer secure(ScriptedServer::Security::Tls), plain;
    Transport transport(secure.url());
    transport.setToken("of-this-test");
    const QByteArray path = ":" + QByteArray::number(plain.serverPort()) + "/x";
    for (const QByteArray &location : {"http://127.0.0.1"_ba, "http://localhost"_ba, "//localhost"_ba}) {
        for (const ApiRequest &request : {getRequest(), postRequest()}) {
            secure.forget();
            secure.otherwise({.status = 307, .headers = {{"Location", location + path}}});
            const ApiError error = answerTo(transport, request).error();
            QCOMPARE(error.kind, Kind::Protocol);
            QCOMPARE(error.httpStatus, 307);
            QVERIFY(error.technicalDetail.endsWith(QString::fromLatin1(path)));
            QCOMPARE(secure.requests().size(), 1U);
            QCOMPARE(secure.request(0).header("Authorization"), "Bearer of-this-test"_ba);
        }
    }
    VERIFY_HOLDS_FOR(100ms, plain.connectionCount() == 0);
}

void ApiRetryTest::aPostFollowsNoRedirect_data()
{
    aGetFollowsRedirectsWithinItsOrigin_data();
}

void ApiRetryTest::aPostFollowsNoRedirect()
{
    QFETCH(int, status);
    m_server->otherwise({.status = status, .headers = {{"Location", "/next"}}});
    const ApiError error = answerTo(*m_transport, postRequest()).error();
    QCOMPARE(error.kind, Kind::Protocol);
    QCOMPARE(error.httpStatus, status);
    VERIFY_HOLDS_FOR(50ms, m_server->requests().size() == 1);
}

QTEST_GUILESS_MAIN(ApiRetryTest)
#include "apiretrytest.moc"
