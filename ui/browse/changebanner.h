// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/messagebanner.h"

/// Says what became of a change that was not carried out, or may have been, and offers what helps.
class ChangeBanner : public MessageBanner
{
    Q_OBJECT

public:
    enum class Remedy { None, Retry, CheckAgain };

    ChangeBanner();

    void showProblem(const QString &text, Remedy remedy);

Q_SIGNALS:
    void problemShown();
    void retryClicked();
    void checkAgainClicked();

private:
    QPushButton *m_retry;
    QPushButton *m_checkAgain;
};
