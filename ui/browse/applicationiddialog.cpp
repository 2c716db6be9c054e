// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/applicationiddialog.h"

#include "domain/applicationid.h"
#include "widgets/buttonguard.h"
#include "widgets/lineedit.h"
#include "widgets/messagebanner.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ApplicationIdDialog::ApplicationIdDialog(QWidget *parent)
    : GrowingDialog(parent)
    , m_id(new LineEdit)
    , m_error(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
{
    new ButtonGuard(this);
    setWindowTitle(tr("Open an application"));
    m_id->setAccessibleName(tr("Application ID"));
    m_id->setPlaceholderText(u"575ec8687ae143cd83dc4a97"_s);
    auto *help = new TonedLabel(TonedLabel::Tone::Quiet);
    help->setText(
        tr("It is part of the address of the application's pages in the Losant console: what follows "
           "“/applications/”. The whole address will do, too."));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Application &ID"), m_id);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto *body = new QVBoxLayout;
    body->setSpacing(12);
    body->addLayout(form);
    body->addWidget(help);
    body->addWidget(m_error);
    body->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(makeBody(body), 1);
    column->addWidget(buttons);
    column->addStrut(widthOf(64));
    connect(m_id, &QLineEdit::textChanged, m_error, &QWidget::hide);
    connect(m_id, &LineEdit::refused, m_error, &MessageBanner::showMessage);
    connect(buttons, &QDialogButtonBox::accepted, this, &ApplicationIdDialog::tryToAccept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString ApplicationIdDialog::applicationId() const
{
    return applicationIdIn(m_id->text());
}

void ApplicationIdDialog::tryToAccept()
{
    if (!applicationId().isEmpty()) {
        accept();
        return;
    }
    m_error->showMessage(tr("An application ID is 24 digits from 0 to 9 and a to f."));
    m_id->setFocus();
    m_id->selectAll();
}
