// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QFontMetrics;

/// The sizes of text, each a share of the platform's font.
namespace TypeScale {

inline constexpr qreal title = 1.4;
inline constexpr qreal heading = 1.15;
inline constexpr qreal quiet = 0.92;

QFont scaled(QFont font, qreal share);

} // namespace TypeScale

/// The distances between parts, in sixteenths of the font's height, so that they grow with it.
enum class Space {
    Small = 4,
    Related = 8, ///< between things that belong together
    Medium = 12,
    Group = 16, ///< between groups of them
    Page = 24,  ///< around a page
};

/// In pixels.
int spacing(Space space, const QFontMetrics &metrics);
