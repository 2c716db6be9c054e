// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/credentialheader.h"

#include "domain/credential.h"
#include "domain/credentialtypes.h"
#include "widgets/headinglabel.h"
#include "widgets/scales.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QHBoxLayout>
#include <QStyle>

using namespace Qt::StringLiterals;

CredentialHeader::CredentialHeader(const QString &applicationName, QWidget *parent)
    : QWidget(parent)
    , m_applicationName(applicationName)
    , m_row(new QHBoxLayout(this))
    , m_icon(new PlainLabel)
    , m_title(new HeadingLabel)
    , m_place(new TonedLabel(TonedLabel::Tone::Quiet))
{
    m_title->fitWords();
    m_place->fitWords();
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_place);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(spacing(Space::Medium, fontMetrics()));
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addLayout(words, 1);
}

void CredentialHeader::showType(const QString &key)
{
    fill(key, credentialTypeName(key),
         m_applicationName.isEmpty() ? QString()
                                     : tr("In the application %1").arg(quoted(m_applicationName, 120)));
}

void CredentialHeader::showCredential(const Credential &of)
{
    const QString type = singleLine(credentialTypeName(of.type));
    fill(of.type, quoted(of.name, 120),
         m_applicationName.isEmpty()
             ? type
             : tr("%1, in the application %2").arg(type, quoted(m_applicationName, 120)));
}

void CredentialHeader::showQuestion(const QString &question, const Credential &of)
{
    QString place = singleLine(credentialTypeName(of.type), 120);
    if (!m_applicationName.isEmpty())
        place += u" · "_s + singleLine(m_applicationName, 120);
    fill(of.type, question, place);
}

void CredentialHeader::addLegend()
{
    m_legend = new TonedLabel(TonedLabel::Tone::Quiet);
    m_legend->setWordWrap(false);
    m_legend->setText(tr("* required"));
    m_row->addWidget(m_legend, 0, Qt::AlignBottom);
    m_row->setContentsMargins(0, 0, 10, 0);
}

void CredentialHeader::setLegendVisible(bool isVisible)
{
    m_legend->setVisible(isVisible);
}

void CredentialHeader::fill(const QString &type, const QString &title, const QString &place)
{
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    m_icon->setPixmap(credentialTypeIcon(type).pixmap(QSize(size, size), devicePixelRatioF()));
    m_title->setText(title);
    m_place->setText(place);
    m_place->setVisible(!place.isEmpty());
}
