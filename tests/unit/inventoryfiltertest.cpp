// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventoryfilter.h"
#include "domain/application.h"
#include "domain/credential.h"
#include "services/inventoryrow.h"

#include <QDateTime>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;

namespace {

bool matches(const InventoryFilter &filter, const InventoryRow &row, const QByteArray &application)
{
    const auto rest = filter.inApplication(application);
    return rest && rest->matches(row);
}

constexpr qint64 day = 86'400'000;

qint64 moment(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch();
}

const Application plantFloor{.id = u"575ec8687ae143cd83dc4a97"_s,
                             .name = u"Plant floor"_s,
                             .owner = Application::Owner::User,
                             .ownerId = u"675ed18f7ae143cd83dc4bb7"_s};
const Application osaka{.id = u"575ec8687ae143cd83dc4a98"_s,
                        .name = u"Osaka"_s,
                        .owner = Application::Owner::Organization,
                        .ownerId = u"57a"_s,
                        .organizationName = u"Acme Corp"_s};
const Application zurich{.id = u"575ec8687ae143cd83dc4a99"_s,
                         .name = u"Zürich staging"_s,
                         .owner = Application::Owner::Organization,
                         .ownerId = u"57a"_s,
                         .organizationName = u"Acme Corp"_s};

struct Listed
{
    Application application;
    Credential credential;
};

QByteArray certificateConfig(const char *fingerprint, const char *end)
{
    return QByteArray(R"({"certificate":"","info":{"fingerprint":")") + fingerprint +
           R"(","commonName":"broker.example.com","notValidAfter":")" + end + R"("}})";
}

/// By `now`.
const std::vector<Listed> &listed()
{
    static const std::vector<Listed> all = {
        {plantFloor,
         {.id = u"01"_s,
          .name = u"S3 archive"_s,
          .description = u"Nightly export to Milwaukee"_s,
          .type = u"aws"_s,
          .enabled = true,
          .creationDate = moment(u"2024-05-17T08:00:00Z"_s),
          .lastUpdated = moment(u"2024-06-01T08:00:00Z"_s),
          .config = R"({"accessKeyId":"AKIAIOSFODNN7EXAMPLE","region":"us-east-1"})"}},
        {osaka,
         {.id = u"02"_s,
          .name = u"S3 spare"_s,
          .description = u"For arn:aws:iam::123456789012:role/spare"_s,
          .type = u"aws"_s,
          .enabled = false,
          .creationDate = moment(u"2023-03-01T00:00:00Z"_s),
          .lastUpdated = moment(u"2024-12-20T00:00:00Z"_s),
          .config = R"({"accessKeyId":"AKIAI44QH8DHBEXAMPLE","region":"eu-central-1"})"}},
        {osaka,
         {.id = u"03"_s,
          .name = u"Broker"_s,
          .type = u"certificateKeyPair"_s,
          .enabled = true,
          .creationDate = moment(u"2024-12-31T23:59:59Z"_s),
          .lastUpdated = moment(u"2024-12-31T23:59:59Z"_s),
          .config = certificateConfig("AB:CD:EF:01:23", "2025-01-25T12:00:00.000Z")}},
        {zurich,
         {.id = u"04"_s,
          .name = u"Übersicht"_s,
          .description = u"夜間バッチ専用"_s,
          .type = u"sql"_s,
          .enabled = true,
          .creationDate = moment(u"2025-01-01T00:00:00Z"_s),
          .lastUpdated = moment(u"2025-01-10T00:00:00Z"_s),
          .config = R"({"system":"pg","host":"db-1.example.net","port":5432,"username":"losant_ro"})"}},
        {zurich,
         {.id = u"05"_s,
          .name = u"Legacy hook"_s,
          .description = u"localhost:8080 say \"hello\""_s,
          .type = u"http"_s,
          .enabled = true,
          .creationDate = moment(u"2019-07-01T00:00:00Z"_s),
          .lastUpdated = moment(u"2022-01-15T00:00:00Z"_s),
          .config =
              R"({"uriMatch":"https://api.example.com/v1/","authMethod":"header","publicValue":"X-Key"})"}},
        {plantFloor,
         {.id = u"06"_s,
          .name = u"Gateway"_s,
          .type = u"certificateKeyPair"_s,
          .enabled = true,
          .creationDate = moment(u"2023-12-31T23:30:00Z"_s),
          .lastUpdated = moment(u"2024-01-16T12:00:00Z"_s),
          .config = certificateConfig("AB:CD:EF:99:99", "2024-12-01T00:00:00.000Z")}},
        {osaka, {.id = u"07"_s, .name = u"Entangler"_s, .type = u"quantum"_s}},
    };
    return all;
}

const qint64 now = moment(u"2025-01-15T12:00:00Z"_s);

/// The names of what it finds, with a blank before each but the first.
QString found(const QString &text)
{
    const InventoryFilter filter = InventoryFilter::parse(text, now);
    QStringList names;
    for (const Listed &one : listed()) {
        const std::vector<InventoryRow> rows = inventoryRows({one.credential});
        if (matches(filter, rows.front(), searchedText(one.application)))
            names.append(one.credential.name.section(u' ', -1));
    }
    return names.join(u' ');
}

const QString everything = u"archive spare Broker Übersicht hook Gateway Entangler"_s;

} // namespace

/// What a filter of all applications finds, and what it says of what it does not understand.
class InventoryFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextFinds_data();
    void aTextFinds();
    void aMistakeIsExplainedWhereItIs_data();
    void aMistakeIsExplainedWhereItIs();
    void whatIsNotUnderstoodIsLeftOut();
    void onlyTheFirstMistakeIsTold();
    void datesAreThoseOfTheLocalTimeZone();
    void anAgeIsToTheMillisecond();
    void aLongerTextNarrows_data();
    void aLongerTextNarrows();
    void wordsAreCompleted_data();
    void wordsAreCompleted();
    void aCompletionTakesThePlaceOfTheWord_data();
    void aCompletionTakesThePlaceOfTheWord();
    void everyCompletionIsUnderstood();
};

void InventoryFilterTest::aTextFinds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");
    const auto row = [](const QString &text, const QString &names) {
        QTest::newRow(qPrintable(text)) << text << names;
    };
    row(u""_s, everything);
    row(u"  "_s, everything);
    row(u"archive"_s, u"archive"_s);
    row(u"S3"_s, u"archive spare"_s);
    row(u"S3 osaka"_s, u"spare"_s);
    row(u"osaka s3"_s, u"spare"_s);
    row(u"milwaukee"_s, u"archive"_s);
    row(u"ubersicht"_s, u"Übersicht"_s);
    row(u"ÜBERSICHT"_s, u"Übersicht"_s);
    row(u"zürich"_s, u"Übersicht hook"_s);
    row(u"ZURICH"_s, u"Übersicht hook"_s);
    row(u"バッチ"_s, u"Übersicht"_s);
    row(u"acme"_s, u"spare Broker Übersicht hook Entangler"_s);
    row(u"amazon"_s, u"archive spare"_s);
    row(u"losant_ro"_s, u"Übersicht"_s);
    row(u"AKIAIOSF"_s, u"archive"_s);
    row(u"nowhere"_s, u""_s);
    row(u"575ec8687ae143cd83dc4a98"_s, u""_s);

    row(u"\"plant floor\""_s, u"archive Gateway"_s);
    row(u"floor plant"_s, u"archive Gateway"_s);
    row(u"\"floor plant\""_s, u""_s);
    row(u"\"\""_s, everything);
    row(u"\"type:aws\""_s, u""_s);
    row(u"\"s3\"osaka"_s, u"spare"_s);
    row(u"say \"hello\""_s, u"hook"_s);

    row(u"-s3"_s, u"Broker Übersicht hook Gateway Entangler"_s);
    row(u"acme -osaka"_s, u"Übersicht hook"_s);
    row(u"-\"plant floor\""_s, u"spare Broker Übersicht hook Entangler"_s);
    row(u"s3 -"_s, u"archive spare"_s);
    row(u"us-east"_s, u"archive"_s);

    row(u"type:aws"_s, u"archive spare"_s);
    row(u"TYPE:Aws"_s, u"archive spare"_s);
    row(u"type:amaz"_s, u"archive spare"_s);
    row(u"type:\"web services\""_s, u"archive spare"_s);
    row(u"type:quantum"_s, u"Entangler"_s);
    row(u"type:osaka"_s, u""_s);
    row(u"-type:aws -type:cert"_s, u"Übersicht hook Entangler"_s);

    row(u"app:osaka"_s, u"spare Broker Entangler"_s);
    row(u"app:\"plant floor\""_s, u"archive Gateway"_s);
    row(u"app:575EC8687ae143cd83dc4a98"_s, u"spare Broker Entangler"_s);
    row(u"app:575ec8687ae143cd83dc4a9"_s, u""_s);
    row(u"app:acme"_s, u""_s);
    row(u"owner:acme"_s, u"spare Broker Übersicht hook Entangler"_s);
    row(u"owner:sandbox"_s, u"archive Gateway"_s);
    row(u"owner:osaka"_s, u""_s);
    row(u"name:hook"_s, u"hook"_s);
    row(u"name:aws"_s, u""_s);

    row(u"status:disabled"_s, u"spare"_s);
    row(u"status:dis"_s, u"spare"_s);
    row(u"status:Enabled"_s, u"archive Broker Übersicht hook Gateway"_s);
    row(u"-status:enabled"_s, u"spare Entangler"_s);

    row(u"key:AKIAIOSFODNN7EXAMPLE"_s, u"archive"_s);
    row(u"key:akiaiosfodnn7example"_s, u"archive"_s);
    row(u"key:FODNN7"_s, u"archive"_s);
    row(u"key:AKIAIOSF…XAMPLE"_s, u"archive"_s);
    row(u"key:AKIA...MPLE"_s, u"archive spare"_s);
    row(u"key:AKIA…"_s, u"archive spare"_s);
    row(u"key:OSF…XAMPLE"_s, u""_s);
    row(u"key:AB:CD:EF:01:23"_s, u"Broker"_s);
    row(u"key:us-east-1"_s, u""_s);

    row(u"created:2024"_s, u"archive Broker"_s);
    row(u"created:2024-05"_s, u"archive"_s);
    row(u"created:2024-5-17"_s, u"archive"_s);
    row(u"created:2024-05-18"_s, u""_s);
    row(u"created:2023"_s, u"spare Gateway"_s);
    row(u"-created:2024"_s, u"spare Übersicht hook Gateway Entangler"_s);
    row(u"created<30d"_s, u"Broker Übersicht"_s);
    row(u"created>1Y"_s, u"spare hook Gateway"_s);
    row(u"updated:2022-01-15"_s, u"hook"_s);
    row(u"updated>1y"_s, u"hook"_s);
    row(u"updated<1y"_s, u"archive spare Broker Übersicht Gateway"_s);
    row(u"updated<4w"_s, u"spare Broker Übersicht"_s);
    row(u"updated>6m"_s, u"archive hook Gateway"_s);
    row(u"expires<30d"_s, u"Broker Gateway"_s);
    row(u"expires<9d"_s, u"Gateway"_s);
    row(u"expires<0d"_s, u"Gateway"_s);
    row(u"expires>9d"_s, u"Broker"_s);
    row(u"expires:2025"_s, u"Broker"_s);

    row(u"https://api.example.com/"_s, u"hook"_s);
    row(u"arn:aws:iam"_s, u"spare"_s);
    row(u"AB:CD:EF"_s, u"Broker Gateway"_s);
    row(u"127.0.0.1:80"_s, u""_s);
    row(u"\"localhost:8080\""_s, u"hook"_s);
    row(u":8080"_s, u"hook"_s);
    row(u"typed:"_s, everything); // a mistake
    row(u"a<b"_s, u""_s);
    row(u"type:aws app:osaka status:disabled key:AKIA… created:2023"_s, u"spare"_s);
}

void InventoryFilterTest::aTextFinds()
{
    QFETCH(const QString, text);
    QTEST(found(text), "names");
}

void InventoryFilterTest::aMistakeIsExplainedWhereItIs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place"); // as long as the text, with marks below what is meant
    QTest::addColumn<QString>("words");
    const auto row = [](const QString &text, const QString &place, const QString &words) {
        QTest::newRow(qPrintable(text)) << text << place << words;
    };
    const QString keys = u"type:, app:, owner:, name:, key:, status:, created:, updated:, expires:"_s;
    row(u"plant tpye:aws"_s, u"      ^^^^^"_s, keys);
    row(u"-apps:\"Plant floor\""_s, u" ^^^^^"_s, u"“apps:”"_s);
    row(u"localhost:8080"_s, u"^^^^^^^^^^"_s, u"quotation marks"_s);
    row(u"note:"_s, u"^^^^^"_s, keys);
    row(u"status:broken"_s, u"       ^^^^^^"_s, u"A status is enabled or disabled."_s);
    row(u"status:\"enabled now\""_s, u"        ^^^^^^^^^^^"_s, u"A status is enabled or disabled."_s);
    row(u"created:yesterday"_s, u"        ^^^^^^^^^"_s, u"2024, 2024-05 or 2024-05-17"_s);
    row(u"created:2024-13"_s, u"        ^^^^^^^"_s, u"2024-05"_s);
    row(u"updated:2023-02-29"_s, u"        ^^^^^^^^^^"_s, u"2024-05-17"_s);
    row(u"Expires:30d"_s, u"        ^^^"_s, u"Expires<30d"_s);
    row(u"created:24"_s, u"        ^^"_s, u"A date is a year"_s);
    row(u"expires<30"_s, u"        ^^"_s, u"30d for days, 30w for weeks, 30m for months, 30y for years"_s);
    row(u"updated>2h"_s, u"        ^^"_s, u"30d, 2w, 6m or 1y"_s);
    row(u"updated>d"_s, u"        ^"_s, u"30d, 2w, 6m or 1y"_s);
    row(u"created>2024-05"_s, u"        ^^^^^^^"_s, u"created:2024-05"_s);
    row(u"updated<999999999999999d"_s, u"        ^^^^^^^^^^^^^^^^"_s, u"An age is a number"_s);
    row(u"type<aws"_s, u"^^^^^"_s, u"“type:”"_s);
    row(u"s3 app:"_s, u"   ^^^^"_s, u"Say behind “app:” what to look for."_s);
    row(u"expires< 30d"_s, u"^^^^^^^^"_s, u"Say behind “expires<” what to look for."_s);
    row(u"key:\" \""_s, u"^^^^"_s, u"Say behind “key:” what to look for."_s);
    row(u"s3 \"plant fl"_s, u"   ^^^^^^^^^"_s, u"The second quotation mark is missing."_s);
    row(u"app:\"plant fl"_s, u"    ^^^^^^^^^"_s, u"The second quotation mark is missing."_s);
    row(u"expires < 30d"_s, u"        ^"_s, u"expires<30d"_s);
    row(u"app : osaka"_s, u"    ^"_s, u"without blanks"_s);
    row(u"bro*ridge"_s, u"^^^^^^^^^"_s, u"There are no wildcards"_s);
    row(u"-osaka*"_s, u" ^^^^^^"_s, u"put it in quotation marks"_s);
    row(u"osaka - broker"_s, u"      ^"_s, u"right behind the “-”"_s);
    row(u"created>2024"_s, u"        ^^^^"_s,
        u"A date needs a colon: created:2024. < and > compare an age: created>30d."_s);
    row(u"expires<2026-01-31"_s, u"        ^^^^^^^^^^"_s, u"expires:2026-01-31"_s);
    row(u"-\""_s, u" ^"_s, u"The second quotation mark is missing."_s);
}

void InventoryFilterTest::aMistakeIsExplainedWhereItIs()
{
    QFETCH(const QString, text);
    QFETCH(const QString, place);
    QFETCH(const QString, words);
    const auto mistake = InventoryFilter::parse(text, now).mistake();
    QVERIFY(mistake);
    QCOMPARE(QString(mistake->position, u' ') + QString(mistake->length, u'^'), place);
    QVERIFY2(mistake->message.contains(words), qPrintable(mistake->message));
    QVERIFY(mistake->message.endsWith(u'.'));
}

void InventoryFilterTest::whatIsNotUnderstoodIsLeftOut()
{
    QCOMPARE(found(u"s3 status:broken osaka"_s), u"spare"_s);
    QVERIFY(InventoryFilter::parse(u"created:x"_s, now).isEmpty());
    QVERIFY(!InventoryFilter::parse(u"type:aws osaka"_s, now).mistake());
}

void InventoryFilterTest::onlyTheFirstMistakeIsTold()
{
    QCOMPARE(InventoryFilter::parse(u"s3 status:x created:x"_s, now).mistake()->position, qsizetype(10));
}

void InventoryFilterTest::datesAreThoseOfTheLocalTimeZone()
{
    const QByteArray zone = qgetenv("TZ");
    const auto setZone = [](const QByteArray &name) {
        qputenv("TZ", name);
        tzset();
    };
    setZone("Asia/Tokyo");
    const QString inTokyo = found(u"created:2024"_s);
    const QString onTheFirst = found(u"created:2025-01-01"_s);
    setZone(zone);
    QCOMPARE(inTokyo, u"archive Gateway"_s);
    QCOMPARE(onTheFirst, u"Broker Übersicht"_s);
    QCOMPARE(found(u"created:2024"_s), u"archive Broker"_s);
}

void InventoryFilterTest::anAgeIsToTheMillisecond()
{
    const auto finds = [](const char16_t *text, InventoryRow row) {
        return matches(InventoryFilter::parse(QString::fromUtf16(text), now), row, {});
    };
    InventoryRow row;
    row.expiryDate = now + 30 * day;
    QVERIFY(finds(u"expires<30d", row));
    QVERIFY(!finds(u"expires>30d", row));
    row.expiryDate += 1;
    QVERIFY(!finds(u"expires<30d", row));
    QVERIFY(finds(u"expires>30d", row));
    row.lastUpdated = now - 365 * day;
    QVERIFY(finds(u"updated<1y", row));
    QVERIFY(!finds(u"updated>1y", row));
    row.lastUpdated -= 1;
    QVERIFY(!finds(u"updated<1y", row));
    QVERIFY(finds(u"updated>1y", row));
}

void InventoryFilterTest::aLongerTextNarrows_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("narrows");
    const auto row = [](const QString &text, const QString &before, bool narrows) {
        QTest::addRow("“%s” after “%s”", qPrintable(text), qPrintable(before)) << text << before << narrows;
    };
    row(u"arc"_s, u"ar"_s, true);
    row(u"ar"_s, u"arc"_s, false);
    row(u"x"_s, u""_s, true);
    row(u""_s, u"x"_s, false);
    row(u"s3 osaka"_s, u"s3"_s, true);
    row(u"s3 osaka"_s, u"osa s3"_s, true);
    row(u"\"s3 spare\""_s, u"s3"_s, true);
    row(u"-arc"_s, u"-ar"_s, false);
    row(u"-ar"_s, u"-arc"_s, true);
    row(u"-ar"_s, u"ar"_s, false);
    row(u"s3 -ar"_s, u"s3"_s, true);
    row(u"type:aws"_s, u"type:aw"_s, true);
    row(u"type:aws"_s, u"aws"_s, false);
    row(u"status:disabled"_s, u"status:dis"_s, true);
    row(u"status:enabled"_s, u"status:disabled"_s, false);
    row(u"app:575ec8687ae143cd83dc4a97"_s, u"app:575ec8687ae143cd83dc4a9"_s, false);
    row(u"app:osaka"_s, u"app:osaka"_s, true);
    row(u"key:AKIAI"_s, u"key:AKIA"_s, true);
    row(u"key:AKIA…"_s, u"key:AKIA"_s, false);
    row(u"key:AKIAI…"_s, u"key:AKIA…"_s, false);
    row(u"created:2024-05"_s, u"created:2024"_s, true);
    row(u"created:2024"_s, u"created:2024-05"_s, false);
    row(u"-created:2024"_s, u"-created:2024-05"_s, true);
    row(u"expires<3d"_s, u"expires<30d"_s, true);
    row(u"updated>3y"_s, u"updated>1y"_s, true);
    row(u"updated<3y"_s, u"updated<1y"_s, false);
}

void InventoryFilterTest::aLongerTextNarrows()
{
    QFETCH(const QString, text);
    QFETCH(const QString, before);
    QTEST(InventoryFilter::parse(text, now).narrows(InventoryFilter::parse(before, now)), "narrows");
}

void InventoryFilterTest::wordsAreCompleted_data()
{
    QTest::addColumn<QString>("text"); // with the cursor as |
    QTest::addColumn<QStringList>("completions");
    const auto row = [](const QString &text, const QStringList &completions) {
        QTest::newRow(qPrintable(text)) << text << completions;
    };
    const QStringList keys = {u"type:"_s,   u"app:"_s,     u"owner:"_s,   u"name:"_s,   u"key:"_s,
                              u"status:"_s, u"created:"_s, u"updated:"_s, u"expires:"_s};
    row(u"|"_s, keys);
    row(u"s3 |"_s, keys);
    row(u"s3 t|"_s, {u"type:"_s});
    row(u"T|"_s, {u"type:"_s});
    row(u"-s|"_s, {u"-status:"_s});
    row(u"s|3"_s, {u"status:"_s});
    row(u"s3|"_s, {});
    row(u"\"t|"_s, {});
    row(u"status:|"_s, {u"status:enabled"_s, u"status:disabled"_s});
    row(u"status:d|"_s, {u"status:disabled"_s, u"status:enabled"_s});
    row(u"-status:dis|"_s, {u"-status:disabled"_s});
    row(u"status:disabled|"_s, {});
    row(u"app:|"_s, {u"app:\"Plant floor\""_s, u"app:Osaka"_s, u"app:\"Zürich staging\""_s});
    row(u"app:st|"_s, {u"app:\"Zürich staging\""_s});
    row(u"app:\"plant f|"_s, {u"app:\"Plant floor\""_s});
    row(u"app:\"plant f|\" s3"_s, {u"app:\"Plant floor\""_s});
    row(u"app:os| s3"_s, {u"app:Osaka"_s});
    row(u"type:aw|"_s, {u"type:aws"_s});
    row(u"Type:amaz|"_s, {u"Type:\"Amazon Web Services\""_s});
    row(u"type:http|"_s, {});
    row(u"ty|pe:aws"_s, {});
    row(u"created:|"_s, {});
    row(u"colour:|"_s, {});
}

void InventoryFilterTest::wordsAreCompleted()
{
    QFETCH(QString, text);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    QTEST(InventoryFilter::completions(text, cursor,
                                       {u"Plant floor"_s, u"Osaka"_s, u"Zürich staging"_s, u"2 \" wide"_s}),
          "completions");
}

void InventoryFilterTest::aCompletionTakesThePlaceOfTheWord_data()
{
    QTest::addColumn<QString>("text"); // with the cursor as |
    QTest::addColumn<QString>("completion");
    QTest::addColumn<QString>("completed");
    QTest::newRow("alone") << u"ty|"_s << u"type:"_s << u"type:"_s;
    QTest::newRow("in between") << u"s3 app:os| x"_s << u"app:Osaka"_s << u"s3 app:Osaka x"_s;
    QTest::newRow("a whole word") << u"s3 ap|ple x"_s << u"app:"_s << u"s3 app: x"_s;
    QTest::newRow("a phrase") << u"app:\"pla|nt\" x"_s << u"app:\"Plant floor\""_s
                              << u"app:\"Plant floor\" x"_s;
    QTest::newRow("an open phrase") << u"app:\"plant fl|"_s << u"app:\"Plant floor\""_s
                                    << u"app:\"Plant floor\""_s;
    QTest::newRow("between blanks") << u"s3 | x"_s << u"type:"_s << u"s3 type: x"_s;
    QTest::newRow("nothing") << u"|"_s << u"type:"_s << u"type:"_s;
}

void InventoryFilterTest::aCompletionTakesThePlaceOfTheWord()
{
    QFETCH(QString, text);
    QFETCH(const QString, completion);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    QTEST(InventoryFilter::completed(text, cursor, completion), "completed");
}

void InventoryFilterTest::everyCompletionIsUnderstood()
{
    for (const QString &key : InventoryFilter::completions({}, 0, {})) {
        for (const QString &completion : InventoryFilter::completions(key, key.size(), {u"Plant floor"_s})) {
            const InventoryFilter filter = InventoryFilter::parse(completion, now);
            QVERIFY2(!filter.mistake(), qPrintable(completion));
            QCOMPARE(filter.terms().size(), std::size_t(1));
        }
    }
}

QTEST_GUILESS_MAIN(InventoryFilterTest)
#include "inventoryfiltertest.moc"
