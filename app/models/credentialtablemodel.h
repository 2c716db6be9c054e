// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/credentialcolumns.h"
#include "models/credentialrows.h"
#include "services/pagecache.h"

#include <QTimer>

#include <optional>

/// The page of credentials that a PageQuery asks for, in the columns of CredentialColumns.
///
/// The server sorts, filters and pages. While a page loads the rows before it stay; if that fails they stay
/// too and are stale, but an application that does not exist (any more) has no rows. A page replaces the rows
/// by a model reset. One that is cached shows at once; if it is not fresh it is asked for again,
/// without isLoading(), and replaced if it is another by now.
class CredentialTableModel : public CredentialRows
{
    Q_OBJECT

public:
    /// The pages must outlive the model.
    explicit CredentialTableModel(PageCache &pages, QObject *parent = nullptr);
    ~CredentialTableModel() override;

    /// Asks for this page; pageLoaded() or loadFailed() follows, unless another query comes first. Of a page
    /// that is cached pageLoaded() comes before this returns.
    /// A query without an application empties the model.
    void setQuery(const PageQuery &query);
    /// Asks for the same page again, and forgets all others.
    void refresh();
    /// Asks for the same page again, but the error stays until the answer is there: for when nobody asked.
    void retry();
    /// Prefetches the pages beside the one that is shown, unless there is something else to wait for. Call it
    /// once that page was painted.
    void prefetchNeighbours();
    /// Prefetches what this application shows first, unless there is something else to wait for.
    void prefetchApplication(const QString &applicationId);
    /// Stops waiting for a page: back to the query whose rows are shown. The error stays if it is a retry().
    void stopLoading();

    const PageQuery &query() const { return m_query; }
    bool isLoading() const { return m_call != nullptr; }
    /// stopLoading() ended the last load.
    bool isStopped() const { return m_isStopped; }
    /// Whether a page of the query's application has arrived since it was chosen.
    bool hasPage() const { return m_shown.has_value(); }
    /// The rows are not what the query asks for: it failed, or is late.
    bool isStale() const override
    {
        return hasPage() && (m_error || (isLoading() && m_isLate && m_shown != m_query));
    }
    /// It has been loading for so long that one may wonder whose rows are shown.
    void setLate();
    /// Of all pages, filtered.
    int totalCount() const { return m_page.totalCount; }
    /// The query whose rows are shown.
    const std::optional<PageQuery> &shownQuery() const { return m_shown; }
    /// Why the last load failed, until the next one begins, or ends if it is a retry().
    const std::optional<ApiError> &error() const { return m_error; }

    const Credential &credential(int row) const { return m_page.items.at(std::size_t(row)); }
    Credential credentialAt(int row) const override { return credential(row); }
    QString idAt(int row) const override { return credential(row).id; }
    QString applicationIdAt(int) const override { return m_shown ? m_shown->applicationId : QString(); }
    QString typeAt(int row) const override { return credential(row).type; }
    std::optional<bool> enabledAt(int row) const override { return credential(row).enabled; }
    int typeColumn() const override { return CredentialColumns::Type; }
    int statusColumn() const override { return CredentialColumns::Status; }
    bool hasConfigurations() const override { return true; }
    /// The row of the credential with this id, or -1.
    int rowOf(const QString &id) const;

    /// Whose credentials are created by "you".
    void setAccount(const Account &account);
    const Account &account() const override { return m_account; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Another query is asked for; the rows follow with pageLoaded().
    void queryChanged();
    /// isLoading() or error() is another.
    void loadingChanged();
    void pageLoaded();
    void loadFailed(const ApiError &error);

private:
    enum class PastTheEnd { GoToTheLast, Show };

    void load();
    void ask(PastTheEnd pastTheEnd);
    void loaded(Result<CredentialPage> page, PastTheEnd pastTheEnd);
    void showCached(const PageCache::CachedPage &cached);
    void askAgain();
    void forgetRows();
    void replaceRows(CredentialPage page);

    PageCache &m_pages;
    PageQuery m_query;
    std::optional<PageQuery> m_shown;
    CredentialPage m_page;
    std::optional<ApiError> m_error;
    bool m_isLate = false; ///< while it is loading
    bool m_isStopped = false;
    Account m_account;
    PendingCall m_call;
    PendingCall m_secondCall; ///< for the page that is shown already
    QTimer m_minute;          ///< "3 minutes ago" is true for a minute
};
