// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/waitingrow.h"

#include "widgets/loadingbar.h"
#include "widgets/plainlabel.h"

#include <QHBoxLayout>

WaitingRow::WaitingRow(const QString &name)
    : m_bar(new LoadingBar(name, LoadingBar::SlowText::Elsewhere)), m_label(new PlainLabel)
{
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * 26);
    m_label->setWordWrap(true);
    m_label->setMinimumHeight(2 * fontMetrics().lineSpacing());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_bar);
    row->addWidget(m_label, 1);
    connect(m_bar, &LoadingBar::slowChanged, this, &WaitingRow::updateLabel);
    connect(m_bar, &LoadingBar::stopClicked, this, &WaitingRow::stopClicked);
}

void WaitingRow::setText(const QString &text)
{
    m_text = text;
    m_bar->setBusy(!text.isEmpty());
    updateLabel();
}

void WaitingRow::updateLabel()
{
    m_label->setText(m_bar->isSlow() ? m_text + u' ' + LoadingBar::slowText() : m_text);
}
