// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/foldedtext.h"

#include <QHash>

#include <cstring>

using namespace Qt::StringLiterals;

namespace {

/// The first byte of what restores a text: the text itself follows, or a bit for each byte of the folded one
/// that was a capital, and then Exceptions with their original bytes.
enum Way : char { Whole, Differences };

/// Bytes of the folded text that stand for others.
struct Exception
{
    quint16 place = 0;
    quint8 foldedSize = 0;
    quint8 originalSize = 0;
};
constexpr qsizetype maxPlace = 0xffff;

/// Letters with a stroke, which Unicode does not take apart into a letter and an accent.
char32_t withoutStroke(char32_t character)
{
    switch (character) {
    case U'đ':
    case U'ð':
        return U'd';
    case U'ħ':
        return U'h';
    case U'ı':
        return U'i';
    case U'ł':
        return U'l';
    case U'ø':
        return U'o';
    case U'ŧ':
        return U't';
    default:
        return character;
    }
}

/// Of one character; most marks come to nothing. A text is folded character by character, as what stands
/// around one makes no difference once the marks are gone.
QByteArray folded(char32_t character)
{
    const QString decomposed = QString::fromUcs4(&character, 1)
                                   .normalized(QString::NormalizationForm_KD)
                                   .toCaseFolded()
                                   .replace(u'ß', "ss"_L1)
                                   .normalized(QString::NormalizationForm_KD);
    QString kept;
    for (const char32_t part : decomposed.toUcs4()) {
        if (QChar::category(part) != QChar::Mark_NonSpacing)
            kept += QChar::fromUcs4(withoutStroke(part));
    }
    return kept.toUtf8();
}

char32_t lowerCase(char32_t character)
{
    return character >= U'A' && character <= U'Z' ? character + (U'a' - U'A') : character;
}

/// Calls `take` with each character and what it is folded to.
template<typename Take>
void foldEach(QStringView text, Take take)
{
    thread_local QHash<char32_t, QByteArray> others;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t character = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            character = QChar::surrogateToUcs4(text[i], text[i + 1]);
        i += character > 0xFFFF ? 1 : 0;
        if (character < 0x80) {
            const char lower = character == U'\n' ? ' ' : char(lowerCase(character));
            take(character, QByteArrayView(&lower, 1));
            continue;
        }
        auto found = others.constFind(character);
        if (found == others.constEnd())
            found = others.insert(character, folded(character));
        take(character, QByteArrayView(*found));
    }
}

} // namespace

QByteArray foldedText(QStringView text)
{
    QByteArray result;
    result.reserve(text.size() + text.size() / 2);
    foldEach(text, [&result](char32_t, QByteArrayView folded) { result += folded; });
    return result;
}

QByteArray restoringBytes(QStringView text, QByteArrayView folded)
{
    const QByteArray whole = text.toUtf8();
    if (whole == folded)
        return {};
    QByteArray capitals((folded.size() + 7) / 8, '\0');
    QByteArray exceptions;
    qsizetype place = 0;
    foldEach(text, [&](char32_t character, QByteArrayView part) {
        if (character < 0x80 && lowerCase(character) == char32_t(part.front())) {
            if (lowerCase(character) != character)
                capitals[place / 8] = char(capitals[place / 8] | 1 << place % 8);
        } else if (const QByteArray original = QString::fromUcs4(&character, 1).toUtf8(); original != part) {
            const Exception exception{.place = quint16(place),
                                      .foldedSize = quint8(part.size()),
                                      .originalSize = quint8(original.size())};
            exceptions.append(reinterpret_cast<const char *>(&exception), sizeof exception);
            exceptions += original;
        }
        place += part.size();
    });
    if (folded.size() > maxPlace || capitals.size() + exceptions.size() >= whole.size())
        return char(Whole) + whole;
    return char(Differences) + capitals + exceptions;
}

QString restoredText(QByteArrayView folded, QByteArrayView restoring)
{
    if (restoring.isEmpty())
        return QString::fromUtf8(folded);
    const QByteArrayView bytes = restoring.sliced(1);
    if (restoring.front() == Whole)
        return QString::fromUtf8(bytes);

    QByteArray text;
    text.reserve(folded.size() + bytes.size());
    qsizetype place = 0;
    const auto copyUntil = [&](qsizetype end) {
        for (; place < end; ++place)
            text += (bytes[place / 8] >> place % 8 & 1) ? char(folded[place] & ~0x20) : folded[place];
    };
    for (qsizetype next = (folded.size() + 7) / 8; next < bytes.size();) {
        Exception exception;
        std::memcpy(&exception, bytes.data() + next, sizeof exception);
        next += qsizetype(sizeof exception);
        copyUntil(exception.place);
        text += bytes.sliced(next, exception.originalSize);
        next += exception.originalSize;
        place += exception.foldedSize;
    }
    copyUntil(folded.size());
    return QString::fromUtf8(text);
}
