// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/settingsfile.h"

#include "support/holdsfor.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

int modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(qPrintable(path), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Settings that can't be read or written.
class SettingsFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aNewFileIsForItsOwnerAlone();
    void whatIsOnlyReadLeavesNoFile();
    void aFileThatOthersCouldReadIsClosedToThem();
    void aDamagedFileIsCopiedBeforeItIsWrittenOver_data();
    void aDamagedFileIsCopiedBeforeItIsWrittenOver();
    void aDamagedFileThatCannotBeCopiedIsLeftAsItIs();
    void aDamagedFileOfTheOrganizationIsNotOurs();
    void aFolderThatCannotBeMadeIsToldOnce();
    void whatFailsLaterIsToldToo();
    void whatIsFineIsNotToldOf();
    void withoutAHomeNothingIsWritten_data();
    void withoutAHomeNothingIsWritten();

private:
    void write(const QByteArray &content, mode_t mode = 0600);

    std::unique_ptr<QTemporaryDir> m_config;
    QString m_path;
};

void SettingsFileTest::initTestCase()
{
    ::umask(022); // as nearly everywhere
    QCoreApplication::setOrganizationName(u"Credenza"_s);
    QCoreApplication::setApplicationVersion(u"1.2.3"_s);
}

void SettingsFileTest::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_config->path());
    m_path = m_config->filePath(u"Credenza/Credenza.conf"_s);
}

void SettingsFileTest::write(const QByteArray &content, mode_t mode)
{
    QVERIFY(QDir(m_config->path()).mkpath(u"Credenza"_s));
    QFile file(m_path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(content);
    file.close();
    QCOMPARE(::chmod(qPrintable(m_path), mode), 0);
}

void SettingsFileTest::aNewFileIsForItsOwnerAlone()
{
    SettingsFile file(u"Credenza"_s);
    file.settings().setValue(u"window/sidebar"_s, false);
    file.save();
    QCOMPARE(modeOf(m_path), 0600);
    QCOMPARE(modeOf(m_config->filePath(u"Credenza"_s)), 0700);
    QVERIFY(contentOf(m_path).contains("sidebar=false"));
}

void SettingsFileTest::whatIsOnlyReadLeavesNoFile()
{
    {
        SettingsFile file(u"Credenza"_s);
        QVERIFY(!file.settings().contains(u"window/sidebar"_s));
    }
    QVERIFY(!QFile::exists(m_path));
    {
        SettingsFile file(u"Credenza"_s);
        file.settings().setValue(u"window/sidebar"_s, false);
    }
    QCOMPARE(modeOf(m_path), 0600);
}

void SettingsFileTest::aFileThatOthersCouldReadIsClosedToThem()
{
    write("[window]\nsidebar=false\n", 0664);
    SettingsFile file(u"Credenza"_s);
    QCOMPARE(modeOf(m_path), 0600);
    QCOMPARE(file.settings().value(u"window/sidebar"_s).toString(), u"false"_s);
    for (int round = 0; round < 2; ++round) { // each writes another file in its place
        file.settings().setValue(u"window/round"_s, round);
        file.save();
        QCOMPARE(modeOf(m_path), 0600);
    }
    QVERIFY(contentOf(m_path).contains("round=1"));
}

void SettingsFileTest::aDamagedFileIsCopiedBeforeItIsWrittenOver_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("a section that does not end") << QByteArray("[profiles\nname=a\n");
    QTest::newRow("no line of settings") << QByteArray("[profiles]\nname of nothing\n");
    QTest::newRow("the zeros of a crash") << QByteArray("[profiles]\n" + QByteArray(500, '\0'));
}

void SettingsFileTest::aDamagedFileIsCopiedBeforeItIsWrittenOver()
{
    QFETCH(QByteArray, rest);
    const QByteArray content = "[window]\nsidebar=false\n\n" + rest;
    write(content, 0644);
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.settings().setValue(u"window/geometry"_s, 1);
    file.save();

    const QString copy = m_path + ".bak"_L1;
    QCOMPARE(contentOf(copy), content);
    QCOMPARE(modeOf(copy), 0600);
    QCOMPARE(file.settings().value(u"window/sidebar"_s).toString(), u"false"_s);
    QVERIFY(contentOf(m_path).contains("geometry=1"));
    QCOMPARE(problems.count(), 0); // until it is asked for
    file.check();
    file.check();
    QCOMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].toString().contains(m_path + u' '));
    QVERIFY(problems[0][0].toString().contains(copy));
}

void SettingsFileTest::aDamagedFileThatCannotBeCopiedIsLeftAsItIs()
{
    const QByteArray content = "[window]\nno line of settings\n";
    write(content);
    for (const QString &number : {u""_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s, u"8"_s, u"9"_s})
        QVERIFY(QDir().mkpath(m_path + ".bak"_L1 + number + "/in the way"_L1));
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.settings().setValue(u"window/geometry"_s, 1);
    file.save();
    file.check();
    QCOMPARE(contentOf(m_path), content);
    QCOMPARE(file.settings().value(u"window/geometry"_s).toInt(), 1);
    QCOMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].toString().contains(u"no copy"_s));
}

void SettingsFileTest::aDamagedFileOfTheOrganizationIsNotOurs()
{
    write("[window]\nsidebar=false\n");
    QFile others(m_config->filePath(u"Credenza.conf"_s));
    QVERIFY(others.open(QFile::WriteOnly));
    others.write("[window]\nno line of settings\n");
    others.close();
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.check();
    QCOMPARE(problems.count(), 0);
    QVERIFY(!QFile::exists(m_path + ".bak"_L1));
}

void SettingsFileTest::aFolderThatCannotBeMadeIsToldOnce()
{
    QFile inTheWay(m_config->filePath(u"Credenza"_s));
    QVERIFY(inTheWay.open(QFile::WriteOnly));
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.settings().setValue(u"window/sidebar"_s, false);
    file.check();
    file.check();
    QCOMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].toString().contains(m_path));
    QVERIFY2(problems[0][0].toString().contains(u"Not a directory"_s), qPrintable(problems[0][0].toString()));
    QCOMPARE(file.settings().value(u"window/sidebar"_s).toBool(), false);
    QVERIFY(file.settings().contains(u"window/sidebar"_s));
}

void SettingsFileTest::whatFailsLaterIsToldToo()
{
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.check();
    QCOMPARE(problems.count(), 0);

    QVERIFY(QDir(m_config->filePath(u"Credenza"_s)).removeRecursively());
    QFile inTheWay(m_config->filePath(u"Credenza"_s));
    QVERIFY(inTheWay.open(QFile::WriteOnly));
    for (int round = 0; round < 3; ++round) {
        file.settings().setValue(u"window/round"_s, round);
        QTest::qWait(20);
    }
    QCOMPARE(problems.count(), 1);
}

void SettingsFileTest::whatIsFineIsNotToldOf()
{
    write("[window]\nsidebar=false\n");
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.check();
    file.settings().setValue(u"window/round"_s, 1);
    VERIFY_HOLDS_FOR(20ms, problems.empty());
    QVERIFY(contentOf(m_path).contains("version=1.2.3"));
    QCOMPARE(QDir(m_config->filePath(u"Credenza"_s)).entryList(QDir::Files | QDir::Hidden),
             QStringList{u"Credenza.conf"_s});
}

void SettingsFileTest::withoutAHomeNothingIsWritten_data()
{
    QTest::addColumn<bool>("isSet");
    QTest::newRow("not set") << false;
    QTest::newRow("empty") << true;
}

void SettingsFileTest::withoutAHomeNothingIsWritten()
{
    QFETCH(bool, isSet);
    const QByteArray home = qgetenv("HOME");
    const QByteArray config = qgetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_CONFIG_HOME");
    if (isSet)
        qputenv("HOME", "");
    else
        qunsetenv("HOME");
    SettingsFile file(u"Credenza"_s);
    const QSignalSpy problems(&file, &SettingsFile::problemFound);
    file.settings().setValue(u"window/sidebar"_s, false);
    file.save();
    file.check();
    qputenv("HOME", home);
    qputenv("XDG_CONFIG_HOME", config);

    QVERIFY(file.settings().contains(u"window/sidebar"_s));
    QVERIFY(!QFile::exists(file.settings().fileName()));
    QVERIFY(QDir(m_config->path()).isEmpty());
    QCOMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].toString().contains(u"HOME"_s));
}

QTEST_GUILESS_MAIN(SettingsFileTest)
#include "settingsfiletest.moc"
