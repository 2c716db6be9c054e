// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/texttools.h"
#include "widgets/plainlabel.h"
#include "widgets/plaintextview.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QTextDocument>

using namespace Qt::StringLiterals;

/// Text from outside, made ready to be shown.
class TextToolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineHasNoControlCharacters();
    void aLineIsCutBetweenCharacters();
    void aLineOfMarksIsShort();
    void aToolTipIsLiteral();
    void ampersandsAndPlaceholdersAreMeantLiterally();
    void ordinaryTextStaysAsItIs_data();
    void ordinaryTextStaysAsItIs();
    void noLetterHasThousandsOfMarks();
    void whatNoFontHasIsReplaced();
    void whatIsCopiedIsTheSource_data();
    void whatIsCopiedIsTheSource();
    void aPathThatCanBeCopiedStaysWhole();
    void aLabelWrapsAnyWord();
    void aLabelIsHeardAsItWasSet();
    void aLabelKeepsItsOwnName();
};

void TextToolsTest::aLineHasNoControlCharacters()
{
    QCOMPARE(singleLine(u"a\nb\tc\u0007d\u007fe\u2028f"_s), u"a␊b␉c␇d␡e␤f"_s);
}

void TextToolsTest::aLineIsCutBetweenCharacters()
{
    QCOMPARE(singleLine(u"abcdef"_s, 6), u"abcdef"_s);
    QCOMPARE(singleLine(u"abcdef"_s, 5), u"abcde…"_s);
    QCOMPARE(singleLine(u"ab👍👍👍"_s, 4), u"ab👍👍…"_s);
}

void TextToolsTest::aLineOfMarksIsShort()
{
    QVERIFY(singleLine(QString(100'000, u'\u0301')).size() < 50);
    QVERIFY(singleLine(u"👍"_s.repeated(1000)).size() < 200);
}

void TextToolsTest::aToolTipIsLiteral()
{
    QTextDocument document;
    const QString text = u"<b>bold</b> &amp;\n  two blanks"_s;
    document.setHtml(literalToolTip(text));
    QCOMPARE(document.toPlainText(), text);
}

void TextToolsTest::ampersandsAndPlaceholdersAreMeantLiterally()
{
    QCOMPARE(withoutMnemonic(u"R&D &&"_s), u"R&&D &&&&"_s);
    QWidget window;
    window.setWindowTitle(withoutPlaceholder(u"a[*]b"_s));
    QCOMPARE(window.windowTitle(), u"a[*][*]b"_s); // of which Qt shows one
}

void TextToolsTest::ordinaryTextStaysAsItIs_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("English") << u"The quick brown fox jumps over the lazy dog."_s;
    QTest::newRow("Hindi") << u"विद्युत संयंत्र का तापमान"_s;
    QTest::newRow("Arabic with vowels") << u"مُحَمَّدٌ رَسُولُ"_s;
    QTest::newRow("Thai") << u"ที่นี่มีอุณหภูมิสูง"_s;
    QTest::newRow("Vietnamese, decomposed") << u"Tie\u0302\u0301ng Vie\u0323\u0302t"_s;
    QTest::newRow("a family") << u"👩‍👩‍👧‍👦"_s;
    QTest::newRow("forty letters") << QString(40, u'n');
    QTest::newRow("PEM") << u"-----BEGIN CERTIFICATE-----\nMIIB\n"_s;
    QTest::newRow("nothing") << QString();
}

void TextToolsTest::ordinaryTextStaysAsItIs()
{
    QFETCH(QString, text);
    QCOMPARE(shapeable(text), text);
    QCOMPARE(wrappable(text), text);
    QVERIFY(cutNote(text).isEmpty());
}

void TextToolsTest::noLetterHasThousandsOfMarks()
{
    int marks = 0;
    int most = 0;
    for (const QChar c : shapeable(u'e' + QString(100'000, u'\u0301'))) {
        marks = c.isMark() ? marks + 1 : 0;
        most = std::max(most, marks);
    }
    QVERIFY2(most <= 31, qPrintable(QString::number(most)));
}

void TextToolsTest::whatNoFontHasIsReplaced()
{
    QCOMPARE(shapeable(u"a\ue000b\u0378c"_s), u"a\ufffdb\ufffdc"_s);
    QCOMPARE(shapeable(QString(u"a"_s + QChar(0xd800) + u"b"_s)), u"a\ufffdb"_s);
}

void TextToolsTest::whatIsCopiedIsTheSource_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("ordinary") << u"one\ntwo three"_s;
    QTest::newRow("long words") << QString(u"-----BEGIN\n"_s + QString(12'000, u'A') + u"\nend"_s);
    QTest::newRow("private letters") << u"a\ue000b"_s;
    QTest::newRow("marks") << QString(u"e"_s + QString(100, u'\u0301') + u"x"_s);
    QTest::newRow("emoji") << u"a👍b👩‍👩‍👧‍👦c"_s;
    QTest::newRow("half a pair") << QString(u"a"_s + QChar(0xd800) + u"b"_s);
    QTest::newRow("line breaks") << u"a\r\nb\rc"_s;
    QTest::newRow("zero width spaces") << u"a\u200bb"_s;
}

void TextToolsTest::whatIsCopiedIsTheSource()
{
    QFETCH(QString, text);
    const QString shown = shapeable(text).replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    QCOMPARE(sourceOf(shown, text, 0, shown.size()), text);
    PlainTextView view(PlainTextView::Look::Prose, 4);
    view.setText(text);
    view.resize(200, 100);
    view.show();
    view.selectAll();
    view.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
}

void TextToolsTest::aPathThatCanBeCopiedStaysWhole()
{
    const QString path = u"/home/ada.lovelace/.config/Credenza/Credenza.conf.bak"_s;
    PlainLabel label;
    label.setTextInteractionFlags(Qt::TextSelectableByMouse);
    label.setText(path);
    label.setSelection(0, int(path.size()));
    QCOMPARE(label.selectedText(), path);
}

void TextToolsTest::aLabelWrapsAnyWord()
{
    PlainLabel label(QString(300, u'W'));
    label.setWordWrap(true);
    QVERIFY2(label.minimumSizeHint().width() < 700,
             qPrintable(QString::number(label.minimumSizeHint().width())));
}

void TextToolsTest::aLabelIsHeardAsItWasSet()
{
    const QString text(300, u'W');
    PlainLabel label(text);
    QCOMPARE(label.text(), text);
    QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(&label);
    QCOMPARE(heard->text(QAccessible::Name), text);
    label.setText(u"short"_s);
    QCOMPARE(heard->text(QAccessible::Name), u"short"_s);
}

void TextToolsTest::aLabelKeepsItsOwnName()
{
    PlainLabel label;
    label.setAccessibleName(u"Status"_s);
    label.setMessage(QString(300, u'W'));
    QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(&label);
    QCOMPARE(heard->text(QAccessible::Name), u"Status"_s);
    QCOMPARE(heard->text(QAccessible::Description), QString(300, u'W'));
}

QTEST_MAIN(TextToolsTest)
#include "texttoolstest.moc"
