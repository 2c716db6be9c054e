// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Without regard to case and accents, in UTF-8: two texts that a person takes for the same in a search are
/// the same. A line feed becomes a space.
QByteArray foldedText(QStringView text);

/// What makes the text of its folded one again, in few bytes.
QByteArray restoringBytes(QStringView text, QByteArrayView folded);
QString restoredText(QByteArrayView folded, QByteArrayView restoring);
