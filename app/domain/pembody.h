// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/keycontent.h"
#include "domain/openssl.h"

#include <optional>

/// What stands between BEGIN and END, or where they should be, read in spite of damage.
namespace PemBody {

struct Body
{
    KeyContent::Content content;
    KeyContent::LegacyHeader header;
    OpenSsl::WipedBytes bytes;
    KeyMaterial::PemDamages damage;
    qsizetype begin = 0, end = 0; ///< in the text
};

struct Ends
{
    bool hasFirstLine = true;
    bool hasLastLine = true;
};

/// What stands in a text of PlainPem::plain(), if it parses: a length that is wrong by one character does
/// not. A search for private keys is content with bodies that need no mending.
std::optional<Body> read(const QByteArray &plain, qsizetype begin, qsizetype end, const QByteArray &label,
                         Ends ends, KeyContent::Look look);

/// Whether there is enough of base64 for anything. Cheap.
bool isWorthReading(const QByteArray &plain, qsizetype begin, qsizetype end);

/// Where base64 of a key, certificate or the like may begin, at `from` or later; -1 for nowhere.
qsizetype nextStart(QByteArrayView plain, qsizetype from);

} // namespace PemBody
