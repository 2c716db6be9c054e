// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/credentialdialog.h"

#include "api/losantjson.h"
#include "domain/draftvalidator.h"
#include "edit/conflictprompt.h"
#include "edit/credentialform.h"
#include "edit/credentialheader.h"
#include "edit/notypepage.h"
#include "edit/publickeypage.h"
#include "edit/typechooser.h"
#include "edit/usagenotice.h"
#include "models/fieldtext.h"
#include "services/editpolicy.h"
#include "services/session.h"
#include "services/settingskeys.h"
#include "widgets/buttonguard.h"
#include "widgets/growingdialog.h"
#include "widgets/messagebanner.h"
#include "widgets/messagebox.h"
#include "widgets/scrollpane.h"
#include "widgets/taborder.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct RememberedSize
{
    QLatin1StringView key;
    QSize atFirst;
};

RememberedSize rememberedSize(ChangeWords::Change change)
{
    if (change == ChangeWords::Change::Create)
        return {SettingsKeys::credentialDialogSize, {920, 660}};
    if (change == ChangeWords::Change::Rotate)
        return {SettingsKeys::rotateDialogSize, {680, 460}};
    return {SettingsKeys::editDialogSize, {680, 660}};
}

} // namespace

CredentialDialog::CredentialDialog(CredentialService &service, const QString &applicationId,
                                   const QString &applicationName, QSettings &settings, QWidget *parent)
    : CredentialDialog(Change::Create, service, applicationId, applicationName, settings, parent)
{
    enter(State::Editing);
    m_chooser->focusSearch();
}

CredentialDialog::CredentialDialog(Change change, CredentialService &service, const QString &applicationId,
                                   const QString &applicationName, QSettings &settings, QWidget *parent)
    : ChangeDialog(ChangeWords(change), parent)
    , m_change(change)
    , m_service(service)
    , m_applicationId(applicationId)
    , m_applicationName(applicationName)
    , m_settings(settings)
    , m_form(new CredentialForm)
    , m_keyPage(new PublicKeyPage)
    , m_pages(new QStackedWidget)
{
    auto *upper = new QHBoxLayout;
    upper->setSpacing(18);
    if (change == Change::Create) {
        m_chooser = new TypeChooser;
        m_pages->addWidget(new NoTypePage);
        upper->addWidget(m_chooser);
        connect(m_chooser, &TypeChooser::chosen, this, &CredentialDialog::chooseType);
        connect(m_chooser, &TypeChooser::confirmed, m_form, &CredentialForm::focusFirst);
    } else {
        m_retry = banner().addButton(tr("Retry"));
        m_conflict = new ConflictPrompt(*m_form, banner(), guard(), words());
        connect(m_retry, &QPushButton::clicked, this, &CredentialDialog::load);
        connect(m_conflict, &ConflictPrompt::mineChosen, this, &CredentialDialog::saveAnyway);
        connect(m_conflict, &ConflictPrompt::theirsChosen, this, &CredentialDialog::showTheirs);
    }
    m_pages->addWidget(makeFormPage());
    m_pages->addWidget(m_keyPage);
    upper->addWidget(m_pages, 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addLayout(upper, 1);
    addFooter(*column, new QPushButton);
    addShortcuts();

    connect(m_form, &CredentialForm::edited, this, &CredentialDialog::edited);
    connect(m_form, &CredentialForm::problemSolved, this, &CredentialDialog::renewProblemList);

    const auto [key, atFirst] = rememberedSize(m_change);
    const QSize size = m_settings.value(key).toSize();
    resize((size.isValid() ? size : atFirst).boundedTo(GrowingDialog::roomFor(*this)));
}

CredentialDialog *CredentialDialog::edit(Session &session, const QString &applicationId,
                                         const QString &applicationName, const Credential &credential,
                                         QSettings &settings, QWidget *parent)
{
    return upon(Change::Edit, session, applicationId, applicationName, credential, settings, parent);
}

CredentialDialog *CredentialDialog::rotate(Session &session, const QString &applicationId,
                                           const QString &applicationName, const Credential &credential,
                                           QSettings &settings, QWidget *parent)
{
    return upon(Change::Rotate, session, applicationId, applicationName, credential, settings, parent);
}

CredentialDialog *CredentialDialog::upon(Change change, Session &session, const QString &applicationId,
                                         const QString &applicationName, const Credential &credential,
                                         QSettings &settings, QWidget *parent)
{
    auto *dialog =
        new CredentialDialog(change, session.credentials(), applicationId, applicationName, settings, parent);
    dialog->m_credential = credential;
    dialog->m_session = &session;
    if (session.profile().isProduction)
        dialog->confirmBeforeSending(session.profile().title());
    dialog->m_header->showCredential(credential);
    if (change == Change::Edit) {
        dialog->m_usage = new UsageNotice(session.usages());
        dialog->m_formPage->layout()->addWidget(dialog->m_usage);
        connect(dialog->m_usage, &UsageNotice::known, dialog, [dialog] {
            if (dialog->isEditing() && !dialog->isAsked())
                dialog->act();
        });
    }
    dialog->load();
    return dialog;
}

CredentialDialog::~CredentialDialog()
{
    CredentialDialog::wipe();
}

QWidget *CredentialDialog::makeFormPage()
{
    m_formPage = new QWidget;
    m_header = new CredentialHeader(m_applicationName);
    m_header->addLegend();
    auto *content = new QWidget;
    auto *contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 4, 10, 4);
    contentColumn->addWidget(m_form);
    contentColumn->addStretch();
    m_scrollArea = new ScrollPane;
    m_scrollArea->setFrameShape(QFrame::NoFrame);
    m_scrollArea->setFocusPolicy(Qt::NoFocus);
    m_scrollArea->setWidgetResizable(true);
    m_scrollArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scrollArea->setWidget(content);
    connect(m_form, &CredentialForm::reached, this, [this](QWidget *part) {
        // A banner that is shown or hidden just now changes the room that there is.
        QTimer::singleShot(0, part, [this, part] { m_scrollArea->ensureWidgetVisible(part, 0, 12); });
    });

    auto *column = new QVBoxLayout(m_formPage);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    column->addWidget(m_header);
    if (m_change == Change::Rotate) {
        auto *note = new TonedLabel(TonedLabel::Tone::Plain);
        note->setText(words().keyNote());
        column->addWidget(note);
    }
    column->addWidget(m_scrollArea, 1);
    return m_formPage;
}

void CredentialDialog::chooseType(const CredentialType &type)
{
    m_header->showType(type.key);
    m_form->setType(type);
    m_pages->setCurrentWidget(m_formPage);
    m_scrollArea->ensureVisible(0, 0);
}

void CredentialDialog::load()
{
    enter(State::Loading, tr("Loading the credential…"));
    m_load = m_service.get(m_applicationId, m_credential.id,
                           [this](const Result<Credential> &answer) { loaded(answer); });
}

void CredentialDialog::loaded(const Result<Credential> &answer)
{
    if (!answer || (!m_credential.type.isEmpty() && answer->type != m_credential.type)) { // it can't change
        loadFailed(answer ? ApiError{.kind = ApiError::Kind::Protocol, .httpStatus = 200} : answer.error());
        return;
    }
    m_credential = *answer;
    CredentialDraft draft = LosantJson::readDraft(m_credential);
    m_header->showCredential(m_credential);
    if (m_change == Change::Rotate) {
        draft.requireNewKey();
        if (draft.keyFields().empty()) {
            enter(State::Loading);
            banner().showMessage(words().keyUnknown());
            guard().setFocus(cancelButton());
            return;
        }
    }
    m_form->setDraft(draft);
    enter(State::Editing);
    m_form->focusFirst();
}

void CredentialDialog::loadFailed(const ApiError &error)
{
    enter(State::Loading); // until it is loaded
    banner().showMessage(words().loadFailed(error));
    if (error.kind == ApiError::Kind::NotFound)
        Q_EMIT outdated();
    m_retry->show();
    guard().setFocus(m_retry);
}

/// Qt's own order would lead astray: fields are made later than the buttons, and what hands its focus on to a
/// part of itself, such as an editor or the box of the buttons, would have to be moved along with that part.
bool CredentialDialog::focusNextPrevChild(bool next)
{
    QList<QWidget *> stops = (m_chooser ? m_chooser->tabStops() : QList<QWidget *>()) + m_form->tabStops();
    for (QWidget *part : findChildren<QWidget *>()) {
        if (!(m_chooser && m_chooser->isAncestorOf(part)) && !m_form->isAncestorOf(part))
            stops.append(part);
    }
    return moveFocus(*this, stops, next);
}

bool CredentialDialog::hasInput() const
{
    return m_form->hasInput();
}

void CredentialDialog::wipe()
{
    const QSignalBlocker blocker(m_form);
    m_form->wipeAll();
}

void CredentialDialog::act()
{
    if (m_chooser && !m_form->type()) {
        listProblems({});
        for (const DraftProblem &problem : DraftValidator::checkField({}, FieldId::type, {}))
            m_chooser->showProblem(problem.message);
        m_chooser->focusSearch();
        return;
    }
    if (m_conflict)
        m_conflict->forget();
    listProblems(m_form->check());
    if (m_listsProblems)
        return;
    if (m_usage && m_usage->waitForAnswer())
        return; // known() acts
    QStringList questions = m_form->questions();
    if (m_usage && !m_usage->question().isEmpty())
        questions += m_usage->usageText();
    if (m_productionTitle.isEmpty() && state() != State::Unknown && questions.isEmpty())
        send();
    else
        confirm(questions);
}

void CredentialDialog::confirm(QStringList details)
{
    stopLooking();
    const bool isOnceMore = state() == State::Unknown;
    const bool isProduction = !m_productionTitle.isEmpty();
    const QString useQuestion = m_usage ? m_usage->question() : QString();
    if (!useQuestion.isEmpty() && (isOnceMore || isProduction))
        details.prepend(useQuestion);
    if (isOnceMore)
        details += words().onceMoreDetails;
    if (isProduction)
        details += ChangeWords::inProduction(m_productionTitle, m_applicationName);
    const QString name = quoted(m_form->draft().value(FieldId::name), 80);
    const QString text = isOnceMore              ? words().onceMoreQuestion
                         : isProduction          ? words().productionQuestion.arg(name)
                         : useQuestion.isEmpty() ? words().secretQuestion.arg(name)
                                                 : useQuestion;
    auto *question = new MessageBox(QStyle::SP_MessageBoxWarning, text, details.join(u'\n'), this);
    question->addButton(isOnceMore              ? words().actionOnceMore
                        : isProduction          ? words().actionInProduction
                        : useQuestion.isEmpty() ? words().actionAnyway
                                                : m_usage->action(),
                        QDialogButtonBox::AcceptRole, [this] {
                            m_form->confirmQuestions();
                            send();
                        });
    question->addButton(tr("Keep editing"), QDialogButtonBox::RejectRole);
    question->open();
}

std::unique_ptr<CredentialChange> CredentialDialog::startChange(CredentialChange::Finished finished)
{
    m_userId = m_session && m_session->account() ? m_session->account()->id : QString();
    return m_change == Change::Create
               ? CredentialChange::create(m_service, m_applicationId, m_form->draft(), std::move(finished))
               : CredentialChange::edit(m_service, m_applicationId, m_form->draft(), m_userId,
                                        std::move(finished));
}

void CredentialDialog::finished(const ChangeOutcome &outcome)
{
    if (m_change == Change::Create)
        Q_EMIT created(outcome.credential);
    else
        Q_EMIT changed(outcome.credential);
    // No draft outlives its line: what is wiped next must not be shared.
    const bool lacksKey = EditPolicy::lacksNewKey(m_form->draft(), outcome.publicKey);
    if (!outcome.isAsMeant || lacksKey)
        sayDifference(outcome.credential, lacksKey);
    if (lacksKey || outcome.publicKey.isEmpty())
        accept();
    else
        showPublicKey(outcome);
}

/// The server has taken it, and made something else of it.
void CredentialDialog::sayDifference(const Credential &saved, bool lacksKey)
{
    QStringList lines = FieldText::differences(m_form->draft(), saved);
    if (lacksKey)
        lines += tr("It shows no new public key.");
    MessageBox::tell(QStyle::SP_MessageBoxWarning, words().difference(quoted(saved.name, 80), lines),
                     parentWidget());
}

void CredentialDialog::failed(const ChangeOutcome &outcome)
{
    const ApiError &error = outcome.error;
    const bool isGone = error.kind == ApiError::Kind::NotFound && m_change != Change::Create;
    const auto rest = error.kind == ApiError::Kind::Validation
                          ? m_form->showServerProblems(error.fieldProblems)
                          : error.fieldProblems;
    if (!error.fieldProblems.empty() && rest.empty())
        return; // all is said at the fields
    banner().showMessage(words().failure(outcome, rest));
    if (rest.size() == error.fieldProblems.size())
        guard().setFocus(isGone ? cancelButton() : actionButton());
    if (isGone)
        Q_EMIT outdated();
}

void CredentialDialog::conflicted(const Credential &theirs)
{
    m_conflict->show(theirs, m_userId, m_wasUnknown);
    guard().setFocus(cancelButton()); // who presses Enter once more loses nothing
    Q_EMIT outdated();
}

void CredentialDialog::saveAnyway()
{
    enter(State::Editing);
    if (m_form->hasChanges()) {
        act();
        return;
    }
    banner().showMessage(words().nothingLeft());
    guard().setFocus(cancelButton());
}

void CredentialDialog::showTheirs(bool isKeyLost)
{
    enter(State::Editing);
    m_form->focusFirst();
    if (isKeyLost)
        banner().showMessage(tr("What you typed of the key was dropped, since theirs is another one."));
}

void CredentialDialog::showPublicKey(const ChangeOutcome &outcome)
{
    const QString name = quoted(outcome.credential.name);
    m_keyPage->showKey(m_change == Change::Create ? tr("Created %1").arg(name) : tr("Saved %1").arg(name),
                       *m_form->type(), outcome.publicKey);
    m_pages->setCurrentWidget(m_keyPage);
    guard().setFocus(doneButton());
}

void CredentialDialog::edited()
{
    stopLooking();
    if (m_usage && isEditing()) {
        guard().setEnabled(actionButton(), m_form->hasChanges());
        m_usage->setDraft(m_applicationId, m_form->draft());
    }
    renewProblemList(); // fields may go
}

void CredentialDialog::stateEntered()
{
    const bool isDone = state() == State::Done;
    m_wasUnknown |= state() == State::Unknown;
    if (m_chooser) {
        m_chooser->setEnabled(isEditing());
        m_chooser->setVisible(!isDone);
    } else {
        m_retry->hide();
        m_conflict->forget();
        m_form->setVisible(state() != State::Loading);
        m_header->setLegendVisible(state() != State::Loading);
    }
    m_scrollArea->setEnabled(isEditing());
    if (m_usage)
        m_usage->setEnabled(isEditing());
    if (m_change == Change::Edit)
        guard().setEnabled(actionButton(), isEditing() && m_form->hasChanges());
}

void CredentialDialog::showUnknownText()
{
    if (!m_listsProblems)
        ChangeDialog::showUnknownText();
}

void CredentialDialog::renewProblemList()
{
    if (!m_listsProblems)
        return;
    if (QGuiApplication::mouseButtons() != Qt::NoButton) { // nothing moves between press and release
        QTimer::singleShot(20, this, &CredentialDialog::renewProblemList);
        return;
    }
    listProblems(m_form->blockingFields());
}

/// Says which fields block, if any.
void CredentialDialog::listProblems(const QStringList &fields)
{
    m_listsProblems = !fields.isEmpty();
    const QString names = fields.join(", "_L1);
    const bool isUnknown = state() == State::Unknown;
    if (m_listsProblems)
        banner().showMessage(isUnknown ? unknownText() + u'\n' + tr("Before that, look at: %1.").arg(names)
                                       : words().notYet.arg(names));
    else if (isUnknown)
        banner().showMessage(unknownText());
    else
        banner().hide();
}

void CredentialDialog::done(int result)
{
    m_settings.setValue(rememberedSize(m_change).key, size());
    m_load.reset();
    ChangeDialog::done(result);
}
