// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcertificate.h"

#include <QSslConfiguration>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace {

template<auto Free>
struct Freeing
{
    template<typename T>
    void operator()(T *thing) const
    {
        Free(thing);
    }
};

void addExtension(X509 *certificate, int id, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, id, value));
    X509_add_ext(certificate, extension.get(), -1);
}

template<typename Write>
QByteArray pem(Write write)
{
    const std::unique_ptr<BIO, Freeing<BIO_free>> memory(BIO_new(BIO_s_mem()));
    write(memory.get());
    char *data = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &data);
    return QByteArray(data, qsizetype(size));
}

TestCertificate make()
{
    const std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Freeing<X509_free>> certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24 * 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    return {QSslCertificate(pem([&](BIO *out) { PEM_write_bio_X509(out, certificate.get()); })),
            QSslKey(pem([&](BIO *out) {
                        PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
                    }),
                    QSsl::Ec)};
}

} // namespace

const TestCertificate &TestCertificate::instance()
{
    static const TestCertificate certificate = make();
    return certificate;
}

const TestCertificate &TestCertificate::stranger()
{
    static const TestCertificate certificate = make();
    return certificate;
}

void TestCertificate::trust()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificate(instance().certificate);
    QSslConfiguration::setDefaultConfiguration(configuration);
}
