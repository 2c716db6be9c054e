// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/pagemessages.h"
#include "widgets/messagebanner.h"

/// Says above a page of credentials why it could not be loaded, and offers what helps.
class ErrorBanner : public MessageBanner
{
    Q_OBJECT

public:
    ErrorBanner();

    /// Hides if there is nothing to say; says the same once.
    void showBanner(const std::optional<BannerMessage> &message);

Q_SIGNALS:
    void retryClicked();
    void signInClicked();

private:
    QPushButton *m_retry;
    QPushButton *m_signIn = nullptr; ///< once it is offered
    QString m_shownText;
};
