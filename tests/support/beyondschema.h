// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftproblem.h"

/// What the validator blocks though the API's schema would take it: exactly these kinds.
inline bool isBeyondSchema(const DraftProblem &problem)
{
    using Kind = DraftProblem::Kind;
    return problem.severity == DraftProblem::Severity::Problem &&
           (problem.kind == Kind::PrivateKeyInPublicField || problem.kind == Kind::PasswordInUrl ||
            problem.kind == Kind::BlankName || problem.kind == Kind::OldKey);
}
