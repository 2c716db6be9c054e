// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tones.h"

#include <QIcon>
#include <QPainter>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace {

constexpr float attentionHue = 0.0F; ///< of warnings everywhere
constexpr float strongestSaturation = 0.72F;
constexpr qreal readableContrast = 5.0;

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

} // namespace

QColor attentionTextColor(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Window);
    const float towards =
        palette.color(QPalette::WindowText).lightnessF() > window.lightnessF() ? 0.02F : -0.02F;
    QColor color = palette.color(QPalette::Link);
    // A palette of greys stays one.
    const float saturation = std::min(color.hslSaturationF(), strongestSaturation);
    for (float lightness = 0.5F; lightness >= 0 && lightness <= 1; lightness += towards) {
        color.setHslF(attentionHue, saturation, lightness);
        if (contrast(color, window) >= readableContrast)
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
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35);
}

QColor tintedBackground(const QPalette &palette, const QColor &tint, qreal share)
{
    return mixed(palette.color(QPalette::Window), tint, share);
}
