// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keymaterial.h"
#include "domain/openssl.h"
#include "domain/pembody.h"
#include "domain/pemscan.h"
#include "domain/plainpem.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace KeyMaterial;
using namespace OpenSsl;
using namespace Qt::StringLiterals;
using Form = FoundPrivateKey::Form;

namespace {

/// How many places that look like a key are tried, how many of them by OpenSSL, and how much is decoded for
/// it.
constexpr int maxCandidates = 512;
constexpr int maxParsed = 8;
constexpr qsizetype maxDecoded = 256 * 1024;
constexpr qsizetype maxKeyCharacters = 16 * 1024;
constexpr int maxJsonCandidates = 16;
constexpr int leastSecretDigits = 16;
constexpr qsizetype leastDigits = 40;

std::optional<FoundPrivateKey> inPem(QStringView text)
{
    const PemScan::Scan scan = PemScan::scan(text, KeyContent::Look::ForPrivateKeys);
    for (const PemScan::Block &block : scan.blocks) {
        const PemBlock &key = block.content.block;
        if (!key.isPrivateKey() || !key.isReadable)
            continue;
        constexpr PemDamages bare = PemDamage::MissingFirstLine | PemDamage::MissingLastLine;
        FoundPrivateKey found{.isEncrypted = key.isEncrypted(), .begin = key.begin};
        found.isWrapped = bool(scan.damage & (PemDamage::Base64Encoded | PemDamage::PercentEncoded));
        if (key.kind == PemBlock::Kind::OpenSshPrivateKey)
            found.form = Form::OpenSsh;
        else if (key.kind == PemBlock::Kind::OtherPrivateKey)
            found.form = block.content.label.startsWith("PGP") ? Form::OpenPgp : Form::SshCom;
        else if (scan.damage.testFlags(bare))
            found.form = Form::Der;
        return found;
    }
    return std::nullopt;
}

/// PuTTY's own format: a header and lines of base64, which it counts.
std::optional<FoundPrivateKey> ofPutty(QStringView text)
{
    const qsizetype begin = text.indexOf("PuTTY-User-Key-File-"_L1);
    const qsizetype lines = begin < 0 ? -1 : text.indexOf("Private-Lines:"_L1, begin);
    const WipedBytes plain = lines < 0 ? WipedBytes() : PlainPem::plain(text.sliced(lines));
    if (!PemBody::isWorthReading(plain, 0, plain.size()))
        return std::nullopt;
    const qsizetype cipher = text.indexOf("Encryption:"_L1, begin);
    const bool isPlain = cipher >= 0 && text.sliced(cipher + 11).trimmed().startsWith("none"_L1);
    return FoundPrivateKey{.form = Form::Putty, .isEncrypted = !isPlain, .begin = begin};
}

bool isSecretText(const QJsonValue &value)
{
    const QString text = value.toString();
    return text.size() >= leastSecretDigits && std::ranges::all_of(text, [](QChar c) {
               return c == u'-' || c == u'_' || c == u'=' ||
                      (c.unicode() < 0x80 && PlainPem::isBase64(c.toLatin1()));
           });
}

bool isPrivateJwk(const QJsonObject &key)
{
    const QString type = key["kty"_L1].toString();
    if (type == "oct"_L1)
        return isSecretText(key["k"_L1]);
    const bool isKnown = type == "RSA"_L1 || type == "EC"_L1 || type == "OKP"_L1;
    const QString publicPart = key[type == "RSA"_L1 ? "n"_L1 : "x"_L1].toString();
    return isKnown && !publicPart.isEmpty() && isSecretText(key["d"_L1]);
}

/// Where the JSON object ends that begins here: a brace within a text does not count. -1 if it does not end.
qsizetype endOfObject(QStringView text, qsizetype begin)
{
    int depth = 0;
    bool isText = false;
    for (qsizetype i = begin; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (isText && c == u'\\')
            ++i;
        else if (c == u'"')
            isText = !isText;
        else if (!isText && c == u'{')
            ++depth;
        else if (!isText && c == u'}' && --depth == 0)
            return i + 1;
    }
    return -1;
}

std::optional<FoundPrivateKey> ofJwk(QStringView text)
{
    qsizetype type = text.indexOf("\"kty\""_L1);
    for (int tried = 0; type >= 0 && tried < maxJsonCandidates; ++tried) {
        // An object may stand before it in the same one, such as the other primes of RSA.
        qsizetype begin = text.lastIndexOf(u'{', type);
        for (int outer = 0; begin >= 0 && outer < 4; ++outer) {
            const qsizetype end = endOfObject(text, begin);
            if (end > type) {
                const WipedBytes json = text.sliced(begin, end - begin).toUtf8();
                if (isPrivateJwk(QJsonDocument::fromJson(json).object()))
                    return FoundPrivateKey{.form = Form::Jwk, .begin = begin};
                break;
            }
            begin = begin > 0 ? text.lastIndexOf(u'{', begin - 1) : -1;
        }
        type = text.indexOf("\"kty\""_L1, type + 5);
    }
    return std::nullopt;
}

std::optional<FoundPrivateKey> ofXml(QStringView text)
{
    const qsizetype begin = text.indexOf("<RSAKeyValue>"_L1);
    const qsizetype secret = begin < 0 ? -1 : text.indexOf("<D>"_L1, begin);
    const qsizetype end = secret < 0 ? -1 : text.indexOf("</D>"_L1, secret);
    const WipedBytes plain =
        end < 0 ? WipedBytes() : PlainPem::plain(text.sliced(secret + 3, end - secret - 3));
    if (!PemBody::isWorthReading(plain, 0, plain.size()))
        return std::nullopt;
    return FoundPrivateKey{.form = Form::Xml, .begin = begin};
}

/// A Java key store: magic, version, number of entries, and the tag of the first, which is 1 for a private
/// key.
bool isJavaKeyStore(const QByteArray &bytes)
{
    return (bytes.startsWith("\xfe\xed\xfe\xed") || bytes.startsWith("\xce\xce\xce\xce")) &&
           bytes.size() > 16 && QByteArrayView(bytes).sliced(12, 4) == QByteArrayView("\0\0\0\1", 4);
}

/// Base64 from here on; what stands between its lines, be they escaped, is left out.
WipedBytes base64From(QByteArrayView plain, qsizetype from, qsizetype most)
{
    WipedBytes base64;
    base64.reserve(std::min(most, plain.size() - from));
    for (qsizetype i = from; i < plain.size() && base64.size() < most; ++i) {
        const char c = plain[i];
        if (PlainPem::isBase64(c)) {
            base64 += c;
        } else if (c == '\\' && i + 1 < plain.size()) {
            while (i + 1 < plain.size() && plain[i + 1] == '\\')
                ++i;
            if (i + 1 < plain.size() && plain[i + 1] == '/')
                continue;
            ++i;
        } else if (c != '\n' && c != '\r' && c != ' ' && c != PlainPem::invisible && c != '"' && c != '\'') {
            break;
        }
    }
    return base64;
}

bool isDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// So many hexadecimal digits from here on, decoded.
WipedBytes hexadecimal(QByteArrayView plain, qsizetype most)
{
    WipedBytes digits;
    digits.reserve(std::min(most, plain.size()));
    for (qsizetype i = 0; i < plain.size() && digits.size() < most; ++i) {
        if (isDigit(plain[i]))
            digits += plain[i];
        else if (plain[i] != ':' && plain[i] != ' ' && plain[i] != '\n' && plain[i] != '\r')
            break;
    }
    return WipedBytes(QByteArray::fromHex(digits));
}

WipedBytes decoded(QByteArrayView base64)
{
    return WipedBytes(QByteArray::fromBase64(QByteArray::fromRawData(base64.data(), base64.size())));
}

/// DER in hexadecimal digits, with colons or blanks between them or none.
std::optional<FoundPrivateKey> inHexadecimal(QByteArrayView plain)
{
    int parsed = 0;
    for (qsizetype at = plain.indexOf("30"); at >= 0 && parsed < maxParsed;
         at = plain.indexOf("30", at + 2)) {
        if (at > 0 && isDigit(plain[at - 1]))
            continue;
        const WipedBytes head = hexadecimal(plain.sliced(at), 2 * 64);
        const qsizetype length = KeyContent::derLength(head);
        if (length * 2 < leastDigits || length > plain.size() / 2 || !KeyContent::mayBePrivate(head))
            continue;
        ++parsed;
        const WipedBytes bytes = hexadecimal(plain.sliced(at), length * 2);
        if (const auto content = KeyContent::read(bytes, {}); content && content->block.isPrivateKey())
            return FoundPrivateKey{
                .form = Form::Der, .isEncrypted = content->block.isEncrypted(), .begin = at};
    }
    return std::nullopt;
}

/// Bytes in base64 that no armour says anything of.
class BareKeys
{
public:
    explicit BareKeys(const QByteArray &plain) : m_plain(plain) {}

    std::optional<FoundPrivateKey> find()
    {
        int tried = 0;
        for (qsizetype at = PemBody::nextStart(m_plain, 0); at >= 0 && tried < maxCandidates && m_left > 0;
             at = PemBody::nextStart(m_plain, at + 1), ++tried) {
            if (auto found = m_plain[at] == 'M' ? der(at) : openSsh(at))
                return found;
        }
        return javaKeyStore();
    }

private:
    std::optional<FoundPrivateKey> der(qsizetype at)
    {
        constexpr qsizetype beginning = 256;
        const WipedBytes start = base64From(m_plain, at, beginning);
        const WipedBytes head = decoded(start);
        const qsizetype characters = KeyContent::base64Length(start);
        if (!KeyContent::mayBePrivate(head) || characters < leastDigits || characters > m_plain.size())
            return std::nullopt;
        m_left -= characters;
        const WipedBytes bytes = decoded(base64From(m_plain, at, characters));
        if (bytes.size() != KeyContent::derLength(head) || ++m_parsed > maxParsed)
            return std::nullopt;
        if (const auto content = KeyContent::read(bytes, {}); content && content->block.isPrivateKey())
            return FoundPrivateKey{
                .form = Form::Der, .isEncrypted = content->block.isEncrypted(), .begin = at};
        if (KeyContent::isKeyStoreWithKey(bytes))
            return FoundPrivateKey{.form = Form::Pkcs12, .isEncrypted = true, .begin = at};
        return std::nullopt;
    }

    std::optional<FoundPrivateKey> openSsh(qsizetype at)
    {
        // Its length is not said at the start: what follows must be no more of base64.
        const WipedBytes base64 = base64From(m_plain, at, maxKeyCharacters);
        m_left -= base64.size();
        const auto key = KeyContent::readOpenSsh(decoded(base64));
        if (!key)
            return std::nullopt;
        return FoundPrivateKey{.form = Form::OpenSsh, .isEncrypted = key->isEncrypted(), .begin = at};
    }

    std::optional<FoundPrivateKey> javaKeyStore() const
    {
        for (const char *magic : {"/u3+7Q", "zs7Ozg"}) {
            const qsizetype at = m_plain.indexOf(magic);
            if (at >= 0 && isJavaKeyStore(decoded(base64From(m_plain, at, 64))))
                return FoundPrivateKey{.form = Form::JavaKeyStore, .isEncrypted = true, .begin = at};
        }
        return std::nullopt;
    }

    const QByteArray &m_plain;
    qsizetype m_left = maxDecoded;
    int m_parsed = 0;
};

/// The letters of base64 in long words, up to the end of a key.
qsizetype keyLetters(QStringView text)
{
    constexpr qsizetype leastWord = 24;
    qsizetype letters = 0, word = 0;
    const auto endWord = [&] {
        letters += word >= leastWord ? word : 0;
        word = 0;
    };
    for (const QChar c : text) {
        const ushort u = c.unicode();
        const bool isLetter = (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') ||
                              (u >= u'a' && u <= u'z') || u == u'+' || u == u'/' || u == u'=';
        if (isLetter)
            ++word;
        else
            endWord();
    }
    endWord();
    return letters;
}

std::optional<FoundPrivateKey> findIn(QStringView text)
{
    if (auto found = inPem(text))
        return found;
    if (auto found = ofPutty(text))
        return found;
    if (auto found = ofJwk(text))
        return found;
    if (auto found = ofXml(text))
        return found;
    const WipedBytes plain = PlainPem::plain(text);
    if (auto found = BareKeys(plain).find())
        return found;
    return inHexadecimal(plain);
}

/// What may hide what is looked for, taken off once: JSON in a JSON text, base64 of a JWK or of PuTTY's
/// format.
std::optional<WipedText> uncovered(QStringView text)
{
    if (text.contains("\\\"kty\\\""_L1)) {
        WipedText inner(text.toString());
        inner.remove(u'\\');
        return inner;
    }
    for (const QLatin1StringView start : {"eyJ"_L1, "ewog"_L1, "UHVUVFkt"_L1}) {
        const qsizetype at = text.indexOf(start);
        if (at < 0)
            continue;
        const WipedBytes plain = PlainPem::plain(text.sliced(at));
        WipedText inner(QString::fromUtf8(decoded(base64From(plain, 0, plain.size()))));
        if (inner.contains("\"kty\""_L1) || inner.startsWith("PuTTY-"_L1))
            return inner;
    }
    return std::nullopt;
}

} // namespace

std::optional<FoundPrivateKey> KeyMaterial::findPrivateKey(QStringView text)
{
    if (text.size() > maxCharacters)
        return std::nullopt;
    if (auto found = findIn(text))
        return found;
    const auto inner = uncovered(text);
    auto found = inner ? findIn(*inner) : std::nullopt;
    if (found) {
        found->isWrapped = true;
        found->begin = 0;
    }
    return found;
}

bool KeyMaterial::holdsPrivateKey(QStringView text)
{
    return findPrivateKey(text).has_value();
}

bool KeyMaterial::saysPrivateKey(QStringView text)
{
    constexpr auto label = "PRIVATE KEY"_L1;
    constexpr qsizetype maxLabel = 40, maxKey = 16 * 1024, leastKey = 64;
    std::optional<PemText> pem;
    for (qsizetype at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + label.size())) {
        const qsizetype from = std::max<qsizetype>(0, at - maxLabel);
        if (!text.sliced(from, at - from).contains("BEGIN"_L1))
            continue;
        const qsizetype behind = at + label.size();
        QStringView key = text.sliced(behind, std::min(maxKey, text.size() - behind));
        for (const QLatin1StringView end : {"BEGIN"_L1, "END "_L1}) {
            if (const qsizetype length = key.indexOf(end); length >= 0)
                key = key.first(length);
        }
        if (keyLetters(key) < leastKey)
            continue;
        if (!pem)
            pem = readPem(text);
        const bool isPublic = std::ranges::any_of(pem->blocks, [&](const PemBlock &block) {
            return block.isReadable && !block.isPrivateKey() && block.begin <= at && at < block.end;
        });
        if (!isPublic)
            return true;
    }
    return false;
}
