// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headinglabel.h"

#include "widgets/scales.h"

HeadingLabel::HeadingLabel(const QString &text, QWidget *parent) : PlainLabel(text, parent)
{
    setFont(TypeScale::scaled(font(), TypeScale::title));
}
