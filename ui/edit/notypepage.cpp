// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/notypepage.h"

#include "widgets/headinglabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/tonedlabel.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

NoTypePage::NoTypePage(QWidget *parent) : QWidget(parent)
{
    auto *icon = new PlainLabel;
    icon->setPixmap(symbolicIcon(u"key"_s).pixmap(QSize(48, 48), devicePixelRatioF()));
    auto *title = new HeadingLabel(tr("What is the credential for?"));
    auto *hint = new TonedLabel(TonedLabel::Tone::Quiet);
    hint->setAlignment(Qt::AlignHCenter);
    hint->setText(
        tr("Choose a type on the left. Only its fields are then asked for; secrets go to Losant and can't be "
           "read back from there."));
    auto *column = new QVBoxLayout(this);
    const int margin = fontMetrics().averageCharWidth() * 10;
    column->setContentsMargins(margin, 0, margin, 0);
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addWidget(hint);
    column->addStretch(3);
}
