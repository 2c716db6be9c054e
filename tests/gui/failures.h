// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QStringList>

#include <array>
#include <map>

/// The calls that people wait for.
enum class Call { List, Create, Applications, SignIn, Edit, Delete };

constexpr std::array allCalls{Call::List,   Call::Create, Call::Applications,
                              Call::SignIn, Call::Edit,   Call::Delete};
QString callName(Call call);

/// What the server of a failure is asked.
struct Asked
{
    Call call;
    RecordedRequest request;
    QUrl elsewhere; ///< another server, which must never be asked
    ScriptedReply success;
};

/// One way in which a call fails, or nearly does, and what must come of it.
struct Failure
{
    enum class Network {
        Works,      ///< the server gives `reply`
        NoSuchHost, ///< the server's name is unknown
        Refused,    ///< nobody listens there
        Untrusted,  ///< the server's certificate is by nobody whom the computer trusts
    };

    QByteArray name;
    std::function<ScriptedReply(const Asked &)> reply;
    /// A cell for each call, as the table prints it: the kind of error or `success`, the requests on the
    /// wire, how many of them are ours if that differs, and what is known of a credential. `*` is any number:
    /// those that the network access manager sends again by itself.
    std::array<QString, allCalls.size()> cells;
    QStringList words;                         ///< that a person must read: what happened, and what to do
    std::map<Call, QStringList> ownWords = {}; ///< of calls that say it otherwise
    Network network = Network::Works;
    bool isGone = false; ///< what was listed, edited or deleted
    std::chrono::milliseconds stallTimeout{15'000};
    std::chrono::milliseconds pause{0}; ///< that the server asks for before another attempt
};

/// The table: every failure there is a rule for.
const std::vector<Failure> &allFailures();
