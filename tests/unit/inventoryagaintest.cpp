// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/inventoryloadscene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// What becomes of what is there when it is read again, or changes.
class InventoryAgainTest : public InventoryLoadScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { m_inventory.reset(); }

    void readingAgainWithoutAChangeSaysNothing();
    void readingAgainTellsWhatChanged();
    void rowsStayWhileTheyAreReadAgain();
    void whatFailsWhenReadAgainKeepsItsRows();
    void applicationsComeAndGo();
    void aChangeReadsThatApplicationAlone();
    void aChangeWhileItIsReadReadsItAgain();
    void aChangeBeforeTheFirstLoadReadsNothing();
    void whatIsReadOfAnApplicationThatGoesComesToNothing();
    void forgettingLeavesNothing();
    void whatItSaysAgreesWithTheServer_data();
    void whatItSaysAgreesWithTheServer();
};

void InventoryAgainTest::readingAgainWithoutAChangeSaysNothing()
{
    m_losant->add(u"a"_s, 3);
    m_losant->add(u"large"_s, 1500);
    QVERIFY(load());
    const QSignalSpy changed(m_inventory.get(), &Inventory::partChanged);
    const QSignalSpy reset(m_inventory.get(), &Inventory::partsReset);
    QVERIFY(load());
    QCOMPARE(m_losant->asked().size(), 6);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(m_inventory->readCount(), 1503);
}

void InventoryAgainTest::readingAgainTellsWhatChanged()
{
    m_losant->add(u"a"_s, 5);
    m_losant->add(u"b"_s, 5);
    QVERIFY(load());
    m_losant->remove(u"a"_s, u"a4"_s);
    m_losant->create(u"b"_s, u"new"_s);
    QSignalSpy changed(m_inventory.get(), &Inventory::partChanged);
    QVERIFY(load());
    std::map<int, int> firsts;
    for (const QVariantList &of : changed)
        firsts[of.at(0).toInt()] = of.at(1).toInt();
    QCOMPARE(firsts, (std::map<int, int>{{0, 3}, {1, 5}}));
    QCOMPARE(m_inventory->rowCount(), 10);
}

void InventoryAgainTest::rowsStayWhileTheyAreReadAgain()
{
    m_losant->add(u"a"_s, 1500);
    QVERIFY(load());
    int fewest = 1500;
    connect(m_inventory.get(), &Inventory::progressChanged, this,
            [&] { fewest = std::min(fewest, m_inventory->rowCount()); });
    m_losant->create(u"a"_s, u"new"_s);
    QVERIFY(load());
    QCOMPARE(fewest, 1500);
    QCOMPARE(m_inventory->rowCount(), 1501);
}

void InventoryAgainTest::whatFailsWhenReadAgainKeepsItsRows()
{
    m_losant->add(u"a"_s, 2);
    QVERIFY(load());
    m_losant->answer(u"a"_s, {.status = 500});
    QVERIFY(load());
    QCOMPARE(names(), (QStringList{u"a1"_s, u"a2"_s}));
    QCOMPARE(m_inventory->failedParts(), std::vector<int>{0});
    QCOMPARE(m_inventory->readCount(), 0);
}

void InventoryAgainTest::applicationsComeAndGo()
{
    m_losant->add(u"a"_s, 1);
    m_losant->add(u"b"_s, 1);
    QVERIFY(load());
    m_losant->removeApplication(u"a"_s);
    m_losant->add(u"c"_s, 2);
    const QSignalSpy reset(m_inventory.get(), &Inventory::partsReset);
    QVERIFY(load());
    QCOMPARE(reset.count(), 1);
    QCOMPARE(m_inventory->partOf(u"a"_s), -1);
    QCOMPARE(names(), (QStringList{u"b1"_s, u"c1"_s, u"c2"_s}));
    QCOMPARE(m_inventory->rowCount(), 3);
}

void InventoryAgainTest::aChangeReadsThatApplicationAlone()
{
    m_losant->add(u"a"_s, 2);
    m_losant->add(u"b"_s, 2);
    QVERIFY(load());
    m_losant->forgetAsked();
    m_losant->remove(u"b"_s, u"b1"_s);
    const QSignalSpy finished(m_inventory.get(), &Inventory::finished);
    m_credentials->reportChange(u"b"_s, -1);
    QTRY_COMPARE(names(), (QStringList{u"a1"_s, u"a2"_s, u"b2"_s}));
    QCOMPARE(m_losant->asked(), QStringList{u"b 0"_s});
    QCOMPARE(finished.count(), 0); // it was no load
    QCOMPARE(m_inventory->expectedCount(), 3);
}

void InventoryAgainTest::aChangeWhileItIsReadReadsItAgain()
{
    m_losant->add(u"a"_s, 2);
    m_losant->setDelay(300ms);
    m_inventory->load();
    QTRY_COMPARE(m_losant->asked().size(), 1);
    m_losant->setDelay(0ms);
    m_losant->remove(u"a"_s, u"a1"_s);
    m_credentials->reportChange(u"a"_s, -1);
    QTRY_VERIFY(!m_inventory->isLoading());
    QCOMPARE(names(), QStringList{u"a2"_s});
    VERIFY_HOLDS_FOR(400ms, names() == QStringList{u"a2"_s}); // the first answer comes to nothing
    QCOMPARE(m_losant->asked().size(), 2);
}

void InventoryAgainTest::aChangeBeforeTheFirstLoadReadsNothing()
{
    m_losant->add(u"a"_s, 2);
    m_credentials->reportChange(u"a"_s, 1);
    VERIFY_HOLDS_FOR(100ms, m_losant->requestCount() == 0);
    QVERIFY(!m_inventory->isBegun());
}

void InventoryAgainTest::whatIsReadOfAnApplicationThatGoesComesToNothing()
{
    for (int i = 0; i < 1001; ++i) // a list of two pages
        m_losant->add(u"app%1"_s.arg(i), 1);
    QVERIFY(load());
    m_losant->removeApplication(u"app7"_s);
    m_losant->answer(u"app7"_s, {.status = 500, .delay = 1500ms});
    m_losant->setDelay(1500ms); // of each page of credentials: the list is there before
    m_inventory->load();
    m_credentials->reportChange(u"app7"_s, 0);
    QTRY_COMPARE(m_inventory->partOf(u"app7"_s), -1);
    m_losant->setDelay(0ms);
    QVERIFY(QTest::qWaitFor([this] { return !m_inventory->isLoading(); }, 30'000));
    QCOMPARE(int(m_inventory->parts().size()), 1000);
    QCOMPARE(m_inventory->rowCount(), 1000);
}

void InventoryAgainTest::forgettingLeavesNothing()
{
    m_losant->add(u"a"_s, 2);
    QVERIFY(load());
    const QSignalSpy reset(m_inventory.get(), &Inventory::partsReset);
    m_inventory->forget();
    QCOMPARE(reset.count(), 1);
    QVERIFY(m_inventory->parts().empty() && m_inventory->rowCount() == 0 && !m_inventory->isBegun());
    QVERIFY(load());
    QCOMPARE(m_inventory->rowCount(), 2);
}

void InventoryAgainTest::whatItSaysAgreesWithTheServer_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 6; ++seed)
        QTest::addRow("%d", seed) << seed;
}

/// One request in ten fails, one in twenty is throttled, and credentials come and go all the time.
void InventoryAgainTest::whatItSaysAgreesWithTheServer()
{
    QFETCH(int, seed);
    QRandomGenerator chance{quint32(seed)};
    for (int i = 0; i < 40; ++i)
        m_losant->add(u"app%1-"_s.arg(i), i == 7 ? 3100 : i == 9 ? 1001 : i % 5 * 20);
    const QStringList before = m_losant->names();
    m_losant->beFlaky(chance);
    QVERIFY(load());
    const QStringList after = m_losant->names();
    const QStringList everThere = m_losant->namesEver();

    // What was there all the time is there once, unless its application is named.
    QStringList shown, mustBeThere;
    for (const Inventory::Part &of : m_inventory->parts()) {
        shown += namesOf(of.application.id);
        if (of.error)
            continue;
        const QStringList now = m_losant->names(of.application.id);
        for (const QString &name : now) {
            if (before.contains(name))
                mustBeThere += name;
        }
    }
    const QSet<QString> distinct(shown.cbegin(), shown.cend());
    QCOMPARE(distinct.size(), shown.size());
    const QSet<QString> wanted(mustBeThere.cbegin(), mustBeThere.cend());
    QVERIFY(distinct.contains(wanted));
    const QSet<QString> possible(everThere.cbegin(), everThere.cend());
    QVERIFY(possible.contains(distinct));
    QVERIFY(before != after); // it did change

    // Once the server has calmed down, it is the server's own list.
    m_losant->answerNothingElse();
    QVERIFY(load());
    QVERIFY(m_inventory->failedParts().empty());
    QStringList found = names();
    found.sort();
    QStringList whole = m_losant->names();
    whole.sort();
    QCOMPARE(found, whole);
    QCOMPARE(m_inventory->rowCount(), int(whole.size()));
    QCOMPARE(m_inventory->expectedCount(), int(whole.size()));
    QCOMPARE(m_inventory->readCount(), int(whole.size()));
}

QTEST_GUILESS_MAIN(InventoryAgainTest)
#include "inventoryagaintest.moc"
