// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/applicationtreemodel.h"
#include "widgets/unsavedwork.h"

#include <QMainWindow>

class ApplicationSidebar;
class CredentialsPage;
class MenuButton;
class MessageBanner;
class PageStack;
class ProfileStore;
class QSettings;
class QSplitter;
class Session;

/// The window: applications at the left, the credentials of the open one, or of all, beside them.
class MainWindow : public QMainWindow, public UnsavedWork
{
    Q_OBJECT

public:
    /// Session, profiles and settings must outlive the window. Opens `applicationId`, else what was open last
    /// on this server, else the first of the list.
    MainWindow(Session &session, const ProfileStore &profiles, QSettings &settings,
               const QString &applicationId, QWidget *parent = nullptr);
    ~MainWindow() override;

    bool isPainted() const { return m_wasPainted; }
    /// Keeps the layout for the next window.
    void saveState();
    /// In a banner that can be closed; `name` is what a screen reader calls it.
    void showProblem(const QString &name, const QString &problem);

    bool hasUnsavedWork() const override;
    void giveUpWork(std::function<void()> then) override;

Q_SIGNALS:
    void painted(); ///< for the first time
    void signInRequested();
    /// With another token, over what is open.
    void signInAgainRequested();
    void signOutRequested();
    /// Another profile, by its id.
    void profileChosen(const QString &id);
    void profileSettingsRequested();
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;

private:
    QWidget *toolRow();
    void makeBanner();
    void makeMenu();
    void connectParts();
    void restoreState();
    void applicationShown(const QString &applicationId);
    void applicationsLoaded();
    void leaveRemembered();
    void openAll();
    void openById(const QString &applicationId);
    void showAccount();
    void showAbout();

    Session &m_session;
    const ProfileStore &m_profiles;
    QSettings &m_settings;
    QString m_remembered; ///< application, or allApplications, opened as it was the last time, until it has
                          ///< shown rows or another is opened
    bool m_listComesLater = false; ///< once the window is painted
    bool m_wasPainted = false;
    ApplicationTreeModel m_applications;
    ApplicationSidebar *m_sidebar;
    PageStack *m_pages;
    CredentialsPage *m_page;
    MessageBanner *m_banner; ///< what a person should know of the profile all the time
    QSplitter *m_splitter;
    MenuButton *m_account;
};
