// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bootclock.h"
#include "api/pendingcall.h"
#include "domain/application.h"
#include "domain/credential.h"
#include "services/inventoryrow.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

class ApplicationService;
class CredentialService;

/// The credentials of all applications that a token can see, read politely, page by page, and kept in memory.
///
/// At most maxCalls requests are under way, all in the background: what a person asks for meanwhile goes
/// first. A server that asks for patience slows all of it down. An application that could not be read is
/// tried once more at the end, and then keeps its error, and the rows that it had. What is there stays while
/// it is asked for anew. When the service says that credentials of an application changed, that one is read
/// again, if the inventory has been loaded at all.
class Inventory : public QObject
{
    Q_OBJECT

public:
    using Clock = BootClock;

    static constexpr int maxCalls = 6;
    static constexpr int perPage = 1000;

    /// An application and what was read of it.
    struct Part
    {
        Application application;        ///< with the count that the last answer told
        QByteArray searched;            ///< searchedText() of it
        std::vector<InventoryRow> rows; ///< of the pages that are there, each credential once
        std::optional<ApiError> error;  ///< why the last attempt to read it failed
        bool isWhole = false;           ///< all rows are there, of one attempt
    };

    /// The services must outlive the inventory.
    Inventory(ApplicationService &applications, CredentialService &credentials);
    ~Inventory() override;

    /// Reads all of it, again if it is there already.
    void load();
    /// Reads what could not be read, or was not when it was stopped.
    void loadMissing();
    /// What is there stays.
    void stop();
    /// As if nothing had ever been read.
    void forget();

    bool isLoading() const { return m_isLoading; }
    bool isStopped() const { return m_isStopped; }
    /// load() was called.
    bool isBegun() const { return m_isBegun; }
    /// The server asked for patience; goes on by itself.
    bool isThrottled() const { return m_retryDelay.isActive(); }
    /// Why the last load ended early, if it did: the list could not be read, the token is no good, or there
    /// is no connection.
    const std::optional<ApiError> &error() const { return m_error; }
    /// When the last load() that ended by itself did.
    std::optional<Clock::time_point> loadedAt() const { return m_loadedAt; }

    /// In the order of the list of applications. A part stays at its place as long as its application is
    /// there.
    const std::vector<Part> &parts() const { return m_parts; }
    /// -1 if it is not there.
    int partOf(const QString &applicationId) const { return m_partOf.value(applicationId, -1); }
    /// Rows that are there.
    int rowCount() const { return m_rowCount; }
    /// Rows that the last load() has read: fewer than are there, while they are read again.
    int readCount() const { return m_readCount; }
    /// All credentials, as far as is known: by the counts of the list until an application was read.
    int expectedCount() const;
    /// Parts that have an error.
    std::vector<int> failedParts() const;

Q_SIGNALS:
    /// Parts were taken away, or came: rows of any may be elsewhere by now.
    void partsReset();
    /// `first` rows of the part stay as they are, those behind them were replaced or added: 0 if all are
    /// others.
    void partChanged(int part, int first);
    /// isLoading(), error(), counts or failures are others.
    void progressChanged();
    /// A load ended, by itself or by stop().
    void finished();

protected:
    std::vector<Part> m_parts;
    int m_rowCount = 0;

private:
    struct Reading;
    using ReadingPtr = std::shared_ptr<Reading>;

    void askForApplications(int page);
    void takeApplications(const ApplicationPage &page, int number);
    void arrangeParts(bool isListComplete);
    void readLater(const std::vector<Application> &applications);
    void credentialsChanged(const QString &applicationId);

    void proceed();
    void plan(Reading &reading) const;
    void ask(const ReadingPtr &reading);
    void answered(const ReadingPtr &reading, Result<CredentialPage> page);
    void takeFirstRows(const ReadingPtr &reading, std::vector<Credential> &items);
    void takeRows(const ReadingPtr &reading, std::vector<InventoryRow> rows);
    void finish(const ReadingPtr &reading);
    void failed(const ReadingPtr &reading, const ApiError &error);
    void wait(const ReadingPtr &reading, const ApiError &error);
    void drop(const ReadingPtr &reading);
    void replaceRows(int part, std::vector<InventoryRow> rows);
    void withdraw();
    void endLoad();
    int callCount() const;

    ApplicationService &m_applications;
    CredentialService &m_credentials;
    QThreadPool m_reader;
    PendingCall m_listCall;
    std::vector<Application> m_list; ///< of the pages of the list that this load has read
    QHash<QString, int> m_partOf;
    std::deque<ReadingPtr> m_waiting;
    std::vector<ReadingPtr> m_readings; ///< under way
    std::vector<QString> m_failedOnce;  ///< to be tried again at the end
    QTimer m_retryDelay;                ///< runs while the server has asked for patience
    std::chrono::milliseconds m_nextDelay;
    int m_callLimit = maxCalls;
    int m_failuresInARow = 0; ///< without any answer
    int m_readCount = 0;
    std::optional<ApiError> m_error;
    std::optional<Clock::time_point> m_loadedAt;
    bool m_isLoading = false;
    bool m_isListComplete = false;
    bool m_isStopped = false;
    bool m_isBegun = false;
};
