// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/showntext.h"

#include "domain/textbounds.h"

#include <QLocale>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar zeroWidthSpace(0x200b);

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

/// What stands for a control character in one line.
QChar pictureOf(QChar c)
{
    if (c.unicode() < 0x20)
        return QChar(0x2400 + c.unicode()); // the control pictures: ␀ to ␟
    if (c.unicode() == 0x7f)
        return QChar(0x2421);
    return c == QChar::LineSeparator || c == QChar::ParagraphSeparator ? QChar(0x2424) : c;
}

/// What can't be seen by itself, and may change what stands around it.
bool isUnseen(char32_t c)
{
    constexpr std::array<char32_t, 5> fillers = {0x034f, 0x115f, 0x1160, 0x3164, 0xffa0};
    return QChar::category(c) == QChar::Other_Format || (c >= 0x80 && c < 0xa0) ||
           std::ranges::find(fillers, c) != fillers.end();
}

constexpr char32_t blackFlag = 0x1f3f4; // with tags after it a region's

bool isTag(char32_t c)
{
    return c >= 0xe0020 && c <= 0xe007f;
}

/// Whether a character that can't be seen has its work between these two: it joins emoji, or parts letters of
/// scripts that join them.
bool joins(char32_t c, char32_t before, char32_t after)
{
    constexpr char32_t nonJoiner = 0x200c;
    constexpr char32_t joiner = 0x200d;
    constexpr char32_t firstJoined = 0x0590; // the scripts before need neither
    const auto isJoined = [](char32_t other) {
        return other >= firstJoined && !QChar::isSpace(other) &&
               QChar::category(other) != QChar::Other_Format;
    };
    if (isTag(c))
        return before == blackFlag || isTag(before);
    return (c == joiner || c == nonJoiner) && isJoined(before) && isJoined(after);
}

/// The code point that stands in the text at a position; 0 at the end.
char32_t codePointAt(QStringView text, qsizetype at)
{
    if (at >= text.size())
        return 0;
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode();
}

bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

} // namespace

qsizetype graphemeStart(const QString &text, qsizetype end)
{
    constexpr qsizetype maxLookBack = 4096; // for what comes before the last grapheme
    constexpr qsizetype maxGrapheme = 64;   // more is no letter, but a heap of accents, and may be cut
    if (end <= 0 || end >= text.size())
        return std::clamp<qsizetype>(end, 0, text.size());
    qsizetype begin = std::max<qsizetype>(0, end - maxLookBack);
    begin += text[begin].isLowSurrogate() && begin > 0 ? 1 : 0;
    // Half a pair would be no letter, and part a grapheme from what comes before it.
    const qsizetype after = std::min(end + 2, text.size());
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.constData() + begin, after - begin);
    finder.setPosition(end - begin);
    qsizetype start = begin + (finder.isAtBoundary() ? end - begin : finder.toPreviousBoundary());
    // What Qt 6.4 does not know of: the tags of a region's flag, which follow a black one, and CR LF.
    const qsizetype untagged = start;
    while (start >= 2 && isTag(codePointAt(text, start)))
        start -= 2;
    if (start < untagged && !isTag(codePointAt(text, start)) && codePointAt(text, start) != blackFlag)
        start = untagged;
    if (start > 0 && text[start] == u'\n' && text[start - 1] == u'\r')
        --start;
    return end - start <= maxGrapheme ? start : end;
}

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
    return text.first(graphemeStart(text, end));
}

QString drawable(const QString &text, qsizetype maxWord)
{
    constexpr int maxMarks = 30; // as in Unicode's stream-safe texts
    constexpr int partSize = 10; // of a word that is too long
    QString drawn;
    drawn.reserve(text.size());
    qsizetype word = 0;
    int marks = 0;
    forEachCodePoint(text, [&](char32_t c, qsizetype) {
        marks = isMark(c) ? marks + 1 : 0;
        word = QChar::isSpace(c) ? 0 : word + 1;
        if (marks > maxMarks || (marks == 0 && word > maxWord && word % partSize == 0)) {
            drawn += zeroWidthSpace;
            marks = 0;
        }
        drawn += isUndrawable(c) ? QStringView(u"\ufffd") : QStringView(QChar::fromUcs4(c));
        return true;
    });
    return drawn;
}

bool canBeEdited(std::initializer_list<QStringView> parts)
{
    constexpr int maxCost = 80'000; // measured: at most some 20 ms in any editor
    constexpr int costOfLine = 15;
    constexpr int usualMarks = 4; // on a letter
    constexpr int costOfMark = 40;
    constexpr int costOfRareLetter = 40;
    constexpr int costOfUndrawable = 80;
    constexpr qsizetype usualWord = 1000;
    constexpr int costInLongWord = 3;          // which is wrapped letter by letter
    constexpr char32_t firstWrapping = 0x2e80; // these scripts need no blanks
    int cost = 0;
    int marks = 0;
    qsizetype word = 0;
    for (const QStringView part : parts) {
        forEachCodePoint(part, [&](char32_t c, qsizetype) {
            marks = isMark(c) ? marks + 1 : 0;
            word = QChar::isSpace(c) || c >= firstWrapping ? 0 : word + 1;
            if (isUndrawable(c))
                cost += costOfUndrawable;
            else if (c > 0xffff)
                cost += costOfRareLetter;
            else if (marks > usualMarks)
                cost += costOfMark;
            else if (c == U'\n' || c == U'\r' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
                cost += costOfLine;
            else
                cost += word > usualWord ? costInLongWord : 1;
            return cost <= maxCost;
        });
    }
    return cost <= maxCost;
}

QString singleLine(const QString &text, qsizetype maxLength)
{
    const QString first = firstShapeable(text, maxLength);
    QString line = drawable(first, maxLength);
    for (QChar &c : line)
        c = pictureOf(c);
    if (first.size() < text.size())
        line += u'…';
    return line;
}

QString quoted(const QString &text, qsizetype maxLength)
{
    const QString first = firstShapeable(text, maxLength);
    QString line;
    line.reserve(first.size());
    bool turns = QLocale().textDirection() == Qt::RightToLeft;
    char32_t before = 0;
    forEachCodePoint(first, [&](char32_t c, qsizetype at) {
        const qsizetype size = QChar::requiresSurrogates(c) ? 2 : 1;
        if (isUnseen(c) && !joins(c, before, codePointAt(first, at + size))) {
            line += u"‹U+"_s + QString::number(c, 16).toUpper().rightJustified(4, u'0') + u'›';
            turns = true;
        } else {
            line += QChar::fromUcs4(c);
            turns = turns || isRightToLeft(c);
        }
        before = c;
        return true;
    });
    line = drawable(line, std::max(maxLength, line.size()));
    for (QChar &c : line)
        c = pictureOf(c);
    if (first.size() < text.size())
        line += u'…';
    constexpr QChar firstStrongIsolate(0x2068);
    constexpr QChar popDirectionalIsolate(0x2069);
    return turns ? firstStrongIsolate + line + popDirectionalIsolate : line;
}
