// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "domain/credential.h"

#include <optional>

/// What is known of a credential that the server was asked to create, to edit or to delete.
struct ChangeOutcome
{
    enum class State {
        Done,    ///< `credential` is what the server has
        NotDone, ///< `error` says why; trying again is safe
        Unknown, ///< it may have been done: the answer was lost, and looking it up did not tell
    };

    State state = State::Unknown;
    Credential credential;
    /// Done: false if the server made something else of it than what was meant, as far as it shows.
    bool isAsMeant = true;
    /// NotDone: nothing was sent, as somebody else had edited the credential; this is what it is now.
    std::optional<Credential> theirs;
    QString publicKey; ///< Done with a generated key: PEM or OpenSSH, to be registered elsewhere
    ApiError error;    ///< NotDone and Unknown: what went wrong
    /// NotDone and Unknown: whoever sent it has given up waiting for the answer.
    bool wasCancelled = false;
    /// NotDone and Unknown: the answer was lost, and it was looked up what became of it.
    bool wasLookedUp = false;
    /// Unknown: one of this name and type is there, but may be an older one.
    bool hasNamesake = false;
    /// Unknown: the server could not be reached, and is asked again until it can. Another outcome follows
    /// then.
    bool isStillLookedFor = false;
};
