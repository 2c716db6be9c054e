// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/inventory.h"

#include "api/background.h"
#include "domain/pagequery.h"
#include "services/applicationservice.h"
#include "services/credentialservice.h"

#include <QSet>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace std::chrono_literals;

namespace {

/// Where the server does not say how long to wait; each time twice as long.
constexpr std::chrono::milliseconds firstRetryDelay = 1s;
constexpr std::chrono::milliseconds maxRetryDelay = 30s;
/// Then there is no connection, and it is no use to go through all applications.
constexpr int maxFailuresInARow = 2 * Inventory::maxCalls;
/// As many as a window may show.
constexpr std::ptrdiff_t maxFirstRows = 50;
/// Of an application that changes while its pages are read.
constexpr int maxRestarts = 3;

int lastPageOf(int count)
{
    return std::max(0, count - 1) / Inventory::perPage;
}

/// It would be the same if it were asked again.
bool isLasting(const ApiError &error)
{
    return error.kind == ApiError::Kind::Forbidden || error.kind == ApiError::Kind::NotFound;
}

bool asksForPatience(const ApiError &error)
{
    return error.kind == ApiError::Kind::Throttled ||
           (error.kind == ApiError::Kind::Server && error.retryAfter);
}

} // namespace

/// An application that is read: its pages from the last to the first, oldest credentials on the first. What
/// is created meanwhile is behind all of them, and what is deleted moves others towards pages that are still
/// to be read, so that none is missed.
struct Inventory::Reading
{
    QString applicationId;
    bool isSecondAttempt = false;
    bool isPlanned = false;
    bool replaces = false; ///< rows are there that stay until all others are here
    int lastPage = 0;
    int page = 0; ///< the next one
    int restarts = 0;
    int totalCount = 0;        ///< by the last answer
    int rowsToCome = 0;        ///< pages that are turned into rows in another thread
    int countedRows = 0;       ///< in readCount()
    bool isAnswered = false;   ///< the first page was, which is the last
    QSet<QByteArray> ids = {}; ///< of the rows so far
    std::vector<InventoryRow> rows = {};
    PendingCall call = {};
};

Inventory::Inventory(ApplicationService &applications, CredentialService &credentials)
    : m_applications(applications), m_credentials(credentials), m_nextDelay(firstRetryDelay)
{
    m_reader.setMaxThreadCount(1); // another processor is for whoever looks at what is there
    m_retryDelay.setSingleShot(true);
    connect(&m_retryDelay, &QTimer::timeout, this, [this] {
        Q_EMIT progressChanged();
        proceed();
    });
    connect(&m_credentials, &CredentialService::credentialsChanged, this, &Inventory::credentialsChanged);
}

Inventory::~Inventory() = default;

void Inventory::load()
{
    withdraw();
    m_isBegun = true;
    m_isLoading = true;
    m_isStopped = false;
    m_isListComplete = false;
    m_error.reset();
    m_readCount = 0;
    askForApplications(0);
    Q_EMIT progressChanged();
}

void Inventory::loadMissing()
{
    if (m_isLoading)
        return;
    if (m_error || !m_isListComplete) {
        load();
        return;
    }
    m_isLoading = true;
    m_isStopped = false;
    for (const Part &part : m_parts) {
        if (part.error || !part.isWhole)
            m_waiting.push_back(std::make_shared<Reading>(Reading{.applicationId = part.application.id}));
    }
    Q_EMIT progressChanged();
    proceed();
}

void Inventory::stop()
{
    if (!m_isLoading)
        return;
    withdraw();
    m_isStopped = true;
    m_isLoading = false;
    Q_EMIT progressChanged();
    Q_EMIT finished();
}

void Inventory::forget()
{
    withdraw();
    m_isBegun = m_isLoading = m_isStopped = m_isListComplete = false;
    m_error.reset();
    m_loadedAt.reset();
    m_parts.clear();
    m_partOf.clear();
    m_rowCount = m_readCount = 0;
    Q_EMIT partsReset();
    Q_EMIT progressChanged();
}

void Inventory::askForApplications(int page)
{
    m_listCall = m_applications.list(page, [this, page](Result<ApplicationPage> answer) {
        m_listCall.reset();
        if (answer) {
            takeApplications(*answer, page);
        } else {
            m_error = answer.error();
            withdraw();
            endLoad();
        }
    });
}

void Inventory::takeApplications(const ApplicationPage &page, int number)
{
    if (number == 0)
        m_list.clear();
    QSet<QString> known;
    for (const Application &application : m_list)
        known.insert(application.id);
    std::vector<Application> added;
    for (const Application &application : page.items) {
        if (application.id.isEmpty() || known.contains(application.id))
            continue;
        known.insert(application.id);
        added.push_back(application);
    }
    m_list.insert(m_list.end(), added.begin(), added.end());
    const bool hasMore = !page.items.empty() && (number + 1) * ApplicationService::perPage < page.totalCount;
    m_isListComplete = !hasMore;
    arrangeParts(m_isListComplete);
    readLater(added);
    if (hasMore)
        askForApplications(number + 1);
    Q_EMIT progressChanged();
    proceed();
}

void Inventory::readLater(const std::vector<Application> &applications)
{
    for (const Application &application : applications) {
        if (application.credentialCount != 0) {
            m_waiting.push_back(std::make_shared<Reading>(Reading{.applicationId = application.id}));
            continue;
        }
        const int part = partOf(application.id);
        m_parts[std::size_t(part)].isWhole = true;
        m_parts[std::size_t(part)].error.reset();
        replaceRows(part, {});
    }
}

void Inventory::credentialsChanged(const QString &applicationId)
{
    if (!m_isBegun || partOf(applicationId) < 0)
        return;
    const auto isOfIt = [&](const ReadingPtr &reading) { return reading->applicationId == applicationId; };
    for (const ReadingPtr &reading : m_readings) {
        if (isOfIt(reading))
            m_readCount -= reading->countedRows;
    }
    std::erase_if(m_readings, isOfIt); // what it was told is out of date
    std::erase_if(m_waiting, isOfIt);
    m_waiting.push_front(std::make_shared<Reading>(Reading{.applicationId = applicationId}));
    proceed();
}

/// Asks as much as may be asked now, and ends the load where nothing is left to be asked.
void Inventory::proceed()
{
    while (!m_retryDelay.isActive() && !m_waiting.empty() && callCount() < m_callLimit) {
        const ReadingPtr reading = m_waiting.front();
        m_waiting.pop_front();
        const int part = partOf(reading->applicationId);
        if (part < 0) // it has gone from the list
            continue;
        if (!reading->isPlanned)
            plan(*reading);
        m_readings.push_back(reading);
        ask(reading);
    }
    if (m_listCall || !m_waiting.empty() || !m_readings.empty())
        return;
    if (!m_failedOnce.empty()) {
        for (const QString &id : std::exchange(m_failedOnce, {}))
            m_waiting.push_back(
                std::make_shared<Reading>(Reading{.applicationId = id, .isSecondAttempt = true}));
        proceed();
    } else if (m_isLoading) {
        m_loadedAt = Clock::now();
        endLoad();
    }
}

void Inventory::plan(Reading &reading) const
{
    const Part &part = m_parts[std::size_t(partOf(reading.applicationId))];
    reading.isPlanned = true;
    reading.replaces = !part.rows.empty();
    reading.lastPage = lastPageOf(part.application.credentialCount.value_or(0));
    reading.page = reading.lastPage;
    reading.ids.clear();
    reading.rows.clear();
}

void Inventory::ask(const ReadingPtr &reading)
{
    const PageQuery query{.applicationId = reading->applicationId,
                          .sortField = PageQuery::SortField::CreationDate,
                          .sortOrder = Qt::AscendingOrder,
                          .page = reading->page,
                          .perPage = perPage};
    const std::weak_ptr<Reading> asked = reading;
    reading->call = m_credentials.list(
        query,
        [this, asked](Result<CredentialPage> page) {
            const ReadingPtr answering = asked.lock();
            if (!answering)
                return;
            answering->call.reset();
            if (partOf(answering->applicationId) < 0) // it has gone from the list meanwhile
                drop(answering);
            else
                answered(answering, std::move(page));
        },
        ApiRequest::Priority::Background);
}

void Inventory::answered(const ReadingPtr &reading, Result<CredentialPage> page)
{
    if (!page) {
        if (asksForPatience(page.error()))
            wait(reading, page.error());
        else
            failed(reading, page.error());
        return;
    }
    m_failuresInARow = 0;
    m_nextDelay = firstRetryDelay;
    m_callLimit = std::min(maxCalls, m_callLimit + 1);
    reading->totalCount = page->totalCount;
    m_parts[std::size_t(partOf(reading->applicationId))].application.credentialCount = page->totalCount;
    ++reading->rowsToCome;
    if (lastPageOf(page->totalCount) > reading->lastPage && reading->restarts < maxRestarts) {
        // There are more than was known: what is behind comes first.
        ++reading->restarts;
        reading->lastPage = reading->page = lastPageOf(page->totalCount);
        ask(reading);
    } else if (reading->page > 0) {
        --reading->page;
        ask(reading);
    } else {
        reading->isAnswered = true;
        proceed(); // first of all the next request is on its way
    }
    if (m_rowCount == 0)
        takeFirstRows(reading, page->items);
    if (page->items.empty()) {
        takeRows(reading, {});
        return;
    }
    const std::weak_ptr<Reading> asked = reading;
    runInBackground(
        this,
        [items = std::move(page->items)] {
            letOthersGoFirst();
            return inventoryRows(items);
        },
        [this, asked](std::vector<InventoryRow> rows) {
            if (const ReadingPtr answering = asked.lock())
                takeRows(answering, std::move(rows));
        },
        m_reader);
}

/// The first that there are to be seen do not wait for another thread.
void Inventory::takeFirstRows(const ReadingPtr &reading, std::vector<Credential> &items)
{
    const auto end = items.begin() + std::min(std::ptrdiff_t(items.size()), maxFirstRows);
    const std::vector<Credential> first(std::make_move_iterator(items.begin()), std::make_move_iterator(end));
    items.erase(items.begin(), end);
    ++reading->rowsToCome;
    takeRows(reading, inventoryRows(first));
}

void Inventory::takeRows(const ReadingPtr &reading, std::vector<InventoryRow> rows)
{
    --reading->rowsToCome;
    std::erase_if(rows, [&](const InventoryRow &row) {
        const auto size = reading->ids.size();
        reading->ids.insert(row.idBytes().toByteArray());
        return reading->ids.size() == size;
    });
    const int part = partOf(reading->applicationId);
    if (part < 0) {
        drop(reading);
        return;
    }
    reading->countedRows += int(rows.size());
    m_readCount += int(rows.size());
    if (reading->replaces) {
        std::ranges::move(rows, std::back_inserter(reading->rows));
    } else {
        std::vector<InventoryRow> &shown = m_parts[std::size_t(part)].rows;
        const int first = int(shown.size());
        m_rowCount += int(rows.size());
        if (shown.empty())
            shown = std::move(rows);
        else
            std::ranges::move(rows, std::back_inserter(shown));
        if (int(shown.size()) > first)
            Q_EMIT partChanged(part, first);
    }
    if (reading->isAnswered && reading->rowsToCome == 0)
        finish(reading);
    Q_EMIT progressChanged();
}

void Inventory::finish(const ReadingPtr &reading)
{
    const bool isConsistent = reading->lastPage == 0 || reading->ids.size() == reading->totalCount;
    if (!isConsistent && reading->restarts < maxRestarts) {
        // It changed between its pages.
        ++reading->restarts;
        m_readCount -= std::exchange(reading->countedRows, 0);
        reading->isAnswered = false;
        plan(*reading);
        ask(reading);
        return;
    }
    const int part = partOf(reading->applicationId);
    m_parts[std::size_t(part)].isWhole = true;
    m_parts[std::size_t(part)].error.reset();
    if (reading->replaces)
        replaceRows(part, std::move(reading->rows));
    drop(reading);
}

void Inventory::failed(const ReadingPtr &reading, const ApiError &error)
{
    m_readCount -= reading->countedRows;
    const QString id = reading->applicationId;
    const bool isLast = reading->isSecondAttempt || isLasting(error) || !m_isLoading;
    m_failuresInARow = error.httpStatus == 0 ? m_failuresInARow + 1 : 0;
    std::erase(m_readings, reading);
    if (m_isLoading && (error.kind == ApiError::Kind::Unauthorized ||
                        error.kind == ApiError::Kind::Unsendable || m_failuresInARow >= maxFailuresInARow)) {
        m_error = error;
        withdraw();
        endLoad();
        return;
    }
    if (isLast)
        m_parts[std::size_t(partOf(id))].error = error;
    else
        m_failedOnce.push_back(id);
    Q_EMIT progressChanged();
    proceed();
}

/// The server asks for patience: the reading goes on where it is, some time later, and all others as well.
void Inventory::wait(const ReadingPtr &reading, const ApiError &error)
{
    const std::chrono::milliseconds delay =
        error.retryAfter ? std::chrono::milliseconds(*error.retryAfter) : m_nextDelay;
    if (!m_retryDelay.isActive())
        m_nextDelay = std::min(maxRetryDelay, 2 * m_nextDelay);
    m_callLimit = std::max(1, m_callLimit / 2);
    std::erase(m_readings, reading);
    m_waiting.push_front(reading);
    if (!m_retryDelay.isActive() || m_retryDelay.remainingTimeAsDuration() < delay)
        m_retryDelay.start(delay);
    Q_EMIT progressChanged();
}

void Inventory::drop(const ReadingPtr &reading)
{
    std::erase(m_readings, reading);
    proceed();
}

void Inventory::withdraw()
{
    m_listCall.reset();
    for (const ReadingPtr &reading : m_waiting)
        m_readCount -= reading->countedRows;
    for (const ReadingPtr &reading : m_readings)
        m_readCount -= reading->countedRows;
    m_waiting.clear();
    m_readings.clear();
    m_failedOnce.clear();
    m_retryDelay.stop();
    m_callLimit = maxCalls;
    m_failuresInARow = 0;
    m_nextDelay = firstRetryDelay;
}

void Inventory::endLoad()
{
    m_isLoading = false;
    Q_EMIT progressChanged();
    Q_EMIT finished();
}

int Inventory::callCount() const
{
    return int(std::ranges::count_if(m_readings,
                                     [](const ReadingPtr &reading) { return reading->call != nullptr; }));
}
