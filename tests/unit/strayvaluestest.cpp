// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/straytext.h"

#include "domain/draftvalidator.h"
#include "support/draftcheck.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// What does not belong into a value is named, and taken out if one wants it so.
class StrayValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strayCharactersAreNamedAndRemoved_data();
    void strayCharactersAreNamedAndRemoved();
    void whatBelongsIntoATextStays_data();
    void whatBelongsIntoATextStays();
    void theBulletsOfAHiddenFieldAreNoValue_data();
    void theBulletsOfAHiddenFieldAreNoValue();
    void positionsAreCountedInCodePoints();
    void aBlankNameIsBlocked_data();
    void aBlankNameIsBlocked();
    void trimmingTakesWhatCantBeSeen_data();
    void trimmingTakesWhatCantBeSeen();
    void theLineBreakAtTheEndOfAFileIsNoBlank();
    void theRemedyOfSurroundingBlanksTrims_data();
    void theRemedyOfSurroundingBlanksTrims();
};

namespace {

void set(CredentialDraft &draft, QLatin1StringView key, const QString &value)
{
    draft.set(*draft.shownField(key), value);
}

std::vector<DraftProblem> problemsOf(const CredentialDraft &draft, QLatin1StringView key)
{
    return DraftValidator::checkField(draft, *draft.shownField(key), {});
}

} // namespace

void StrayValuesTest::strayCharactersAreNamedAndRemoved_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("cleaned");
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const QString &value,
                        const char16_t *words, const QString &cleaned) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key) << value
                            << QString::fromUtf16(words) << cleaned;
    };
    struct Member
    {
        const char *name;
        char32_t character;
        const char16_t *words;
        const char16_t *instead;
    };
    const Member members[] = {
        {"zero width space", 0x200b, u"U+200B zero width space, after the 12th character", u""},
        {"zero width non-joiner", 0x200c, u"U+200C zero width non-joiner", u""},
        {"zero width joiner", 0x200d, u"U+200D zero width joiner", u""},
        {"word joiner", 0x2060, u"U+2060 word joiner", u""},
        {"invisible times", 0x2062, u"U+2062 invisible operator", u""},
        {"byte order mark", 0xfeff, u"U+FEFF byte order mark", u""},
        {"soft hyphen", 0x00ad, u"U+00AD soft hyphen", u""},
        {"combining grapheme joiner", 0x034f, u"U+034F combining grapheme joiner", u""},
        {"left-to-right mark", 0x200e, u"U+200E left-to-right mark", u""},
        {"right-to-left mark", 0x200f, u"U+200F right-to-left mark", u""},
        {"Arabic letter mark", 0x061c, u"U+061C Arabic letter mark", u""},
        {"embedding", 0x202a, u"U+202A direction control", u""},
        {"embedding to the left", 0x202b, u"U+202B direction control", u""},
        {"pop", 0x202c, u"U+202C end of a direction control", u""},
        {"override", 0x202d, u"U+202D direction override", u""},
        {"override to the left", 0x202e, u"U+202E direction override", u""},
        {"isolate", 0x2066, u"U+2066 direction control", u""},
        {"isolate to the left", 0x2067, u"U+2067 direction control", u""},
        {"first strong isolate", 0x2068, u"U+2068 direction control", u""},
        {"pop isolate", 0x2069, u"U+2069 end of a direction control", u""},
        {"deprecated control", 0x206a, u"U+206A invisible control", u""},
        {"no-break space", 0x00a0, u"U+00A0 no-break space", u" "},
        {"narrow no-break space", 0x202f, u"U+202F narrow no-break space", u" "},
        {"em space", 0x2003, u"U+2003 odd blank", u" "},
        {"thin space", 0x2009, u"U+2009 odd blank", u" "},
        {"mathematical space", 0x205f, u"U+205F odd blank", u" "},
        {"Ogham space", 0x1680, u"U+1680 odd blank", u" "},
        {"ideographic space", 0x3000, u"U+3000 ideographic space", u" "},
        {"Hangul filler", 0x3164, u"U+3164 Hangul filler", u""},
        {"Braille blank", 0x2800, u"U+2800 blank Braille pattern", u""},
        {"Mongolian vowel separator", 0x180e, u"U+180E Mongolian vowel separator", u""},
        {"tab", 0x0009, u"U+0009 tab", u""},
        {"line feed", 0x000a, u"U+000A line break", u""},
        {"carriage return", 0x000d, u"U+000D line break", u""},
        {"next line", 0x0085, u"U+0085 line break", u""},
        {"line separator", 0x2028, u"U+2028 line break", u""},
        {"paragraph separator", 0x2029, u"U+2029 line break", u""},
        {"null", 0x0000, u"U+0000 control character", u""},
        {"escape", 0x001b, u"U+001B control character", u""},
        {"delete", 0x007f, u"U+007F control character", u""},
        {"C1", 0x0096, u"U+0096 control character", u""},
        {"left single quote", 0x2018, u"U+2018 typographic quote", u"'"},
        {"right single quote", 0x2019, u"U+2019 typographic quote", u"'"},
        {"left double quote", 0x201c, u"U+201C typographic quote", u"\""},
        {"low double quote", 0x201e, u"U+201E typographic quote", u"\""},
        {"guillemet", 0x00ab, u"U+00AB typographic quote", u"\""},
        {"prime", 0x2033, u"U+2033 prime", u"\""},
        {"acute accent", 0x00b4, u"U+00B4 acute accent", u"'"},
        {"hyphen", 0x2010, u"U+2010 typographic dash", u"-"},
        {"no-break hyphen", 0x2011, u"U+2011 typographic dash", u"-"},
        {"en dash", 0x2013, u"U+2013 typographic dash", u"-"},
        {"em dash", 0x2014, u"U+2014 typographic dash", u"-"},
        {"minus", 0x2212, u"U+2212 minus sign", u"-"},
        {"bullet", 0x2022, u"U+2022 bullet", u""},
        {"black circle", 0x25cf, u"U+25CF bullet", u""},
        {"full-width letter", 0xff21, u"U+FF21 full-width character", u"A"},
        {"full-width colon", 0xff1a, u"U+FF1A full-width character", u":"},
        {"tag", 0xe0041, u"U+E0041 tag character", u""},
        {"variation selector", 0xfe0f, u"U+FE0F variation selector", u""},
        {"variation selector of ideographs", 0xe0100, u"U+E0100 variation selector", u""},
        {"musical control", 0x1d173, u"U+1D173 invisible control", u""},
        {"noncharacter", 0xfffe, u"U+FFFE character without a meaning", u""},
    };
    struct Place
    {
        const char16_t *fixture;
        const char16_t *key;
    };
    // A secret, an ID, an address, a user.
    const Place places[] = {
        {u"aws", u"secretAccessKey"},     {u"twilio", u"accountSid"},         {u"sql", u"host"},
        {u"http-header", u"secretValue"}, {u"git-httppassword", u"cloneUrl"}, {u"mongodb", u"connectionUri"}};
    for (const Member &member : members) {
        for (const Place &place : places) {
            // QString::fromUcs4() takes a byte order mark away.
            const QString character = member.character < 0x10000 ? QString(QChar(char16_t(member.character)))
                                                                 : QString::fromUcs4(&member.character, 1);
            const QString name = QString::fromUtf16(place.key) + u": "_s + QString::fromUtf8(member.name);
            add(qPrintable(name), place.fixture, place.key, u"abcdefghijkl"_s + character + u"mnop"_s,
                member.words, u"abcdefghijkl"_s + QString::fromUtf16(member.instead) + u"mnop"_s);
        }
    }
    add("name: zero width space", u"aws", u"name", u"S3\u200b archive"_s,
        u"U+200B zero width space, after the 2nd", u"S3 archive"_s);
    add("name: at the start", u"aws", u"name", u"\ufeffS3"_s, u"U+FEFF byte order mark, at the start",
        u"S3"_s);
    add("name: at the end", u"aws", u"name", u"S3\u200b"_s, u"after the 2nd character", u"S3"_s);
    add("name: no-break space", u"aws", u"name", u"S3\u00a0archive"_s, u"U+00A0 no-break space",
        u"S3 archive"_s);
    add("name: tab", u"aws", u"name", u"S3\tarchive"_s, u"U+0009 tab", u"S3 archive"_s);
    add("name: line break", u"aws", u"name", u"S3\r\narchive"_s, u"U+000D line break", u"S3 archive"_s);
    add("name: override", u"aws", u"name", u"exe.\u202egnp"_s, u"U+202E direction override", u"exe.gnp"_s);
    add("name: override among Hebrew", u"aws", u"name", u"שלום\u202eabc"_s, u"U+202E", u"שלוםabc"_s);
    add("name: a mark without right-to-left text", u"aws", u"name", u"S3\u200f archive"_s, u"U+200F",
        u"S3 archive"_s);
    add("name: an isolate that does not end", u"aws", u"name", u"\u2067שלום"_s, u"U+2067", u"שלום"_s);
    add("name: soft hyphen", u"aws", u"name", u"Pro\u00adduction"_s, u"U+00AD", u"Production"_s);
    add("name: joiner between letters", u"aws", u"name", u"S\u200d3"_s, u"U+200D", u"S3"_s);
    add("name: selector without a base", u"aws", u"name", u"S\ufe0f3"_s, u"U+FE0F", u"S3"_s);
    add("name: tags without a flag", u"aws", u"name", u"S3\U000e0041\U000e0042"_s, u"There are 1 more",
        u"S3"_s);
    add("name: control character", u"aws", u"name", u"S3\u0007"_s, u"U+0007", u"S3"_s);
    add("description: zero width space", u"aws", u"description", u"ask\u200b Ada"_s, u"U+200B", u"ask Ada"_s);
    add("description: override", u"aws", u"description", u"ask\u202e Ada"_s, u"U+202E", u"ask Ada"_s);
    add("description: byte order mark", u"aws", u"description", u"ask\ufeff Ada"_s, u"U+FEFF", u"ask Ada"_s);
    add("description: control character", u"aws", u"description", u"ask\u0002 Ada"_s, u"U+0002",
        u"ask Ada"_s);
    add("several", u"aws", u"secretAccessKey", u"a\u200bb\u200bc\u200bd"_s, u"There are 2 more", u"abcd"_s);
    add("a wrapped token", u"whatsapp", u"accessToken", u"EAAGm0PX4Z\r\nCpsBAKZA\r\nmore"_s,
        u"U+000D line break", u"EAAGm0PX4ZCpsBAKZAmore"_s);
    add("a key file", u"gcp", u"keyJson", u"{\u201ctype\u201d: 1}"_s, u"U+201C typographic quote",
        u"{\"type\": 1}"_s);
}

void StrayValuesTest::strayCharactersAreNamedAndRemoved()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, words);
    QFETCH(QString, cleaned);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const FieldId field = fieldOf(draft, key);
    draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const DraftProblem *stray = findKind(problems, Kind::StrayCharacters);
    QVERIFY2(stray, told(problems).constData());
    QCOMPARE(stray->severity, DraftProblem::Severity::Advice);
    QVERIFY2(stray->message.contains(words), qPrintable(stray->message));
    QCOMPARE(stray->remedy, Remedy::RemoveStray);
    const auto changes = DraftValidator::remedied(draft, *stray);
    QCOMPARE(changes.size(), 1u);
    QCOMPARE(changes[0].field, field);
    QCOMPARE(changes[0].value, cleaned);

    draft.set(field, cleaned);
    QVERIFY(!findKind(DraftValidator::checkField(draft, field, {}), Kind::StrayCharacters));
    QVERIFY(DraftValidator::remedied(draft, *stray).empty());
}

void StrayValuesTest::whatBelongsIntoATextStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOfLines");
    const auto add = [](const char *name, const char16_t *text, bool isOfLines = false) {
        QTest::newRow(name) << QString::fromUtf16(text) << isOfLines;
    };
    add("German", u"Halle 3 – „Süd“ (Öl & Gas) … §");
    add("French", u"L’usine « Été » — n° 5");
    add("Persian with a non-joiner", u"می‌خواهم");
    add("Hindi with a joiner", u"क्‍ष");
    add("Malayalam with a joiner", u"ന്‍");
    add("Sinhala with a joiner", u"ශ්‍රී");
    add("Hebrew with a mark", u"מפעל (3)\u200f");
    add("Arabic with a mark", u"مصنع\u061c 3");
    add("Arabic with an isolate", u"مصنع \u2066S3\u2069");
    add("Thai with breaks", u"โรง\u200bงาน");
    add("Khmer with breaks", u"រោង\u200bចក្រ");
    add("Japanese with its blank", u"工場　北");
    add("Japanese with full-width letters", u"工場Ａ：１");
    add("Chinese", u"上海工厂—数据库");
    add("Korean", u"공장 데이터베이스");
    add("Mongolian with a selector", u"ᠮᠣᠩᠭᠣᠯ᠋");
    add("an ideograph with a selector", u"葛\U000e0100城");
    add("a family", u"👩‍👩‍👧 shared");
    add("a profession with a tone of skin", u"👩🏽‍🔧 repairs");
    add("a heart", u"❤️");
    add("a rainbow flag", u"🏳️‍🌈");
    add("a flag of tags", u"🏴󠁧󠁢󠁥󠁮󠁧󠁿 London");
    add("a keycap", u"1️⃣ first");
    add("combining accents", u"Cafe\u0301");
    add("Vietnamese", u"Nhà máy Đồng Nai");
    add("a bullet in a name", u"Plant • North");
    add("a list", u"• one\n• two\n\tmore\r\n", true);
    add("no-break spaces", u"12\u00a0€, 5\u202fkm", true);
}

void StrayValuesTest::whatBelongsIntoATextStays()
{
    QFETCH(QString, text);
    QFETCH(bool, isOfLines);
    CredentialDraft draft = draftOfType("aws"_L1);
    draft.set(FieldId::description, text);
    if (!isOfLines)
        draft.set(FieldId::name, text);
    const auto problems = DraftValidator::check(draft, {});
    QVERIFY2(problems.empty(), told(problems).constData());
    QCOMPARE(StrayText::cleaned(text, isOfLines ? StrayText::Use::Prose : StrayText::Use::Name), text);
}

void StrayValuesTest::theBulletsOfAHiddenFieldAreNoValue_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("bullets") << u"••••••••"_s;
    QTest::newRow("circles") << u"●●●●●●●●"_s;
    QTest::newRow("asterisks") << u"********"_s;
    QTest::newRow("bullets with an end") << u"••••••••3F9a"_s;
}

void StrayValuesTest::theBulletsOfAHiddenFieldAreNoValue()
{
    QFETCH(QString, value);
    CredentialDraft draft = draftOfType("sendgrid"_L1);
    set(draft, "apiKey"_L1, value);
    const auto problems = problemsOf(draft, "apiKey"_L1);
    const DraftProblem *stray = findKind(problems, Kind::StrayCharacters);
    QVERIFY(stray);
    QVERIFY(stray->message.contains(u"hides its text"_s));
    QCOMPARE(stray->remedy, Remedy::None);
    QVERIFY(DraftValidator::remedied(draft, *stray).empty());
}

void StrayValuesTest::positionsAreCountedInCodePoints()
{
    const auto placed = [](const QString &text) {
        return StrayText::named(*StrayText::find(text, StrayText::Use::Value));
    };
    QVERIFY(placed(u"😀😀\u200b"_s).contains(u"after the 2nd character"_s));
    QVERIFY(placed(u"a\u200b"_s).contains(u"after the 1st character"_s));
    QVERIFY(placed(u"abc\u200b"_s).contains(u"after the 3rd character"_s));
    QVERIFY(placed(QString(11, u'a') + u'\u200b').contains(u"after the 11th character"_s));
    QVERIFY(placed(QString(21, u'a') + u'\u200b').contains(u"after the 21st character"_s));
    QVERIFY(placed(QString(112, u'a') + u'\u200b').contains(u"after the 112th character"_s));
    const QString lone = QString(u'a') + QChar(0xd83d) + u'b';
    QVERIFY(placed(lone).contains(u"U+D83D half of a character, after the 1st"_s));
}

void StrayValuesTest::aBlankNameIsBlocked_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("blanks") << u"   "_s;
    QTest::newRow("no-break spaces") << u"\u00a0\u00a0"_s;
    QTest::newRow("zero width space") << u"\u200b"_s;
    QTest::newRow("byte order mark") << u"\ufeff"_s;
    QTest::newRow("soft hyphen") << u"\u00ad"_s;
    QTest::newRow("Hangul filler") << u"\u3164"_s;
    QTest::newRow("Braille blank") << u"\u2800"_s;
    QTest::newRow("marks") << u"\u200e\u200f\u061c"_s;
    QTest::newRow("tags") << u"\U000e0041"_s;
    QTest::newRow("selector") << u"\ufe0f"_s;
    QTest::newRow("joiners and blanks") << u" \u200d\u2060 "_s;
    QTest::newRow("control characters") << u"\u0001\n"_s;
}

void StrayValuesTest::aBlankNameIsBlocked()
{
    QFETCH(QString, name);
    CredentialDraft draft = draftOfType("aws"_L1);
    draft.set(FieldId::name, name);
    const auto problems = DraftValidator::check(draft, {});
    QVERIFY(DraftValidator::isBlocked(problems));
    QCOMPARE(problems.size(), 1u);
    QCOMPARE(problems[0].kind, Kind::BlankName);
    QCOMPARE(problems[0].field, FieldId::name);
}

void StrayValuesTest::trimmingTakesWhatCantBeSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("trimmed");
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("blanks alone") << u" \t\u200b"_s << u""_s;
    QTest::newRow("blanks") << u"  a b\r\n"_s << u"a b"_s;
    QTest::newRow("zero width space") << u"\u200ba\u200b"_s << u"a"_s;
    QTest::newRow("byte order mark") << u"\ufeffa"_s << u"a"_s;
    QTest::newRow("no-break space") << u"\u00a0a\u00a0"_s << u"a"_s;
    QTest::newRow("marks") << u"\u202aada@example.com\u202c\u200e"_s << u"ada@example.com"_s;
    QTest::newRow("control characters") << u"\u0000a\u001b"_s << u"a"_s;
    QTest::newRow("a heart keeps its selector") << u" ❤\ufe0f "_s << u"❤\ufe0f"_s;
    QTest::newRow("within") << u"a\u200bb"_s << u"a\u200bb"_s;
    QTest::newRow("beyond the first plane") << u" 😀 "_s << u"😀"_s;
}

void StrayValuesTest::trimmingTakesWhatCantBeSeen()
{
    QFETCH(QString, text);
    QTEST(StrayText::trimmed(text).toString(), "trimmed");
}

void StrayValuesTest::theLineBreakAtTheEndOfAFileIsNoBlank()
{
    CredentialDraft draft = draftOfType("certificateKeyPair"_L1);
    const QString pem = u"-----BEGIN X-----\nMIIB\n-----END X-----"_s;
    for (const QString &fine : QStringList{pem, pem + u'\n'}) {
        set(draft, "privateKey"_L1, fine);
        QVERIFY2(problemsOf(draft, "privateKey"_L1).empty(),
                 told(problemsOf(draft, "privateKey"_L1)).constData());
    }
    for (const QString &odd : QStringList{pem + u"\n\n"_s, pem + u' ', u'\n' + pem, pem + u"\n "_s}) {
        set(draft, "privateKey"_L1, odd);
        QCOMPARE(problemsOf(draft, "privateKey"_L1).size(), 1u);
    }
}

void StrayValuesTest::theRemedyOfSurroundingBlanksTrims_data()
{
    QTest::addColumn<QString>("key"); // empty: the name
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("trimmed");
    const auto add = [](const char *name, const char16_t *key, const char16_t *value,
                        const char16_t *trimmed) {
        QTest::newRow(name) << QString::fromUtf16(key) << QString::fromUtf16(value)
                            << QString::fromUtf16(trimmed);
    };
    add("a name", u"", u"  a name\t", u"a name");
    add("a line", u"issuer", u"\u00a0me and you \n", u"me and you");
    add("a file", u"secret", u"\n-----BEGIN X-----\nMIIB\n-----END X----- \n\n",
        u"-----BEGIN X-----\nMIIB\n-----END X-----\n");
    add("a file without a last line break", u"secret", u" -----BEGIN X-----\nMIIB\n-----END X----- ",
        u"-----BEGIN X-----\nMIIB\n-----END X-----");
}

void StrayValuesTest::theRemedyOfSurroundingBlanksTrims()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, trimmed);
    CredentialDraft draft = draftFor(postedFixture(u"jwt-key"_s));
    const QByteArray latin = key.toLatin1();
    const FieldId field = key.isEmpty() ? FieldId::name : *draft.shownField(QLatin1StringView(latin));
    if (key.isEmpty())
        draft.set(FieldId::name, value);
    else
        draft.set(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const auto blanks = std::ranges::find(problems, Kind::SurroundingBlanks, &DraftProblem::kind);
    QVERIFY(blanks != problems.end());
    QCOMPARE(blanks->remedy, DraftProblem::Remedy::Trim);
    const auto changes = DraftValidator::remedied(draft, *blanks);
    QCOMPARE(changes.size(), 1u);
    QCOMPARE(changes[0].field, field);
    QCOMPARE(changes[0].value, trimmed);

    if (key.isEmpty())
        draft.set(FieldId::name, trimmed);
    else
        draft.set(field, trimmed);
    QVERIFY(DraftValidator::remedied(draft, *blanks).empty());
}

QTEST_GUILESS_MAIN(StrayValuesTest)
#include "strayvaluestest.moc"
