// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <vector>

class QDateTime;

/// What is odd about keys and certificates, by domain/keymaterial: in words, and with an offer to mend it.
namespace KeyAdvice {

/// `field` is a field that is shown and holds a text. Nothing for one that takes no key. Without a valid
/// `now` nothing is said about the validity of certificates.
std::vector<DraftFinding> check(const CredentialDraft &draft, FieldId field, const QDateTime &now);

} // namespace KeyAdvice
