// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/createcredentialdialog.h"

#include "create/credentialform.h"
#include "create/publickeypage.h"
#include "create/typechooser.h"
#include "errortext.h"
#include "widgets/busybar.h"
#include "widgets/buttonguard.h"
#include "widgets/messagebanner.h"
#include "widgets/messagebox.h"
#include "widgets/scrollpane.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>
#include <ranges>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr auto sizeSetting = "createDialog/size"_L1;

} // namespace

CreateCredentialDialog::CreateCredentialDialog(CredentialService &service, const QString &applicationId,
                                               const QString &applicationName, QSettings &settings,
                                               QWidget *parent)
    : QDialog(parent)
    , m_service(service)
    , m_applicationId(applicationId)
    , m_applicationName(applicationName)
    , m_settings(settings)
    , m_chooser(new TypeChooser)
    , m_form(new CredentialForm)
    , m_keyPage(new PublicKeyPage)
    , m_pages(new QStackedWidget)
    , m_banner(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
    , m_guard(new ButtonGuard(this))
{
    setWindowTitle(tr("New credential"));
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makeFormPage());
    m_pages->addWidget(m_keyPage);
    m_checkAgain = m_banner->addButton(tr("Check again"));

    auto *upper = new QHBoxLayout;
    upper->setSpacing(18);
    upper->addWidget(m_chooser);
    upper->addWidget(m_pages, 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addLayout(upper, 1);
    column->addWidget(m_banner);
    column->addWidget(makeButtons());

    connect(m_chooser, &TypeChooser::chosen, this, &CreateCredentialDialog::chooseType);
    connect(m_chooser, &TypeChooser::confirmed, m_form, &CredentialForm::focusName);
    connect(m_form, &CredentialForm::edited, this, &CreateCredentialDialog::formEdited);
    connect(m_form, &CredentialForm::fieldsChanged, this, &CreateCredentialDialog::orderTabStops);
    connect(m_checkAgain, &QPushButton::clicked, this, &CreateCredentialDialog::checkAgain);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(key)), this);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, m_create, &QPushButton::click);
    }

    enter(State::Editing);
    m_chooser->focusSearch();
    const QSize size = m_settings.value(sizeSetting).toSize();
    resize((size.isValid() ? size : QSize(920, 660)).boundedTo(screen()->availableSize()));
}

CreateCredentialDialog::~CreateCredentialDialog()
{
    m_creation.reset(); // it may share what is overwritten
    m_form->wipeAll();
}

QWidget *CreateCredentialDialog::makeEmptyPage()
{
    m_emptyPage = new QWidget;
    auto *icon = new PlainLabel;
    icon->setPixmap(symbolicIcon(u"key"_s).pixmap(QSize(48, 48), devicePixelRatioF()));
    auto *title = new PlainLabel(tr("What is the credential for?"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    title->setFont(font);
    auto *hint = new TonedLabel(TonedLabel::Tone::Quiet);
    hint->setAlignment(Qt::AlignHCenter);
    hint->setText(
        tr("Choose a type on the left. Only its fields are then asked for; secrets go to Losant and can't be "
           "read back from there."));
    auto *column = new QVBoxLayout(m_emptyPage);
    const int margin = fontMetrics().averageCharWidth() * 10;
    column->setContentsMargins(margin, 0, margin, 0);
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addWidget(hint);
    column->addStretch(3);
    return m_emptyPage;
}

QWidget *CreateCredentialDialog::makeFormPage()
{
    m_formPage = new QWidget;
    m_typeIcon = new PlainLabel;
    m_typeName = new PlainLabel;
    QFont font = m_typeName->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    m_typeName->setFont(font);
    auto *application = new TonedLabel(TonedLabel::Tone::Quiet);
    application->setText(tr("In the application %1").arg(singleLine(m_applicationName, 120)));
    application->setVisible(!m_applicationName.isEmpty());

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_typeName);
    words->addWidget(application);
    auto *header = new QHBoxLayout;
    header->setSpacing(12);
    header->addWidget(m_typeIcon);
    header->addLayout(words, 1);

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
        // Messages that have just appeared get their room first.
        QTimer::singleShot(0, part, [this, part] { m_scrollArea->ensureWidgetVisible(part, 0, 12); });
    });

    auto *column = new QVBoxLayout(m_formPage);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    column->addLayout(header);
    column->addWidget(m_scrollArea, 1);
    return m_formPage;
}

QWidget *CreateCredentialDialog::makeButtons()
{
    m_progress = new BusyBar(tr("Creating"));
    m_progress->setFixedSize(fontMetrics().averageCharWidth() * 16, fontMetrics().height() / 2 + 2);
    m_status = new PlainLabel;

    auto *box = new QDialogButtonBox;
    m_create = box->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    m_cancel = box->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_done = box->addButton(tr("Done"), QDialogButtonBox::AcceptRole);
    m_create->setToolTip(
        tr("Create the credential (%1)")
            .arg(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText)));
    connect(m_create, &QPushButton::clicked, this, &CreateCredentialDialog::create);
    connect(m_cancel, &QPushButton::clicked, this, &CreateCredentialDialog::reject);
    connect(m_done, &QPushButton::clicked, this, &CreateCredentialDialog::accept);

    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_progress);
    row->addWidget(m_status);
    row->addStretch();
    row->addWidget(box);
    return bar;
}

void CreateCredentialDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    orderTabStops();
}

void CreateCredentialDialog::chooseType(const CredentialType &type)
{
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    m_typeIcon->setPixmap(credentialTypeIcon(type.key).pixmap(QSize(size, size), devicePixelRatioF()));
    m_typeName->setText(credentialTypeName(type.key));
    m_form->setType(type);
    m_pages->setCurrentWidget(m_formPage);
    m_scrollArea->ensureVisible(0, 0);
}

/// Fields that are made later than the buttons would come after them.
void CreateCredentialDialog::orderTabStops()
{
    const QList<QWidget *> stops = m_chooser->tabStops() + m_form->tabStops() +
                                   QList<QWidget *>{m_checkAgain, m_create, m_cancel, m_done};
    for (qsizetype i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
}

void CreateCredentialDialog::create()
{
    if (m_state != State::Editing && m_state != State::Unknown)
        return;
    const bool isUnknown = m_state == State::Unknown;
    if (isUnknown)
        m_banner->showMessage(m_unknownText); // and its button
    else
        m_banner->hide();
    m_listsProblems = false;
    if (!m_form->type()) {
        for (const DraftProblem &problem : DraftValidator::checkField({}, DraftProblem::typeField, {}))
            m_chooser->showProblem(problem.message);
        m_chooser->focusSearch();
        return;
    }
    if (const QStringList blocking = m_form->check(); !blocking.isEmpty()) {
        m_listsProblems = true;
        const QString fields = blocking.join(", "_L1);
        m_banner->showMessage(isUnknown ? m_unknownText + u'\n' + tr("Before that, look at: %1.").arg(fields)
                                        : tr("Not created yet. Please look at: %1.").arg(fields));
        return;
    }
    const QStringList questions = m_form->questions();
    if (m_productionTitle.isEmpty() && !isUnknown && questions.isEmpty())
        post();
    else
        confirm(questions);
}

void CreateCredentialDialog::confirm(const QStringList &questions)
{
    stopLooking();
    const bool isOnceMore = m_state == State::Unknown;
    const bool isProduction = !m_productionTitle.isEmpty();
    QStringList details = questions;
    if (isOnceMore)
        details +=
            tr("If it was, it is there twice then, or the server refuses the second one. “Check again” looks "
               "whether it is there by now.");
    if (isProduction)
        details += tr("%1 is marked as production. Workflows of %2 can use the credential at once.")
                       .arg(singleLine(m_productionTitle, 80), singleLine(m_applicationName, 80));
    const QString name = singleLine(m_form->draft().name, 80);
    const QString text = isOnceMore ? tr("It may have been created. Create it once more?")
                         : isProduction
                             ? tr("Create %1 in production?").arg(name)
                             : tr("Create %1, although a secret may be where all can read it?").arg(name);
    auto *question = new MessageBox(QStyle::SP_MessageBoxWarning, text, details.join(u'\n'), this);
    question->addButton(isOnceMore     ? tr("Create once more")
                        : isProduction ? tr("Create in production")
                                       : tr("Create anyway"),
                        QDialogButtonBox::AcceptRole, [this] {
                            m_form->confirmQuestions();
                            post();
                        });
    question->addButton(tr("Keep editing"), QDialogButtonBox::RejectRole);
    question->open();
}

void CreateCredentialDialog::post()
{
    m_wasCancelled = false;
    enter(State::Posting);
    m_creation = m_service.create(m_applicationId, m_form->draft(),
                                  [this](const CreateOutcome &outcome) { creationEnded(outcome); });
    connect(m_creation.get(), &CredentialCreation::answerLost, this, [this] { enter(State::LookingUp); });
}

void CreateCredentialDialog::creationEnded(const CreateOutcome &outcome)
{
    switch (outcome.state) {
    case CreateOutcome::State::Created:
        m_form->wipeAll();
        enter(State::Created);
        Q_EMIT created(outcome.credential);
        if (outcome.publicKey.isEmpty())
            accept();
        else
            showPublicKey(outcome);
        m_creation.reset(); // and with it the body that it sent
        break;
    case CreateOutcome::State::NotCreated:
        enter(State::Editing);
        showRefusal(outcome.error);
        break;
    case CreateOutcome::State::Unknown:
        enter(State::Unknown);
        showUnknown(outcome);
        Q_EMIT outcomeUnknown();
        break;
    }
    if (m_afterwards && outcome.state != CreateOutcome::State::Created)
        askToDiscard();
}

void CreateCredentialDialog::showRefusal(const ApiError &error)
{
    if (m_wasCancelled && error.httpStatus == 0) {
        m_banner->showMessage(tr("Cancelled before anything was sent. The credential was not created."));
        m_guard->setFocus(m_create);
        return;
    }
    if (error.kind == ApiError::Kind::Forbidden) {
        m_banner->showMessage(
            tr("The API token may show credentials here, but not create them. It needs the scope "
               "credentials.post or one that includes it: all.Application, all.Organization, "
               "all.User or credentials.*. What you typed stays."));
        m_guard->setFocus(m_create);
        return;
    }
    const auto rest = m_form->showServerProblems(error.fieldProblems);
    if (!error.fieldProblems.empty() && rest.empty())
        return; // all is said at the fields
    QString text = errorText(error);
    constexpr std::size_t maxListed = 10;
    for (const ApiError::FieldProblem &problem : rest | std::views::take(maxListed)) {
        text += u'\n' + (problem.field.isEmpty() ? QString() : singleLine(problem.field, 80) + ": "_L1) +
                singleLine(problem.message);
    }
    if (rest.size() > maxListed)
        text += u'\n' + tr("… and %n more", nullptr, int(rest.size() - maxListed));
    m_banner->showMessage(text);
    if (rest.size() == error.fieldProblems.size())
        m_guard->setFocus(m_create);
}

void CreateCredentialDialog::showUnknown(const CreateOutcome &outcome)
{
    const ApiError &error = outcome.error;
    QString text;
    if (outcome.hasNamesake)
        text =
            tr("It may have been created: there is a credential of this name and type, but its date does not "
               "tell whether it is this one. See that the date and time of this computer are right, then "
               "check again before you create it once more.");
    else if (m_wasCancelled)
        text =
            tr("It may have been created: you did not wait for the answer, and it was not found up to now. "
               "Check again before you create it once more.");
    else if (error.tokenRenewed)
        text = tr("It may have been created: it was sent before you signed in again, and whether it is there "
                  "could not be found out. Check again before you create it once more.");
    else if (error.httpStatus >= 300)
        text =
            tr("It may have been created: the server's answer does not tell, and it was not found up to now. "
               "Check again before you create it once more.");
    else
        text =
            tr("It may have been created: the answer was lost, and it was not found up to now. Check again "
               "before you create it once more.");
    const bool isRedirect = error.httpStatus >= 300 && error.httpStatus < 400;
    if (!error.tokenRenewed && (isRedirect || !error.serverMessage.isEmpty()))
        text += u'\n' + errorText(error);
    m_unknownText = text;
    m_banner->showMessage(outcome.isStillLookedFor ? text + u'\n' +
                                                         tr("The server can't be reached. Credenza keeps "
                                                            "looking by itself, until you change something.")
                                                   : text);
    m_guard->setFocus(m_checkAgain);
}

void CreateCredentialDialog::showPublicKey(const CreateOutcome &outcome)
{
    m_keyPage->showKey(outcome.credential.name, outcome.credential.type, outcome.publicKey);
    m_pages->setCurrentWidget(m_keyPage);
    m_guard->setFocus(m_done);
}

void CreateCredentialDialog::checkAgain()
{
    enter(State::LookingUp);
    m_creation->checkAgain();
}

void CreateCredentialDialog::formEdited()
{
    stopLooking();
    if (m_listsProblems && !m_form->hasProblems()) {
        m_listsProblems = false;
        if (m_state == State::Unknown)
            m_banner->showMessage(m_unknownText);
        else
            m_banner->hide();
    }
}

void CreateCredentialDialog::stopLooking()
{
    if (m_state != State::Unknown || !m_creation)
        return;
    m_creation->stopLooking();
    if (!m_listsProblems)
        m_banner->showMessage(m_unknownText);
}

void CreateCredentialDialog::enter(State state)
{
    m_state = state;
    if (isVisible()) {
        m_guard->settle({m_create, m_cancel, m_checkAgain, m_done});
        setFocus(); // on none of them, nor on a field that goes
    }
    const bool isBusy = state == State::Posting || state == State::LookingUp;
    const bool isCreated = state == State::Created;
    m_chooser->setEnabled(!isBusy);
    m_chooser->setVisible(!isCreated);
    m_pages->setEnabled(!isBusy);
    m_guard->setEnabled(m_create, !isBusy);
    m_create->setVisible(!isCreated);
    m_cancel->setVisible(!isCreated);
    m_done->setVisible(isCreated);
    (isCreated ? m_done : state == State::Unknown ? m_checkAgain : m_create)->setDefault(true);
    m_checkAgain->setVisible(state == State::Unknown);
    m_status->setVisible(isBusy);
    m_status->setText(state == State::Posting ? tr("Creating…")
                                              : tr("The answer was lost. Looking whether it was created…"));
    m_banner->hide();
    m_progress->setBusy(isBusy);
}

void CreateCredentialDialog::reject()
{
    switch (m_state) {
    case State::Posting:
        m_wasCancelled = true;
        m_creation->cancel();
        break;
    case State::LookingUp:
        m_creation->cancel();
        break;
    case State::Editing:
    case State::Unknown:
        if (m_form->hasInput())
            askToDiscard();
        else
            QDialog::reject();
        break;
    case State::Created:
        accept();
        break;
    }
}

void CreateCredentialDialog::done(int result)
{
    m_settings.setValue(sizeSetting, size());
    m_creation.reset();
    m_form->wipeAll();
    QDialog::done(result);
    if (const auto then = std::exchange(m_afterwards, {}))
        then();
}

bool CreateCredentialDialog::hasUnsavedWork() const
{
    return m_state == State::Editing ? m_form->hasInput() : m_state != State::Created;
}

void CreateCredentialDialog::giveUpWork(std::function<void()> then)
{
    m_afterwards = std::move(then);
    if (m_state == State::Editing || m_state == State::Unknown)
        askToDiscard(); // else once it is known what became of it
}

void CreateCredentialDialog::askToDiscard()
{
    if (m_discardQuestion)
        return;
    stopLooking();
    auto *question =
        new MessageBox(QStyle::SP_MessageBoxQuestion,
                       m_state == State::Unknown
                           ? tr("Close, although it may have been created? What you typed is not kept.")
                           : tr("Discard what you typed? It is not kept anywhere."),
                       {}, this);
    question->addButton(tr("Discard"), QDialogButtonBox::DestructiveRole,
                        [this] { done(QDialog::Rejected); });
    question->addButton(tr("Keep editing"), QDialogButtonBox::RejectRole, [this] { m_afterwards = {}; });
    m_discardQuestion = question;
    question->open();
}
