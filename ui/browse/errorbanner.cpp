// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/errorbanner.h"

ErrorBanner::ErrorBanner()
    : MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning), m_retry(addButton(tr("Retry")))
{
    connect(m_retry, &QPushButton::clicked, this, &ErrorBanner::retryClicked);
}

void ErrorBanner::showBanner(const std::optional<BannerMessage> &message)
{
    if (!message) {
        hide();
        return;
    }
    const bool offersSignIn = message->action == BannerMessage::Action::SignIn;
    m_retry->setVisible(!offersSignIn);
    if (offersSignIn && !m_signIn) {
        m_signIn = addButton(tr("Sign in"));
        connect(m_signIn, &QPushButton::clicked, this, &ErrorBanner::signInClicked);
    }
    if (m_signIn)
        m_signIn->setVisible(offersSignIn);
    if (isHidden() || message->text != m_shownText)
        showMessage(message->text);
    m_shownText = message->text;
}
