// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/publickeypage.h"

#include "domain/credentialtypes.h"
#include "widgets/headinglabel.h"
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
    , m_title(new HeadingLabel)
    , m_hint(new TonedLabel(TonedLabel::Tone::Plain))
    , m_key(new PlainTextView(PlainTextView::Look::Code, 16))
{
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

void PublicKeyPage::showKey(const QString &title, const CredentialType &type, const QString &publicKey)
{
    m_title->setText(title);
    const ReadBackField *key = type.publicKey();
    m_hint->setText(key ? translated(key->toDo) : QString());
    m_key->setText(publicKey);
}
