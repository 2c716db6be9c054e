// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/bodycheck.h"
#include "sandbox/sandboxstore.h"

#include <QHash>
#include <QJsonObject>

#include <optional>
#include <span>

/// The parameters after the `?`, percent-decoded, a `+` read as a blank. Nothing if they are no UTF-8.
std::optional<QHash<QString, QString>> queryParameters(const QByteArray &query);

/// What a collection can be sorted and filtered by, and its order when none is asked for.
struct ListRules
{
    std::span<const QLatin1StringView> sortFields; ///< the first is the default
    std::span<const QLatin1StringView> filterFields;
    bool isDescending = false;
};

/// A page that is asked for, or what is wrong with the question.
struct ListQuery
{
    SandboxPageQuery page;
    std::vector<BodyProblem> problems;
};

/// Reads sortField, sortDirection, page, perPage, filterField and filter. Blank is as good as absent, and
/// a perPage above 1000 is taken as 1000, the most that there is. Other parameters are not looked at.
ListQuery listQuery(const QHash<QString, QString> &parameters, const ListRules &rules);

/// What an answer says of the page that it is.
QJsonObject listAnswer(const SandboxPageQuery &query, qsizetype count, qsizetype total);
