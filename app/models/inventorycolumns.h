// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/application.h"
#include "services/inventoryrow.h"

#include <QCoreApplication>
#include <QVariant>

/// What the columns of all applications' credentials are called and what they say.
class InventoryColumns
{
    Q_DECLARE_TR_FUNCTIONS(InventoryColumns)

public:
    /// Those that show at first, then the others.
    enum Column {
        Name,
        ApplicationName,
        Type,
        Status,
        Created,
        LastUpdated,
        Expires,
        Key,
        Owner,
        Description,
        CreatedBy,
        LastUpdatedBy,
        Id,
        ApplicationId,
        ColumnCount
    };

    static QString title(int column);
    /// Of any length; "—" where there is nothing, a key shortened in its middle. `account` is whose
    /// credentials are created by "you".
    static QString text(const InventoryRow &row, const Application &application, int column,
                        const Account &account);
    /// As text(), but dates to the second and a key as a whole.
    static QString exactText(const InventoryRow &row, const Application &application, int column,
                             const Account &account);
    /// What is copied of it: the whole text, a date in ISO 8601, UTC; nothing where there is nothing.
    static QString copyText(const InventoryRow &row, const Application &application, int column,
                            const Account &account);
    /// A string, a bool, milliseconds since 1970, or nothing.
    static QVariant value(const InventoryRow &row, const Application &application, int column);

    /// The application's name, or its ID if it has none.
    static QString applicationName(const Application &application);
};
