// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/applicationlistmodel.h"

#include <QMainWindow>

class ApplicationSidebar;
class CredentialsPage;
class QSettings;
class QSplitter;
class QToolBar;
class QToolButton;
class Session;

/// The window: applications at the left, the credentials of the open one beside them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Session and settings must outlive the window. Opens `applicationId`, else the last one that was open
    /// on this server, else the first of the list.
    MainWindow(Session &session, QSettings &settings, const QString &applicationId,
               QWidget *parent = nullptr);
    ~MainWindow() override;

Q_SIGNALS:
    void signInRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void makeToolBar();
    void makeMenu();
    void connectParts();
    void restoreState();
    void applicationShown(const QString &applicationId);
    void applicationsLoaded();
    void applicationsFailed(const ApiError &error);
    void showAccount();
    void showAbout();
    QString lastApplicationKey() const;

    Session &m_session;
    QSettings &m_settings;
    QString m_wantedApplication; ///< to be opened as soon as the list says that it exists
    bool m_wasPainted = false;
    ApplicationListModel m_applications;
    ApplicationSidebar *m_sidebar;
    CredentialsPage *m_page;
    QSplitter *m_splitter;
    QToolBar *m_toolBar;
    QToolButton *m_account;
};
