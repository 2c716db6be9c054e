// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxkeys.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QtEndian>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned int keyBits = 2048;

template<auto function>
struct FreedBy
{
    template<typename T>
    void operator()(T *object) const
    {
        function(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;

/// Reads from the bytes, which must outlive it.
Bio reader(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

/// An encrypted key is not asked for on the terminal, it is unreadable.
int noPassphrase(char *, int, int, void *)
{
    return -1;
}

QString publicPem(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!key || !bio || PEM_write_bio_PUBKEY(bio.get(), key) != 1)
        return {};
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return QString::fromLatin1(text, size);
}

/// One part of a key in the SSH wire format: its length, then its bytes.
void appendPart(QByteArray &blob, const QByteArray &part)
{
    char length[4];
    qToBigEndian(quint32(part.size()), length);
    blob.append(length, sizeof(length)).append(part);
}

/// As the SSH wire format wants a number: big endian, and a zero in front where the first bit is set.
QByteArray keyNumber(const EVP_PKEY *key, const char *name)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const Number number(raw);
    QByteArray bytes(BN_num_bytes(raw), Qt::Uninitialized);
    BN_bn2bin(raw, reinterpret_cast<unsigned char *>(bytes.data()));
    if (!bytes.isEmpty() && (uchar(bytes.front()) & 0x80))
        bytes.prepend('\0');
    return bytes;
}

/// The modulus in the DER of a public RSA key of 2048 bits with the usual exponent.
constexpr QByteArrayView keyHead("\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
                                 "\x05\x00\x03\x82\x01\x0f\x00\x30\x82\x01\x0a\x02\x82\x01\x01\x00",
                                 33);
constexpr QByteArrayView keyTail("\x02\x03\x01\x00\x01", 5);
constexpr QByteArrayView usualExponent("\x01\x00\x01", 3);

/// In lines as PEM has them.
QString pem(QLatin1StringView label, const QByteArray &der)
{
    constexpr qsizetype lineLength = 64;
    const QString text = QString::fromLatin1(der.toBase64());
    QString lines = "-----BEGIN "_L1 + label + "-----\n"_L1;
    for (qsizetype start = 0; start < text.size(); start += lineLength)
        lines += text.mid(start, lineLength) + u'\n';
    return lines + "-----END "_L1 + label + "-----\n"_L1;
}

QString sshKey(const QByteArray &exponent, const QByteArray &modulus)
{
    QByteArray blob;
    appendPart(blob, "ssh-rsa");
    appendPart(blob, exponent);
    appendPart(blob, modulus);
    return "ssh-rsa "_L1 + QLatin1StringView(blob.toBase64());
}

QString commonName(X509_NAME *name)
{
    const int position = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (position < 0)
        return {};
    unsigned char *text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, position)));
    if (size < 0)
        return {};
    QString result = QString::fromUtf8(reinterpret_cast<const char *>(text), size);
    OPENSSL_free(text);
    return result;
}

QString isoDate(const ASN1_TIME *time)
{
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    const QDateTime date(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                         QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
    return date.toString(Qt::ISODateWithMs);
}

} // namespace

QString generatedPublicKey()
{
    return publicPem(Key(EVP_RSA_gen(keyBits)).get());
}

QString generatedDeployKey()
{
    const Key key(EVP_RSA_gen(keyBits));
    if (!key)
        return {};
    return sshKey(keyNumber(key.get(), OSSL_PKEY_PARAM_RSA_E), keyNumber(key.get(), OSSL_PKEY_PARAM_RSA_N));
}

QString publicKeyPem(const QByteArray &modulus)
{
    Q_ASSERT(modulus.size() == keyBits / 8);
    return pem("PUBLIC KEY"_L1, keyHead.toByteArray() + modulus + keyTail.toByteArray());
}

QString deployKeyText(const QByteArray &modulus)
{
    return sshKey(usualExponent.toByteArray(), '\0' + modulus);
}

QString signedCertificate(const CertificateFacts &facts)
{
    // Ed25519 signs the same text the same way each time.
    const QByteArray name = facts.commonName.toUtf8();
    const QByteArray seed = QCryptographicHash::hash(name, QCryptographicHash::Sha256);
    const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                               reinterpret_cast<const unsigned char *>(seed.constData()),
                                               std::size_t(seed.size())));
    const Certificate x509(X509_new());
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!key || !x509 || !bio)
        return {};
    X509_set_version(x509.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509.get()), facts.serialNumber);
    ASN1_TIME_set(X509_getm_notBefore(x509.get()), std::time_t(facts.from / 1000));
    ASN1_TIME_set(X509_getm_notAfter(x509.get()), std::time_t(facts.until / 1000));
    X509_NAME *subject = X509_get_subject_name(x509.get());
    for (const auto &[part, text] : {std::pair{"O", QByteArray("Example only")}, std::pair{"CN", name}}) {
        X509_NAME_add_entry_by_txt(subject, part, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(text.constData()),
                                   int(text.size()), -1, 0);
    }
    X509_set_issuer_name(x509.get(), subject);
    X509_set_pubkey(x509.get(), key.get());
    if (X509_sign(x509.get(), key.get(), nullptr) == 0 || PEM_write_bio_X509(bio.get(), x509.get()) != 1)
        return {};
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return QString::fromLatin1(text, size);
}

QString publicKeyOf(const QString &privateKey)
{
    QByteArray bytes = privateKey.toUtf8();
    const Bio bio = reader(bytes);
    const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
    bytes.fill('\0');
    return publicPem(key.get());
}

std::optional<QJsonObject> certificateInfo(const QString &certificate)
{
    const QByteArray bytes = certificate.toUtf8();
    const Bio bio = reader(bytes);
    const Certificate x509(PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr));
    if (!x509)
        return std::nullopt;

    const Number serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509.get()), nullptr));
    char *serialText = BN_bn2hex(serial.get());
    const QString serialNumber = QString::fromLatin1(serialText);
    OPENSSL_free(serialText);

    unsigned char *der = nullptr;
    const int derSize = i2d_X509(x509.get(), &der);
    const QByteArray digest =
        QCryptographicHash::hash(QByteArrayView(der, derSize), QCryptographicHash::Sha256);
    OPENSSL_free(der);

    return QJsonObject{
        {"serialNumber"_L1, serialNumber},
        {"fingerprint"_L1, QString::fromLatin1(digest.toHex(':').toUpper())},
        {"commonName"_L1, commonName(X509_get_subject_name(x509.get()))},
        {"issuerName"_L1, commonName(X509_get_issuer_name(x509.get()))},
        {"notValidBefore"_L1, isoDate(X509_get0_notBefore(x509.get()))},
        {"notValidAfter"_L1, isoDate(X509_get0_notAfter(x509.get()))},
    };
}
