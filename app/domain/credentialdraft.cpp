// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialdraft.h"

#include <algorithm>

CredentialDraft::CredentialDraft(const CredentialType &type) : m_type(&type), m_values(type.fields.size())
{
    for (std::size_t field = 0; field < type.fields.size(); ++field) {
        if (const auto &choices = type.fields[field].choices; !choices.empty())
            m_values[field] = choices.front().value;
    }
}

bool CredentialDraft::isShown(int field) const
{
    const FieldCondition &condition = m_type->fields[std::size_t(field)].shownWhen;
    if (condition.key.isEmpty())
        return true;
    const int decider = shownField(condition.key);
    return decider >= 0 &&
           std::ranges::any_of(condition.values, [&](QLatin1StringView v) { return v == value(decider); });
}

FieldWording CredentialDraft::wording(int field) const
{
    const CredentialField &row = m_type->fields[std::size_t(field)];
    if (!row.wordedBy.isEmpty()) {
        const QString decider = valueOf(row.wordedBy);
        const auto found =
            std::ranges::find_if(row.wordings, [&](const auto &w) { return w.value == decider; });
        if (found != row.wordings.end())
            return *found;
    }
    return {.label = row.label, .help = row.help};
}

QString CredentialDraft::valueOf(QLatin1StringView key) const
{
    const int field = shownField(key);
    return field < 0 ? QString() : value(field);
}

int CredentialDraft::shownField(QLatin1StringView key) const
{
    for (std::size_t field = 0; field < m_type->fields.size(); ++field) {
        if (m_type->fields[field].key == key && isShown(int(field)))
            return int(field);
    }
    return -1;
}
