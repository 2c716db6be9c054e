// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Text from outside may be of any length. Before it is laid out, compared with others or told to assistive
/// technology, all of which may take a while for each character, it is cut to this many.
constexpr qsizetype maxShownCharacters = 32'000;
/// A name that is sorted or searched with many others.
constexpr qsizetype maxListedCharacters = 1'000;

/// Where to cut a text so that nothing is cut in two that is drawn as one, such as an emoji or a letter with
/// its accents: at `end` or a little before it.
qsizetype graphemeStart(const QString &text, qsizetype end);

/// The first characters of a text, counted as code points; fewer if the last would be cut in two.
inline QString firstCharacters(const QString &text, qsizetype max = maxShownCharacters)
{
    if (text.size() <= max)
        return text;
    qsizetype end = 0;
    for (qsizetype count = 0; count < max && end < text.size(); ++count, ++end) {
        if (text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate())
            ++end;
    }
    return text.first(graphemeStart(text, end));
}
