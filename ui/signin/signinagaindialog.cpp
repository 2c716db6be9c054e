// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinagaindialog.h"

#include "services/session.h"
#include "signin/signinform.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

SignInAgainDialog::SignInAgainDialog(Session &session, const QString &proxyPassword, QWidget *parent)
    : GrowingDialog(parent)
    , m_session(session)
    , m_form(new SignInForm)
    , m_signIn(new QPushButton(tr("Sign in")))
{
    setWindowTitle(tr("Sign in"));
    auto *what = new TonedLabel(TonedLabel::Tone::Plain);
    what->setText(
        tr("%1 no longer accepts your token: it has expired or was revoked. Sign in again to go on. What is "
           "shown and what you have typed stays as it is.")
            .arg(singleLine(session.server().host(), 80)));
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
    column->addWidget(what);
    column->addWidget(m_form);
    column->addWidget(buttons);
    column->addStrut(fontMetrics().averageCharWidth() * 72);
    m_form->focusFirst();

    connect(m_signIn, &QPushButton::clicked, m_form, &SignInForm::signIn);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &SignInForm::signedIn, this, &SignInAgainDialog::signedIn);
    connect(this, &QDialog::rejected, m_form, &SignInForm::cancel); // the answer may be on its way
    connect(m_form, &SignInForm::busyChanged, m_signIn, &QWidget::setDisabled);
}

SignInAgainDialog::~SignInAgainDialog()
{
    if (isVisible()) // it goes with its parent, and nobody has answered
        QMetaObject::invokeMethod(&m_session, &Session::withholdToken, Qt::QueuedConnection);
}

void SignInAgainDialog::signedIn()
{
    const auto &before = m_session.account();
    const auto &now = m_form->account();
    if (before && now && before->id != now->id) {
        m_form->showProblem(
            tr("That is the token of %1, but what is shown is what %2 sees. Sign in as %2, or cancel "
               "and choose “Sign in differently” in the menu.")
                .arg(singleLine(now->email, 80), singleLine(before->email, 80)));
        return;
    }
    accept();
}

void SignInAgainDialog::done(int result)
{
    GrowingDialog::done(result);
    if (result == Accepted) {
        m_session.setToken(m_form->token());
        Q_EMIT renewed(m_form->token());
    } else {
        m_session.withholdToken();
    }
}
