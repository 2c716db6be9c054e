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
    void whatStandsAroundAnOptionOrAVariableDoesNotCount_data();
    void whatStandsAroundAnOptionOrAVariableDoesNotCount();
    void whatIsNoIdOfAnApplicationIsSaid_data();
    void whatIsNoIdOfAnApplicationIsSaid();
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
    QTest::newRow("a control character") << u"secretpart\u007fsecretpart"_s;
    QTest::newRow("a URL") << u"https://app.losant.com/secretpart"_s;
    QTest::newRow("quotes around prose") << u"\"secretpart secretpart\""_s;
    QTest::newRow("another variable") << u"${secretpart}"_s;
    QTest::newRow("two tokens")
        << u"eyJhbGciOiJYIn0.eyJhIjoxfQ.secretpart eyJhbGciOiJYIn0.eyJhIjoyfQ.secretpart"_s;
    QTest::newRow("an ID") << u"575ec8687ae143cd83dc4a97"_s;
    QTest::newRow("an access key") << u"f7eb3b0c-7e45-4fd6-92a4-8b0c1b4b4c2e"_s;
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

void StartOptionsTest::whatStandsAroundAnOptionOrAVariableDoesNotCount_data()
{
    QTest::addColumn<QString>("around");
    QTest::newRow("blanks") << u" %1 "_s;
    QTest::newRow("a line break") << u"%1\n"_s;
    QTest::newRow("a line break of Windows") << u"%1\r\n"_s;
    QTest::newRow("a tab") << u"\t%1"_s;
    QTest::newRow("a no-break space") << u"%1\u00a0"_s;
    QTest::newRow("a zero width space") << u"\u200b%1"_s;
    QTest::newRow("a byte order mark") << u"\ufeff%1"_s;
    QTest::newRow("quotes") << u"\"%1\""_s;
    QTest::newRow("single quotes") << u"'%1'"_s;
}

void StartOptionsTest::whatStandsAroundAnOptionOrAVariableDoesNotCount()
{
    QFETCH(const QString, around);
    const QString url = around.arg(u"https://losant.example.com"_s);
    const QString id = around.arg(u"575ec8687ae143cd83dc4a97"_s);
    const QStringList nowhere{u"-platform"_s, u"nowhere"_s}; // a start gets as far as to its display
    const auto starts = [&](const QStringList &arguments) {
        const QString said = run(arguments + nowhere);
        if (!said.contains(u"\"nowhere\""_s))
            qWarning("%s", qPrintable(said));
        return said.contains(u"\"nowhere\""_s);
    };
    QVERIFY(starts({u"--api-url"_s, url}));
    QVERIFY(starts({u"--application"_s, id}));
    m_environment.insert(u"LOSANT_API_URL"_s, url);
    QVERIFY(starts({}));
    m_environment.insert(u"LOSANT_API_URL"_s, around.arg(u"LOSANT_API_URL=https://losant.example.com"_s));
    QVERIFY(starts({}));
    m_environment.insert(u"LOSANT_API_TOKEN"_s, around.arg(u"0f1e2d3c4b5a69788796a5b4c3d2e1f0"_s));
    QVERIFY(starts({}));
}

void StartOptionsTest::whatIsNoIdOfAnApplicationIsSaid_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("a name") << u"Plant floor"_s;
    QTest::newRow("too short") << u"575ec8687ae143cd83dc4a9"_s;
    QTest::newRow("another digit") << u"575ec8687ae143cd83dc4a9g"_s;
    QTest::newRow("a path") << u"../575ec8687ae143cd83dc4a97"_s;
}

void StartOptionsTest::whatIsNoIdOfAnApplicationIsSaid()
{
    QFETCH(QString, id);
    const QString said = run({u"--sandbox"_s, u"--application"_s, id});
    QCOMPARE(m_program.exitCode(), 2);
    QVERIFY2(said.contains(u"“%1” is not the ID of an application"_s.arg(id)), qPrintable(said));
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
