// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signindialog.h"

#include "serverurl.h"
#include "services/profilestore.h"
#include "services/tokenstore.h"
#include "signin/profiledialog.h"
#include "signin/signinform.h"
#include "widgets/buttonguard.h"
#include "widgets/lineedit.h"
#include "widgets/messagebox.h"
#include "widgets/plainlabel.h"
#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

SignInDialog::SignInDialog(ProfileStore &profiles, TokenStore &tokens, const Profile &profile,
                           bool isOverWindow, QWidget *parent)
    : InputDialog(parent)
    , m_profiles(profiles)
    , m_tokens(tokens)
    , m_profile(profile)
    , m_choiceLabel(new PlainLabel(tr("P&rofile")))
    , m_choice(new QComboBox)
    , m_forget(new QPushButton(tr("&Forget")))
    , m_server(new LineEdit)
    , m_settings(new QPushButton(tr("Settin&gs…")))
    , m_form(new SignInForm)
    , m_staySignedIn(new QCheckBox(tr("Stay signed &in on this computer")))
    , m_signIn(new QPushButton(tr("Sign in")))
{
    new ButtonGuard(this);
    setWindowTitle(tr("Sign in"));
    auto *sandboxHelp = new TonedLabel(TonedLabel::Tone::Quiet);
    sandboxHelp->setText(
        tr("Or try it first: the sandbox is sample data on this computer. It needs no account and "
           "no network."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->addLayout(makeHeading());
    column->addSpacing(12);
    auto *body = new QVBoxLayout;
    body->addLayout(makeProfileFields());
    body->addSpacing(6);
    body->addWidget(m_form);
    body->addWidget(m_staySignedIn);
    body->addSpacing(6);
    body->addWidget(sandboxHelp);
    column->addWidget(makeBody(body), 1);
    column->addLayout(makeButtons(isOverWindow));
    column->addStrut(widthOf(72));

    m_staySignedIn->setChecked(true);
    m_tokens.open(this, [](TokenStore::Place) {}); // placeChanged() says where
    fillProfiles(m_profile.id);
    showProfile();
    m_form->focusFirst();
    connect(m_choice, &QComboBox::currentIndexChanged, this, &SignInDialog::chooseProfile);
    connect(m_server, &LineEdit::refused, m_form, &SignInForm::showProblem);
    connect(m_server, &QLineEdit::textChanged, this, &SignInDialog::updateNote);
    connect(m_staySignedIn, &QCheckBox::toggled, this, &SignInDialog::updateNote);
    connect(&m_tokens, &TokenStore::placeChanged, this, &SignInDialog::updateNote);
    connect(m_form, &SignInForm::signedIn, this, &QDialog::accept);
    connect(m_form, &SignInForm::busyChanged, this, [this](bool isBusy) {
        for (QWidget *part : {static_cast<QWidget *>(m_signIn), static_cast<QWidget *>(m_server),
                              static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_settings),
                              static_cast<QWidget *>(m_staySignedIn)})
            part->setEnabled(!isBusy);
        m_forget->setEnabled(!isBusy && !this->profile().id.isEmpty());
    });
}

SignInDialog::~SignInDialog() = default;

QLayout *SignInDialog::makeHeading()
{
    auto *icon = new PlainLabel;
    icon->setPixmap(windowIcon().pixmap(QSize(48, 48), devicePixelRatioF()));
    auto *title = new PlainLabel(u"Credenza"_s);
    title->setFont(TypeScale::scaled(font(), TypeScale::title));
    auto *purpose = new TonedLabel(TonedLabel::Tone::Plain);
    purpose->setText(tr("Browse and manage service credentials on the Losant IoT platform."));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(title);
    texts->addWidget(purpose);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(14);
    heading->addWidget(icon, 0, Qt::AlignTop);
    heading->addLayout(texts, 1);
    return heading;
}

QLayout *SignInDialog::makeProfileFields()
{
    m_choiceLabel->setBuddy(m_choice);
    m_choice->setToolTip(tr("Who signed in before, and where"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_forget->setAutoDefault(false);
    m_forget->setToolTip(tr("Forget this profile and its token"));
    auto *serverLabel = new PlainLabel(tr("Server &URL"));
    serverLabel->setBuddy(m_server);
    m_server->setAccessibleName(tr("Server URL"));
    m_server->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_settings->setAutoDefault(false);
    m_settings->setAccessibleName(tr("Settings"));
    m_settings->setToolTip(tr("Name, proxy, certificate authority, production and read only"));
    connect(m_forget, &QPushButton::clicked, this, &SignInDialog::forgetProfile);
    connect(m_settings, &QPushButton::clicked, this, &SignInDialog::editProfile);

    auto *grid = new QGridLayout;
    grid->addWidget(m_choiceLabel, 0, 0);
    grid->addWidget(m_choice, 0, 1);
    grid->addWidget(m_forget, 0, 2);
    grid->addWidget(serverLabel, 1, 0);
    grid->addWidget(m_server, 1, 1);
    grid->addWidget(m_settings, 1, 2);
    grid->setColumnStretch(1, 1);
    return grid;
}

QLayout *SignInDialog::makeButtons(bool isOverWindow)
{
    auto *sandbox = new QPushButton(tr("Open the sandbox"));
    auto *leave = new QPushButton(isOverWindow ? tr("Cancel") : tr("Quit"));
    m_signIn->setDefault(true);
    m_signIn->setToolTip(tr("Sign in with what is entered (Enter)"));
    sandbox->setAutoDefault(false);
    sandbox->setToolTip(tr("Open Credenza on sample data"));
    leave->setAutoDefault(false);
    leave->setToolTip(isOverWindow ? tr("Stay signed in as before (Esc)") : tr("Leave the program (Esc)"));
    auto *row = new QHBoxLayout;
    row->addWidget(sandbox);
    row->addStretch();
    row->addWidget(leave);
    row->addWidget(m_signIn);
    connect(m_signIn, &QPushButton::clicked, this, &SignInDialog::signIn);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(sandbox, &QPushButton::clicked, this, [this] {
        m_form->cancel();
        m_opensSandbox = true;
        accept();
    });
    return row;
}

bool SignInDialog::hasInput() const
{
    return m_form->hasInput() || m_server->text() != m_profile.connection.server.toString() ||
           m_hasNewSettings;
}

bool SignInDialog::cancelWaiting()
{
    const bool wasBusy = m_form->isBusy();
    m_form->cancel();
    return wasBusy;
}

void SignInDialog::showProblem(const QString &problem)
{
    m_form->showProblem(problem);
}

Profile SignInDialog::profile() const
{
    Profile profile = m_profile.at(QUrl(serverUrlIn(m_server->text())));
    if (result() == Accepted)
        profile.account = m_form->account().value_or(Account()).email;
    return profile;
}

QByteArray SignInDialog::token() const
{
    return m_form->token();
}

bool SignInDialog::keepsToken() const
{
    return m_staySignedIn->isChecked() || m_tokens.place() == TokenStore::Place::Memory;
}

void SignInDialog::fillProfiles(const QString &currentId)
{
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    for (const Profile &profile : m_profiles.profiles())
        m_choice->addItem(singleLine(profile.title(), 80), profile.id);
    const bool hasProfiles = m_choice->count() > 0;
    m_choice->addItem(tr("New profile"), QString());
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(currentId)));
    for (QWidget *part : {static_cast<QWidget *>(m_choiceLabel), static_cast<QWidget *>(m_choice),
                          static_cast<QWidget *>(m_forget)})
        part->setVisible(hasProfiles);
}

void SignInDialog::chooseProfile()
{
    const QUrl server = profile().connection.server;
    m_profile = m_profiles.find(m_choice->currentData().toString()).value_or(Profile{});
    if (m_profile.id.isEmpty())
        m_profile.connection.server = server;
    showProfile();
    m_form->focusFirst();
}

void SignInDialog::showProfile()
{
    m_server->setText(m_profile.connection.server.toString());
    m_hasNewSettings = false;
    m_proxyPassword.clear();
    if (!m_profile.connection.proxy.user.isEmpty()) {
        m_tokens.read(m_profile, TokenStore::Secret::ProxyPassword, this,
                      [this, id = m_profile.id](const TokenStore::Found &password) {
                          if (m_profile.id != id || !m_proxyPassword.isEmpty()) // or it was edited meanwhile
                              return;
                          m_proxyPassword = QString::fromUtf8(password.value);
                          if (!password.problem.isEmpty())
                              showProblem(tr("The proxy's password was not read: %1").arg(password.problem));
                      });
    }
    updateNote();
}

void SignInDialog::editProfile()
{
    auto *dialog = new ProfileDialog(profile(), m_proxyPassword, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QUrl server = m_profile.connection.server;
        m_profile = dialog->profile();
        m_proxyPassword = dialog->proxyPassword();
        if (!m_profile.id.isEmpty()) {
            m_profile.connection.server = server; // another address is kept once somebody has signed in there
            m_profiles.save(m_profile);
            fillProfiles(m_profile.id);
        } else {
            m_hasNewSettings = true;
        }
        updateNote();
    });
    dialog->open();
}

void SignInDialog::forgetProfile()
{
    auto *question =
        new MessageBox(QStyle::SP_MessageBoxQuestion, tr("Forget %1?").arg(quoted(m_profile.title(), 80)),
                       tr("Its settings and its token are removed from this computer. Nothing "
                          "changes on the server."),
                       this);
    question->addButton(tr("Forget"), QDialogButtonBox::DestructiveRole, [this] {
        const Profile forgotten = m_profile;
        m_profiles.remove(forgotten.id);
        fillProfiles({});
        chooseProfile();
        Q_EMIT profileForgotten(forgotten);
    });
    question->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    question->open();
}

void SignInDialog::updateNote()
{
    const auto place = m_tokens.place(); // unknown for a moment
    m_staySignedIn->setVisible(place != TokenStore::Place::Memory);
    const Profile current = profile();
    const QSignalBlocker blocker(m_choice);
    m_choice->setCurrentIndex(m_choice->findData(current.id)); // another server, another profile
    m_forget->setEnabled(!current.id.isEmpty());
    m_form->setProfile(current, m_proxyPassword);
    m_form->setKeepsToken(place == TokenStore::Place::Keychain && m_staySignedIn->isChecked());
    const QString host = quoted(current.connection.server.host(), 80);
    if (!place)
        m_form->setTokenNote(
            tr("A user or application token for %1. It is sent to this server alone.").arg(host));
    else if (place == TokenStore::Place::Memory)
        m_form->setTokenNote(
            tr("A user or application token for %1. This computer has no keychain that Credenza can "
               "use, so the token is kept in memory until you quit. It is sent to this server alone.")
                .arg(host));
    else if (m_staySignedIn->isChecked())
        m_form->setTokenNote(
            tr("A user or application token for %1. It is kept in the keychain of this computer "
               "until you sign out, and sent to this server alone.")
                .arg(host));
    else
        m_form->setTokenNote(
            tr("A user or application token for %1. It is kept in memory until you quit, and sent "
               "to this server alone.")
                .arg(host));
}

void SignInDialog::signIn()
{
    const QString server = serverUrlIn(m_server->text());
    if (m_server->text() != server)
        m_server->setText(server); // what is used is what is seen
    if (const QString problem = serverUrlProblem(server); !problem.isEmpty()) {
        m_form->showProblem(problem);
        m_server->setFocus();
        return;
    }
    m_form->setProfile(profile(), m_proxyPassword);
    m_form->signIn();
}
