// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"

#include <QStringList>

/// What a field of a draft is called, and how its value reads: of a secret never more than a gap. In the
/// user's language; of a text no more than its beginning.
namespace FieldText {

QString label(const CredentialDraft &draft, FieldId field);
QString value(const CredentialDraft &draft, FieldId field);

/// A line for each field in which a credential is not what the draft means, as far as that can be seen.
QStringList differences(const CredentialDraft &meant, const Credential &credential);

} // namespace FieldText
