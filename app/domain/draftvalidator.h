// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"

#include <vector>

/// Something about one field of a draft that a person should know, in words.
struct DraftProblem
{
    enum class Severity {
        Problem, ///< blocks: the API would refuse the credential
        Advice,  ///< probably a slip, but the API would take it
    };
    enum class Kind {
        Missing,
        TooShort,
        TooLong,
        NotAChoice,
        NotANumber,
        OutOfRange,
        SurroundingBlanks, ///< blanks or line breaks around the value: trimming is offered, never done unasked
        UnlikelyValue,
    };

    static constexpr int typeField = -3;
    static constexpr int nameField = -2;
    static constexpr int descriptionField = -1;

    int field = nameField; ///< a position in the type's fields, or one of the constants
    Severity severity = Severity::Problem;
    Kind kind = Kind::Missing;
    QString message; ///< in the user's language, ready to stand beside the field; holds no value of a field
};

/// Says what is wrong with a draft. A pure function of the draft.
///
/// A draft without problems makes a body that the API's schema for new credentials passes. What it blocks
/// the schema refuses too, except for a key or secret that is empty where the schema sets no least length,
/// and git without key or password.
namespace DraftValidator {

/// In the order of the form: name, description, then the type's fields that are shown.
std::vector<DraftProblem> check(const CredentialDraft &draft);

/// What concerns one field alone. Nothing for a field that is not shown.
std::vector<DraftProblem> checkField(const CredentialDraft &draft, int field);

bool isBlocked(const std::vector<DraftProblem> &problems);

/// The number of Unicode code points, which is what the API's bounds count. A lone surrogate counts one.
qsizetype codePoints(QStringView text);

} // namespace DraftValidator
