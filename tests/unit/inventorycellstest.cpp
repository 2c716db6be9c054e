// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/inventorymodelscene.h"

#include <QSignalSpy>

#include <random>

using namespace Qt::StringLiterals;

/// The table of all credentials: what is found and grouped, and what the cells say.
class InventoryCellsTest : public InventoryModelScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aFilterLeavesWhatItFinds();
    void whatComesIsFilteredToo();
    void quickFiltersMustAllHold();
    void countsAreOfWhatTheTextFinds();
    void aRowThatIsEditedChangesTheCounts();
    void keysOfSeveralCredentialsAreGroupedFirst();
    void whatIsInAGroupIsInOrder();
    void theSameKeyIsFoundWhereverItIs();
    void theSameAccountIsNotTheSameKey();
    void cellsSayWhatIsThere();
    void whatIsMissingIsADash();
    void longKeysAreShortenedInTheMiddle();
    void longTextsAreCut();
    void someoneIsYou();
    void columnsHaveTitles();
};

void InventoryCellsTest::aFilterLeavesWhatItFinds()
{
    fill();
    QSignalSpy counts(m_model.get(), &Model::countsChanged);
    setFilter(u"e"_s);
    setFilter(u"ex"_s);
    setFilter(u"exp"_s);
    QCOMPARE(names(), QStringList(u"Export"_s));
    QVERIFY(counts.count() > 0);
    setFilter(u"osaka"_s);
    QCOMPARE(names(), QStringList({u"Export"_s, u"Zone"_s}));
    setFilter(u"-osaka"_s);
    QCOMPARE(names(), QStringList({u"Älteste"_s, u"Archive"_s, u"broker"_s, u"Recipes"_s}));
    setFilter(u"nowhere"_s);
    QCOMPARE(m_model->rowCount(), 0);
    setFilter({});
    QCOMPARE(m_model->rowCount(), 6);
    QVERIFY(m_model->filter().isEmpty());
}

void InventoryCellsTest::whatComesIsFilteredToo()
{
    fill();
    setFilter(u"osaka e"_s);
    m_inventory->add(1, {aws(u"07"_s, u"Every"_s, u"K7"_s), aws(u"08"_s, u"Abbey"_s, u"K8"_s)});
    m_inventory->add(0, {aws(u"09"_s, u"Else"_s, u"K7"_s)});
    QTRY_COMPARE(names(), QStringList({u"Abbey"_s, u"Every"_s, u"Export"_s, u"Zone"_s}));
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 2);
}

void InventoryCellsTest::quickFiltersMustAllHold()
{
    fill();
    m_model->setQuickFilter(QuickFilter::Expiring, true);
    QVERIFY(m_model->isOn(QuickFilter::Expiring));
    QCOMPARE(names(), QStringList({u"broker"_s, u"Zone"_s}));
    m_model->setQuickFilter(QuickFilter::NotUpdatedForAYear, true);
    QCOMPARE(names(), QStringList({u"Zone"_s}));
    m_model->setQuickFilter(QuickFilter::Expiring, false);
    QCOMPARE(names(), QStringList({u"Archive"_s, u"Zone"_s}));
    m_model->setQuickFilter(QuickFilter::NotUpdatedForAYear, false);
    m_model->setQuickFilter(QuickFilter::Disabled, true);
    QCOMPARE(names(), QStringList({u"Recipes"_s}));
    m_model->setQuickFilter(QuickFilter::Disabled, false);
    m_model->setQuickFilter(QuickFilter::SameKeyElsewhere, true);
    QCOMPARE(names(), QStringList({u"Archive"_s, u"Export"_s}));
}

void InventoryCellsTest::countsAreOfWhatTheTextFinds()
{
    const auto counts = [this] {
        return QList<int>{m_model->count(QuickFilter::Disabled), m_model->count(QuickFilter::Expiring),
                          m_model->count(QuickFilter::NotUpdatedForAYear),
                          m_model->count(QuickFilter::SameKeyElsewhere)};
    };
    fill();
    QCOMPARE(counts(), QList<int>({1, 2, 2, 2}));
    m_model->setQuickFilter(QuickFilter::Disabled, true);
    QCOMPARE(counts(), QList<int>({1, 2, 2, 2}));
    setFilter(u"osaka"_s);
    QCOMPARE(counts(), QList<int>({0, 1, 1, 1}));
    QCOMPARE(m_model->rowCount(), 0);
}

void InventoryCellsTest::aRowThatIsEditedChangesTheCounts()
{
    fill();
    QSignalSpy counts(m_model.get(), &Model::countsChanged);
    m_inventory->replace(1, 1, {dated(aws(u"04"_s, u"Export"_s, u"AKIAOTHER"_s), 3, 500)});
    QCOMPARE(counts.count(), 1);
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 0);
    QCOMPARE(m_model->count(QuickFilter::NotUpdatedForAYear), 3);
}

void InventoryCellsTest::keysOfSeveralCredentialsAreGroupedFirst()
{
    fill();
    m_inventory->add(0, {aws(u"07"_s, u"x1"_s, u"AKIAB"_s), aws(u"08"_s, u"x2"_s, u"AKIAC"_s)});
    m_inventory->add(1, {aws(u"07"_s, u"y1"_s, u"AKIAB"_s), aws(u"08"_s, u"y2"_s, u"AKIAC"_s)});
    m_inventory->add(2, {aws(u"07"_s, u"z2"_s, u"AKIAC"_s)});
    QTRY_COMPARE(m_model->rowCount(), 11);
    m_model->setGroupedByKey(true);
    QCOMPARE(names(), QStringList({u"x2"_s, u"y2"_s, u"z2"_s, u"x1"_s, u"y1"_s, u"Archive"_s, u"Export"_s,
                                   u"Älteste"_s, u"broker"_s, u"Recipes"_s, u"Zone"_s}));
    QList<int> starts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data(Model::GroupStartRole).toBool())
            starts.append(row);
    }
    QCOMPARE(starts, QList<int>({0, 3, 5}));
    m_model->setGroupedByKey(false);
    QCOMPARE(names().front(), u"Älteste"_s);
    QVERIFY(!m_model->index(0, 0).data(Model::GroupStartRole).toBool());
}

void InventoryCellsTest::whatIsInAGroupIsInOrder()
{
    fill();
    m_model->setGroupedByKey(true);
    m_model->sort(Model::Name, Qt::DescendingOrder);
    QCOMPARE(names(),
             QStringList({u"Export"_s, u"Archive"_s, u"Zone"_s, u"Recipes"_s, u"broker"_s, u"Älteste"_s}));
    m_inventory->replace(0, 2, {aws(u"02"_s, u"broker"_s, u"AKIAIOSFODNN7EXAMPLE"_s)});
    QCOMPARE(names(),
             QStringList({u"Export"_s, u"broker"_s, u"Archive"_s, u"Zone"_s, u"Recipes"_s, u"Älteste"_s}));
    setFilter(u"-export"_s);
    QVERIFY(m_model->index(0, 0).data(Model::GroupStartRole).toBool());
    QVERIFY(!m_model->index(1, 0).data(Model::GroupStartRole).toBool());
}

void InventoryCellsTest::theSameKeyIsFoundWhereverItIs()
{
    fill();
    m_inventory->add(0, {aws(u"09"_s, u"Another archive"_s, u"AKIAIOSFODNN7EXAMPLE"_s)});
    setFilter(u"recipes"_s);
    const auto found = m_model->sameKey(osaka.id, u"04"_s).first;
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].credential.name, u"Another archive"_s);
    QCOMPARE(found[1].credential.name, u"Archive"_s);
    QCOMPARE(found[1].applicationName, u"Plant floor"_s);
    QCOMPARE(found[1].applicationId, plantFloor.id);
    QCOMPARE(found[1].credential.applicationId, plantFloor.id);
    QVERIFY(m_model->sameAccount(osaka.id, u"04"_s).first.empty());
    QVERIFY(m_model->sameKey(osaka.id, u"05"_s).first.empty());
    QVERIFY(m_model->sameKey(unnamed.id, u"06"_s).first.empty());
    QVERIFY(m_model->sameKey(u"none"_s, u"04"_s).first.empty());
}

void InventoryCellsTest::theSameAccountIsNotTheSameKey()
{
    fill();
    m_inventory->add(
        1, {sql(u"09"_s, u"Reports"_s, u"db.example.net"_s), sql(u"10"_s, u"Else"_s, u"db2.example.net"_s)});
    m_inventory->add(2, {sql(u"11"_s, u"Copy"_s, u"db.example.net"_s)});
    const auto found = m_model->sameAccount(plantFloor.id, u"03"_s).first;
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].applicationName, unnamed.id);
    QCOMPARE(found[1].credential.name, u"Reports"_s);
    QVERIFY(m_model->sameKey(plantFloor.id, u"03"_s).first.empty());
}

void InventoryCellsTest::cellsSayWhatIsThere()
{
    fill();
    const int archive = m_model->rowOf(plantFloor.id, u"01"_s);
    QCOMPARE(text(archive, Model::ApplicationName), u"Plant floor"_s);
    QCOMPARE(text(archive, Model::Type), u"Amazon Web Services"_s);
    QCOMPARE(text(archive, Model::Status), u"Enabled"_s);
    QCOMPARE(text(archive, Model::Created), u"1 year(s) ago"_s);
    QCOMPARE(text(archive, Model::Key), u"AKIAIOSFODNN7EXAMPLE"_s);
    QCOMPARE(text(archive, Model::Key, Qt::ToolTipRole), u"AKIAIOSFODNN7EXAMPLE"_s);
    QCOMPARE(text(archive, Model::Key, Model::CopyRole), u"AKIAIOSFODNN7EXAMPLE"_s);
    QCOMPARE(text(archive, Model::Owner), u"My sandbox"_s);
    QCOMPARE(text(archive, Model::LastUpdatedBy), u"Workflow f9"_s);
    QCOMPARE(text(archive, Model::ApplicationId), plantFloor.id);
    QVERIFY(m_model->index(archive, Model::Created).data(Model::RawRole).toLongLong() == m_now - 400 * day);
    QVERIFY(text(archive, Model::Created, Model::CopyRole).endsWith(u'Z'));
    QVERIFY(!m_model->index(archive, Model::Expires).data(Model::ExpiryRole).isValid());

    const int broker = m_model->rowOf(plantFloor.id, u"02"_s);
    QCOMPARE(text(broker, Model::Expires), u"in 19 day(s)"_s);
    QVERIFY(text(broker, Model::Expires, Qt::ToolTipRole).endsWith(u"(in 19 day(s))"_s));
    QCOMPARE(text(broker, Model::Expires, Model::CopyRole), inDays(20).toString(Qt::ISODateWithMs));
    QCOMPARE(m_model->index(broker, Model::Expires).data(Model::RawRole).toLongLong(), m_now + 20 * day);
    QCOMPARE(m_model->index(broker, Model::Expires).data(Model::ExpiryRole).toInt(),
             int(Expiry::State::Soon));
    QCOMPARE(text(broker, Model::Key), u"AB:CD"_s);
    QVERIFY(!m_model->index(broker, Model::Created).data(Model::ExpiryRole).isValid());

    const int zone = m_model->rowOf(osaka.id, u"05"_s);
    QCOMPARE(text(zone, Model::Expires), u"3 day(s) ago"_s);
    QCOMPARE(m_model->index(zone, Model::Expires).data(Model::ExpiryRole).toInt(),
             int(Expiry::State::Expired));
    QCOMPARE(text(zone, Model::Owner), u"Acme"_s);
}

void InventoryCellsTest::whatIsMissingIsADash()
{
    m_inventory->setApplications({{}});
    m_inventory->add(0, {Credential{}});
    QTRY_COMPARE(m_model->rowCount(), 1);
    for (int column = 0; column < Model::ColumnCount; ++column) {
        QCOMPARE(text(0, column), column == Model::Description ? QString() : u"—"_s);
        QCOMPARE(text(0, column, Model::CopyRole), QString());
    }
    QVERIFY(!m_model->index(0, Model::Expires).data(Model::RawRole).isValid());
}

void InventoryCellsTest::longKeysAreShortenedInTheMiddle()
{
    const QString first = u"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAexample00000001wIDAQAB"_s;
    const QString second = u"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAexample00000002wIDAQAB"_s;
    m_inventory->setApplications({plantFloor});
    m_inventory->add(0, {aws(u"1"_s, u"A"_s, first), aws(u"2"_s, u"B"_s, second)});
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(text(0, Model::Key), u"MII…001wIDAQAB"_s);
    QVERIFY(text(0, Model::Key) != text(1, Model::Key));
    QCOMPARE(text(0, Model::Key, Qt::ToolTipRole), first);
}

void InventoryCellsTest::longTextsAreCut()
{
    m_inventory->setApplications({{.id = u"a"_s, .name = QString(50'000, u'x')}});
    m_inventory->add(0, {aws(u"1"_s, QString(50'000, u'y'), u"K1"_s)});
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(text(0, Model::Name).size(), qsizetype(32'000));
    QCOMPARE(text(0, Model::ApplicationName).size(), qsizetype(32'000));
    QCOMPARE(text(0, Model::ApplicationName, Model::CopyRole).size(), qsizetype(50'000));
}

void InventoryCellsTest::someoneIsYou()
{
    fill();
    m_model->sort(Model::CreatedBy, Qt::AscendingOrder);
    QCOMPARE(names().first(2), QStringList({u"Archive"_s, u"Recipes"_s})); // User, Workflow
    m_model->setAccount({.id = u"u1"_s});
    QCOMPARE(names().first(2), QStringList({u"Recipes"_s, u"Archive"_s})); // Workflow, you
    QCOMPARE(text(1, Model::CreatedBy), u"you"_s);
}

void InventoryCellsTest::columnsHaveTitles()
{
    QStringList titles;
    for (int column = 0; column < m_model->columnCount(); ++column)
        titles.append(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QCOMPARE(titles, QStringList({u"Name"_s, u"Application"_s, u"Type"_s, u"Status"_s, u"Created"_s,
                                  u"Last updated"_s, u"Expires"_s, u"Key"_s, u"Owner"_s, u"Description"_s,
                                  u"Created by"_s, u"Last updated by"_s, u"ID"_s, u"Application ID"_s}));
    QCOMPARE(m_model->headerData(2, Qt::Vertical, Qt::DisplayRole).toInt(), 3);
}

QTEST_GUILESS_MAIN(InventoryCellsTest)
#include "inventorycellstest.moc"
