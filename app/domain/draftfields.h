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
bool isText(const CredentialDraft &draft, FieldId field);
/// nullptr for those that every credential has.
const CredentialField *row(const CredentialDraft &draft, FieldId field);
bool isSecret(const CredentialDraft &draft, FieldId field);
/// Any for those that every credential has.
ValueForm form(const CredentialDraft &draft, FieldId field);
bool isFile(const CredentialDraft &draft, FieldId field);
StrayText::Use use(const CredentialDraft &draft, FieldId field);

/// The shown field that takes the type's secret, a text of this format.
std::optional<FieldId> secretField(const CredentialDraft &draft, FileFormat format);
/// The field's name as the form shows it.
QString label(const CredentialDraft &draft, FieldId field);

/// Adds that the value goes to the field, if that is there and empty.
void fill(const CredentialDraft &draft, std::vector<FieldChange> &changes, std::optional<FieldId> field,
          const QString &value);

/// A text of the rules in the user's language.
QString words(const char *text, int n = -1);
QString number(qsizetype value);

DraftFinding problem(FieldId field, DraftProblem::Kind kind, const QString &message);
DraftFinding question(FieldId field, DraftProblem::Kind kind, const QString &message);
DraftFinding advice(FieldId field, DraftProblem::Kind kind, const QString &message);
/// An advice about the value's form.
DraftFinding unlikely(FieldId field, const char *message);

/// With a remedy, if it changes anything.
DraftFinding with(DraftFinding finding, DraftProblem::Remedy remedy, std::vector<FieldChange> changes,
                  std::optional<FieldId> target = {});

} // namespace DraftFields
