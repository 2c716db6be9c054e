// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>

/// Text from outside in one short line: control characters made visible, no more than `maxLength` characters.
/// It stands alone, as a name in a cell does.
QString singleLine(const QString &text, qsizetype maxLength = 300);

/// The same within a sentence of ours, whose words stay where they are whatever the text holds: characters
/// that can't be seen, those that turn the direction of writing among them, read as ‹U+202E›, and what may be
/// written from right to left is isolated. Not for what is quoted already.
QString quoted(const QString &text, qsizetype maxLength = 300);

/// The first characters of a text, or fewer of what takes many times longer to be laid out than letters.
QString firstShapeable(const QString &text, qsizetype max);

/// As it can be drawn, with zero width spaces in what is drawn as one letter, where it is longer than any,
/// and in words longer than that.
QString drawable(const QString &text, qsizetype maxWord);

/// Whether an editor lays these texts, one behind the other, out within a few milliseconds. It has to show
/// each character as it is, while what is only shown is made drawable() first.
bool canBeEdited(std::initializer_list<QStringView> parts);
