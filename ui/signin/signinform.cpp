// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinform.h"

#include "api/headervalue.h"
#include "api/transport.h"
#include "domain/straytext.h"
#include "domain/tokentext.h"
#include "domain/wiping.h"
#include "errortext.h"
#include "tokenproblem.h"
#include "widgets/announcer.h"
#include "widgets/buttonguard.h"
#include "widgets/lineedit.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/plainlabel.h"
#include "widgets/secretedit.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QApplication>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QTextDocumentFragment>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

const QString tokenGuide = u"https://docs.losant.com/user-accounts/user-tokens/"_s;

/// The platform has no type of its own for this, so its words have to tell.
bool isAboutTwoFactor(const ApiError &error)
{
    const QString said = error.serverMessage.toCaseFolded().remove(u'-').remove(u' ');
    return said.contains("twofactor"_L1) || said.contains("2fa"_L1);
}

/// Below a radio button, and set in as its text is.
QFormLayout *makeFields()
{
    auto *form = new QFormLayout;
    const int indent = QApplication::style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) +
                       QApplication::style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    form->setContentsMargins(indent, 0, 0, 8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

/// As the platform takes them.
constexpr qsizetype maxEmailLength = 1024;

} // namespace

SignInForm::SignInForm(QWidget *parent)
    : QWidget(parent)
    , m_fields(new QWidget)
    , m_byToken(new QRadioButton(tr("With an &API token")))
    , m_byPassword(new QRadioButton(tr("With email and pass&word")))
    , m_tokenEdit(new SecretEdit(SecretEdit::Lines::Single))
    , m_tokenNote(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_email(new LineEdit)
    , m_password(new SecretEdit(SecretEdit::Lines::Single))
    , m_codeLabel(new PlainLabel(tr("Two-factor &code")))
    , m_code(new LineEdit)
    , m_scopes(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_error(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
    , m_continue(m_error->addButton(tr("Continue")))
    , m_progress(new LoadingBar(tr("Signing in")))
{
    m_byToken->setChecked(true);
    m_codeLabel->setBuddy(m_code);
    auto *ways = new QVBoxLayout(m_fields);
    ways->setContentsMargins(0, 0, 0, 0);
    ways->addWidget(m_byToken);
    ways->addLayout(makeTokenFields());
    ways->addWidget(m_byPassword);
    ways->addLayout(makePasswordFields());
    m_continue->hide();
    m_continue->setAutoDefault(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_fields);
    column->addWidget(m_error);
    column->addWidget(m_progress);

    for (SecretEdit *edit : {m_tokenEdit, m_password})
        connect(edit, &SecretEdit::refused, this, &SignInForm::showProblem);
    for (LineEdit *edit : {m_email, m_code})
        connect(edit, &LineEdit::refused, this, &SignInForm::showProblem);
    connect(m_byToken, &QRadioButton::toggled, m_error, &QWidget::hide);
    connect(m_tokenEdit, &SecretEdit::textChanged, this, [this] {
        showTokenNote(false);
        inputEdited(m_byToken);
    });
    connect(m_password, &SecretEdit::textChanged, this, [this] { inputEdited(m_byPassword); });
    for (QLineEdit *edit : {m_email, m_code})
        connect(edit, &QLineEdit::textChanged, this, [this] { inputEdited(m_byPassword); });
    connect(m_progress, &LoadingBar::stopClicked, this, [this] {
        cancel();
        focusFirst();
    });
    connect(m_continue, &QPushButton::clicked, this, &SignInForm::signedIn);
    // Tab stops at both radio buttons, as each has its fields below. Qt would skip the one without the focus.
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        if (now != m_byToken && now != m_byPassword)
            return;
        m_byToken->setFocusPolicy(Qt::StrongFocus);
        m_byPassword->setFocusPolicy(Qt::StrongFocus);
    });
}

SignInForm::~SignInForm()
{
    disconnect(qApp, nullptr, this,
               nullptr); // the parts lose the focus once they go, and this has gone by then
    m_tokenEdit->clear();
    m_password->clear();
    wipe(m_token);
}

QLayout *SignInForm::makeTokenFields()
{
    auto *label = new PlainLabel(tr("API &token"));
    label->setBuddy(m_tokenEdit);
    label->setMinimumWidth(
        m_codeLabel->sizeHint().width()); // in line with the fields below, with a code or not
    m_tokenEdit->setAccessibleName(tr("API token"));
    auto *guide = new QLabel(tr("<a href=\"%1\">Where to make a token</a>").arg(tokenGuide));
    m_guide = guide;
    guide->setOpenExternalLinks(true);
    guide->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    guide->setToolTip(tokenGuide);
    guide->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, guide, [guide](const QWidget *, const QWidget *now) {
        if (now == guide && QGuiApplication::mouseButtons() == Qt::NoButton) // what is selected Enter opens
            guide->setSelection(0, int(QTextDocumentFragment::fromHtml(guide->text()).toPlainText().size()));
    });
    auto *form = makeFields();
    form->addRow(label, m_tokenEdit);
    form->addRow(m_tokenNote);
    form->addRow(guide);
    return form;
}

/// The link is one stop of Tab: by itself it is two, and Shift+Tab does not leave it.
bool SignInForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress)
        m_guide->setSelection(0, 0); // or the click would open nothing
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab))
        return focusNextPrevChild(key->key() == Qt::Key_Tab);
    return QWidget::eventFilter(watched, event);
}

QLayout *SignInForm::makePasswordFields()
{
    m_email->setAccessibleName(tr("Email"));
    m_email->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase);
    m_password->setAccessibleName(tr("Password"));
    m_code->setAccessibleName(tr("Two-factor code"));
    m_code->setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhSensitiveData);
    m_code->setPlaceholderText(tr("Six digits, from your authenticator app"));
    m_codeLabel->hide();
    m_code->hide();
    auto *form = makeFields();
    form->addRow(tr("&Email"), m_email);
    form->addRow(tr("&Password"), m_password);
    form->labelForField(m_email)->setMinimumWidth(m_codeLabel->sizeHint().width());
    form->addRow(m_codeLabel, m_code);
    form->addRow(m_scopes);
    return form;
}

void SignInForm::setProfile(const Profile &profile, const QString &proxyPassword)
{
    if (profile.account != m_profile.account) {
        const QSignalBlocker blocker(m_email);
        // A server may call an account what it likes; what is longer is no address, and takes long to lay
        // out.
        m_email->setText(profile.account.size() <= maxEmailLength ? profile.account : QString());
    }
    if (profile.id != m_profile.id || profile.connection != m_profile.connection ||
        proxyPassword != m_proxyPassword)
        hideMessages(); // what it says is about another server, and so is the token that goes on
    m_profile = profile;
    m_proxyPassword = proxyPassword;
    updateScopes();
}

void SignInForm::setKeepsToken(bool isKept)
{
    m_keepsToken = isKept;
    updateScopes();
}

void SignInForm::updateScopes()
{
    m_scopes->setText(
        tr("The password is sent to %1 alone and is not kept. Credenza asks for a token that ends after %n "
           "day(s) and permits no more than: %2.",
           nullptr, int(AuthService::tokenLifetime(m_keepsToken).count()))
            .arg(quoted(m_profile.connection.server.host(), 80),
                 AuthService::scopes(m_profile.isReadOnly).join(", "_L1)));
}

void SignInForm::setTokenNote(const QString &note)
{
    m_note = note;
    showTokenNote(false);
}

/// `isMended`: the field holds what was taken out of its former text. In one label, as two that wrap their
/// text share the height of a form's rows alike.
void SignInForm::showTokenNote(bool isMended)
{
    m_tokenNote->setText(
        isMended ? tr("The field holds the token alone now. What stood around it or cut it is left out.") +
                       u' ' + m_note
                 : m_note);
}

void SignInForm::focusFirst()
{
    if (m_byToken->isChecked())
        m_tokenEdit->setFocus();
    else if (m_email->text().isEmpty())
        m_email->setFocus();
    else
        m_password->setFocus();
}

void SignInForm::signIn()
{
    m_error->hide();
    m_continue->hide();
    if (m_cancelled)
        m_cancelled->hide();
    m_call.reset();
    m_account.reset();
    m_needsToVerifyEmail = false;
    m_transport = std::make_unique<Transport>(m_profile.connection);
    m_transport->setProxyPassword(m_proxyPassword);
    m_auth.emplace(*m_transport);
    if (m_byToken->isChecked())
        signInWithToken();
    else
        signInWithPassword();
}

void SignInForm::cancel()
{
    if (!isBusy())
        return;
    end({});
    sayCancelled();
}

bool SignInForm::hasInput() const
{
    return !m_tokenEdit->text().isEmpty() || m_email->text() != m_profile.account ||
           !m_password->text().isEmpty() || !m_code->text().isEmpty();
}

/// In quiet: nothing is wrong.
void SignInForm::sayCancelled()
{
    if (!m_cancelled) {
        m_cancelled = new TonedLabel(TonedLabel::Tone::Quiet);
        m_cancelled->setText(tr("Cancelled. You are not signed in, and what you entered is still here."));
        layout()->addWidget(m_cancelled);
    }
    m_cancelled->show();
    Announcer::announce(m_cancelled, m_cancelled->text());
}

void SignInForm::hideMessages()
{
    m_error->hide();
    if (!m_cancelled)
        return;
    m_cancelled->hide();
    Announcer::announce(m_cancelled, {});
}

void SignInForm::signInWithToken()
{
    if (StrayText::trimmed(m_tokenEdit->text()).isEmpty()) {
        end(tr("Paste an API token first."), m_tokenEdit);
        return;
    }
    TokenText::Reading read = TokenText::read(m_tokenEdit->text());
    if (read.problem != TokenText::Problem::None) {
        end(tr("This is no API token: %1").arg(tokenProblemText(read.problem)), m_tokenEdit);
        return;
    }
    wipe(m_token);
    m_token = std::move(read.token);
    if (read.isMended) {
        m_tokenEdit->setText(QString::fromLatin1(m_token));
        showTokenNote(true);
    }
    tryToken();
}

void SignInForm::signInWithPassword()
{
    const QString email = enteredEmail();
    if (!email.contains(u'@')) {
        end(email.isEmpty() ? tr("Enter your email address first.")
                            : tr("“%1” is not an email address.").arg(quoted(email, 80)),
            m_email);
        return;
    }
    ask(m_auth->isSingleSignOn(email, [this](const Result<bool> &isSso) {
        if (isSso && *isSso)
            explainSingleSignOn();
        else if (!isSso && isSso.error().httpStatus == 0)
            end(errorText(isSso.error()));
        else if (m_password->text().isEmpty())
            end(tr("Enter your password first."), m_password);
        else
            askForToken(); // a server that does not know the question may know passwords all the same
    }));
}

QString SignInForm::enteredEmail() const
{
    return StrayText::trimmed(m_email->text()).toString();
}

void SignInForm::askForToken()
{
    ask(m_auth->signIn({.email = enteredEmail(),
                        .password = m_password->text(),
                        .twoFactorCode = StrayText::withoutUnseen(m_code->text()),
                        .scopes = AuthService::scopes(m_profile.isReadOnly),
                        .tokenLifetime = AuthService::tokenLifetime(m_keepsToken)},
                       [this](Result<SignedIn> answer) { tokenAnswered(std::move(answer)); }));
}

void SignInForm::tokenAnswered(Result<SignedIn> answer)
{
    if (!answer) {
        tokenRefused(answer.error());
        return;
    }
    if (!isHeaderValue(answer->token)) {
        end(tr("The token that the server gave can't be used: it holds a blank, a line break or another "
               "character that no token has. Check that the server URL is that of a Losant API."));
        return;
    }
    m_token = answer->token;
    m_needsToVerifyEmail = answer->needsToVerifyEmail;
    tryToken();
}

/// The key that has signed in is not to press what has just come up.
void SignInForm::offerToContinue()
{
    m_continue->setEnabled(false);
    m_continue->show();
    const QWidget *const focused = QApplication::focusWidget(); // which may be gone by then
    QTimer::singleShot(ButtonGuard::settleTime, m_continue, [this, focused] {
        m_continue->setEnabled(true);
        if (QApplication::focusWidget() == focused)
            m_continue->setFocus();
    });
}

void SignInForm::tokenRefused(const ApiError &error)
{
    if (error.serverType == "AccountLocked"_L1)
        end(tr(
            "This account is locked after too many tries. Wait a while, or reset the password in the Losant "
            "console."));
    else if (error.kind != ApiError::Kind::Unauthorized)
        end(errorText(error));
    else if (!isAboutTwoFactor(error))
        showCode(m_code->text().isEmpty()
                     ? tr("The email address or the password is not accepted. If the account uses two-factor "
                          "authentication, enter its code as well.")
                     : tr("The email address, the password or the two-factor code is not accepted."),
                 m_password);
    else if (m_code->text().isEmpty())
        showCode(tr("This account uses two-factor authentication. Enter the code that your authenticator app "
                    "shows."),
                 m_code);
    else
        showCode(tr("The two-factor code is not accepted. It changes every half a minute: enter the one that "
                    "your authenticator app shows now."),
                 m_code);
}

void SignInForm::tryToken()
{
    m_transport->setToken(m_token);
    ask(m_auth->me([this](const Result<Account> &account) { accountAnswered(account); }));
}

void SignInForm::accountAnswered(const Result<Account> &account)
{
    // Forbidden: a token of an application, which belongs to no user.
    if (!account && account.error().kind != ApiError::Kind::Forbidden) {
        end(errorText(account.error()), m_byToken->isChecked() ? m_tokenEdit : nullptr);
        return;
    }
    if (account)
        m_account = *account;
    if (m_needsToVerifyEmail) {
        end(tr("Losant has not verified your email address yet, and may refuse things until then. Follow "
               "the link "
               "in the mail that it sent you."));
        offerToContinue();
    } else {
        end({});
        Q_EMIT signedIn();
    }
}

void SignInForm::showCode(const QString &why, QWidget *focus)
{
    m_codeLabel->show();
    m_code->show();
    end(why, focus);
    m_code->selectAll();
}

void SignInForm::explainSingleSignOn()
{
    const QString email = quoted(enteredEmail(), 80);
    m_byToken->setChecked(true);
    end(tr("%1 signs in by single sign-on, which needs a browser. Make an API token in the Losant console "
           "and paste "
           "it here.")
            .arg(email),
        m_tokenEdit);
}

/// Nothing is asked any more; `problem` says why if it went wrong.
void SignInForm::end(const QString &problem, QWidget *focus)
{
    m_call.reset();
    m_progress->setBusy(false);
    m_fields->setEnabled(true);
    Q_EMIT busyChanged(false);
    if (!problem.isEmpty())
        m_error->showMessage(problem);
    if (focus)
        focus->setFocus();
    else if (m_focusBefore && m_focusBefore->isEnabled())
        m_focusBefore->setFocus(); // waiting took it away
    m_focusBefore.clear();
}

void SignInForm::ask(PendingCall call)
{
    if (!m_call)
        m_focusBefore = window()->focusWidget();
    m_call = std::move(call);
    m_progress->setBusy(true);
    m_fields->setEnabled(false);
    Q_EMIT busyChanged(true);
}

void SignInForm::showProblem(const QString &problem)
{
    m_continue->hide();
    hideMessages();
    m_error->showMessage(problem);
}

void SignInForm::inputEdited(QRadioButton *way)
{
    way->setChecked(true);
    hideMessages();
}
