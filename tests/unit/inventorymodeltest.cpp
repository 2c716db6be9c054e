// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventorymodel.h"
#include "models/expiry.h"
#include "support/inventoryscene.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <random>

using namespace Qt::StringLiterals;
using Model = InventoryModel;
using QuickFilter = InventoryModel::QuickFilter;

namespace {

constexpr qint64 day = 86'400'000;

const Application plantFloor{.id = u"a1"_s, .name = u"Plant floor"_s, .owner = Application::Owner::User};
const Application osaka{.id = u"a2"_s,
                        .name = u"osaka"_s,
                        .owner = Application::Owner::Organization,
                        .ownerId = u"57a"_s,
                        .organizationName = u"Acme"_s};
const Application unnamed{.id = u"a3"_s, .owner = Application::Owner::Organization, .ownerId = u"57b"_s};

Credential aws(const QString &id, const QString &name, const QString &key)
{
    return {.id = id,
            .name = name,
            .type = u"aws"_s,
            .enabled = true,
            .config = R"({"accessKeyId":")" + key.toUtf8() + R"(","region":"us-east-1"})"};
}

Credential certificate(const QString &id, const QString &name, const QByteArray &fingerprint,
                       const QDateTime &end)
{
    return {.id = id,
            .name = name,
            .type = u"certificateKeyPair"_s,
            .config = R"({"certificate":"","info":{"fingerprint":")" + fingerprint +
                      R"(","notValidAfter":")" + end.toUTC().toString(Qt::ISODateWithMs).toLatin1() +
                      R"("}})"};
}

Credential sql(const QString &id, const QString &name, const QString &host)
{
    return {.id = id,
            .name = name,
            .type = u"sql"_s,
            .enabled = false,
            .config = R"({"system":"pg","host":")" + host.toUtf8() + R"(","port":5432,"username":"losant"})"};
}

} // namespace

/// The table of all credentials: what is shown, in which order, while the inventory and what is looked for
/// change.
class InventoryModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

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

    void aFilterLeavesWhatItFinds();
    void whatComesIsFilteredToo();
    void quickFiltersMustAllHold();
    void countsAreOfWhatTheTextFinds();
    void aRowThatIsEditedChangesTheCounts();
    void keysOfSeveralCredentialsAreGroupedFirst();
    void whatIsInAGroupIsInOrder();

    void theSameKeyIsFoundWhereverItIs();
    void theSameAccountIsNotTheSameKey();

    void whatIsSelectedStays();
    void theRowBelowIsNotTakenForOneThatIsGone();
    void aRowIsFoundByItsIds();

    void cellsSayWhatIsThere();
    void whatIsMissingIsADash();
    void longTextsAreCut();
    void someoneIsYou();
    void columnsHaveTitles();
    void afterAnyChangesTheRowsAreThoseOfANewModel();

private:
    /// Three of the first, two of the second, one of the last.
    void fill();
    QStringList names(const Model &model, int column = Model::Name) const;
    QStringList names() const { return names(*m_model); }
    void setFilter(const QString &text) { m_model->setFilter(InventoryFilter::parse(text, m_now)); }
    QString text(int row, int column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, column).data(role).toString();
    }
    Credential dated(Credential credential, int createdDaysAgo, int updatedDaysAgo) const
    {
        credential.creationDate = m_now - createdDaysAgo * day;
        credential.lastUpdated = m_now - updatedDaysAgo * day;
        return credential;
    }
    QDateTime inDays(int days) const { return QDateTime::fromMSecsSinceEpoch(m_now + days * day, Qt::UTC); }

    qint64 m_now = 0;
    std::unique_ptr<InventoryScene> m_inventory;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void InventoryModelTest::init()
{
    m_now = QDateTime::currentMSecsSinceEpoch();
    m_inventory = std::make_unique<InventoryScene>();
    m_model = std::make_unique<Model>(*m_inventory);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void InventoryModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_inventory.reset();
}

void InventoryModelTest::fill()
{
    Credential archive = dated(aws(u"01"_s, u"Archive"_s, u"AKIAIOSFODNN7EXAMPLE"_s), 400, 390);
    archive.description = u"nightly"_s;
    archive.createdById = u"u1"_s;
    archive.createdByType = u"user"_s;
    archive.lastUpdatedById = u"f9"_s;
    archive.lastUpdatedByType = u"flow"_s;
    Credential broker = dated(certificate(u"02"_s, u"broker"_s, "AB:CD", inDays(20)), 10, 5);
    broker.enabled = true;
    Credential recipes = dated(sql(u"03"_s, u"Recipes"_s, u"db.example.net"_s), 50, 40);
    recipes.description = u"Ask first"_s;
    recipes.createdById = u"f1"_s;
    recipes.createdByType = u"flow"_s;
    Credential export_ = dated(aws(u"04"_s, u"Export"_s, u"AKIAIOSFODNN7EXAMPLE"_s), 3, 2);
    Credential zone = dated(certificate(u"05"_s, u"Zone"_s, "00:11", inDays(-3)), 700, 690);
    zone.lastUpdatedById = u"u1"_s;
    zone.lastUpdatedByType = u"user"_s;
    m_inventory->setApplications({plantFloor, osaka, unnamed});
    m_inventory->add(0, {recipes, archive, broker});
    m_inventory->add(1, {zone, export_});
    m_inventory->add(2, {{.id = u"06"_s, .name = u"Älteste"_s, .type = u"quantum"_s}});
    QTRY_COMPARE(m_model->rowCount(), 6);
}

QStringList InventoryModelTest::names(const Model &model, int column) const
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, column).data().toString());
    return names;
}

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

void InventoryModelTest::aFilterLeavesWhatItFinds()
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

void InventoryModelTest::whatComesIsFilteredToo()
{
    fill();
    setFilter(u"osaka e"_s);
    m_inventory->add(1, {aws(u"07"_s, u"Every"_s, u"K7"_s), aws(u"08"_s, u"Abbey"_s, u"K8"_s)});
    m_inventory->add(0, {aws(u"09"_s, u"Else"_s, u"K7"_s)});
    QTRY_COMPARE(names(), QStringList({u"Abbey"_s, u"Every"_s, u"Export"_s, u"Zone"_s}));
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 2);
}

void InventoryModelTest::quickFiltersMustAllHold()
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

void InventoryModelTest::countsAreOfWhatTheTextFinds()
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

void InventoryModelTest::aRowThatIsEditedChangesTheCounts()
{
    fill();
    QSignalSpy counts(m_model.get(), &Model::countsChanged);
    m_inventory->replace(1, 1, {dated(aws(u"04"_s, u"Export"_s, u"AKIAOTHER"_s), 3, 500)});
    QCOMPARE(counts.count(), 1);
    QCOMPARE(m_model->count(QuickFilter::SameKeyElsewhere), 0);
    QCOMPARE(m_model->count(QuickFilter::NotUpdatedForAYear), 3);
}

void InventoryModelTest::keysOfSeveralCredentialsAreGroupedFirst()
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

void InventoryModelTest::whatIsInAGroupIsInOrder()
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

void InventoryModelTest::theSameKeyIsFoundWhereverItIs()
{
    fill();
    m_inventory->add(0, {aws(u"09"_s, u"Another archive"_s, u"AKIAIOSFODNN7EXAMPLE"_s)});
    setFilter(u"recipes"_s);
    const auto found = m_model->sameKey(osaka.id, u"04"_s);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].credential.name, u"Another archive"_s);
    QCOMPARE(found[1].credential.name, u"Archive"_s);
    QCOMPARE(found[1].applicationName, u"Plant floor"_s);
    QCOMPARE(found[1].applicationId, plantFloor.id);
    QCOMPARE(found[1].credential.applicationId, plantFloor.id);
    QVERIFY(m_model->sameAccount(osaka.id, u"04"_s).empty());
    QVERIFY(m_model->sameKey(osaka.id, u"05"_s).empty());
    QVERIFY(m_model->sameKey(unnamed.id, u"06"_s).empty());
    QVERIFY(m_model->sameKey(u"none"_s, u"04"_s).empty());
}

void InventoryModelTest::theSameAccountIsNotTheSameKey()
{
    fill();
    m_inventory->add(
        1, {sql(u"09"_s, u"Reports"_s, u"db.example.net"_s), sql(u"10"_s, u"Else"_s, u"db2.example.net"_s)});
    m_inventory->add(2, {sql(u"11"_s, u"Copy"_s, u"db.example.net"_s)});
    const auto found = m_model->sameAccount(plantFloor.id, u"03"_s);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].applicationName, unnamed.id);
    QCOMPARE(found[1].credential.name, u"Reports"_s);
    QVERIFY(m_model->sameKey(plantFloor.id, u"03"_s).empty());
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
    QCOMPARE(m_model->row(5).id(), "05"_ba);
    QCOMPARE(m_model->rowOf(plantFloor.id, u"05"_s), -1);
    QCOMPARE(m_model->rowOf({}, {}), -1);
    setFilter(u"broker"_s);
    QCOMPARE(m_model->rowOf(osaka.id, u"05"_s), -1);
    QCOMPARE(m_model->rowOf(plantFloor.id, u"02"_s), 0);
}

void InventoryModelTest::cellsSayWhatIsThere()
{
    fill();
    const int archive = m_model->rowOf(plantFloor.id, u"01"_s);
    QCOMPARE(text(archive, Model::ApplicationName), u"Plant floor"_s);
    QCOMPARE(text(archive, Model::Type), u"Amazon Web Services"_s);
    QCOMPARE(text(archive, Model::Status), u"Enabled"_s);
    QCOMPARE(text(archive, Model::Created), u"1 year(s) ago"_s);
    QCOMPARE(text(archive, Model::Key), u"AKIAIOSF…XAMPLE"_s);
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

void InventoryModelTest::whatIsMissingIsADash()
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

void InventoryModelTest::longTextsAreCut()
{
    m_inventory->setApplications({{.id = u"a"_s, .name = QString(50'000, u'x')}});
    m_inventory->add(0, {aws(u"1"_s, QString(50'000, u'y'), u"K1"_s)});
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(text(0, Model::Name).size(), qsizetype(32'000));
    QCOMPARE(text(0, Model::ApplicationName).size(), qsizetype(32'000));
    QCOMPARE(text(0, Model::ApplicationName, Model::CopyRole).size(), qsizetype(50'000));
}

void InventoryModelTest::someoneIsYou()
{
    fill();
    m_model->sort(Model::CreatedBy, Qt::AscendingOrder);
    QCOMPARE(names().first(2), QStringList({u"Archive"_s, u"Recipes"_s})); // User, Workflow
    m_model->setAccount({.id = u"u1"_s});
    QCOMPARE(names().first(2), QStringList({u"Recipes"_s, u"Archive"_s})); // Workflow, you
    QCOMPARE(text(1, Model::CreatedBy), u"you"_s);
}

void InventoryModelTest::columnsHaveTitles()
{
    QStringList titles;
    for (int column = 0; column < m_model->columnCount(); ++column)
        titles.append(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QCOMPARE(titles, QStringList({u"Name"_s, u"Application"_s, u"Type"_s, u"Status"_s, u"Created"_s,
                                  u"Last updated"_s, u"Expires"_s, u"Key"_s, u"Owner"_s, u"Description"_s,
                                  u"Created by"_s, u"Last updated by"_s, u"ID"_s, u"Application ID"_s}));
    QCOMPARE(m_model->headerData(2, Qt::Vertical, Qt::DisplayRole).toInt(), 3);
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
