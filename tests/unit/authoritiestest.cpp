// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorities.h"

#include "domain/connection.h"
#include "support/testcertificate.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Kind = AuthorityProblem::Kind;

namespace {

QByteArray one()
{
    return TestCertificate::instance().certificate.toPem();
}

QByteArray other()
{
    return TestCertificate::stranger().certificate.toPem();
}

QByteArray der()
{
    return TestCertificate::instance().certificate.toDer();
}

QByteArray key()
{
    return TestCertificate::instance().key.toPem();
}

QByteArray damaged()
{
    QByteArray pem = other();
    pem[40] = '*';
    return pem;
}

/// The block as it is, but for what it is called.
QByteArray renamed(QByteArray pem, const QByteArray &name)
{
    return pem.replace("CERTIFICATE-----", QByteArray(name + "-----"));
}

QByteArray utf16(const QByteArray &text)
{
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringConverter::Flag::WriteBom);
    return encoder(QString::fromLatin1(text));
}

} // namespace

/// Files that say whom to trust: used as far as they can be read, and told where they can't, in bounded time
/// and memory.
class AuthoritiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatCanBeReadIsUsed_data();
    void whatCanBeReadIsUsed();
    void whatCannotBeReadIsTold_data();
    void whatCannotBeReadIsTold();
    void theGoodOnesOfABundleAreUsedAndTheBadOnesCounted();
    void aFileThatCannotBeOpenedIsTold();
    void whatIsNoFileIsNeitherWaitedForNorRead_data();
    void whatIsNoFileIsNeitherWaitedForNorRead();
    void aLargeFileIsNotRead();
    void aPathMayHoldAnything();

    void allFilesOfAllFoldersAreUsed();
    void whatElseIsInAFolderIsNoProblem();
    void aDamagedFileOfAFolderIsToldOnce();
    void aFolderThatIsNoneIsTold_data();
    void aFolderThatIsNoneIsTold();
    void foldersAreReadUpToABound();
    void theFileAndTheFoldersAndTheProfileAddUp();
    void eachIsToldWithWhatToDo();

private:
    QString write(const QString &name, const QByteArray &data) const;
    static QString wordsOf(const Authorities &found) { return authorityProblemText(found.problems); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void AuthoritiesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    cleanup();
}

void AuthoritiesTest::cleanup()
{
    qunsetenv("SSL_CERT_FILE");
    qunsetenv("SSL_CERT_DIR");
}

QString AuthoritiesTest::write(const QString &name, const QByteArray &data) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size())
        qFatal("The file can't be written");
    return file.fileName();
}

void AuthoritiesTest::whatCanBeReadIsUsed_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("count");
    QTest::newRow("PEM") << one() << 1;
    QTest::newRow("a bundle") << one() + other() << 2;
    QTest::newRow("CRLF") << one().replace("\n", "\r\n") << 1;
    QTest::newRow("CR alone") << one().replace("\n", "\r") << 1;
    QTest::newRow("no line break at the end") << one().trimmed() << 1;
    QTest::newRow("no line breaks inside") << one().replace("\n", "") << 1;
    QTest::newRow("indented") << "  " + one().replace("\n", "\n  ") << 1;
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + one() << 1;
    QTest::newRow("UTF-16") << utf16(one()) << 1;
    QTest::newRow("text around") << "subject=CN = a\n" + one() + "\nand so on\n" + other() << 2;
    QTest::newRow("a key beside") << key() + one() << 1;
    QTest::newRow("an old name") << renamed(one(), "X509 CERTIFICATE") << 1;
    QTest::newRow("DER") << der() << 1;
    QTest::newRow("DER, two") << der() + TestCertificate::stranger().certificate.toDer() << 2;
    QTest::newRow("DER and a line break") << der() + "\n" << 1;
}

void AuthoritiesTest::whatCanBeReadIsUsed()
{
    QFETCH(const QByteArray, data);
    QFETCH(const int, count);

    const Authorities found = readAuthorities(write(u"ca"_s, data));

    QCOMPARE(found.certificates.size(), count);
    QVERIFY(found.certificates.contains(TestCertificate::instance().certificate));
    QCOMPARE(wordsOf(found), QString());
}

void AuthoritiesTest::whatCannotBeReadIsTold_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("words");
    const QByteArray pkcs7 = QByteArray::fromHex("3081 80 0609 2a864886f70d010702 a0");
    QTest::newRow("empty") << QByteArray() << u"is empty"_s;
    QTest::newRow("blank") << "\r\n \n"_ba << u"is empty"_s;
    QTest::newRow("zeros") << QByteArray(5000, '\0') << u"holds no certificate"_s;
    QTest::newRow("text") << "0 certificates"_ba << u"holds no certificate"_s;
    QTest::newRow("a certificate request")
        << renamed(one(), "CERTIFICATE REQUEST") << u"holds no certificate"_s;
    QTest::newRow("a key") << key() << u"holds a private key and no certificate"_s;
    QTest::newRow("a key, DER") << QByteArray::fromHex("3082 0100 0201 00 30") << u"holds a private key"_s;
    QTest::newRow("PKCS #7") << renamed(one(), "PKCS7") << u"PKCS #7"_s;
    QTest::newRow("PKCS #7, DER") << pkcs7 << u"PKCS #7"_s;
    QTest::newRow("PKCS #12") << QByteArray::fromHex("3082 0900 0201 03 30") << u"PKCS #12"_s;
    QTest::newRow("OpenSSL's form") << renamed(one(), "TRUSTED CERTIFICATE") << u"TRUSTED CERTIFICATE"_s;
    QTest::newRow("damaged") << damaged() << u"1 certificate"_s;
    QTest::newRow("cut short") << one().first(300) << u"1 certificate"_s;
    QTest::newRow("no last line") << one().first(one().indexOf("-----END")) << u"1 certificate"_s;
    QTest::newRow("DER, cut short") << der().first(200) << u"1 certificate"_s;
}

void AuthoritiesTest::whatCannotBeReadIsTold()
{
    QFETCH(const QByteArray, data);
    QFETCH(const QString, words);
    const QString path = write(u"ca.pem"_s, data);

    const Authorities found = readAuthorities(path);

    QVERIFY(found.certificates.isEmpty());
    QCOMPARE(found.problems.size(), std::size_t(1));
    QVERIFY2(wordsOf(found).contains(words), qPrintable(wordsOf(found)));
    QVERIFY2(wordsOf(found).contains(u"“%1”"_s.arg(path)), qPrintable(wordsOf(found)));
}

void AuthoritiesTest::theGoodOnesOfABundleAreUsedAndTheBadOnesCounted()
{
    const QByteArray cut = other().first(200) + '\n';

    const Authorities found = readAuthorities(write(u"ca.pem"_s, damaged() + cut + one() + damaged()));

    QCOMPARE(found.certificates, QList{TestCertificate::instance().certificate});
    QCOMPARE(found.problems.size(), std::size_t(1));
    QCOMPARE(found.problems.front().damaged, 3);
    QVERIFY2(wordsOf(found).contains(u"3 certificate"_s), qPrintable(wordsOf(found)));
    QVERIFY2(wordsOf(found).contains(u"Not all authorities"_s), qPrintable(wordsOf(found)));
    QVERIFY2(wordsOf(found).contains(u"1 other certificate"_s), qPrintable(wordsOf(found)));

    const Authorities withRest = readAuthorities(write(u"ca.der"_s, der() + der().first(100)));
    QCOMPARE(withRest.certificates, QList{TestCertificate::instance().certificate});
    QCOMPARE(withRest.problems.at(0).kind, Kind::Damaged);
}

void AuthoritiesTest::aFileThatCannotBeOpenedIsTold()
{
    QVERIFY(wordsOf(readAuthorities(u"/nowhere/ca.pem"_s)).contains(u"“/nowhere/ca.pem” does not exist"_s));
    QVERIFY(wordsOf(readAuthorities(m_folder->path())).contains(u"is a folder"_s));

    const QString path = write(u"ca.pem"_s, one());
    QVERIFY(::chmod(QFile::encodeName(path), 0) == 0);
    QVERIFY(::chmod(QFile::encodeName(m_folder->path()), 0755) == 0);
    const uid_t self = ::geteuid();
    if (self == 0)
        QVERIFY(::seteuid(65534) == 0); // everything is permitted to root
    const Authorities found = readAuthorities(path);
    QVERIFY(::seteuid(self) == 0);
    QVERIFY(found.certificates.isEmpty());
    QVERIFY2(wordsOf(found).contains(u"permission denied"_s, Qt::CaseInsensitive),
             qPrintable(wordsOf(found)));
}

void AuthoritiesTest::whatIsNoFileIsNeitherWaitedForNorRead_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOfTheEnvironment");
    for (const bool isOfTheEnvironment : {false, true}) {
        const char *whose = isOfTheEnvironment ? "SSL_CERT_FILE" : "the profile's";
        QTest::addRow("a pipe, %s", whose) << u"pipe"_s << isOfTheEnvironment;
        QTest::addRow("a link to a pipe, %s", whose) << u"link"_s << isOfTheEnvironment;
        QTest::addRow("zeros, %s", whose) << u"/dev/zero"_s << isOfTheEnvironment;
        QTest::addRow("nothing, %s", whose) << u"/dev/null"_s << isOfTheEnvironment;
    }
}

void AuthoritiesTest::whatIsNoFileIsNeitherWaitedForNorRead()
{
    QFETCH(QString, path);
    QFETCH(const bool, isOfTheEnvironment);
    const QString pipe = m_folder->filePath(u"pipe"_s);
    QVERIFY(::mkfifo(QFile::encodeName(pipe), 0600) == 0);
    QVERIFY(QFile::link(pipe, m_folder->filePath(u"link"_s)));
    path = QDir(m_folder->path()).absoluteFilePath(path);
    if (isOfTheEnvironment)
        qputenv("SSL_CERT_FILE", QFile::encodeName(path));

    QElapsedTimer time;
    time.start();
    const Authorities found = isOfTheEnvironment ? furtherAuthorities({}) : readAuthorities(path);

    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(found.problems.at(0).kind, Kind::IsDevice);
    QVERIFY(wordsOf(found).contains(u"a device or a pipe"_s));
}

void AuthoritiesTest::aLargeFileIsNotRead()
{
    const QString path = write(u"ca.pem"_s, one());
    QVERIFY(QFile::resize(path, qint64(1) << 30));
    QElapsedTimer time;
    time.start();
    const Authorities found = readAuthorities(path);
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(found.problems.at(0).kind, Kind::TooLarge);

    QVERIFY(QFile::resize(path, maxAuthorityFile));
    QVERIFY(!readAuthorities(path).certificates.isEmpty());
    QVERIFY(QFile::resize(path, maxAuthorityFile + 1));
    QVERIFY(readAuthorities(path).certificates.isEmpty());
}

void AuthoritiesTest::aPathMayHoldAnything()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"100%1 %2 <b>"_s));
    const QString path = write(u"100%1 %2 <b>/a\nb.pem"_s, {});
    const QString words = wordsOf(readAuthorities(path));
    QVERIFY2(words.contains(u"100%1 %2 <b>/a\u240ab.pem” is empty"_s), qPrintable(words));
    const QString longWords = wordsOf(readAuthorities(u"/" + QString(3000, u'x')));
    QVERIFY2(longWords.size() < 400, qPrintable(longWords));
}

void AuthoritiesTest::allFilesOfAllFoldersAreUsed()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"one"_s) && QDir(m_folder->path()).mkdir(u"two"_s));
    write(u"one/any name"_s, one());
    QVERIFY(QFile::link(m_folder->filePath(u"one/any name"_s), m_folder->filePath(u"one/0a1b2c3d.0"_s)));
    write(u"two/ca.der"_s, TestCertificate::stranger().certificate.toDer());
    const QByteArray folders = QFile::encodeName(m_folder->filePath(u"one"_s) + QDir::listSeparator() +
                                                 m_folder->filePath(u"two"_s) + QDir::listSeparator());
    qputenv("SSL_CERT_DIR", folders);

    const Authorities found = furtherAuthorities({});

    QCOMPARE(found.certificates.size(), 2);
    QVERIFY(found.certificates.contains(TestCertificate::instance().certificate));
    QVERIFY(found.certificates.contains(TestCertificate::stranger().certificate));
    QCOMPARE(wordsOf(found), QString());
}

void AuthoritiesTest::whatElseIsInAFolderIsNoProblem()
{
    write(u"ca.pem"_s, one());
    write(u"README"_s, "These are certificates.");
    write(u"private.key"_s, key());
    write(u"empty"_s, {});
    QVERIFY(QDir(m_folder->path()).mkdir(u"more.pem"_s));
    QVERIFY(::mkfifo(QFile::encodeName(m_folder->filePath(u"pipe"_s)), 0600) == 0);
    qputenv("SSL_CERT_DIR", QFile::encodeName(m_folder->path()));

    const Authorities found = furtherAuthorities({});

    QCOMPARE(found.certificates.size(), 1);
    QCOMPARE(wordsOf(found), QString());
}

void AuthoritiesTest::aDamagedFileOfAFolderIsToldOnce()
{
    write(u"good.pem"_s, one());
    write(u"bad1.pem"_s, damaged() + damaged());
    write(u"bad2.crt"_s, {});
    write(u"mixed"_s, one() + damaged());
    QVERIFY(::mkfifo(QFile::encodeName(m_folder->filePath(u"pipe.pem"_s)), 0600) == 0);
    qputenv("SSL_CERT_DIR", QFile::encodeName(m_folder->path()));

    const Authorities found = furtherAuthorities({});

    QCOMPARE(found.certificates.size(), 1);
    QCOMPARE(found.problems.size(), std::size_t(1));
    const QString words = wordsOf(found);
    QVERIFY2(words.contains(u"Not all authorities of SSL_CERT_DIR"_s), qPrintable(words));
    QVERIFY2(words.contains(u"4 file"_s), qPrintable(words));
    QVERIFY2(words.contains(u"“%1” 2 certificate"_s.arg(m_folder->filePath(u"bad1.pem"_s))),
             qPrintable(words));
}

void AuthoritiesTest::aFolderThatIsNoneIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << u"nowhere"_s << u"does not exist"_s;
    QTest::newRow("a file") << u"ca.pem"_s << u"which SSL_CERT_FILE may name"_s;
    QTest::newRow("a device") << u"/dev/zero"_s << u"a device or a pipe"_s;
    QTest::newRow("empty") << u"empty"_s << u"holds no certificate"_s;
}

void AuthoritiesTest::aFolderThatIsNoneIsTold()
{
    QFETCH(const QString, name);
    QFETCH(const QString, words);
    write(u"ca.pem"_s, one());
    QVERIFY(QDir(m_folder->path()).mkdir(u"empty"_s));
    qputenv("SSL_CERT_DIR", QFile::encodeName(QDir(m_folder->path()).absoluteFilePath(name)));

    const Authorities found = furtherAuthorities({});

    QVERIFY(found.certificates.isEmpty());
    QVERIFY2(wordsOf(found).startsWith(u"SSL_CERT_DIR adds no authority"_s), qPrintable(wordsOf(found)));
    QVERIFY2(wordsOf(found).contains(words), qPrintable(wordsOf(found)));
}

void AuthoritiesTest::foldersAreReadUpToABound()
{
    const QString large = write(u"large"_s, one());
    QVERIFY(QFile::resize(large, maxAuthorityFile));
    for (int i = 0; i < 12; ++i)
        QVERIFY(QFile::copy(large, m_folder->filePath(u"%1.pem"_s.arg(i))));
    qputenv("SSL_CERT_DIR", QFile::encodeName(m_folder->path()));
    Authorities found = furtherAuthorities({});
    QCOMPARE(found.certificates.size(), 1);
    QCOMPARE(found.problems.at(0).kind, Kind::TooMuchInFolders);

    init();
    for (int i = 0; i < maxAuthorityFiles; ++i)
        write(u"%1"_s.arg(i, 5, 10, QChar(u'0')), {});
    write(u"z.pem"_s, one());
    qputenv("SSL_CERT_DIR", QFile::encodeName(m_folder->path()));
    found = furtherAuthorities({});
    QCOMPARE(found.certificates.size(), 0);
    QCOMPARE(found.problems.at(0).kind, Kind::TooMuchInFolders);
    QVERIFY2(wordsOf(found).contains(u"not all read"_s), qPrintable(wordsOf(found)));
}

void AuthoritiesTest::theFileAndTheFoldersAndTheProfileAddUp()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    write(u"folder/ca.pem"_s, one());
    qputenv("SSL_CERT_DIR", QFile::encodeName(m_folder->filePath(u"folder"_s)));
    qputenv("SSL_CERT_FILE", QFile::encodeName(write(u"other.pem"_s, other())));
    const QString third = QStringLiteral(CREDENZA_FIXTURES "/keys/certificate.pem");
    QCOMPARE(furtherAuthorities({}).certificates.size(), 2);
    QCOMPARE(furtherAuthorities({.authorityFile = third}).certificates.size(), 3);
}

void AuthoritiesTest::eachIsToldWithWhatToDo()
{
    qputenv("SSL_CERT_FILE", "/nowhere/file");
    qputenv("SSL_CERT_DIR", "/nowhere/folder");
    QCOMPARE(wordsOf(furtherAuthorities({.authorityFile = u"/nowhere/ca"_s})),
             u"The profile's CA file adds no authority that is trusted: “/nowhere/ca” does not exist. "
             "Choose another in the profile's settings. "
             "SSL_CERT_FILE adds no authority that is trusted: “/nowhere/file” does not exist. "
             "SSL_CERT_DIR adds no authority that is trusted: “/nowhere/folder” does not exist. "
             "Correct the variable or what it names, and start Credenza again."_s);
}

QTEST_GUILESS_MAIN(AuthoritiesTest)
#include "authoritiestest.moc"
