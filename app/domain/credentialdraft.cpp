// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialdraft.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

/// Those that every credential has come first.
constexpr FieldId commonFields[] = {FieldId::name, FieldId::description, FieldId::enabled};

} // namespace

CredentialDraft::CredentialDraft()
    : m_start(std::size(commonFields)), m_values(std::size(commonFields)), m_shown(std::size(commonFields))
{
    m_start[slot(FieldId::enabled)] = u"true"_s;
}

CredentialDraft::CredentialDraft(const CredentialType &type) : CredentialDraft()
{
    m_type = &type;
    for (const CredentialField &row : type.fields)
        m_start.push_back(row.choices.empty() ? QString() : QString(row.choices.front().value));
    m_values.resize(m_start.size());
    m_shown.resize(m_start.size());
}

CredentialDraft::CredentialDraft(const Credential &base) : CredentialDraft()
{
    beginWith(base);
}

CredentialDraft::CredentialDraft(const CredentialType &type, const Credential &base,
                                 std::vector<QString> values)
    : CredentialDraft(type)
{
    beginWith(base);
    for (const FieldId field : type.fieldIds()) {
        const CredentialField &row = type.field(field);
        m_shown[slot(field)] =
            field.position() < values.size() ? std::move(values[field.position()]) : QString();
        m_start[slot(field)] = row.secret || row.generatesKey ? QString() : m_shown[slot(field)];
    }
    // Two fields of one key are not there at once: the value is that of the one which is.
    for (const FieldId field : type.fieldIds())
        m_wasShown.push_back(isShown(field));
    for (const FieldId field : type.fieldIds()) {
        if (!m_wasShown[field.position()])
            m_start[slot(field)].clear();
    }
}

void CredentialDraft::beginWith(const Credential &base)
{
    m_base = base;
    m_start[slot(FieldId::name)] = base.name;
    m_start[slot(FieldId::description)] = base.description;
    m_start[slot(FieldId::enabled)] = base.enabled.value_or(true) ? u"true"_s : QString();
}

std::size_t CredentialDraft::slot(FieldId field) const
{
    Q_ASSERT(field != FieldId::type);
    if (field.isOfType())
        return std::size(commonFields) + field.position();
    return std::size_t(std::ranges::find(commonFields, field) - std::begin(commonFields));
}

const QString &CredentialDraft::value(FieldId field) const
{
    const std::size_t at = slot(field);
    return m_values[at].isKept() ? m_start[at] : m_values[at].text();
}

std::vector<FieldId> CredentialDraft::allFields() const
{
    std::vector<FieldId> fields(std::begin(commonFields), std::end(commonFields));
    std::ranges::copy(fieldIds(), std::back_inserter(fields));
    return fields;
}

bool CredentialDraft::isChanged(FieldId field) const
{
    if (field == FieldId::type)
        return false;
    if (field.isOfType() && m_type->field(field).secret)
        return !fieldValue(field).isKept();
    return value(field) != m_start[slot(field)];
}

bool CredentialDraft::hasChanges() const
{
    return hasConfigChanges() || std::ranges::any_of(commonFields, [&](FieldId f) { return isChanged(f); });
}

bool CredentialDraft::hasConfigChanges() const
{
    return std::ranges::any_of(shownFields(), [&](FieldId field) { return isChanged(field); });
}

bool CredentialDraft::isInBase(FieldId field) const
{
    if (!m_base || isChanged(field))
        return false;
    if (!field.isOfType())
        return true;
    const CredentialField &row = m_type->field(field);
    return m_wasShown[field.position()] && !(m_needsNewKey && (row.secret || row.identifiesKey));
}

bool CredentialDraft::isShown(FieldId field) const
{
    const FieldCondition &condition = m_type->field(field).shownWhen;
    if (condition.key.isEmpty())
        return true;
    const auto decider = shownField(condition.key);
    return decider &&
           std::ranges::any_of(condition.values, [&](QLatin1StringView v) { return v == value(*decider); });
}

std::vector<FieldId> CredentialDraft::shownFields() const
{
    std::vector<FieldId> shown;
    std::ranges::copy_if(fieldIds(), std::back_inserter(shown),
                         [&](FieldId field) { return isShown(field); });
    return shown;
}

std::vector<FieldId> CredentialDraft::publicFields() const
{
    std::vector<FieldId> fields = allFields();
    std::erase_if(fields, [&](FieldId field) {
        return field.isOfType() &&
               (!isShown(field) || m_type->field(field).secret || m_type->field(field).generatesKey);
    });
    return fields;
}

FieldWording CredentialDraft::wording(FieldId field) const
{
    const CredentialField &row = m_type->field(field);
    if (!row.wordedBy.isEmpty()) {
        const QString decider = valueOf(row.wordedBy);
        const auto found =
            std::ranges::find_if(row.wordings, [&](const auto &w) { return w.value == decider; });
        if (found != row.wordings.end()) {
            FieldWording wording = *found;
            if (!wording.missing)
                wording.missing = row.missing;
            if (wording.form == ValueForm::Any)
                wording.form = row.form;
            wording.isOfKey |= row.isOfKey;
            return wording;
        }
    }
    return {.label = row.label,
            .help = row.help,
            .missing = row.missing,
            .form = row.form,
            .isOfKey = row.isOfKey};
}

QString CredentialDraft::valueOf(QLatin1StringView key) const
{
    const auto field = shownField(key);
    return field ? value(*field) : QString();
}

std::optional<FieldId> CredentialDraft::shownField(QLatin1StringView key) const
{
    for (const FieldId field : fieldIds()) {
        if (m_type->field(field).key == key && isShown(field))
            return field;
    }
    return std::nullopt;
}

std::optional<FieldId> CredentialDraft::shownField(ValueForm form) const
{
    for (const FieldId field : shownFields()) {
        if (wording(field).form == form)
            return field;
    }
    return std::nullopt;
}

std::vector<FieldId> CredentialDraft::keyFields() const
{
    std::vector<FieldId> fields = shownFields();
    std::erase_if(fields, [&](FieldId field) {
        const CredentialField &row = m_type->field(field);
        return !row.secret && !row.generatesKey && !wording(field).isOfKey;
    });
    return fields;
}

bool CredentialDraft::generatesKey() const
{
    return std::ranges::any_of(shownFields(), [&](FieldId field) {
        return m_type->field(field).generatesKey && !value(field).isEmpty();
    });
}
