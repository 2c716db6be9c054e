// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/statepane.h"

#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/tonedlabel.h"

#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

StatePane::StatePane(QWidget *parent)
    : QWidget(parent)
    , m_icon(new PlainLabel)
    , m_title(new PlainLabel)
    , m_text(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_button(new QPushButton)
{
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.4);
    m_title->setFont(big);
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
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &StatePane::buttonClicked);
}

void StatePane::showState(const QString &icon, const QString &title, const QString &text,
                          const QString &buttonText)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    if (isVisible())
        updateIcon();
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
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            symbolicIcon(m_iconName).pixmap(QSize(48, 48), devicePixelRatioF(), QIcon::Disabled));
}
