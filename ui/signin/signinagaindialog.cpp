// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinagaindialog.h"

#include "services/session.h"
#include "signin/signinform.h"
#include "widgets/buttonguard.h"
#include "widgets/messagebox.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

bool isKnown(const Account &account)
{
    return !account.id.isEmpty() || !account.email.isEmpty();
}

bool isSame(const Account &one, const Account &other)
{
    if (!one.id.isEmpty() && !other.id.isEmpty())
        return one.id == other.id;
    return !one.email.isEmpty() && one.email.compare(other.email, Qt::CaseInsensitive) == 0;
}

QString nameOf(const Account &account)
{
    return quoted(account.email.isEmpty() ? account.id : account.email, 80);
}

} // namespace

SignInAgainDialog::SignInAgainDialog(Session &session, const QString &proxyPassword, QWidget *parent)
    : InputDialog(parent)
    , m_session(session)
    , m_what(new TonedLabel(TonedLabel::Tone::Plain))
    , m_form(new SignInForm)
    , m_signIn(new QPushButton(tr("Sign in")))
{
    new ButtonGuard(this);
    setWindowTitle(tr("Sign in"));
    setReason(tr("%1 no longer accepts your token: it has expired or was revoked.")
                  .arg(quoted(session.server().host(), 80)));
    Profile profile = session.profile();
    if (session.account())
        profile.account = session.account()->email;
    m_form->setProfile(profile, proxyPassword);
    m_form->setTokenNote(tr("A token of the same account. It takes the place of the one before."));

    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_signIn, QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    m_signIn->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    auto *body = new QVBoxLayout;
    body->setSpacing(12);
    body->addWidget(m_what);
    body->addWidget(m_form);
    column->addWidget(makeBody(body), 1);
    column->addWidget(buttons);
    column->addStrut(widthOf(72));
    m_form->focusFirst();

    connect(m_signIn, &QPushButton::clicked, m_form, &SignInForm::signIn);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &SignInForm::signedIn, this, &SignInAgainDialog::signedIn);
    connect(m_form, &SignInForm::busyChanged, m_signIn, &QWidget::setDisabled);
}

SignInAgainDialog::~SignInAgainDialog()
{
    if (isVisible()) // it goes with its parent, and nobody has answered
        QMetaObject::invokeMethod(&m_session, &Session::withholdToken, Qt::QueuedConnection);
}

void SignInAgainDialog::setReason(const QString &reason)
{
    m_what->setText(reason + u' ' +
                    tr("Sign in again to go on. What is shown and what you have typed stays as it is."));
}

void SignInAgainDialog::setKeepsToken(bool isKept)
{
    m_form->setKeepsToken(isKept);
}

void SignInAgainDialog::signedIn()
{
    const Profile &profile = m_session.profile();
    const Account before = m_session.account().value_or(Account{.email = profile.account});
    const Account now = m_form->account().value_or(Account());
    const bool wasNobody =
        m_session.belongsToNobody() || (!profile.id.isEmpty() && !m_session.account() && !isKnown(before));
    if (isKnown(before) && isKnown(now) && !isSame(before, now)) {
        m_form->showProblem(
            tr("That is the token of %1, but what is shown is what %2 sees. Sign in as %2, or cancel "
               "and choose “Sign in differently” in the menu.")
                .arg(nameOf(now), nameOf(before)));
    } else if (isKnown(before) && !isKnown(now)) {
        confirm(
            tr("Go on with a token that belongs to no user?"),
            tr("It is an application's. What is shown is what %1 sees, and what waits, such as a credential "
               "that is being created, would be done by the application instead. The token is used until you "
               "quit and is not kept.")
                .arg(nameOf(before)));
    } else if (wasNobody && isKnown(now)) {
        confirm(tr("Go on as %1?").arg(nameOf(now)),
                tr("The token before belonged to no user. What waits, such as a credential that is being "
                   "created, "
                   "would be done by %1. The token is used until you quit and is not kept.")
                    .arg(nameOf(now)));
    } else {
        accept();
    }
}

/// Whether to take a token that may be another's.
void SignInAgainDialog::confirm(const QString &question, const QString &details)
{
    auto *box = new MessageBox(QStyle::SP_MessageBoxWarning, question, details, this);
    box->addButton(tr("Use this token"), QDialogButtonBox::AcceptRole, [this] {
        m_isSameAccount = false;
        accept();
    });
    box->addButton(tr("Enter another"), QDialogButtonBox::RejectRole, [this] { m_form->focusFirst(); });
    box->open();
}

bool SignInAgainDialog::hasInput() const
{
    return m_form->hasInput();
}

bool SignInAgainDialog::cancelWaiting()
{
    const bool wasBusy = m_form->isBusy();
    m_form->cancel();
    return wasBusy;
}

void SignInAgainDialog::done(int result)
{
    InputDialog::done(result);
    if (result == Accepted) {
        m_session.setToken(m_form->token(), m_form->account());
        Q_EMIT renewed(m_form->token(), m_isSameAccount);
    } else {
        m_session.withholdToken();
    }
}
