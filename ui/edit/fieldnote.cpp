// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/fieldnote.h"

#include "widgets/elidedlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tones.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

void keepPlace(QWidget *part)
{
    QSizePolicy policy = part->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    part->setSizePolicy(policy);
}

} // namespace

FieldNote::FieldNote(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_help(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_line(new QWidget)
    , m_icon(new PlainLabel)
    , m_message(new ElidedLabel(TonedLabel::Tone::Attention))
{
    m_message->setAccessibleName(name);
    auto *row = new QHBoxLayout(m_line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_message, 1);
    m_line->hide();
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    keepPlace(m_line);
    keepPlace(m_help);
    auto *place = new QGridLayout(this); // one over the other
    place->setContentsMargins(0, 0, 0, 0);
    place->addWidget(m_help, 0, 0);
    place->addWidget(m_line, 0, 0);
    place->setRowMinimumHeight(0, lineHeight());
}

int FieldNote::lineHeight() const
{
    return fontMetrics().height() + 4; // a button's as well
}

void FieldNote::setHelp(const QString &help)
{
    m_help->setText(help);
}

QString FieldNote::help() const
{
    return m_help->text();
}

void FieldNote::showMessage(Tone tone, const QString &message, const Offer &offer)
{
    m_tone = tone;
    m_message->setTone(tone == Tone::Plain ? TonedLabel::Tone::Plain : TonedLabel::Tone::Attention);
    m_message->setMessage(message);
    showIcon();
    show(offer);
    m_help->hide();
    m_line->show();
    fit();
}

void FieldNote::showIcon()
{
    const QIcon icon = symbolicIcon(m_tone == Tone::Plain ? u"info"_s : u"warning"_s);
    m_icon->setPixmap(tintedPixmap(icon, m_message->palette().color(QPalette::WindowText), *this));
}

void FieldNote::clearMessage()
{
    m_message->setMessage({});
    m_line->hide();
    m_help->show();
}

QString FieldNote::message() const
{
    return m_message->text();
}

QWidget *FieldNote::messageLabel() const
{
    return m_message;
}

/// The button stays where it is while what it offers is another thing, or it would lose focus and press.
void FieldNote::show(const Offer &offer)
{
    if (!m_offer && offer.text.isEmpty())
        return;
    if (!m_offer) {
        m_offer = new QPushButton;
        m_offer->setFixedHeight(lineHeight());
        m_offer->setMinimumWidth(fontMetrics().averageCharWidth() *
                                 6); // its text is no reason for a wider form
        static_cast<QHBoxLayout *>(m_line->layout())->addWidget(m_offer, 0, Qt::AlignTop);
        connect(m_offer, &QPushButton::clicked, this, &FieldNote::taken);
        Q_EMIT tabStopMade(m_offer);
    }
    m_offer->setText(withoutMnemonic(offer.text));
    m_offer->setToolTip(offer.toolTip);
    m_offer->setAccessibleDescription(offer.toolTip);
    m_offer->setVisible(!offer.text.isEmpty());
}

QList<QWidget *> FieldNote::tabStops() const
{
    QList<QWidget *> stops;
    for (QPushButton *button : {m_more, m_offer}) {
        if (button)
            stops.append(button);
    }
    return stops;
}

void FieldNote::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void FieldNote::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        static_cast<QGridLayout *>(layout())->setRowMinimumHeight(0, lineHeight());
        for (QPushButton *button : {m_more, m_offer}) {
            if (button)
                button->setFixedHeight(lineHeight());
        }
        fit();
    } else if (event->type() == QEvent::PaletteChange && !message().isEmpty()) {
        showIcon();
    }
}

/// Offers the whole message if there is more of it than has room beside the icon and what is offered.
void FieldNote::fit()
{
    if (message().isEmpty())
        return;
    const int spacing = m_line->layout()->spacing();
    int taken = m_icon->sizeHint().width() + spacing;
    if (m_offer && !m_offer->isHidden())
        taken += m_offer->sizeHint().width() + spacing;
    const bool isCut = !m_message->fitsInto({width() - taken, height()});
    if (isCut && !m_more) {
        m_more = new QPushButton(tr("More"));
        m_more->setFlat(true);
        m_more->setFixedHeight(lineHeight());
        m_more->setAccessibleDescription(m_message->accessibleName());
        m_more->setToolTip(tr("Show the whole message"));
        static_cast<QHBoxLayout *>(m_line->layout())->insertWidget(2, m_more, 0, Qt::AlignTop);
        connect(m_more, &QPushButton::clicked, this, &FieldNote::showWhole);
        Q_EMIT tabStopMade(m_more);
    }
    if (m_more)
        m_more->setVisible(isCut);
    m_message->setToolTip(isCut ? literalToolTip(message()) : QString());
}

void FieldNote::showWhole()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto *whole = new PlainLabel(message());
    whole->setWordWrap(true);
    whole->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *column = new QVBoxLayout(popup);
    column->addWidget(whole);
    const QSize size(width(), column->totalHeightForWidth(width()));
    const QRect screen = this->screen()->availableGeometry();
    QRect place(mapToGlobal(QPoint(0, 0)), size);
    if (place.bottom() > screen.bottom())
        place.moveBottom(screen.bottom());
    popup->setGeometry(place);
    popup->show();
    whole->setFocus(Qt::PopupFocusReason);
}
