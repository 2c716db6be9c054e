// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"

#include "support/asking.h"
#include "support/http2server.h"
#include "support/logrecorder.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

const QByteArray userAgent = "Credenza/" CREDENZA_VERSION;

/// In the code of RFC 7541, appendix B, as far as the program's name and version need it.
QByteArray huffman(const QByteArray &text)
{
    const std::map<char, QByteArray> codes = {
        {'0', "00000"},  {'1', "00001"},  {'2', "00010"},   {'3', "011001"}, {'4', "011010"},
        {'5', "011011"}, {'6', "011100"}, {'7', "011101"},  {'8', "011110"}, {'9', "011111"},
        {'.', "010111"}, {'/', "011000"}, {'C', "1011110"}, {'r', "101100"}, {'e', "00101"},
        {'d', "100100"}, {'n', "101010"}, {'z', "1111011"}, {'a', "00011"}};
    QByteArray bits;
    for (const char c : text)
        bits += codes.at(c);
    while (bits.size() % 8 != 0)
        bits += '1';
    QByteArray bytes;
    for (qsizetype i = 0; i < bits.size(); i += 8)
        bytes += char(bits.mid(i, 8).toInt(nullptr, 2));
    return bytes;
}

} // namespace

/// What goes over the wire with every request, and what of it into the log.
class TransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aGetSendsWhatEveryRequestNeeds();
    void whatHasABodySendsItAndSaysWhatItIs();
    void aDeleteHasNoBody();
    void everyRequestLeavesOutExtras();
    void everyRequestNamesTheProgramAndNothingOfTheMachine();
    void everyRequestOverHttp2NamesTheProgram();
    void theTokenStaysAwayFromSigningIn();
    void withoutATokenNoneIsSent();
    void theDomainOfThePrivateInstanceIsSentIfThereIsOne();
    void thePathOfTheBaseUrlStaysInFront_data();
    void thePathOfTheBaseUrlStaysInFront();
    void anyPartOfAPathArrivesAsItWas();
    void anyParameterArrivesAsItWas();
    void onlyHttpsOrThisMachineIsAllowed_data();
    void onlyHttpsOrThisMachineIsAllowed();
    void theLogSaysWhatWasAskedAndNoMore();
    void theLogCountsAllBytesOfTheBody_data();
    void theLogCountsAllBytesOfTheBody();
    void noSecretIsEverLogged_data();
    void noSecretIsEverLogged();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void TransportTest::initTestCase()
{
    TestCertificate::trust();
}

void TransportTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->otherwise(ScriptedReply{});
    m_transport = std::make_unique<Transport>(m_server->url());
}

void TransportTest::aGetSendsWhatEveryRequestNeeds()
{
    m_transport->setToken("abc.def.ghi");
    ApiRequest request = getRequest();
    request.query.addQueryItem(u"page"_s, u"2"_s);
    QVERIFY(answerTo(*m_transport, request).isSuccess());
    const RecordedRequest &sent = m_server->request(0);
    QCOMPARE(sent.method, "GET"_ba);
    QCOMPARE(sent.path(), "/applications"_ba);
    QCOMPARE(sent.header("Accept"), "application/json"_ba);
    QCOMPARE(sent.header("Accept-Version"), "^1.30.0"_ba);
    QCOMPARE(sent.header("Authorization"), "Bearer abc.def.ghi"_ba);
    QVERIFY(sent.header("Content-Type").isEmpty());
    QVERIFY(sent.body.isEmpty());
    QCOMPARE(sent.parameter(u"page"_s), u"2"_s);
}

void TransportTest::whatHasABodySendsItAndSaysWhatItIs()
{
    for (const ApiRequest &request : {postRequest("{\"name\":\"ä\"}"), patchRequest("{\"name\":\"ä\"}")}) {
        m_server->forget();
        QVERIFY(answerTo(*m_transport, request).isSuccess());
        const RecordedRequest &sent = m_server->request(0);
        QCOMPARE(sent.method, QByteArray(methodName(request.method)));
        QCOMPARE(sent.header("Content-Type"), "application/json"_ba);
        QCOMPARE(sent.header("Content-Length"), "13"_ba);
        QCOMPARE(sent.body, QByteArray("{\"name\":\"ä\"}"));
    }
}

void TransportTest::aDeleteHasNoBody()
{
    QVERIFY(answerTo(*m_transport, deleteRequest()).isSuccess());
    const RecordedRequest &sent = m_server->request(0);
    QCOMPARE(sent.method, "DELETE"_ba);
    QVERIFY(sent.header("Content-Type").isEmpty());
    QVERIFY(sent.body.isEmpty());
}

void TransportTest::everyRequestLeavesOutExtras()
{
    ApiRequest signIn = postRequest();
    signIn.path = u"/auth/user"_s;
    std::vector<ApiRequest> requests = allRequests();
    requests.push_back(signIn);
    for (const ApiRequest &request : requests) {
        m_server->forget();
        QVERIFY(answerTo(*m_transport, request).isSuccess());
        for (const QString &extra : {u"_actions"_s, u"_links"_s, u"_embedded"_s})
            QCOMPARE(m_server->request(0).parameter(extra), u"false"_s);
    }
}

void TransportTest::everyRequestNamesTheProgramAndNothingOfTheMachine()
{
    ApiRequest background = getRequest();
    background.priority = ApiRequest::Priority::Background;
    ApiRequest signIn = postRequest();
    signIn.carriesToken = false;
    for (const ApiRequest &request :
         {getRequest(), postRequest(), patchRequest(), deleteRequest(), background, signIn}) {
        m_server->forget();
        QVERIFY(answerTo(*m_transport, request).isSuccess());
        QCOMPARE(m_server->request(0).header("User-Agent"), userAgent);
        QCOMPARE(m_server->wire().toLower().count("user-agent"), 1);
        QVERIFY(!m_server->wire().contains("Mozilla"));
    }
    m_server->forget();
    m_server->answer({.status = 302, .headers = {{"Location", "/elsewhere"}}});
    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QCOMPARE(m_server->requests().size(), 2U);
    QCOMPARE(m_server->request(1).header("User-Agent"), userAgent);
}

void TransportTest::everyRequestOverHttp2NamesTheProgram()
{
    const QByteArray name = huffman(userAgent);
    // Field 58 of the static table, user-agent, with a value that later requests refer to.
    const QByteArray field = QByteArray("\x7a") + char(0x80 | name.size()) + name;
    for (const ApiRequest &request : {getRequest(), postRequest()}) {
        Http2Server server;
        Transport transport(server.url());
        QVERIFY(answerTo(transport, request).isSuccess());
        QCOMPARE(server.requests().size(), 1U);
        QVERIFY2(server.requests()[0].headers.contains(field), server.requests()[0].headers.toHex());
    }
}

void TransportTest::theTokenStaysAwayFromSigningIn()
{
    m_transport->setToken("abc");
    QVERIFY(answerTo(*m_transport, {.path = u"/auth/ssoDomain"_s, .carriesToken = false}).isSuccess());
    QVERIFY(m_server->request(0).header("Authorization").isEmpty());
    QVERIFY(!m_server->wire().contains("abc"));
}

void TransportTest::withoutATokenNoneIsSent()
{
    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QVERIFY(m_server->request(0).header("Authorization").isEmpty());
}

void TransportTest::theDomainOfThePrivateInstanceIsSentIfThereIsOne()
{
    Transport transport(Connection{.server = m_server->url(), .losantDomain = u"iot.example.com"_s});
    QVERIFY(answerTo(transport, getRequest()).isSuccess());
    QCOMPARE(m_server->request(0).header("losantdomain"), "iot.example.com"_ba);

    QVERIFY(answerTo(*m_transport, getRequest()).isSuccess());
    QVERIFY(m_server->request(1).header("losantdomain").isEmpty());
}

void TransportTest::thePathOfTheBaseUrlStaysInFront_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("none") << u""_s << "/me"_ba;
    QTest::newRow("a slash") << u"/"_s << "/me"_ba;
    QTest::newRow("a folder") << u"/api"_s << "/api/me"_ba;
    QTest::newRow("a folder and a slash") << u"/api/"_s << "/api/me"_ba;
    QTest::newRow("an encoded one") << u"/a%2Fb%20c"_s << "/a%2Fb%20c/me"_ba;
}

void TransportTest::thePathOfTheBaseUrlStaysInFront()
{
    QFETCH(QString, base);
    Transport transport(QUrl(m_server->url().toString() + base));
    QVERIFY(answerTo(transport, getRequest(u"/me"_s)).isSuccess());
    QTEST(m_server->request(0).path(), "path");
}

void TransportTest::anyPartOfAPathArrivesAsItWas()
{
    for (const QString &part : {u"575ec76c7ae143cd83dc4a96"_s, u"a b"_s, u"a/b"_s, u"a?b=c#d"_s, u"100%"_s,
                                u"%2F"_s, u"..%2f"_s, u"ä仓😀"_s, u"+&="_s, u"a\nb"_s}) {
        m_server->forget();
        QVERIFY(answerTo(*m_transport, getRequest(apiPath({u"x", part, u"y"}))).isSuccess());
        const QList<QByteArray> parts = m_server->request(0).path().split('/');
        QCOMPARE(parts.size(), 4);
        QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(parts[2])), part);
        QCOMPARE(parts[3], "y"_ba);
    }
}

void TransportTest::anyParameterArrivesAsItWas()
{
    const quint32 seed = 4711;
    QRandomGenerator random(seed);
    const QString letters = u"a*?+&=#%2F;/ \"<>[]{}|\\^`~!'()ä仓é,:@$"_s;
    for (int run = 0; run < 300; ++run) {
        QString value;
        for (int length = random.bounded(1, 12); length > 0; --length)
            value += letters[random.bounded(int(letters.size()))];
        m_server->forget();
        ApiRequest request = getRequest();
        request.query.addQueryItem(u"filter"_s, QString::fromLatin1(QUrl::toPercentEncoding(value)));
        QVERIFY(answerTo(*m_transport, request).isSuccess());
        const QByteArray query = m_server->request(0).target.split('?').at(1);
        QByteArray sent = query.split('&').front().mid(qstrlen("filter="));
        sent.replace('+', ' '); // as servers read it
        if (QString::fromUtf8(QByteArray::fromPercentEncoding(sent)) != value)
            QFAIL(qPrintable(u"seed %1: “%2” came as %3"_s.arg(seed).arg(value, QString::fromLatin1(query))));
    }
}

void TransportTest::onlyHttpsOrThisMachineIsAllowed_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("Losant") << u"https://api.losant.com"_s << true;
    QTest::newRow("a private instance") << u"https://losant.example.com:8443/api"_s << true;
    QTest::newRow("loopback") << u"http://127.0.0.1:8080"_s << true;
    QTest::newRow("all of loopback") << u"http://127.9.9.9"_s << true;
    QTest::newRow("loopback, IPv6") << u"http://[::1]:8080"_s << true;
    QTest::newRow("localhost") << u"http://localhost:8080"_s << true;
    QTest::newRow("localhost in capitals") << u"HTTP://LOCALHOST"_s << true;
    QTest::newRow("HTTP") << u"http://api.losant.com"_s << false;
    QTest::newRow("HTTP in capitals") << u"HTTP://api.losant.com"_s << false;
    QTest::newRow("a local network") << u"http://192.168.1.2"_s << false;
    QTest::newRow("every address") << u"http://0.0.0.0"_s << false;
    QTest::newRow("begins like localhost") << u"http://localhost.example.com"_s << false;
    QTest::newRow("begins like loopback") << u"http://127.0.0.1.example.com"_s << false;
    QTest::newRow("loopback as a user name") << u"http://127.0.0.1@example.com"_s << false;
    QTest::newRow("no scheme") << u"api.losant.com"_s << false;
    QTest::newRow("a file") << u"file:///tmp"_s << false;
    QTest::newRow("no host") << u"https:///x"_s << false;
    QTest::newRow("nothing") << u""_s << false;
}

void TransportTest::onlyHttpsOrThisMachineIsAllowed()
{
    QFETCH(QString, url);
    QTEST(Transport::isAllowed(QUrl(url)), "isAllowed");
}

void TransportTest::theLogSaysWhatWasAskedAndNoMore()
{
    const LogRecorder log(u"credenza.api.debug=true"_s);
    m_server->otherwise({.status = 404, .body = "{\"message\":\"says nothing here\"}"});
    ApiRequest request = getRequest(u"/applications/1/credentials"_s);
    request.query.addQueryItem(u"filter"_s, u"typed-by-a-person"_s);
    QVERIFY(!answerTo(*m_transport, request).isSuccess());
    QVERIFY(!answerTo(*m_transport, postRequest()).isSuccess());
    const QStringList lines = log.lines().filter(u"credenza.api"_s);
    QCOMPARE(lines.size(), 2);
    const QRegularExpression form(
        u"^credenza\\.api: (GET|POST) /applications/1/credentials 404 31 bytes \\d+ ms$"_s);
    for (const QString &line : lines)
        QVERIFY2(form.match(line).hasMatch(), qPrintable(line));
    QVERIFY(!log.text().contains(u"typed-by-a-person"_s));
}

void TransportTest::theLogCountsAllBytesOfTheBody_data()
{
    QTest::addColumn<ApiRequest>("request");
    QTest::addColumn<ScriptedReply>("reply");
    QTest::addColumn<qint64>("bytes");
    const auto add = [](const char *name, const ScriptedReply &reply, qint64 bytes) {
        for (const ApiRequest &request : {getRequest(), patchRequest()})
            QTest::addRow("%s, %s", methodName(request.method), name) << request << reply << bytes;
    };
    add("none", {.status = 204, .body = {}}, 0);
    add("one", {.body = "1"}, 1);
    add("more than are read at once", {.body = QByteArray(5'000'001, ' ')}, 5'000'001);
    add("cut short", {.status = 403, .body = QByteArray(1000, ' '), .way = Way::CloseInBody}, 500);
    const QByteArray packed = qCompress(QByteArray(100'000, ' ')).mid(4);
    add("packed, as they came", {.body = packed, .headers = {{"Content-Encoding", "deflate"}}},
        packed.size());
}

void TransportTest::theLogCountsAllBytesOfTheBody()
{
    QFETCH(ApiRequest, request);
    QFETCH(ScriptedReply, reply);
    QFETCH(qint64, bytes);
    m_server->otherwise(reply);
    for (int run = 0; run < 5; ++run) {
        const LogRecorder log(u"credenza.api.debug=true"_s);
        QVERIFY(answerTo(*m_transport, request).isAnswered());
        const QStringList lines = log.lines().filter(u"credenza.api"_s);
        QCOMPARE(lines.size(), 1);
        const QString expected = u" %1 %2 bytes "_s.arg(reply.status).arg(bytes);
        QVERIFY2(lines.front().contains(expected), qPrintable(lines.front()));
    }
}

void TransportTest::noSecretIsEverLogged_data()
{
    QTest::addColumn<QString>("server");
    QTest::newRow("HTTP/1.1") << u"plain"_s;
    QTest::newRow("TLS") << u"tls"_s;
    QTest::newRow("HTTP/2") << u"http2"_s;
    QTest::newRow("nobody there") << u"none"_s;
}

void TransportTest::noSecretIsEverLogged()
{
    QFETCH(QString, server);
    const LogRecorder log(u"*=true"_s);
    const QByteArray token = "token-7c1f2a90b3", secret = "secret-55e0d1c8aa";
    ScriptedServer scripted(server == u"tls"_s ? ScriptedServer::Security::Tls
                                               : ScriptedServer::Security::None);
    Http2Server http2;
    Transport transport(server == u"http2"_s ? http2.url() : scripted.url());
    transport.setToken(token);
    transport.setStallTimeout(100ms);
    if (server == u"none"_s)
        scripted.close();
    for (const Way way : {Way::Whole, Way::CloseBefore, Way::CloseInBody, Way::Stall, Way::CloseInHeaders}) {
        for (const int status : {201, 302, 400, 401, 500}) {
            scripted.otherwise(
                {.status = status, .headers = {{"Location", "http://localhost:1/"}}, .way = way});
            http2.answer(way == Way::CloseBefore ? Http2Server::Way::CloseBefore
                         : way == Way::Stall     ? Http2Server::Way::Reset
                                                 : Http2Server::Way::Answer,
                         status);
            answerTo(transport, postRequest("{\"secretValue\":\"" + secret + "\"}"));
        }
        scripted.otherwise({.status = 404, .way = way});
        if (way == Way::Whole)
            answerTo(transport, getRequest());
    }
    const QByteArray text = log.text().toUtf8();
    QVERIFY(text.contains("credenza.api: POST /applications/1/credentials"));
    for (const QByteArray &hidden : {token, secret}) {
        QVERIFY(!text.contains(hidden));
        QVERIFY(!text.contains(hidden.toBase64()));
        QVERIFY(!text.contains(hidden.toHex()));
        QVERIFY(!text.contains(hidden.mid(7)));
    }
}

QTEST_GUILESS_MAIN(TransportTest)
#include "transporttest.moc"
