// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/keymaterial.h"

#include <QString>

class CredentialDraft;
class FieldId;
struct CredentialField;

/// What of a field's text tells one key from another: of a certificate its digest, of a service account's key
/// its ID, else the text. Empty if there is nothing of the kind in it.
QString keyIdentity(const CredentialField &field, QStringView text);
/// Of the first certificate in it.
QString keyIdentity(const KeyMaterial::PemText &pem);

/// Whether the field holds the key that the draft's base has already. False where that can't be told.
bool isOldKey(const CredentialDraft &draft, FieldId field);
