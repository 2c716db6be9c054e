// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialtypes.h"

#include <QString>

#include <vector>

/// A credential that a person is about to create: what was typed, field by field.
///
/// Values are kept by the position of the field in its type's table, so a field that is not
/// shown for now keeps what was typed. A switch that is on has the value "true", one that is off is
/// empty; a number that is not set is empty.
class CredentialDraft
{
public:
    CredentialDraft() = default;
    explicit CredentialDraft(const CredentialType &type);

    QString name;
    QString description;
    bool enabled = true;

    /// nullptr as long as none was chosen. The table of types outlives every draft.
    const CredentialType *type() const { return m_type; }

    /// `field` is a position in `type()->fields`.
    const QString &value(int field) const { return m_values.at(std::size_t(field)); }
    void setValue(int field, const QString &value) { m_values.at(std::size_t(field)) = value; }

    /// Whether the field is part of the form, given the values of the fields that it depends on.
    bool isShown(int field) const;

    /// The words for the field, given the value that they go by.
    FieldWording wording(int field) const;

    /// The value of the field with this key that is shown, or nothing.
    QString valueOf(QLatin1StringView key) const;

    /// The position of the field with this key that is shown, or -1.
    int shownField(QLatin1StringView key) const;

private:
    const CredentialType *m_type = nullptr;
    std::vector<QString> m_values;
};
