// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventoryexport.h"
#include "unit/inventorymodelscene.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <numeric>

using namespace Qt::StringLiterals;
using Format = InventoryExport::Format;
using Outcome = InventoryExport::Outcome;

namespace {

const QByteArray sentinel = "SENTINEL0secret";

/// Prints what Python's csv module reads, as JSON.
const QString readsCsv =
    u"import csv,json,sys\n"
    "print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline=''), strict=True))))"_s;

bool goOn(std::size_t)
{
    return true;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What is written of the table, and read back by others.
class InventoryExportTest : public InventoryModelScene
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        setUp();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void cleanup() { tearDown(); }

    void theEndingTellsTheFormat();
    void csvIsWhatIsShownInItsOrder();
    void csvIsReadBackByPython();
    void whatASpreadsheetWouldRunIsHarmless_data();
    void whatASpreadsheetWouldRunIsHarmless();
    void jsonHasAllThatIsKnown();
    void nothingIsAnEmptyTable();
    void noSecretIsWritten();
    void whatIsStoppedLeavesTheFileAsItWas();
    void whatCannotBeWrittenIsSaid();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray written(Format format, const std::vector<int> &columns) const
    {
        const QString file = path(u"written"_s);
        const InventoryExport::Result result = m_model->exported(columns).write(file, format, goOn);
        return result.outcome == Outcome::Written ? contentOf(file) : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void InventoryExportTest::theEndingTellsTheFormat()
{
    QCOMPARE(InventoryExport::formatOf(u"/a/b.csv"_s), Format::Csv);
    QCOMPARE(InventoryExport::formatOf(u"/a/B.CSV"_s), Format::Csv);
    QCOMPARE(InventoryExport::formatOf(u"b.json"_s), Format::Json);
    for (const QString &name : {u"b.txt"_s, u"csv"_s, u"b.csv.gz"_s, QString()})
        QVERIFY2(!InventoryExport::formatOf(name), qPrintable(name));
}

void InventoryExportTest::csvIsWhatIsShownInItsOrder()
{
    fill();
    m_model->setFilter(InventoryFilter::parse(u"app:\"plant floor\""_s, m_now));
    m_model->sort(Model::Name, Qt::DescendingOrder);
    QCOMPARE(written(Format::Csv, {Model::Key, Model::Name, Model::ApplicationName, Model::Status}),
             "Key,Name,Application,Status\r\n"
             ",Recipes,Plant floor,Disabled\r\n"
             "AB:CD,broker,Plant floor,Enabled\r\n"
             "AKIAIOSFODNN7EXAMPLE,Archive,Plant floor,Enabled\r\n"_ba);
}

void InventoryExportTest::csvIsReadBackByPython()
{
    m_inventory->setApplications({{.id = u"a"_s, .name = u"Line \"1\", 大阪工場"_s}});
    m_inventory->add(0, {aws(u"1"_s, u"a,b"_s, u"K1"_s), aws(u"2"_s, u"c\"d"_s, u"K2"_s),
                         aws(u"3"_s, u"e\r\nf\ng"_s, u"K3"_s), aws(u"4"_s, u"🔑 Zürich "_s, u"K4"_s)});
    QTRY_COMPARE(m_model->rowCount(), 4);
    QVERIFY(
        !written(Format::Csv, {Model::Name, Model::ApplicationName, Model::Created, Model::Key}).isEmpty());

    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, readsCsv, path(u"written"_s)});
    QVERIFY(python.waitForFinished() && python.exitCode() == 0);
    const QJsonArray lines = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[0].toArray(), (QJsonArray{u"Name"_s, u"Application"_s, u"Created"_s, u"Key"_s}));
    for (int row = 0; row < 4; ++row) {
        const InventoryRow &credential = m_model->row(row);
        QCOMPARE(lines[row + 1].toArray(),
                 (QJsonArray{credential.name(), u"Line \"1\", 大阪工場"_s, QString(), credential.key()}));
    }
}

void InventoryExportTest::whatASpreadsheetWouldRunIsHarmless_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("=") << u"=1+1"_s << "'=1+1"_ba;
    QTest::newRow("+") << u"+1"_s << "'+1"_ba;
    QTest::newRow("-") << u"-1"_s << "'-1"_ba;
    QTest::newRow("@") << u"@SUM(A1)"_s << "'@SUM(A1)"_ba;
    QTest::newRow("tab") << u"\t=1"_s << "'\t=1"_ba;
    QTest::newRow("quoted") << u"=\"a\",b"_s << "\"'=\"\"a\"\",b\""_ba;
    QTest::newRow("behind something") << u"a=1"_s << "a=1"_ba;
    QTest::newRow("an apostrophe of its own") << u"'a"_s << "'a"_ba;
}

void InventoryExportTest::whatASpreadsheetWouldRunIsHarmless()
{
    QFETCH(const QString, name);
    m_inventory->setApplications({{.id = u"a"_s, .name = name}});
    m_inventory->add(0, {aws(u"1"_s, name, name)});
    QTRY_COMPARE(m_model->rowCount(), 1);
    QFETCH(const QByteArray, field);
    QCOMPARE(written(Format::Csv, {Model::Name, Model::ApplicationName}),
             "Name,Application\r\n" + field + ',' + field + "\r\n");
}

void InventoryExportTest::jsonHasAllThatIsKnown()
{
    fill();
    QJsonParseError error;
    const QJsonObject file = QJsonDocument::fromJson(written(Format::Json, {}), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(file.value(u"format"_s), QJsonValue(u"credenza.credentials"_s));
    QCOMPARE(file.value(u"version"_s), QJsonValue(1));
    const QJsonArray credentials = file.value(u"credentials"_s).toArray();
    QCOMPARE(credentials.size(), m_model->rowCount());
    for (int row = 0; row < m_model->rowCount(); ++row)
        QCOMPARE(credentials[row].toObject().value(u"id"_s).toString(), m_model->idAt(row));

    const QJsonObject archive = credentials[m_model->rowOf(plantFloor.id, u"01"_s)].toObject();
    const QJsonObject expected{
        {u"applicationId"_s, plantFloor.id},
        {u"application"_s, u"Plant floor"_s},
        {u"owner"_s, u"My sandbox"_s},
        {u"id"_s, u"01"_s},
        {u"name"_s, u"Archive"_s},
        {u"type"_s, u"aws"_s},
        {u"enabled"_s, true},
        {u"key"_s, u"AKIAIOSFODNN7EXAMPLE"_s},
        {u"description"_s, u"nightly"_s},
        {u"createdById"_s, u"u1"_s},
        {u"createdByType"_s, u"user"_s},
        {u"lastUpdatedById"_s, u"f9"_s},
        {u"lastUpdatedByType"_s, u"flow"_s},
        {u"creationDate"_s,
         QDateTime::fromMSecsSinceEpoch(m_now - 400 * day, Qt::UTC).toString(Qt::ISODateWithMs)},
        {u"lastUpdated"_s,
         QDateTime::fromMSecsSinceEpoch(m_now - 390 * day, Qt::UTC).toString(Qt::ISODateWithMs)}};
    QCOMPARE(archive, expected);
}

void InventoryExportTest::nothingIsAnEmptyTable()
{
    QCOMPARE(written(Format::Csv, {Model::Name}), "Name\r\n"_ba);
    const QJsonDocument file = QJsonDocument::fromJson(written(Format::Json, {}));
    QVERIFY(file.object().value(u"credentials"_s).isArray());
}

void InventoryExportTest::noSecretIsWritten()
{
    m_inventory->setApplications({{.id = u"a"_s, .name = u"A"_s}});
    std::vector<Credential> credentials;
    for (const char *key :
         {"secretAccessKey", "password", "privateKey", "passphrase", "apiSecret", "secretValue", "token",
          "authToken", "apiKey", "keyJson", "accountKey", "customKey"})
        credentials.push_back({.id = QString::number(credentials.size()),
                               .name = u"n"_s,
                               .type = u"aws"_s,
                               .config = "{\"accessKeyId\":\"AKIA\",\"" + QByteArray(key) + "\":\"" +
                                         sentinel + "\",\"keyMetaJson\":\"{\\\"private_key\\\":\\\"" +
                                         sentinel + "\\\"}\"}"});
    m_inventory->add(0, credentials);
    QTRY_COMPARE(m_model->rowCount(), int(credentials.size()));
    std::vector<int> columns(Model::ColumnCount);
    std::iota(columns.begin(), columns.end(), 0);
    for (const Format format : {Format::Csv, Format::Json}) {
        const QByteArray file = written(format, columns);
        QVERIFY(file.contains("AKIA"));
        QVERIFY(!file.contains(sentinel));
    }
}

void InventoryExportTest::whatIsStoppedLeavesTheFileAsItWas()
{
    fill();
    QFile before(path(u"written"_s));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    const auto result =
        m_model->exported({Model::Name}).write(path(u"written"_s), Format::Csv, [](std::size_t) {
            return false;
        });
    QCOMPARE(result.outcome, Outcome::Stopped);
    QCOMPARE(contentOf(path(u"written"_s)), "before"_ba);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"written"_s});
}

void InventoryExportTest::whatCannotBeWrittenIsSaid()
{
    fill();
    const auto result =
        m_model->exported({Model::Name}).write(path(u"none/written.csv"_s), Format::Csv, goOn);
    QCOMPARE(result.outcome, Outcome::Failed);
    QVERIFY(!result.error.isEmpty());
}

QTEST_GUILESS_MAIN(InventoryExportTest)
#include "inventoryexporttest.moc"
