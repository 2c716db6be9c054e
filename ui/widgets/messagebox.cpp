// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebox.h"

#include "widgets/buttonguard.h"
#include "widgets/tonedlabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

MessageBox::MessageBox(QStyle::StandardPixmap icon, const QString &text, const QString &details,
                       QWidget *parent)
    : GrowingDialog(parent), m_buttons(new QDialogButtonBox), m_guard(new ButtonGuard(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(parent ? parent->window()->windowTitle() : u"Credenza"_s);
    auto *picture = new PlainLabel;
    const int size = style()->pixelMetric(QStyle::PM_MessageBoxIconSize, nullptr, this);
    picture->setPixmap(style()->standardIcon(icon, nullptr, this).pixmap(size));
    auto *words = new QVBoxLayout;
    words->setSpacing(8);
    for (const QString &part : {text, details}) {
        if (part.isEmpty())
            continue;
        auto *label = new TonedLabel(TonedLabel::Tone::Plain);
        label->setText(part);
        words->addWidget(label);
    }
    words->addStretch();
    words->addStrut(widthOf(60) - style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    auto *upper = new QHBoxLayout;
    upper->setSpacing(16);
    upper->addWidget(picture, 0, Qt::AlignTop);
    upper->addLayout(words, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(16);
    column->addWidget(makeBody(upper), 1);
    column->addWidget(m_buttons);
}

QPushButton *MessageBox::addButton(const QString &text, QDialogButtonBox::ButtonRole role,
                                   std::function<void()> then)
{
    QPushButton *button = m_buttons->addButton(text, role);
    const auto press = [this, role, then = std::move(then)] {
        const std::function<void()> go = then; // survives the box
        done(role == QDialogButtonBox::RejectRole ? Rejected : Accepted);
        if (go)
            go();
    };
    connect(button, &QPushButton::clicked, this, press);
    if (role == QDialogButtonBox::RejectRole) {
        m_safe = button;
        m_safeAction = press;
        button->setDefault(true);
    }
    return button;
}

void MessageBox::tell(QStyle::StandardPixmap icon, const QString &text, QWidget *parent)
{
    auto *box = new MessageBox(icon, text, {}, parent);
    box->addButton(tr("OK"), QDialogButtonBox::RejectRole);
    box->open();
}

void MessageBox::reject()
{
    if (m_safeAction)
        m_safeAction();
    else
        GrowingDialog::reject();
}

void MessageBox::showEvent(QShowEvent *event)
{
    GrowingDialog::showEvent(event);
    m_guard->settle(findChildren<QPushButton *>());
    if (m_safe)
        m_guard->setFocus(m_safe);
}
