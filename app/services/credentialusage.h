// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "domain/linkedresource.h"

#include <QString>

#include <optional>
#include <vector>

/// What is known of the use of a credential. What refers to it by a template shows nowhere.
struct CredentialUsage
{
    std::vector<LinkedResource> items; ///< that use it
    bool isComplete = false;        ///< the server has listed all workflows and integrations that it counts
    std::optional<int> listedCount; ///< of workflows, versions and integrations; if the server said
    std::optional<int> totalCount;  ///< of the same, however many are listed; if the server said
    std::optional<ApiError> linksError;   ///< why workflows and integrations could not be looked at
    std::optional<ApiError> archiveError; ///< why the application's archive could not be looked at

    bool isUsed() const { return !items.empty(); }
    /// Everything was looked at, and nothing refers to it by its name.
    bool isUnused() const { return items.empty() && isComplete && !linksError && !archiveError; }
};
