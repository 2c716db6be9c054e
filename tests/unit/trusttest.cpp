// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"

#include "support/asking.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QDir>
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
    void aRefusalSaysWhichAuthoritiesCouldNotBeRead_data();
    void aRefusalSaysWhichAuthoritiesCouldNotBeRead();
    void whatIsNotAboutTrustSaysNothingOfAuthorities();
    void aPostIsSentOnceWhoeverVouches();
    void afterARefusalFurtherAuthoritiesAreAskedAgain();

private:
    QString write(const QString &name, const QByteArray &data) const;

    QTemporaryDir m_folder;
    QString m_friend;
    QString m_other;
    QString m_der;
    QString m_bundle; ///< the friend's certificate and a damaged one
    QString m_damaged;
    std::unique_ptr<ScriptedServer> m_server;
};

void TrustTest::initTestCase()
{
    const QByteArray pem = TestCertificate::instance().certificate.toPem();
    QByteArray damaged = TestCertificate::stranger().certificate.toPem();
    m_friend = write(u"friend.pem"_s, pem);
    m_other = write(u"other.pem"_s, damaged);
    damaged[40] = '*';
    m_der = write(u"friend.der"_s, TestCertificate::instance().certificate.toDer());
    m_bundle = write(u"bundle.pem"_s, damaged + pem);
    m_damaged = write(u"damaged.pem"_s, damaged);
    QVERIFY(QDir(m_folder.path()).mkdir(u"folder"_s));
    write(u"folder/any name"_s, pem);
    write(u"folder/damaged.pem"_s, damaged);
}

void TrustTest::init()
{
    m_server = std::make_unique<ScriptedServer>(ScriptedServer::Security::Tls);
    m_server->otherwise(ScriptedReply{});
}

void TrustTest::cleanup()
{
    qunsetenv("SSL_CERT_FILE");
    qunsetenv("SSL_CERT_DIR");
}

QString TrustTest::write(const QString &name, const QByteArray &data) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size())
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
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("file");
    QTest::newRow("the connection's file") << QByteArray() << m_friend;
    QTest::newRow("the connection's file, DER") << QByteArray() << m_der;
    QTest::newRow("SSL_CERT_FILE") << "SSL_CERT_FILE"_ba << m_friend;
    QTest::newRow("SSL_CERT_FILE, DER") << "SSL_CERT_FILE"_ba << m_der;
    QTest::newRow("SSL_CERT_FILE, damaged in part") << "SSL_CERT_FILE"_ba << m_bundle;
    QTest::newRow("SSL_CERT_DIR") << "SSL_CERT_DIR"_ba << m_folder.filePath(u"folder"_s);
}

void TrustTest::whomAFileVouchesForIsTrustedAtOnce()
{
    QFETCH(const QByteArray, variable);
    QFETCH(const QString, file);
    Connection connection{.server = m_server->url()};
    if (variable.isEmpty())
        connection.authorityFile = file;
    else
        qputenv(variable.constData(), QFile::encodeName(file));
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

void TrustTest::aRefusalSaysWhichAuthoritiesCouldNotBeRead_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("words");
    for (const QByteArray &variable : {""_ba, "SSL_CERT_FILE"_ba, "SSL_CERT_DIR"_ba}) {
        QTest::addRow("missing %s", variable.constData())
            << variable << u"/nowhere/ca"_s << u"“/nowhere/ca” does not exist"_s;
    }
    QTest::newRow("a device") << "SSL_CERT_FILE"_ba << u"/dev/zero"_s << u"a device"_s;
    QTest::newRow("damaged") << "SSL_CERT_FILE"_ba << m_damaged << u"1 certificate(s) is damaged"_s;
}

void TrustTest::aRefusalSaysWhichAuthoritiesCouldNotBeRead()
{
    QFETCH(const QByteArray, variable);
    QFETCH(const QString, file);
    QFETCH(const QString, words);
    Connection connection{.server = m_server->url()};
    if (variable.isEmpty())
        connection.authorityFile = file;
    else
        qputenv(variable.constData(), QFile::encodeName(file));
    Transport transport(connection);

    const ApiError error = answerTo(transport, getRequest()).error();

    QCOMPARE(error.kind, ApiError::Kind::Tls);
    QVERIFY2(error.technicalDetail.contains(words), qPrintable(error.technicalDetail));
    QVERIFY2(error.technicalDetail.startsWith(u"The certificate"_s), qPrintable(error.technicalDetail));
    QVERIFY(m_server->requests().empty());
}

void TrustTest::whatIsNotAboutTrustSaysNothingOfAuthorities()
{
    qputenv("SSL_CERT_FILE", "/nowhere/ca.pem");
    const QUrl url = m_server->url();
    m_server.reset();
    Transport transport(Connection{.server = url});
    const ApiError error = answerTo(transport, getRequest()).error();
    QCOMPARE(error.kind, ApiError::Kind::Offline);
    QVERIFY2(!error.technicalDetail.contains(u"/nowhere"_s), qPrintable(error.technicalDetail));
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
