// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include <QDir>
#include <QTest>

/// Feeds a fuzz target the corpus that is kept of it. A target that finds something ends the program, after
/// the input's name.
class CorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInputHolds_data();
    void everyInputHolds();
};

void CorpusTest::everyInputHolds_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(CREDENZA_CORPUS));
    const QFileInfoList files = folder.entryInfoList(QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files)
        QTest::newRow(qUtf8Printable(file.fileName())) << file.filePath();
}

void CorpusTest::everyInputHolds()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    const QByteArray input = file.readAll();
    QCOMPARE(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.constData()),
                                    std::size_t(input.size())),
             0);
}

QTEST_GUILESS_MAIN(CorpusTest)
#include "replay.moc"
