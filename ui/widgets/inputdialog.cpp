// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inputdialog.h"

#include "widgets/messagebox.h"

#include <utility>

void InputDialog::reject()
{
    if (cancelWaiting())
        return;
    if (hasInput())
        askToDiscard();
    else
        GrowingDialog::reject();
}

void InputDialog::done(int result)
{
    if (result == Rejected)
        cancelWaiting(); // the answer may be on its way
    GrowingDialog::done(result);
    if (const auto then = std::exchange(m_afterwards, {}))
        then();
}

void InputDialog::giveUpWork(std::function<void()> then)
{
    m_afterwards = std::move(then);
    cancelWaiting();
    askToDiscard();
}

void InputDialog::askToDiscard()
{
    if (m_question && m_question->isVisible())
        return;
    auto *question = new MessageBox(QStyle::SP_MessageBoxQuestion,
                                    tr("Discard what you typed? It is not kept anywhere."), {}, this);
    question->addButton(tr("Discard"), QDialogButtonBox::DestructiveRole, [this] { done(Rejected); });
    question->addButton(tr("Keep editing"), QDialogButtonBox::RejectRole, [this] { m_afterwards = {}; });
    m_question = question;
    question->open();
}
