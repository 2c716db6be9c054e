// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

/// A wrapping plain-text label in a colour of its own that follows the palette, and whose text stays audible
/// when it has an accessible name: the accessible description is kept equal to it.
class TonedLabel : public QLabel
{
    Q_OBJECT

public:
    enum class Tone { Plain, Quiet, Attention };

    explicit TonedLabel(Tone tone, QWidget *parent = nullptr);

    void setTone(Tone tone);
    void setMessage(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTone();

    Tone m_tone;
    bool m_isApplying = false;
};
