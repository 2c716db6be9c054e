// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <optional>

/// Values that the API would take and that yet are of another form than their field's: by the field's
/// ValueForm and rules in the table of types.
namespace ValueForms {

/// At most one advice, the first that helps. `field` is a field of the type that is shown and not empty.
std::optional<DraftFinding> check(const CredentialDraft &draft, FieldId field);

} // namespace ValueForms
