// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/changedialog.h"

#include "edit/waitingrow.h"
#include "widgets/buttonguard.h"
#include "widgets/messagebanner.h"
#include "widgets/messagebox.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <utility>

ChangeDialog::ChangeDialog(const ChangeWords &words, QWidget *parent)
    : GrowingDialog(parent)
    , m_words(words)
    , m_guard(new ButtonGuard(this))
    , m_banner(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
    , m_checkAgain(m_banner->addButton(tr("Check again")))
{
    setWindowTitle(m_words.title);
    connect(m_checkAgain, &QPushButton::clicked, this, &ChangeDialog::checkAgain);
}

ChangeDialog::~ChangeDialog() = default;

QDialogButtonBox &ChangeDialog::addFooter(QVBoxLayout &column, QPushButton *action)
{
    m_waiting = new WaitingRow(m_words.progress);
    auto *box = new QDialogButtonBox;
    m_action = action;
    m_action->setText(m_words.action);
    m_action->setToolTip(m_words.actionToolTip);
    box->addButton(m_action, QDialogButtonBox::AcceptRole);
    m_cancel = box->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_done = box->addButton(tr("Done"), QDialogButtonBox::AcceptRole);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (isEditing())
            act();
    });
    connect(m_cancel, &QPushButton::clicked, this, &ChangeDialog::reject);
    connect(m_waiting, &WaitingRow::stopClicked, m_cancel, &QPushButton::click); // once that has settled
    connect(m_done, &QPushButton::clicked, this, &ChangeDialog::accept);

    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_waiting, 1);
    row->addWidget(box);
    column.addWidget(m_banner);
    column.addWidget(bar);
    return *box;
}

void ChangeDialog::addShortcuts()
{
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(key)), this);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, m_action, &QPushButton::click);
    }
}

void ChangeDialog::enter(State state, const QString &waitingText)
{
    // Once all is loaded, what can be pressed is what could be pressed before.
    const bool changesMeaning = m_state != State::Loading || state != State::Editing;
    m_state = state;
    if (isVisible() && changesMeaning) {
        m_guard->settle({m_action, m_cancel, m_checkAgain, m_done});
        setFocus(); // on none of them, nor on a field that goes
    }
    const bool isDone = state == State::Done;
    m_guard->setEnabled(m_action, isEditing());
    m_action->setVisible(!isDone);
    m_cancel->setVisible(!isDone);
    m_done->setVisible(isDone);
    (isDone ? m_done : state == State::Unknown ? m_checkAgain : m_action)->setDefault(true);
    m_checkAgain->setVisible(state == State::Unknown);
    m_banner->hide();
    m_waiting->setText(waitingText);
    stateEntered();
}

void ChangeDialog::send()
{
    enter(State::Sending, m_words.sending);
    m_change = startChange([this](const ChangeOutcome &outcome) { changeEnded(outcome); });
    connect(m_change.get(), &CredentialChange::answerLost, this, [this] {
        enter(State::LookingUp,
              m_change->wasCancelled() ? m_words.lookingUpAfterCancel : m_words.lookingUpAfterLoss);
    });
}

void ChangeDialog::changeEnded(const ChangeOutcome &outcome)
{
    switch (outcome.state) {
    case ChangeOutcome::State::Done:
        enter(State::Done);
        finished(outcome);
        wipe();
        m_change.reset(); // and with it the body that it sent
        break;
    case ChangeOutcome::State::NotDone:
        enter(State::Editing);
        if (outcome.theirs)
            conflicted(*outcome.theirs);
        else
            failed(outcome);
        if (!hasInput())
            m_afterwards = {}; // who wanted to close it has to know
        break;
    case ChangeOutcome::State::Unknown:
        enter(State::Unknown);
        showUnknown(outcome);
        break;
    }
    if (m_afterwards && outcome.state != ChangeOutcome::State::Done)
        askToClose();
}

void ChangeDialog::showUnknown(const ChangeOutcome &outcome)
{
    m_unknownText = m_words.unknown(outcome);
    m_banner->showMessage(outcome.isStillLookedFor ? m_unknownText + u'\n' + m_words.keepsLooking
                                                   : m_unknownText);
    m_guard->setFocus(m_checkAgain);
}

void ChangeDialog::checkAgain()
{
    enter(State::LookingUp, m_words.lookingUp);
    m_change->checkAgain();
}

void ChangeDialog::stopLooking()
{
    if (m_state != State::Unknown || !m_change)
        return;
    m_change->stopLooking();
    showUnknownText();
}

void ChangeDialog::showUnknownText()
{
    m_banner->showMessage(m_unknownText);
}

void ChangeDialog::reject()
{
    switch (m_state) {
    case State::Loading:
        stopLoading();
        GrowingDialog::reject();
        break;
    case State::Sending:
    case State::LookingUp:
        m_change->cancel();
        break;
    case State::Editing:
    case State::Unknown:
        if (hasInput())
            askToClose();
        else
            GrowingDialog::reject();
        break;
    case State::Done:
        accept();
        break;
    }
}

void ChangeDialog::done(int result)
{
    m_change.reset();
    wipe();
    if (m_state == State::Unknown)
        Q_EMIT outdated();
    GrowingDialog::done(result);
    if (const auto then = std::exchange(m_afterwards, {}))
        then();
}

bool ChangeDialog::hasUnsavedWork() const
{
    switch (m_state) {
    case State::Loading:
    case State::Done:
        return false;
    case State::Editing:
        return hasInput();
    case State::Sending:
    case State::LookingUp:
    case State::Unknown:
        return true;
    }
    Q_UNREACHABLE();
}

void ChangeDialog::giveUpWork(std::function<void()> then)
{
    m_afterwards = std::move(then);
    if (isEditing())
        askToClose(); // else once it is known what became of it
}

void ChangeDialog::askToClose()
{
    if (m_question)
        return;
    stopLooking();
    const bool isInputLost = hasInput();
    auto *question =
        new MessageBox(QStyle::SP_MessageBoxQuestion,
                       m_state == State::Unknown ? m_words.closeQuestion
                                                 : tr("Discard what you typed? It is not kept anywhere."),
                       {}, this);
    question->addButton(isInputLost ? tr("Discard") : tr("Close"), QDialogButtonBox::DestructiveRole,
                        [this] { done(QDialog::Rejected); });
    question->addButton(isInputLost ? tr("Keep editing") : tr("Keep open"), QDialogButtonBox::RejectRole,
                        [this] { m_afterwards = {}; });
    m_question = question;
    question->open();
}
