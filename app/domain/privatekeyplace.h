// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <optional>

/// Private keys in fields that everybody who sees the credential can read.
namespace PrivateKeyPlace {

/// Blocks, and offers to move the key to where it belongs. `field` is a public field that holds a text.
std::optional<DraftFinding> check(const CredentialDraft &draft, FieldId field);

} // namespace PrivateKeyPlace
