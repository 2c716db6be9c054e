// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <QCoreApplication>

/// What has become of a load.
struct LoadStatus
{
    bool isLoading = false;
    bool isStopped = false; ///< by a person
    std::optional<ApiError> error = {};
};

/// All that decides on the messages of a page of credentials.
struct PageStatus
{
    LoadStatus applications = {};
    int applicationCount = 0;
    bool areAllApplicationsThere = false;

    bool isApplicationChosen = false;
    bool isReadOnly = false; ///< nothing may be created
    LoadStatus page = {};
    bool hasPage = false; ///< of this application, perhaps an older one
    bool isStale = false; ///< its rows are not what was asked for
    bool isFiltered = false;
    bool maySearchAll = false; ///< all applications can be searched
    int rowCount = 0;
    int totalCount = 0;

    /// One is open, and the server did not say that it is gone.
    bool hasApplication() const;
};

/// What stands where the rows would be.
struct StateMessage
{
    enum class Action { None, Load, LoadApplications, OpenById, ClearFilter, Create, SearchAll };

    QString icon;
    QString title;
    QString text;
    QString button; ///< empty if there is nothing to do here
    Action action = Action::None;
    bool isAnnounced = true;  ///< to assistive technology; if not, another part announces it
    QString otherButton = {}; ///< beside the first; empty if there is nothing else to do
    Action otherAction = Action::None;
};

/// What stands above the rows, or above what is there instead of them.
struct BannerMessage
{
    enum class Action { Retry, SignIn };

    QString text;
    Action action = Action::Retry;
};

/// The messages of a page of credentials: of rows that are not there, or not as they should be.
class PageMessages
{
    Q_DECLARE_TR_FUNCTIONS(PageMessages)

public:
    explicit PageMessages(PageStatus status) : m_status(std::move(status)) {}

    /// Nothing if the rows are shown.
    std::optional<StateMessage> state() const;
    std::optional<BannerMessage> banner() const;

private:
    std::optional<StateMessage> findState() const;
    StateMessage applicationsState() const;
    StateMessage applicationGoneState() const;
    StateMessage noRowsState() const;

    const PageStatus m_status;
};
