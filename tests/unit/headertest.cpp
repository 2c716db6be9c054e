// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/headervalue.h"
#include "api/transport.h"
#include "support/asking.h"
#include "support/scriptedserver.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;

namespace {

const QByteArray userAgent = "Credenza/" CREDENZA_VERSION;
const QByteArray goodToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1NyJ9.c2lnbmF0dXJl";

/// What could become a header line, or two requests, if it got onto the wire as it is.
const QByteArray additions[] = {
    "\r\nX-Evil: 1",
    "\nX-Evil: 1",
    "\rX-Evil: 1",
    "\r\n X-Evil: folded",
    "\n\tX-Evil: folded",
    "\r\n\r\nX-Evil: 1",
    "\r\nHost: evil.example.com",
    "\r\nContent-Length: 5\r\n\r\nabcde",
    "\r\nTransfer-Encoding: chunked",
    " HTTP/1.1\r\nX-Evil: 1\r\n\r\n",
    "\r\n\r\nGET /evil HTTP/1.1\r\nHost: evil.example.com\r\n\r\n",
    QByteArray("\0\r\nX-Evil: 1", 12),
    "\u010d\u010aX-Evil: 1", // CR and LF, if only the lower byte counts
    "\u560d\u560aX-Evil: 1",
    "\uff0d\uff0aX-Evil: 1",
    "\u2028X-Evil: 1",
    "\u2029X-Evil: 1",
    "\u0085X-Evil: 1",
    "\u00a0X-Evil: 1",
    "\ufeffX-Evil: 1",
    "\xc0\x8d\xc0\x8aX-Evil: 1", // CR and LF in more bytes than UTF-8 permits
    "\xe0\x80\x8d\xe0\x80\x8aX-Evil: 1",
    "\x8d\x8aX-Evil: 1",
    "\xff\xfe\r\nX-Evil: 1",
    "\x1b[2J\r\nX-Evil: 1",
    "%0d%0aX-Evil:%201", // these are visible ASCII, and stay what they are
    "%250d%250aX-Evil:%201",
    "\\r\\nX-Evil:1",
    "&#13;&#10;X-Evil:1",
    "=?utf-8?Q?=0D=0AX-Evil:1?=",
    ",Basic=YWRhOnB3",
    ";X-Evil=1",
};

/// Any byte that is not visible ASCII at the beginning, inside and at the end, and the additions.
std::vector<QByteArray> hostileValues(const QByteArray &value)
{
    std::vector<QByteArray> values;
    for (int byte = 0; byte < 256; byte = byte == 0x20 ? 0x7f : byte == 0x81 ? 0x8a : byte + 1) {
        if (byte > 0xa1 && byte < 0xc0)
            continue;
        const QByteArray one(1, char(byte));
        values.push_back(one + value);
        values.push_back(value.first(4) + one + value.mid(4));
        values.push_back(value + one);
    }
    for (const QByteArray &addition : additions) {
        values.push_back(value + addition);
        values.push_back(addition + value);
    }
    values.push_back("Bearer " + value);
    values.push_back("Bearer\t" + value);
    values.push_back(value + ' ' + value);
    values.push_back(value.repeated(100) + "\r\nX-Evil: 1");
    values.push_back(QByteArray(1'000'000, 'a') + '\n');
    values.push_back(value.repeated(500));
    return values;
}

} // namespace

/// Which header lines go over the wire, whatever the values that are put into them are: those that the
/// program means, and no others.
class HeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanupTestCase();

    void onlyVisibleAsciiIsAHeaderValue();
    void noTokenAddsAHeaderLine();
    void noDomainAddsAHeaderLine();
    void noIdAddsAHeaderLine();
    void noFilterAddsAHeaderLine();
    void noRedirectAddsAHeaderLine();
    void noAnswerAddsAHeaderLine();
    void noServerUrlAddsAHeaderLine();
    void noUserOfAProxyAddsAHeaderLine();
    void aTokenThatComesLaterIsLookedAtToo();
    void aTokenThatIsOfNoUseStopsNoSignIn();

private:
    struct Sent
    {
        QByteArray token;
        QByteArray domain;
        QByteArray body;
    };

    /// The lines of the wire that are none of ours; every line break counts, as some servers read it so.
    QStringList unmeantLines(const Sent &sent) const;
    /// Asks by GET and POST: either nothing was sent and the error says so, or nothing but what was meant.
    void check(Transport &transport, const Sent &sent, bool isSendable);

    std::unique_ptr<ScriptedServer> m_server;
    int m_values = 0;
    int m_requests = 0;
};

void HeaderTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->otherwise(ScriptedReply{});
}

void HeaderTest::cleanupTestCase()
{
    qInfo("%d hostile values, %d requests looked at", m_values, m_requests);
}

QStringList HeaderTest::unmeantLines(const Sent &sent) const
{
    QByteArray wire = m_server->wire();
    if (!sent.body.isEmpty() && wire.endsWith(sent.body))
        wire.chop(sent.body.size());
    wire.replace('\r', '\n');

    const QByteArray host = m_server->url().authority().toLatin1();
    const std::map<QByteArray, QByteArray> meant = {
        {"Host", host},
        {"Accept", "application/json"},
        {"Accept-Version", "^1.30.0"},
        {"Authorization", "Bearer " + sent.token},
        {"losantdomain", sent.domain},
        {"Content-Type", "application/json"},
        {"Content-Length", QByteArray::number(sent.body.size())},
        {"Connection", "Keep-Alive"},
        {"Accept-Encoding", "gzip, deflate"},
        {"User-Agent", userAgent},
    };
    static const QRegularExpression requestLine(u"^(GET|POST) /[!-~]* HTTP/1\\.1$"_s);
    static const QRegularExpression language(u"^Accept-Language: [A-Za-z0-9,*-]+$"_s);
    QStringList unmeant;
    std::map<QByteArray, int> times;
    std::size_t requestLines = 0;
    for (const QByteArray &line : wire.split('\n')) {
        const QString text = QString::fromLatin1(line);
        const qsizetype colon = line.indexOf(": ");
        const auto known = meant.find(line.first(std::max<qsizetype>(0, colon)));
        if (line.isEmpty())
            continue;
        if (requestLine.match(text).hasMatch()) {
            ++requestLines;
            times.clear();
        } else if (++times[line.first(std::max<qsizetype>(0, colon))] > 1) {
            unmeant += u"twice: "_s + text;
        } else if (!language.match(text).hasMatch() &&
                   (known == meant.end() || known->second != line.mid(colon + 2))) {
            unmeant += text;
        }
    }
    if (requestLines != m_server->requests().size())
        unmeant += u"%1 request lines of %2 requests"_s.arg(requestLines).arg(m_server->requests().size());
    return unmeant;
}

void HeaderTest::check(Transport &transport, const Sent &sent, bool isSendable)
{
    ++m_values;
    for (const ApiRequest &request : {getRequest(), postRequest()}) {
        m_server->forget();
        const auto heard = answerTo(transport, request);
        Sent with = sent;
        with.body = request.body;
        QCOMPARE(unmeantLines(with), QStringList());
        if (isSendable) {
            QVERIFY(heard.isSuccess());
            QCOMPARE(m_server->requests().size(), 1U);
            QCOMPARE(m_server->request(0).header("User-Agent"), userAgent);
            ++m_requests;
        } else {
            QCOMPARE(heard.error().kind, Kind::Unsendable);
            QVERIFY(!heard.error().technicalDetail.isEmpty());
            QVERIFY(m_server->wire().isEmpty());
        }
    }
}

void HeaderTest::onlyVisibleAsciiIsAHeaderValue()
{
    for (int byte = 0; byte < 256; ++byte)
        QCOMPARE(isHeaderValue(QByteArray("a").append(char(byte))), byte >= 0x21 && byte <= 0x7e);
    QVERIFY(isHeaderValue(goodToken));
}

void HeaderTest::noTokenAddsAHeaderLine()
{
    Transport transport(m_server->url());
    for (const QByteArray &token : hostileValues(goodToken)) {
        transport.setToken(token);
        check(transport, {.token = token}, isHeaderValue(token));
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"with the token "_s + QString::fromLatin1(token.left(80).toPercentEncoding())));
    }
}

void HeaderTest::noDomainAddsAHeaderLine()
{
    const QString domain = u"iot.example.com"_s;
    for (const QByteArray &bytes : hostileValues(domain.toLatin1())) {
        for (const QString &hostile : {QString::fromUtf8(bytes), QString::fromLatin1(bytes)}) {
            Transport transport(Connection{.server = m_server->url(), .losantDomain = hostile});
            check(transport, {.domain = hostile.toUtf8()}, isLosantDomain(hostile));
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(u"with the domain "_s +
                                 QString::fromLatin1(bytes.left(80).toPercentEncoding())));
        }
    }
}

void HeaderTest::noIdAddsAHeaderLine()
{
    Transport transport(m_server->url());
    for (const QByteArray &bytes : hostileValues("575ec76c7ae143cd83dc4a96")) {
        if (bytes.size() > 10'000)
            continue;
        ++m_values;
        for (const QString &id : {QString::fromUtf8(bytes), QString::fromLatin1(bytes)}) {
            m_server->forget();
            ApiRequest request = getRequest(apiPath({u"applications", id, u"credentials"}));
            answerTo(transport, request);
            request.method = ApiRequest::Method::Post;
            request.body = "{}";
            QCOMPARE(unmeantLines({}), QStringList());
            QCOMPARE(m_server->requests().size(), 1U);
            m_server->forget();
            answerTo(transport, request);
            QCOMPARE(unmeantLines({.body = request.body}), QStringList());
            QCOMPARE(m_server->requests().size(), 1U);
            m_requests += 2;
        }
    }
}

void HeaderTest::noFilterAddsAHeaderLine()
{
    Transport transport(m_server->url());
    for (const QByteArray &bytes : hostileValues("S3 archive")) {
        if (bytes.size() > 10'000)
            continue;
        ++m_values;
        const QString filter = QString::fromLatin1(bytes);
        for (const QString &value : {filter, QString::fromLatin1(QUrl::toPercentEncoding(filter))}) {
            m_server->forget();
            ApiRequest request = getRequest();
            request.query.addQueryItem(u"filter"_s, value);
            answerTo(transport, request);
            QCOMPARE(unmeantLines({}), QStringList());
            ++m_requests;
        }
    }
}

void HeaderTest::noRedirectAddsAHeaderLine()
{
    const QByteArray origin = m_server->url().toEncoded(), authority = origin.mid(qstrlen("http://"));
    std::vector<QByteArray> locations;
    for (const QByteArray &value : hostileValues("moved")) {
        if (value.size() > 10'000)
            continue;
        locations.push_back('/' + value);
        locations.push_back(origin + "/a?b=" + value);
    }
    const std::initializer_list<QByteArray> odd = {
        "http://ada:secret@" + authority + "/x",
        "http://ada%0d%0aX-Evil: 1:x@" + authority + "/x",
        "//ada:secret@" + authority + "/x",
        "http://" + authority + "@evil.example.com/x",
        "http://" + authority + "%0d%0aX-Evil: 1/x",
        "http://127.0.0.1%0d%0aX-Evil: 1/x",
        "//" + authority + "/x#\r\nX-Evil: 1",
        "HTTP://" + authority + "/x",
        "https://" + authority + "/x",
        "ftp://" + authority + "/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,x",
        "http:x",
        "http:///x",
        "\\\\evil.example.com\\x",
        "?",
        "#",
        "",
        "..",
        "//",
        '/' + QByteArray(60'000, 'a'),
    };
    locations.insert(locations.end(), odd.begin(), odd.end());

    Transport transport(m_server->url());
    transport.setStallTimeout(100ms); // what breaks off the answer is never the end of it
    transport.setToken(goodToken);
    for (const QByteArray &location : locations) {
        ++m_values;
        m_server->forget();
        m_server->answer({.status = 302, .headers = {{"Location", location}}});
        answerTo(transport, getRequest());
        const QStringList unmeant = unmeantLines({.token = goodToken});
        QVERIFY2(unmeant.isEmpty(),
                 qPrintable(u"to %1: %2"_s.arg(
                     QString::fromLatin1(
                         location.first(std::min<qsizetype>(80, location.size())).toPercentEncoding()),
                     unmeant.join(u" | "_s))));
        m_requests += int(m_server->requests().size());
    }
}

void HeaderTest::noAnswerAddsAHeaderLine()
{
    Transport transport(m_server->url());
    transport.setToken(goodToken);
    const std::vector<std::pair<QByteArray, QByteArray>> answers[] = {
        {{"Set-Cookie", "session=1; Path=/"}},
        {{"Set-Cookie", "a=b\rX-Evil: 1; Path=/"}, {"Set-Cookie2", "c=d"}},
        {{"WWW-Authenticate", "Basic realm=\"x\""}},
        {{"WWW-Authenticate", "Digest realm=\"x\", nonce=\"y\", qop=\"auth\""}},
        {{"WWW-Authenticate", "NTLM"}},
        {{"WWW-Authenticate", "Negotiate"}},
        {{"Proxy-Authenticate", "Basic realm=\"x\""}},
        {{"ETag", "\"1\""},
         {"Last-Modified", "Tue, 01 Jan 2030 00:00:00 GMT"},
         {"Cache-Control", "max-age=1"}},
        {{"Link", "</style.css>; rel=preload"}, {"Alt-Svc", "h2=\":1\""}, {"Refresh", "0; url=/x"}},
        {{"Strict-Transport-Security", "max-age=99999"}, {"Accept-CH", "Sec-CH-UA"}, {"Upgrade", "h2c"}},
    };
    for (const auto &headers : answers) {
        for (const int status : {200, 401, 407, 404}) {
            ++m_values;
            m_server->forget();
            m_server->answer({.status = status, .headers = headers});
            answerTo(transport, getRequest());
            answerTo(transport, getRequest());
            const QStringList unmeant = unmeantLines({.token = goodToken});
            QVERIFY2(unmeant.isEmpty(),
                     qPrintable(QString::fromLatin1(headers[0].second) + u": "_s + unmeant.join(u" | "_s)));
            m_requests += int(m_server->requests().size());
        }
    }
}

void HeaderTest::noServerUrlAddsAHeaderLine()
{
    QTcpServer server; // on the other loopback address, whose form may hold the name of an interface
    if (!server.listen(QHostAddress::LocalHostIPv6))
        QSKIP("there is no IPv6 here");
    QByteArray wire;
    connect(&server, &QTcpServer::newConnection, this, [this, &server, &wire] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [socket, &wire] {
            wire += socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
    });
    const QString port = QString::number(server.serverPort());
    Transport plain(QUrl(u"http://[::1]:"_s + port));
    QVERIFY(answerTo(plain, getRequest()).isSuccess());
    wire.clear();
    for (const QString &zone :
         {u"%25lo%0d%0aX-Evil: 1"_s, u"%25lo%0aX-Evil: 1"_s, u"%25lo%0dX-Evil: 1"_s, u"%25lo\nX-Evil: 1"_s,
          u"%25lo X"_s, u"%25lo%09X"_s, u"%25lo%00X"_s, u"%25lo%7fX"_s, u"%25lo\u010d\u010aX-Evil:1"_s}) {
        ++m_values;
        Transport transport(QUrl(u"http://[::1"_s + zone + u"]:"_s + port));
        const auto heard = answerTo(transport, getRequest());
        QVERIFY(!heard.isSuccess());
        QVERIFY2(wire.isEmpty(), wire.toPercentEncoding(" :/\r\n"));
    }
    for (const QString &userInfo : {u"ada:secret@"_s, u"ada@"_s, u"ada%0d%0aX-Evil:1:x@"_s}) {
        ++m_values;
        Transport transport(QUrl(u"http://"_s + userInfo + u"[::1]:"_s + port));
        QCOMPARE(answerTo(transport, getRequest()).error().kind, Kind::Unsendable);
        QVERIFY(wire.isEmpty());
    }
}

void HeaderTest::noUserOfAProxyAddsAHeaderLine()
{
    m_server->otherwise(
        {.way = ScriptedReply::Way::ThenClose,
         .raw = "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n"
                "Content-Length: 0\r\nConnection: close\r\n\r\n"});
    static const QRegularExpression meant(
        u"^(CONNECT losant\\.example\\.com:443 HTTP/1\\.1|Proxy-Connection: keep-alive|User-Agent: "
        u"Credenza/[0-9.]+"
        u"|Host: losant\\.example\\.com|Proxy-Authorization: Digest [^\\r\\n]+|)$"_s);
    int asked = 0;
    for (const QByteArray &bytes : hostileValues("charles")) {
        if (bytes.size() > 10'000)
            continue;
        ++m_values;
        m_server->forget();
        const QString user = QString::fromUtf8(bytes);
        Transport transport(Connection{
            .server = QUrl(u"https://losant.example.com"_s),
            .proxy = {Connection::Proxy::Kind::Http, u"127.0.0.1"_s, quint16(m_server->url().port()), user}});
        transport.setProxyPassword(u"secret"_s);
        const auto heard = answerTo(transport, postRequest());
        if (!isProxyUser(user))
            QCOMPARE(heard.error().kind, Kind::Unsendable);
        asked += int(m_server->requests().size());
        for (const QByteArray &line : QByteArray(m_server->wire()).replace('\r', '\n').split('\n'))
            QVERIFY2(meant.match(QString::fromLatin1(line)).hasMatch(), line.constData());
    }
    QVERIFY(asked > 0);
    m_requests += asked;
}

void HeaderTest::aTokenThatComesLaterIsLookedAtToo()
{
    m_server->answer({.status = 401});
    Transport transport(m_server->url());
    transport.setToken(goodToken);
    transport.setAwaitsToken(true);
    Heard<ApiAnswer> heard;
    connect(&transport, &Transport::tokenRefused, &transport,
            [&transport] { transport.setToken(goodToken + "\r\nX-Evil: 1"); });
    const PendingCall call(new ApiCall(transport, getRequest(), heard.listener()));
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, Kind::Unsendable);
    QCOMPARE(m_server->requests().size(), 1U);
}

void HeaderTest::aTokenThatIsOfNoUseStopsNoSignIn()
{
    Transport transport(m_server->url());
    transport.setToken("of no use");
    ApiRequest request = getRequest(u"/auth/ssoDomain"_s);
    request.carriesToken = false;
    QVERIFY(answerTo(transport, request).isSuccess());
    QVERIFY(m_server->request(0).header("Authorization").isEmpty());
}

QTEST_GUILESS_MAIN(HeaderTest)
#include "headertest.moc"
