// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

/// Characters that do not belong into a text, though they may be hard to see or can't be seen at all.
namespace StrayText {

/// What the text is for decides on what is stray in it.
enum class Use {
    Value,    ///< a secret, an ID, an address: one line that machines read
    Document, ///< the same, in lines
    Name,     ///< one line for people, of any language and with any emoji
    Prose,    ///< lines for people
};

/// What was found, without the text itself.
struct Finding
{
    char32_t codePoint = 0;
    qsizetype before = 0;       ///< code points before it
    const char *name = nullptr; ///< a source text in the translation context "StrayText"
    qsizetype more = 0;         ///< how many more there are
    bool isMask = false;        ///< these are the bullets or asterisks of a field that hides its text
    bool isRemovable = false;   ///< whether `cleaned()` does anything about them
};

/// The first stray character, or nothing.
std::optional<Finding> find(QStringView text, Use use);

/// The text without what is stray in it, or with what was probably meant in its place.
QString cleaned(QStringView text, Use use);

/// In the user's language, for example “U+200B zero width space, after the 12th character”.
QString named(const Finding &finding);

/// Whether there is nothing to be seen in the text.
bool isBlank(QStringView text);

/// The text without blanks, line breaks, control characters and characters that can't be seen at either end:
/// the one way in which the program treats what stands around a value.
QStringView trimmed(QStringView text);

/// Trimmed, and a line break or a tab within is a blank: what is to be found, or a name, pasted from lines.
QString inOneLine(QStringView text);

/// The text without blanks, line breaks and characters that can't be seen, wherever they are.
QString withoutUnseen(QStringView text);

} // namespace StrayText
