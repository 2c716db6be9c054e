// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fieldtext.h"

#include "api/losantjson.h"
#include "domain/showntext.h"
#include "services/editpolicy.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxShownLetters = 60; ///< of a value

} // namespace

QString FieldText::label(const CredentialDraft &draft, FieldId field)
{
    if (field == FieldId::name)
        return QCoreApplication::translate("FieldText", "Name");
    if (field == FieldId::description)
        return QCoreApplication::translate("FieldText", "Description");
    if (field == FieldId::enabled)
        return QCoreApplication::translate("FieldText", "Enabled");
    return translated(draft.wording(field).label);
}

QString FieldText::value(const CredentialDraft &draft, FieldId field)
{
    const CredentialField *row = field.isOfType() ? &draft.type()->field(field) : nullptr;
    const QString &value = draft.value(field);
    if (field == FieldId::enabled || (row && row->kind == FieldKind::Switch))
        return value.isEmpty() ? QCoreApplication::translate("FieldText", "off")
                               : QCoreApplication::translate("FieldText", "on");
    if (value.isEmpty() || (row && row->secret))
        return u"—"_s;
    if (row && row->kind == FieldKind::Choice) {
        const auto found = std::ranges::find(row->choices, value, &FieldChoice::value);
        if (found != row->choices.end())
            return translated(found->label);
    }
    return u'“' + quoted(value, maxShownLetters) + u'”';
}

QStringList FieldText::differences(const CredentialDraft &meant, const Credential &credential)
{
    const CredentialDraft there = LosantJson::readDraft(credential, meant.type());
    QStringList lines;
    for (const FieldId field : EditPolicy::differences(meant, credential))
        lines += QCoreApplication::translate("FieldText", "%1: sent was %2, it has %3.")
                     .arg(label(meant, field), value(meant, field), value(there, field));
    return lines;
}
