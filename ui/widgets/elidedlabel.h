// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tonedlabel.h"

/// A wrapping label that asks for one line only, and cuts its text where its place ends. text() and what
/// assistive technology hears stay whole.
class ElidedLabel : public TonedLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(Tone tone, QWidget *parent = nullptr);

    /// Whether the whole text has room in a place of this size.
    bool fitsInto(QSize size) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return false; }

protected:
    void paintEvent(QPaintEvent *event) override;
};
