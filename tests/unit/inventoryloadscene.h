// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/credentialservice.h"
#include "services/inventory.h"
#include "support/asking.h"
#include "support/holdsfor.h"
#include "support/manyapplications.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

/// An Inventory of a server of many applications.
class InventoryLoadScene : public QObject
{
protected:
    void setUp()
    {
        m_losant = std::make_unique<ManyApplications>();
        m_transport = std::make_unique<Transport>(m_losant->url());
        m_applications = std::make_unique<ApplicationService>(*m_transport);
        m_credentials = std::make_unique<CredentialService>(*m_transport);
        m_inventory = std::make_unique<Inventory>(*m_applications, *m_credentials);
    }

    bool load()
    {
        m_inventory->load();
        return QTest::qWaitFor([this] { return !m_inventory->isLoading(); }, 30'000);
    }

    const Inventory::Part &part(const QString &applicationId) const
    {
        return m_inventory->parts().at(std::size_t(m_inventory->partOf(applicationId)));
    }

    /// Sorted.
    QStringList namesOf(const QString &applicationId) const
    {
        QStringList found;
        for (const InventoryRow &row : part(applicationId).rows)
            found += row.name();
        found.sort();
        return found;
    }

    QStringList names() const
    {
        QStringList found;
        for (const Inventory::Part &part : m_inventory->parts())
            found += namesOf(part.application.id);
        return found;
    }

    std::unique_ptr<ManyApplications> m_losant;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<ApplicationService> m_applications;
    std::unique_ptr<CredentialService> m_credentials;
    std::unique_ptr<Inventory> m_inventory;
};
