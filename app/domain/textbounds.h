// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Text from outside may be of any length. Before it is laid out, compared with others or told to assistive
/// technology, all of which may take a while for each character, it is cut to this many.
constexpr qsizetype maxShownCharacters = 32'000;
/// A name that is sorted or searched with many others.
constexpr qsizetype maxListedCharacters = 1'000;

/// The first characters of a text, counted as code points.
inline QString firstCharacters(const QString &text, qsizetype max = maxShownCharacters)
{
    if (text.size() <= max)
        return text;
    qsizetype end = 0;
    for (qsizetype count = 0; count < max && end < text.size(); ++count, ++end) {
        if (text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate())
            ++end;
    }
    return text.first(end);
}
