// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/statepane.h"

#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

StatePane::StatePane(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_title(new QLabel), m_text(new QLabel), m_button(new QPushButton)
{
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.4);
    m_title->setFont(big);
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
    }
    m_icon->setAlignment(Qt::AlignHCenter);

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
    updateColors();
}

void StatePane::showState(const QString &icon, const QString &title, const QString &text,
                          const QString &buttonText)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    updateColors();
}

void StatePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColors();
}

void StatePane::updateColors()
{
    QPalette quiet = m_text->palette();
    if (const QColor color = quietTextColor(palette()); quiet.color(QPalette::WindowText) != color) {
        quiet.setColor(QPalette::WindowText, color);
        m_text->setPalette(quiet);
    }
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            symbolicIcon(m_iconName).pixmap(QSize(48, 48), devicePixelRatioF(), QIcon::Disabled));
}
