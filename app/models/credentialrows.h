// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/credential.h"

#include <QAbstractTableModel>

#include <optional>

/// A table of credentials, a row each, of one application or of several: what is shown of them and done to
/// them needs to know no more of it.
class CredentialRows : public QAbstractTableModel
{
public:
    enum Role {
        RawRole =
            Qt::UserRole, ///< the API's own value: a string, a bool, milliseconds since 1970, or nothing
        CopyRole,         ///< the whole text, a date in ISO 8601
        FirstOwnRole,     ///< of a model
    };

    using QAbstractTableModel::QAbstractTableModel;

    virtual Credential credentialAt(int row) const = 0;
    virtual QString idAt(int row) const = 0;
    virtual QString applicationIdAt(int row) const = 0;
    virtual QString typeAt(int row) const = 0; ///< raw
    virtual std::optional<bool> enabledAt(int row) const = 0;

    virtual int typeColumn() const = 0;
    virtual int statusColumn() const = 0;

    /// credentialAt() has the configuration.
    virtual bool hasConfigurations() const = 0;
    /// The rows are not what was asked for.
    virtual bool isStale() const = 0;
    /// Whose credentials are created by "you".
    virtual const Account &account() const = 0;
};
