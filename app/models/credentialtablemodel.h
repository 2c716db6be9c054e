// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/account.h"
#include "domain/credential.h"
#include "domain/pagequery.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <optional>

class CredentialService;

/// The page of credentials that a PageQuery asks for.
///
/// The server sorts, filters and pages. While a page loads the rows before it stay; if that fails they stay
/// too and are stale, but an application that does not exist (any more) has no rows. A page replaces the rows
/// by a model reset.
class CredentialTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Type, Status, Created, LastUpdated, Description, CreatedBy, Id, ColumnCount };
    enum Role {
        RawRole = Qt::UserRole, ///< the API's own value: a string, a bool, milliseconds since 1970
    };

    explicit CredentialTableModel(CredentialService &service, QObject *parent = nullptr);
    ~CredentialTableModel() override;

    /// Asks for this page; pageLoaded() or loadFailed() follows, unless another query comes first.
    /// A query without an application empties the model.
    void setQuery(const PageQuery &query);
    /// Asks for the same page again.
    void refresh();
    /// As refresh(), but the error stays until the answer is there: for when nobody asked.
    void retry();
    /// Stops waiting for a page, unless it is a retry(): back to the query whose rows are shown.
    void stopLoading();

    const PageQuery &query() const { return m_query; }
    bool isLoading() const { return m_call != nullptr; }
    /// Whether a page of the query's application has arrived since it was chosen.
    bool hasPage() const { return m_shown.has_value(); }
    /// The rows are not what the query asks for: it failed.
    bool isStale() const { return hasPage() && m_error.has_value(); }
    /// Of all pages, filtered.
    int totalCount() const { return m_page.totalCount; }
    /// The query whose rows are shown.
    const std::optional<PageQuery> &shownQuery() const { return m_shown; }
    /// Why the last load failed, until the next one begins, or ends if it is a retry().
    const std::optional<ApiError> &error() const { return m_error; }

    const Credential &credential(int row) const { return m_page.items.at(std::size_t(row)); }
    /// The row of the credential with this id, or -1.
    int rowOf(const QString &id) const;

    /// Whose credentials are created by "you".
    void setAccount(const Account &account);
    QString creatorText(const Credential &credential) const;

    /// Nothing for a column that the API can't sort by.
    static std::optional<PageQuery::SortField> sortField(int column);
    static Column columnOf(PageQuery::SortField field);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Another query is asked for; the rows follow with pageLoaded().
    void queryChanged();
    void loadingChanged();
    void pageLoaded();
    void loadFailed(const ApiError &error);

private:
    enum class PastTheEnd { GoToTheLast, Show };

    void load();
    void ask(PastTheEnd pastTheEnd);
    void loaded(Result<CredentialPage> page, PastTheEnd pastTheEnd);
    void forgetRows();
    void replaceRows(CredentialPage page);
    QString text(const Credential &credential, int column) const;
    QVariant raw(const Credential &credential, int column) const;

    CredentialService &m_service;
    PageQuery m_query;
    std::optional<PageQuery> m_shown;
    CredentialPage m_page;
    std::optional<ApiError> m_error;
    Account m_account;
    PendingCall m_call;
    QTimer m_minute; ///< "3 minutes ago" is true for a minute
};
