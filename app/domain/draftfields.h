// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"
#include "domain/draftproblem.h"
#include "domain/straytext.h"

#include <vector>

/// A problem with what its remedy would make of the draft.
struct DraftFinding
{
    DraftProblem problem;
    std::vector<FieldChange> changes{}; ///< empty if there is no remedy
};

/// What the rules need to know of a draft's fields, name and description among them, and how they say it.
namespace DraftFields {

/// A field that is shown and holds a text.
bool isText(const CredentialDraft &draft, int field);
const QString &text(const CredentialDraft &draft, int field);
/// nullptr for the name and the description.
const CredentialField *row(const CredentialDraft &draft, int field);
bool isSecret(const CredentialDraft &draft, int field);
bool isFile(const CredentialDraft &draft, int field);
StrayText::Use use(const CredentialDraft &draft, int field);

/// The shown field that takes the type's secret, a text of this format; noField if there is none.
int secretField(const CredentialDraft &draft, FileFormat format);
/// The field's name as the form shows it.
QString label(const CredentialDraft &draft, int field);

/// A text of the rules in the user's language.
QString words(const char *text, int n = -1);
QString number(qsizetype value);

DraftFinding problem(int field, DraftProblem::Kind kind, const QString &message);
DraftFinding question(int field, DraftProblem::Kind kind, const QString &message);
DraftFinding advice(int field, DraftProblem::Kind kind, const QString &message);
/// An advice about the value's form.
DraftFinding unlikely(int field, const char *message);

/// With a remedy, if it changes anything.
DraftFinding with(DraftFinding finding, DraftProblem::Remedy remedy, std::vector<FieldChange> changes,
                  int target = DraftProblem::noField);

} // namespace DraftFields
