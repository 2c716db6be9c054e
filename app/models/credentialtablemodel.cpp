// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/credentialtablemodel.h"

#include "domain/textbounds.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

CredentialTableModel::CredentialTableModel(PageCache &pages, QObject *parent)
    : CredentialRows(parent), m_pages(pages)
{
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (!m_page.items.empty())
            Q_EMIT dataChanged(index(0, CredentialColumns::Created),
                               index(rowCount() - 1, CredentialColumns::LastUpdated), {Qt::DisplayRole});
    });
    m_minute.start();
}

CredentialTableModel::~CredentialTableModel() = default;

void CredentialTableModel::setQuery(const PageQuery &query)
{
    if (query.applicationId != m_query.applicationId)
        forgetRows();
    m_query = query;
    const PageCache::CachedPage *cached = m_pages.find(query);
    if (cached)
        showCached(*cached);
    else
        load();
    Q_EMIT queryChanged();
    if (cached)
        Q_EMIT pageLoaded();
}

void CredentialTableModel::refresh()
{
    m_pages.forget();
    load();
}

void CredentialTableModel::retry()
{
    ask(PastTheEnd::GoToTheLast);
}

void CredentialTableModel::prefetchNeighbours()
{
    if (m_shown && !m_call && !m_secondCall)
        m_pages.prefetchNeighbours(*m_shown, totalCount());
}

void CredentialTableModel::prefetchApplication(const QString &applicationId)
{
    if (!m_call && !m_secondCall)
        m_pages.prefetch(m_query.forApplication(applicationId));
}

void CredentialTableModel::stopLoading()
{
    if (!m_call)
        return;
    m_call.reset();
    m_isStopped = true;
    if (m_shown && !m_error)
        m_query = *m_shown;
    Q_EMIT loadingChanged();
    Q_EMIT queryChanged();
}

void CredentialTableModel::setLate()
{
    m_isLate = true;
    if (isStale() && rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, CredentialColumns::Count - 1),
                           {Qt::ForegroundRole});
}

int CredentialTableModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_page.items, id, &Credential::id);
    return found == m_page.items.end() || id.isEmpty() ? -1 : int(found - m_page.items.begin());
}

void CredentialTableModel::setAccount(const Account &account)
{
    m_account = account;
    if (!m_page.items.empty())
        Q_EMIT dataChanged(index(0, CredentialColumns::CreatedBy),
                           index(rowCount() - 1, CredentialColumns::LastUpdatedBy), {Qt::DisplayRole});
}

int CredentialTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_page.items.size());
}

int CredentialTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(CredentialColumns::Count);
}

QVariant CredentialTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Credential &item = credential(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return firstCharacters(CredentialColumns::text(item, index.column(), m_account));
    case Qt::ToolTipRole:
        return firstCharacters(CredentialColumns::exactText(item, index.column(), m_account));
    case CopyRole:
        return CredentialColumns::copyText(item, index.column(), m_account);
    case RawRole:
        return CredentialColumns::value(item, index.column());
    default:
        return {};
    }
}

QVariant CredentialTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(m_shown.value_or(m_query).firstRow() + section + 1)
                                       : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    return role == Qt::DisplayRole ? CredentialColumns::title(section) : QVariant();
}

void CredentialTableModel::load()
{
    const bool isNews = isLoading() && m_error; // a retry() was under way
    m_error.reset();
    ask(PastTheEnd::GoToTheLast);
    if (isNews)
        Q_EMIT loadingChanged();
}

void CredentialTableModel::ask(PastTheEnd pastTheEnd)
{
    const bool wasLoading = isLoading();
    if (!wasLoading)
        m_isLate = false;
    m_isStopped = false;
    m_secondCall.reset();
    if (m_query.applicationId.isEmpty())
        m_call.reset();
    else
        m_call = m_pages.list(m_query, [this, pastTheEnd](Result<CredentialPage> page) {
            loaded(std::move(page), pastTheEnd);
        });
    if (wasLoading != isLoading())
        Q_EMIT loadingChanged();
}

void CredentialTableModel::loaded(Result<CredentialPage> page, PastTheEnd pastTheEnd)
{
    const bool wasLoading = isLoading();
    m_call.reset();
    m_error.reset();
    if (!page) {
        if (page.error().kind == ApiError::Kind::NotFound)
            forgetRows();
        m_error = std::move(page.error());
        if (wasLoading)
            Q_EMIT loadingChanged();
        Q_EMIT loadFailed(*m_error);
        return;
    }
    const int lastPage = m_query.pageCount(page->totalCount) - 1;
    if (page->items.empty() && m_query.page > lastPage && pastTheEnd == PastTheEnd::GoToTheLast) {
        // Rows were deleted meanwhile. Once: the server may be wrong about their number.
        m_query = m_query.onPage(lastPage);
        ask(PastTheEnd::Show);
        Q_EMIT queryChanged();
        return;
    }
    replaceRows(std::move(*page));
    m_shown = m_query;
    if (wasLoading)
        Q_EMIT loadingChanged();
    Q_EMIT pageLoaded();
}

void CredentialTableModel::showCached(const PageCache::CachedPage &cached)
{
    const bool wasLoading = isLoading();
    m_call.reset();
    m_secondCall.reset();
    m_error.reset();
    m_isStopped = false;
    const bool isFresh = m_pages.isFresh(cached);
    replaceRows(cached.page); // whoever listens may ask the pages for others
    m_shown = m_query;
    if (!isFresh)
        askAgain();
    if (wasLoading)
        Q_EMIT loadingChanged();
}

/// For the page that is shown, which nobody waits for.
void CredentialTableModel::askAgain()
{
    m_secondCall = m_pages.list(m_query, [this](Result<CredentialPage> page) {
        m_secondCall.reset();
        if (page && *page == m_page)
            prefetchNeighbours();
        else
            loaded(std::move(page), PastTheEnd::GoToTheLast);
    });
}

void CredentialTableModel::forgetRows()
{
    m_shown.reset();
    replaceRows({});
}

void CredentialTableModel::replaceRows(CredentialPage page)
{
    beginResetModel();
    m_page = std::move(page);
    endResetModel();
}
