// SPDX-License-Identifier: GPL-3.0-or-later
#include "pagestack.h"

#include "browse/credentialchanges.h"
#include "browse/credentialdetails.h"
#include "browse/credentialspage.h"
#include "browse/credentialtableview.h"
#include "inventory/inventorypage.h"
#include "inventory/inventorytableview.h"
#include "models/applicationtreemodel.h"
#include "services/inventory.h"
#include "services/session.h"

#include <algorithm>
#include <utility>

PageStack::PageStack(Session &session, const ApplicationTreeModel &applications, QSettings &settings,
                     const QString &applicationId)
    : m_session(session)
    , m_applications(applications)
    , m_settings(settings)
    , m_page(new CredentialsPage(session, applications, settings, applicationId))
{
    addWidget(m_page);
    connect(m_page, &CredentialsPage::applicationShown, this, [this](const QString &shownId) {
        setCurrentWidget(m_page);
        Q_EMIT applicationShown(shownId);
    });
    connect(m_page, &CredentialsPage::allShown, this, &PageStack::showAll);
    connect(m_page, &CredentialsPage::searchAllRequested, this, &PageStack::searchAll);
    connect(m_page, &CredentialsPage::signInWanted, this, &PageStack::signInWanted);
    connect(m_page, &CredentialsPage::stopRequested, this, &PageStack::stopRequested);
    connect(&session, &Session::networkChanged, this, [this] {
        m_page->retrySoon();
        if (m_inventory)
            m_inventory->retrySoon();
    });
}

bool PageStack::showsAll() const
{
    return m_inventory && currentWidget() == m_inventory;
}

CredentialTableView *PageStack::table() const
{
    return showsAll() ? m_inventory->table() : m_page->table();
}

void PageStack::openAll()
{
    if (showsAll())
        return;
    m_page->leaveForAll();
    showAll();
}

void PageStack::leaveAll()
{
    if (showsAll())
        m_page->openInstead(m_page->query().applicationId);
}

void PageStack::focusFilter()
{
    if (showsAll())
        m_inventory->focusFilter();
    else
        m_page->focusFilter();
}

void PageStack::saveState()
{
    m_page->saveState();
    if (m_inventory)
        m_inventory->saveState();
}

bool PageStack::hasUnsavedWork() const
{
    return m_page->changes().hasUnsavedWork() || (m_inventory && m_inventory->changes().hasUnsavedWork());
}

void PageStack::giveUpWork(std::function<void()> then)
{
    m_page->changes().giveUpWork([this, then = std::move(then)] {
        if (m_inventory)
            m_inventory->changes().giveUpWork(then);
        else
            then();
    });
}

void PageStack::makeInventoryPage()
{
    if (m_inventory)
        return;
    m_inventory = new InventoryPage(m_session, m_applications, m_page->actions(), m_settings);
    addWidget(m_inventory);
    m_page->details().setInventory(m_inventory->inventory(), m_inventory->model());
    connect(&m_page->details(), &CredentialDetails::elsewhereChosen, this, &PageStack::openCredential);
    connect(m_inventory, &InventoryPage::applicationRequested, this, &PageStack::openCredential);
    connect(m_inventory, &InventoryPage::signInWanted, this, &PageStack::signInWanted);
    connect(m_inventory, &InventoryPage::stopRequested, this, &PageStack::stopRequested);
}

void PageStack::showAll()
{
    makeInventoryPage();
    setCurrentWidget(m_inventory);
    m_inventory->load();
    Q_EMIT applicationShown(ApplicationTreeModel::allApplications);
}

void PageStack::searchAll(const QString &words)
{
    openAll();
    m_inventory->search(words);
    m_inventory->focusFilter();
}

void PageStack::openCredential(const QString &applicationId, const Credential &credential)
{
    const Inventory &inventory = m_inventory->inventory();
    const int part = inventory.partOf(applicationId);
    const qint64 created = credential.creationDate.value_or(InventoryRow::noDate);
    const auto isNewer = [created](const InventoryRow &row) { return row.creationDate > created; };
    const int newerCount =
        part < 0 ? 0 : int(std::ranges::count_if(inventory.parts()[std::size_t(part)].rows, isNewer));
    m_page->openCredential(applicationId, credential, newerCount);
    m_page->table()->setFocus();
}
