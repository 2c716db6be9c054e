// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftvalidator.h"
#include "support/drafts.h"

#include <algorithm>
#include <string_view>

/// The field of the key that is shown; that may be "name" or "description".
inline FieldId fieldOf(const CredentialDraft &draft, const QString &key)
{
    if (key == QLatin1StringView("name"))
        return FieldId::name;
    if (key == QLatin1StringView("description"))
        return FieldId::description;
    const QByteArray latin = key.toLatin1();
    const auto field = draft.shownField(QLatin1StringView(latin));
    if (!field)
        qFatal("There is no field %s", latin.constData());
    return *field;
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
        draft.set(change.field, change.value);
    return draft;
}

/// For the message of a test that fails.
inline QByteArray told(const std::vector<DraftProblem> &problems)
{
    QString all;
    for (const DraftProblem &problem : problems)
        all += QStringLiteral("[%1: %2] ").arg(int(problem.kind)).arg(problem.message);
    return all.toUtf8();
}
