// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"
#include "services/usagecache.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>

class LoadingBar;
class NamedList;
class QPushButton;
class TonedLabel;

/// Finds out where a credential is used and shows it: a list, and what is to be said of it.
class UsedByView : public QWidget
{
    Q_OBJECT

public:
    /// Who passes a credential over does not ask for its use.
    static constexpr std::chrono::milliseconds selectionDelay{300};

    /// The cache must outlive the view.
    explicit UsedByView(UsageCache &cache, QWidget *parent = nullptr);

    /// From the cache at once; else asked for when it has been visible for selectionDelay.
    void showUsageOf(const QString &applicationId, const Credential &credential);
    /// Asks the server at once, cached or not.
    void askAnew(const QString &applicationId, const Credential &credential);
    /// Withdraws what is asked, if that shows, and offers to ask again.
    void stop();

    /// Nothing as long as it is not known.
    const std::optional<CredentialUsage> &usage() const { return m_usage; }
    QString statusText() const;
    bool isAsking() const { return !m_usage && (m_calls[0] || m_calls[1]); }

Q_SIGNALS:
    void usageKnown(const CredentialUsage &usage);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setCredential(const QString &applicationId, const Credential &credential);
    void ask();
    void showUsage(const CredentialUsage &usage);
    void setLoading(bool isLoading);
    void offerRetry(bool isOffered);
    void fillList();

    UsageCache &m_cache;
    QString m_applicationId;
    Credential m_credential;
    std::optional<CredentialUsage> m_usage;
    PendingUsage m_calls;
    QTimer m_selected;        ///< until it is asked for
    bool m_isWaiting = false; ///< to be visible for long enough
    TonedLabel *m_status;
    QPushButton *m_retry = nullptr; ///< once something has failed
    LoadingBar *m_bar = nullptr;    ///< once something is asked
    NamedList *m_list = nullptr;    ///< once there is something to list
};
