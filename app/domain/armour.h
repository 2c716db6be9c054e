// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/keycontent.h"

/// The BEGIN and END lines of PEM in a text that may be damaged, which is PlainPem::plain().
namespace Armour {

struct Line
{
    bool isBegin = false;
    bool isExact = false; ///< five dashes, one blank, nothing else
    int dashes = 0;       ///< on both sides
    QByteArray label;     ///< as it should be: "PRIVATE KEY"
    qsizetype begin = 0, end = 0;

    /// Meant as one, though what is beside it can't be read.
    bool isWhole() const { return dashes >= 4; }
};

std::vector<Line> lines(const QByteArray &plain);

/// Damage of the lines themselves, and of what stands in them. The block goes from begin to end.
KeyMaterial::PemDamages around(const QByteArray &plain, const Line *first, const Line *last, qsizetype begin,
                               qsizetype end);

/// What is wrong with a block that OpenSSL reads all the same.
KeyMaterial::PemDamages untidiness(const QByteArray &plain, const Line &first, const Line &last);

/// A legacy key's header, and where it ends in the bytes: 0 if there is none.
struct FoundHeader
{
    KeyContent::LegacyHeader header;
    qsizetype end = 0;
};
FoundHeader legacyHeader(QByteArrayView bytes);

} // namespace Armour
