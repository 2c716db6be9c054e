// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usagequestion.h"

#include "edit/usedbyview.h"
#include "services/session.h"
#include "widgets/announcer.h"
#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QShowEvent>
#include <QVBoxLayout>

UsageQuestion::UsageQuestion(Session &session, const QString &applicationId, const Credential &credential)
    : m_session(session)
    , m_applicationId(applicationId)
    , m_credential(credential)
    , m_usedBy(new UsedByView(session.usages()))
    , m_column(new QVBoxLayout(this))
{
    auto *caption = new TonedLabel(TonedLabel::Tone::Quiet);
    caption->setText(tr("Used by"));
    auto *usage = new QVBoxLayout;
    usage->setSpacing(spacing(Space::Small, fontMetrics()));
    usage->addWidget(caption);
    usage->addWidget(m_usedBy);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(spacing(Space::Medium, fontMetrics()));
    m_column->addLayout(usage);
    connect(m_usedBy, &UsedByView::usageKnown, this, [this] {
        Announcer::announce(m_usedBy, m_usedBy->statusText());
        Q_EMIT usageKnown();
    });
}

QString UsageQuestion::productionText() const
{
    const Profile &profile = m_session.profile();
    return profile.isProduction ? tr("%1 is marked as production.").arg(quoted(profile.title(), 80))
                                : QString();
}

void UsageQuestion::addSentence(const QString &text)
{
    auto *label = new TonedLabel(TonedLabel::Tone::Plain);
    label->setText(text);
    addWidget(label);
}

void UsageQuestion::addWidget(QWidget *widget)
{
    m_column->addWidget(widget);
}

void UsageQuestion::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!event->spontaneous())
        m_usedBy->askAnew(m_applicationId, m_credential);
}
