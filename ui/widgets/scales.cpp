// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scales.h"

#include <QFontMetrics>

QFont TypeScale::scaled(QFont font, qreal share)
{
    if (font.pixelSize() > 0) // else it has none in points
        font.setPixelSize(qRound(font.pixelSize() * share));
    else
        font.setPointSizeF(font.pointSizeF() * share);
    return font;
}

int spacing(Space space, const QFontMetrics &metrics)
{
    return qRound(metrics.height() * int(space) / 16.0);
}
