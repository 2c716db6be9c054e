// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/changebanner.h"

ChangeBanner::ChangeBanner()
    : MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning)
    , m_retry(addButton(tr("Retry")))
    , m_checkAgain(addButton(tr("Check again")))
{
    connect(m_retry, &QPushButton::clicked, this, &ChangeBanner::retryClicked);
    connect(m_checkAgain, &QPushButton::clicked, this, &ChangeBanner::checkAgainClicked);
    addCloseButton();
}

void ChangeBanner::showProblem(const QString &text, Remedy remedy)
{
    m_retry->setVisible(remedy == Remedy::Retry);
    m_checkAgain->setVisible(remedy == Remedy::CheckAgain);
    showMessage(text);
    Q_EMIT problemShown();
}
