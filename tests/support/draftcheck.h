// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftvalidator.h"
#include "support/drafts.h"

#include <algorithm>
#include <string_view>

/// The field of the key, which may be "name" or "description".
inline int fieldOf(const CredentialDraft &draft, const QString &key)
{
    if (key == QLatin1StringView("name"))
        return DraftProblem::nameField;
    if (key == QLatin1StringView("description"))
        return DraftProblem::descriptionField;
    const QByteArray latin = key.toLatin1();
    const int field = draft.shownField(QLatin1StringView(latin));
    if (field < 0)
        qFatal("There is no field %s", latin.constData());
    return field;
}

inline QString valueAt(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField)
        return draft.name;
    return field == DraftProblem::descriptionField ? draft.description : draft.value(field);
}

inline void setValueAt(CredentialDraft &draft, int field, const QString &value)
{
    if (field == DraftProblem::nameField)
        draft.name = value;
    else if (field == DraftProblem::descriptionField)
        draft.description = value;
    else
        draft.setValue(field, value);
}

inline const DraftProblem *findKind(const std::vector<DraftProblem> &problems, DraftProblem::Kind kind)
{
    const auto found = std::ranges::find(problems, kind, &DraftProblem::kind);
    return found == problems.end() ? nullptr : &*found;
}

/// The draft once the remedy was taken.
inline CredentialDraft afterRemedy(CredentialDraft draft, const DraftProblem &problem)
{
    for (const FieldChange &change : DraftValidator::remedied(draft, problem))
        setValueAt(draft, change.field, change.value);
    return draft;
}

/// For the message of a test that fails.
inline QByteArray told(const std::vector<DraftProblem> &problems)
{
    QString all;
    for (const DraftProblem &problem : problems)
        all += QStringLiteral("[%1 %2: %3] ").arg(problem.field).arg(int(problem.kind)).arg(problem.message);
    return all.toUtf8();
}
