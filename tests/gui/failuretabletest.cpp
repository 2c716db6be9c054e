// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"
#include "gui/failures.h"
#include "gui/failurescene.h"
#include "services/applicationservice.h"
#include "services/authservice.h"
#include "services/credentialchange.h"
#include "services/credentialservice.h"
#include "support/drafts.h"
#include "support/testcertificate.h"
#include "support/watchedapplication.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cstdio>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// No event may hold the GUI thread longer. Builds that nobody runs but to test them are several times
/// slower.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr auto maxHold = 100ms;
#else
constexpr auto maxHold = 1000ms;
#endif

QString mayHaveBeen(Call call)
{
    return call == Call::Edit     ? u"It may have been saved"_s
           : call == Call::Delete ? u"It may have been deleted"_s
                                  : u"It may have been created"_s;
}

} // namespace

/// Every way in which a call can fail, for each of the calls: what comes of it, what a person reads and has
/// left, and how often the server was asked.
class FailureTableTest : public QObject
{
    Q_OBJECT

public:
    explicit FailureTableTest(WatchedApplication &application) : m_application(application) {}

private Q_SLOTS:
    void initTestCase() { TestCertificate::trust(); }
    void cleanupTestCase();

    void eachFailureOfEachCall_data();
    void eachFailureOfEachCall();
    void aStallIsFifteenSeconds();
    void cancellingWorksAtOnce_data();
    void cancellingWorksAtOnce();

private:
    QString table() const;

    WatchedApplication &m_application;
    std::map<std::pair<QByteArray, Call>, QString> m_cells;
    int m_cases = 0;
    int m_passed = 0;
    std::chrono::milliseconds m_longestHold{0};
};

void FailureTableTest::eachFailureOfEachCall_data()
{
    QTest::addColumn<const Failure *>("failure");
    QTest::addColumn<Call>("call");
    for (const Failure &failure : allFailures()) {
        for (const Call call : allCalls)
            QTest::addRow("%s: %s", failure.name.constData(), qPrintable(callName(call))) << &failure << call;
    }
}

void FailureTableTest::eachFailureOfEachCall()
{
    QFETCH(const Failure *, failure);
    QFETCH(Call, call);
    ++m_cases;
    FailureScene scene(*failure, call);
    m_application.forget();

    const Seen seen = scene.run();

    const auto held = m_application.longestEvent();
    m_longestHold = std::max(m_longestHold, held);
    m_cells[{failure->name, call}] = seen.cell();
    const QString &expected = failure->cells[std::size_t(call)];
    if (const qsizetype star = expected.indexOf(u'*'); star >= 0) {
        QVERIFY2(seen.cell().startsWith(expected.left(star)), qPrintable(seen.cell()));
        QVERIFY2(seen.cell().endsWith(expected.mid(star + 1)), qPrintable(seen.cell()));
        QCOMPARE(seen.ours, 1);
        QVERIFY2(seen.onTheWire >= 1 && seen.onTheWire <= 6, qPrintable(seen.cell()));
    } else {
        QCOMPARE(seen.cell(), expected);
    }
    QCOMPARE(seen.lost, QStringList());

    const bool isSuccess = expected.startsWith("success"_L1);
    QCOMPARE(seen.words.trimmed().isEmpty(), isSuccess);
    const bool isUnknown = expected.endsWith(", unknown"_L1);
    const auto own = failure->ownWords.find(call);
    const QStringList words = isSuccess   ? QStringList()
                              : isUnknown ? QStringList{mayHaveBeen(call), u"Check again"_s}
                              : own != failure->ownWords.end() ? own->second
                                                               : failure->words;
    for (const QString &part : words)
        QVERIFY2(seen.words.contains(part), qPrintable(u"“%1” does not say “%2”"_s.arg(seen.words, part)));
    for (const QString &secret : {u"s3cret"_s, u"wJalrXUtnFEMI"_s})
        QVERIFY2(!seen.words.contains(secret), qPrintable(seen.words));

    for (const qint64 pause : seen.pauses)
        QVERIFY2(pause >= failure->pause.count() - 10, qPrintable(QString::number(pause)));
    QCOMPARE(scene.elsewhere().connectionCount(), 0);
    QVERIFY2(held < maxHold, qPrintable(u"the GUI thread was held for %1 ms"_s.arg(held.count())));
    ++m_passed;
}

void FailureTableTest::aStallIsFifteenSeconds()
{
    QCOMPARE(Transport(QUrl(u"https://api.losant.com"_s)).stallTimeout(), 15s);
}

void FailureTableTest::cancellingWorksAtOnce_data()
{
    QTest::addColumn<Call>("call");
    for (const Call call : allCalls)
        QTest::newRow(qPrintable(callName(call))) << call;
}

void FailureTableTest::cancellingWorksAtOnce()
{
    QFETCH(Call, call);
    const QByteArray body =
        R"({"id":"c1","name":"S3 archive","type":"aws","lastUpdated":"2026-01-02T03:04:05.000Z"})";
    const Credential credential = LosantJson::readCredential({.httpStatus = 200, .body = body}).value();
    CredentialDraft draft = LosantJson::readDraft(credential);
    draft.set(FieldId::name, u"Archive"_s);
    ScriptedServer server;
    if (call == Call::Edit) // what there is is read first
        server.answer({.body = body});
    server.otherwise({.way = ScriptedReply::Way::Stall});
    Transport transport(server.url());
    CredentialService credentials(transport);
    int answers = 0;
    const auto count = [&](const auto &) { ++answers; };
    PendingCall pending;
    std::unique_ptr<CredentialChange> change;
    switch (call) {
    case Call::List:
        pending = credentials.list({.applicationId = u"575e"_s}, count);
        break;
    case Call::Create:
        change = CredentialChange::create(credentials, u"575e"_s, draftOfType("aws"_L1), count);
        break;
    case Call::Applications:
        pending = ApplicationService(transport).list(0, count);
        break;
    case Call::SignIn:
        pending = AuthService(transport).signIn({.email = u"ada@example.com"_s}, count);
        break;
    case Call::Edit:
        change = CredentialChange::edit(credentials, u"575e"_s, draft, {}, count);
        break;
    case Call::Delete:
        change = CredentialChange::remove(credentials, u"575e"_s, credential, count);
        break;
    }
    const std::size_t requests = call == Call::Edit ? 2 : 1;
    QTRY_VERIFY(server.requests().size() == requests && server.request(requests - 1).isWhole);
    if (change) {
        change->cancel(); // the waiting, but not the search that follows
        QTRY_COMPARE(server.requests().size(), requests + 1);
        QCOMPARE(server.request(requests).method, "GET"_ba);
    }
    QElapsedTimer timer;
    timer.start();

    if (change)
        change->cancel();
    pending.reset();

    QTRY_COMPARE(server.openConnectionCount(), 0);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QTest::qWait(100);
    QCOMPARE(server.requests().size(), change ? requests + 1 : requests);
    QCOMPARE(answers, change ? 1 : 0);
}

QString FailureTableTest::table() const
{
    QString text = u"\n%1"_s.arg(QString(), -30);
    for (const Call call : allCalls)
        text += u"%1"_s.arg(callName(call), -32);
    text += u'\n';
    for (const Failure &failure : allFailures()) {
        text += u"%1"_s.arg(QString::fromLatin1(failure.name), -30);
        for (const Call call : allCalls) {
            const auto cell = m_cells.find({failure.name, call});
            text += u"%1"_s.arg(cell == m_cells.end() ? u"–"_s : cell->second, -32);
        }
        while (text.endsWith(u' '))
            text.chop(1);
        text += u'\n';
    }
    return text +
           u"\nA cell is the kind of error, then the requests on the wire; “for N” if N of them are ours.\n"_s +
           u"%1 failures, %2 cases, %3 passed; the GUI thread was never held longer than %4 ms\n"_s
               .arg(allFailures().size())
               .arg(m_cases)
               .arg(m_passed)
               .arg(m_longestHold.count());
}

void FailureTableTest::cleanupTestCase()
{
    const QByteArray text = table().toUtf8();
    std::fputs(text.constData(), stdout);
    std::fflush(stdout);
    QFile file(QStringLiteral(FAILURE_TABLE));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
}

int main(int argc, char *argv[])
{
    qputenv("RES_OPTIONS", "timeout:1 attempts:1"); // for a machine whose name server does not answer
    WatchedApplication application(argc, argv);
    FailureTableTest test(application);
    return QTest::qExec(&test, argc, argv);
}

#include "failuretabletest.moc"
