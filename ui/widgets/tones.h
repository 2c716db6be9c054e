// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QPixmap>

class QIcon;
class QWidget;

/// A quiet variant of the text colour, for what is less important; readable on the
/// palette's window and base.
QColor quietTextColor(const QPalette &palette);

/// The window's background with a `share` (0 to 1) of the tint.
QColor tintedBackground(const QPalette &palette, const QColor &tint, qreal share);

enum class Severity { Info, Success, Warning, Error };

/// The colour of words and icons of this severity, as light or dark as it takes to be read on the palette's
/// window and base.
QColor severityColor(const QPalette &palette, Severity severity);

/// The icon at the style's small size, all in this colour, sharp on the widget's screen.
QPixmap tintedPixmap(const QIcon &icon, const QColor &color, const QWidget &widget);
