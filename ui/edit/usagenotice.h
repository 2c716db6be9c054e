// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"

#include <QWidget>

class TonedLabel;
class UsageCache;
class UsedByView;

/// Where a credential is used that is about to get another name, or to be disabled: what uses it refers to it
/// by its name, and fails with one that is disabled.
class UsageNotice : public QWidget
{
    Q_OBJECT

public:
    /// The cache must outlive it. Hidden as long as neither is meant.
    explicit UsageNotice(UsageCache &usages, QWidget *parent = nullptr);

    /// The draft has a base. Asks where that is used once the draft renames or disables it.
    void setDraft(const QString &applicationId, const CredentialDraft &draft);

    /// What to ask before that is done: nothing if it is not meant, or if nothing is known to use it.
    QString question() const;
    /// Of the button that does it.
    QString action() const;
    /// Whether the answer is on its way; then known() follows, unless that is stopped or the draft changes.
    bool waitForAnswer();
    /// What is known of its use, in words.
    QString usageText() const;

Q_SIGNALS:
    /// Through the event loop.
    void known();

private:
    TonedLabel *m_caption;
    UsedByView *m_usedBy;
    QString m_name, m_newName;
    bool m_isRenamed = false;
    bool m_isDisabled = false; ///< which it was not before
    bool m_hasAsked = false;
    bool m_isWaitedFor = false;
};
