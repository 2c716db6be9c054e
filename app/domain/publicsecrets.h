// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <vector>

/// Secrets in fields that everybody who sees the credential can read. Private keys are the business of
/// domain/keyadvice.
namespace PublicSecrets {

/// What a field that is no secret holds of secrets: one finding at most, the most certain. `field` is a
/// public field that holds a text.
std::vector<DraftFinding> check(const CredentialDraft &draft, FieldId field);

} // namespace PublicSecrets
