// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/application.h"
#include "services/inventoryrow.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

/// Rows of all applications' table as they were at one moment, to be written to a file by another thread.
///
/// CSV is what RFC 4180 says, in UTF-8: a line of titles, then the columns that are shown, dates in ISO 8601
/// and UTC, keys as a whole. Text that a spreadsheet would take for a formula gets an apostrophe before it.
///
/// JSON is an object: `format`, which is "credenza.credentials", `version`, which is 1 until a member comes
/// to mean something else, and `credentials`, an array of objects, in the order of the rows. Members of each,
/// strings unless it says otherwise, and missing where nothing is known: `applicationId`, `application` and
/// `owner`, which are names, `id`, `name`, `type` as the API spells it, `enabled`, a boolean, `creationDate`,
/// `lastUpdated` and `expires`, in ISO 8601 and UTC, `key`, the public part that tells keys apart,
/// `description`, of which an inventory has the first InventoryRow::maxDescription characters, `createdById`,
/// `createdByType`, `lastUpdatedById` and `lastUpdatedByType`.
///
/// There is nothing secret in either: an inventory has none.
class InventoryExport
{
public:
    enum class Format { Csv, Json };
    enum class Outcome { Written, Stopped, Failed };

    struct Row
    {
        InventoryRow row;
        std::size_t application = 0; ///< its place in `applications`
    };

    struct Result
    {
        Outcome outcome = Outcome::Written;
        QString error; ///< what the system says, if it failed
    };

    /// Called with the rows that have been written so far; whether to go on.
    using Progress = std::function<bool(std::size_t)>;

    /// By the ending of the file's name; nothing of any other.
    static std::optional<Format> formatOf(const QString &fileName);

    /// Beside the file, which is replaced once all is written: if that fails it is as it was.
    Result write(const QString &fileName, Format format, const Progress &progress) const;

    std::vector<Application> applications;
    std::vector<Row> rows;
    std::vector<int> columns; ///< of InventoryColumns, for CSV
    Account account;          ///< whose credentials are created by "you"

private:
    QByteArray csvTitles() const;
    QByteArray csvLine(const Row &row) const;
    QByteArray jsonObject(const Row &row) const;
};
