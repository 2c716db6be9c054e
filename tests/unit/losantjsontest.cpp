// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"

#include "api/apicall.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;

/// What the server sends is read as far as it can be, whatever it is.
class LosantJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPageOfEveryTypeIsReadWhole();
    void anyPartOfACredentialMayBeMissing();
    void aPartOfAnotherTypeIsAGap_data();
    void aPartOfAnotherTypeIsAGap();
    void anyTextIsTakenLiterally_data();
    void anyTextIsTakenLiterally();
    void aTypeThatIsNotKnownKeepsItsNameAndConfig();
    void theConfigIsTheTypesOwn_data();
    void theConfigIsTheTypesOwn();
    void anItemThatIsNoCredentialDoesNotTakeTheOthersWithIt();
    void aKeyThatCannotBeReadIsPassedOver();
    void itemsThatRepeatAreAllThere();
    void aCountThatLiesIsAtLeastTheItems_data();
    void aCountThatLiesIsAtLeastTheItems();
    void whatIsNoPageIsProtocol_data();
    void whatIsNoPageIsProtocol();
    void aPageCutShortAnywhereIsProtocol();
    void noBytesAreTooOdd();
    void datesAreReadInMilliseconds_data();
    void datesAreReadInMilliseconds();
    void aConfigIsReadIntoTexts();
    void anErrorBodyIsReadAsFarAsItGoes_data();
    void anErrorBodyIsReadAsFarAsItGoes();
    void anApplicationIsRead();
    void anApplicationWithoutAnIdIsNone();
    void anAccountIsRead();

private:
    static Result<CredentialPage> page(const QByteArray &body)
    {
        return LosantJson::readCredentialPage({.httpStatus = 200, .body = body});
    }
    /// The one credential of a page that holds it.
    static Credential only(const QByteArray &item)
    {
        const auto result = page("{\"items\":[" + item + "],\"totalCount\":1}");
        return result && result->items.size() == 1 ? result->items[0] : Credential{.id = u"no such page"_s};
    }
    static QByteArray fixture()
    {
        QFile file(QStringLiteral(CREDENZA_FIXTURES "/credentials.json"));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void LosantJsonTest::aPageOfEveryTypeIsReadWhole()
{
    const auto result =
        LosantJson::readCredentialPage({.httpStatus = 200, .body = fixture(), .clockOffset = 7});
    QVERIFY(result);
    QCOMPARE(result->totalCount, 2500);
    QCOMPARE(result->clockOffset, std::optional<qint64>(7));
    const QJsonArray items = QJsonDocument::fromJson(fixture()).object()["items"_L1].toArray();
    QCOMPARE(result->items.size(), std::size_t(items.size()));
    QCOMPARE(items.size(), 16);
    const auto date = [](const QJsonValue &text) {
        return std::optional(QDateTime::fromString(text.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch());
    };
    QStringList types;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonObject expected = items[i].toObject();
        const Credential &read = result->items[std::size_t(i)];
        QCOMPARE(read.id, expected["id"_L1].toString());
        QCOMPARE(read.applicationId, expected["applicationId"_L1].toString());
        QCOMPARE(read.name, expected["name"_L1].toString());
        QCOMPARE(read.description, expected["description"_L1].toString());
        QCOMPARE(read.type, expected["type"_L1].toString());
        QCOMPARE(read.enabled, std::optional(expected["enabled"_L1].toBool()));
        QCOMPARE(read.creationDate, date(expected["creationDate"_L1]));
        QCOMPARE(read.lastUpdated, date(expected["lastUpdated"_L1]));
        QCOMPARE(read.createdById, expected["createdById"_L1].toString());
        QCOMPARE(read.createdByType, expected["createdByType"_L1].toString());
        QCOMPARE(QJsonDocument::fromJson(read.config).object(), expected[read.type + u"Config"_s].toObject());
        types += read.type;
    }
    QCOMPARE(types.removeDuplicates(), 0);
}

void LosantJsonTest::anyPartOfACredentialMayBeMissing()
{
    const Credential nothing = only("{}");
    QVERIFY(nothing.id.isEmpty() && nothing.name.isEmpty() && nothing.type.isEmpty() &&
            nothing.config.isEmpty());
    QVERIFY(!nothing.enabled && !nothing.creationDate && !nothing.lastUpdated);

    const QJsonObject whole = QJsonDocument::fromJson(fixture()).object()["items"_L1][0].toObject();
    for (const QString &key : whole.keys()) {
        QJsonObject partial = whole;
        partial.remove(key);
        const Credential read = only(QJsonDocument(partial).toJson());
        QCOMPARE(read.id, key == u"id"_s ? QString() : whole["id"_L1].toString());
        QCOMPARE(read.name, key == u"name"_s ? QString() : whole["name"_L1].toString());
        QCOMPARE(read.enabled.has_value(), key != u"enabled"_s);
        QCOMPARE(read.creationDate.has_value(), key != u"creationDate"_s);
    }
}

void LosantJsonTest::aPartOfAnotherTypeIsAGap_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value :
         {"null", "7", "-1.5e300", "1e9999", "true", "[]", "[[1],{\"a\":2}]", "{}", "{\"id\":\"inner\"}",
          "\"text\"", "\"\"", "123456789012345678901234567890", "\"\\ud800\""})
        QTest::newRow(value) << QByteArray(value);
}

void LosantJsonTest::aPartOfAnotherTypeIsAGap()
{
    QFETCH(QByteArray, value);
    const bool isText = value.startsWith('"');
    for (const char *key :
         {"name", "type", "enabled", "creationDate", "lastUpdated", "createdById", "createdByType",
          "applicationId", "description", "awsConfig", "_links", "newField"}) {
        const Credential read =
            only(QByteArray("{\"") + key + "\":" + value + ",\"id\":\"575e\",\"name\":\"after\"}");
        QCOMPARE(read.id, u"575e"_s); // the rest is there
        QCOMPARE(read.name, u"after"_s);
        if (!isText)
            QVERIFY(read.type.isEmpty() && read.description.isEmpty() && read.createdById.isEmpty());
        QCOMPARE(read.enabled.has_value(), value == "true" && QByteArray(key) == "enabled");
        QVERIFY(!read.creationDate && !read.lastUpdated);
        QCOMPARE(read.config.isEmpty(), QByteArray(key) != "awsConfig" || !value.startsWith('{'));
    }
}

void LosantJsonTest::anyTextIsTakenLiterally_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    QTest::newRow("HTML") << QByteArray(R"("<b onclick=\"x()\">bold</b>&amp;<img src=x>")")
                          << u"<b onclick=\"x()\">bold</b>&amp;<img src=x>"_s;
    QTest::newRow("10,000 characters") << '"' + QByteArray(10'000, 'x') + '"' << u"x"_s.repeated(10'000);
    QTest::newRow("escapes") << QByteArray(R"("a\"b\\c\/d\be\ff\ng\rh\ti")") << u"a\"b\\c/d\be\ff\ng\rh\ti"_s;
    QTest::newRow("NUL") << QByteArray(R"("a\u0000b")") << u"a"_s + QChar(0) + u'b';
    QTest::newRow("right to left") << QByteArray("\"\xe2\x80\xae"
                                                 "abc\"")
                                   << u"\u202eabc"_s;
    QTest::newRow("beyond the first plane") << QByteArray(R"("\ud83d\ude00")") << u"😀"_s;
    QTest::newRow("scripts") << QByteArray("\"仓库 Ünïcode עברית\"") << u"仓库 Ünïcode עברית"_s;
    QTest::newRow("blanks") << QByteArray("\"  \"") << u"  "_s;
    QTest::newRow("a byte order mark") << QByteArray("\"\xef\xbb\xbf"
                                                     "a\"")
                                       << u"\ufeffa"_s;
    QTest::newRow("two byte order marks") << QByteArray(R"("\ufeff\ufeff")") << u"\ufeff\ufeff"_s;
    QTest::newRow("half of a surrogate pair")
        << QByteArray(R"("a\ud800\n")") << u"a"_s + QChar(0xd800) + u'\n';
}

void LosantJsonTest::anyTextIsTakenLiterally()
{
    QFETCH(QByteArray, json);
    const Credential read =
        only("{\"name\":" + json + ",\"description\":" + json + ",\"type\":" + json + "}");
    QTEST(read.name, "text");
    QTEST(read.description, "text");
    QTEST(read.type, "text");
}

void LosantJsonTest::aTypeThatIsNotKnownKeepsItsNameAndConfig()
{
    const Credential read = only(R"({"type":"newThing","newThingConfig":{"endpoint":"x"},"name":"n"})");
    QCOMPARE(read.type, u"newThing"_s);
    QCOMPARE(read.config, R"({"endpoint":"x"})"_ba);
}

void LosantJsonTest::theConfigIsTheTypesOwn_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("type first") << R"({"type":"aws","awsConfig":{"own":1},"gcpConfig":{"own":0}})"_ba;
    QTest::newRow("type first, own last")
        << R"({"type":"aws","gcpConfig":{"own":0},"awsConfig":{"own":1}})"_ba;
    QTest::newRow("type between") << R"({"gcpConfig":{"own":0},"type":"aws","awsConfig":{"own":1}})"_ba;
    QTest::newRow("type between, own first")
        << R"({"awsConfig":{"own":1},"type":"aws","gcpConfig":{"own":0}})"_ba;
    QTest::newRow("type last") << R"({"gcpConfig":{"own":0},"awsConfig":{"own":1},"type":"aws"})"_ba;
    QTest::newRow("type last, own first")
        << R"({"awsConfig":{"own":1},"gcpConfig":{"own":0},"type":"aws"})"_ba;
}

void LosantJsonTest::theConfigIsTheTypesOwn()
{
    QFETCH(QByteArray, item);
    QCOMPARE(only(item).config, R"({"own":1})"_ba);
}

void LosantJsonTest::anItemThatIsNoCredentialDoesNotTakeTheOthersWithIt()
{
    const auto result =
        page(R"({"items":[{"id":"a"},null,7,"x",[{"id":"no"}],true,{"id":"b"}],"totalCount":7})");
    QVERIFY(result);
    QCOMPARE(result->items.size(), 2u);
    QCOMPARE(result->items[0].id, u"a"_s);
    QCOMPARE(result->items[1].id, u"b"_s);
}

void LosantJsonTest::aKeyThatCannotBeReadIsPassedOver()
{
    const auto result =
        page(R"({"\ud800":{"\ud800":[]},"items":[{"\ud800":{"id":"no"},"id":"a"}],"\udfff":1})");
    QVERIFY(result);
    QCOMPARE(result->items.size(), 1u);
    QCOMPARE(result->items[0].id, u"a"_s);
}

void LosantJsonTest::itemsThatRepeatAreAllThere()
{
    const auto result = page(R"({"items":[{"id":"a","name":"1"},{"id":"a","name":"2"}]})");
    QVERIFY(result);
    QCOMPARE(result->items.size(), 2u);
    QCOMPARE(result->items[1].name, u"2"_s);
}

void LosantJsonTest::aCountThatLiesIsAtLeastTheItems_data()
{
    QTest::addColumn<QByteArray>("count");
    QTest::addColumn<int>("total");
    const auto add = [](const char *count, int total) { QTest::newRow(count) << QByteArray(count) << total; };
    add("2", 2);
    add("2500", 2500);
    add("0", 2);
    add("1", 2);
    add("-5", 2);
    add("\"many\"", 2);
    add("null", 2);
    add("2.5", 2);
    add("1e3", 2);
    add("9007199254740993", 1'000'000'000); // whose last page's rows have numbers
    add("99999999999999999999999999", 2);
    add("[3]", 2);
}

void LosantJsonTest::aCountThatLiesIsAtLeastTheItems()
{
    QFETCH(QByteArray, count);
    for (const QByteArray &body :
         QByteArrayList{"{\"items\":[{},{}],\"totalCount\":" + count + ",\"count\":99}",
                        "{\"totalCount\":" + count + ",\"items\":[{},{}]}"}) {
        const auto result = page(body);
        QVERIFY(result);
        QTEST(result->totalCount, "total");
    }
}

void LosantJsonTest::whatIsNoPageIsProtocol_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray(" \n\t ");
    QTest::newRow("HTML") << QByteArray("<!doctype html><html><body>Sign in</body></html>");
    QTest::newRow("a list") << QByteArray("[{\"id\":\"a\"}]");
    QTest::newRow("a text") << QByteArray("\"items\"");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("no items") << QByteArray("{}");
    QTest::newRow("items that are no list") << QByteArray("{\"items\":{\"0\":{}}}");
    QTest::newRow("items that are null") << QByteArray("{\"items\":null}");
    QTest::newRow("two documents") << QByteArray("{\"items\":[]}{\"items\":[]}");
    QTest::newRow("garbage behind") << QByteArray("{\"items\":[]} oops");
    QTest::newRow("NUL") << QByteArray("{\"items\":[{\"name\":\"a\0b\"}]}", 26);
    QTest::newRow("no UTF-8") << QByteArray("{\"items\":[{\"name\":\"\xff\xfe\"}]}");
    QTest::newRow("UTF-8 cut in two") << QByteArray("{\"items\":[{\"name\":\"\xe4\xbb\"}]}");
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6);
    QTest::newRow("a comma too many") << QByteArray("{\"items\":[{\"id\":\"a\"},]}");
    QTest::newRow("single quotes") << QByteArray("{'items':[]}");
    QTest::newRow("lists without an end") << QByteArray("{\"items\":" + QByteArray(100'000, '[') + "}");
}

void LosantJsonTest::whatIsNoPageIsProtocol()
{
    QFETCH(QByteArray, body);
    const auto result = page(body);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Protocol);
    QCOMPARE(result.error().httpStatus, 200);
}

void LosantJsonTest::aPageCutShortAnywhereIsProtocol()
{
    const QByteArray whole = fixture().trimmed();
    QVERIFY(page(whole));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        if (page(whole.left(size)))
            QFAIL(qPrintable(u"cut after %1 bytes"_s.arg(size)));
    }
}

void LosantJsonTest::noBytesAreTooOdd()
{
    // Whatever comes, there is an answer; the sanitizers watch.
    const quint32 seed = 31337;
    QRandomGenerator random(seed);
    const QByteArray whole = fixture();
    const QByteArray likely = "{}[]\",:\\0eu\xc3\xff \n-";
    int read = 0;
    for (int run = 0; run < 3000; ++run) {
        QByteArray body = whole;
        for (int change = random.bounded(1, 4); change > 0; --change) {
            const qsizetype at = random.bounded(int(body.size()));
            if (random.bounded(3) == 0)
                body.remove(at, random.bounded(1, 40));
            else
                body[at] = random.bounded(2) ? likely[random.bounded(int(likely.size()))]
                                             : char(random.bounded(256));
        }
        if (const auto result = page(body)) {
            ++read;
            for (const Credential &credential : result->items)
                LosantJson::readConfig(credential.config);
        }
        LosantJson::readError(body);
        (void)LosantJson::readApplicationPage({.httpStatus = 200, .body = body});
        (void)LosantJson::readAccount({.httpStatus = 200, .body = body});
    }
    QVERIFY(read > 100);
}

void LosantJsonTest::datesAreReadInMilliseconds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("date"); // -1: none
    const auto at = [](int y, int mo, int d, int h, int mi, int s, int ms) {
        return QDateTime(QDate(y, mo, d), QTime(h, mi, s, ms), Qt::UTC).toMSecsSinceEpoch();
    };
    const auto add = [](const char *text, qint64 date) { QTest::newRow(text) << QByteArray(text) << date; };
    add("2016-06-13T04:00:00.000Z", at(2016, 6, 13, 4, 0, 0, 0));
    add("2024-02-29T23:59:59.999Z", at(2024, 2, 29, 23, 59, 59, 999));
    add("1970-01-01T00:00:00.000Z", 0);
    add("2016-06-13T04:00:00Z", at(2016, 6, 13, 4, 0, 0, 0));
    add("2016-06-13T06:00:00.000+02:00", at(2016, 6, 13, 4, 0, 0, 0));
    add("2023-02-29T00:00:00.000Z", -1);
    add("2016-13-01T00:00:00.000Z", -1);
    add("2016-06-13T25:00:00.000Z", -1);
    add("2016-06-13T04:60:00.000Z", -1);
    add("2016-06-13T04:00:-1.000Z", -1);
    add("2016-06-13T04:00:00.-12Z", -1);
    add("2016-06-1 T04:00:00.000Z", -1);
    add("2016-06-13T-0:00:00.000Z", -1);
    add("20x6-06-13T04:00:00.000Z", -1);
    add("-016-06-13T04:00:00.000Z", -1);
    add("0000-06-13T04:00:00.000Z", -1);
    add("yesterday", -1);
    add("", -1);
    add("1465790400000", -1);
    add("aaaa-bb-ccTdd:ee:ff.gggZ", -1);
}

void LosantJsonTest::datesAreReadInMilliseconds()
{
    QFETCH(QByteArray, text);
    QTEST(LosantJson::readDate(std::string_view(text.constData(), std::size_t(text.size()))).value_or(-1),
          "date");
}

void LosantJsonTest::aConfigIsReadIntoTexts()
{
    const auto [values, count] = LosantJson::readConfig(
        R"({"text":"a\nb","number":5432,"big":12345678901,"on":true,"off":false,"gap":null,"list":[1,"x"],
            "info":{"commonName":"gateway","deep":{"er":"y"}}})");
    QMap<QString, QString> read;
    for (const auto &value : values)
        read[value.key] = value.text;
    const QMap<QString, QString> expected{{u"text"_s, u"a\nb"_s},
                                          {u"number"_s, u"5432"_s},
                                          {u"big"_s, u"12345678901"_s},
                                          {u"on"_s, u"true"_s},
                                          {u"off"_s, u"false"_s},
                                          {u"list"_s, u"[1,\"x\"]"_s},
                                          {u"info.commonName"_s, u"gateway"_s},
                                          {u"info.deep.er"_s, u"y"_s}};
    QCOMPARE(read, expected);
    QCOMPARE(count, int(expected.size()));
    for (const QByteArray &odd : {""_ba, "{}"_ba, "[]"_ba, "{\"a\":"_ba, "\xff"_ba, QByteArray(10'000, '{')})
        QVERIFY(LosantJson::readConfig(odd).values.empty());
}

void LosantJsonTest::anErrorBodyIsReadAsFarAsItGoes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QStringList>("problems");
    QTest::newRow("a message") << R"({"type":"NotFound","message":"Application was not found"})"_ba
                               << u"Application was not found"_s << QStringList();
    QTest::newRow("problems by field")
        << R"({"message":"m","validationErrors":[{"type":"t","name":"awsConfig.region","id":"i","message":"short"},
               {"id":"name","message":"taken"},{"message":"alone"}]})"_ba
        << u"m"_s << QStringList{u"awsConfig.region: short"_s, u"name: taken"_s, u": alone"_s};
    QTest::newRow("odd problems")
        << R"({"message":"m","validationErrors":[null,7,{},[],{"name":3,"message":"x"}]})"_ba << u"m"_s
        << QStringList{u": x"_s};
    QTest::newRow("problems that are no list")
        << R"({"message":"m","validationErrors":{"name":"x"}})"_ba << u"m"_s << QStringList();
    QTest::newRow("HTML in it") << R"({"message":"<h1>no</h1>"})"_ba << u"<h1>no</h1>"_s << QStringList();
    QTest::newRow("a message of another type")
        << R"({"message":{"text":"m"}})"_ba << QString() << QStringList();
    QTest::newRow("HTML") << "<html>502 Bad Gateway</html>"_ba << QString() << QStringList();
    QTest::newRow("nothing") << QByteArray() << QString() << QStringList();
    QTest::newRow("a list") << R"([{"message":"m"}])"_ba << QString() << QStringList();
    QTest::newRow("cut short") << R"({"message":"m)"_ba << QString() << QStringList();
    QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\0", 3) << QString() << QStringList();
}

void LosantJsonTest::anErrorBodyIsReadAsFarAsItGoes()
{
    QFETCH(QByteArray, body);
    const ApiError error = LosantJson::readError(body);
    QTEST(error.serverMessage, "message");
    QStringList problems;
    for (const auto &problem : error.fieldProblems)
        problems += problem.field + u": "_s + problem.message;
    QTEST(problems, "problems");
}

void LosantJsonTest::anApplicationIsRead()
{
    const auto result =
        LosantJson::readApplicationPage({.httpStatus = 200, .body = R"({"totalCount":3,"items":[
        {"id":"a","name":"Plant <b>floor</b>","ownerId":"o","ownerType":"organization","organizationName":"Acme",
         "summary":{"eventCount":1,"credentialCount":2500}},
        {"id":"b","name":"Demo","ownerId":"u","ownerType":"user","summary":{}},
        {"id":"c","name":3,"ownerType":"robot","summary":[],"extra":{"id":"no"}}]})"});
    QVERIFY(result);
    QCOMPARE(result->totalCount, 3);
    QCOMPARE(result->items.size(), 3u);
    const Application &floor = result->items[0];
    QCOMPARE(floor.name, u"Plant <b>floor</b>"_s);
    QCOMPARE(floor.owner, Application::Owner::Organization);
    QCOMPARE(floor.ownerId, u"o"_s);
    QCOMPARE(floor.organizationName, u"Acme"_s);
    QCOMPARE(floor.credentialCount, std::optional(2500));
    QCOMPARE(result->items[1].owner, Application::Owner::User);
    QVERIFY(!result->items[1].credentialCount);
    QCOMPARE(result->items[2].id, u"c"_s);
    QCOMPARE(result->items[2].owner, Application::Owner::Unknown);
    QVERIFY(result->items[2].name.isEmpty());
}

void LosantJsonTest::anApplicationWithoutAnIdIsNone()
{
    for (const QByteArray &body :
         {"{}"_ba, R"({"name":"x"})"_ba, R"({"id":7})"_ba, ""_ba, "[]"_ba, R"({"id":"a")"_ba}) {
        const auto result = LosantJson::readApplication({.httpStatus = 200, .body = body});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Kind::Protocol);
    }
    QCOMPARE(LosantJson::readApplication({.httpStatus = 200, .body = R"({"id":"a"})"})->id, u"a"_s);
}

void LosantJsonTest::anAccountIsRead()
{
    const auto read = [](const QByteArray &body) {
        return LosantJson::readAccount({.httpStatus = 200, .body = body});
    };
    const auto ada = read(R"({"id":"57","email":"ada@example.com","fullName":"Ada","firstName":"Ada"})");
    QVERIFY(ada);
    QCOMPARE(ada->id, u"57"_s);
    QCOMPARE(ada->email, u"ada@example.com"_s);
    QCOMPARE(ada->fullName, u"Ada"_s);
    QCOMPARE(read(R"({"userId":"58","email":null})")->id, u"58"_s);
    QCOMPARE(read(R"({"userId":"58","id":"57"})")->id, u"57"_s);
    QVERIFY(!read("no JSON"));
    QVERIFY(!read("[]"));
}

QTEST_GUILESS_MAIN(LosantJsonTest)
#include "losantjsontest.moc"
