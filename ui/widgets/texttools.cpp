// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/texttools.h"

#include "domain/draftvalidator.h"

#include <QAction>
#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar zeroWidthSpace(0x200b);
constexpr qsizetype maxWordSize = 40; // of any language

/// What is drawn as part of the letter before it.
bool isMark(char32_t c)
{
    return QChar::isMark(c) || QChar::category(c) == QChar::Other_Format;
}

/// What no font has to have: all of them are searched, each time that it is drawn.
bool isUndrawable(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_PrivateUse || category == QChar::Other_NotAssigned ||
           category == QChar::Other_Surrogate;
}

/// Calls `take` with each code point and where it starts, until that returns false.
template<typename Take>
void forEachCodePoint(QStringView text, Take take)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (!take(isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode(), i))
            return;
        i += isPair ? 1 : 0;
    }
}

/// The first characters of a text, or fewer of what takes many times longer to be laid out than letters.
QString firstShapeable(const QString &text, qsizetype max)
{
    constexpr int usualMarks = 2; // on a letter
    constexpr int costOfMark = 10;
    constexpr int costOfLine = 4;
    constexpr int usualRareLetters = 50;
    constexpr int costOfRareLetter = 20; // emoji, mostly, for which many fonts may be searched
    qsizetype cost = 0;
    qsizetype end = text.size();
    int marks = 0;
    int rareLetters = 0;
    forEachCodePoint(text, [&](char32_t c, qsizetype at) {
        marks = isMark(c) ? marks + 1 : 0;
        const bool isRare = c > 0xffff && !isUndrawable(c);
        rareLetters += isRare ? 1 : 0;
        if (marks > usualMarks)
            cost += costOfMark;
        else if (isRare && rareLetters > usualRareLetters)
            cost += costOfRareLetter;
        else
            cost += c == U'\n' ? costOfLine : 1;
        if (cost > max)
            end = at;
        return cost <= max;
    });
    return text.first(end);
}

/// As it can be drawn, with zero width spaces in what is drawn as one letter, where it is longer than any,
/// and in words longer than that.
QString drawable(const QString &text, qsizetype maxWord)
{
    constexpr int longestRunOfMarks = 30; // as in Unicode's stream-safe texts
    constexpr int partSize = 10;          // of a word that is too long
    QString drawn;
    drawn.reserve(text.size());
    qsizetype word = 0;
    int marks = 0;
    forEachCodePoint(text, [&](char32_t c, qsizetype) {
        marks = isMark(c) ? marks + 1 : 0;
        word = QChar::isSpace(c) ? 0 : word + 1;
        if (marks > longestRunOfMarks || (marks == 0 && word > maxWord && word % partSize == 0)) {
            drawn += zeroWidthSpace;
            marks = 0;
        }
        drawn += isUndrawable(c) ? QStringView(u"\ufffd") : QStringView(QChar::fromUcs4(c));
        return true;
    });
    return drawn;
}

} // namespace

QString singleLine(const QString &text, qsizetype longest)
{
    const QString first = firstShapeable(text, longest);
    QString line = drawable(first, longest);
    for (QChar &c : line) {
        if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode()); // the control pictures: ␀ to ␟
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
        else if (c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x2424);
    }
    if (first.size() < text.size())
        line += u'…';
    return line;
}

QString literalToolTip(const QString &text)
{
    const QString first = firstShapeable(text, 1000);
    QString shown = drawable(first, maxWordSize);
    if (first.size() < text.size())
        shown += u'…';
    return u"<p style=\"white-space:pre-wrap\">"_s + shown.toHtmlEscaped() + u"</p>"_s;
}

QString withoutMnemonic(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

QString withoutPlaceholder(QString title)
{
    return title.replace(u"[*]"_s, u"[*][*]"_s);
}

QString shapeable(const QString &text, qsizetype max)
{
    constexpr qsizetype largeText = 10'000; // without places to wrap this takes a while
    const QString first = firstShapeable(text, max);
    return drawable(first, first.size() > largeText ? maxWordSize : maxShownCharacters);
}

QString sourceOf(const QString &shown, const QString &source, qsizetype from, qsizetype to)
{
    QString part;
    qsizetype at = 0; // in the source
    for (qsizetype i = 0; i < to && i < shown.size() && at < source.size(); ++i) {
        if (shown[i] == zeroWidthSpace && source[at] != zeroWidthSpace)
            continue;
        const bool isPair =
            source[at].isHighSurrogate() && at + 1 < source.size() && source[at + 1].isLowSurrogate();
        const bool isLineBreak = source[at] == u'\r' && at + 1 < source.size() && source[at + 1] == u'\n';
        // A pair is two in what is shown as well, unless something stands in for it.
        const bool isReplaced = isPair && shown[i] == QChar::ReplacementCharacter;
        const qsizetype size = isReplaced || isLineBreak ? 2 : 1;
        if (i >= from)
            part += QStringView(source).sliced(at, size);
        at += size;
    }
    return part;
}

QString wrappable(const QString &text, qsizetype maxWord)
{
    return drawable(firstShapeable(text, maxShownCharacters), maxWord);
}

QString cutNote(const QString &text, qsizetype max)
{
    const qsizetype shown = DraftValidator::codePoints(firstShapeable(text, max));
    const bool isHuge = text.size() > 4'000'000; // counting would take a while, and the number says enough
    const qsizetype all = isHuge ? text.size() : DraftValidator::codePoints(text);
    if (all <= shown)
        return {};
    const QLocale locale;
    return QCoreApplication::translate("TextTools", "The first %1 of %2 characters.")
        .arg(locale.toString(shown), locale.toString(all));
}

void addShortcutToToolTip(QAction *action)
{
    const QString tip = action->toolTip();
    const QKeySequence shortcut = action->shortcut();
    if (!shortcut.isEmpty())
        action->setToolTip(u"%1 (%2)"_s.arg(tip, shortcut.toString(QKeySequence::NativeText)));
}
