// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"
#include "services/credentialservice.h"
#include "support/asking.h"
#include "support/drafts.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// After which writes the service says that an application's credentials changed.
class CredentialsChangedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatMayHaveBeenCarriedOutIsReported_data();
    void whatMayHaveBeenCarriedOutIsReported();
    void aChangeIsReportedBeforeItsAnswer();
    void whatWasNotSentIsNotReported();
    void aWriteThatIsDroppedIsReportedOnceItWasSent();
    void aWriteThatMaySendAgainIsReported();
    void readingChangesNothing();

private:
    PendingCall post(Heard<Credential> &heard);
    /// What was reported, such as `575e +1`.
    QStringList changes() const { return m_changes; }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<CredentialService> m_service;
    QStringList m_changes;
};

void CredentialsChangedTest::init()
{
    m_service.reset();
    m_server = std::make_unique<ScriptedServer>();
    m_transport = std::make_unique<Transport>(m_server->url());
    m_transport->setStallTimeout(400ms);
    m_service = std::make_unique<CredentialService>(*m_transport);
    m_changes.clear();
    connect(m_service.get(), &CredentialService::credentialsChanged, this,
            [this](const QString &applicationId, int difference) {
                m_changes += u"%1 %2"_s.arg(applicationId).arg(difference);
            });
}

PendingCall CredentialsChangedTest::post(Heard<Credential> &heard)
{
    return m_service->post(u"575e"_s, draftFor(postedFixture(u"aws"_s)), heard.listener());
}

void CredentialsChangedTest::whatMayHaveBeenCarriedOutIsReported_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<Way>("way");
    QTest::addColumn<QStringList>("changes");
    const QByteArray name = "S3 archive";
    const QStringList none;
    const QStringList unknown{u"575e 0"_s};
    QTest::newRow("created") << 201 << name << Way::Whole << QStringList{u"575e 1"_s};
    QTest::newRow("created, but another") << 201 << "other"_ba << Way::Whole << unknown;
    QTest::newRow("cut short") << 201 << name << Way::CloseInBody << unknown;
    QTest::newRow("closed") << 201 << name << Way::CloseBefore << unknown;
    QTest::newRow("stalled") << 201 << name << Way::Stall << unknown;
    for (const int status : {302, 401, 408, 418, 500, 502})
        QTest::addRow("%d", status) << status << name << Way::Whole << unknown;
    for (const int status : {400, 403, 404, 409, 413, 429})
        QTest::addRow("%d", status) << status << name << Way::Whole << none;
}

void CredentialsChangedTest::whatMayHaveBeenCarriedOutIsReported()
{
    QFETCH(int, status);
    QFETCH(QByteArray, name);
    QFETCH(Way, way);
    m_server->otherwise({.status = status, .body = R"({"id":"a","name":")" + name + R"("})", .way = way});
    Heard<Credential> heard;
    PendingCall call = post(heard);
    QVERIFY(heard.wait());
    QTEST(changes(), "changes");
    call.reset();
    QTEST(changes(), "changes"); // dropping it after its answer is no news
}

void CredentialsChangedTest::aChangeIsReportedBeforeItsAnswer()
{
    m_server->otherwise({.status = 201, .body = R"({"id":"a","name":"S3 archive"})"});
    qsizetype before = -1;
    const PendingCall call = m_service->post(u"575e"_s, draftFor(postedFixture(u"aws"_s)),
                                             [&](const Result<Credential> &) { before = m_changes.size(); });
    QTRY_COMPARE(before, 1);
}

void CredentialsChangedTest::whatWasNotSentIsNotReported()
{
    m_server->close();
    Heard<Credential> heard;
    const PendingCall call = post(heard);
    QVERIFY(heard.wait());
    QCOMPARE(heard.error().kind, ApiError::Kind::Offline);
    QCOMPARE(changes(), QStringList());
}

void CredentialsChangedTest::aWriteThatIsDroppedIsReportedOnceItWasSent()
{
    m_server->otherwise({.way = Way::Stall});
    Heard<Credential> heard;
    PendingCall call = post(heard);
    call.reset();
    QCOMPARE(changes(), QStringList());

    call = post(heard);
    QTRY_COMPARE(m_server->count("POST"), 1);
    QCOMPARE(changes(), QStringList());
    call.reset();
    QCOMPARE(changes(), QStringList{u"575e 0"_s});
    QVERIFY(!heard.isAnswered());
}

void CredentialsChangedTest::aWriteThatMaySendAgainIsReported()
{
    m_transport->setToken("old");
    m_transport->setAwaitsToken(true);
    connect(m_transport.get(), &Transport::tokenRefused, this, [this] { m_transport->setToken("new"); });
    m_server->answer({.status = 401});
    m_server->otherwise({.way = Way::Stall});
    Heard<Credential> heard;
    PendingCall call = post(heard);
    QVERIFY(heard.wait());
    QVERIFY(heard.error().tokenRenewed);
    QCOMPARE(changes(), QStringList{u"575e 0"_s}); // who refused may not be who carries out

    call->sendAgain();
    QTRY_COMPARE(m_server->count("POST"), 2);
    call.reset();
    QCOMPARE(changes().size(), 2);
}

void CredentialsChangedTest::readingChangesNothing()
{
    m_server->otherwise({.body = R"({"items":[],"totalCount":0})"});
    Heard<CredentialPage> heard;
    PendingCall call = m_service->list({.applicationId = u"575e"_s}, heard.listener());
    QVERIFY(heard.wait() && heard.isSuccess());
    call.reset();
    QCOMPARE(changes(), QStringList());
}

QTEST_GUILESS_MAIN(CredentialsChangedTest)
#include "credentialschangedtest.moc"
