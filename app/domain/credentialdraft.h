// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"
#include "domain/credentialtypes.h"
#include "domain/fieldvalue.h"

#include <QString>

#include <optional>
#include <vector>

/// A credential as a person means it to be, field by field: a new one, or what becomes of one that there is.
///
/// A field that is kept has the value that it began with: that of the credential which the draft stands upon
/// (its base) or, without one, that of an empty form, with each choice at its first and the credential
/// enabled. Secrets begin empty, since nobody can read them back.
/// A field that is not shown for now keeps what was typed. A switch that is on has the value "true", one that
/// is off is empty; a number that is not set is empty.
class CredentialDraft
{
public:
    /// Of no type yet.
    CredentialDraft();
    explicit CredentialDraft(const CredentialType &type);
    /// Upon a credential of a type that the table does not have: what every credential has can be changed.
    explicit CredentialDraft(const Credential &base);
    /// Upon a credential of this type; `values` has, by position, the texts of its public fields, and for a
    /// secret by which keys differ what the server shows of it.
    CredentialDraft(const CredentialType &type, const Credential &base, std::vector<QString> values);

    /// nullptr as long as none was chosen, and upon a credential of a type that the table does not have. The
    /// table of types outlives every draft.
    const CredentialType *type() const { return m_type; }
    /// All of the type's fields, in their order; none without a type.
    FieldIds fieldIds() const { return m_type ? m_type->fieldIds() : FieldIds(0); }
    /// Before them those that every credential has.
    std::vector<FieldId> allFields() const;
    /// nullptr for a new credential.
    const Credential *base() const { return m_base ? &*m_base : nullptr; }

    /// The text in effect: of a secret that is kept, nothing. Not of FieldId::type.
    const QString &value(FieldId field) const;
    const FieldValue &fieldValue(FieldId field) const { return m_values[slot(field)]; }
    void set(FieldId field, const QString &text) { m_values[slot(field)] = FieldValue::set(text); }
    void keep(FieldId field) { m_values[slot(field)] = {}; }
    void clear(FieldId field) { m_values[slot(field)] = FieldValue::cleared(); }

    /// From now on a new key is to take the place of the base's: what it consists of is not to be kept.
    void requireNewKey() { m_needsNewKey = true; }
    bool needsNewKey() const { return m_needsNewKey; }
    /// What the server shows of the base's value of this field: of a secret its public part, if anything.
    const QString &shownInBase(FieldId field) const { return m_shown[slot(field)]; }

    /// Whether the field has another value than it began with. A secret has one as soon as it is typed.
    bool isChanged(FieldId field) const;
    /// Whether any field is changed that every credential has, or that is shown.
    bool hasChanges() const;
    /// Whether any field of the type's configuration is changed that is shown.
    bool hasConfigChanges() const;
    /// Whether the base has the field as it is, and it may stay so: a secret that is kept is there.
    bool isInBase(FieldId field) const;

    /// Whether the field is part of the form, given the values of the fields that it depends on.
    bool isShown(FieldId field) const;
    /// Those of the type's fields, in the order of the form.
    std::vector<FieldId> shownFields() const;
    /// Those and what every credential has, without what no answer shows: a secret, a switch that makes one.
    std::vector<FieldId> publicFields() const;

    /// The words for the field and what it is, given the value that they go by.
    FieldWording wording(FieldId field) const;

    /// The value of the field with this key that is shown, or nothing.
    QString valueOf(QLatin1StringView key) const;
    /// The field with this key that is shown.
    std::optional<FieldId> shownField(QLatin1StringView key) const;
    /// The first of this form that is shown.
    std::optional<FieldId> shownField(ValueForm form) const;

    /// What a new key consists of, of the fields that are shown: its ID with its secret, a certificate with
    /// its private key, or the switch by which the platform makes one.
    std::vector<FieldId> keyFields() const;

    /// Whether the platform is to make the key.
    bool generatesKey() const;

private:
    void beginWith(const Credential &base);
    std::size_t slot(FieldId field) const;

    const CredentialType *m_type = nullptr;
    std::optional<Credential> m_base;
    std::vector<QString> m_start; ///< what each field began with
    std::vector<FieldValue> m_values;
    std::vector<QString> m_shown; ///< of each field in the base, what the server shows of it
    std::vector<bool> m_wasShown; ///< by position, upon the base
    bool m_needsNewKey = false;
};
