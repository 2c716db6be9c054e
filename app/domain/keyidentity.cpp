// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keyidentity.h"

#include "domain/credentialdraft.h"

#include <QCryptographicHash>

QString keyIdentity(const CredentialField &field, QStringView text)
{
    switch (field.format) {
    case FileFormat::Text:
        break;
    case FileFormat::Pem:
        return keyIdentity(KeyMaterial::readPem(text));
    case FileFormat::Json:
        return KeyMaterial::serviceAccountKey(text).keyId;
    }
    return text.trimmed().toString();
}

QString keyIdentity(const KeyMaterial::PemText &pem)
{
    const KeyMaterial::PemBlock *first = pem.first(KeyMaterial::PemBlock::Kind::Certificate);
    if (!first || !first->isReadable)
        return {};
    return QString::fromLatin1(
        QCryptographicHash::hash(first->certificate, QCryptographicHash::Sha256).toHex());
}

bool isOldKey(const CredentialDraft &draft, FieldId field)
{
    const CredentialField &row = draft.type()->field(field);
    if (!row.identifiesKey || !draft.base())
        return false;
    const QString old = keyIdentity(row, draft.shownInBase(field));
    return !old.isEmpty() && old == keyIdentity(row, draft.value(field));
}
