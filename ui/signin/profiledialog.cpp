// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/profiledialog.h"

#include "api/authorities.h"
#include "api/headervalue.h"
#include "domain/straytext.h"
#include "widgets/buttonguard.h"
#include "widgets/lineedit.h"
#include "widgets/messagebanner.h"
#include "widgets/plainlabel.h"
#include "widgets/secretedit.h"
#include "widgets/texttools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using ProxyKind = Connection::Proxy::Kind;

ProfileDialog::ProfileDialog(const Profile &profile, const QString &proxyPassword, QWidget *parent)
    : InputDialog(parent)
    , m_profile(profile)
    , m_fields(new QFormLayout)
    , m_name(new LineEdit(profile.name))
    , m_isProduction(
          new QCheckBox(tr("&Production: say so in the window, and ask once more before creating")))
    , m_isReadOnly(new QCheckBox(tr("&Read only: offer nothing that changes anything")))
    , m_losantDomain(new LineEdit(profile.connection.losantDomain))
    , m_authorityFile(new LineEdit(profile.connection.authorityFile))
    , m_proxyKind(new QComboBox)
    , m_proxyHost(new LineEdit(profile.connection.proxy.host))
    , m_proxyPort(new QSpinBox)
    , m_proxyUser(new LineEdit(profile.connection.proxy.user))
    , m_proxyPassword(new SecretEdit(SecretEdit::Lines::Single))
    , m_error(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning))
{
    new ButtonGuard(this);
    setWindowTitle(tr("Profile settings"));
    m_name->setPlaceholderText(
        singleLine(Profile{.account = profile.account, .connection = profile.connection}.title(), 80));
    m_isProduction->setChecked(profile.isProduction);
    m_isReadOnly->setChecked(profile.isReadOnly);
    m_losantDomain->setPlaceholderText(tr("Rarely needed"));
    m_losantDomain->setToolTip(tr("The domain of a private instance, sent as the header “losantdomain”"));
    m_authorityFile->setPlaceholderText(
        tr("Only if the server's certificate is from an authority of your own"));
    m_authorityFile->setToolTip(
        tr("A file with certificates of authorities, PEM or DER, that are trusted as well"));
    auto *browse = new QPushButton(tr("&Browse…"));
    browse->setAccessibleName(tr("Browse for the CA file"));
    browse->setAutoDefault(false);
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(m_authorityFile, 1);
    fileRow->addWidget(browse);

    m_fields->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto addField = [this](const QString &label, const QString &name, QLineEdit *edit) {
        edit->setAccessibleName(name);
        m_fields->addRow(label, edit);
    };
    addField(tr("Profile &name"), tr("Profile name"), m_name);
    m_fields->addRow({}, m_isProduction);
    m_fields->addRow({}, m_isReadOnly);
    addField(tr("Losant &domain"), tr("Losant domain"), m_losantDomain);
    m_authorityFile->setAccessibleName(tr("CA file"));
    auto *fileLabel = new PlainLabel(tr("&CA file"));
    fileLabel->setBuddy(m_authorityFile);
    m_fields->addRow(fileLabel, fileRow);
    makeProxyFields();
    m_proxyPassword->setText(proxyPassword);

    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto *body = new QVBoxLayout;
    body->setSpacing(12);
    body->addLayout(m_fields);
    body->addWidget(m_error);
    body->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(makeBody(body), 1);
    column->addWidget(buttons);
    column->addStrut(widthOf(90));

    connect(browse, &QPushButton::clicked, this, &ProfileDialog::chooseAuthorityFile);
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_proxyPassword, &SecretEdit::textChanged, this, [this] { m_isPasswordEdited = true; });
    // What is wrong goes with the edit that may mend it.
    m_authorityFile->setTakesPaths(true);
    for (LineEdit *edit : {m_name, m_losantDomain, m_authorityFile, m_proxyHost, m_proxyUser}) {
        connect(edit, &LineEdit::textChanged, m_error, &QWidget::hide);
        connect(edit, &LineEdit::refused, m_error, &MessageBanner::showMessage);
    }
    connect(m_proxyPassword, &SecretEdit::textChanged, m_error, &QWidget::hide);
    connect(m_proxyPassword, &SecretEdit::refused, m_error, &MessageBanner::showMessage);
    connect(m_proxyKind, &QComboBox::currentIndexChanged, m_error, &QWidget::hide);
    updateProxyFields();
    m_asOpened = this->profile();
}

ProfileDialog::~ProfileDialog()
{
    m_proxyPassword->clear();
}

void ProfileDialog::makeProxyFields()
{
    const Connection::Proxy &proxy = m_profile.connection.proxy;
    m_proxyKind->addItem(tr("System settings"), int(ProxyKind::System));
    m_proxyKind->addItem(tr("None"), int(ProxyKind::None));
    m_proxyKind->addItem(tr("HTTP"), int(ProxyKind::Http));
    m_proxyKind->addItem(tr("SOCKS5"), int(ProxyKind::Socks5));
    m_proxyKind->setCurrentIndex(m_proxyKind->findData(int(proxy.kind)));
    m_proxyPort->setRange(1, 65535);
    m_proxyPort->setValue(proxy.port == 0 ? 8080 : proxy.port);
    m_proxyPort->setButtonSymbols(QAbstractSpinBox::NoButtons);

    m_fields->addRow(tr("Pro&xy"), m_proxyKind);
    const auto addField = [this](const QString &label, const QString &name, QWidget *edit) {
        edit->setAccessibleName(name);
        m_fields->addRow(label, edit);
    };
    addField(tr("Proxy &host"), tr("Proxy host"), m_proxyHost);
    addField(tr("Proxy p&ort"), tr("Proxy port"), m_proxyPort);
    addField(tr("Proxy &user"), tr("Proxy user"), m_proxyUser);
    addField(tr("Proxy pass&word"), tr("Proxy password"), m_proxyPassword);
    m_proxyUser->setPlaceholderText(tr("Only if the proxy asks for one"));
    connect(m_proxyKind, &QComboBox::currentIndexChanged, this, &ProfileDialog::updateProxyFields);
}

Profile ProfileDialog::profile() const
{
    Profile profile = m_profile;
    profile.name = StrayText::inOneLine(m_name->text());
    profile.isProduction = m_isProduction->isChecked();
    profile.isReadOnly = m_isReadOnly->isChecked();
    profile.connection.losantDomain = StrayText::trimmed(m_losantDomain->text()).toString();
    // A file may have any name.
    const QString file = m_authorityFile->text();
    profile.connection.authorityFile = QFileInfo::exists(file) ? file : StrayText::trimmed(file).toString();
    profile.connection.proxy = {};
    profile.connection.proxy.kind = ProxyKind(m_proxyKind->currentData().toInt());
    if (usesProxyServer()) {
        profile.connection.proxy.host = StrayText::trimmed(m_proxyHost->text()).toString();
        profile.connection.proxy.port = quint16(m_proxyPort->value());
        profile.connection.proxy.user = StrayText::trimmed(m_proxyUser->text()).toString();
    }
    return profile;
}

QString ProfileDialog::proxyPassword() const
{
    return usesProxyServer() ? m_proxyPassword->text() : QString();
}

bool ProfileDialog::hasInput() const
{
    return profile() != *m_asOpened || (usesProxyServer() && m_isPasswordEdited);
}

void ProfileDialog::chooseAuthorityFile()
{
    auto *chooser = new QFileDialog(this, tr("Certificate authorities"), QString(),
                                    tr("Certificates (*.pem *.crt *.cer *.der);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, m_authorityFile, &QLineEdit::setText);
    chooser->open();
}

void ProfileDialog::updateProxyFields()
{
    for (QWidget *field : {static_cast<QWidget *>(m_proxyHost), static_cast<QWidget *>(m_proxyPort),
                           static_cast<QWidget *>(m_proxyUser), static_cast<QWidget *>(m_proxyPassword)})
        m_fields->setRowVisible(field, usesProxyServer());
}

void ProfileDialog::save()
{
    const Profile entered = profile();
    const QString file = entered.connection.authorityFile;
    const Authorities authorities = file.isEmpty() ? Authorities() : readAuthorities(file);
    QString problem;
    QWidget *field = nullptr;
    if (!isLosantDomain(entered.connection.losantDomain)) {
        problem = tr("The Losant domain is a host name, such as example.com.");
        field = m_losantDomain;
    } else if (authorities.certificates.isEmpty() && !authorities.problems.empty()) {
        problem = tr("No authority of this CA file can be trusted: %1. Choose a file with certificates, PEM "
                     "or DER.")
                      .arg(authorityReason(authorities.problems.front()));
        field = m_authorityFile;
    } else if (usesProxyServer() && entered.connection.proxy.host.isEmpty()) {
        problem = tr("Enter the host of the proxy.");
        field = m_proxyHost;
    } else if (!isProxyUser(entered.connection.proxy.user)) {
        problem = tr("The user name of the proxy holds a line break or another control character. Type it "
                     "again.");
        field = m_proxyUser;
    }
    if (problem.isEmpty()) {
        accept();
        return;
    }
    m_error->showMessage(problem);
    field->setFocus();
}

bool ProfileDialog::usesProxyServer() const
{
    const auto kind = ProxyKind(m_proxyKind->currentData().toInt());
    return kind == ProxyKind::Http || kind == ProxyKind::Socks5;
}
