// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/inventoryloadscene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// How the credentials of all applications are read: politely, completely, and told truly.
class InventoryTest : public InventoryLoadScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { m_inventory.reset(); }

    void allCredentialsAreRead();
    void anApplicationWithoutAnyIsNotAsked();
    void aListOfSeveralPagesIsReadWhole();
    void rowsAreThereAsSoonAsTheyCome();
    void atMostSixAreUnderWay();
    void whatAPersonAsksForGoesFirst();
    void aLargeApplicationIsReadPageByPage();
    void whatIsDeletedBetweenPagesHidesNoOther();
    void whatIsCreatedBetweenPagesIsRead();
    void whatTheServerRepeatsIsThereOnce();
    void whatFailsIsTriedAgainAtTheEnd();
    void whatFailsTwiceIsNamed();
    void whatMayNotBeReadIsAskedForOnce();
    void whatWasNamedIsRetriedAlone();
    void aListThatFailsIsTold();
    void aRefusedTokenEndsTheLoad();
    void withoutAConnectionNotEverythingIsTried();
    void aServerThatThrottlesIsAskedForNothing_data();
    void aServerThatThrottlesIsAskedForNothing();
    void whatIsThereStaysWhenItIsStopped();
    void theRestOfAStoppedLoadIsReadAlone();
    void aListThatWasStoppedIsReadAnew();
    void aStoppedLoadBeginsAnew();
};

void InventoryTest::allCredentialsAreRead()
{
    m_losant->add(u"a"_s, 3);
    m_losant->add(u"b"_s, 2);
    QVERIFY(load());
    QCOMPARE(names(), (QStringList{u"a1"_s, u"a2"_s, u"a3"_s, u"b1"_s, u"b2"_s}));
    QCOMPARE(m_inventory->rowCount(), 5);
    QCOMPARE(m_inventory->readCount(), 5);
    QCOMPARE(m_inventory->expectedCount(), 5);
    QVERIFY(part(u"a"_s).isWhole && !part(u"a"_s).error);
    QVERIFY(m_inventory->loadedAt() && !m_inventory->error() && !m_inventory->isStopped());
}

void InventoryTest::anApplicationWithoutAnyIsNotAsked()
{
    m_losant->add(u"a"_s, 1);
    m_losant->add(u"none"_s, 0);
    m_losant->add(u"unknown"_s, 0);
    m_losant->hideCount(u"unknown"_s);
    QVERIFY(load());
    QCOMPARE(m_losant->asked(), (QStringList{u"a 0"_s, u"unknown 0"_s}));
    QVERIFY(part(u"none"_s).isWhole && part(u"unknown"_s).isWhole);
}

void InventoryTest::aListOfSeveralPagesIsReadWhole()
{
    for (int i = 0; i < 1203; ++i)
        m_losant->add(u"app%1"_s.arg(i), i % 100 == 0 ? 1 : 0);
    QVERIFY(load());
    QCOMPARE(int(m_inventory->parts().size()), 1203);
    QCOMPARE(m_inventory->rowCount(), 13);
    QCOMPARE(m_inventory->partOf(u"app1202"_s), 1202);
}

void InventoryTest::rowsAreThereAsSoonAsTheyCome()
{
    m_losant->add(u"a"_s, 3);
    m_losant->add(u"slow"_s, 2);
    m_losant->answer(u"slow"_s, {.way = Way::Stall});
    const QSignalSpy changed(m_inventory.get(), &Inventory::partChanged);
    m_inventory->load();
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.front().at(0).toInt(), 0);
    QCOMPARE(changed.front().at(1).toInt(), 0);
    QCOMPARE(names(), (QStringList{u"a1"_s, u"a2"_s, u"a3"_s}));
    QVERIFY(m_inventory->isLoading());
    QCOMPARE(m_inventory->readCount(), 3);
    QCOMPARE(m_inventory->expectedCount(), 5);
}

void InventoryTest::atMostSixAreUnderWay()
{
    for (int i = 0; i < 30; ++i)
        m_losant->add(u"app%1"_s.arg(i), 2);
    m_losant->setDelay(20ms);
    QVERIFY(load());
    QCOMPARE(m_inventory->rowCount(), 60);
    QCOMPARE(m_losant->mostUnderWay(), Inventory::maxCalls);
}

void InventoryTest::whatAPersonAsksForGoesFirst()
{
    for (int i = 0; i < 40; ++i)
        m_losant->add(u"app%1"_s.arg(i), 2);
    m_losant->setDelay(50ms);
    m_inventory->load();
    QTRY_COMPARE(m_losant->asked().size(), Inventory::maxCalls);
    Heard<CredentialPage> heard;
    const PendingCall call = m_credentials->list({.applicationId = u"app39"_s}, heard.listener());
    QVERIFY(heard.wait() && heard.isSuccess());
    // Those under way before it, and at most as many as came in their place.
    QVERIFY(m_losant->asked().indexOf(u"app39 0"_s) <= 2 * Inventory::maxCalls);
}

void InventoryTest::aLargeApplicationIsReadPageByPage()
{
    m_losant->add(u"a"_s, 2500);
    const QSignalSpy changed(m_inventory.get(), &Inventory::partChanged);
    QVERIFY(load());
    QCOMPARE(m_losant->asked(), (QStringList{u"a 2"_s, u"a 1"_s, u"a 0"_s}));
    QCOMPARE(namesOf(u"a"_s), m_losant->names(u"a"_s));
    QList<int> firsts;
    for (const QVariantList &of : changed)
        firsts += of.at(1).toInt();
    QCOMPARE(firsts, (QList<int>{0, 50, 500, 1500})); // those to be seen at once do not wait for others
}

void InventoryTest::whatIsDeletedBetweenPagesHidesNoOther()
{
    m_losant->add(u"a"_s, 2500);
    m_losant->onPage(u"a"_s, 1, [this] { m_losant->remove(u"a"_s, u"a7"_s); });
    m_losant->onPage(u"a"_s, 0, [this] { m_losant->remove(u"a"_s, u"a1700"_s); });
    QVERIFY(load());
    QCOMPARE(namesOf(u"a"_s), m_losant->names(u"a"_s));
    QVERIFY(part(u"a"_s).isWhole);
}

void InventoryTest::whatIsCreatedBetweenPagesIsRead()
{
    m_losant->add(u"a"_s, 1990);
    m_losant->onPage(u"a"_s, 1, [this] {
        for (int i = 0; i < 20; ++i)
            m_losant->create(u"a"_s, u"new%1"_s.arg(i));
    });
    QVERIFY(load());
    QCOMPARE(namesOf(u"a"_s), m_losant->names(u"a"_s));
    QCOMPARE(m_inventory->rowCount(), 2010);
    QCOMPARE(m_inventory->readCount(), 2010);
}

void InventoryTest::whatTheServerRepeatsIsThereOnce()
{
    m_losant->add(u"a"_s, 2);
    m_losant->repeat(u"a"_s, u"a1"_s);
    QVERIFY(load());
    QCOMPARE(namesOf(u"a"_s), (QStringList{u"a1"_s, u"a2"_s}));
}

void InventoryTest::whatFailsIsTriedAgainAtTheEnd()
{
    m_losant->add(u"a"_s, 1);
    m_losant->add(u"b"_s, 1);
    m_losant->answer(u"a"_s, {.status = 500}, 1);
    QVERIFY(load());
    QCOMPARE(names(), (QStringList{u"a1"_s, u"b1"_s}));
    QCOMPARE(m_losant->asked().count(u"a 0"_s), 2);
    QVERIFY(m_inventory->failedParts().empty());
}

void InventoryTest::whatFailsTwiceIsNamed()
{
    m_losant->add(u"a"_s, 1);
    m_losant->add(u"b"_s, 1);
    m_losant->answer(u"a"_s, {.status = 500});
    QVERIFY(load());
    QCOMPARE(names(), QStringList{u"b1"_s});
    QCOMPARE(m_losant->asked().count(u"a 0"_s), 2);
    QCOMPARE(m_inventory->failedParts(), std::vector<int>{0});
    QCOMPARE(part(u"a"_s).error->kind, Kind::Server);
    QVERIFY(!part(u"a"_s).isWhole);
    QCOMPARE(m_inventory->expectedCount(), 2); // it is not as if it had none
    QVERIFY(!m_inventory->error());
}

void InventoryTest::whatMayNotBeReadIsAskedForOnce()
{
    m_losant->add(u"a"_s, 1);
    m_losant->answer(u"a"_s, {.status = 403});
    QVERIFY(load());
    QCOMPARE(m_losant->asked(), QStringList{u"a 0"_s});
    QCOMPARE(part(u"a"_s).error->kind, Kind::Forbidden);
}

void InventoryTest::whatWasNamedIsRetriedAlone()
{
    m_losant->add(u"a"_s, 1);
    m_losant->add(u"b"_s, 1);
    m_losant->answer(u"a"_s, {.status = 500});
    QVERIFY(load());
    m_losant->answerNothingElse();
    m_losant->forgetAsked();
    m_inventory->loadMissing();
    QVERIFY(m_inventory->isLoading());
    QTRY_VERIFY(!m_inventory->isLoading());
    QCOMPARE(m_losant->asked(), QStringList{u"a 0"_s});
    QCOMPARE(names(), (QStringList{u"a1"_s, u"b1"_s}));
    QVERIFY(m_inventory->failedParts().empty());
}

void InventoryTest::aListThatFailsIsTold()
{
    m_losant->add(u"a"_s, 1);
    QVERIFY(load());
    m_losant->answerList({.status = 403});
    QVERIFY(load());
    QCOMPARE(m_inventory->error()->kind, Kind::Forbidden);
    QCOMPARE(names(), QStringList{u"a1"_s});
    m_losant->answerNothingElse();
    m_inventory->loadMissing();
    QTRY_VERIFY(!m_inventory->isLoading());
    QVERIFY(!m_inventory->error());
}

void InventoryTest::aRefusedTokenEndsTheLoad()
{
    for (int i = 0; i < 30; ++i)
        m_losant->add(u"app%1"_s.arg(i), 1);
    m_losant->answerPages({.status = 401});
    const QSignalSpy finished(m_inventory.get(), &Inventory::finished);
    QVERIFY(load());
    QCOMPARE(m_inventory->error()->kind, Kind::Unauthorized);
    QCOMPARE(finished.count(), 1);
    QVERIFY(m_losant->asked().size() <= 2 * Inventory::maxCalls);
    QVERIFY(!m_inventory->loadedAt());
}

void InventoryTest::withoutAConnectionNotEverythingIsTried()
{
    for (int i = 0; i < 100; ++i)
        m_losant->add(u"app%1"_s.arg(i), 1);
    m_losant->answerPages({.way = Way::CloseBefore});
    QVERIFY(load());
    QCOMPARE(m_inventory->error()->kind, Kind::Offline);
    QVERIFY(m_losant->asked().size() < 60); // each goes over two connections
    QVERIFY(m_inventory->failedParts().empty());
}

void InventoryTest::aServerThatThrottlesIsAskedForNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("429 that says how long") << 429 << "1"_ba;
    QTest::newRow("429 that does not") << 429 << QByteArray();
    QTest::newRow("503 that says how long") << 503 << "1"_ba;
}

void InventoryTest::aServerThatThrottlesIsAskedForNothing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    for (int i = 0; i < 30; ++i)
        m_losant->add(u"app%1"_s.arg(i), 1);
    ScriptedReply refusal{.status = status};
    if (!retryAfter.isEmpty())
        refusal.headers = {{"Retry-After", retryAfter}};
    m_losant->answerPages(refusal, 8); // six at once, and two more
    m_inventory->load();
    QTRY_COMPARE(m_losant->asked().size(), Inventory::maxCalls);
    VERIFY_HOLDS_FOR(700ms, m_losant->asked().size() == Inventory::maxCalls);
    QVERIFY(m_inventory->isThrottled() && m_inventory->isLoading());
    QVERIFY(QTest::qWaitFor([this] { return !m_inventory->isLoading(); }, 20'000));
    QCOMPARE(m_inventory->rowCount(), 30);
    QVERIFY(m_inventory->failedParts().empty());
    QVERIFY(!m_inventory->isThrottled());
}

void InventoryTest::whatIsThereStaysWhenItIsStopped()
{
    m_losant->add(u"a"_s, 3);
    m_losant->add(u"slow"_s, 2);
    m_losant->answer(u"slow"_s, {.way = Way::Stall});
    const QSignalSpy finished(m_inventory.get(), &Inventory::finished);
    m_inventory->load();
    QTRY_COMPARE(m_inventory->rowCount(), 3);
    m_inventory->stop();
    QCOMPARE(finished.count(), 1);
    QVERIFY(m_inventory->isStopped() && !m_inventory->isLoading() && !m_inventory->loadedAt());
    QCOMPARE(m_inventory->rowCount(), 3);
    m_inventory->stop(); // is nothing any more
    QCOMPARE(finished.count(), 1);
}

void InventoryTest::theRestOfAStoppedLoadIsReadAlone()
{
    m_losant->add(u"a"_s, 3);
    m_losant->add(u"slow"_s, 2);
    m_losant->answer(u"slow"_s, {.way = Way::Stall});
    m_inventory->load();
    QTRY_COMPARE(m_inventory->rowCount(), 3);
    m_inventory->stop();
    QCOMPARE(m_inventory->readCount(), 3);
    m_losant->answerNothingElse();
    m_losant->forgetAsked();
    m_inventory->loadMissing();
    QVERIFY(m_inventory->isLoading() && !m_inventory->isStopped());
    QTRY_VERIFY(!m_inventory->isLoading());
    QCOMPARE(m_losant->asked(), QStringList{u"slow 0"_s});
    QCOMPARE(m_inventory->readCount(), 5);
    QCOMPARE(m_inventory->rowCount(), 5);
}

void InventoryTest::aListThatWasStoppedIsReadAnew()
{
    m_losant->add(u"a"_s, 1);
    m_losant->setDelay(100ms);
    m_inventory->load();
    m_inventory->stop();
    m_inventory->loadMissing();
    QTRY_COMPARE(names(), QStringList{u"a1"_s});
}

void InventoryTest::aStoppedLoadBeginsAnew()
{
    m_losant->add(u"a"_s, 1);
    m_losant->setDelay(100ms);
    m_inventory->load();
    m_inventory->stop();
    QVERIFY(load());
    QVERIFY(!m_inventory->isStopped());
    QCOMPARE(names(), QStringList{u"a1"_s});
}

QTEST_GUILESS_MAIN(InventoryTest)
#include "inventorytest.moc"
