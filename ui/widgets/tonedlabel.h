// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plainlabel.h"

/// A wrapping label in a colour of its own that follows the palette.
class TonedLabel : public PlainLabel
{
    Q_OBJECT

public:
    enum class Tone { Plain, Quiet, Warning, Attention };

    explicit TonedLabel(Tone tone, QWidget *parent = nullptr);

    void setTone(Tone tone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTone();

    Tone m_tone;
    bool m_isApplying = false;
};
