// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/inventorymodelscene.h"

#include <QSignalSpy>

#include <random>

using namespace Qt::StringLiterals;

/// The table of all credentials: which rows there are, in which order, while the inventory changes.
class InventoryModelTest : public InventoryModelScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void rowsAreInTheOrderOfTheirNames();
    void eachColumnSortsBothWays_data();
    void eachColumnSortsBothWays();
    void whatIsTheSameIsInTheOrderOfNames();
    void aColumnThatIsNoneSortsNothing();
    void theFirstRowsAreThereAtOnce();
    void whatComesSoonAfterIsTakenUpTogether();
    void whatComesIsSortedIn();
    void rowsThatAreReplacedAreSoAtOnce();
    void aRowThatWasReadAgainStaysItself();
    void anApplicationThatIsGoneTakesItsRowsAway();
    void applicationsMayChangePlaces();
    void whatIsSelectedStays();
    void theRowBelowIsNotTakenForOneThatIsGone();
    void aRowIsFoundByItsIds();
    void afterAnyChangesTheRowsAreThoseOfANewModel();
};

void InventoryModelTest::rowsAreInTheOrderOfTheirNames()
{
    fill();
    QCOMPARE(names(),
             QStringList({u"Älteste"_s, u"Archive"_s, u"broker"_s, u"Export"_s, u"Recipes"_s, u"Zone"_s}));
}

void InventoryModelTest::eachColumnSortsBothWays_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("ascending"); // initials
    QTest::addColumn<QString>("descending");
    const auto row = [](const char *name, Model::Column column, const QString &ascending,
                        const QString &descending) {
        QTest::newRow(name) << int(column) << ascending << descending;
    };
    row("name", Model::Name, u"ÄAbERZ"_s, u"ZREbAÄ"_s);
    row("application", Model::ApplicationName, u"ÄEZAbR"_s, u"AbREZÄ"_s);
    row("type", Model::Type, u"AEbZÄR"_s, u"RÄbZAE"_s);
    row("status", Model::Status, u"AbERÄZ"_s, u"RAbEÄZ"_s);
    row("created", Model::Created, u"ZARbEÄ"_s, u"EbRAZÄ"_s);
    row("last updated", Model::LastUpdated, u"ZARbEÄ"_s, u"EbRAZÄ"_s);
    row("expires", Model::Expires, u"ZbÄAER"_s, u"bZÄAER"_s);
    row("key", Model::Key, u"ZbAEÄR"_s, u"AEbZÄR"_s);
    row("owner", Model::Owner, u"EZAbRÄ"_s, u"ÄAbREZ"_s);
    row("description", Model::Description, u"RAÄbEZ"_s, u"ARÄbEZ"_s);
    row("created by", Model::CreatedBy, u"ARÄbEZ"_s, u"RAÄbEZ"_s);
    row("last updated by", Model::LastUpdatedBy, u"ZAÄbER"_s, u"AZÄbER"_s);
    row("ID", Model::Id, u"AbREZÄ"_s, u"ÄZERbA"_s);
    row("application ID", Model::ApplicationId, u"AbREZÄ"_s, u"ÄEZAbR"_s);
}

void InventoryModelTest::eachColumnSortsBothWays()
{
    QFETCH(const int, column);
    const auto initials = [this] {
        QString letters;
        for (const QString &name : names())
            letters += name.front();
        return letters;
    };
    fill();
    m_model->sort(column, Qt::AscendingOrder);
    QTEST(initials(), "ascending");
    m_model->sort(column, Qt::DescendingOrder);
    QTEST(initials(), "descending");
    QCOMPARE(m_model->sortColumn(), column);
    QCOMPARE(m_model->sortOrder(), Qt::DescendingOrder);
}

void InventoryModelTest::whatIsTheSameIsInTheOrderOfNames()
{
    m_inventory->setApplications({plantFloor, osaka});
    m_inventory->add(0, {aws(u"2"_s, u"Same name, and longer"_s, u"K1"_s), aws(u"3"_s, u"same"_s, u"K1"_s)});
    m_inventory->add(1, {aws(u"1"_s, u"Same name, and longer"_s, u"K1"_s), aws(u"4"_s, u"Same"_s, u"K1"_s)});
    QTRY_COMPARE(m_model->rowCount(), 4);
    const QStringList ids = {u"4"_s, u"3"_s, u"1"_s, u"2"_s};
    QCOMPARE(names(*m_model, Model::Id), ids);
    for (const auto order : {Qt::DescendingOrder, Qt::AscendingOrder}) {
        for (const int column : {Model::Key, Model::Type, Model::Created, Model::Description}) {
            m_model->sort(column, order);
            QCOMPARE(names(*m_model, Model::Id), ids);
        }
    }
}

void InventoryModelTest::aColumnThatIsNoneSortsNothing()
{
    fill();
    m_model->sort(Model::Created, Qt::AscendingOrder);
    const QStringList before = names();
    m_model->sort(-1, Qt::DescendingOrder);
    m_model->sort(Model::ColumnCount, Qt::DescendingOrder);
    QCOMPARE(names(), before);
    QCOMPARE(m_model->sortColumn(), int(Model::Created));
}

void InventoryModelTest::theFirstRowsAreThereAtOnce()
{
    m_inventory->setApplications({plantFloor});
    QTest::qWait(0);
    QTRY_VERIFY(m_model->rowCount() == 0);
    Model model(*m_inventory);
    QSignalSpy counts(&model, &Model::countsChanged);
    m_inventory->add(0, {aws(u"1"_s, u"One"_s, u"K1"_s)});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(counts.count(), 1);
}

void InventoryModelTest::whatComesSoonAfterIsTakenUpTogether()
{
    std::vector<Application> applications;
    for (int i = 0; i < 50; ++i)
        applications.push_back({.id = QString::number(i), .name = u"Application %1"_s.arg(i)});
    m_inventory->setApplications(applications);
    QSignalSpy inserted(m_model.get(), &Model::rowsInserted);
    for (int i = 0; i < 50; ++i) {
        const QString number = QString::number(i);
        m_inventory->add(i, {aws(u"1"_s, u"b"_s + number, u"K1"_s), aws(u"2"_s, u"a"_s + number, u"K2"_s)});
    }
    QTRY_COMPARE(m_model->rowCount(), 100);
    QVERIFY2(inserted.count() < 5, qPrintable(QString::number(inserted.count())));
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 100);
    Q_EMIT m_inventory->finished();
    QCOMPARE(m_model->rowCount(), 100);
}

void InventoryModelTest::whatComesIsSortedIn()
{
    fill();
    m_model->sort(Model::Created, Qt::DescendingOrder);
    m_inventory->add(
        0, {dated(aws(u"07"_s, u"Later"_s, u"K7"_s), 30, 1), dated(aws(u"08"_s, u"Now"_s, u"K8"_s), 0, 0)});
    QTRY_COMPARE(names(), QStringList({u"Now"_s, u"Export"_s, u"broker"_s, u"Later"_s, u"Recipes"_s,
                                       u"Archive"_s, u"Zone"_s, u"Älteste"_s}));
}

void InventoryModelTest::rowsThatAreReplacedAreSoAtOnce()
{
    fill();
    m_inventory->add(1, {aws(u"07"_s, u"Waits"_s, u"K7"_s)});
    m_inventory->replace(0, 1, {aws(u"01"_s, u"Yard"_s, u"K1"_s)});
    QCOMPARE(names(),
             QStringList({u"Älteste"_s, u"Export"_s, u"Recipes"_s, u"Waits"_s, u"Yard"_s, u"Zone"_s}));
    m_inventory->replace(0, 0, {});
    QCOMPARE(names(), QStringList({u"Älteste"_s, u"Export"_s, u"Waits"_s, u"Zone"_s}));
    QCOMPARE(m_model->rowOf(plantFloor.id, u"01"_s), -1);
}

void InventoryModelTest::aRowThatWasReadAgainStaysItself()
{
    fill();
    const QPersistentModelIndex archive = m_model->index(m_model->rowOf(plantFloor.id, u"01"_s), Model::Key);
    const QPersistentModelIndex broker = m_model->index(m_model->rowOf(plantFloor.id, u"02"_s), Model::Name);
    QSignalSpy changed(m_model.get(), &Model::dataChanged);
    QSignalSpy removed(m_model.get(), &Model::rowsRemoved);
    m_inventory->replace(0, 0,
                         {aws(u"07"_s, u"New"_s, u"K7"_s), aws(u"01"_s, u"Yard"_s, u"K1"_s),
                          sql(u"03"_s, u"Recipes"_s, u"db.example.net"_s)});
    QVERIFY(archive.isValid());
    QCOMPARE(m_model->credential(archive.row()).name, u"Yard"_s);
    QCOMPARE(archive.column(), int(Model::Key));
    QVERIFY(!broker.isValid());
    QCOMPARE(removed.count(), 1);
    QVERIFY(changed.count() > 0);
    QCOMPARE(names(), QStringList({u"Älteste"_s, u"Export"_s, u"New"_s, u"Recipes"_s, u"Yard"_s, u"Zone"_s}));
}

void InventoryModelTest::anApplicationThatIsGoneTakesItsRowsAway()
{
    fill();
    const QPersistentModelIndex zone = m_model->index(m_model->rowOf(osaka.id, u"05"_s), 0);
    m_inventory->setApplications({osaka});
    QCOMPARE(names(), QStringList({u"Export"_s, u"Zone"_s}));
    QCOMPARE(zone.row(), 1);
    QCOMPARE(m_model->application(1).name, osaka.name);
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 0);
    m_inventory->setApplications({});
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!zone.isValid());
}

void InventoryModelTest::applicationsMayChangePlaces()
{
    fill();
    const QPersistentModelIndex zone = m_model->index(m_model->rowOf(osaka.id, u"05"_s), 0);
    const QStringList before = names();
    Application renamed = osaka;
    renamed.name = u"Ōsaka"_s;
    m_inventory->setApplications({unnamed, {.id = u"a0"_s, .name = u"New"_s}, renamed, plantFloor});
    QCOMPARE(names(), before);
    QCOMPARE(m_model->credential(zone.row()).name, u"Zone"_s);
    QCOMPARE(text(zone.row(), Model::ApplicationName), u"Ōsaka"_s);
    m_inventory->add(1, {aws(u"01"_s, u"Zulu"_s, u"K9"_s)});
    QTRY_COMPARE(names(), before + QStringList(u"Zulu"_s));
}

void InventoryModelTest::whatIsSelectedStays()
{
    fill();
    const QPersistentModelIndex recipes =
        m_model->index(m_model->rowOf(plantFloor.id, u"03"_s), Model::Status);
    const auto isRecipes = [&] {
        return recipes.isValid() && recipes.column() == Model::Status &&
               m_model->credential(recipes.row()).name == "Recipes"_L1;
    };
    m_model->sort(Model::Created, Qt::DescendingOrder);
    QVERIFY(isRecipes());
    setFilter(u"db.example"_s);
    QVERIFY(isRecipes());
    setFilter({});
    QVERIFY(isRecipes());
    m_model->setQuickFilter(QuickFilter::Disabled, true);
    QVERIFY(isRecipes());
    m_model->setQuickFilter(QuickFilter::Disabled, false);
    m_model->setGroupedByKey(true);
    QVERIFY(isRecipes());
    m_inventory->add(0, {dated(aws(u"09"_s, u"Before"_s, u"K9"_s), 0, 0)});
    QTRY_COMPARE(m_model->rowCount(), 7);
    QVERIFY(isRecipes());
    setFilter(u"archive"_s);
    QVERIFY(!recipes.isValid());
}

void InventoryModelTest::theRowBelowIsNotTakenForOneThatIsGone()
{
    fill();
    const QPersistentModelIndex archive = m_model->index(m_model->rowOf(plantFloor.id, u"01"_s), 0);
    m_inventory->replace(0, 0, {aws(u"99"_s, u"Archive"_s, u"AKIAIOSFODNN7EXAMPLE"_s)});
    QVERIFY(!archive.isValid());
    m_inventory->add(0, {aws(u"98"_s, u"Archive 2"_s, u"K"_s)});
    QTRY_COMPARE(m_model->rowCount(), 5);
}

void InventoryModelTest::aRowIsFoundByItsIds()
{
    fill();
    QCOMPARE(m_model->rowOf(osaka.id, u"05"_s), 5);
    QCOMPARE(m_model->row(5).id(), u"05"_s);
    QCOMPARE(m_model->rowOf(plantFloor.id, u"05"_s), -1);
    QCOMPARE(m_model->rowOf({}, {}), -1);
    setFilter(u"broker"_s);
    QCOMPARE(m_model->rowOf(osaka.id, u"05"_s), -1);
    QCOMPARE(m_model->rowOf(plantFloor.id, u"02"_s), 0);
}

void InventoryModelTest::afterAnyChangesTheRowsAreThoseOfANewModel()
{
    std::mt19937 generator(20'241);
    const auto random = [&](int below) { return int(generator() % unsigned(below)); };
    const auto credentials = [&](int count, int firstId) {
        std::vector<Credential> some;
        for (int i = 0; i < count; ++i) {
            const QString name = QString::number(random(60)).repeated(1 + random(9));
            Credential one = random(3) == 0 ? certificate({}, name, QByteArray::number(random(90)),
                                                          inDays(random(90) - 20))
                                            : aws({}, name, QString::number(random(90)));
            one.id = QString::number(firstId + i);
            one.enabled = random(2) == 0;
            some.push_back(dated(one, random(900), random(900)));
        }
        return some;
    };
    const auto ids = [](const Model &model) {
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown.append(model.application(row).id + u' ' + model.credential(row).id);
        return shown;
    };
    std::vector<Application> applications;
    for (int i = 0; i < 12; ++i)
        applications.push_back({.id = QString::number(i), .name = u"Application %1"_s.arg(i % 5)});
    m_inventory->setApplications(applications);
    const QStringList texts = {
        u""_s, u"1"_s, u"12"_s, u"123"_s, u"-1"_s, u"type:aws 4"_s, u"app:\"application 3\""_s};

    for (int step = 0; step < 300; ++step) {
        const int part = random(int(m_inventory->parts().size()));
        const int rows = int(m_inventory->rows(part).size());
        const QPersistentModelIndex kept =
            m_model->rowCount() > 0 ? m_model->index(random(m_model->rowCount()), 0) : QModelIndex();
        const QString keptId = kept.isValid() ? ids(*m_model).at(kept.row()) : QString();
        switch (random(8)) {
        case 0:
        case 1:
            m_inventory->add(part, credentials(random(40), rows));
            break;
        case 2: {
            const int first = random(rows + 1);
            m_inventory->replace(part, first, credentials(random(40), first));
            break;
        }
        case 3:
            m_model->sort(random(Model::ColumnCount), random(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            break;
        case 4:
        case 5:
            setFilter(texts.at(random(int(texts.size()))));
            break;
        case 6:
            m_model->setQuickFilter(QuickFilter(random(Model::quickFilterCount)), random(4) == 0);
            m_model->setGroupedByKey(random(2) == 0);
            break;
        case 7:
            std::ranges::shuffle(applications, generator);
            m_inventory->setApplications({applications.begin(), applications.end() - random(3)});
            break;
        }
        Q_EMIT m_inventory->finished();
        Model other(*m_inventory);
        other.setFilter(m_model->filter());
        for (int filter = 0; filter < Model::quickFilterCount; ++filter)
            other.setQuickFilter(QuickFilter(filter), m_model->isOn(QuickFilter(filter)));
        other.sort(m_model->sortColumn(), m_model->sortOrder());
        other.setGroupedByKey(m_model->isGroupedByKey());
        const QStringList now = ids(*m_model);
        QCOMPARE(now, ids(other));
        for (int filter = 0; filter < Model::quickFilterCount; ++filter)
            QCOMPARE(m_model->count(QuickFilter(filter)), other.count(QuickFilter(filter)));
        QCOMPARE(kept.isValid() ? now.at(kept.row()) : QString(), now.contains(keptId) ? keptId : QString());
    }
}

QTEST_GUILESS_MAIN(InventoryModelTest)
#include "inventorymodeltest.moc"
