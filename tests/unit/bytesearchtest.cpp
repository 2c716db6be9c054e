// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bytesearch.h"

#include <QByteArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// Whether bytes are found among others.
class ByteSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreFoundWhereverTheyAre();
};

void ByteSearchTest::bytesAreFoundWhereverTheyAre()
{
    // Around the size of what is looked at at once.
    for (qsizetype size = 0; size < 70; ++size) {
        for (qsizetype length = 1; length <= 20; ++length) {
            for (qsizetype at = 0; at + length <= size; ++at) {
                QByteArray text(size, 'a');
                const QByteArray sought = QByteArray(length - 1, 'a') + 'b';
                QVERIFY(!containsBytes(text, sought));
                text[at + length - 1] = 'b';
                QVERIFY(containsBytes(text, sought));
                QVERIFY(!containsBytes(text, QByteArray('b' + sought)));
            }
        }
        QVERIFY(containsBytes(QByteArray(size, 'a'), {}));
    }
}

QTEST_APPLESS_MAIN(ByteSearchTest)
#include "bytesearchtest.moc"
