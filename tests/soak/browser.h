// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/queryhistory.h"
#include "models/applicationtreemodel.h"
#include "models/credentialtablemodel.h"

#include <QAbstractItemModelTester>
#include <QStringList>

#include <random>

/// Somebody who wanders through applications and their credentials, and complains when rows get lost.
class Browser : public QObject
{
public:
    Browser(CredentialService &credentials, ApplicationService &applications,
            const QStringList &applicationIds, std::uint32_t seed);

    /// One gesture.
    void step();
    /// Asks once more for what is shown.
    void reload();

    bool isIdle() const { return !m_credentials.isLoading() && !m_applications.isLoading(); }
    /// Everything that was asked for last is there.
    bool isFine() const;
    int pagesLoaded() const { return m_pagesLoaded; }
    int pagesFailed() const { return m_pagesFailed; }
    const QStringList &complaints() const { return m_complaints; }

private:
    void go(const PageQuery &query);
    void lookAtRows();
    void lookAtApplications(const QModelIndex &parent = {});
    void expect(bool holds, const char *what);
    int random(int below) { return int(m_random() % std::uint32_t(below)); }

    const QStringList m_applicationIds;
    PageCache m_pages;
    CredentialTableModel m_credentials;
    ApplicationTreeModel m_applications;
    QAbstractItemModelTester m_credentialsTester;
    QAbstractItemModelTester m_applicationsTester;
    QueryHistory m_history;
    std::mt19937 m_random;
    int m_rows = 0; ///< of the last page that came
    int m_pagesLoaded = 0;
    int m_pagesFailed = 0;
    QStringList m_complaints;
};
