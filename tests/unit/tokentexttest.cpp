// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/tokentext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using TokenText::Problem;

namespace {

const QString header = u"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"_s; // HS256
const QString claims = u"eyJzdWIiOiI1NzVlYzc2YzdhZTE0M2NkODNkYzRhOTYiLCJzdWJ0eXBlIjoidXNlciJ9"_s;
const QString signature = u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s;
const QString token = header + u'.' + claims + u'.' + signature;
const QString another = header + u'.' + claims + u'.' + QString(43, u'a');
const QString opaque =
    u"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"_s; // as the sandbox's

QString cut(const QString &text, qsizetype every, const QString &by)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); i += every)
        result += (i > 0 ? by : QString()) + text.mid(i, every);
    return result;
}

} // namespace

/// What is taken for an API token, of all that people copy.
class TokenTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTokenStaysAsItIs_data();
    void aTokenStaysAsItIs();
    void whatStandsAroundOrCutsATokenIsLeftOut_data();
    void whatStandsAroundOrCutsATokenIsLeftOut();
    void whatIsNoTokenIsNotTakenForOne_data();
    void whatIsNoTokenIsNotTakenForOne();
    void aTokenThatWasMendedNeedsNoMore();
    void aCutAnywhereIsMendedOrRefused();
    void aLongTextIsReadAtOnce();
};

void TokenTextTest::aTokenStaysAsItIs_data()
{
    QTest::addColumn<QString>("given");
    QTest::newRow("a web token") << token;
    QTest::newRow("an opaque one") << opaque;
    QTest::newRow("a short one") << u"abc"_s;
    QTest::newRow("one that ends in =") << u"c2VudGluZWwtc2VudGluZWw="_s;
    QTest::newRow("all characters of RFC 6750") << u"aZ09-._~+/=="_s;
    QTest::newRow("a web token of an unknown algorithm") << u"eyJhbGciOiJYIn0.eyJhIjoxfQ.x"_s;
    QTest::newRow("a word of three parts") << u"abc.def.ghi"_s;
    QTest::newRow("one that begins as a scheme") << u"bearertoken0123456789"_s;
}

void TokenTextTest::aTokenStaysAsItIs()
{
    QFETCH(QString, given);
    for (const QString &before : {u""_s, u" "_s, u"\n"_s, u"\ufeff"_s}) {
        for (const QString &behind : {u""_s, u" "_s, u"\n"_s, u"\r\n"_s, u"\t"_s, u"\u00a0"_s, u"\u200b"_s}) {
            const auto read = TokenText::read(QString(before + given + behind));
            QCOMPARE(read.problem, Problem::None);
            QCOMPARE(QString::fromLatin1(read.token), given);
            QVERIFY(!read.isMended);
        }
    }
}

void TokenTextTest::whatStandsAroundOrCutsATokenIsLeftOut_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("meant");
    const auto add = [](const char *name, const QString &before, const QString &behind = {}) {
        QTest::addRow("%s, a web token", name) << before + token + behind << token;
        QTest::addRow("%s, an opaque one", name) << before + opaque + behind << opaque;
    };
    add("double quotes", u"\""_s, u"\""_s);
    add("single quotes", u"'"_s, u"'"_s);
    add("backticks", u"`"_s, u"`"_s);
    add("typographic quotes", u"“"_s, u"”"_s);
    add("German quotes", u"„"_s, u"“"_s);
    add("quotes and a comma", u"\""_s, u"\","_s);
    add("Bearer", u"Bearer "_s);
    add("bearer and blanks", u"bearer   "_s);
    add("Authorization", u"Authorization: Bearer "_s);
    add("a quoted header", u"\"Authorization: Bearer "_s, u"\""_s);
    add("the variable", u"LOSANT_API_TOKEN="_s);
    add("the variable and quotes", u"LOSANT_API_TOKEN=\""_s, u"\""_s);
    add("export", u"export LOSANT_API_TOKEN="_s);
    add("export and quotes", u"export LOSANT_API_TOKEN='"_s, u"'"_s);
    add("export with a prompt's blanks", u"  export  LOSANT_API_TOKEN="_s, u"  \n"_s);
    add("set", u"set LOSANT_API_TOKEN="_s);
    add("PowerShell", u"$env:LOSANT_API_TOKEN = \""_s, u"\""_s);
    add("YAML", u"LOSANT_API_TOKEN: "_s);
    add("another variable", u"API_TOKEN="_s);
    add("a lower variable", u"token="_s);
    add("a label", u"Token: "_s);
    add("JSON", u"{\"token\":\""_s, u"\"}"_s);
    add("JSON in lines", u"{\n  \"token\": \""_s, u"\"\n}\n"_s);
    add("JSON of the sign-in", u"{\"userId\":\"575ec76c7ae143cd83dc4a96\",\"token\":\""_s, u"\"}"_s);
    add("JSON with another key", u"{\"apiToken\":\""_s, u"\"}"_s);
    add("a line of JSON", u"\"token\": \""_s, u"\","_s);

    const auto only = [](const char *name, const QString &given) {
        QTest::addRow("%s", name) << given << token;
    };
    only("lines", cut(token, 64, u"\n"_s));
    only("lines of Windows", cut(token, 64, u"\r\n"_s));
    only("lines that are set in", cut(token, 76, u"\n    "_s));
    only("a blank in each line's place", cut(token, 64, u" "_s));
    only("a line for each part", header + u".\n"_s + claims + u".\n"_s + signature);
    only("a line that begins with the dot", header + u"\n."_s + claims + u'.' + signature);
    only("cut in the signature alone", token.chopped(10) + u'\n' + token.last(10));
    only("a no-break space within", cut(token, 100, u"\u00a0"_s));
    only("a zero width space within", cut(token, 100, u"\u200b"_s));
    only("a soft hyphen within", cut(token, 100, u"\u00ad"_s));
    only("a byte order mark within", cut(token, 100, u"\ufeff"_s));
    only("a tab within", cut(token, 100, u"\t"_s));
    only("Bearer and lines", u"Bearer "_s + cut(token, 64, u"\n"_s));
    only("Authorization and lines", u"Authorization: Bearer "_s + cut(token, 64, u"\n"_s));
    only("export and lines", u"export LOSANT_API_TOKEN="_s + cut(token, 64, u"\n"_s));
    only("quotes and lines", u'"' + cut(token, 64, u"\n"_s) + u'"');
    only("JSON and lines", u"{\"token\":\""_s + cut(token, 64, u"\n"_s) + u"\"}"_s);
    only("angle brackets", u'<' + token + u'>');
    only("round brackets", u'(' + token + u')');
    only("nested JSON", u"{\"user\":{\"id\":\"x\",\"token\":\""_s + token + u"\"}}"_s);
    only("JSON with other values", u"{\"name\":\"x y\",\"value\":\""_s + token + u"\",\"id\":\"z\"}"_s);
    only("a sentence before", u"My token is: "_s + token);
    only("a comment behind", token + u"  # mine"_s);
    only("a stop behind", token + u'.');
    only("twice the same", token + u'\n' + token);
    only("a command line", u"curl -H 'Authorization: Bearer "_s + token + u"' https://api.losant.com/me"_s);
    only("a variable before a command", u"LOSANT_API_TOKEN="_s + token + u" credenza"_s);
}

void TokenTextTest::whatStandsAroundOrCutsATokenIsLeftOut()
{
    QFETCH(QString, given);
    QFETCH(QString, meant);
    const auto read = TokenText::read(given);
    QCOMPARE(read.problem, Problem::None);
    QCOMPARE(QString::fromLatin1(read.token), meant);
    QVERIFY(read.isMended);
}

void TokenTextTest::whatIsNoTokenIsNotTakenForOne_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<Problem>("problem");
    QTest::newRow("nothing") << u""_s << Problem::Missing;
    QTest::newRow("blanks") << u" \n\t\u200b"_s << Problem::Missing;
    QTest::newRow("Bearer alone") << u"Bearer "_s << Problem::Missing;
    QTest::newRow("a variable without a value") << u"LOSANT_API_TOKEN="_s << Problem::Missing;
    QTest::newRow("a variable's name") << u"LOSANT_API_TOKEN"_s << Problem::Missing;
    QTest::newRow("a label alone") << u"API token:"_s << Problem::Missing;
    QTest::newRow("the server's URL") << u"https://api.losant.com"_s << Problem::WebAddress;
    QTest::newRow("a page of the console")
        << u"https://app.losant.com/applications/575ec8687ae143cd83dc4a97/tokens"_s << Problem::WebAddress;
    QTest::newRow("without a scheme") << u"app.losant.com/account/tokens"_s << Problem::WebAddress;
    QTest::newRow("a host alone") << u"api.losant.com"_s << Problem::WebAddress;
    QTest::newRow("another's") << u"www.example.com/x"_s << Problem::WebAddress;
    QTest::newRow("in quotes") << u"\"https://api.losant.com\""_s << Problem::WebAddress;
    QTest::newRow("in brackets") << u"<https://api.losant.com>"_s << Problem::WebAddress;
    QTest::newRow("the variable of the URL")
        << u"LOSANT_API_URL=https://api.losant.com"_s << Problem::WebAddress;
    QTest::newRow("a URL with a token") << u"https://example.com/?token="_s + token << Problem::WebAddress;
    QTest::newRow("an application's ID") << u"575ec8687ae143cd83dc4a97"_s << Problem::Id;
    QTest::newRow("an ID in capitals") << u"575EC8687AE143CD83DC4A97"_s << Problem::Id;
    QTest::newRow("an ID in quotes") << u"\"575ec8687ae143cd83dc4a97\""_s << Problem::Id;
    QTest::newRow("an ID behind Bearer") << u"Bearer 575ec8687ae143cd83dc4a97"_s << Problem::Id;
    QTest::newRow("an access key") << u"f7eb3b0c-7e45-4fd6-92a4-8b0c1b4b4c2e"_s << Problem::AccessKey;
    QTest::newRow("an access key of AWS") << u"AKIAIOSFODNN7EXAMPLE"_s << Problem::AccessKey;
    QTest::newRow("an access key behind its name")
        << u"LOSANT_API_TOKEN=f7eb3b0c-7e45-4fd6-92a4-8b0c1b4b4c2e"_s << Problem::AccessKey;
    QTest::newRow("a variable of a shell") << u"$LOSANT_API_TOKEN"_s << Problem::Placeholder;
    QTest::newRow("in braces") << u"${LOSANT_API_TOKEN}"_s << Problem::Placeholder;
    QTest::newRow("a variable of Windows") << u"%LOSANT_API_TOKEN%"_s << Problem::Placeholder;
    QTest::newRow("what a guide writes") << u"<your token>"_s << Problem::Placeholder;
    QTest::newRow("a template") << u"{{ token }}"_s << Problem::Placeholder;
    QTest::newRow("a placeholder behind Bearer") << u"Bearer $LOSANT_API_TOKEN"_s << Problem::Placeholder;
    QTest::newRow("bullets") << QString(12, u'•') << Problem::Mask;
    QTest::newRow("asterisks") << QString(12, u'*') << Problem::Mask;
    QTest::newRow("two tokens") << token + u'\n' + another << Problem::Several;
    QTest::newRow("two tokens in JSON")
        << u"{\"token\":\"%1\",\"refreshToken\":\"%2\"}"_s.arg(token, another) << Problem::Several;
    QTest::newRow("two opaque tokens") << opaque + u'\n' + opaque << Problem::NoToken;
    QTest::newRow("an opaque one that is cut") << cut(opaque, 20, u"\n"_s) << Problem::NoToken;
    QTest::newRow("an opaque one with a zero width space")
        << cut(opaque, 40, u"\u200b"_s) << Problem::NoToken;
    QTest::newRow("a header line behind") << u"abc\r\nX-Evil: 1"_s << Problem::NoToken;
    QTest::newRow("a header line behind a web token's form")
        << u"abc.def.ghi\r\nX-Evil: 1"_s << Problem::NoToken;
    QTest::newRow("prose") << u"this is. my. token"_s << Problem::NoToken;
    QTest::newRow("words about it") << u"Bearer authentication"_s << Problem::NoToken;
    QTest::newRow("no ASCII") << u"abc\u010d\u010aX"_s << Problem::NoToken;
    QTest::newRow("a control character within") << u"abc\u007fdef"_s << Problem::NoToken;
    QTest::newRow("a zero within") << u"abc"_s + QChar(0) + u"def"_s << Problem::NoToken;
    QTest::newRow("an email address") << u"ada@example.com"_s << Problem::NoToken;
    QTest::newRow("a password") << u"pa$$w0rd!"_s << Problem::NoToken;
    QTest::newRow("a PEM") << u"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"_s
                           << Problem::NoToken;
    QTest::newRow("JSON without a token") << u"{\"userId\":\"575ec76c7ae143cd83dc4a96\"}"_s << Problem::Id;
    QTest::newRow("empty JSON") << u"{}"_s << Problem::NoToken;
    QTest::newRow("quotes around nothing") << u"\"\""_s << Problem::NoToken;
    QTest::newRow("a dash of a word processor") << QString(token).replace(u'-', u'–') << Problem::NoToken;
    QTest::newRow("too long") << QString(20'000, u'a') << Problem::NoToken;
    // A word behind a token that is not known to be whole may be a part of it.
    QTest::newRow("a web token of unknown length, and a word")
        << u"eyJhbGciOiJYIn0.eyJhIjoxfQ.abcdef mine"_s << Problem::NoToken;
}

void TokenTextTest::whatIsNoTokenIsNotTakenForOne()
{
    QFETCH(QString, given);
    const auto read = TokenText::read(given);
    QTEST(read.problem, "problem");
    QVERIFY(read.token.isEmpty());
}

void TokenTextTest::aTokenThatWasMendedNeedsNoMore()
{
    const QString given = u"export LOSANT_API_TOKEN=\""_s + cut(token, 64, u"\n"_s) + u'"';
    const auto once = TokenText::read(given);
    QCOMPARE(QString::fromLatin1(once.token), token);
    const auto again = TokenText::read(QString::fromLatin1(once.token));
    QCOMPARE(again.token, once.token);
    QVERIFY(!again.isMended);
}

/// Nothing else than the token itself ever comes out.
void TokenTextTest::aCutAnywhereIsMendedOrRefused()
{
    for (qsizetype at = 1; at < token.size(); ++at) {
        for (const QString &by : {u"\n"_s, u" "_s, u"\u200b"_s}) {
            const auto read = TokenText::read(QString(token.first(at) + by + token.sliced(at)));
            QVERIFY2(QString::fromLatin1(read.token) == token, qPrintable(QString::number(at)));
        }
        // A part, and a word that does not go on with it: all but where a whole one seems to come out.
        if (token[at - 1] == u'.' || at == token.size() - 4)
            continue;
        const auto read = TokenText::read(QString(token.first(at) + u" word"_s));
        QVERIFY2(read.token.isEmpty(), qPrintable(QString::number(at)));
    }
}

void TokenTextTest::aLongTextIsReadAtOnce()
{
    const QString texts[] = {QString(16'000, u' ').replace(0, 1, u"a"_s) + u'a',
                             u"eyJ."_s.repeated(4'000),
                             u"\"{"_s.repeated(8'000),
                             u"Bearer "_s.repeated(2'000),
                             u"a\n"_s.repeated(8'000),
                             QString(token + u' ').repeated(80)};
    for (const QString &text : texts) {
        QElapsedTimer timer;
        timer.start();
        TokenText::read(text);
        QVERIFY2(timer.elapsed() < 100,
                 qPrintable(QString::number(timer.elapsed()) + u" ms: " + text.left(10)));
    }
}

QTEST_GUILESS_MAIN(TokenTextTest)
#include "tokentexttest.moc"
