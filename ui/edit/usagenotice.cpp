// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usagenotice.h"

#include "edit/usedbyview.h"
#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QVBoxLayout>

#include <utility>

UsageNotice::UsageNotice(UsageCache &usages, QWidget *parent)
    : QWidget(parent), m_caption(new TonedLabel(TonedLabel::Tone::Plain)), m_usedBy(new UsedByView(usages))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(Space::Small, fontMetrics()));
    column->addWidget(m_caption);
    column->addWidget(m_usedBy);
    connect(
        m_usedBy, &UsedByView::usageKnown, this,
        [this] {
            if (std::exchange(m_isWaitedFor, false))
                Q_EMIT known();
        },
        Qt::QueuedConnection);
    hide();
}

void UsageNotice::setDraft(const QString &applicationId, const CredentialDraft &draft)
{
    m_isWaitedFor = false;
    m_hasAsked = m_hasAsked && draft.base()->name == m_name;
    m_name = draft.base()->name;
    m_newName = draft.value(FieldId::name);
    m_isRenamed = draft.isChanged(FieldId::name);
    m_isDisabled = draft.isChanged(FieldId::enabled) && draft.value(FieldId::enabled).isEmpty();
    m_caption->setText(m_isRenamed
                           ? tr("What uses it refers to it by its name, and will not find it under another:")
                           : tr("What uses it fails once it is disabled:"));
    const bool isMeant = m_isRenamed || m_isDisabled;
    setVisible(isMeant);
    if (!isMeant || m_hasAsked)
        return;
    m_hasAsked = true;
    m_usedBy->askAnew(applicationId, *draft.base());
}

QString UsageNotice::question() const
{
    if (isHidden() || (m_usedBy->usage() && m_usedBy->usage()->isUnused()))
        return {};
    return m_isRenamed
               ? tr("Rename %1 to %2? What uses it will not find it under the new name.")
                     .arg(quoted(m_name, 80), quoted(m_newName, 80))
               : tr("Disable %1? Every use of it fails until it is enabled again.").arg(quoted(m_name, 80));
}

bool UsageNotice::waitForAnswer()
{
    m_isWaitedFor = !isHidden() && m_usedBy->isAsking();
    return m_isWaitedFor;
}

QString UsageNotice::action() const
{
    return m_isRenamed ? tr("Rename") : tr("Disable");
}

QString UsageNotice::usageText() const
{
    return m_usedBy->statusText();
}
