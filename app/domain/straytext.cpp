// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/straytext.h"

#include <QChar>
#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

using StrayText::Use;

enum class Sort {
    Invisible,
    Joiner,   // U+200C, U+200D: part of some scripts' words and of emoji
    Break,    // U+200B: part of the text of scripts without blanks between words
    Mark,     // direction, without an end
    Embed,    // direction, with an end
    Override, // direction, against what the characters have
    Selector, // picks a glyph for the character before it
    Tag,      // picks the flag of a region
    Blank,
    WideBlank, // the blank of texts in Chinese and Japanese
    LineBreak,
    Tab,
    Control,
    Quote,
    Dash,
    Bullet,
    FullWidth,
    Lost, // stands for something that was lost on the way
};

struct Range
{
    char32_t first;
    char32_t last;
    Sort sort;
    char16_t replacement; // 0: none
    const char *name;
};

// Sorted. C0 controls are told apart in sortOf().
constexpr Range ranges[] = {
    {0x007f, 0x0084, Sort::Control, 0, QT_TRANSLATE_NOOP("StrayText", "control character")},
    {0x0085, 0x0085, Sort::LineBreak, 0, QT_TRANSLATE_NOOP("StrayText", "line break")},
    {0x0086, 0x009f, Sort::Control, 0, QT_TRANSLATE_NOOP("StrayText", "control character")},
    {0x00a0, 0x00a0, Sort::Blank, u' ', QT_TRANSLATE_NOOP("StrayText", "no-break space")},
    {0x00ab, 0x00ab, Sort::Quote, u'"', QT_TRANSLATE_NOOP("StrayText", "typographic quote")},
    {0x00ad, 0x00ad, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "soft hyphen")},
    {0x00b4, 0x00b4, Sort::Quote, u'\'', QT_TRANSLATE_NOOP("StrayText", "acute accent")},
    {0x00b7, 0x00b7, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x00bb, 0x00bb, Sort::Quote, u'"', QT_TRANSLATE_NOOP("StrayText", "typographic quote")},
    {0x034f, 0x034f, Sort::Joiner, 0, QT_TRANSLATE_NOOP("StrayText", "combining grapheme joiner")},
    {0x061c, 0x061c, Sort::Mark, 0, QT_TRANSLATE_NOOP("StrayText", "Arabic letter mark")},
    {0x115f, 0x1160, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "Hangul filler")},
    {0x1680, 0x1680, Sort::Blank, u' ', QT_TRANSLATE_NOOP("StrayText", "odd blank")},
    {0x17b4, 0x17b5, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible vowel")},
    {0x180b, 0x180d, Sort::Selector, 0, QT_TRANSLATE_NOOP("StrayText", "variation selector")},
    {0x180e, 0x180e, Sort::Joiner, 0, QT_TRANSLATE_NOOP("StrayText", "Mongolian vowel separator")},
    {0x180f, 0x180f, Sort::Selector, 0, QT_TRANSLATE_NOOP("StrayText", "variation selector")},
    {0x2000, 0x200a, Sort::Blank, u' ', QT_TRANSLATE_NOOP("StrayText", "odd blank")},
    {0x200b, 0x200b, Sort::Break, 0, QT_TRANSLATE_NOOP("StrayText", "zero width space")},
    {0x200c, 0x200c, Sort::Joiner, 0, QT_TRANSLATE_NOOP("StrayText", "zero width non-joiner")},
    {0x200d, 0x200d, Sort::Joiner, 0, QT_TRANSLATE_NOOP("StrayText", "zero width joiner")},
    {0x200e, 0x200e, Sort::Mark, 0, QT_TRANSLATE_NOOP("StrayText", "left-to-right mark")},
    {0x200f, 0x200f, Sort::Mark, 0, QT_TRANSLATE_NOOP("StrayText", "right-to-left mark")},
    {0x2010, 0x2015, Sort::Dash, u'-', QT_TRANSLATE_NOOP("StrayText", "typographic dash")},
    {0x2018, 0x201b, Sort::Quote, u'\'', QT_TRANSLATE_NOOP("StrayText", "typographic quote")},
    {0x201c, 0x201f, Sort::Quote, u'"', QT_TRANSLATE_NOOP("StrayText", "typographic quote")},
    {0x2022, 0x2023, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x2026, 0x2026, Sort::Lost, 0,
     QT_TRANSLATE_NOOP("StrayText", "ellipsis, which stands for a part that is missing")},
    {0x2028, 0x2029, Sort::LineBreak, 0, QT_TRANSLATE_NOOP("StrayText", "line break")},
    {0x202a, 0x202b, Sort::Embed, 0, QT_TRANSLATE_NOOP("StrayText", "direction control")},
    {0x202c, 0x202c, Sort::Embed, 0, QT_TRANSLATE_NOOP("StrayText", "end of a direction control")},
    {0x202d, 0x202e, Sort::Override, 0, QT_TRANSLATE_NOOP("StrayText", "direction override")},
    {0x202f, 0x202f, Sort::Blank, u' ', QT_TRANSLATE_NOOP("StrayText", "narrow no-break space")},
    {0x2032, 0x2032, Sort::Quote, u'\'', QT_TRANSLATE_NOOP("StrayText", "prime")},
    {0x2033, 0x2033, Sort::Quote, u'"', QT_TRANSLATE_NOOP("StrayText", "prime")},
    {0x2039, 0x203a, Sort::Quote, u'\'', QT_TRANSLATE_NOOP("StrayText", "typographic quote")},
    {0x2043, 0x2043, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x205f, 0x205f, Sort::Blank, u' ', QT_TRANSLATE_NOOP("StrayText", "odd blank")},
    {0x2060, 0x2060, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "word joiner")},
    {0x2061, 0x2065, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible operator")},
    {0x2066, 0x2068, Sort::Embed, 0, QT_TRANSLATE_NOOP("StrayText", "direction control")},
    {0x2069, 0x2069, Sort::Embed, 0, QT_TRANSLATE_NOOP("StrayText", "end of a direction control")},
    {0x206a, 0x206f, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible control")},
    {0x2212, 0x2212, Sort::Dash, u'-', QT_TRANSLATE_NOOP("StrayText", "minus sign")},
    {0x2219, 0x2219, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x22c5, 0x22c5, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x25aa, 0x25aa, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x25cf, 0x25cf, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x25e6, 0x25e6, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x26ab, 0x26ab, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x2800, 0x2800, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "blank Braille pattern")},
    {0x2b24, 0x2b24, Sort::Bullet, 0, QT_TRANSLATE_NOOP("StrayText", "bullet")},
    {0x3000, 0x3000, Sort::WideBlank, u' ', QT_TRANSLATE_NOOP("StrayText", "ideographic space")},
    {0x3164, 0x3164, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "Hangul filler")},
    {0xd800, 0xdfff, Sort::Lost, 0, QT_TRANSLATE_NOOP("StrayText", "half of a character")},
    {0xe000, 0xf8ff, Sort::Lost, 0, QT_TRANSLATE_NOOP("StrayText", "character without a meaning")},
    {0xfdd0, 0xfdef, Sort::Control, 0, QT_TRANSLATE_NOOP("StrayText", "character without a meaning")},
    {0xfe00, 0xfe0f, Sort::Selector, 0, QT_TRANSLATE_NOOP("StrayText", "variation selector")},
    {0xfeff, 0xfeff, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "byte order mark")},
    {0xff01, 0xff5e, Sort::FullWidth, 0, QT_TRANSLATE_NOOP("StrayText", "full-width character")},
    {0xffa0, 0xffa0, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "Hangul filler")},
    {0xfff9, 0xfffb, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible control")},
    {0xfffc, 0xfffd, Sort::Lost, 0,
     QT_TRANSLATE_NOOP("StrayText", "replacement of a character that was lost")},
    {0xfffe, 0xffff, Sort::Control, 0, QT_TRANSLATE_NOOP("StrayText", "character without a meaning")},
    {0x1bca0, 0x1bca3, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible control")},
    {0x1d173, 0x1d17a, Sort::Invisible, 0, QT_TRANSLATE_NOOP("StrayText", "invisible control")},
    {0xe0000, 0xe007f, Sort::Tag, 0, QT_TRANSLATE_NOOP("StrayText", "tag character")},
    {0xe0100, 0xe01ef, Sort::Selector, 0, QT_TRANSLATE_NOOP("StrayText", "variation selector")},
};
static_assert(std::ranges::is_sorted(ranges, {}, &Range::first));

constexpr Range tab{0x09, 0x09, Sort::Tab, u' ', QT_TRANSLATE_NOOP("StrayText", "tab")};
constexpr Range lineBreak{0x0a, 0x0d, Sort::LineBreak, u' ', QT_TRANSLATE_NOOP("StrayText", "line break")};
constexpr Range control{0x00, 0x1f, Sort::Control, 0, QT_TRANSLATE_NOOP("StrayText", "control character")};

const Range *rangeOf(char32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return nullptr;
    if (c < 0x20)
        return c == 0x09 ? &tab : c == 0x0a || c == 0x0d ? &lineBreak : &control;
    const auto after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
    if (after == std::begin(ranges) || c > std::prev(after)->last)
        return nullptr;
    return std::prev(after);
}

bool isLetterOf(char32_t c, std::initializer_list<QChar::Script> scripts)
{
    return (QChar::isLetter(c) || QChar::isMark(c)) &&
           std::ranges::find(scripts, QChar::script(c)) != scripts.end();
}

/// Scripts in which it matters whether letters join.
bool isJoining(char32_t c)
{
    return (QChar::isLetter(c) || QChar::isMark(c)) &&
           (isLetterOf(c, {QChar::Script_Arabic, QChar::Script_Syriac, QChar::Script_Mongolian,
                           QChar::Script_Nko, QChar::Script_Devanagari, QChar::Script_Bengali,
                           QChar::Script_Gurmukhi, QChar::Script_Gujarati, QChar::Script_Oriya,
                           QChar::Script_Tamil, QChar::Script_Telugu, QChar::Script_Kannada,
                           QChar::Script_Malayalam, QChar::Script_Sinhala, QChar::Script_Khmer,
                           QChar::Script_Myanmar, QChar::Script_Tibetan, QChar::Script_Hebrew}) ||
            QChar::script(c) == QChar::Script_Inherited);
}

bool isWithoutBlanks(char32_t c)
{
    return isLetterOf(c, {QChar::Script_Thai, QChar::Script_Lao, QChar::Script_Khmer, QChar::Script_Myanmar,
                          QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana,
                          QChar::Script_Tibetan, QChar::Script_Inherited});
}

bool isIdeographic(char32_t c)
{
    return isLetterOf(c, {QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana,
                          QChar::Script_Hangul, QChar::Script_Bopomofo}) ||
           (c >= 0x3001 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff5e);
}

bool isPictograph(char32_t c)
{
    return QChar::category(c) == QChar::Symbol_Other || (c >= 0x1f3fb && c <= 0x1f3ff) || c == 0xfe0f ||
           (c >= 0x1f000 && c < 0x20000);
}

/// A text's code points, one after the other, with those beside it.
class Reader
{
public:
    explicit Reader(QStringView text) : m_text(text) {}

    bool next()
    {
        m_position += m_size;
        if (m_position >= m_text.size())
            return false;
        m_previous = m_count >= 0 ? m_current : 0;
        ++m_count;
        m_current = at(m_position, &m_size);
        return true;
    }
    char32_t current() const { return m_current; }
    char32_t previous() const { return m_previous; } ///< 0: none
    char32_t following() const
    {
        int size = 0;
        return m_position + m_size < m_text.size() ? at(m_position + m_size, &size) : 0;
    }
    QStringView view() const { return m_text.sliced(m_position, m_size); }
    qsizetype count() const { return m_count; } ///< code points before this one

private:
    char32_t at(qsizetype position, int *size) const
    {
        const QChar c = m_text[position];
        *size = 1;
        if (!c.isHighSurrogate() || position + 1 >= m_text.size() || !m_text[position + 1].isLowSurrogate())
            return c.unicode();
        *size = 2;
        return QChar::surrogateToUcs4(c, m_text[position + 1]);
    }

    QStringView m_text;
    qsizetype m_position = 0;
    qsizetype m_count = -1;
    int m_size = 0;
    char32_t m_current = 0;
    char32_t m_previous = 0;
};

/// Tells what is stray in one text.
class Judge
{
public:
    Judge(QStringView text, Use use) : m_use(use)
    {
        if (isForPeople())
            lookAtDirection(text);
    }

    /// Has to be asked for every code point, in their order.
    const Range *stray(const Reader &reader)
    {
        const char32_t c = reader.current();
        const Range *range = rangeOf(c);
        const bool isStray =
            range && (isForPeople() ? isStrayToPeople(*range, reader) : isStrayInValue(*range));
        if (!range || !(range->sort == Sort::Tag && !isStray))
            m_isFlag = c == 0x1f3f4;
        if (range && (range->sort == Sort::Invisible || range->sort == Sort::Joiner))
            m_isFlag = false;
        return isStray ? range : nullptr;
    }

private:
    bool isForPeople() const { return m_use == Use::Name || m_use == Use::Prose; }
    bool isOfLines() const { return m_use == Use::Document || m_use == Use::Prose; }

    void lookAtDirection(QStringView text)
    {
        int depth = 0;
        for (const QChar c : text) {
            const ushort unicode = c.unicode();
            if (unicode < 0x590)
                continue;
            const QChar::Direction direction = c.direction();
            m_isRightToLeft |= (direction == QChar::DirR || direction == QChar::DirAL) && c.isLetter();
            const bool opens =
                unicode == 0x202a || unicode == 0x202b || (unicode >= 0x2066 && unicode <= 0x2068);
            const bool closes = unicode == 0x202c || unicode == 0x2069;
            depth += opens - closes;
            m_isBalanced &= depth >= 0;
        }
        m_isBalanced &= depth == 0;
    }

    bool isStrayInValue(const Range &range) const
    {
        return !(isOfLines() && (range.sort == Sort::LineBreak || range.sort == Sort::Tab));
    }

    bool isStrayToPeople(const Range &range, const Reader &reader) const
    {
        const char32_t before = reader.previous(), after = reader.following();
        switch (range.sort) {
        case Sort::Quote:
        case Sort::Dash:
        case Sort::Bullet:
        case Sort::FullWidth:
            return false;
        case Sort::Tab:
        case Sort::LineBreak:
            return !isOfLines();
        case Sort::Blank:
            return m_use == Use::Name;
        case Sort::WideBlank:
            return m_use == Use::Name && !isIdeographic(before) && !isIdeographic(after);
        case Sort::Lost:
            return range.first != 0x2026 && range.first != 0xe000;
        case Sort::Joiner:
            if (isJoining(before) || (range.first == 0x034f && QChar::isLetter(before)))
                return false;
            return range.first != 0x200d || !isPictograph(before) || !isPictograph(after);
        case Sort::Break:
            return !isWithoutBlanks(before) || !isWithoutBlanks(after);
        case Sort::Mark:
            return !m_isRightToLeft;
        case Sort::Embed:
            return !m_isRightToLeft || !m_isBalanced;
        case Sort::Selector: {
            const bool isKey = (before >= u'0' && before <= u'9') || before == u'#' || before == u'*';
            const Range *kind = rangeOf(before);
            return !isKey &&
                   (before < 0xa9 || (kind && kind->sort != Sort::Dash && kind->sort != Sort::Bullet &&
                                      kind->sort != Sort::FullWidth && kind->sort != Sort::Quote));
        }
        case Sort::Tag:
            return !m_isFlag;
        case Sort::Invisible:
            return !(range.first == 0x17b4 && isLetterOf(before, {QChar::Script_Khmer}));
        case Sort::Override:
        case Sort::Control:
            return true;
        }
        return true;
    }

    const Use m_use;
    bool m_isRightToLeft = false;
    bool m_isBalanced = true;
    bool m_isFlag = false; // within an emoji of a flag that tags go on with
};

bool isBeyondRepair(const Range &range)
{
    return range.sort == Sort::Lost;
}

bool isUnseen(char32_t c)
{
    if (c == u' ')
        return true;
    const Range *range = rangeOf(c);
    if (!range)
        return false;
    switch (range->sort) {
    case Sort::Quote:
    case Sort::Dash:
    case Sort::Bullet:
    case Sort::FullWidth:
    case Sort::Lost:
        return false;
    default:
        return true;
    }
}

/// Seen, or part of the character before it.
bool isTrimmed(char32_t c)
{
    const Range *range = rangeOf(c);
    return isUnseen(c) && !(range && (range->sort == Sort::Selector || range->sort == Sort::Tag));
}

/// “12th”, as the language has it.
QString ordinal(qsizetype n)
{
    const bool isTeen = n % 100 >= 11 && n % 100 <= 13;
    const int last = isTeen ? 0 : int(n % 10);
    const char *form = last == 1   ? QT_TRANSLATE_NOOP("StrayText", "%1st")
                       : last == 2 ? QT_TRANSLATE_NOOP("StrayText", "%1nd")
                       : last == 3 ? QT_TRANSLATE_NOOP("StrayText", "%1rd")
                                   : QT_TRANSLATE_NOOP("StrayText", "%1th");
    return QCoreApplication::translate("StrayText", form).arg(QLocale().toString(n));
}

} // namespace

std::optional<StrayText::Finding> StrayText::find(QStringView text, Use use)
{
    std::optional<Finding> found;
    Judge judge(text, use);
    Reader reader(text);
    qsizetype bullets = 0, asterisks = 0;
    while (reader.next()) {
        asterisks += reader.current() == u'*';
        const Range *range = judge.stray(reader);
        if (!range)
            continue;
        bullets += range->sort == Sort::Bullet;
        if (found)
            ++found->more;
        else
            found = {.codePoint = reader.current(), .before = reader.count(), .name = range->name};
        found->isRemovable |= !isBeyondRepair(*range);
    }
    constexpr int leastMask = 3;
    const bool isOfAsterisks = use == Use::Value && asterisks >= leastMask && asterisks == reader.count() + 1;
    if (isOfAsterisks && !found) {
        found = {
            .codePoint = u'*', .name = QT_TRANSLATE_NOOP("StrayText", "asterisk"), .more = asterisks - 1};
    }
    if (found && (bullets >= leastMask || isOfAsterisks)) {
        found->isMask = true;
        found->isRemovable = false;
    }
    return found;
}

QString StrayText::cleaned(QStringView text, Use use)
{
    QString result;
    result.reserve(text.size());
    Judge judge(text, use);
    Reader reader(text);
    while (reader.next()) {
        const Range *range = judge.stray(reader);
        if (!range || isBeyondRepair(*range)) {
            result += reader.view();
            continue;
        }
        const bool isForPeople = use == Use::Name || use == Use::Prose;
        switch (range->sort) {
        case Sort::Tab:
        case Sort::LineBreak:
            // A token that was wrapped is one word; a name that was wrapped is several.
            if (isForPeople && !result.endsWith(u' '))
                result += u' ';
            break;
        case Sort::FullWidth:
            result += QChar(char16_t(reader.current() - 0xff01 + u'!'));
            break;
        default:
            if (range->replacement)
                result += QChar(range->replacement);
            break;
        }
    }
    return result;
}

QString StrayText::named(const Finding &finding)
{
    const QString character = u"U+%1 "_s.arg(QString::number(finding.codePoint, 16).toUpper(), 4, u'0') +
                              QCoreApplication::translate("StrayText", finding.name);
    if (finding.before == 0)
        return QCoreApplication::translate("StrayText", "%1, at the start").arg(character);
    return QCoreApplication::translate("StrayText", "%1, after the %2 character")
        .arg(character, ordinal(finding.before));
}

bool StrayText::isBlank(QStringView text)
{
    Reader reader(text);
    while (reader.next()) {
        if (!isUnseen(reader.current()))
            return false;
    }
    return true;
}

QStringView StrayText::trimmed(QStringView text)
{
    const auto first = std::ranges::find_if_not(text, [](QChar c) { return isTrimmed(c.unicode()); });
    text = text.sliced(first - text.begin());
    // The only ones beyond the first plane are tags, selectors and what stands in music and shorthand.
    while (!text.isEmpty() && isTrimmed(text.back().unicode()))
        text.chop(1);
    return text;
}

QString StrayText::inOneLine(QStringView text)
{
    QString line;
    line.reserve(text.size());
    for (const QChar c : trimmed(text)) {
        const bool isBreak = (c >= u'\t' && c <= u'\r') || c == u'\u0085' || c == u'\u2028' || c == u'\u2029';
        if (!isBreak)
            line += c;
        else if (!line.endsWith(u' '))
            line += u' ';
    }
    return line;
}

QString StrayText::withoutUnseen(QStringView text)
{
    QString result;
    result.reserve(text.size());
    Reader reader(text);
    while (reader.next()) {
        if (!isUnseen(reader.current()))
            result += reader.view();
    }
    return result;
}
