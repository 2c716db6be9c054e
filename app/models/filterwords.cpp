// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filterwords.h"

#include <algorithm>

namespace {

constexpr QChar quotationMark = u'"';

bool isLetter(QChar c)
{
    const char16_t lower = c.unicode() | 0x20;
    return lower >= u'a' && lower <= u'z';
}

/// Behind `begin`, where `isIn` does not hold any more.
template<typename IsIn>
qsizetype endOf(QStringView text, qsizetype begin, IsIn isIn)
{
    return std::find_if_not(text.begin() + begin, text.end(), isIn) - text.begin();
}

bool isOfWord(QChar c)
{
    return !c.isSpace();
}

FilterKey keyOf(QStringView text)
{
    const auto found = std::ranges::find_if(
        filterKeys, [text](QLatin1StringView key) { return text.compare(key, Qt::CaseInsensitive) == 0; });
    return FilterKey(found - filterKeys.begin());
}

/// What a condition begins with, if the word is one.
void readKey(QStringView text, FilterWord &word)
{
    const qsizetype end = endOf(text, word.valueBegin, isLetter);
    if (end == text.size())
        return;
    const QStringView keyText = text.sliced(word.valueBegin, end - word.valueBegin);
    const QChar mark = text[end];
    const FilterKey key = keyOf(keyText);
    if (key == FilterKey::None) {
        const QStringView rest = text.sliced(end + 1, endOf(text, end + 1, isOfWord) - end - 1);
        const bool isMeantAsKey = mark == u':' && keyText.size() >= 2 && keyText.size() <= 12 &&
                                  !rest.startsWith(u'/') && !rest.contains(u':');
        if (!isMeantAsKey)
            return;
    } else if (mark != u':' && mark != u'<' && mark != u'>') {
        return;
    }
    word.keyText = keyText;
    word.key = key;
    word.mark = mark;
    word.valueBegin = end + 1;
}

void readValue(QStringView text, FilterWord &word)
{
    if (word.valueBegin < text.size() && text[word.valueBegin] == quotationMark) {
        ++word.valueBegin;
        const qsizetype end = text.indexOf(quotationMark, word.valueBegin);
        word.isQuoted = true;
        word.isClosed = end >= 0;
        word.value = text.sliced(word.valueBegin, (word.isClosed ? end : text.size()) - word.valueBegin);
        word.end = word.isClosed ? end + 1 : text.size();
        return;
    }
    word.end = endOf(text, word.valueBegin, isOfWord);
    word.value = text.sliced(word.valueBegin, word.end - word.valueBegin);
}

} // namespace

std::vector<FilterWord> filterWords(QStringView text)
{
    std::vector<FilterWord> words;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        FilterWord word{.begin = at, .valueBegin = at};
        if (text[at] == u'-' && at + 1 < text.size() && isOfWord(text[at + 1])) {
            word.isExcluded = true;
            ++word.valueBegin;
        }
        readKey(text, word);
        readValue(text, word);
        at = word.end;
        words.push_back(word);
    }
    return words;
}
