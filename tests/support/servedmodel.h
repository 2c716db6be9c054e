// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/transport.h"
#include "models/credentialtablemodel.h"
#include "services/credentialservice.h"
#include "services/pagecache.h"
#include "support/servedpages.h"

#include <QAbstractItemModelTester>

#include <memory>

/// A model on a server of its own, and what lies between them; watched while it changes.
struct ServedModel
{
    void start()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_transport = std::make_unique<Transport>(m_server->url());
        m_service = std::make_unique<CredentialService>(*m_transport);
        m_pages = std::make_unique<PageCache>(*m_service);
        m_model = std::make_unique<CredentialTableModel>(*m_pages);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void stop()
    {
        m_tester.reset();
        m_model.reset();
        m_pages.reset();
    }

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<CredentialService> m_service;
    std::unique_ptr<PageCache> m_pages;
    std::unique_ptr<CredentialTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};
