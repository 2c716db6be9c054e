// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pembody.h"

#include "domain/armour.h"
#include "domain/plainpem.h"

#include <algorithm>
#include <map>

using namespace KeyMaterial;
using namespace OpenSsl;
using PemBody::Body;
using PlainPem::isBase64;

namespace {

constexpr qsizetype leastCharacters = 40; ///< an Ed25519 public key has 60, a certificate hundreds
constexpr int maxLineOfOpenSsl = 254;
constexpr QByteArrayView openSshStart("b3BlbnNzaC1rZXktdjE");

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

/// Takes escapes, quotes and the like out of a region, in place: what stood for a line break becomes one.
class Cleaner
{
public:
    explicit Cleaner(QByteArray &bytes) : m_bytes(bytes) {}

    PemDamages clean(bool isWithinQuotes)
    {
        markup();
        escapes();
        quotes(isWithinQuotes);
        return m_damage;
    }

private:
    void markup()
    {
        if (!m_bytes.contains('&') && !m_bytes.contains('<'))
            return;
        for (const char *lineBreak :
             {"&#10;", "&#13;", "&#xA;", "&#xa;", "&#xD;", "&#xd;", "<br>", "<br/>", "<br />"}) {
            if (m_bytes.contains(lineBreak)) {
                m_bytes.replace(lineBreak, "\n");
                m_damage |= PemDamage::EscapedLineBreaks;
            }
        }
    }

    void escapes()
    {
        char *to = m_bytes.data();
        const char *at = to, *end = to + m_bytes.size();
        while (at != end) {
            if (*at == '`' && end - at > 1 && (at[1] == 'n' || at[1] == 'r')) {
                *to++ = '\n'; // PowerShell's
                at += 2;
                m_damage |= PemDamage::EscapedLineBreaks;
            } else if (*at == '\\') {
                while (at != end && *at == '\\')
                    ++at;
                escaped(at, end, to);
            } else {
                *to++ = *at++;
            }
        }
        m_bytes.truncate(to - m_bytes.constData());
    }

    void escaped(const char *&at, const char *end, char *&to)
    {
        if (at == end || *at == '\n' || *at == '\r') {
            m_damage |= PemDamage::TextInside; // a line that goes on in the next
            return;
        }
        if (*at == 'u' && end - at > 4) {
            bool isNumber = false;
            const int code = QByteArrayView(at + 1, 4).toInt(&isNumber, 16);
            if (isNumber && code < 0x80) {
                *to++ = char(code);
                at += 5;
                m_damage |= PemDamage::EscapedLineBreaks;
                return;
            }
        }
        if (*at == 'n' || *at == 'r') {
            *to++ = '\n';
            m_damage |= PemDamage::EscapedLineBreaks;
            ++at;
        } else if (*at == 't') {
            *to++ = ' ';
            ++at;
        } else if (*at == '/' || isQuote(*at)) {
            *to++ = *at++;
            m_damage |= PemDamage::EscapedLineBreaks;
        } else {
            *to++ = '?';
        }
    }

    /// What stands between two quoted parts, as in a program's source, is not part of the text.
    void quotes(bool isWithin)
    {
        const auto first = std::ranges::find_if(m_bytes, isQuote);
        if (first == m_bytes.end())
            return;
        m_damage |= PemDamage::Quoted;
        const char quote = *first;
        bool isBeforeFirst = !isWithin;
        for (char &c : m_bytes) {
            if (c == quote) {
                isWithin = !isWithin;
                isBeforeFirst = false;
                c = ' ';
            } else if ((!isWithin && !isBeforeFirst && c != '\n' && c != '\r') || isQuote(c)) {
                c = ' ';
            }
        }
    }

    QByteArray &m_bytes;
    PemDamages m_damage;
};

struct BodyLine
{
    QByteArrayView text;    ///< without blanks around
    QByteArrayView longest; ///< part of base64
    bool isPure = true;     ///< base64 and blanks only
    bool isPadded = false;  ///< ends in =
};

BodyLine lineOf(QByteArrayView text)
{
    BodyLine line{.text = text.trimmed()};
    qsizetype start = 0;
    for (qsizetype i = 0; i <= line.text.size(); ++i) {
        const char c = i < line.text.size() ? line.text[i] : ' ';
        if (isBase64(c))
            continue;
        if (i - start > line.longest.size())
            line.longest = line.text.sliced(start, i - start);
        start = i + 1;
        line.isPure = line.isPure && (c == ' ' || c == '=');
    }
    line.isPadded = line.text.endsWith('=');
    return line;
}

std::vector<BodyLine> linesOf(QByteArrayView region)
{
    std::vector<BodyLine> lines;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= region.size(); ++i) {
        if (i < region.size() && region[i] != '\n' && region[i] != '\r')
            continue;
        lines.push_back(lineOf(region.sliced(start, i - start)));
        start = i + 1;
    }
    return lines;
}

/// Appends the base64 of a text to bytes that have room for it.
void append(WipedBytes &base64, QByteArrayView text)
{
    const qsizetype size = base64.size();
    base64.resize(size + text.size());
    const char *end = std::copy_if(text.begin(), text.end(), base64.data() + size, isBase64);
    base64.truncate(end - base64.constData());
}

qsizetype base64Count(QByteArrayView text)
{
    return std::ranges::count_if(text, isBase64);
}

/// Lines picked out of a body, joined.
template<typename Pick>
WipedBytes joined(const std::vector<BodyLine> &lines, qsizetype size, Pick pick)
{
    WipedBytes base64;
    base64.reserve(size);
    for (const BodyLine &line : lines)
        append(base64, pick(line));
    return base64;
}

/// How long most lines are, and longer than a word.
qsizetype usualLength(const std::vector<BodyLine> &lines)
{
    std::map<qsizetype, int> counts;
    for (const BodyLine &line : lines)
        ++counts[line.longest.size()];
    qsizetype usual = 0;
    int most = 1;
    for (const auto &[length, count] : counts) {
        if (length >= 32 && count >= most) {
            usual = length;
            most = count;
        }
    }
    return usual;
}

/// Only lines as long as most, and what is left at the end.
WipedBytes usualLines(const std::vector<BodyLine> &lines, qsizetype size)
{
    const qsizetype usual = usualLength(lines);
    qsizetype last = -1;
    for (std::size_t i = 0; usual > 0 && i < lines.size(); ++i) {
        if (lines[i].longest.size() == usual)
            last = qsizetype(i);
    }
    for (std::size_t i = std::size_t(last + 1); last >= 0 && i < lines.size(); ++i) {
        if (lines[i].isPure && !lines[i].longest.isEmpty() && lines[i].longest.size() < usual &&
            lines[i].longest.size() == base64Count(lines[i].text)) {
            last = qsizetype(i);
            break;
        }
    }
    WipedBytes base64;
    base64.reserve(size);
    for (qsizetype i = 0; i <= last; ++i) {
        if (lines[std::size_t(i)].longest.size() == usual || i == last)
            base64 += lines[std::size_t(i)].longest;
    }
    return base64;
}

std::optional<WipedBytes> decoded(const QByteArray &base64)
{
    if (base64.size() % 4 == 1)
        return std::nullopt;
    auto result = QByteArray::fromBase64Encoding(base64, QByteArray::OmitTrailingEquals |
                                                             QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return WipedBytes(std::move(*result));
}

/// Without what comes after the value, whose length its beginning says.
std::optional<WipedBytes> cutToLength(const QByteArray &base64)
{
    const qsizetype characters = KeyContent::base64Length(base64);
    if (characters == 0 || characters >= base64.size())
        return std::nullopt;
    return WipedBytes(base64.first(characters));
}

/// Whether the content is one DER value, or OpenSSH's: other labels have more, or less.
bool isOfOneValue(QByteArrayView label)
{
    return !label.startsWith("TRUSTED") && !label.startsWith("PGP") && !label.startsWith("SSH2") &&
           !label.endsWith("PARAMETERS");
}

bool hasBlankWithin(const BodyLine &line)
{
    return std::ranges::any_of(line.text, [](char c) { return c == ' '; });
}

/// What has to be done for the lines to be what was read.
PemDamages damageOf(const std::vector<BodyLine> &lines, QByteArrayView region, const QByteArray &base64,
                    PemBody::Ends ends)
{
    PemDamages damage;
    qsizetype all = 0, filled = 0;
    bool isAfterEmpty = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const BodyLine &line = lines[i];
        all += base64Count(line.text);
        if (!line.isPure)
            damage |= PemDamage::TextInside;
        if (line.isPure && hasBlankWithin(line))
            damage |= PemDamage::LineBreaksAsBlanks;
        if (line.longest.size() > maxLineOfOpenSsl)
            damage |= PemDamage::LongLines;
        if (line.text.isEmpty()) {
            isAfterEmpty = filled > 0;
        } else {
            if (isAfterEmpty && !region.contains('\r'))
                damage |= PemDamage::EmptyLines;
            ++filled;
        }
    }
    if (all != base64.size())
        damage |= PemDamage::TextInside;
    const bool endsInEmptyLine =
        lines.size() > 2 && lines.back().text.isEmpty() && lines[lines.size() - 2].text.isEmpty();
    if (ends.hasLastLine && endsInEmptyLine && !region.contains('\r'))
        damage |= PemDamage::EmptyLines;
    const auto isBreak = [](char c) { return c == '\n' || c == '\r'; };
    const bool isFirstJoined = ends.hasFirstLine && !region.isEmpty() && !isBreak(region.front());
    const bool isLastJoined = ends.hasLastLine && !region.isEmpty() && !isBreak(region.back());
    if (isFirstJoined || isLastJoined) {
        const bool isBlank =
            (isFirstJoined && region.front() == ' ') || (isLastJoined && region.back() == ' ');
        damage |= isBlank ? PemDamage::LineBreaksAsBlanks : PemDamage::LineBreaksLost;
        damage &= ~PemDamages(PemDamage::LongLines);
    }
    return damage;
}

PemDamages paddingDamage(QByteArrayView region, const QByteArray &base64)
{
    const qsizetype needed = (4 - base64.size() % 4) % 4;
    return std::ranges::count(region, '=') < needed ? PemDamage::PaddingLost : PemDamages();
}

PemDamages rawDamage(QByteArrayView raw)
{
    PemDamages damage;
    if (raw.contains('\r'))
        damage |= PemDamage::CarriageReturns;
    if (raw.contains(PlainPem::invisible))
        damage |= PemDamage::InvisibleCharacters;
    for (qsizetype i = 1; i + 1 < raw.size(); ++i) {
        const bool isAtEnd = raw[i + 1] == '\n' || raw[i + 1] == '\r' || raw[i - 1] == '\n';
        if (raw[i] == ' ' && isAtEnd)
            return damage | PemDamage::BlanksInLines;
    }
    return damage;
}

} // namespace

bool PemBody::isWorthReading(const QByteArray &plain, qsizetype begin, qsizetype end)
{
    qsizetype count = 0;
    for (qsizetype i = begin; i < end && count < leastCharacters; ++i)
        count += isBase64(plain[i]);
    return count >= leastCharacters;
}

qsizetype PemBody::nextStart(QByteArrayView plain, qsizetype from)
{
    for (qsizetype i = from; i + leastCharacters <= plain.size(); ++i) {
        if (plain[i] != 'M' && plain[i] != 'b')
            continue;
        // An escaped line break ends in a letter.
        const bool isAfterEscape =
            i > 1 && plain[i - 2] == '\\' && (plain[i - 1] == 'n' || plain[i - 1] == 'r');
        if (i > 0 && isBase64(plain[i - 1]) && !isAfterEscape)
            continue;
        if (plain.sliced(i).startsWith(openSshStart))
            return i;
        // A SEQUENCE: 0x30, then a length.
        if (plain[i] == 'M' && plain[i + 1] >= 'A' && plain[i + 1] <= 'I' && isBase64(plain[i + 2]) &&
            isBase64(plain[i + 3]))
            return i;
    }
    return -1;
}

std::optional<Body> PemBody::read(const QByteArray &plain, qsizetype begin, qsizetype end,
                                  const QByteArray &label, Ends ends, KeyContent::Look look)
{
    Body body{.begin = begin, .end = end};
    const bool isBare = !ends.hasFirstLine && !ends.hasLastLine;
    if (!ends.hasFirstLine) {
        const qsizetype header = plain.indexOf("DEK-Info:", begin);
        const qsizetype start = nextStart(QByteArrayView(plain).first(end), begin);
        if (header < 0 || header >= end) {
            if (start < 0)
                return std::nullopt;
            begin = start;
        }
        body.begin = begin;
    }

    WipedBytes region = plain.sliced(begin, end - begin);
    region.detach();
    body.damage = rawDamage(region);
    region.removeIf([](char c) { return c == PlainPem::invisible; });
    qsizetype before = body.begin;
    for (; before > 0 && (plain[before - 1] == '-' || plain[before - 1] == ' '); --before) {
    }
    // The quote that was opened before the first line, if there is one.
    qsizetype opening = plain.lastIndexOf("BEGIN", body.begin);
    while (opening > 0 && (plain[opening - 1] == '-' || plain[opening - 1] == ' '))
        --opening;
    const bool isQuoted = ends.hasFirstLine ? opening > 0 && isQuote(plain[opening - 1])
                                            : body.begin > 0 && isQuote(plain[body.begin - 1]);
    body.damage |= Cleaner(region).clean(isQuoted);

    const Armour::FoundHeader header = Armour::legacyHeader(region);
    body.header = header.header;
    const QByteArrayView rest = QByteArrayView(region).sliced(header.end);
    const std::vector<BodyLine> lines = linesOf(rest);

    std::vector<WipedBytes> attempts;
    const bool isLengthKnown = body.header.isEmpty() && (label.isEmpty() || isOfOneValue(label));
    const auto attempt = [&](WipedBytes base64, KeyContent::Look how = KeyContent::Look::AtAll) {
        if (base64.size() < leastCharacters || std::ranges::find(attempts, base64) != attempts.end())
            return false;
        const bool mayFit = !isLengthKnown || base64.startsWith(openSshStart) ||
                            KeyContent::base64Length(base64) == base64.size();
        auto bytes = mayFit ? decoded(base64) : std::nullopt;
        auto content = bytes ? KeyContent::read(*bytes, label, body.header, how) : std::nullopt;
        attempts.push_back(std::move(base64));
        if (!content)
            return false;
        body.content = std::move(*content);
        body.bytes = std::move(*bytes);
        return true;
    };
    const auto attemptAlsoCut = [&](const WipedBytes &base64) {
        if (attempt(base64))
            return true;
        auto shorter = cutToLength(base64);
        return shorter && attempt(std::move(*shorter));
    };
    const auto whole = [](const BodyLine &line) { return line.text; };
    const auto ifPure = [](const BodyLine &line) { return line.isPure ? line.text : QByteArrayView(); };
    const auto longest = [](const BodyLine &line) { return line.longest; };
    const bool isRead = attempt(joined(lines, rest.size(), whole), look) ||
                        (!isBare && (attemptAlsoCut(joined(lines, rest.size(), ifPure)) ||
                                     attemptAlsoCut(joined(lines, rest.size(), longest)) ||
                                     attemptAlsoCut(usualLines(lines, rest.size())) ||
                                     attemptAlsoCut(joined(lines, rest.size(), whole))));
    if (!isRead)
        return std::nullopt;
    body.damage |= damageOf(lines, rest, attempts.back(), ends);
    body.damage |= paddingDamage(rest, attempts.back());
    return body;
}
