// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"
#include "domain/draftproblem.h"

#include <QDateTime>

#include <vector>

/// Says what is wrong with a draft. Pure functions of the draft and the day.
///
/// A draft without problems makes a body that the API's schema for new credentials passes. What it blocks
/// the schema refuses too, except for a key or secret that is empty where the schema sets no least length,
/// git without key or password, and the kinds PrivateKeyInPublicField, PasswordInUrl, BlankName and OldKey.
/// A field that keeps the value of the draft's base never blocks, since the server took that value. A secret
/// that is kept is not missing, and is not checked, neither by itself nor against other fields.
namespace DraftValidator {

/// In the order of the form: name, description, then the type's fields that are shown. Of each field the
/// worst comes first. `now` is what the validity of certificates is measured by; if it is not valid, nothing
/// is said about that.
std::vector<DraftProblem> check(const CredentialDraft &draft, const QDateTime &now);

/// What concerns one field, given the others. Nothing for a field that is not shown.
std::vector<DraftProblem> checkField(const CredentialDraft &draft, FieldId field, const QDateTime &now);

bool isBlocked(const std::vector<DraftProblem> &problems);

/// What the problem's remedy would make of the draft that it was found in: the new values of the fields that
/// it changes, some of them secret. Empty if there is no remedy, or none for this draft (any more).
std::vector<FieldChange> remedied(const CredentialDraft &draft, const DraftProblem &problem);

/// The number of Unicode code points, which is what the API's bounds count. A lone surrogate counts one.
qsizetype codePoints(QStringView text);

} // namespace DraftValidator
