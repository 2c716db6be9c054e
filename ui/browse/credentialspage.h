// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/autoretry.h"
#include "browse/donebanner.h"
#include "browse/pageactions.h"
#include "browse/pagemessages.h"
#include "domain/queryhistory.h"
#include "models/credentialtablemodel.h"
#include "widgets/secretclipboard.h"

#include <QTimer>
#include <QWidget>

class ApplicationTreeModel;
class ChangeBanner;
class CredentialActions;
class CredentialChanges;
class CredentialDetails;
class CredentialTableView;
class DetailsSplitter;
class ErrorBanner;
class FilterBar;
class LoadingBar;
class PagerBar;
class QSettings;
class QStackedWidget;
class Session;
class StatePane;
class TablePosition;

/// The credentials of the open application: filter, table, pager and details, all drawn from one query.
///
/// A page of all applications may take its place. What was looked at, for going back and forward, is known
/// here of both: a query without an application stands for that one.
class CredentialsPage : public QWidget
{
    Q_OBJECT

public:
    /// Session, applications and settings must outlive the page. Opens `applicationId`, if there is one.
    CredentialsPage(Session &session, const ApplicationTreeModel &applications, QSettings &settings,
                    const QString &applicationId, QWidget *parent = nullptr);
    ~CredentialsPage() override;

    const PageQuery &query() const { return m_model.query(); }
    /// The server said that the application that is open does not exist, or is not for this token.
    bool isRefused() const;

    void openApplication(const QString &applicationId);
    /// As if the one that is open had not been opened.
    void openInstead(const QString &applicationId);
    /// At the credential's row, which comes behind so many when the newest come first.
    void openCredential(const QString &applicationId, const Credential &credential, int newerCount);
    /// All applications are opened in place of this page.
    void leaveForAll();
    void prefetchApplication(const QString &applicationId) { m_model.prefetchApplication(applicationId); }
    /// Asks at once for a page that failed, if it was going to be tried again anyway.
    void retrySoon() { m_autoRetry.hurry(); }
    void focusFilter();
    void saveState();

    CredentialChanges &changes() { return *m_changes; }

    const PageActions &actions() const { return m_actions; }
    CredentialTableView *table() { return m_table; }
    CredentialDetails &details() { return *m_details; }

Q_SIGNALS:
    /// Back and forward lead to other applications too.
    void applicationShown(const QString &applicationId);
    void rowsShown();
    void loadRefused();
    /// All of them, whatever the page.
    void credentialsCounted(const QString &applicationId, int count);
    /// Of an application that is in no list.
    void applicationIdEntered(const QString &applicationId);
    /// The list of applications is not what it should be.
    void applicationsWanted();
    /// The token is not accepted.
    void signInWanted();
    /// Whatever loads is to be stopped.
    void stopRequested();
    /// By back or forward: the page of all applications is to take this one's place.
    void allShown();
    /// All applications are to be searched for these words of an InventoryFilter.
    void searchAllRequested(const QString &words);

private:
    void makeLayout();
    void connectActions();
    void connectChanges();
    void connectParts();
    void go(const PageQuery &query);
    void show(const PageQuery &query);
    void step(const PageQuery &query);
    void refresh();
    void allTookOver();
    bool showsSought();
    void stopLoading();
    void stop();
    void showSelection();
    void showOrder();
    void updateProgress();
    void updateActions();
    void showDone(const DoneBanner::Change &change);
    void askedAnew();
    void pageLoaded();
    void loadFailed(const ApiError &error);
    PageStatus status() const;
    void updateParts();
    void updateMessages();
    void showState(const StateMessage &state);
    void doAction(StateMessage::Action action);
    void askForApplication();

    Session &m_session;
    const ApplicationTreeModel &m_applications;
    QSettings &m_settings;
    CredentialTableModel m_model;
    QueryHistory m_history;
    AutoRetry m_autoRetry;
    QTimer m_idle; ///< nothing was painted for a while
    PageActions m_actions;
    SecretClipboard m_clipboard;
    bool m_isInFront = true;            ///< not all applications are
    std::optional<Credential> m_sought; ///< to be found on the page that loads

    FilterBar *m_filter;
    LoadingBar *m_progress;
    CredentialTableView *m_table;
    TablePosition *m_position;
    ErrorBanner *m_errorBanner;
    ChangeBanner *m_changeBanner;
    DoneBanner *m_doneBanner;
    CredentialChanges *m_changes;
    CredentialActions *m_rowActions;
    QStackedWidget *m_stack;
    StatePane *m_state = nullptr; ///< once there is something to say
    PagerBar *m_pager;
    CredentialDetails *m_details;
    DetailsSplitter *m_splitter = nullptr;
};
