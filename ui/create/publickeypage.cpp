// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/publickeypage.h"

#include "widgets/plainlabel.h"
#include "widgets/plaintextview.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

PublicKeyPage::PublicKeyPage(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel)
    , m_hint(new TonedLabel(TonedLabel::Tone::Plain))
    , m_key(new PlainTextView(PlainTextView::Look::Code, 16))
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    m_title->setFont(font);
    m_title->setWordWrap(true);

    auto *label = new PlainLabel(tr("Public key"));
    label->setBuddy(m_key);
    m_key->setAccessibleName(tr("Public key"));
    m_key->setText({}); // as low as that, so that the page asks for no room before it has a key

    auto *copy = new QPushButton(symbolicIcon(u"copy"_s), tr("Copy"));
    auto *copied = new TonedLabel(TonedLabel::Tone::Quiet);

    auto *row = new QHBoxLayout;
    row->addWidget(copy);
    row->addWidget(copied, 1);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addSpacing(8);
    column->addWidget(label);
    column->addWidget(m_key);
    column->addLayout(row);
    column->addStretch();

    connect(copy, &QPushButton::clicked, this, [this, copied] {
        QGuiApplication::clipboard()->setText(m_key->toPlainText());
        copied->setText(tr("Copied."));
    });
}

void PublicKeyPage::showKey(const QString &name, const QString &type, const QString &publicKey)
{
    m_title->setText(tr("Created %1").arg(singleLine(name)));
    m_hint->setText(
        type == "git"_L1
            ? tr("Add this public key to the repository as a deploy key. The private key stays with Losant.")
            : tr("Register this public key with the user that the credential is for. The private key stays "
                 "with Losant."));
    m_key->setText(publicKey);
}
