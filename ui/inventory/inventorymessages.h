// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/pagemessages.h"

#include <chrono>

/// All that decides on the messages of the page of all applications.
struct InventoryStatus
{
    LoadStatus load = {}; ///< of the list of applications, and then of their credentials
    bool hasList = false; ///< of applications
    int applicationCount = 0;
    int unreadCount = 0; ///< applications that could not be read
    int rowCount = 0;    ///< credentials that are there
    int readCount = 0;   ///< those of them that the load under way has read
    int expectedCount = 0;
    int shownCount = 0; ///< those that the filter leaves
    bool isFiltered = false;
    bool isThrottled = false;
    std::chrono::milliseconds age{0}; ///< since all was read
};

/// What the page of all applications says: how much is there, and why something is not.
class InventoryMessages
{
    Q_DECLARE_TR_FUNCTIONS(InventoryMessages)

public:
    /// From this age on it is said.
    static constexpr std::chrono::minutes oldAge{5};

    explicit InventoryMessages(InventoryStatus status) : m_status(std::move(status)) {}

    /// It was stopped before all was there.
    bool isPartial() const;
    /// Empty as long as nothing is known.
    QString statusText() const;
    /// Nothing if the rows are shown.
    std::optional<StateMessage> state() const;
    std::optional<BannerMessage> banner() const;

private:
    QString countText() const;
    StateMessage noCredentialsState() const;

    const InventoryStatus m_status;
};
