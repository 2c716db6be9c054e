// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/disabledialog.h"

#include "edit/changewords.h"
#include "edit/credentialheader.h"
#include "edit/usagequestion.h"
#include "widgets/buttonguard.h"
#include "widgets/texttools.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

DisableDialog::DisableDialog(Session &session, const QString &applicationId, const QString &applicationName,
                             const Credential &credential, QWidget *parent)
    : GrowingDialog(parent)
{
    new ButtonGuard(this);
    const ChangeWords words(ChangeWords::Change::Disable, quoted(credential.name, 80));
    setWindowTitle(words.title);
    auto *header = new CredentialHeader(applicationName);
    header->showQuestion(tr("Disable “%1”?").arg(quoted(credential.name)), credential);
    auto *usage = new UsageQuestion(session, applicationId, credential);
    usage->addSentence(tr("Every use of it fails until it is enabled again."));
    if (const QString text = usage->productionText(); !text.isEmpty())
        usage->addSentence(text);

    auto *buttons = new QDialogButtonBox;
    QPushButton *disable = buttons->addButton(words.action, QDialogButtonBox::AcceptRole);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    disable->setToolTip(words.actionToolTip);
    connect(disable, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    layOut(header, usage)->addWidget(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
}
