// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dangerbutton.h"

#include "widgets/tones.h"

#include <QApplication>
#include <QEvent>

DangerButton::DangerButton(const QString &text, QWidget *parent) : QPushButton(text, parent)
{
    applyColor();
}

void DangerButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        applyColor();
}

void DangerButton::applyColor()
{
    if (m_isApplying)
        return;
    m_isApplying = true;
    const QPalette inherited = parentWidget() ? parentWidget()->palette() : QApplication::palette(this);
    QPalette own;
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        own.setColor(group, QPalette::ButtonText, severityColor(inherited, Severity::Error));
    setPalette(own);
    m_isApplying = false;
}
