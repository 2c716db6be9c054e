// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signindialog.h"

#include "errortext.h"
#include "widgets/messagebanner.h"
#include "widgets/secretedit.h"
#include "widgets/tonedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QLabel *makeLabel(TonedLabel::Tone tone, const QString &text)
{
    auto *label = new TonedLabel(tone);
    label->setText(text);
    return label;
}

} // namespace

SignInDialog::SignInDialog(const QUrl &server, QWidget *parent)
    : QDialog(parent)
    , m_server(server)
    , m_token(new SecretEdit(SecretEdit::Lines::Single))
    , m_error(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
    , m_progress(new QProgressBar)
    , m_signIn(new QPushButton(tr("Sign in")))
    , m_sandbox(new QPushButton(tr("Open the sandbox")))
{
    setWindowTitle(tr("Sign in"));
    auto *icon = new QLabel;
    icon->setPixmap(windowIcon().pixmap(QSize(48, 48), devicePixelRatioF()));
    auto *title = new QLabel(u"Credenza"_s);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.5);
    title->setFont(big);
    auto *purpose = makeLabel(TonedLabel::Tone::Plain,
                              tr("Browse and create service credentials on the Losant platform."));
    auto *heading = new QHBoxLayout;
    heading->setSpacing(14);
    heading->addWidget(icon, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->addWidget(title);
    texts->addWidget(purpose);
    heading->addLayout(texts, 1);

    auto *label = new QLabel(tr("API &token"));
    label->setBuddy(m_token);
    m_token->setAccessibleName(tr("API token"));
    auto *help =
        makeLabel(TonedLabel::Tone::Quiet,
                  tr("A user or application token for %1. You make one in the Losant console. It is kept in "
                     "memory until you quit, and sent to this server alone.")
                      .arg(m_server.host()));
    auto *sandboxHelp =
        makeLabel(TonedLabel::Tone::Quiet,
                  tr("Or try it first: the sandbox is sample data on this computer. It needs no "
                     "account and no network."));

    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Signing in"));
    QSizePolicy keepsPlace = m_progress->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsPlace);
    m_progress->hide();
    auto *quit = new QPushButton(parent ? tr("Cancel") : tr("Quit"));
    m_signIn->setDefault(true);
    m_signIn->setToolTip(tr("Sign in with the token (Enter)"));
    m_sandbox->setAutoDefault(false);
    m_sandbox->setToolTip(tr("Open Credenza on sample data"));
    quit->setAutoDefault(false);
    quit->setToolTip(parent ? tr("Stay signed in as before (Esc)") : tr("Leave the program (Esc)"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_sandbox);
    buttons->addStretch();
    buttons->addWidget(quit);
    buttons->addWidget(m_signIn);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->addLayout(heading);
    layout->addSpacing(12);
    layout->addWidget(label);
    layout->addWidget(m_token);
    layout->addWidget(help);
    layout->addWidget(m_error);
    layout->addWidget(m_progress);
    layout->addWidget(sandboxHelp);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    setMinimumWidth(480);
    m_token->setFocus();

    connect(m_signIn, &QPushButton::clicked, this, &SignInDialog::signIn);
    connect(m_sandbox, &QPushButton::clicked, this, [this] {
        m_call.reset();
        m_session.reset();
        accept();
    });
    connect(quit, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_token, &SecretEdit::textChanged, m_error, &QWidget::hide);
}

SignInDialog::~SignInDialog()
{
    m_token->clear();
}

void SignInDialog::signIn()
{
    const QString token = m_token->text().trimmed();
    if (token.isEmpty()) {
        m_error->showMessage(tr("Paste an API token first."));
        m_token->setFocus();
        return;
    }
    setBusy(true);
    m_session = std::make_unique<Session>(m_server, token.toUtf8(), Session::Kind::Account);
    m_call = m_session->tryToken([this](const Result<Account> &account) { answered(account); });
}

void SignInDialog::answered(const Result<Account> &account)
{
    setBusy(false);
    // Forbidden: an application token, which belongs to no user.
    if (account || account.error().kind == ApiError::Kind::Forbidden) {
        m_call.reset();
        accept();
        return;
    }
    m_call.reset();
    m_session.reset();
    m_error->showMessage(errorText(account.error()));
    m_token->setFocus();
}

void SignInDialog::setBusy(bool isBusy)
{
    m_progress->setVisible(isBusy);
    m_signIn->setEnabled(!isBusy);
    m_token->setEnabled(!isBusy);
    m_error->hide();
}
