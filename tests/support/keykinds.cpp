// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keykinds.h"

#include "domain/openssl.h"

#include <QFile>

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

using namespace KeyMaterial;
using namespace OpenSsl;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *password = "throwaway";
using BlockKind = PemBlock::Kind;

/// What the function writes, as text.
template<typename Write>
QByteArray written(Write write)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    if (write(bio.get()) <= 0)
        qFatal("OpenSSL could not write");
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

template<typename Write>
QString pem(Write write)
{
    return QString::fromLatin1(written(write));
}

Key edwards(int type)
{
    EVP_PKEY *key = nullptr;
    const std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_id(type, nullptr));
    if (EVP_PKEY_keygen_init(context.get()) <= 0 || EVP_PKEY_keygen(context.get(), &key) <= 0)
        qFatal("OpenSSL could not make a key");
    return Key(key);
}

Key rsaPss()
{
    EVP_PKEY *key = nullptr;
    const std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_RSA_PSS, nullptr));
    if (EVP_PKEY_keygen_init(context.get()) <= 0 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048) <= 0 ||
        EVP_PKEY_keygen(context.get(), &key) <= 0)
        qFatal("OpenSSL could not make a key");
    return Key(key);
}

Key ec(const char *curve)
{
    return Key(EVP_EC_gen(curve));
}

EVP_PKEY *rsa()
{
    static const Key key(EVP_RSA_gen(2048));
    return key.get();
}

EVP_PKEY *p256()
{
    static const Key key = ec("P-256");
    return key.get();
}

QString pkcs8(EVP_PKEY *key)
{
    return pem([&](BIO *bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

QString encryptedPkcs8(EVP_PKEY *key, const EVP_CIPHER *cipher)
{
    return pem([&](BIO *bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, password, int(qstrlen(password)), nullptr,
                                             nullptr);
    });
}

QString encryptedTheOldWay(EVP_PKEY *key)
{
    return pem([&](BIO *bio) {
        return PEM_write_bio_PKCS8PrivateKey_nid(bio, key, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, password,
                                                 int(qstrlen(password)), nullptr, nullptr);
    });
}

QString traditional(EVP_PKEY *key, const EVP_CIPHER *cipher = nullptr)
{
    auto *pass = reinterpret_cast<unsigned char *>(const_cast<char *>(password));
    return pem([&](BIO *bio) {
        return PEM_write_bio_PrivateKey_traditional(bio, key, cipher, cipher ? pass : nullptr,
                                                    cipher ? int(qstrlen(password)) : 0, nullptr, nullptr);
    });
}

struct Signed
{
    const char *subject;
    EVP_PKEY *key;
    const char *issuer;
    EVP_PKEY *issuerKey;
    int days = 90;
    int startsInDays = -1;
    const EVP_MD *digest = EVP_sha256();
    bool isAuthority = false;
};

void setName(X509_NAME *name, const char *text)
{
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>(text), -1,
                               -1, 0);
}

Certificate made(const Signed &given)
{
    static long serial = 1;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    constexpr long day = 24L * 60 * 60;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), given.startsInDays * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), given.days * day);
    setName(X509_get_subject_name(certificate.get()), given.subject);
    setName(X509_get_issuer_name(certificate.get()), given.issuer);
    X509_set_pubkey(certificate.get(), given.key);
    if (given.isAuthority) {
        const std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE"));
        X509_add_ext(certificate.get(), extension.get(), -1);
    }
    if (!X509_sign(certificate.get(), given.issuerKey, given.digest))
        qFatal("OpenSSL could not sign");
    return certificate;
}

QString pem(const Certificate &certificate)
{
    return pem([&](BIO *bio) { return PEM_write_bio_X509(bio, certificate.get()); });
}

QString request()
{
    const Request request(X509_REQ_new());
    setName(X509_REQ_get_subject_name(request.get()), "throwaway");
    X509_REQ_set_pubkey(request.get(), rsa());
    X509_REQ_sign(request.get(), rsa(), EVP_sha256());
    return pem([&](BIO *bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
}

QString revocationList()
{
    const RevocationList list(X509_CRL_new());
    const Certificate issuer = made({"throwaway", rsa(), "throwaway", rsa()});
    X509_CRL_set_version(list.get(), 1);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.get()));
    const std::unique_ptr<ASN1_TIME, Deleter<ASN1_TIME_free>> now(X509_gmtime_adj(nullptr, 0));
    X509_CRL_set1_lastUpdate(list.get(), now.get());
    X509_CRL_sign(list.get(), rsa(), EVP_sha256());
    return pem([&](BIO *bio) { return PEM_write_bio_X509_CRL(bio, list.get()); });
}

QString envelope()
{
    const Envelope envelope(PKCS7_new());
    PKCS7_set_type(envelope.get(), NID_pkcs7_signed);
    PKCS7_content_new(envelope.get(), NID_pkcs7_data);
    const Certificate inside = made({"throwaway", rsa(), "throwaway", rsa()});
    PKCS7_add_certificate(envelope.get(), inside.get());
    return pem([&](BIO *bio) { return PEM_write_bio_PKCS7(bio, envelope.get()); });
}

QByteArray keyStore(bool withKey)
{
    const Certificate certificate = made({"throwaway", rsa(), "throwaway", rsa()});
    STACK_OF(X509) *others = sk_X509_new_null();
    sk_X509_push(others, certificate.get());
    const KeyStore store(PKCS12_create(password, "throwaway", withKey ? rsa() : nullptr,
                                       withKey ? certificate.get() : nullptr, withKey ? nullptr : others, 0,
                                       0, 0, 0, 0));
    sk_X509_free(others);
    return written([&](BIO *bio) { return i2d_PKCS12_bio(bio, store.get()); });
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray der(EVP_PKEY *key, bool isPkcs8)
{
    return written([&](BIO *bio) {
        return isPkcs8 ? i2d_PKCS8PrivateKey_bio(bio, key, nullptr, nullptr, 0, nullptr, nullptr)
                       : i2d_PrivateKey_bio(bio, key);
    });
}

QList<KeyKinds::Kind> makePrivateKeys()
{
    constexpr auto plain = BlockKind::PrivateKey, encrypted = BlockKind::EncryptedPrivateKey;
    constexpr auto openSsh = BlockKind::OpenSshPrivateKey;
    const Key ed25519 = edwards(EVP_PKEY_ED25519), ed448 = edwards(EVP_PKEY_ED448),
              x25519 = edwards(EVP_PKEY_X25519);
    const Key pss = rsaPss(), p384 = ec("P-384"), p521 = ec("P-521"), bitcoin = ec("secp256k1");
    const Key brainpool = ec("brainpoolP256r1");
    return {
        {"rsa, PKCS#8", pkcs8(rsa()), plain, Encryption::None, Algorithm::Rsa, 2048},
        {"rsa, PKCS#1", traditional(rsa()), plain, Encryption::None, Algorithm::Rsa, 2048},
        {"rsa-pss", pkcs8(pss.get()), plain, Encryption::None, Algorithm::RsaPss, 2048},
        {"P-256, PKCS#8", pkcs8(p256()), plain, Encryption::None, Algorithm::Ec, 256, "P-256"},
        {"P-256, SEC1", traditional(p256()), plain, Encryption::None, Algorithm::Ec, 256, "P-256"},
        {"P-384", pkcs8(p384.get()), plain, Encryption::None, Algorithm::Ec, 384, "P-384"},
        {"P-521", traditional(p521.get()), plain, Encryption::None, Algorithm::Ec, 521, "P-521"},
        {"secp256k1", pkcs8(bitcoin.get()), plain, Encryption::None, Algorithm::Ec, 256, "secp256k1"},
        {"brainpool", pkcs8(brainpool.get()), plain, Encryption::None, Algorithm::Ec, 256, "brainpoolP256r1"},
        {"Ed25519", pkcs8(ed25519.get()), plain, Encryption::None, Algorithm::Ed25519, 256},
        {"Ed448", pkcs8(ed448.get()), plain, Encryption::None, Algorithm::Ed448, 456},
        {"X25519", pkcs8(x25519.get()), plain, Encryption::None, Algorithm::X25519, 253},
        {"encrypted PKCS#8", encryptedPkcs8(rsa(), EVP_aes_256_cbc()), encrypted, Encryption::Pkcs8},
        {"encrypted PKCS#8 of P-256", encryptedPkcs8(p256(), EVP_aes_128_cbc()), encrypted,
         Encryption::Pkcs8},
        {"encrypted PKCS#8, 3DES", encryptedTheOldWay(rsa()), encrypted, Encryption::Pkcs8},
        {"legacy AES-256", traditional(rsa(), EVP_aes_256_cbc()), encrypted, Encryption::Legacy},
        {"legacy 3DES", traditional(rsa(), EVP_des_ede3_cbc()), encrypted, Encryption::Legacy},
        {"legacy AES-128 of P-256", traditional(p256(), EVP_aes_128_cbc()), encrypted, Encryption::Legacy},
        {"OpenSSH Ed25519", KeyKinds::fixture(u"openssh-ed25519-plain"_s), openSsh, Encryption::None,
         Algorithm::Ed25519, 256},
        {"OpenSSH RSA", KeyKinds::fixture(u"openssh-rsa-plain"_s), openSsh, Encryption::None, Algorithm::Rsa,
         2048},
        {"OpenSSH P-256", KeyKinds::fixture(u"openssh-ecdsa-plain"_s), openSsh, Encryption::None,
         Algorithm::Ec, 256, "P-256"},
        {"encrypted OpenSSH Ed25519", KeyKinds::fixture(u"openssh-ed25519-encrypted"_s), openSsh,
         Encryption::OpenSsh, Algorithm::Ed25519, 256},
        {"encrypted OpenSSH RSA", KeyKinds::fixture(u"openssh-rsa-encrypted"_s), openSsh, Encryption::OpenSsh,
         Algorithm::Rsa, 2048},
        {"encrypted OpenSSH P-256", KeyKinds::fixture(u"openssh-ecdsa-encrypted"_s), openSsh,
         Encryption::OpenSsh, Algorithm::Ec, 256, "P-256"},
        {"OpenSSH, chacha20-poly1305", KeyKinds::fixture(u"openssh-chacha-encrypted"_s), openSsh,
         Encryption::OpenSsh, Algorithm::Ed25519, 256},
        {"OpenSSH, AES-GCM", KeyKinds::fixture(u"openssh-gcm-encrypted"_s), openSsh, Encryption::OpenSsh,
         Algorithm::Ed25519, 256},
    };
}

QList<KeyKinds::Kind> makePublicOnes()
{
    const Certificate ofCurve = made({"throwaway", p256(), "throwaway", p256()});
    const QString trusted = pem([&](BIO *bio) { return PEM_write_bio_X509_AUX(bio, ofCurve.get()); });
    const QString rsaPublic = pem([](BIO *bio) { return PEM_write_bio_PUBKEY(bio, rsa()); });
    const QString rsaPkcs1 = QString::fromLatin1(written([](BIO *bio) {
        unsigned char *buffer = nullptr;
        const int size = i2d_PublicKey(rsa(), &buffer);
        const int result = PEM_write_bio(bio, "RSA PUBLIC KEY", "", buffer, size);
        OPENSSL_free(buffer);
        return result;
    }));
    const auto none = Encryption::None;
    return {
        {"certificate", KeyKinds::certificate({}), BlockKind::Certificate, none, Algorithm::Rsa, 2048},
        {"certificate of P-256", pem(ofCurve), BlockKind::Certificate, none, Algorithm::Ec, 256, "P-256"},
        {"trusted certificate", trusted, BlockKind::Certificate, none, Algorithm::Ec, 256, "P-256"},
        {"certificate request", request(), BlockKind::CertificateRequest, none, Algorithm::Rsa, 2048},
        {"public key", rsaPublic, BlockKind::PublicKey, none, Algorithm::Rsa, 2048},
        {"public key, PKCS#1", rsaPkcs1, BlockKind::PublicKey, none, Algorithm::Rsa, 2048},
        {"public key of P-256", pem([](BIO *bio) { return PEM_write_bio_PUBKEY(bio, p256()); }),
         BlockKind::PublicKey, none, Algorithm::Ec, 256, "P-256"},
        {"revocation list", revocationList(), BlockKind::RevocationList},
        {"PKCS#7", envelope(), BlockKind::Pkcs7},
    };
}

/// As another program writes its numbers: base64url without padding.
QString jwkNumber(EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    if (!EVP_PKEY_get_bn_param(key, name, &number))
        qFatal("No %s", name);
    QByteArray bytes(BN_num_bytes(number), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char *>(bytes.data()));
    BN_free(number);
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString jwk()
{
    return uR"({"kty":"RSA","use":"sig","n":"%1","e":"AQAB","d":"%2"})"_s.arg(jwkNumber(rsa(), "n"),
                                                                              jwkNumber(rsa(), "d"));
}

QList<KeyKinds::OtherForm> makeOtherForms()
{
    using Form = FoundPrivateKey::Form;
    const QString bare = base64(der(rsa(), true));
    const QString jwkText = jwk();
    const auto hex = [](char separator) { return QString::fromLatin1(der(p256(), true).toHex(separator)); };
    const QString ppk =
        u"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: throwaway\n"
        "Public-Lines: 2\nAAAAC3NzaC1lZDI1NTE5AAAAIB\nAAAA\nPrivate-Lines: 1\n%1\nPrivate-MAC: %2\n"_s;
    QString inLines = bare;
    for (qsizetype i = 64; i < inLines.size(); i += 65)
        inLines.insert(i, u'\n');
    return {
        {"PKCS#8 without armour", bare, Form::Der},
        {"PKCS#8 without armour, in lines", inLines, Form::Der},
        {"PKCS#8 in a sentence", QString("The key is "_L1 % bare % " as of today."_L1), Form::Der},
        {"PKCS#8 in JSON", QString("{\"key\":\""_L1 % bare % "\"}"_L1), Form::Der},
        {"PKCS#8 after a name", QString("APP_KEY="_L1 % bare), Form::Der},
        {"PKCS#1 in a sentence", QString("see: "_L1 % base64(der(rsa(), false)) % " (old)"_L1), Form::Der},
        {"SEC1 in a sentence", QString("see: "_L1 % base64(der(p256(), false)) % " (old)"_L1), Form::Der},
        {"P-256 in a sentence", QString("see: "_L1 % base64(der(p256(), true)) % " (old)"_L1), Form::Der},
        {"PKCS#12", base64(keyStore(true)), Form::Pkcs12},
        {"PKCS#12 in a sentence", QString("store: "_L1 % base64(keyStore(true)) % ", password as usual"_L1),
         Form::Pkcs12},
        {"Java key store", KeyKinds::fixture(u"javakeystore.txt"_s), Form::JavaKeyStore},
        {"JWK", jwkText, Form::Jwk},
        {"JWK in a set",
         QString("{\"keys\":[{\"kty\":\"EC\",\"x\":\"a\",\"y\":\"b\"},"_L1 % jwkText % "]}"_L1), Form::Jwk},
        {"JWK in a sentence", QString("Take {this}: "_L1 % jwkText % " or {that}."_L1), Form::Jwk},
        {"JWK within a JSON text",
         QString("{\"jwk\":\""_L1 % QString(jwkText).replace(u'"', "\\\""_L1) % "\"}"_L1), Form::Jwk},
        {"JWK in base64", base64(jwkText.toUtf8()), Form::Jwk},
        {"symmetric JWK", u"{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T\"}"_s,
         Form::Jwk},
        {"PuTTY", ppk.arg(QString(44, u'A'), QString(64, u'0')), Form::Putty},
        {"PEM in JSON", QString("{\"private_key\":\""_L1 % pkcs8(rsa()).replace(u'\n', "\\n"_L1) % "\"}"_L1),
         Form::Pem},
        {"PEM within a JSON text within JSON",
         QString("\"{\\\"k\\\":\\\""_L1 % pkcs8(p256()).replace(u'\n', "\\\\n"_L1) % "\\\"}\""_L1),
         Form::Pem},
        {"PEM in prose", QString("Hello,\nhere it is: "_L1 % pkcs8(rsa()) % "Regards"_L1), Form::Pem},
        {"PEM in base64 after a name", QString("KEY_B64="_L1 % base64(pkcs8(rsa()).toUtf8())), Form::Pem},
        {"DER in hexadecimal digits", QString("key "_L1 % hex(0) % " in hex"_L1), Form::Der},
        {"DER in hexadecimal digits with colons", hex(':'), Form::Der},
        {"OpenPGP", KeyKinds::fixture(u"openpgp-secret.asc"_s), Form::OpenPgp},
        {"XML",
         u"<RSAKeyValue><Modulus>%1</Modulus><Exponent>AQAB</Exponent><D>%1</D></RSAKeyValue>"_s.arg(
             jwkNumber(rsa(), "d")),
         Form::Xml},
    };
}

} // namespace

const QList<KeyKinds::Kind> &KeyKinds::privateKeys()
{
    static const QList<Kind> kinds = makePrivateKeys();
    return kinds;
}

const QList<KeyKinds::Kind> &KeyKinds::publicOnes()
{
    static const QList<Kind> kinds = makePublicOnes();
    return kinds;
}

const QList<KeyKinds::OtherForm> &KeyKinds::otherForms()
{
    static const QList<OtherForm> forms = makeOtherForms();
    return forms;
}

QString KeyKinds::text(const char *name)
{
    for (const QList<Kind> *list : {&privateKeys(), &publicOnes()}) {
        for (const Kind &kind : *list) {
            if (qstrcmp(kind.name, name) == 0)
                return kind.text;
        }
    }
    qFatal("No key named %s", name);
}

QString KeyKinds::fixture(const QString &name)
{
    QFile file(QStringLiteral(CREDENZA_FIXTURES "/keys/formats/") + name);
    if (!file.open(QFile::ReadOnly))
        qFatal("No fixture %s", qPrintable(name));
    return QString::fromLatin1(file.readAll());
}

const KeyKinds::Chain &KeyKinds::chain()
{
    static const Chain chain = [] {
        const Key leaf = ec("P-256"), intermediate = ec("P-384"), root = ec("P-256");
        return Chain{.key = pkcs8(leaf.get()),
                     .leaf = pem(made({"leaf", leaf.get(), "between", intermediate.get()})),
                     .intermediate = pem(made({.subject = "between",
                                               .key = intermediate.get(),
                                               .issuer = "root",
                                               .issuerKey = root.get(),
                                               .isAuthority = true})),
                     .root = pem(made({.subject = "root",
                                       .key = root.get(),
                                       .issuer = "root",
                                       .issuerKey = root.get(),
                                       .isAuthority = true}))};
    }();
    return chain;
}

QString KeyKinds::certificate(const CertificateOptions &options)
{
    static const Key authority = ec("P-256");
    static const Key oldAuthority(EVP_RSA_gen(2048));
    EVP_PKEY *issuer = options.isSelfSigned ? rsa() : options.isSha1 ? oldAuthority.get() : authority.get();
    return pem(made({.subject = "throwaway",
                     .key = rsa(),
                     .issuer = options.isSelfSigned ? "throwaway" : "authority",
                     .issuerKey = issuer,
                     .days = options.days,
                     .startsInDays = options.startsInDays,
                     .digest = options.isSha1 ? EVP_sha1() : EVP_sha256()}));
}

QString KeyKinds::rsaKey(int bits)
{
    return pkcs8(Key(EVP_RSA_gen(unsigned(bits))).get());
}

QString KeyKinds::ecKey(const char *curve)
{
    return pkcs8(ec(curve).get());
}
