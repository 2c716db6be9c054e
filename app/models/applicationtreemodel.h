// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/application.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class ApplicationService;

/// All applications that a token can see, grouped by owner: the user's own sandbox, then organizations.
///
/// Groups are the top level, applications the one below. Pages load in the background, and groups fill as
/// they come. Before them stands a row for all applications at once, if it is wanted and the token can see
/// others than its own.
class ApplicationTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, CredentialCount, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< an application's id, or allApplications; nothing for a group
    };

    /// In place of an application's id.
    static const QString allApplications;

    explicit ApplicationTreeModel(ApplicationService &service, QObject *parent = nullptr);
    ~ApplicationTreeModel() override;

    /// Forgets the list and loads it anew; what is shown stays until the first page is there.
    void load();
    /// As load(), but the error stays until the answer is there.
    void retry();
    /// What has arrived stays, and so does the error if it is a retry().
    void stopLoading();
    /// For a token that may not list applications: the one that is loaded instead. Counts from the next load.
    void setOwnApplication(const QString &applicationId) { m_ownApplication = applicationId; }
    /// A row for all at once. Counts from the next load.
    void setListsAll(bool listsAll) { m_listsAll = listsAll; }

    bool isLoading() const { return m_call != nullptr; }
    /// stopLoading() ended the last load.
    bool isStopped() const { return m_isStopped; }
    /// All pages are there.
    bool isComplete() const { return m_isComplete; }
    /// The applications that are there are those of an earlier load.
    bool showsFormerList() const { return !m_isComplete && m_received == 0 && applicationCount() > 0; }
    /// Why the last load ended early, until the next one begins, or ends if it is a retry().
    const std::optional<ApiError> &error() const { return m_error; }
    int applicationCount() const { return int(m_byId.size()); }
    /// As far as is known: the server did not say that the token may not list applications.
    bool maySeeAll() const { return m_maySeeAll; }

    /// nullptr if it is not (yet) in the list, as allApplications never is. Valid until control returns to
    /// the event loop.
    const Application *find(const QString &applicationId) const;
    QModelIndex indexOf(const QString &applicationId) const;
    /// Of the list as it is shown; empty if there is none.
    QString firstApplicationId() const;

    /// It has so many credentials more, or fewer, as far as is known.
    void addToCount(const QString &applicationId, int difference);
    /// The server has said how many credentials it has by now.
    void setCredentialCount(const QString &applicationId, int count);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// Not for further pages.
    void loadStarted();
    /// A page arrived, and perhaps the last.
    void pageLoaded();
    void loadFailed(const ApiError &error);
    void loadStopped();

private:
    struct Group
    {
        QString ownerId;
        QString name; ///< empty for the user's own sandbox
        int row = 0;  ///< among groups
        std::vector<Application> applications;
    };
    struct Place
    {
        Group *group = nullptr;
        std::size_t row = 0;
    };

    void loadPage(int page);
    void loadOwn(const ApiError &refusal);
    void loaded(int page, Result<ApplicationPage> answer);
    void clear();
    void append(std::vector<Application> applications);
    Group &groupFor(const Application &application);
    static Group *groupOf(const QModelIndex &application);
    /// The row of the first group.
    int firstGroup() const { return m_hasAllRow ? 1 : 0; }
    bool isAllRow(const QModelIndex &index) const;
    const Group &groupAt(int row) const { return *m_groups[std::size_t(row - firstGroup())]; }
    void allCountChanged();
    QVariant allData(int column, int role) const;
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant applicationData(const Application &application, int column, int role) const;

    ApplicationService &m_service;
    std::vector<std::unique_ptr<Group>> m_groups; ///< the user's own first, then by name
    std::unordered_map<QString, Place> m_byId;
    QString m_ownApplication;
    std::optional<ApiError> m_error;
    int m_received = 0; ///< items in the pages so far, repeated ones too
    bool m_isComplete = false;
    bool m_isStopped = false;
    bool m_listsAll = false;
    bool m_hasAllRow = false;
    bool m_maySeeAll = true;
    PendingCall m_call;
};
