// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorityproblem.h"
#include "api/certificateproblems.h"
#include "errortext.h"
#include "gui/openwindow.h"
#include "serverurl.h"
#include "widgets/texttools.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar fsi(0x2068);
constexpr QChar pdi(0x2069);

bool turns(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x61c || u == 0x200e || u == 0x200f || (u >= 0x202a && u <= 0x202e) ||
           (u >= 0x2066 && u <= 0x2069);
}

/// What is wrong with a sentence in which something is quoted; empty if our words stay where they are: what
/// may turn the direction of writing is between FSI and PDI, and nothing in there ends or nests that.
QString fault(const QString &sentence)
{
    bool isQuoted = false;
    for (const QChar c : sentence) {
        if (c == fsi && !isQuoted) {
            isQuoted = true;
        } else if (c == pdi && isQuoted) {
            isQuoted = false;
        } else if (turns(c)) {
            return u"U+%1 is loose in: "_s.arg(QString::number(c.unicode(), 16)) + sentence;
        } else if (!isQuoted && (c.direction() == QChar::DirR || c.direction() == QChar::DirAL)) {
            return u"What is written from right to left is loose in: "_s + sentence;
        }
    }
    return isQuoted ? u"An isolate stays open in: "_s + sentence : QString();
}

void addHostileNames()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("an override") << u"evil\u202egnp.exe"_s;
    QTest::newRow("an isolate that stays open") << u"a\u2066b"_s;
    QTest::newRow("an isolate that ends ours") << u"a\u2069\u2069b\u202e"_s;
    QTest::newRow("an embedding and a mark") << u"\u202ba\u200fb\u061c"_s;
    QTest::newRow("Hebrew with a mark of ours") << u"שלום!"_s;
    QTest::newRow("Arabic with a bracket") << u"(مرحبا) 12"_s;
    QTest::newRow("a zero width space and a soft hyphen") << u"a\u200bb\u00ad"_s;
    QTest::newRow("a family") << u"\U0001f469\u200d\U0001f469\u200d\U0001f467 x"_s;
    QTest::newRow("a place") << u"100%1 %2 %n"_s;
    QTest::newRow("a mnemonic") << u"a & b [*] <b>"_s;
    QTest::newRow("lines") << u"a\nb\u2028c\u0085d"_s;
}

/// The sentence with the name in it as it has to stand there.
void compare(const QString &shown, const QString &expected)
{
    QCOMPARE(shown, expected);
    QCOMPARE(fault(shown), QString());
}

} // namespace

/// Text of others within our sentences: whatever it holds, our words stay where they are, and nothing that is
/// drawn as one is cut in two.
class QuotedTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainNameIsQuotedAsItIs_data();
    void aPlainNameIsQuotedAsItIs();
    void whatCannotBeSeenIsShown_data();
    void whatCannotBeSeenIsShown();
    void inALanguageFromTheRightAllIsIsolated();
    void nothingIsCutInTwo_data();
    void nothingIsCutInTwo();
    void nothingIsElidedInTwo_data() { nothingIsCutInTwo_data(); }
    void nothingIsElidedInTwo();
    void aHeapOfAccentsIsCutAllTheSame();
    void ourWordsStayInErrors_data() { addHostileNames(); }
    void ourWordsStayInErrors();
    void ourWordsStayInTheWindow_data() { addHostileNames(); }
    void ourWordsStayInTheWindow();
};

void QuotedTextTest::aPlainNameIsQuotedAsItIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("Latin") << u"S3 archive (née Ångström)"_s;
    QTest::newRow("Chinese") << u"工厂"_s;
    QTest::newRow("Hindi, with a joiner") << u"क्\u200dष"_s;
    QTest::newRow("a family") << u"\U0001f468\u200d\U0001f469\u200d\U0001f467"_s;
    QTest::newRow("a heart") << u"❤\ufe0f\u200d\U0001f525"_s;
    QTest::newRow("a region's flag")
        << u"\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"_s;
}

void QuotedTextTest::aPlainNameIsQuotedAsItIs()
{
    QFETCH(const QString, name);
    QCOMPARE(quoted(name), name);
}

void QuotedTextTest::whatCannotBeSeenIsShown_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("an override") << u"a\u202eb"_s << u"\u2068a‹U+202E›b\u2069"_s;
    QTest::newRow("our own isolate") << u"\u2068a\u2069"_s << u"\u2068‹U+2068›a‹U+2069›\u2069"_s;
    QTest::newRow("a joiner that joins nothing") << u"a\u200db"_s << u"\u2068a‹U+200D›b\u2069"_s;
    QTest::newRow("a tag that is part of no flag") << u"a\U000e0067"_s << u"\u2068a‹U+E0067›\u2069"_s;
    QTest::newRow("a filler") << u"a\u3164"_s << u"\u2068a‹U+3164›\u2069"_s;
    QTest::newRow("control characters") << u"a\n\u007f"_s << u"a␊␡"_s;
    QTest::newRow("Hebrew") << u"אב."_s << u"\u2068אב.\u2069"_s;
    QTest::newRow("Persian, with a non-joiner") << u"می\u200cخواهم"_s << u"\u2068می\u200cخواهم\u2069"_s;
}

void QuotedTextTest::whatCannotBeSeenIsShown()
{
    QFETCH(const QString, name);
    QFETCH(const QString, shown);
    QCOMPARE(quoted(name), shown);
}

void QuotedTextTest::inALanguageFromTheRightAllIsIsolated()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::Hebrew));
    const QString shown = quoted(u"Plant floor"_s);
    QLocale::setDefault(before);
    QCOMPARE(shown, u"\u2068Plant floor\u2069"_s);
}

void QuotedTextTest::nothingIsCutInTwo_data()
{
    QTest::addColumn<QString>("whole");
    QTest::newRow("beyond the BMP") << u"\U0001f600"_s;
    QTest::newRow("an accent") << u"e\u0301"_s;
    QTest::newRow("two accents") << u"a\u0323\u0302"_s;
    QTest::newRow("a flag") << u"\U0001f1e9\U0001f1ea"_s;
    QTest::newRow("a family") << u"\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"_s;
    QTest::newRow("a skin's tone") << u"\U0001f44d\U0001f3fd"_s;
    QTest::newRow("a region's flag")
        << u"\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"_s;
    QTest::newRow("a syllable") << u"한"_s.normalized(QString::NormalizationForm_D);
    QTest::newRow("a line's end") << u"\r\n"_s;
}

void QuotedTextTest::nothingIsCutInTwo()
{
    QFETCH(const QString, whole);
    const QString text = whole.repeated(12);
    for (qsizetype max = whole.size(); max < text.size(); ++max) {
        for (const QString &cut : {firstCharacters(text, max), shapeable(text, max)})
            QVERIFY2(cut.size() % whole.size() == 0 && cut == text.first(cut.size()), qPrintable(cut));
        for (QString cut : {singleLine(text, max), quoted(text, max)}) {
            cut.remove(u'…').remove(u'\u200b').remove(fsi).remove(pdi);
            const QString pictures = singleLine(text, text.size());
            QVERIFY2(cut.size() % whole.size() == 0 && pictures.startsWith(cut), qPrintable(cut));
        }
    }
    const QString tip = literalToolTip(u"x"_s.repeated(999) + text);
    QVERIFY(tip.contains(u"x…</p>"_s) || tip.contains(whole.toHtmlEscaped() + u"…</p>"_s) ||
            tip.contains(u"x\u200b…</p>"_s));
}

/// As cells are, which is Qt's doing.
void QuotedTextTest::nothingIsElidedInTwo()
{
    QFETCH(const QString, whole);
    const QString text = singleLine(whole.repeated(12));
    const QString shownWhole = singleLine(whole);
    const QFontMetrics metrics(QApplication::font());
    const int width = metrics.horizontalAdvance(text);
    for (int available = 1; available < width; ++available) {
        const QString cut =
            metrics.elidedText(text, Qt::ElideRight, available).remove(u'…').remove(u'\u200b');
        QVERIFY2(cut.size() % shownWhole.size() == 0 || shownWhole == u"␍␊"_s, qPrintable(cut));
    }
}

void QuotedTextTest::aHeapOfAccentsIsCutAllTheSame()
{
    const QString heap = u"a"_s + u"\u0301"_s.repeated(100'000);
    QCOMPARE(firstCharacters(heap, 1000).size(), 1000);
    QVERIFY(quoted(heap).size() < 400);
}

void QuotedTextTest::ourWordsStayInErrors()
{
    QFETCH(const QString, name);
    const ApiError refused{.kind = ApiError::Kind::Validation, .httpStatus = 400, .serverMessage = name};
    QVERIFY(errorText(refused).endsWith(u"The server says: “"_s + quoted(name) + u"”"_s));
    QCOMPARE(fault(errorText(refused)), QString());

    const ApiError tls{.kind = ApiError::Kind::Tls,
                       .technicalDetail = u"For “%1”."_s.arg(quoted(name.repeated(200), 1190))};
    QCOMPARE(fault(errorText(tls)), QString());

    const QString mismatch = certificateProblems({QSslError(QSslError::HostNameMismatch)}, name);
    QVERIFY2(mismatch.contains(quoted(name)), qPrintable(mismatch));
    QCOMPARE(fault(mismatch), QString());

    const QString server = u"ftp://"_s + name;
    if (const QString problem = serverUrlProblem(server); problem.contains(u"can't be used"_s))
        QCOMPARE(fault(problem), QString());

    AuthorityProblem unreadable;
    unreadable.path = u"/home/"_s + name;
    unreadable.reason = name;
    QCOMPARE(fault(authorityProblemText({unreadable})), QString());
}

void QuotedTextTest::ourWordsStayInTheWindow()
{
    QFETCH(const QString, name);
    FakeLosant losant;
    const QString application = losant.addApplication(name);
    losant.setCredentials(application, FakeLosant::someCredentials(3));
    TestSettings settings;
    Profile profile{.name = name, .connection = {.server = losant.url()}};
    profile.isProduction = true;
    const OpenWindow window(profile, settings.settings);
    QTRY_VERIFY(window.label(u"Page status"_s).startsWith(u"1–3"_s));
    compare(window.label(u"Profile"_s), u"Production: "_s + quoted(profile.title(), 80) +
                                            u". What you create, change or delete here is real."_s);
    QTRY_COMPARE(window.window().windowTitle(), withoutPlaceholder(u"Credenza – "_s + quoted(name, 100)));
    QCOMPARE(fault(window.window().windowTitle()), QString());

    losant.failPages(FakeLosant::error(403, name));
    window.click(u"Refresh"_s);
    QTRY_VERIFY(window.has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(window.label(u"Error message"_s).contains(u"“"_s + quoted(name) + u"”"_s));
    QCOMPARE(fault(window.label(u"Error message"_s)), QString());
    losant.failPages({});
    window.line(u"Search applications"_s)->setText(name + u"-"_s);
    for (const QLabel *label : window.window().findChildren<QLabel *>()) {
        if (label->text().startsWith(u"No application has"_s))
            QCOMPARE(fault(label->text()), QString());
    }

    window.click(u"New credential"_s);
    QWidget *dialog = QApplication::activeModalWidget();
    QVERIFY(dialog);
    const CloseAtEnd closes(*dialog);
    const GuiProbe form(*dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *types = qobject_cast<QListView *>(form.part(QAccessible::List, u"Credential type"_s));
    const auto found = types->model()->match(types->model()->index(0, 0), Qt::DisplayRole, u"Snowflake"_s);
    types->scrollTo(found.value(0));
    QTest::mouseClick(types->viewport(), Qt::LeftButton, {}, types->visualRect(found.value(0)).center());
    QTRY_VERIFY(form.visibleText().contains(u"In the application "_s));
    const QStringList lines = form.visibleText().split(u'\n');
    for (const QString &line : lines)
        QCOMPARE(fault(line), QString());
    form.line(u"Name"_s)->setText(u"שלום!"_s);
    form.line(u"Host"_s)->setText(u"abc.snowflakecomputing.com"_s);
    form.line(u"Username"_s)->setText(u"LOSANT"_s);
    qobject_cast<QAbstractButton *>(form.part(QAccessible::CheckBox, u"Generate a private key"_s))->click();
    form.click(u"Create"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() != dialog);
    const GuiProbe question(*QApplication::activeModalWidget());
    const QString asked = question.visibleText();
    QVERIFY2(asked.contains(u"Create \u2068שלום!\u2069 in production?"_s), qPrintable(asked));
    QVERIFY2(asked.contains(quoted(profile.title(), 80) + u" is marked as production. Workflows of "_s),
             qPrintable(asked));
    for (const QString &line : asked.split(u'\n'))
        QCOMPARE(fault(line), QString());
    question.click(u"Keep editing"_s);
}

QTEST_MAIN(QuotedTextTest)
#include "quotedtexttest.moc"
