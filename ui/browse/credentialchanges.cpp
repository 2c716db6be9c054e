// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialchanges.h"

#include "api/losantjson.h"
#include "browse/changebanner.h"
#include "edit/credentialdialog.h"
#include "edit/deletedialog.h"
#include "edit/disabledialog.h"
#include "models/applicationtreemodel.h"
#include "models/editconflict.h"
#include "services/session.h"
#include "widgets/messagebox.h"
#include "widgets/texttools.h"

#include <utility>

using namespace Qt::StringLiterals;
using Done = DoneBanner::Done;
using Remedy = ChangeBanner::Remedy;

CredentialChanges::CredentialChanges(Session &session, const ApplicationTreeModel &applications,
                                     QSettings &settings, ChangeBanner &banner, QWidget *page)
    : QObject(page)
    , m_session(session)
    , m_applications(applications)
    , m_settings(settings)
    , m_banner(banner)
    , m_page(page)
{
    connect(&banner, &ChangeBanner::retryClicked, this, [this] { run(Toggle(m_toggle)); });
    connect(&banner, &ChangeBanner::checkAgainClicked, this, &CredentialChanges::checkAgain);
    connect(&banner, &MessageBanner::closed, this, [this] {
        if (!m_isUnknown)
            return;
        forgetUnknown();
        Q_EMIT outdated(m_toggle.applicationId);
    });
}

CredentialChanges::~CredentialChanges() = default;

void CredentialChanges::setApplication(const QString &applicationId)
{
    if (applicationId == m_applicationId)
        return;
    m_applicationId = applicationId;
    withdrawUsage();
    if (!m_change)
        m_banner.hide();
}

bool CredentialChanges::isUnderWay() const
{
    return m_usage[0] || m_usage[1] || (m_change && !m_isUnknown);
}

QString CredentialChanges::obstacle() const
{
    if (isUnderWay())
        return tr("Another change is under way");
    return m_isUnknown
               ? tr("Find out first what became of the last change: check again, or close its message")
               : QString();
}

CredentialDraft CredentialChanges::draftOf(const Toggle &toggle)
{
    CredentialDraft draft = LosantJson::readDraft(toggle.credential);
    draft.set(FieldId::enabled, toggle.isEnabled ? u"true"_s : QString());
    return draft;
}

ChangeWords CredentialChanges::wordsOf(const Toggle &toggle)
{
    return ChangeWords(toggle.isEnabled ? ChangeWords::Change::Enable : ChangeWords::Change::Disable,
                       quoted(toggle.credential.name, 80));
}

QString CredentialChanges::applicationName(const QString &applicationId) const
{
    const Application *application = m_applications.find(applicationId);
    return application ? application->name : QString();
}

/// Without an event loop of its own, which would keep assistive technology waiting for the button.
void CredentialChanges::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CredentialChanges::create()
{
    auto *dialog = new CredentialDialog(m_session.credentials(), m_applicationId,
                                        applicationName(m_applicationId), m_settings, m_page);
    if (m_session.profile().isProduction)
        dialog->confirmBeforeSending(m_session.profile().title());
    connect(dialog, &CredentialDialog::created, this,
            [this, applicationId = m_applicationId](const Credential &credential) {
                Q_EMIT done({Done::Created, applicationId, credential});
            });
    open(dialog);
}

void CredentialChanges::edit(const QString &applicationId, const Credential &credential)
{
    openEditor(applicationId, CredentialDialog::edit(m_session, applicationId, applicationName(applicationId),
                                                     credential, m_settings, m_page));
}

void CredentialChanges::rotate(const QString &applicationId, const Credential &credential)
{
    openEditor(applicationId,
               CredentialDialog::rotate(m_session, applicationId, applicationName(applicationId), credential,
                                        m_settings, m_page));
}

void CredentialChanges::openEditor(const QString &applicationId, CredentialDialog *dialog)
{
    connect(dialog, &CredentialDialog::changed, this, [this, applicationId](const Credential &changed) {
        Q_EMIT done({Done::Saved, applicationId, changed});
    });
    connect(dialog, &CredentialDialog::outdated, this,
            [this, applicationId] { Q_EMIT outdated(applicationId); });
    open(dialog);
}

void CredentialChanges::remove(const QString &applicationId, const Credential &credential)
{
    const Toggle instead{applicationId, credential, false};
    auto *dialog =
        new DeleteDialog(m_session, applicationId, applicationName(applicationId), credential, m_page);
    connect(dialog, &DeleteDialog::deleted, this, [this, applicationId](const Credential &deleted) {
        Q_EMIT done({Done::Deleted, applicationId, deleted});
    });
    connect(dialog, &DeleteDialog::outdated, this, [this, applicationId] { Q_EMIT outdated(applicationId); });
    connect(dialog, &DeleteDialog::disableWanted, this, [this, instead](bool isUsageKnown) {
        if (isUsageKnown && !m_session.profile().isProduction)
            run(instead); // the dialog has just shown what uses it
        else
            begin(instead);
    });
    open(dialog);
}

void CredentialChanges::setEnabled(const QString &applicationId, const Credential &credential, bool isEnabled)
{
    begin({applicationId, credential, isEnabled});
}

void CredentialChanges::begin(const Toggle &toggle)
{
    const bool isProduction = m_session.profile().isProduction;
    if (toggle.isEnabled && isProduction)
        askBeforeEnabling(toggle);
    else if (toggle.isEnabled)
        run(toggle);
    else if (isProduction)
        askBeforeDisabling(toggle);
    else
        disableUnlessUsed(toggle);
}

/// What uses it is asked anew. Where that can't be found out it is disabled, since that can be undone.
void CredentialChanges::disableUnlessUsed(const Toggle &toggle)
{
    if (hasUnsavedWork())
        return;
    const CredentialUsage *known = m_session.usages().find(toggle.applicationId, toggle.credential);
    if (known && known->isUsed()) {
        askBeforeDisabling(toggle); // which asks anew itself
        return;
    }
    m_banner.hide();
    m_usage = m_session.usages().ask(toggle.applicationId, toggle.credential,
                                     [this, asked = toggle](const CredentialUsage &usage) mutable {
                                         const Toggle wanted = std::move(asked); // survives the call
                                         const bool isUsed = usage.isUsed();
                                         m_usage = {};
                                         if (!isUsed) {
                                             run(wanted);
                                             return;
                                         }
                                         m_afterwards = {};
                                         Q_EMIT underWayChanged();
                                         askBeforeDisabling(wanted);
                                     });
    Q_EMIT underWayChanged();
}

void CredentialChanges::askBeforeDisabling(const Toggle &toggle)
{
    auto *dialog = new DisableDialog(m_session, toggle.applicationId, applicationName(toggle.applicationId),
                                     toggle.credential, m_page);
    connect(dialog, &QDialog::accepted, this, [this, toggle] { run(toggle); });
    open(dialog);
}

void CredentialChanges::undo(const DoneBanner::Change &change)
{
    run({change.applicationId, change.credential, change.what == Done::Disabled});
}

void CredentialChanges::askBeforeEnabling(const Toggle &toggle)
{
    const ChangeWords words = wordsOf(toggle);
    auto *question = new MessageBox(
        QStyle::SP_MessageBoxWarning, words.productionQuestion.arg(quoted(toggle.credential.name, 80)),
        ChangeWords::inProduction(m_session.profile().title(), applicationName(toggle.applicationId)),
        m_page);
    question->addButton(words.actionInProduction, QDialogButtonBox::AcceptRole,
                        [this, toggle] { run(toggle); });
    question->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    question->open();
}

void CredentialChanges::run(const Toggle &toggle)
{
    if (hasUnsavedWork())
        return;
    m_toggle = toggle;
    m_banner.hide();
    m_change = CredentialChange::edit(m_session.credentials(), toggle.applicationId, draftOf(toggle),
                                      m_session.account().value_or(Account()).id,
                                      [this](const ChangeOutcome &outcome) { ended(outcome); });
    Q_EMIT underWayChanged();
}

/// Nothing was sent yet.
void CredentialChanges::withdrawUsage()
{
    if (!m_usage[0] && !m_usage[1])
        return;
    m_usage = {};
    m_afterwards = {};
    Q_EMIT underWayChanged();
}

void CredentialChanges::stop()
{
    withdrawUsage();
    if (!isUnderWay())
        return;
    m_change->cancel();
}

void CredentialChanges::giveUpWork(std::function<void()> then)
{
    if (!hasUnsavedWork()) {
        then();
        return;
    }
    m_afterwards = std::move(then);
    if (m_isUnknown)
        askToGiveUp(); // else once the outcome is there
}

void CredentialChanges::askToGiveUp()
{
    if (m_question)
        return;
    auto *question =
        new MessageBox(QStyle::SP_MessageBoxQuestion, wordsOf(m_toggle).closeQuestion, {}, m_page);
    question->addButton(tr("Close"), QDialogButtonBox::DestructiveRole, [this] {
        const auto afterwards = std::exchange(m_afterwards, {});
        forgetUnknown();
        if (afterwards)
            afterwards();
    });
    question->addButton(tr("Keep open"), QDialogButtonBox::RejectRole, [this] { m_afterwards = {}; });
    m_question = question;
    question->open();
}

void CredentialChanges::forgetUnknown()
{
    m_isUnknown = false;
    m_change.reset();
    m_banner.hide();
    Q_EMIT underWayChanged();
}

/// Whether what was found instead of what the page shows may come from ourselves.
bool CredentialChanges::mayBeOurs(const Credential &theirs) const
{
    const QString userId = m_session.account().value_or(Account()).id;
    return m_undecidedIds.contains(theirs.id) || userId.isEmpty() || theirs.lastUpdatedById.isEmpty() ||
           theirs.lastUpdatedById == userId;
}

void CredentialChanges::ended(const ChangeOutcome &outcome)
{
    const bool isUnknown = outcome.state == ChangeOutcome::State::Unknown;
    const auto afterwards = isUnknown ? nullptr : std::exchange(m_afterwards, {});
    const std::unique_ptr<CredentialChange> change = isUnknown ? nullptr : std::move(m_change);
    m_isUnknown = isUnknown;
    if (m_question && !isUnknown)
        m_question->done(QDialog::Rejected); // what it asks is known
    Q_EMIT underWayChanged();
    switch (outcome.state) {
    case ChangeOutcome::State::Done:
        m_undecidedIds.remove(m_toggle.credential.id);
        endedDone(outcome);
        if (afterwards)
            afterwards();
        break;
    case ChangeOutcome::State::NotDone:
        if (outcome.theirs)
            showConflict(*outcome.theirs);
        else
            showFailure(outcome);
        break;
    case ChangeOutcome::State::Unknown:
        m_undecidedIds.insert(m_toggle.credential.id);
        showUnknown(outcome);
        if (m_afterwards)
            askToGiveUp();
        break;
    }
}

void CredentialChanges::endedDone(const ChangeOutcome &outcome)
{
    m_banner.hide();
    DoneBanner::Change change{.what = m_toggle.isEnabled ? Done::Enabled : Done::Disabled,
                              .applicationId = m_toggle.applicationId,
                              .credential = outcome.credential};
    Credential &now = change.credential;
    if (!now.enabled)
        change.note = tr("The server's answer does not show it. Look at the details.");
    else if (!outcome.isAsMeant)
        change.note = tr("Something else about it is not as it was: somebody may have changed it at the same "
                         "moment. Look at the details.");
    if (now.enabled.value_or(m_toggle.isEnabled) == m_toggle.isEnabled) {
        now.enabled = m_toggle.isEnabled;
        Q_EMIT done(change);
        return;
    }
    m_toggle.credential = now;
    m_banner.showProblem(wordsOf(m_toggle).notTaken, Remedy::Retry);
    Q_EMIT outdated(m_toggle.applicationId);
}

/// Nothing was sent: the credential has been changed since the page was loaded.
void CredentialChanges::showConflict(const Credential &theirs)
{
    Q_EMIT outdated(m_toggle.applicationId);
    const ChangeWords words = wordsOf(m_toggle);
    const bool isOurs = mayBeOurs(theirs);
    const bool isAlready = theirs.enabled == m_toggle.isEnabled;
    QStringList details = EditConflict(draftOf(m_toggle), theirs).lines();
    if (details.isEmpty() && !isAlready)
        details += tr("What was changed does not show: it may be its secret.");
    auto *box = new MessageBox(isAlready ? QStyle::SP_MessageBoxInformation : QStyle::SP_MessageBoxWarning,
                               isAlready ? (isOurs ? words.alreadyByUs : words.alreadyByThem)
                                         : (isOurs ? words.changedByUs : words.changedByThem),
                               details.join(u'\n'), m_page);
    if (!isAlready)
        box->addButton(
            words.actionAnyway, QDialogButtonBox::AcceptRole,
            [this, again = Toggle{m_toggle.applicationId, theirs, m_toggle.isEnabled}] { run(again); });
    box->addButton(isAlready ? tr("OK") : tr("Cancel"), QDialogButtonBox::RejectRole);
    box->open();
}

void CredentialChanges::showFailure(const ChangeOutcome &outcome)
{
    const ApiError &error = outcome.error;
    if (error.kind == ApiError::Kind::NotFound && !error.urlIsSuspect) {
        m_banner.showProblem(tr("%1 is not there any more: somebody has deleted it.")
                                 .arg(quoted(m_toggle.credential.name, 80)),
                             Remedy::None);
        Q_EMIT outdated(m_toggle.applicationId);
    } else {
        m_banner.showProblem(wordsOf(m_toggle).failure(outcome), Remedy::Retry);
    }
}

void CredentialChanges::showUnknown(const ChangeOutcome &outcome)
{
    const ChangeWords words = wordsOf(m_toggle);
    const QString text = words.unknown(outcome);
    m_banner.showProblem(outcome.isStillLookedFor ? text + u'\n' + words.keepsLooking : text,
                         Remedy::CheckAgain);
}

void CredentialChanges::checkAgain()
{
    if (!m_isUnknown)
        return;
    m_banner.hide();
    m_isUnknown = false;
    m_change->checkAgain();
    Q_EMIT underWayChanged();
}
