// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

#include <functional>

class ApplicationTreeModel;
class CredentialsPage;
class CredentialTableView;
struct Credential;
class InventoryPage;
class QMenu;
class QSettings;
class Session;

/// The page of one application and that of all, of which one shows. That of all is made when it is first
/// opened.
class PageStack : public QStackedWidget
{
    Q_OBJECT

public:
    /// Session, applications and settings must outlive the pages. Opens `applicationId`, if there is one.
    PageStack(Session &session, const ApplicationTreeModel &applications, QSettings &settings,
              const QString &applicationId);

    /// Of one application.
    CredentialsPage &page() { return *m_page; }
    bool showsAll() const;
    CredentialTableView *table() const;

    void openAll();
    /// As if all had not been opened.
    void leaveAll();
    void focusFilter();
    void saveState();

    /// As of UnsavedWork, on either page.
    bool hasUnsavedWork() const;
    void giveUpWork(std::function<void()> then);

Q_SIGNALS:
    /// Another application, or ApplicationTreeModel::allApplications.
    void applicationShown(const QString &applicationId);
    /// The token is not accepted.
    void signInWanted();
    /// Whatever loads is to be stopped.
    void stopRequested();

private:
    void makeInventoryPage();
    void showAll();
    void searchAll(const QString &words);
    void openCredential(const QString &applicationId, const Credential &credential);

    Session &m_session;
    const ApplicationTreeModel &m_applications;
    QSettings &m_settings;
    CredentialsPage *m_page;
    InventoryPage *m_inventory = nullptr; ///< once it was opened
};
