// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/inventory.h"

#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/credentialservice.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/manyapplications.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ApiError::Kind;
using Way = ScriptedReply::Way;

/// How the credentials of all applications are read: politely, completely, and told truly.
class InventoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

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
    void aStoppedLoadBeginsAnew();

    void readingAgainWithoutAChangeSaysNothing();
    void readingAgainTellsWhatChanged();
    void rowsStayWhileTheyAreReadAgain();
    void whatFailsWhenReadAgainKeepsItsRows();
    void applicationsComeAndGo();

    void aChangeReadsThatApplicationAlone();
    void aChangeWhileItIsReadReadsItAgain();
    void aChangeBeforeTheFirstLoadReadsNothing();
    void forgettingLeavesNothing();

    void whatItSaysAgreesWithTheServer_data();
    void whatItSaysAgreesWithTheServer();

private:
    bool load();
    QStringList names() const;
    QStringList namesOf(const QString &applicationId) const;
    const Inventory::Part &part(const QString &applicationId) const
    {
        return m_inventory->parts().at(std::size_t(m_inventory->partOf(applicationId)));
    }

    std::unique_ptr<ManyApplications> m_losant;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<ApplicationService> m_applications;
    std::unique_ptr<CredentialService> m_credentials;
    std::unique_ptr<Inventory> m_inventory;
};

void InventoryTest::init()
{
    m_losant = std::make_unique<ManyApplications>();
    m_transport = std::make_unique<Transport>(m_losant->url());
    m_applications = std::make_unique<ApplicationService>(*m_transport);
    m_credentials = std::make_unique<CredentialService>(*m_transport);
    m_inventory = std::make_unique<Inventory>(*m_applications, *m_credentials);
}

void InventoryTest::cleanup()
{
    m_inventory.reset();
}

bool InventoryTest::load()
{
    m_inventory->load();
    return QTest::qWaitFor([this] { return !m_inventory->isLoading(); }, 30'000);
}

QStringList InventoryTest::namesOf(const QString &applicationId) const
{
    QStringList found;
    for (const InventoryRow &row : part(applicationId).rows)
        found += QString::fromUtf8(row.name());
    found.sort();
    return found;
}

QStringList InventoryTest::names() const
{
    QStringList found;
    for (const Inventory::Part &part : m_inventory->parts())
        found += namesOf(part.application.id);
    return found;
}

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
    m_inventory->retryFailed();
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
    m_inventory->retryFailed();
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

void InventoryTest::readingAgainWithoutAChangeSaysNothing()
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

void InventoryTest::readingAgainTellsWhatChanged()
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

void InventoryTest::rowsStayWhileTheyAreReadAgain()
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

void InventoryTest::whatFailsWhenReadAgainKeepsItsRows()
{
    m_losant->add(u"a"_s, 2);
    QVERIFY(load());
    m_losant->answer(u"a"_s, {.status = 500});
    QVERIFY(load());
    QCOMPARE(names(), (QStringList{u"a1"_s, u"a2"_s}));
    QCOMPARE(m_inventory->failedParts(), std::vector<int>{0});
    QCOMPARE(m_inventory->readCount(), 0);
}

void InventoryTest::applicationsComeAndGo()
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

void InventoryTest::aChangeReadsThatApplicationAlone()
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

void InventoryTest::aChangeWhileItIsReadReadsItAgain()
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

void InventoryTest::aChangeBeforeTheFirstLoadReadsNothing()
{
    m_losant->add(u"a"_s, 2);
    m_credentials->reportChange(u"a"_s, 1);
    VERIFY_HOLDS_FOR(100ms, m_losant->requestCount() == 0);
    QVERIFY(!m_inventory->isBegun());
}

void InventoryTest::forgettingLeavesNothing()
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

void InventoryTest::whatItSaysAgreesWithTheServer_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 6; ++seed)
        QTest::addRow("%d", seed) << seed;
}

/// One request in ten fails, one in twenty is throttled, and credentials come and go all the time.
void InventoryTest::whatItSaysAgreesWithTheServer()
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

QTEST_GUILESS_MAIN(InventoryTest)
#include "inventorytest.moc"
