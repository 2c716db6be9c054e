// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wiping.h"

#include <QByteArray>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <memory>

/// What libcrypto hands out, owned.
namespace OpenSsl {

template<auto function>
struct Deleter
{
    template<typename T>
    void operator()(T *object) const
    {
        function(object);
    }
};

using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<PKCS8_PRIV_KEY_INFO_free>>;
using Encrypted = std::unique_ptr<X509_SIG, Deleter<X509_SIG_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Request = std::unique_ptr<X509_REQ, Deleter<X509_REQ_free>>;
using RevocationList = std::unique_ptr<X509_CRL, Deleter<X509_CRL_free>>;
using Envelope = std::unique_ptr<PKCS7, Deleter<PKCS7_free>>;
using KeyStore = std::unique_ptr<PKCS12, Deleter<PKCS12_free>>;

/// The errors that come within a scope go with it: what does not parse is no error here, and the queue is
/// shared with whoever else uses OpenSSL in this thread.
class ErrorScope
{
public:
    ErrorScope() { ERR_set_mark(); }
    ~ErrorScope() { ERR_pop_to_mark(); }
    Q_DISABLE_COPY_MOVE(ErrorScope)
};

/// Bytes that are overwritten when they go.
struct WipedBytes : QByteArray
{
    using QByteArray::QByteArray;
    WipedBytes(QByteArray &&bytes) : QByteArray(std::move(bytes)) {}
    WipedBytes(const WipedBytes &) = default;
    WipedBytes(WipedBytes &&) = default;
    WipedBytes &operator=(const WipedBytes &) = default;
    WipedBytes &operator=(WipedBytes &&other) noexcept
    {
        swap(other);
        return *this;
    }
    ~WipedBytes() { wipe(*this); }
};

struct WipedText : QString
{
    using QString::QString;
    WipedText(QString &&text) : QString(std::move(text)) {}
    WipedText(WipedText &&) = default;
    WipedText(const WipedText &) = default;
    WipedText &operator=(const WipedText &) = default;
    WipedText &operator=(WipedText &&other) noexcept
    {
        swap(other);
        return *this;
    }
    ~WipedText() { wipe(*this); }
};

} // namespace OpenSsl
