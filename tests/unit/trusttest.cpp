// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"

#include "support/asking.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// Whose servers are trusted: the system's authorities and further ones, each by itself.
class TrustTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void withoutFurtherAuthoritiesAStrangerIsRefusedAtOnce();
    void whomAFileVouchesForIsTrustedAtOnce_data();
    void whomAFileVouchesForIsTrustedAtOnce();
    void whomNeitherVouchesForIsRefusedOnceBothWereAsked();
    void aPostIsSentOnceWhoeverVouches();
    void afterARefusalFurtherAuthoritiesAreAskedAgain();

private:
    QString write(const QString &name, const TestCertificate &certificate) const;

    QTemporaryDir m_folder;
    QString m_friend;
    QString m_other;
    std::unique_ptr<ScriptedServer> m_server;
};

void TrustTest::initTestCase()
{
    m_friend = write(u"friend.pem"_s, TestCertificate::instance());
    m_other = write(u"other.pem"_s, TestCertificate::stranger());
}

void TrustTest::init()
{
    m_server = std::make_unique<ScriptedServer>(ScriptedServer::Security::Tls);
    m_server->otherwise(ScriptedReply{});
}

void TrustTest::cleanup()
{
    qunsetenv("SSL_CERT_FILE");
}

QString TrustTest::write(const QString &name, const TestCertificate &certificate) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(certificate.certificate.toPem()) < 0)
        qFatal("The certificate can't be written");
    return file.fileName();
}

void TrustTest::withoutFurtherAuthoritiesAStrangerIsRefusedAtOnce()
{
    Transport transport(m_server->url());

    const Answer answer = answerTo(transport, getRequest());

    QCOMPARE(answer.error().kind, ApiError::Kind::Tls);
    QCOMPARE(m_server->connectionCount(), 1);
}

void TrustTest::whomAFileVouchesForIsTrustedAtOnce_data()
{
    QTest::addColumn<bool>("isOfTheEnvironment");
    QTest::newRow("the connection's file") << false;
    QTest::newRow("SSL_CERT_FILE") << true;
}

void TrustTest::whomAFileVouchesForIsTrustedAtOnce()
{
    QFETCH(const bool, isOfTheEnvironment);
    Connection connection{.server = m_server->url()};
    if (isOfTheEnvironment)
        qputenv("SSL_CERT_FILE", QFile::encodeName(m_friend));
    else
        connection.authorityFile = m_friend;
    Transport transport(connection);

    const Answer answer = answerTo(transport, getRequest());

    QVERIFY(answer.isSuccess());
    QCOMPARE(m_server->connectionCount(), 1);
}

void TrustTest::whomNeitherVouchesForIsRefusedOnceBothWereAsked()
{
    Transport transport(Connection{.server = m_server->url(), .authorityFile = m_other});

    const Answer answer = answerTo(transport, getRequest());

    QCOMPARE(answer.error().kind, ApiError::Kind::Tls);
    QCOMPARE(m_server->connectionCount(), 2);
    QVERIFY(m_server->requests().empty());
}

void TrustTest::aPostIsSentOnceWhoeverVouches()
{
    m_server->setCertificate(TestCertificate::stranger());
    Transport transport(Connection{.server = m_server->url(), .authorityFile = m_friend});
    QCOMPARE(answerTo(transport, postRequest()).error().kind, ApiError::Kind::Tls);
    m_server->setCertificate(TestCertificate::instance());

    const Answer answer = answerTo(transport, postRequest());

    QVERIFY(answer.isSuccess());
    QCOMPARE(m_server->requests().size(), std::size_t(1));
    QCOMPARE(m_server->request(0).body, postRequest().body);
}

void TrustTest::afterARefusalFurtherAuthoritiesAreAskedAgain()
{
    m_server->setCertificate(TestCertificate::stranger());
    Transport transport(Connection{.server = m_server->url(), .authorityFile = m_friend});
    QCOMPARE(answerTo(transport, getRequest()).error().kind, ApiError::Kind::Tls);
    m_server->setCertificate(TestCertificate::instance());

    const Answer answer = answerTo(transport, getRequest());

    QVERIFY(answer.isSuccess());
}

QTEST_GUILESS_MAIN(TrustTest)
#include "trusttest.moc"
