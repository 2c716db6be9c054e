// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plainlabel.h"

/// The title of a page, a dialog or a part of one, in larger letters.
class HeadingLabel : public PlainLabel
{
    Q_OBJECT

public:
    explicit HeadingLabel(const QString &text = {}, QWidget *parent = nullptr);
};
