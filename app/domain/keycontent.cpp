// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keycontent.h"

#include "domain/openssl.h"

#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

using namespace KeyMaterial;
using Kind = PemBlock::Kind;

namespace {

/// A key of 16,384 bits takes less. What is longer is not computed with.
constexpr qsizetype maxKeyBytes = 16 * 1024;
constexpr int leastRsaBits = 2048;
constexpr int leastCurveBits = 224;

const unsigned char *start(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// By one of the d2i functions, if that takes all the bytes.
template<auto function, typename Owner>
Owner decoded(const QByteArray &bytes)
{
    const unsigned char *at = start(bytes);
    Owner object(function(nullptr, &at, long(bytes.size())));
    if (object && at != start(bytes) + bytes.size())
        object.reset();
    return object;
}

OpenSsl::Key decodedKey(int type, const QByteArray &bytes)
{
    const unsigned char *at = start(bytes);
    OpenSsl::Key key(d2i_PrivateKey(type, nullptr, &at, long(bytes.size())));
    if (key && at != start(bytes) + bytes.size())
        key.reset();
    return key;
}

QByteArray bytesOf(unsigned char *buffer, int size)
{
    QByteArray bytes;
    if (size > 0)
        bytes = QByteArray(reinterpret_cast<const char *>(buffer), size);
    OPENSSL_free(buffer);
    return bytes;
}

Algorithm algorithmOf(int id)
{
    switch (id) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA2:
        return Algorithm::Rsa;
    case EVP_PKEY_RSA_PSS:
        return Algorithm::RsaPss;
    case EVP_PKEY_DSA:
        return Algorithm::Dsa;
    case EVP_PKEY_DH:
    case EVP_PKEY_DHX:
        return Algorithm::Dh;
    case EVP_PKEY_EC:
        return Algorithm::Ec;
    case EVP_PKEY_ED25519:
        return Algorithm::Ed25519;
    case EVP_PKEY_ED448:
        return Algorithm::Ed448;
    case EVP_PKEY_X25519:
        return Algorithm::X25519;
    case EVP_PKEY_X448:
        return Algorithm::X448;
    default:
        return Algorithm::Unknown;
    }
}

QByteArray curveOf(EVP_PKEY *key)
{
    std::array<char, 80> name{};
    if (!EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr))
        return {};
    const int nid = OBJ_txt2nid(name.data());
    const char *nist = nid == NID_undef ? nullptr : EC_curve_nid2nist(nid);
    return nist ? nist : name.data();
}

void describeKind(PemBlock &block, EVP_PKEY *key)
{
    block.algorithm = algorithmOf(EVP_PKEY_get_base_id(key));
    block.bits = EVP_PKEY_get_bits(key);
    switch (block.algorithm) {
    case Algorithm::Ec:
        block.curve = curveOf(key);
        block.isWeakKey = block.bits < leastCurveBits;
        break;
    case Algorithm::Rsa:
    case Algorithm::RsaPss:
    case Algorithm::Dsa:
    case Algorithm::Dh:
        block.isWeakKey = block.bits < leastRsaBits;
        break;
    default:
        break;
    }
}

/// As it came, which is much quicker than to encode a key.
void describePublicKey(PemBlock &block, X509_PUBKEY *info)
{
    if (EVP_PKEY *key = X509_PUBKEY_get0(info))
        describeKind(block, key);
    unsigned char *buffer = nullptr;
    const int size = block.algorithm == Algorithm::Unknown ? 0 : i2d_X509_PUBKEY(info, &buffer);
    block.publicKey = bytesOf(buffer, size);
}

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || !ASN1_TIME_to_tm(time, &parts))
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, std::min(parts.tm_sec, 59)), Qt::UTC);
}

std::optional<PemBlock> certificate(const QByteArray &bytes, bool isTrusted)
{
    const auto certificate = isTrusted ? decoded<d2i_X509_AUX, OpenSsl::Certificate>(bytes)
                                       : decoded<d2i_X509, OpenSsl::Certificate>(bytes);
    if (!certificate)
        return std::nullopt;
    PemBlock block{.kind = Kind::Certificate, .isReadable = true};
    describePublicKey(block, X509_get_X509_PUBKEY(certificate.get()));
    block.notBefore = timeOf(X509_get0_notBefore(certificate.get()));
    block.notAfter = timeOf(X509_get0_notAfter(certificate.get()));
    block.isAuthority = X509_check_ca(certificate.get()) > 0;
    block.isSelfSigned = X509_get_extension_flags(certificate.get()) & EXFLAG_SS;
    int digest = NID_undef;
    if (X509_get_signature_info(certificate.get(), &digest, nullptr, nullptr, nullptr) && digest != NID_undef)
        block.signatureDigest = OBJ_nid2sn(digest);
    const bool isOldDigest = digest == NID_md5 || digest == NID_sha1 || digest == NID_md2 ||
                             digest == NID_md4 || digest == NID_md5_sha1;
    block.isWeakSignature = isOldDigest && !block.isSelfSigned;
    block.certificate = bytes;
    return block;
}

std::optional<PemBlock> request(const QByteArray &bytes)
{
    const auto request = decoded<d2i_X509_REQ, OpenSsl::Request>(bytes);
    if (!request)
        return std::nullopt;
    PemBlock block{.kind = Kind::CertificateRequest, .isReadable = true};
    describePublicKey(block, X509_REQ_get_X509_PUBKEY(request.get()));
    return block;
}

std::optional<PemBlock> described(Kind kind, const OpenSsl::Key &key)
{
    if (!key)
        return std::nullopt;
    PemBlock block{.kind = kind, .isReadable = true};
    KeyContent::describeKey(block, key.get());
    return block;
}

std::optional<PemBlock> pkcs8(const QByteArray &bytes)
{
    if (bytes.size() > maxKeyBytes)
        return std::nullopt;
    const auto info = decoded<d2i_PKCS8_PRIV_KEY_INFO, OpenSsl::Pkcs8>(bytes);
    if (!info)
        return std::nullopt;
    if (auto block = described(Kind::PrivateKey, OpenSsl::Key(EVP_PKCS82PKEY(info.get()))))
        return block;
    // An algorithm that this OpenSSL does not know, of which the envelope says that it is a private key.
    const ASN1_OBJECT *algorithm = nullptr;
    const unsigned char *key = nullptr;
    int size = 0;
    if (!PKCS8_pkey_get0(&algorithm, &key, &size, nullptr, info.get()) ||
        OBJ_obj2nid(algorithm) != NID_undef || size == 0)
        return std::nullopt;
    return PemBlock{.kind = Kind::PrivateKey, .isReadable = true};
}

std::optional<PemBlock> encryptedPkcs8(const QByteArray &bytes)
{
    const auto encrypted = decoded<d2i_X509_SIG, OpenSsl::Encrypted>(bytes);
    if (!encrypted)
        return std::nullopt;
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_OCTET_STRING *content = nullptr;
    X509_SIG_get0(encrypted.get(), &algorithm, &content);
    const ASN1_OBJECT *object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    int type = 0;
    const int nid = OBJ_obj2nid(object);
    const bool isByPassword =
        nid == NID_pbes2 || EVP_PBE_find(EVP_PBE_TYPE_OUTER, nid, &type, nullptr, nullptr);
    if (!isByPassword || ASN1_STRING_length(content) == 0)
        return std::nullopt;
    return PemBlock{.kind = Kind::EncryptedPrivateKey, .isReadable = true, .encryption = Encryption::Pkcs8};
}

/// RSA, EC and DSA in formats of their own.
std::optional<PemBlock> traditional(int type, const QByteArray &bytes)
{
    // d2i_PrivateKey() takes PKCS#8 too, which has another label; an encrypted one is not for it to open.
    if (bytes.size() > maxKeyBytes || decoded<d2i_PKCS8_PRIV_KEY_INFO, OpenSsl::Pkcs8>(bytes) ||
        encryptedPkcs8(bytes))
        return std::nullopt;
    return described(Kind::PrivateKey, decodedKey(type, bytes));
}

std::optional<PemBlock> publicKey(const QByteArray &bytes)
{
    return described(Kind::PublicKey, decoded<d2i_PUBKEY, OpenSsl::Key>(bytes));
}

std::optional<PemBlock> rsaPublicKey(const QByteArray &bytes)
{
    const unsigned char *at = start(bytes);
    OpenSsl::Key key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, long(bytes.size())));
    if (key && at != start(bytes) + bytes.size())
        key.reset();
    return described(Kind::PublicKey, key);
}

std::optional<PemBlock> revocationList(const QByteArray &bytes)
{
    if (!decoded<d2i_X509_CRL, OpenSsl::RevocationList>(bytes))
        return std::nullopt;
    return PemBlock{.kind = Kind::RevocationList, .isReadable = true};
}

std::optional<PemBlock> envelope(const QByteArray &bytes)
{
    if (!decoded<d2i_PKCS7, OpenSsl::Envelope>(bytes))
        return std::nullopt;
    return PemBlock{.kind = Kind::Pkcs7, .isReadable = true};
}

/// Of what is rarely pasted here the outermost length has to fit.
std::optional<PemBlock> parameters(const QByteArray &bytes)
{
    const bool isCurveName = bytes.startsWith('\x06') && bytes.size() > 2 && bytes[1] == bytes.size() - 2;
    if (!isCurveName && KeyContent::derLength(bytes) != bytes.size())
        return std::nullopt;
    return PemBlock{.kind = Kind::Parameters, .isReadable = true};
}

/// The tag of an OpenPGP packet (RFC 4880, 4.2).
int packetTag(const QByteArray &bytes)
{
    const uchar first = bytes.isEmpty() ? 0 : uchar(bytes[0]);
    return !(first & 0x80) ? -1 : first & 0x40 ? first & 0x3f : first >> 2 & 0xf;
}

std::optional<PemBlock> openPgp(const QByteArray &bytes, Kind kind)
{
    constexpr int secretKey = 5, publicKey = 6;
    if (bytes.size() < 32 || packetTag(bytes) != (kind == Kind::OtherPrivateKey ? secretKey : publicKey))
        return std::nullopt;
    return PemBlock{.kind = kind, .isReadable = true};
}

std::optional<PemBlock> sshCom(const QByteArray &bytes)
{
    if (!bytes.startsWith("\x3f\x6f\xf9\xeb"))
        return std::nullopt;
    return PemBlock{.kind = Kind::OtherPrivateKey, .isReadable = true, .encryption = Encryption::OtherTool};
}

std::optional<PemBlock> sshPublic(const QByteArray &bytes)
{
    if (!bytes.startsWith(QByteArray("\0\0\0", 3)))
        return std::nullopt;
    return PemBlock{.kind = Kind::OtherPublicKey, .isReadable = true};
}

std::optional<PemBlock> legacyEncrypted(const QByteArray &bytes, const KeyContent::LegacyHeader &header)
{
    const EVP_CIPHER *cipher = EVP_get_cipherbyname(header.cipher.constData());
    if (!cipher || EVP_CIPHER_get_iv_length(cipher) * 2 != header.iv.size() || bytes.size() < 16 ||
        bytes.size() % EVP_CIPHER_get_block_size(cipher) != 0)
        return std::nullopt;
    return PemBlock{.kind = Kind::EncryptedPrivateKey, .isReadable = true, .encryption = Encryption::Legacy};
}

using Reader = std::optional<PemBlock> (*)(const QByteArray &);

struct Format
{
    QByteArrayView label;
    Kind kind;
    Reader read;
};

// The first label of a kind of content is the one that is written.
constexpr std::array formats{
    Format{"CERTIFICATE", Kind::Certificate, [](const QByteArray &b) { return certificate(b, false); }},
    Format{"X509 CERTIFICATE", Kind::Certificate, [](const QByteArray &b) { return certificate(b, false); }},
    Format{"TRUSTED CERTIFICATE", Kind::Certificate,
           [](const QByteArray &b) { return certificate(b, true); }},
    Format{"PRIVATE KEY", Kind::PrivateKey, pkcs8},
    Format{"RSA PRIVATE KEY", Kind::PrivateKey,
           [](const QByteArray &b) { return traditional(EVP_PKEY_RSA, b); }},
    Format{"EC PRIVATE KEY", Kind::PrivateKey,
           [](const QByteArray &b) { return traditional(EVP_PKEY_EC, b); }},
    Format{"DSA PRIVATE KEY", Kind::PrivateKey,
           [](const QByteArray &b) { return traditional(EVP_PKEY_DSA, b); }},
    Format{"ENCRYPTED PRIVATE KEY", Kind::EncryptedPrivateKey, encryptedPkcs8},
    Format{"OPENSSH PRIVATE KEY", Kind::OpenSshPrivateKey, KeyContent::readOpenSsh},
    Format{"PUBLIC KEY", Kind::PublicKey, publicKey},
    Format{"RSA PUBLIC KEY", Kind::PublicKey, rsaPublicKey},
    Format{"CERTIFICATE REQUEST", Kind::CertificateRequest, request},
    Format{"NEW CERTIFICATE REQUEST", Kind::CertificateRequest, request},
    Format{"X509 CRL", Kind::RevocationList, revocationList},
    Format{"PKCS7", Kind::Pkcs7, envelope},
    Format{"CMS", Kind::Pkcs7, envelope},
};
/// These only if the label says so: their content says too little.
constexpr std::array labelledFormats{
    Format{"EC PARAMETERS", Kind::Parameters, parameters},
    Format{"DH PARAMETERS", Kind::Parameters, parameters},
    Format{"X9.42 DH PARAMETERS", Kind::Parameters, parameters},
    Format{"DSA PARAMETERS", Kind::Parameters, parameters},
    Format{"PGP PRIVATE KEY BLOCK", Kind::OtherPrivateKey,
           [](const QByteArray &b) { return openPgp(b, Kind::OtherPrivateKey); }},
    Format{"PGP PUBLIC KEY BLOCK", Kind::OtherPublicKey,
           [](const QByteArray &b) { return openPgp(b, Kind::OtherPublicKey); }},
    Format{"SSH2 ENCRYPTED PRIVATE KEY", Kind::OtherPrivateKey, sshCom},
    Format{"SSH2 PUBLIC KEY", Kind::OtherPublicKey, sshPublic},
};

const Format *formatOf(QByteArrayView label)
{
    for (const Format &format : formats) {
        if (format.label == label)
            return &format;
    }
    for (const Format &format : labelledFormats) {
        if (format.label == label)
            return &format;
    }
    return nullptr;
}

} // namespace

void KeyContent::describeKey(PemBlock &block, EVP_PKEY *key)
{
    describeKind(block, key);
    unsigned char *buffer = nullptr;
    const int size = i2d_PUBKEY(key, &buffer);
    block.publicKey = bytesOf(buffer, size);
}

QByteArray KeyContent::LegacyHeader::text() const
{
    return isEmpty() ? QByteArray()
                     : QByteArray("Proc-Type: 4,ENCRYPTED\nDEK-Info: " + cipher + ',' + iv + '\n');
}

int KeyContent::legacyVectorDigits(const QByteArray &cipher)
{
    const OpenSsl::ErrorScope errors;
    const EVP_CIPHER *known = EVP_get_cipherbyname(cipher.constData());
    return known ? EVP_CIPHER_get_iv_length(known) * 2 : 0;
}

std::optional<KeyContent::Content> KeyContent::read(const QByteArray &bytes, QByteArrayView label,
                                                    const LegacyHeader &header, Look look)
{
    const OpenSsl::ErrorScope errors;
    if (bytes.isEmpty() || bytes.size() > maxCharacters)
        return std::nullopt;
    const Format *format = formatOf(label);
    if (!header.isEmpty()) {
        auto block =
            format && format->kind == Kind::PrivateKey ? legacyEncrypted(bytes, header) : std::nullopt;
        if (!block)
            return std::nullopt;
        return Content{*block, label.toByteArray()};
    }
    const bool isSequence = derLength(bytes) == bytes.size();
    const bool mustBePublic =
        look == Look::ForPrivateKeys && isSequence && !mayBePrivate(bytes) && !promised(label).isPrivateKey();
    if (mustBePublic)
        return Content{promised(label), label.toByteArray()};
    if (format) {
        if (auto block = format->read(bytes))
            return Content{*block, label.toByteArray()};
    }
    // What is no SEQUENCE of this length parses as none of these, but OpenSSH's.
    if (!isSequence && !bytes.startsWith("openssh-key-v1"))
        return std::nullopt;
    for (const Format &other : formats) {
        const bool isPrivate = PemBlock{.kind = other.kind}.isPrivateKey();
        if (&other == format || isPrivate != (mayBePrivate(bytes) || !isSequence))
            continue;
        if (auto block = other.read(bytes))
            return Content{*block, other.label.toByteArray()};
    }
    return std::nullopt;
}

bool KeyContent::mayBePrivate(QByteArrayView beginning)
{
    if (beginning.size() < 8 || beginning[0] != '\x30')
        return false;
    const uchar length = uchar(beginning[1]);
    const QByteArrayView content = beginning.sliced(length == 0x82 ? 4 : length == 0x81 ? 3 : 2);
    const auto tag = [&](qsizetype at) { return uchar(content[at]); };
    // The algorithm that encrypts a key comes first; in a public key bits come after it …
    if (tag(0) == 0x30) {
        const qsizetype next = 2 + tag(1);
        const bool isAlgorithm = tag(1) < 0x80 && tag(2) == 0x06;
        return isAlgorithm && (next >= content.size() || tag(next) == V_ASN1_OCTET_STRING);
    }
    // … or a version and then an algorithm, a number or the key.
    if (tag(0) != 0x02 || tag(1) > 4)
        return false;
    const qsizetype next = 2 + tag(1);
    return next >= content.size() || tag(next) == 0x30 || tag(next) == 0x02 || tag(next) == 0x04;
}

qsizetype KeyContent::base64Length(QByteArrayView beginning)
{
    constexpr qsizetype enough = 16;
    if (beginning.size() < enough)
        return 0;
    const qsizetype length =
        derLength(QByteArray::fromBase64(QByteArray::fromRawData(beginning.data(), enough)));
    return (length * 4 + 2) / 3;
}

PemBlock KeyContent::promised(QByteArrayView label)
{
    const Format *format = formatOf(label);
    return {.kind = format ? format->kind : Kind::Unknown};
}

bool KeyContent::isKeyStoreWithKey(const QByteArray &bytes)
{
    const OpenSsl::ErrorScope errors;
    const auto store = decoded<d2i_PKCS12, OpenSsl::KeyStore>(bytes);
    if (!store)
        return false;
    STACK_OF(PKCS7) *envelopes = PKCS12_unpack_authsafes(store.get());
    bool found = false;
    for (int i = 0; envelopes && i < sk_PKCS7_num(envelopes) && !found; ++i) {
        PKCS7 *envelope = sk_PKCS7_value(envelopes, i);
        if (!PKCS7_type_is_data(envelope))
            continue;
        STACK_OF(PKCS12_SAFEBAG) *bags = PKCS12_unpack_p7data(envelope);
        for (int bag = 0; bags && bag < sk_PKCS12_SAFEBAG_num(bags); ++bag) {
            const int nid = PKCS12_SAFEBAG_get_nid(sk_PKCS12_SAFEBAG_value(bags, bag));
            found = found || nid == NID_keyBag || nid == NID_pkcs8ShroudedKeyBag;
        }
        sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    }
    sk_PKCS7_pop_free(envelopes, PKCS7_free);
    return found;
}

qsizetype KeyContent::derLength(QByteArrayView beginning)
{
    const OpenSsl::ErrorScope errors;
    const auto *at = reinterpret_cast<const unsigned char *>(beginning.data());
    const unsigned char *first = at;
    long length = 0;
    int tag = 0, tagClass = 0;
    // The high bit says that the value is longer than what is there: only its beginning may be.
    const int result = ASN1_get_object(&at, &length, &tag, &tagClass, long(beginning.size()));
    const bool isMalformed = (result & 0x80) && at == first;
    if (isMalformed || tag != V_ASN1_SEQUENCE || tagClass != V_ASN1_UNIVERSAL ||
        !(result & V_ASN1_CONSTRUCTED) || length <= 0)
        return 0;
    return qsizetype(at - first) + length;
}
