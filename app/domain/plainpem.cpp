// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/plainpem.h"

#include <algorithm>

namespace {

char plainCharacter(char16_t c)
{
    if (c < 0x80) {
        if (c >= 0x20 && c != 0x7f)
            return char(c);
        return c == '\n' || c == '\r'                ? char(c)
               : c == '\t' || c == '\v' || c == '\f' ? ' '
                                                     : PlainPem::invisible;
    }
    const auto isWithin = [c](char16_t first, char16_t last) { return c >= first && c <= last; };
    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        return '\n';
    if (isWithin(0x2010, 0x2015) || c == 0x2212 || c == 0xfe58 || c == 0xfe63 || c == 0xff0d)
        return '-';
    if (isWithin(0x201c, 0x201f) || c == 0xab || c == 0xbb)
        return '"';
    if (isWithin(0x2018, 0x201b) || c == 0x2039 || c == 0x203a)
        return '\'';
    if (isWithin(0x200b, 0x200f) || isWithin(0x202a, 0x202e) || isWithin(0x2060, 0x2069) ||
        isWithin(0xfe00, 0xfe0f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0xfeff)
        return PlainPem::invisible;
    return QChar(c).isSpace() ? ' ' : '?';
}

} // namespace

OpenSsl::WipedBytes PlainPem::plain(QStringView text)
{
    OpenSsl::WipedBytes bytes(QByteArray(text.size(), Qt::Uninitialized));
    std::ranges::transform(text, bytes.data(), [](QChar c) { return plainCharacter(c.unicode()); });
    return bytes;
}

bool PlainPem::isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}
