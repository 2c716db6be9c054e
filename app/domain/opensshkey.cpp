// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keycontent.h"
#include "domain/openssl.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include <QtEndian>

#include <array>

// The format is described in OpenSSH's PROTOCOL.key: a magic, cipher, key derivation and its options, the
// number of keys, their public parts, and one text with the private parts, padded to the cipher's blocks.

using namespace KeyMaterial;

namespace {

/// Strings and numbers of the SSH protocol (RFC 4251, 5), one after the other.
class Fields
{
public:
    explicit Fields(QByteArrayView bytes) : m_rest(bytes) {}

    std::optional<quint32> number()
    {
        if (m_rest.size() < 4)
            return std::nullopt;
        const quint32 value = qFromBigEndian<quint32>(m_rest.data());
        m_rest = m_rest.sliced(4);
        return value;
    }

    std::optional<QByteArrayView> string()
    {
        const auto length = number();
        if (!length || *length > quint64(m_rest.size()))
            return std::nullopt;
        const QByteArrayView value = m_rest.first(*length);
        m_rest = m_rest.sliced(*length);
        return value;
    }

    qsizetype left() const { return m_rest.size(); }

private:
    QByteArrayView m_rest;
};

struct Cipher
{
    QByteArrayView name;
    int blockSize;
    int tagSize; ///< after the private part
};

constexpr std::array ciphers{
    Cipher{"none", 8, 0},
    Cipher{"aes128-ctr", 16, 0},
    Cipher{"aes192-ctr", 16, 0},
    Cipher{"aes256-ctr", 16, 0},
    Cipher{"aes128-cbc", 16, 0},
    Cipher{"aes192-cbc", 16, 0},
    Cipher{"aes256-cbc", 16, 0},
    Cipher{"3des-cbc", 8, 0},
    Cipher{"aes128-gcm@openssh.com", 16, 16},
    Cipher{"aes256-gcm@openssh.com", 16, 16},
    Cipher{"chacha20-poly1305@openssh.com", 8, 16},
};

const unsigned char *start(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

struct Parameters
{
    using Builder = std::unique_ptr<OSSL_PARAM_BLD, OpenSsl::Deleter<OSSL_PARAM_BLD_free>>;
    using Number = std::unique_ptr<BIGNUM, OpenSsl::Deleter<BN_free>>;
    using Made = std::unique_ptr<OSSL_PARAM, OpenSsl::Deleter<OSSL_PARAM_free>>;
    using Context = std::unique_ptr<EVP_PKEY_CTX, OpenSsl::Deleter<EVP_PKEY_CTX_free>>;

    static OpenSsl::Key key(const char *type, OSSL_PARAM_BLD *builder)
    {
        const Made made(OSSL_PARAM_BLD_to_param(builder));
        const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
        EVP_PKEY *key = nullptr;
        if (!made || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
            EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, made.get()) <= 0)
            return nullptr;
        return OpenSsl::Key(key);
    }
};

OpenSsl::Key rsaKey(QByteArrayView exponent, QByteArrayView modulus)
{
    const Parameters::Builder builder(OSSL_PARAM_BLD_new());
    const Parameters::Number e(BN_bin2bn(start(exponent), int(exponent.size()), nullptr));
    const Parameters::Number n(BN_bin2bn(start(modulus), int(modulus.size()), nullptr));
    if (!builder || !e || !n || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) ||
        !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()))
        return nullptr;
    return Parameters::key("RSA", builder.get());
}

OpenSsl::Key curveKey(QByteArrayView curve, QByteArrayView point)
{
    const char *group = curve == "nistp256"   ? "P-256"
                        : curve == "nistp384" ? "P-384"
                        : curve == "nistp521" ? "P-521"
                                              : nullptr;
    const Parameters::Builder builder(OSSL_PARAM_BLD_new());
    if (!builder || !group ||
        !OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) ||
        !OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                          std::size_t(point.size())))
        return nullptr;
    return Parameters::key("EC", builder.get());
}

/// The public part as OpenSSL's. Hardware keys, certificates and DSA are keys too, and stay unknown.
OpenSsl::Key publicPart(QByteArrayView blob)
{
    Fields fields(blob);
    const auto type = fields.string();
    const auto first = fields.string();
    if (!type || !first)
        return nullptr;
    if (*type == "ssh-ed25519")
        return OpenSsl::Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, start(*first),
                                                        std::size_t(first->size())));
    const auto second = fields.string();
    if (!second)
        return nullptr;
    if (*type == "ssh-rsa")
        return rsaKey(*first, *second);
    if (type->startsWith("ecdsa-sha2-"))
        return curveKey(*first, *second);
    return nullptr;
}

} // namespace

std::optional<PemBlock> KeyContent::readOpenSsh(const QByteArray &bytes)
{
    constexpr QByteArrayView magic("openssh-key-v1\0", 15);
    if (!bytes.startsWith(magic))
        return std::nullopt;
    Fields fields(QByteArrayView(bytes).sliced(magic.size()));
    const auto name = fields.string();
    const auto derivation = fields.string();
    const auto options = fields.string();
    const auto count = fields.number();
    const auto key = fields.string();
    const auto secret = fields.string();
    if (!name || !derivation || !options || count != 1u || !key || !secret)
        return std::nullopt;
    const auto cipher = std::ranges::find(ciphers, *name, &Cipher::name);
    if (cipher == ciphers.end() || secret->isEmpty() || secret->size() % cipher->blockSize != 0 ||
        fields.left() != cipher->tagSize || (*name == "none") != (*derivation == "none"))
        return std::nullopt;
    if (!Fields(*key).string())
        return std::nullopt;

    const bool isEncrypted = *name != "none";
    // The private part begins with a number twice, by which a right password is known.
    Fields secretFields(*secret);
    if (!isEncrypted && (secretFields.left() < 8 || secretFields.number() != secretFields.number()))
        return std::nullopt;
    PemBlock block{.kind = PemBlock::Kind::OpenSshPrivateKey,
                   .isReadable = true,
                   .encryption = isEncrypted ? Encryption::OpenSsh : Encryption::None};
    const OpenSsl::ErrorScope errors;
    if (const OpenSsl::Key part = publicPart(*key))
        describeKey(block, part.get());
    return block;
}
