// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/contentcoding.h"
#include "api/transport.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"
#include "support/watchedapplication.h"

#include <QTest>

#include <zlib.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;

namespace {

enum Format { Zlib = MAX_WBITS, Gzip = MAX_WBITS + 16, Raw = -MAX_WBITS };

QByteArray compressed(const QByteArray &text, Format format)
{
    z_stream stream = {};
    deflateInit2(&stream, 1, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(text.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = uInt(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result;
}

/// No event may hold the GUI thread longer. Sanitizers look at every byte that is copied.
#ifdef __SANITIZE_ADDRESS__
constexpr auto maxHold = 250ms;
#else
constexpr auto maxHold = 50ms;
#endif

Result<qsizetype> sizeOf(const ApiAnswer &answer)
{
    return answer.body.size();
}

} // namespace

/// What comes compressed is read as what it stands for, within bounds, and holds up nothing.
class ContentCodingTest : public QObject
{
    Q_OBJECT

public:
    explicit ContentCodingTest(WatchedApplication &application) : m_application(application) {}

private Q_SLOTS:
    void init();

    void whatWasAskedForIsDecoded_data();
    void whatWasAskedForIsDecoded();
    void whatCanNotBeDecodedIsProtocol_data();
    void whatCanNotBeDecodedIsProtocol();
    void aBodyMayBeAsLargeAsAllowed();
    void anErrorIsReadToo();
    void anErrorThatIsDamagedIsItsStatus();
    void whatIsWithdrawnMeanwhileDoesNotAnswer();
    void aSmallAnswerThatBecomesLargeHoldsUpNothing_data();
    void aSmallAnswerThatBecomesLargeHoldsUpNothing();

private:
    void answerWith(const QByteArray &coding, const QByteArray &body, int status = 200);

    WatchedApplication &m_application;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
};

void ContentCodingTest::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
}

void ContentCodingTest::answerWith(const QByteArray &coding, const QByteArray &body, int status)
{
    ScriptedReply reply;
    reply.status = status;
    reply.headers = {{"Content-Encoding", coding}};
    reply.body = body;
    m_server->otherwise(reply);
}

void ContentCodingTest::whatWasAskedForIsDecoded_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    const QByteArray text = R"({"items":[]})";
    const qsizetype half = text.size() / 2;
    QTest::newRow("gzip") << "gzip"_ba << compressed(text, Gzip);
    QTest::newRow("gzip, in capitals") << "GZIP"_ba << compressed(text, Gzip);
    QTest::newRow("gzip, by its former name") << "x-gzip"_ba << compressed(text, Gzip);
    QTest::newRow("gzip, in two members")
        << "gzip"_ba << compressed(text.first(half), Gzip) + compressed(text.sliced(half), Gzip);
    QTest::newRow("deflate") << "deflate"_ba << compressed(text, Zlib);
    QTest::newRow("deflate, without the frame") << "deflate"_ba << compressed(text, Raw);
    QTest::newRow("identity") << "identity"_ba << text;
}

void ContentCodingTest::whatWasAskedForIsDecoded()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    answerWith(coding, body);
    const auto heard = answerTo(*m_transport, getRequest());
    QVERIFY(heard.isSuccess());
    QCOMPARE(heard.value().body, R"({"items":[]})");
    QCOMPARE(heard.count, 1);
    QCOMPARE(m_server->requests().front().header("Accept-Encoding"), "gzip, deflate");
}

void ContentCodingTest::whatCanNotBeDecodedIsProtocol_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    const QByteArray text = QByteArray(1000, 'a');
    const QByteArray gzip = compressed(text, Gzip);
    QByteArray damaged = gzip;
    damaged[gzip.size() / 2] = char(~damaged[gzip.size() / 2]);
    QByteArray wrongSum = gzip;
    wrongSum[gzip.size() - 5] = char(~wrongSum[gzip.size() - 5]);
    const QString broken = u"is damaged or not whole"_s;
    const QString unasked = u"was not asked for"_s;
    QTest::newRow("cut short") << "gzip"_ba << gzip.chopped(9) << broken;
    QTest::newRow("without its end") << "gzip"_ba << gzip.chopped(1) << broken;
    QTest::newRow("one byte") << "gzip"_ba
                              << "\x1f"_ba << broken;
    QTest::newRow("damaged") << "gzip"_ba << damaged << broken;
    QTest::newRow("of another sum") << "gzip"_ba << wrongSum << broken;
    QTest::newRow("followed by something") << "gzip"_ba << gzip + "{}" << broken;
    QTest::newRow("not compressed") << "gzip"_ba << text << broken;
    QTest::newRow("deflate, not compressed") << "deflate"_ba
                                             << "{}"_ba << broken;
    QTest::newRow("another coding than it says") << "gzip"_ba << compressed(text, Zlib) << broken;
    QTest::newRow("brotli") << "br"_ba << text << unasked;
    QTest::newRow("two in a row") << "gzip, gzip"_ba << compressed(gzip, Gzip) << unasked;
    QTest::newRow("no coding at all") << "\xff\xfe"_ba << text << unasked;
    QTest::newRow("larger than allowed")
        << "gzip"_ba << compressed(QByteArray(Transport::maxBodySize + 1, ' '), Gzip) << u"64 MiB"_s;
    QTest::newRow("two that are larger together")
        << "gzip"_ba << compressed(QByteArray(Transport::maxBodySize / 2 + 1, ' '), Gzip).repeated(2)
        << u"64 MiB"_s;
}

void ContentCodingTest::whatCanNotBeDecodedIsProtocol()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    answerWith(coding, body);
    const auto heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Protocol);
    QCOMPARE(heard.error().httpStatus, 200);
    QVERIFY2(heard.error().technicalDetail.contains(words), qPrintable(heard.error().technicalDetail));
    QCOMPARE(heard.count, 1);
    QCOMPARE(m_server->count("GET"), 1);
}

void ContentCodingTest::aBodyMayBeAsLargeAsAllowed()
{
    const auto body = decodedBody("gzip", compressed(QByteArray(1000, ' '), Gzip), 1000);
    QCOMPARE(body.value(), QByteArray(1000, ' '));
    QVERIFY(!decodedBody("gzip", compressed(QByteArray(1001, ' '), Gzip), 1000));
}

void ContentCodingTest::anErrorIsReadToo()
{
    answerWith("gzip", compressed(R"({"type":"Validation","message":"No."})", Gzip), 400);
    const auto heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Validation);
    QCOMPARE(heard.error().serverMessage, u"No."_s);
}

void ContentCodingTest::anErrorThatIsDamagedIsItsStatus()
{
    answerWith("gzip", "No.", 403);
    const auto heard = answerTo(*m_transport, getRequest());
    QCOMPARE(heard.error().kind, Kind::Forbidden);
    QCOMPARE(heard.error().httpStatus, 403);
    QCOMPARE(heard.error().serverMessage, QString());
}

void ContentCodingTest::whatIsWithdrawnMeanwhileDoesNotAnswer()
{
    answerWith("gzip", compressed(QByteArray(Transport::maxBodySize, ' '), Gzip));
    Heard<ApiAnswer> heard;
    auto call = std::make_unique<ApiCall>(*m_transport, getRequest(), heard.listener());
    QTRY_VERIFY(call->answeredAt() > call->sentAt());
    QCOMPARE(heard.count, 0);
    call->withdraw();
    QThreadPool::globalInstance()->waitForDone();
    VERIFY_HOLDS_FOR(50ms, heard.count == 0);
    call.reset();
    m_transport.reset();
}

void ContentCodingTest::aSmallAnswerThatBecomesLargeHoldsUpNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray items = R"({"items":[)" + QByteArray("{},").repeated(8'000'000) + "{}]}";
    QTest::newRow("8 million items") << compressed(items, Gzip) << 200;
    QTest::newRow("10 million deep") << compressed(QByteArray(10'000'000, '['), Gzip) << 200;
    QTest::newRow("as large as allowed") << compressed(QByteArray(Transport::maxBodySize, ' '), Gzip) << 200;
    QTest::newRow("a gigabyte") << compressed(QByteArray(1'000'000'000, ' '), Gzip) << 200;
    QTest::newRow("an error of 8 million items") << compressed(items, Gzip) << 400;
}

void ContentCodingTest::aSmallAnswerThatBecomesLargeHoldsUpNothing()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    answerWith("gzip", body, status);
    Heard<qsizetype> heard;
    m_application.forget();
    const PendingCall call = ask<qsizetype>(*m_transport, getRequest(), sizeOf, heard.listener());
    QVERIFY(heard.wait());
    const auto held = m_application.longestEvent();
    qInfo("held for %lld ms", qlonglong(held.count()));
    QVERIFY2(held < maxHold, qPrintable(u"held for %1 ms"_s.arg(held.count())));
}

int main(int argc, char *argv[])
{
    WatchedApplication application(argc, argv);
    ContentCodingTest test(application);
    return QTest::qExec(&test, argc, argv);
}

#include "contentcodingtest.moc"
