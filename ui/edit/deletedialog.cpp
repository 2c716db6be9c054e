// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/deletedialog.h"

#include "edit/credentialheader.h"
#include "edit/usagequestion.h"
#include "edit/usedbyview.h"
#include "services/session.h"
#include "widgets/buttonguard.h"
#include "widgets/dangerbutton.h"
#include "widgets/lineedit.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

/// What is typed may differ in blanks, and in how a letter with an accent is composed.
QString comparable(const QString &name)
{
    return name.simplified().normalized(QString::NormalizationForm_C);
}

} // namespace

DeleteDialog::DeleteDialog(Session &session, const QString &applicationId, const QString &applicationName,
                           const Credential &credential, QWidget *parent)
    : ChangeDialog(ChangeWords(ChangeWords::Change::Delete), parent)
    , m_session(session)
    , m_applicationId(applicationId)
    , m_credential(credential)
    , m_usage(new UsageQuestion(session, applicationId, credential))
    , m_name(new LineEdit)
    , m_why(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_naming(makeNameField())
{
    auto *header = new CredentialHeader(applicationName);
    header->showQuestion(tr("Delete “%1”?").arg(quoted(credential.name)), credential);
    m_usage->addSentence(
        tr("Deleting it can't be undone: nobody can read its secret back. Every use of it fails "
           "from then on."));
    m_usage->addWidget(m_naming);
    QDialogButtonBox &buttons = addFooter(*layOut(header, m_usage), new DangerButton({}));
    if (credential.enabled != false)
        addDisableButton(buttons);
    checkAgainButton()->setToolTip(tr("Look whether it was deleted"));

    m_late.setSingleShot(true);
    m_late.setInterval(LoadingBar::usualDelays.bar);
    m_late.start();
    connect(&m_late, &QTimer::timeout, this, &DeleteDialog::updateParts);
    connect(m_usage, &UsageQuestion::usageKnown, this, &DeleteDialog::updateParts);
    enter(State::Editing);
    if (!m_naming->isHidden())
        m_name->setFocus();
    else
        cancelButton()->setFocus();
}

QWidget *DeleteDialog::makeNameField()
{
    m_name->setAccessibleName(tr("Name of the credential"));
    auto *label = new PlainLabel(tr("Name of the credential"));
    label->setBuddy(m_name);
    connect(m_name, &QLineEdit::textChanged, this, &DeleteDialog::updateParts);

    auto *naming = new QWidget;
    auto *column = new QVBoxLayout(naming);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(Space::Small, fontMetrics()));
    column->addWidget(label);
    column->addWidget(m_name);
    column->addWidget(m_why);
    return naming;
}

void DeleteDialog::addDisableButton(QDialogButtonBox &buttons)
{
    m_disable = buttons.addButton(tr("Disable instead"), QDialogButtonBox::ActionRole);
    m_disable->setToolTip(tr("Keep the credential, but let every use of it fail"));
    connect(m_disable, &QPushButton::clicked, this, [this] {
        const auto &usage = m_usage->usedBy().usage();
        const bool isUsageKnown = usage && (usage->isUsed() || usage->isUnused());
        done(Rejected);
        Q_EMIT disableWanted(isUsageKnown);
    });
}

QString DeleteDialog::whyNamed() const
{
    if (const QString production = m_usage->productionText(); !production.isEmpty())
        return tr("%1 Type the name to delete the credential.").arg(production);
    const auto &usage = m_usage->usedBy().usage();
    if (!usage)
        return m_late.isActive()
                   ? QString()
                   : tr("It is not known where it is used. Type its name to delete it all the same.");
    if (usage->isUnused())
        return {};
    return usage->isUsed()
               ? tr("It is in use. Type its name to delete it all the same.")
               : tr("It could not be found out whether it is used. Type its name to delete it all the "
                    "same.");
}

/// What has no name to type is named by its ID.
bool DeleteDialog::isNamed() const
{
    const QString name = comparable(m_credential.name);
    return comparable(m_name->text()) == (name.isEmpty() ? m_credential.id : name);
}

void DeleteDialog::updateParts()
{
    const bool isAsking = state() == State::Editing;
    const QString why = whyNamed();
    const bool isKnown = m_usage->usedBy().usage().has_value();
    const bool mustBeNamed = !why.isEmpty();
    const bool isNews = mustBeNamed != !m_naming->isHidden();
    if (isNews && !mustBeNamed && focusWidget() == m_name)
        cancelButton()->setFocus();
    m_why->setText(comparable(m_credential.name).isEmpty() && mustBeNamed
                       ? why + u' ' + tr("It has no name: type its ID, %1.").arg(quoted(m_credential.id, 80))
                       : why);
    m_naming->setVisible(mustBeNamed);
    m_naming->setEnabled(isAsking);
    if (isNews && mustBeNamed && focusWidget() == cancelButton())
        m_name->setFocus(); // or a blank in what is typed would press the button
    const bool mayDelete = isAsking && !m_credential.id.isEmpty() && (mustBeNamed ? isNamed() : isKnown);
    guard().setEnabled(actionButton(), mayDelete);
    if (isAsking)
        (mustBeNamed && mayDelete ? actionButton() : cancelButton())->setDefault(true);
}

std::unique_ptr<CredentialChange> DeleteDialog::startChange(CredentialChange::Finished finished)
{
    return CredentialChange::remove(m_session.credentials(), m_applicationId, m_credential,
                                    std::move(finished));
}

void DeleteDialog::finished(const ChangeOutcome &outcome)
{
    Q_EMIT deleted(outcome.credential);
    accept();
}

void DeleteDialog::failed(const ChangeOutcome &outcome)
{
    banner().showMessage(words().failure(outcome));
    guard().setFocus(cancelButton());
    if (outcome.error.kind == ApiError::Kind::NotFound)
        Q_EMIT outdated();
}

void DeleteDialog::stateEntered()
{
    const bool mayBeDone = state() == State::Unknown || state() == State::Done;
    actionButton()->setVisible(!mayBeDone);
    if (m_disable) {
        if (isVisible())
            guard().settle({m_disable});
        m_disable->setVisible(!mayBeDone);
        guard().setEnabled(m_disable, state() == State::Editing);
    }
    updateParts();
}
