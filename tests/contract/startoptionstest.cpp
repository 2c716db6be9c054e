// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// What the program says on the command line, where there is no display.
class StartOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void itAnswersWithoutADisplay_data();
    void itAnswersWithoutADisplay();
    void aBadCertificateFileDoesNotKeepItFromStarting_data();
    void aBadCertificateFileDoesNotKeepItFromStarting();
    void theToolkitsOptionsAreTaken_data();
    void theToolkitsOptionsAreTaken();
    void aTokenThatIsNoneIsSaidAndNotShown_data();
    void aTokenThatIsNoneIsSaidAndNotShown();
    void aPasswordInTheServerUrlIsNotShown_data();
    void aPasswordInTheServerUrlIsNotShown();

private:
    /// Everything that it says until it ends.
    QString run(const QStringList &arguments);

    QProcessEnvironment m_environment;
    QProcess m_program;
};

void StartOptionsTest::init()
{
    m_environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name :
         {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"LOSANT_API_TOKEN"_s,
          u"LOSANT_API_URL"_s, u"SSL_CERT_FILE"_s, u"SSL_CERT_DIR"_s})
        m_environment.remove(name);
}

QString StartOptionsTest::run(const QStringList &arguments)
{
    m_program.setProcessEnvironment(m_environment);
    m_program.setProcessChannelMode(QProcess::MergedChannels);
    m_program.start(QStringLiteral(CREDENZA_PROGRAM), arguments);
    if (!m_program.waitForFinished(10'000)) {
        m_program.kill();
        m_program.waitForFinished();
    }
    return QString::fromUtf8(m_program.readAll());
}

void StartOptionsTest::itAnswersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("words");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0 << u"--sandbox"_s;
    QTest::newRow("short help") << QStringList{u"-h"_s} << 0 << u"--sandbox"_s;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0 << QStringLiteral(CREDENZA_VERSION);
    QTest::newRow("short version") << QStringList{u"-v"_s} << 0 << QStringLiteral(CREDENZA_VERSION);
    QTest::newRow("version after others")
        << QStringList{u"--sandbox"_s, u"--version"_s} << 0 << QStringLiteral(CREDENZA_VERSION);
    QTest::newRow("unknown option") << QStringList{u"--sandpit"_s} << 1 << u"Unknown option 'sandpit'"_s;
    QTest::newRow("missing value") << QStringList{u"--api-url"_s} << 1 << u"Missing value"_s;
    QTest::newRow("no option") << QStringList{u"sandbox"_s} << 2 << u"“sandbox” is not an option"_s;
    QTest::newRow("unsafe server") << QStringList{u"--api-url"_s, u"http://example.com"_s} << 2
                                   << u"“http://example.com” can't be used"_s;
}

void StartOptionsTest::itAnswersWithoutADisplay()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);

    const QString said = run(arguments);

    QCOMPARE(m_program.exitStatus(), QProcess::NormalExit);
    QTEST(m_program.exitCode(), "exitCode");
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY2(!said.contains(u"display"_s), qPrintable(said));
}

void StartOptionsTest::aBadCertificateFileDoesNotKeepItFromStarting_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << u"/nowhere/ca.pem"_s;
    QTest::newRow("a file that never ends") << u"/dev/zero"_s;
    QTest::newRow("a file that blocks") << u"/dev/tty"_s;
}

/// The window says it, to those who started the program without a terminal too.
void StartOptionsTest::aBadCertificateFileDoesNotKeepItFromStarting()
{
    QFETCH(const QString, path);
    m_environment.insert(u"SSL_CERT_FILE"_s, path);
    const QString said = run({u"--sandbox"_s, u"-platform"_s, u"nowhere"_s});
    QVERIFY2(said.contains(u"\"nowhere\""_s), qPrintable(said)); // it gets as far as to its display
}

void StartOptionsTest::theToolkitsOptionsAreTaken_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("platform") << QStringList{u"-platform"_s, u"nowhere"_s};
    QTest::newRow("two dashes") << QStringList{u"--platform"_s, u"nowhere"_s};
    QTest::newRow("style") << QStringList{u"-platform"_s, u"nowhere"_s, u"-style=fusion"_s, u"-reverse"_s};
}

void StartOptionsTest::theToolkitsOptionsAreTaken()
{
    QFETCH(QStringList, arguments);
    const QString said = run(arguments);
    QVERIFY2(said.contains(u"\"nowhere\""_s), qPrintable(said)); // the toolkit knows no such platform
    QVERIFY2(!said.contains(u"Unknown option"_s), qPrintable(said));
}

void StartOptionsTest::aTokenThatIsNoneIsSaidAndNotShown_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("a header") << u"secretpart\r\nX-Evil: 1"_s;
    QTest::newRow("two lines") << u"secretpart\nsecretpart"_s;
    QTest::newRow("a scheme") << u"Bearer secretpart"_s;
    QTest::newRow("no ASCII") << u"secretpart\u010d\u010aX"_s;
    QTest::newRow("a control character") << u"secretpart\u007f"_s;
}

void StartOptionsTest::aTokenThatIsNoneIsSaidAndNotShown()
{
    QFETCH(QString, token);
    for (const QStringList &arguments : {QStringList(), QStringList{u"--sandbox"_s}}) {
        m_environment.insert(u"LOSANT_API_TOKEN"_s, token);
        const QString said = run(arguments);
        QCOMPARE(m_program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_program.exitCode(), 2);
        QVERIFY2(said.contains(u"LOSANT_API_TOKEN holds no API token"_s), qPrintable(said));
        QVERIFY2(!said.contains(u"secretpart"_s) && !said.contains(u"X"_s), qPrintable(said));
    }
}

void StartOptionsTest::aPasswordInTheServerUrlIsNotShown_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("otherwise good") << u"https://ada:secretpart@api.losant.com"_s;
    QTest::newRow("without TLS") << u"http://ada:secretpart@example.com"_s;
    QTest::newRow("no URL") << u"https://ada:secretpart @example.com"_s;
    QTest::newRow("no scheme") << u"ada:secretpart@example.com"_s;
}

void StartOptionsTest::aPasswordInTheServerUrlIsNotShown()
{
    QFETCH(QString, url);
    m_environment.insert(u"LOSANT_API_URL"_s, url);
    const QString said = run({});
    QCOMPARE(m_program.exitCode(), 2);
    QVERIFY2(said.contains(u"holds no user name, password"_s), qPrintable(said));
    QVERIFY2(!said.contains(u"secretpart"_s), qPrintable(said));
}

QTEST_GUILESS_MAIN(StartOptionsTest)
#include "startoptionstest.moc"
