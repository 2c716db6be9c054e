// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/conflictprompt.h"

#include "edit/changewords.h"
#include "edit/credentialform.h"
#include "models/editconflict.h"
#include "widgets/buttonguard.h"
#include "widgets/messagebanner.h"

using namespace Qt::StringLiterals;

ConflictPrompt::ConflictPrompt(CredentialForm &form, MessageBanner &banner, ButtonGuard &guard,
                               const ChangeWords &words)
    : QObject(&banner)
    , m_form(form)
    , m_banner(banner)
    , m_guard(guard)
    , m_words(words)
    , m_saveAnyway(banner.addButton(words.actionAnyway))
    , m_loadTheirs(banner.addButton(tr("Load theirs")))
{
    m_saveAnyway->setToolTip(tr("Saves what you changed, upon what is there now"));
    m_loadTheirs->setToolTip(tr("Shows what is there now in the fields that both of you changed"));
    connect(m_saveAnyway, &QPushButton::clicked, this, &ConflictPrompt::takeMine);
    connect(m_loadTheirs, &QPushButton::clicked, this, &ConflictPrompt::takeTheirs);
    forget();
}

void ConflictPrompt::show(const Credential &theirs, const QString &userId, bool wasUnknown)
{
    m_theirs = theirs;
    const QStringList lines = EditConflict(m_form.draft(), theirs).lines();
    const bool isOurs =
        !userId.isEmpty() && theirs.lastUpdatedById == userId && theirs.lastUpdatedByType == "user"_L1;
    m_banner.showMessage(m_words.conflict(lines, isOurs, wasUnknown));
    m_saveAnyway->show();
    m_loadTheirs->show();
    m_guard.settle({m_saveAnyway, m_loadTheirs});
}

void ConflictPrompt::forget()
{
    m_theirs.reset();
    m_saveAnyway->hide();
    m_loadTheirs->hide();
}

void ConflictPrompt::takeMine()
{
    if (!m_theirs)
        return;
    m_form.setDraft(EditConflict(m_form.draft(), *m_theirs).withMine());
    Q_EMIT mineChosen();
}

void ConflictPrompt::takeTheirs()
{
    if (!m_theirs)
        return;
    const EditConflict conflict(m_form.draft(), *m_theirs);
    m_form.setDraft(conflict.withTheirs());
    Q_EMIT theirsChosen(conflict.isKeyLost());
}
