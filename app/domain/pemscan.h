// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/keycontent.h"
#include "domain/openssl.h"

/// The blocks of a PEM text, whatever happened to it.
namespace PemScan {

struct Block
{
    KeyContent::Content content; ///< readable or what the label promises
    KeyContent::LegacyHeader header;
    OpenSsl::WipedBytes bytes; ///< decoded; empty if they can't be read

    QByteArray armoured() const; ///< a secret, if the block is one
};

struct Scan
{
    std::vector<Block> blocks;
    KeyMaterial::PemDamages damage;
    bool isWhole = false; ///< there are blocks and all can be read
};

Scan scan(QStringView text, KeyContent::Look look = KeyContent::Look::AtAll);

/// The text without base64 or percent encoding of the whole, if it has such a one and is PEM within.
std::optional<OpenSsl::WipedText> unwrapped(QStringView text, KeyMaterial::PemDamages &damage);

} // namespace PemScan
