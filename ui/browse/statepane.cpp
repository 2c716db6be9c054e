// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/statepane.h"

#include "widgets/announcer.h"
#include "widgets/headinglabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/tonedlabel.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

StatePane::StatePane(QWidget *parent)
    : QWidget(parent)
    , m_icon(new PlainLabel)
    , m_title(new HeadingLabel)
    , m_text(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_buttons(new QHBoxLayout)
    , m_button(new QPushButton)
{
    m_title->setWordWrap(true);
    for (PlainLabel *label : {m_icon, m_title, static_cast<PlainLabel *>(m_text)})
        label->setAlignment(Qt::AlignHCenter);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(4);
    m_buttons->addStretch();
    m_buttons->addWidget(m_button);
    m_buttons->addStretch();
    layout->addLayout(m_buttons);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT actionChosen(m_state.action); });
}

void StatePane::showState(const StateMessage &state)
{
    m_state = state;
    m_title->setText(state.title);
    m_text->setText(state.text);
    m_button->setText(state.button);
    m_button->setVisible(!state.button.isEmpty());
    if (!m_otherButton && !state.otherButton.isEmpty()) {
        m_otherButton = new QPushButton;
        m_buttons->insertWidget(m_buttons->count() - 1, m_otherButton);
        connect(m_otherButton, &QPushButton::clicked, this,
                [this] { Q_EMIT actionChosen(m_state.otherAction); });
    }
    if (m_otherButton) {
        m_otherButton->setText(state.otherButton);
        m_otherButton->setVisible(!state.otherButton.isEmpty());
    }
    if (isVisible())
        updateIcon();
}

void StatePane::announce()
{
    Announcer::announce(this,
                        m_state.text.isEmpty() ? m_state.title : m_state.title + ". "_L1 + m_state.text);
}

void StatePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        Announcer::announce(this, {});
}

void StatePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateIcon();
}

void StatePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
}

void StatePane::updateIcon()
{
    if (!m_state.icon.isEmpty())
        m_icon->setPixmap(
            symbolicIcon(m_state.icon).pixmap(QSize(48, 48), devicePixelRatioF(), QIcon::Disabled));
}
