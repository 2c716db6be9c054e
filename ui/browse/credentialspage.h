// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/autoretry.h"
#include "domain/queryhistory.h"
#include "models/credentialtablemodel.h"
#include "widgets/secretclipboard.h"

#include <QAction>
#include <QWidget>

#include <functional>

class ApplicationListModel;
class BusyBar;
class CredentialDetails;
class CredentialTableView;
class FilterBar;
class MessageBanner;
class PagerBar;
class QSettings;
class QSplitter;
class QStackedWidget;
class Session;
class StatePane;

/// The credentials of the open application: filter, table, pager and details, all drawn from one query.
class CredentialsPage : public QWidget
{
    Q_OBJECT

public:
    /// Session, applications and settings must outlive the page. Opens `applicationId`, if there is one.
    CredentialsPage(Session &session, const ApplicationListModel &applications, QSettings &settings,
                    const QString &applicationId, QWidget *parent = nullptr);
    ~CredentialsPage() override;

    const PageQuery &query() const { return m_model.query(); }
    /// The server said that the application that is open does not exist, or is not for this token.
    bool isRefused() const;

    void openApplication(const QString &applicationId);
    /// As if the one that is open had not been opened.
    void openInstead(const QString &applicationId);
    void foreseeApplication(const QString &applicationId) { m_model.foreseeApplication(applicationId); }
    /// Asks again at once for a page that failed, if it were asked for again by itself.
    void retrySoon() { m_autoRetry.hurry(); }
    void focusFilter();
    void saveState();

    /// The actions belong to the page.
    QAction *newAction() { return &m_new; }
    QAction *refreshAction() { return &m_refresh; }
    QAction *backAction() { return &m_back; }
    QAction *forwardAction() { return &m_forward; }
    QAction *detailsAction() { return &m_showDetails; }
    QList<QAction *> sortActions() const { return m_sortActions; }
    CredentialTableView *table() { return m_table; }

Q_SIGNALS:
    /// Back and forward lead to other applications too.
    void applicationShown(const QString &applicationId);
    void rowsShown();
    void loadRefused();
    /// All of them, whatever the page.
    void credentialsCounted(const QString &applicationId, int count);
    void credentialCreated(const QString &applicationId);
    /// Of an application that is in no list.
    void applicationIdEntered(const QString &applicationId);
    /// The list of applications is not what it should be.
    void applicationsWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void makeLayout();
    void connectParts();
    void splitUsually();
    void go(const PageQuery &query);
    void show(const PageQuery &query);
    void refresh();
    void stopLoading();
    void createCredential();
    void showCreated(const Credential &credential);
    void changePageSize(int rows);
    void sort(PageQuery::SortField field);
    void pageLoaded();
    void loadFailed(const ApiError &error);
    void placeRows();
    void updateParts();
    void updateBanner();
    void updateState();
    void showApplicationsState();
    void showApplicationGoneState();
    void askForApplication();
    void showNoRowsState();
    void showState(const QString &icon, const QString &title, const QString &text, const QString &button = {},
                   std::function<void()> buttonAction = {});
    bool hasApplication() const;

    Session &m_session;
    const ApplicationListModel &m_applications;
    QSettings &m_settings;
    CredentialTableModel m_model;
    QueryHistory m_history;
    AutoRetry m_autoRetry;

    QAction m_new;
    QAction m_refresh;
    QAction m_back;
    QAction m_forward;
    QAction m_showDetails;
    QList<QAction *> m_sortActions;

    FilterBar *m_filter;
    BusyBar *m_progress;
    MessageBanner *m_errorBanner;
    MessageBanner *m_createdBanner;
    QStackedWidget *m_stack;
    CredentialTableView *m_table;
    StatePane *m_state = nullptr;        ///< once there is something to say
    std::function<void()> m_stateAction; ///< of the button in it
    PagerBar *m_pager;
    SecretClipboard m_clipboard;
    CredentialDetails *m_details;
    QSplitter *m_splitter;
    bool m_isSplitUsually = true; ///< nobody moved the splitter, so the details yield to the columns

    std::optional<PageQuery> m_placedQuery; ///< whose rows the table shows
    QString m_selectedId;                   ///< of the row to select when a page has come
    int m_selectedRow = -1;                 ///< where it was before
    int m_currentColumn = 0;
    QString m_topId;     ///< of the row to stay in sight after another page size
    QString m_createdId; ///< of the credential just created, until its row is found
    QString m_createdName;
    QPoint m_scrollPosition;
};
