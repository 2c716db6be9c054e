// SPDX-License-Identifier: GPL-3.0-or-later
#include "freedmemory.h"

#include "support/memorypeek.h"

#include <QTest>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

/// What stands where something was, once it was freed or has moved.
class FreedMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsFreedIsOverwritten_data();
    void whatIsFreedIsOverwritten();
    void whatMovesLeavesNothingBehind_data();
    void whatMovesLeavesNothingBehind();
    void whatGrowsAndShrinksKeepsItsBytes();
    void largeBlocksGrowToo();

private:
    static void addSizes();
    /// A block that ends in the secret, and is not the last one: that would grow where it is.
    char *makeSecret(std::size_t size);

    const QByteArray m_secret = "secret-7c1f2a90b3";
    std::vector<std::unique_ptr<char[]>> m_others;
};

void FreedMemoryTest::initTestCase()
{
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__)
    QSKIP("nothing is overwritten here");
#endif
    char *place = makeSecret(200);
    const volatile quintptr where = quintptr(place); // of what the compiler knows nothing
    std::free(place);
    QVERIFY(memoryAt(where, 200).contains(m_secret)); // so it would be there
    overwriteFreedMemory();
}

void FreedMemoryTest::addSizes()
{
    QTest::addColumn<int>("size");
    for (const int size : {24, 40, 100, 200, 1000, 1032, 1100, 4000, 20'000, 70'000})
        QTest::addRow("%d bytes", size) << size;
}

char *FreedMemoryTest::makeSecret(std::size_t size)
{
    auto *place = static_cast<char *>(std::malloc(size));
    m_others.push_back(std::make_unique<char[]>(32));
    std::memset(place, 'x', size);
    std::memcpy(place + size - std::size_t(m_secret.size()), m_secret.constData(),
                std::size_t(m_secret.size()));
    return place;
}

void FreedMemoryTest::whatIsFreedIsOverwritten_data()
{
    addSizes();
}

void FreedMemoryTest::whatIsFreedIsOverwritten()
{
    QFETCH(int, size);
    char *place = makeSecret(std::size_t(size));
    const volatile quintptr where = quintptr(place); // of what the compiler knows nothing
    QVERIFY(memoryAt(where, size).contains(m_secret));
    std::free(place);
    QVERIFY(!memoryAt(where, size).contains(m_secret.mid(4)));
}

void FreedMemoryTest::whatMovesLeavesNothingBehind_data()
{
    addSizes();
}

void FreedMemoryTest::whatMovesLeavesNothingBehind()
{
    QFETCH(int, size);
    char *place = makeSecret(std::size_t(size));
    const volatile quintptr before = quintptr(place);
    place = static_cast<char *>(std::realloc(place, std::size_t(size) * 4));
    QVERIFY(QByteArrayView(place, size).endsWith(m_secret));
    if (quintptr(place) != before)
        QVERIFY(!memoryAt(before, size).contains(m_secret.mid(4)));
    std::free(place);
}

void FreedMemoryTest::whatGrowsAndShrinksKeepsItsBytes()
{
    QByteArray bytes, expected;
    for (int round = 0; round < 200'000; ++round)
        bytes += char(round * 7);
    for (int round = 0; round < 200'000; ++round)
        QCOMPARE(bytes[round], char(round * 7));
    while (bytes.size() > 10) {
        expected = bytes.first(bytes.size() / 3);
        bytes.truncate(bytes.size() / 3);
        bytes.squeeze();
        QCOMPARE(bytes, expected);
    }
    QVERIFY(!std::realloc(std::malloc(10), 0)); // frees, as glibc has it
}

void FreedMemoryTest::largeBlocksGrowToo()
{
    QByteArray bytes(200'000, 'a');
    for (int doubled = 0; doubled < 6; ++doubled)
        bytes += bytes;
    QCOMPARE(bytes.size(), 200'000 * 64);
    QCOMPARE(bytes.count('a'), bytes.size());
}

QTEST_APPLESS_MAIN(FreedMemoryTest)
#include "freedmemorytest.moc"
