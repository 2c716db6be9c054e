// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/armour.h"

#include <array>

using namespace KeyMaterial;
using Armour::Line;

namespace {

constexpr qsizetype maxLabel = 64;

// Known by themselves, however little is left of the dashes.
constexpr std::array labels{
    QByteArrayView("CERTIFICATE"),
    QByteArrayView("X509 CERTIFICATE"),
    QByteArrayView("TRUSTED CERTIFICATE"),
    QByteArrayView("CERTIFICATE REQUEST"),
    QByteArrayView("NEW CERTIFICATE REQUEST"),
    QByteArrayView("X509 CRL"),
    QByteArrayView("PRIVATE KEY"),
    QByteArrayView("RSA PRIVATE KEY"),
    QByteArrayView("EC PRIVATE KEY"),
    QByteArrayView("DSA PRIVATE KEY"),
    QByteArrayView("ENCRYPTED PRIVATE KEY"),
    QByteArrayView("OPENSSH PRIVATE KEY"),
    QByteArrayView("SSH2 ENCRYPTED PRIVATE KEY"),
    QByteArrayView("SSH2 PUBLIC KEY"),
    QByteArrayView("PGP PRIVATE KEY BLOCK"),
    QByteArrayView("PGP PUBLIC KEY BLOCK"),
    QByteArrayView("PUBLIC KEY"),
    QByteArrayView("RSA PUBLIC KEY"),
    QByteArrayView("EC PARAMETERS"),
    QByteArrayView("DH PARAMETERS"),
    QByteArrayView("X9.42 DH PARAMETERS"),
    QByteArrayView("DSA PARAMETERS"),
    QByteArrayView("PKCS7"),
    QByteArrayView("CMS"),
};

bool isBlank(char c)
{
    return c == ' ' || c == '\1' || c == '_';
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

/// Where the label ends in the text, if it is there at `at`; blanks may be lost, or more.
qsizetype endOfLabel(QByteArrayView label, const QByteArray &plain, qsizetype at)
{
    for (const char c : label) {
        if (c == ' ') {
            while (at < plain.size() && isBlank(plain[at]))
                ++at;
            continue;
        }
        while (at < plain.size() && plain[at] == '\1')
            ++at;
        if (at >= plain.size() || plain[at] != c)
            return -1;
        ++at;
    }
    return at;
}

/// A line of which BEGIN or END is known to be at `at`.
std::optional<Line> lineAt(const QByteArray &plain, qsizetype at, bool isBegin)
{
    const qsizetype word = isBegin ? 5 : 3;
    Line line{.isBegin = isBegin, .begin = at};
    while (line.begin > 0 && isBlank(plain[line.begin - 1]) && at - line.begin < 4)
        --line.begin;
    const qsizetype dashesEnd = line.begin;
    while (line.begin > 0 && plain[line.begin - 1] == '-')
        --line.begin;
    const qsizetype before = dashesEnd - line.begin;
    if (before == 0)
        line.begin = at;

    qsizetype start = at + word, blanks = 0;
    for (; start < plain.size() && isBlank(plain[start]) && blanks < 4; ++start)
        ++blanks;
    qsizetype end = -1;
    for (const QByteArrayView label : labels) {
        const qsizetype labelEnd = endOfLabel(label, plain, start);
        if (labelEnd > end) {
            end = labelEnd;
            line.label = label.toByteArray();
        }
    }
    if (end < 0 && before == 5 && blanks == 1) {
        // A label that is not known is what stands between ten dashes.
        qsizetype i = start;
        while (i < plain.size() && i - start < maxLabel && plain[i] != '-' && plain[i] >= ' ' &&
               plain[i] <= 'Z')
            ++i;
        if (i > start && plain.size() - i >= 5 && plain.sliced(i, 5) == "-----") {
            end = i;
            line.label = plain.sliced(start, i - start);
        }
    }
    if (end < 0)
        return std::nullopt;
    qsizetype after = end;
    while (after < plain.size() && isBlank(plain[after]) && after - end < 4)
        ++after;
    line.end = after;
    while (line.end < plain.size() && plain[line.end] == '-')
        ++line.end;
    const qsizetype dashesAfter = line.end - after;
    if (dashesAfter == 0)
        line.end = end;
    line.dashes = int(before + dashesAfter);
    line.isExact = before == 5 && dashesAfter == 5 && dashesEnd == at && after == end &&
                   plain.sliced(at, end - at) == (isBegin ? "BEGIN " : "END ") + line.label;
    return line;
}

/// How a line goes on or began: what stands there besides the armour.
PemDamages damageOf(QByteArrayView rest, bool isBefore)
{
    PemDamages damage;
    bool hasText = false;
    for (const char c : rest) {
        if (c == ' ')
            damage |= PemDamage::BlanksInLines;
        else if (c == '\1')
            damage |= PemDamage::InvisibleCharacters;
        else if (c == '"' || c == '\'' || c == '`')
            damage |= PemDamage::Quoted;
        else
            hasText = true;
    }
    if (hasText && isBefore) {
        QByteArray text = rest.toByteArray().trimmed();
        while (!text.isEmpty() && QByteArrayView("\"'` \1$").contains(text.back()))
            text.chop(1);
        damage |= text.endsWith('=') || text.endsWith(':') ? PemDamage::Assigned : PemDamage::TextAround;
    } else if (hasText) {
        const bool isEscape = rest.startsWith("\\n") || rest.startsWith("\\r") || rest.startsWith("\\\\n");
        damage |= isEscape ? PemDamage::EscapedLineBreaks : PemDamage::TextAround;
    }
    if (hasText)
        damage &= ~PemDamages(PemDamage::BlanksInLines);
    return damage;
}

} // namespace

std::vector<Line> Armour::lines(const QByteArray &plain)
{
    std::vector<Line> found;
    qsizetype begin = plain.indexOf("BEGIN"), end = plain.indexOf("END");
    while (begin >= 0 || end >= 0) {
        const bool isBegin = begin >= 0 && (end < 0 || begin < end);
        const qsizetype at = isBegin ? begin : end;
        qsizetype next = at + 3;
        if (auto line = lineAt(plain, at, isBegin)) {
            next = line->end;
            // "-----BEGIN A----------END A-----": the dashes are the next line's too.
            if (!found.empty() && line->begin < found.back().end)
                line->begin = found.back().end;
            found.push_back(std::move(*line));
        }
        if (begin >= 0 && begin < next)
            begin = plain.indexOf("BEGIN", next);
        if (end >= 0 && end < next)
            end = plain.indexOf("END", next);
    }
    return found;
}

PemDamages Armour::around(const QByteArray &plain, const Line *first, const Line *last, qsizetype begin,
                          qsizetype end)
{
    PemDamages damage;
    for (const Line *line : {first, last}) {
        if (line && !line->isExact)
            damage |= PemDamage::DamagedDashes;
    }
    qsizetype from = begin;
    while (from > 0 && !isLineEnd(plain[from - 1]))
        --from;
    damage |= damageOf(QByteArrayView(plain).sliced(from, begin - from), true);
    qsizetype to = end;
    while (to < plain.size() && !isLineEnd(plain[to]))
        ++to;
    damage |= damageOf(QByteArrayView(plain).sliced(end, to - end), false);
    if (to == plain.size())
        damage |= PemDamage::NoFinalLineBreak;
    else if (plain[to] == '\r')
        damage |= PemDamage::CarriageReturns;
    return damage;
}

PemDamages Armour::untidiness(const QByteArray &plain, const Line &first, const Line &last)
{
    PemDamages damage = around(plain, &first, &last, first.begin, last.end);
    bool isHeader = false;
    qsizetype lineStart = first.end;
    for (qsizetype i = first.end; i < last.begin; ++i) {
        const char c = plain[i];
        if (c == '\r')
            damage |= PemDamage::CarriageReturns;
        else if (c == ':')
            isHeader = true;
        else if (c == ' ' && (i + 1 == last.begin || isLineEnd(plain[i + 1]) || isLineEnd(plain[i - 1])))
            damage |= PemDamage::BlanksInLines;
        if (c != '\n')
            continue;
        // The empty line after a header belongs there.
        const bool isEmpty = i - lineStart <= (i > 0 && plain[i - 1] == '\r' ? 1 : 0);
        if (isEmpty && lineStart != first.end && !isHeader)
            damage |= PemDamage::EmptyLines;
        if (isEmpty)
            isHeader = false;
        lineStart = i + 1;
    }
    return damage;
}

Armour::FoundHeader Armour::legacyHeader(QByteArrayView bytes)
{
    constexpr QByteArrayView name("DEK-Info:");
    const qsizetype start = bytes.contains("ENCRYPTED") ? bytes.indexOf(name) : -1;
    if (start < 0)
        return {};
    qsizetype at = start + name.size();
    while (at < bytes.size() && isBlank(bytes[at]))
        ++at;
    const qsizetype comma = bytes.indexOf(',', at);
    if (comma < 0 || comma - at > 32)
        return {};
    KeyContent::LegacyHeader header{.cipher = bytes.sliced(at, comma - at).toByteArray().trimmed()};
    const int digits = KeyContent::legacyVectorDigits(header.cipher);
    qsizetype end = comma + 1;
    while (end < bytes.size() && header.iv.size() < digits) {
        const char c = bytes[end];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'))
            header.iv += c;
        else if (!isBlank(c))
            break;
        ++end;
    }
    if (digits == 0 || header.iv.size() != digits)
        return {};
    header.iv = header.iv.toUpper();
    return {header, end};
}
