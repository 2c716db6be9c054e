// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/applicationtreemodel.h"

#include "domain/showntext.h"
#include "services/applicationservice.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

// The internal pointer of an application's index is its group; a group's index, and that of all, has none.

const QString ApplicationTreeModel::allApplications = u"all"_s;

ApplicationTreeModel::ApplicationTreeModel(ApplicationService &service, QObject *parent)
    : QAbstractItemModel(parent), m_service(service)
{
}

ApplicationTreeModel::~ApplicationTreeModel() = default;

void ApplicationTreeModel::load()
{
    m_error.reset();
    retry();
}

void ApplicationTreeModel::retry()
{
    m_isComplete = false;
    m_isStopped = false;
    m_received = 0;
    loadPage(0);
    Q_EMIT loadStarted();
}

void ApplicationTreeModel::stopLoading()
{
    if (!m_call)
        return;
    m_call.reset();
    m_isStopped = true;
    Q_EMIT loadStopped();
}

void ApplicationTreeModel::loadPage(int page)
{
    m_call = m_service.list(page, [this, page](Result<ApplicationPage> answer) {
        m_maySeeAll = answer || answer.error().kind != ApiError::Kind::Forbidden;
        if (!m_maySeeAll && !m_ownApplication.isEmpty())
            loadOwn(answer.error());
        else
            loaded(page, std::move(answer));
    });
}

/// `refusal` is why applications can't be listed: an own application that is not there changes nothing in
/// that.
void ApplicationTreeModel::loadOwn(const ApiError &refusal)
{
    m_call = m_service.get(m_ownApplication, [this, refusal](Result<Application> application) {
        if (!application && application.error().kind == ApiError::Kind::NotFound)
            application = tl::unexpected(refusal);
        loaded(0, std::move(application).map([](Application &&one) {
            ApplicationPage page;
            page.items.push_back(std::move(one));
            page.totalCount = 1;
            return page;
        }));
    });
}

void ApplicationTreeModel::loaded(int page, Result<ApplicationPage> answer)
{
    m_call.reset();
    if (!answer) {
        m_error = std::move(answer.error());
        Q_EMIT loadFailed(*m_error);
        return;
    }
    m_error.reset();
    if (page == 0)
        clear();
    if (m_listsAll && m_maySeeAll && !m_hasAllRow && !answer->items.empty()) {
        beginInsertRows({}, 0, 0);
        m_hasAllRow = true;
        endInsertRows();
    }
    const int before = applicationCount();
    m_received += int(answer->items.size());
    append(std::move(answer->items));
    // A page of nothing new is the last, however many more the server counts.
    m_isComplete = applicationCount() == before || m_received >= answer->totalCount;
    if (!m_isComplete)
        loadPage(page + 1);
    Q_EMIT pageLoaded();
}

const Application *ApplicationTreeModel::find(const QString &applicationId) const
{
    const auto found = m_byId.find(applicationId);
    if (found == m_byId.end())
        return nullptr;
    return &found->second.group->applications[found->second.row];
}

QModelIndex ApplicationTreeModel::indexOf(const QString &applicationId) const
{
    if (applicationId == allApplications)
        return m_hasAllRow ? index(0, Name) : QModelIndex();
    const auto found = m_byId.find(applicationId);
    if (found == m_byId.end())
        return {};
    return createIndex(int(found->second.row), Name, found->second.group);
}

QString ApplicationTreeModel::firstApplicationId() const
{
    if (m_groups.empty() || m_groups.front()->applications.empty())
        return {};
    return m_groups.front()->applications.front().id;
}

void ApplicationTreeModel::addToCount(const QString &applicationId, int difference)
{
    if (const Application *application = find(applicationId); application && application->credentialCount)
        setCredentialCount(applicationId, std::max(0, *application->credentialCount + difference));
}

void ApplicationTreeModel::setCredentialCount(const QString &applicationId, int count)
{
    const QModelIndex at = indexOf(applicationId);
    if (!at.isValid())
        return;
    std::optional<int> &known = groupOf(at)->applications[std::size_t(at.row())].credentialCount;
    if (known == count)
        return;
    known = count;
    const QModelIndex cell = at.siblingAtColumn(CredentialCount);
    Q_EMIT dataChanged(cell, cell);
    allCountChanged();
}

void ApplicationTreeModel::allCountChanged()
{
    if (m_hasAllRow)
        Q_EMIT dataChanged(index(0, CredentialCount), index(0, CredentialCount));
}

bool ApplicationTreeModel::isAllRow(const QModelIndex &index) const
{
    return m_hasAllRow && !index.internalPointer() && index.row() == 0;
}

void ApplicationTreeModel::clear()
{
    beginResetModel();
    m_groups.clear();
    m_byId.clear();
    m_hasAllRow = false;
    endResetModel();
}

void ApplicationTreeModel::append(std::vector<Application> applications)
{
    std::unordered_map<Group *, std::vector<Application>> added;
    for (Application &application : applications) {
        if (application.id.isEmpty() || m_byId.contains(application.id))
            continue;
        Group &group = groupFor(application);
        m_byId[application.id] = {&group, group.applications.size() + added[&group].size()};
        added[&group].push_back(std::move(application));
    }
    for (auto &[group, items] : added) {
        const int first = int(group->applications.size());
        beginInsertRows(index(firstGroup() + group->row, Name), first, first + int(items.size()) - 1);
        std::ranges::move(items, std::back_inserter(group->applications));
        endInsertRows();
    }
    allCountChanged();
}

/// The application's group, which is made if need be.
ApplicationTreeModel::Group &ApplicationTreeModel::groupFor(const Application &application)
{
    QString name;
    if (application.owner != Application::Owner::User)
        name = application.organizationName.isEmpty()
                   ? tr("Organization") + u' ' + quoted(application.ownerId, 80)
                   : application.organizationName;
    const auto found = std::ranges::find_if(m_groups, [&](const auto &group) {
        return group->ownerId == application.ownerId && group->name.isEmpty() == name.isEmpty();
    });
    if (found != m_groups.end())
        return **found;
    const auto place = std::ranges::find_if(m_groups, [&](const auto &group) {
        return !group->name.isEmpty() && (name.isEmpty() || name.localeAwareCompare(group->name) < 0);
    });
    const int row = int(place - m_groups.begin());
    beginInsertRows({}, firstGroup() + row, firstGroup() + row);
    m_groups.insert(place, std::make_unique<Group>(Group{application.ownerId, name, row, {}}));
    for (std::size_t below = std::size_t(row) + 1; below < m_groups.size(); ++below)
        ++m_groups[below]->row;
    endInsertRows();
    return *m_groups[std::size_t(row)];
}

ApplicationTreeModel::Group *ApplicationTreeModel::groupOf(const QModelIndex &application)
{
    return static_cast<Group *>(application.internalPointer());
}

QModelIndex ApplicationTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    Group *group = parent.isValid() ? m_groups[std::size_t(parent.row() - firstGroup())].get() : nullptr;
    return createIndex(row, column, group);
}

QModelIndex ApplicationTreeModel::parent(const QModelIndex &index) const
{
    const Group *group = groupOf(index);
    return group ? createIndex(firstGroup() + group->row, Name, nullptr) : QModelIndex();
}

int ApplicationTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return firstGroup() + int(m_groups.size());
    if (groupOf(parent) || parent.column() != Name || isAllRow(parent))
        return 0;
    return int(groupAt(parent.row()).applications.size());
}

int ApplicationTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ApplicationTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const Group *group = groupOf(index))
        return applicationData(group->applications[std::size_t(index.row())], index.column(), role);
    if (isAllRow(index))
        return allData(index.column(), role);
    return groupData(groupAt(index.row()), index.column(), role);
}

QVariant ApplicationTreeModel::allData(int column, int role) const
{
    const auto count = [this] {
        int sum = 0;
        for (const auto &group : m_groups) {
            for (const Application &application : group->applications)
                sum += application.credentialCount.value_or(0);
        }
        return sum;
    };
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? tr("All applications") : QLocale().toString(count());
    case Qt::TextAlignmentRole:
        return column == CredentialCount
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    case Qt::ToolTipRole:
        return column == Name ? tr("The credentials of all applications at once (Ctrl+0)")
                              : tr("%n credential(s)", nullptr, count());
    case Qt::AccessibleDescriptionRole:
        return tr("%n credential(s)", nullptr, count());
    case IdRole:
        return allApplications;
    default:
        return {};
    }
}

QVariant ApplicationTreeModel::groupData(const Group &group, int column, int role) const
{
    if (role == Qt::DisplayRole && column == Name)
        return group.name.isEmpty() ? tr("My sandbox") : group.name;
    return {};
}

QVariant ApplicationTreeModel::applicationData(const Application &application, int column, int role) const
{
    const bool hasCount = application.credentialCount.has_value();
    switch (role) {
    case Qt::DisplayRole:
        if (column == Name)
            return application.name.isEmpty() ? application.id : application.name;
        return hasCount ? QLocale().toString(*application.credentialCount) : QString();
    case Qt::TextAlignmentRole:
        if (column == CredentialCount)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case Qt::ToolTipRole:
        if (column == CredentialCount && hasCount)
            return tr("%n credential(s)", nullptr, *application.credentialCount);
        return application.name;
    case Qt::AccessibleDescriptionRole:
        return hasCount ? tr("%n credential(s)", nullptr, *application.credentialCount) : QString();
    case IdRole:
        return application.id;
    default:
        return {};
    }
}

QVariant ApplicationTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Application") : tr("Credentials");
}

Qt::ItemFlags ApplicationTreeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && !groupOf(index) && !isAllRow(index))
        flags &= ~Qt::ItemIsSelectable;
    return flags;
}
