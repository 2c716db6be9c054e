// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/browser.h"

using namespace Qt::StringLiterals;

Browser::Browser(CredentialService &credentials, ApplicationService &applications,
                 const QStringList &applicationIds, std::uint32_t seed)
    : m_applicationIds(applicationIds)
    , m_pages(credentials)
    , m_credentials(m_pages)
    , m_applications(applications)
    , m_credentialsTester(&m_credentials)
    , m_applicationsTester(&m_applications)
    , m_random(seed)
{
    connect(&m_credentials, &CredentialTableModel::pageLoaded, this, [this] {
        ++m_pagesLoaded;
        m_rows = m_credentials.rowCount();
        expect(!m_credentials.isStale(), "a page that came is not stale");
        lookAtRows();
        m_credentials.prefetchNeighbours();
    });
    connect(&m_credentials, &CredentialTableModel::loadFailed, this, [this] {
        ++m_pagesFailed;
        expect(m_credentials.rowCount() == (m_credentials.hasPage() ? m_rows : 0), "rows stay");
        expect(m_credentials.isStale() == m_credentials.hasPage(), "rows that stay are stale");
        expect(!m_credentials.isLoading(), "a load that failed is over");
    });
    connect(&m_applications, &ApplicationTreeModel::pageLoaded, this, [this] { lookAtApplications(); });
    go(PageQuery{.applicationId = applicationIds.last()});
}

void Browser::step()
{
    static const QStringList typed{u"credential 1"_s, u"*2*"_s,    u"Cred?ntial*"_s, u" "_s,
                                   u"ä+&=#"_s,        u"nothing"_s};
    const PageQuery query = m_credentials.query();
    const int lastPage = query.pageCount(m_credentials.totalCount()) - 1;
    switch (random(13)) {
    case 0:
        m_applications.load();
        break;
    case 1:
        go(query.forApplication(m_applicationIds[random(int(m_applicationIds.size()))]));
        break;
    case 2:
        go(query.sortedBy(PageQuery::SortField(random(4))));
        break;
    case 3:
        go(query.onPage(random(lastPage + 1)));
        break;
    case 4:
        go(query.onPage(random(2) ? lastPage : lastPage + 3));
        break;
    case 5:
        go(query.withPageSize(PageQuery::pageSizes[random(int(std::size(PageQuery::pageSizes)))],
                              random(25)));
        break;
    case 6:
        go(query.withFilter(PageQuery::FilterField::Name,
                            PageQuery::globFor(typed[random(int(typed.size()))])));
        break;
    case 7:
        go(query.withFilter(PageQuery::FilterField::Type, random(2) ? u"aws"_s : u"floppy"_s));
        break;
    case 8:
        go(query.newestFirst());
        break;
    case 9:
        if (m_history.canGoBack())
            m_credentials.setQuery(m_history.back());
        break;
    case 10:
        if (m_history.canGoForward())
            m_credentials.setQuery(m_history.forward());
        break;
    case 11:
        m_credentials.refresh();
        break;
    case 12:
        m_credentials.stopLoading();
        break;
    }
}

void Browser::reload()
{
    m_credentials.refresh();
    m_applications.load();
}

bool Browser::isFine() const
{
    return m_credentials.hasPage() && !m_credentials.isStale() && m_applications.isComplete() &&
           m_applications.applicationCount() == m_applicationIds.size();
}

void Browser::go(const PageQuery &query)
{
    m_history.push(query);
    m_credentials.setQuery(query);
}

/// As a view does: every cell of some rows.
void Browser::lookAtRows()
{
    for (int row = 0; row < m_rows; row += 1 + m_rows / 8) {
        for (int column = 0; column < m_credentials.columnCount(); ++column) {
            for (const int role :
                 {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(CredentialTableModel::RawRole)})
                (void)m_credentials.index(row, column).data(role);
        }
        expect(m_credentials.headerData(row, Qt::Vertical, Qt::DisplayRole).toInt() > 0, "rows are numbered");
    }
    expect(m_credentials.totalCount() >= m_rows, "the total is no less than the rows");
}

void Browser::lookAtApplications(const QModelIndex &parent)
{
    for (int row = 0; row < m_applications.rowCount(parent); ++row) {
        const QModelIndex index = m_applications.index(row, ApplicationTreeModel::Name, parent);
        expect(!index.data().toString().isEmpty(), "every application has a name to be seen by");
        lookAtApplications(index);
    }
}

void Browser::expect(bool holds, const char *what)
{
    const QString text = QString::fromUtf8(what);
    if (!holds && !m_complaints.contains(text))
        m_complaints += text;
}
