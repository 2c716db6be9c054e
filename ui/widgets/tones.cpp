// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tones.h"

#include <QIcon>
#include <QPainter>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace {

constexpr float maxSaturation = 0.72F;
constexpr qreal minContrast = 4.5;      ///< WCAG 2, level AA
constexpr qreal severityContrast = 5.0; ///< a little more

/// Relative luminance as WCAG defines it.
qreal luminance(const QColor &color)
{
    const auto linear = [](qreal c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

qreal contrast(const QColor &a, const QColor &b)
{
    const qreal one = luminance(a);
    const qreal other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

QColor mixed(const QColor &a, const QColor &b, qreal shareOfB)
{
    const auto mix = [shareOfB](float x, float y) { return float(x + (y - x) * shareOfB); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

/// With the worse of the palette's window and base.
qreal contrast(const QColor &color, const QPalette &palette)
{
    return std::min(contrast(color, palette.color(QPalette::Window)),
                    contrast(color, palette.color(QPalette::Base)));
}

/// Of a full turn.
float hueOf(Severity severity, const QColor &accent)
{
    switch (severity) {
    case Severity::Info:
        return accent.hslHueF();
    case Severity::Success:
        return 0.37F;
    case Severity::Warning:
        return 0.1F;
    case Severity::Error:
        return 0.0F;
    }
    Q_UNREACHABLE();
}

} // namespace

QColor severityColor(const QPalette &palette, Severity severity)
{
    const bool isDark =
        palette.color(QPalette::WindowText).lightnessF() > palette.color(QPalette::Window).lightnessF();
    const float towards = isDark ? 0.02F : -0.02F;
    QColor color = palette.color(QPalette::Link);
    const float hue = hueOf(severity, color);
    // A palette of greys stays one.
    const float saturation = std::min(color.hslSaturationF(), maxSaturation);
    for (float lightness = 0.5F; lightness >= 0 && lightness <= 1; lightness += towards) {
        color.setHslF(hue, saturation, lightness);
        if (contrast(color, palette) >= severityContrast)
            break;
    }
    return color;
}

QPixmap tintedPixmap(const QIcon &icon, const QColor &color, const QWidget &widget)
{
    const int size = widget.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &widget);
    QPixmap pixmap = icon.pixmap(QSize(size, size), widget.devicePixelRatioF());
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    return pixmap;
}

QColor quietTextColor(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::WindowText);
    for (int percent = 35; percent > 0; percent -= 5) {
        const QColor color = mixed(text, palette.color(QPalette::Window), percent / 100.0);
        if (contrast(color, palette) >= minContrast)
            return color;
    }
    return text;
}

QColor tintedBackground(const QPalette &palette, const QColor &tint, qreal share)
{
    return mixed(palette.color(QPalette::Window), tint, share);
}
