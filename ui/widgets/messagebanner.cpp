// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebanner.h"

#include "widgets/announcer.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tones.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *banner = qobject_cast<MessageBanner *>(object);
    return banner ? new QAccessibleWidget(banner, QAccessible::AlertMessage) : nullptr;
}

} // namespace

MessageBanner::MessageBanner(const QString &name, QStyle::StandardPixmap icon, Tone tone)
    : m_icon(new PlainLabel), m_text(new PlainLabel), m_pixmap(icon), m_tone(tone)
{
    QAccessible::installFactory(makeAccessible); // once is enough, further calls do nothing
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAccessibleName(name);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_text->setMinimumWidth(1); // a word of 300 characters is no reason for a wider window

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    hide();
}

QPushButton *MessageBanner::addButton(const QString &text)
{
    auto *button = new QPushButton(text);
    layout()->addWidget(button);
    return button;
}

void MessageBanner::addCloseButton()
{
    auto *close = new QToolButton;
    close->setIcon(symbolicIcon(u"clear"_s));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close"));
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    layout()->addWidget(close);
}

void MessageBanner::showMessage(const QString &text)
{
    m_text->setMessage(text);
    showIcon();
    show();
    if (isVisible()) // else once it is
        Announcer::announce(this, text);
}

void MessageBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (isVisible() && (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange))
        showIcon();
}

void MessageBanner::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    if (!event->spontaneous())
        Announcer::announce(this, {});
}

void MessageBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor tint = m_tone == Tone::Attention ? severityColor(palette(), Severity::Error)
                                                  : palette().color(QPalette::Highlight);
    painter.setPen(tintedBackground(palette(), tint, 0.5));
    painter.setBrush(tintedBackground(palette(), tint, 0.12));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void MessageBanner::showIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(style()->standardIcon(m_pixmap, nullptr, this).pixmap(size));
}

void MessageBanner::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    if (!event->spontaneous())
        Announcer::announce(this, m_text->accessibleDescription());
}
