// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/credential.h"
#include "domain/pagequery.h"

#include <QCoreApplication>
#include <QVariant>

#include <optional>

/// What a credential's columns are called and what they say, wherever credentials are listed.
class CredentialColumns
{
    Q_DECLARE_TR_FUNCTIONS(CredentialColumns)

public:
    enum Column {
        Name,
        Type,
        Status,
        Created,
        LastUpdated,
        Description,
        CreatedBy,
        Id,
        LastUpdatedBy,
        Count
    };

    static QString title(int column);
    /// Of any length; "—" where there is nothing. `account` is whose credentials are created by "you".
    static QString text(const Credential &credential, int column, const Account &account);
    /// As text(), but dates to the second.
    static QString exactText(const Credential &credential, int column, const Account &account);
    /// What is copied of it: the whole text, a date as the API spells it (ISO 8601, UTC); nothing where there
    /// is nothing.
    static QString copyText(const Credential &credential, int column, const Account &account);
    /// The API's own value: a string, a bool, milliseconds since 1970, or nothing.
    static QVariant value(const Credential &credential, int column);

    static QString creatorText(const Credential &credential, const Account &account);
    static QString updaterText(const Credential &credential, const Account &account);

    /// Nothing for a column that the API can't sort by.
    static std::optional<PageQuery::SortField> sortField(int column);
    static Column columnOf(PageQuery::SortField field);

private:
    /// "you", or the kind and id of who has done something.
    static QString authorText(const QString &id, const QString &type, const Account &account);
};
