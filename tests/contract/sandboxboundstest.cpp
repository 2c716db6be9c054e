// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/rawconnection.h"
#include "contract/sandboxclient.h"
#include "support/schemacheck.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int slowness = 5;
#else
constexpr int slowness = 1;
#endif

/// A line of the system's account of a process, in kibibytes: `VmHWM` is the most memory it ever had.
qint64 memory(const QProcess &program, const char *line)
{
    QFile account(u"/proc/%1/status"_s.arg(program.processId()));
    if (!account.open(QFile::ReadOnly))
        return 0;
    return QRegularExpression(QLatin1StringView(line) + u":\\s*(\\d+)"_s)
        .match(QString::fromLatin1(account.readAll()))
        .captured(1)
        .toLongLong();
}

} // namespace

/// What the sandbox does not answer, or does not read to its end.
class SandboxBoundsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBodyLargerThanAMebibyteIsRefused();
    void anotherHostIsRefusedBeforeAnythingElse_data();
    void anotherHostIsRefusedBeforeAnythingElse();
    void itsOwnNamesAreAnswered();
    void whatIsTooLargeEndsItsConnectionWhileItIsRead_data();
    void whatIsTooLargeEndsItsConnectionWhileItIsRead();
    void manyLargeRequestsMayShareAConnection();
};

void SandboxBoundsTest::aBodyLargerThanAMebibyteIsRefused()
{
    const SandboxServer server;
    SandboxClient client(server.url(), server.token());
    const QString path = client.application(u"Demo"_s) + "/credentials"_L1;
    QCOMPARE(client.ask("POST", path, QByteArray(1024 * 1024, ' ')).status, 400);
    const SandboxReply reply = client.ask("POST", path, QByteArray(1024 * 1024 + 1, ' '));
    QCOMPARE(reply.status, 413);
    QVERIFY(!reply.errorType().isEmpty());
}

void SandboxBoundsTest::anotherHostIsRefusedBeforeAnythingElse_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("request");
    for (const char *request : {"GET /me", "GET /nothing", "OPTIONS /me", "POST /auth/user", "HEAD /me"}) {
        QTest::addRow("%s", request) << QByteArray("Host: rebound.example:PORT") << QByteArray(request);
    }
    for (const char *header : {"Host: rebound.example", "Host: 127.0.0.1:PORT.example",
                               "Host: 127.0.0.1.example:PORT", "Host: localhost.example",
                               "Host: 127.0.0.1@example", "Host: [::1]:PORT", "Host:", "X-No-Host: a"}) {
        QTest::addRow("%s", header) << QByteArray(header) << QByteArray("GET /me");
    }
}

void SandboxBoundsTest::anotherHostIsRefusedBeforeAnythingElse()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, request);
    const SandboxServer server;
    const auto socket = connection(server);
    header.replace("PORT", QByteArray::number(server.url().port()));
    const QByteArray answer = exchange(*socket,
                                       request + " HTTP/1.1\r\n" + header + "\r\nAuthorization: Bearer " +
                                           server.token() + "\r\nConnection: close\r\n\r\n",
                                       request.startsWith("HEAD") ? "\r\n\r\n" : "}");
    QVERIFY2(answer.startsWith("HTTP/1.1 421 Misdirected Request\r\n"), answer.constData());
    if (request.startsWith("HEAD"))
        return;
    const QByteArray body = answer.mid(answer.indexOf("\r\n\r\n") + 4);
    QCOMPARE(QJsonDocument::fromJson(body)["type"_L1].toString(), u"MisdirectedRequest"_s);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"error"_s, body), QString());
}

void SandboxBoundsTest::itsOwnNamesAreAnswered()
{
    const SandboxServer server;
    const QByteArray port = ':' + QByteArray::number(server.url().port());
    const QByteArrayList hosts{QByteArray("127.0.0.1" + port), QByteArray("localhost" + port),
                               QByteArray("LocalHost" + port), "127.0.0.1:1", "localhost"};
    for (const QByteArray &host : hosts) {
        const auto socket = connection(server);
        const QByteArray answer = exchange(*socket,
                                           "GET /me HTTP/1.1\r\nHost: " + host +
                                               "\r\nAuthorization: Bearer " + server.token() + "\r\n\r\n",
                                           "}");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    }
}

void SandboxBoundsTest::whatIsTooLargeEndsItsConnectionWhileItIsRead_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("part");
    const QByteArray kibibyte(1024, 'a');
    QTest::newRow("a body") << QByteArray("Content-Length: 314572800\r\n\r\n") << kibibyte;
    QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\n")
                            << QByteArray("400\r\n" + kibibyte + "\r\n");
    QTest::newRow("one chunk") << QByteArray("Transfer-Encoding: chunked\r\n\r\n12C00000\r\n") << kibibyte;
    QTest::newRow("headers") << QByteArray() << QByteArray("X-Filler: " + kibibyte + "\r\n");
    QTest::newRow("one header") << QByteArray("X-Filler: ") << kibibyte;
}

/// 300 MiB without a token, to the server as a process of its own, whose memory says what it kept.
void SandboxBoundsTest::whatIsTooLargeEndsItsConnectionWhileItIsRead()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, part);
    QProcess program;
    program.start(QStringLiteral(SANDBOX_PROGRAM), {u"--token"_s, u"chosen"_s});
    QVERIFY(program.waitForReadyRead());
    const auto port = QRegularExpression(u"127\\.0\\.0\\.1:(\\d+)"_s)
                          .match(QString::fromLatin1(program.readAllStandardOutput()))
                          .captured(1);
    SandboxClient client(QUrl("http://127.0.0.1:"_L1 + port), "chosen");
    QCOMPARE(client.get(u"/me"_s).status, 200);
    const qint64 before = memory(program, "VmRSS");
    if (before == 0)
        QSKIP("only Linux says how much memory a process has taken");

    const auto upload = [&] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port.toUShort());
        socket.write("POST /auth/user HTTP/1.1\r\nHost: 127.0.0.1:" + port.toLatin1() + "\r\n" + head);
        const QByteArray block = part.repeated(64);
        qint64 sent = 0;
        while (sent < 300 * 1024 * 1024) {
            if (socket.state() == QAbstractSocket::UnconnectedState || socket.write(block) < 0)
                break;
            while (socket.bytesToWrite() > 1024 * 1024) {
                if (!socket.waitForBytesWritten(5000))
                    break;
            }
            if (socket.bytesToWrite() > 1024 * 1024)
                break;
            sent += block.size();
        }
        return sent;
    };
    const qint64 sent = upload();
    const qint64 taken = memory(program, "VmHWM") - before;
    qInfo("sent %lld KiB, the server took %lld KiB", sent / 1024, taken);
    QVERIFY(sent < 30 * 1024 * 1024);
    QVERIFY(taken < 20 * 1024 * slowness);
    QCOMPARE(client.get(u"/me"_s).status, 200);
    program.terminate();
    QVERIFY(program.waitForFinished());
}

void SandboxBoundsTest::manyLargeRequestsMayShareAConnection()
{
    const SandboxServer server;
    const auto socket = connection(server);
    const QByteArray body = "\"" + QByteArray(1024 * 1024 - 2, 'a') + "\"";
    for (int round = 0; round < 10; ++round) {
        const QByteArray answer =
            exchange(*socket,
                     "POST /auth/user HTTP/1.1\r\n" + host(server) +
                         "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body,
                     "}");
        QVERIFY2(answer.startsWith("HTTP/1.1 400 "), answer.constData());
    }
}

QTEST_GUILESS_MAIN(SandboxBoundsTest)
#include "sandboxboundstest.moc"
