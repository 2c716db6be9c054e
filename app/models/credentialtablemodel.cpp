// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/credentialtablemodel.h"

#include "domain/credentialtypes.h"
#include "domain/textbounds.h"
#include "models/datetext.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString gap = u"—"_s;

QString orGap(const QString &text)
{
    return text.isEmpty() ? gap : text;
}

QString dateText(std::optional<qint64> date)
{
    return date ? relativeDateText(*date, QDateTime::currentMSecsSinceEpoch()) : gap;
}

} // namespace

CredentialTableModel::CredentialTableModel(CredentialPages &pages, QObject *parent)
    : QAbstractTableModel(parent), m_pages(pages)
{
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (!m_page.items.empty())
            Q_EMIT dataChanged(index(0, Created), index(rowCount() - 1, LastUpdated), {Qt::DisplayRole});
    });
    m_minute.start();
}

CredentialTableModel::~CredentialTableModel() = default;

void CredentialTableModel::setQuery(const PageQuery &query)
{
    if (query.applicationId != m_query.applicationId)
        forgetRows();
    m_query = query;
    const CredentialPages::KnownPage *known = m_pages.find(query);
    if (known)
        showKnown(*known);
    else
        load();
    Q_EMIT queryChanged();
    if (known)
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

void CredentialTableModel::foreseeNeighbours()
{
    if (m_shown && !m_call && !m_secondCall)
        m_pages.foreseeNeighbours(*m_shown, totalCount());
}

void CredentialTableModel::foreseeApplication(const QString &applicationId)
{
    if (!m_call && !m_secondCall)
        m_pages.foresee(m_query.forApplication(applicationId));
}

void CredentialTableModel::stopLoading()
{
    if (!m_call || m_error)
        return;
    m_call.reset();
    if (m_shown)
        m_query = *m_shown;
    Q_EMIT loadingChanged();
    Q_EMIT queryChanged();
}

void CredentialTableModel::setLate()
{
    m_isLate = true;
    if (isStale() && rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::ForegroundRole});
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
        Q_EMIT dataChanged(index(0, CreatedBy), index(rowCount() - 1, CreatedBy), {Qt::DisplayRole});
}

QString CredentialTableModel::creatorText(const Credential &credential) const
{
    if (credential.createdById.isEmpty())
        return gap;
    if (credential.createdByType == "user"_L1 && credential.createdById == m_account.id)
        return tr("you");
    QString kind = credential.createdByType;
    if (kind == "user"_L1)
        kind = tr("User");
    else if (kind == "flow"_L1)
        kind = tr("Workflow");
    else if (kind == "apiToken"_L1)
        kind = tr("API token");
    return kind.isEmpty() ? credential.createdById : kind + u' ' + credential.createdById;
}

std::optional<PageQuery::SortField> CredentialTableModel::sortField(int column)
{
    switch (column) {
    case Name:
        return PageQuery::SortField::Name;
    case Type:
        return PageQuery::SortField::Type;
    case Created:
        return PageQuery::SortField::CreationDate;
    case LastUpdated:
        return PageQuery::SortField::LastUpdated;
    default:
        return std::nullopt;
    }
}

CredentialTableModel::Column CredentialTableModel::columnOf(PageQuery::SortField field)
{
    switch (field) {
    case PageQuery::SortField::Name:
        return Name;
    case PageQuery::SortField::Type:
        return Type;
    case PageQuery::SortField::CreationDate:
        return Created;
    case PageQuery::SortField::LastUpdated:
        return LastUpdated;
    }
    Q_UNREACHABLE();
}

int CredentialTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_page.items.size());
}

int CredentialTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant CredentialTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Credential &item = credential(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return firstCharacters(text(item, index.column()));
    case Qt::ToolTipRole:
        if (index.column() == Created && item.creationDate)
            return exactDateText(*item.creationDate);
        if (index.column() == LastUpdated && item.lastUpdated)
            return exactDateText(*item.lastUpdated);
        return firstCharacters(text(item, index.column()));
    case WholeTextRole:
        return text(item, index.column());
    case RawRole:
        return raw(item, index.column());
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
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Status:
        return tr("Status");
    case Created:
        return tr("Created");
    case LastUpdated:
        return tr("Last updated");
    case Description:
        return tr("Description");
    case CreatedBy:
        return tr("Created by");
    case Id:
        return tr("ID");
    default:
        return {};
    }
}

void CredentialTableModel::load()
{
    m_error.reset();
    ask(PastTheEnd::GoToTheLast);
}

void CredentialTableModel::ask(PastTheEnd pastTheEnd)
{
    const bool wasLoading = isLoading();
    if (!wasLoading)
        m_isLate = false;
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

void CredentialTableModel::showKnown(const CredentialPages::KnownPage &known)
{
    const bool wasLoading = isLoading();
    m_call.reset();
    m_secondCall.reset();
    m_error.reset();
    const bool isFresh = m_pages.isFresh(known);
    replaceRows(known.page); // whoever listens may ask the pages for others
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
            foreseeNeighbours();
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

QString CredentialTableModel::text(const Credential &credential, int column) const
{
    switch (column) {
    case Name:
        return orGap(credential.name);
    case Type:
        return orGap(credentialTypeName(credential.type));
    case Status:
        return !credential.enabled ? gap : *credential.enabled ? tr("Enabled") : tr("Disabled");
    case Created:
        return dateText(credential.creationDate);
    case LastUpdated:
        return dateText(credential.lastUpdated);
    case Description:
        return credential.description;
    case CreatedBy:
        return creatorText(credential);
    case Id:
        return orGap(credential.id);
    default:
        return {};
    }
}

QVariant CredentialTableModel::raw(const Credential &credential, int column) const
{
    const auto orNothing = [](const auto &value) { return value ? QVariant::fromValue(*value) : QVariant(); };
    switch (column) {
    case Name:
        return credential.name;
    case Type:
        return credential.type;
    case Status:
        return orNothing(credential.enabled);
    case Created:
        return orNothing(credential.creationDate);
    case LastUpdated:
        return orNothing(credential.lastUpdated);
    case Description:
        return credential.description;
    case CreatedBy:
        return credential.createdById;
    case Id:
        return credential.id;
    default:
        return {};
    }
}
