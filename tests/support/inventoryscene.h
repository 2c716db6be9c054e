// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/credentialservice.h"
#include "services/inventory.h"

#include <QUrl>

#include <iterator>
#include <utility>
#include <vector>

/// What an Inventory is made with; nothing is sent.
struct UnaskedServices
{
    Transport m_transport{QUrl(QStringLiteral("http://127.0.0.1:9"))};
    ApplicationService m_noApplications{m_transport};
    CredentialService m_noCredentials{m_transport};
};

/// An Inventory that is filled by hand, and says so as one does that reads a server.
class InventoryScene : private UnaskedServices, public Inventory
{
public:
    InventoryScene() : Inventory(m_noApplications, m_noCredentials) {}

    void setApplications(const std::vector<Application> &applications)
    {
        std::vector<Part> parts;
        for (const Application &application : applications) {
            const int former = indexOf(application.id);
            if (former >= 0)
                parts.push_back(std::move(m_parts[std::size_t(former)]));
            else
                parts.emplace_back();
            parts.back().application = application;
            parts.back().searched = searchedText(application);
        }
        m_parts = std::move(parts);
        count();
        Q_EMIT partsReset();
    }

    /// Another page.
    void add(int part, const std::vector<Credential> &credentials)
    {
        replace(part, int(rows(part).size()), credentials);
    }

    /// All from this row on.
    void replace(int part, int first, const std::vector<Credential> &credentials)
    {
        rows(part).resize(std::size_t(first));
        std::ranges::move(inventoryRows(credentials), std::back_inserter(rows(part)));
        count();
        Q_EMIT partChanged(part, first);
    }

    std::vector<InventoryRow> &rows(int part) { return m_parts.at(std::size_t(part)).rows; }

private:
    int indexOf(const QString &applicationId) const
    {
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            if (m_parts[i].application.id == applicationId)
                return int(i);
        }
        return -1;
    }

    void count()
    {
        m_rowCount = 0;
        for (const Part &part : m_parts)
            m_rowCount += int(part.rows.size());
    }
};
