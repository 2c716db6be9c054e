// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tonedlabel.h"

#include "widgets/tones.h"

#include <QApplication>
#include <QEvent>

TonedLabel::TonedLabel(Tone tone, QWidget *parent) : PlainLabel(parent), m_tone(tone)
{
    setWordWrap(true);
    applyTone();
}

void TonedLabel::setTone(Tone tone)
{
    m_tone = tone;
    applyTone();
}

void TonedLabel::changeEvent(QEvent *event)
{
    PlainLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        applyTone();
}

void TonedLabel::applyTone()
{
    if (m_isApplying)
        return;
    m_isApplying = true;
    const QPalette inherited = parentWidget() ? parentWidget()->palette() : QApplication::palette(this);
    QPalette own;
    if (m_tone != Tone::Plain) {
        const QColor color = m_tone == Tone::Quiet     ? quietTextColor(inherited)
                             : m_tone == Tone::Warning ? severityColor(inherited, Severity::Warning)
                                                       : severityColor(inherited, Severity::Error);
        own.setColor(QPalette::Active, QPalette::WindowText, color);
        own.setColor(QPalette::Inactive, QPalette::WindowText, color);
    }
    setPalette(own);
    m_isApplying = false;
}
