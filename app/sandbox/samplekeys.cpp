// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/samplekeys.h"

#include "sandbox/samplechance.h"
#include "sandbox/sandboxkeys.h"
#include "sandbox/sandboxrecords.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMs = 86'400'000;

// Made for this table; their private keys were never kept.
constexpr const char *certificates[] = {
    R"(-----BEGIN CERTIFICATE-----
MIIBbDCCARICEQDHM5LmqFBcH9+s3rSGDNHFMAoGCCqGSM49BAMCMDoxFTATBgNV
BAoMDEV4YW1wbGUgb25seTEhMB8GA1UEAwwYbXF0dC5wbGFudC1mbG9vci5leGFt
cGxlMB4XDTIzMDExNTAwMDAwMFoXDTQzMDExMDAwMDAwMFowOjEVMBMGA1UECgwM
RXhhbXBsZSBvbmx5MSEwHwYDVQQDDBhtcXR0LnBsYW50LWZsb29yLmV4YW1wbGUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR2A3MeMGC/MkPx+/s+ehCKkCBAJtdp
0luEIKQiluxgTgl5Kb2T57X9UJTW1esSK9klRfYHbY0DND+YzUOS7neKMAoGCCqG
SM49BAMCA0gAMEUCIDlBbT1+IKRUaTBaX1MwO9Bg94eNPCfa4+56f4NhW3WpAiEA
hEF77xwjye+//b4MI6M+HB2rYdBtypqxkf8rLdi5scQ=
-----END CERTIFICATE-----
)",
    R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARkCEBw9TOFOzVYNHN1QoO2l8twwCgYIKoZIzj0EAwIwPjEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSUwIwYDVQQDDBxlZGdlLWdhdGV3YXktMDcuYWNtZS5l
eGFtcGxlMB4XDTI0MDYwMTAwMDAwMFoXDTQ0MDUyNzAwMDAwMFowPjEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSUwIwYDVQQDDBxlZGdlLWdhdGV3YXktMDcuYWNtZS5l
eGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9uDq8Ur7DCHd+7j6CLc1
JJDd/dVN2WlkMcpX2oiZE3zYHuWwkYshB878Cnnv1EdTlOnTlSQkAnrRo0/Zaf0f
FTAKBggqhkjOPQQDAgNJADBGAiEAopf8N2gkcaxOeFfAZV0HuPjfjOMhnjw3JzZR
k/AWEAkCIQCjlYVwkdb66e1PRw1QybUyoM3F0WFeWbWAs//05uqFsA==
-----END CERTIFICATE-----
)",
    R"(-----BEGIN CERTIFICATE-----
MIIBcTCCARgCEQD/Qm3QlCs7m/tCPdmQZx5kMAoGCCqGSM49BAMCMD0xFTATBgNV
BAoMDEV4YW1wbGUgb25seTEkMCIGA1UEAwwbbGVnYWN5LWdhdGV3YXkuYWNtZS5l
eGFtcGxlMB4XDTIwMDMwMTAwMDAwMFoXDTIzMDMwMTAwMDAwMFowPTEVMBMGA1UE
CgwMRXhhbXBsZSBvbmx5MSQwIgYDVQQDDBtsZWdhY3ktZ2F0ZXdheS5hY21lLmV4
YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATiGNG1S3D5CJG9SB/43phz
ll6TJOFXYR/JIj3cA10Qf3MsquJ/5/L0BvlAfzfAz/uTlFfQQlxGfhCygWH3FcvH
MAoGCCqGSM49BAMCA0cAMEQCICCmBDfIvK9wOOjGpm1xpXWxiU7v/W8X1w1j54ax
g2zLAiByxizzlFgnQKbD0gQE7ysqUDY5mH2ucDPRTGOw1J5i8g==
-----END CERTIFICATE-----
)",
};

constexpr const char *publicKeys[] = {
    R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsRqOLi0yXnNUP+0YwlSY
7RYdBiuh9QzbJZyKBlLbp7jdfhymKxNL/JwChkY57VtuVFX0M3Ppmo5jWqopDil0
JM3/M5u6F5MXhGtzGH9JvjKZfJrjyGvSYRkg7dpq4KlPMrvXMRv8A6M7XRDXfC9q
X/MH2OXkxSrKGgwsvCKUUPa5uoqjmaguvakMkCxb8TeQvpndB82BBfUkrAUz/LGH
GJfGrIdZSCWj2sa1WT6qjV9iRMs+mJ3aoWUNQQLzyMI5B5kd0rtI5TizeGCnM6/H
hlKdQ4xUFZOkozeRG6rpQtoEdt4Re6zrm6qInOcCHK6Ywrgx3ys7WYYC+SWQMI3U
YQIDAQAB
-----END PUBLIC KEY-----
)",
    R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzRkJyel1Q0g+jHOk2LjE
xC+AVy7cHBILFErd7ous6K+tcqJ7BZ4xsovEsXGNPvmtMtIA44USApzCxlLxvURR
wcT+nl6kF1UdWyIhZ3B7YIiUqiDLLKQSyXetYzLikuDfSqfoeOx4AEdwnyjxOFaP
FX9MwczlIFN0JhIAeHLWNP/OsyjIaXxURIJuODMDHfTQgKApSWyzUxIZcwWcUAsH
epeWpe/EOgl2PHNI600TQBMKbW+nTz4pwM0o9ZfqTw7gSsVQlUo77L1HqkATpW9f
sLiKInTtnYdsn0T2ErcjUipegaLrFE1m8UqhVtflmuD1U2ckL1e5GVMxKmLRzznX
LwIDAQAB
-----END PUBLIC KEY-----
)",
};

constexpr const char *deployKeys[] = {
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCd+RIkgaIfSQ2oPFWNH8Qy6qIfIC6nDRuUA1J+RUpDKJqH4yRpUacsADmq7MFcHr+E"
    "LD3Kzxtok7GpYvk7hnRO/CXUe7mYpheXxjztN6jjjS2NAiaan1fsblImXgMt6p6QzutmGu5RK1lYg/1hs1euAiT/hBLjLSZp06sP09nb"
    "qJxW0ZDbfSuG3TeUkTKV1QyqmZaqwIvQzo5S3sBVj4Sk4kYbjnMoBR2XYuqfKAjxJ07RYFtTzdf/rc7sHUVvgqH6PSLcXfQ6qRLbcWUw"
    "DDVpAZDLUUmIa6WYdwcTbuytydYzIo00hxGHSRCKLTKq7yv8JVcOAn6JEHM+Z37oVt0b",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC8VDjMqzxDqMcnyzq98mHBHCICeLCBNc24Ec9xLQgxaxzlsiScNCOtWyUNcwkrHBwk"
    "T6PDxYi3INxtIk5GGv/mnyzw/Qglf7ZgeRs+PlZ3K2whtQ2g5abdhhljwoDi4Uzr8oHu64vjOluwiIvINcWI6X9Wa9T+g75w18ygGGzp"
    "U98ZAohDUdDl/340JcyNVGE5BF/+4dLM8O3qRIYOC5EkZ/Hi5eHKlK0TN0//LMiEs2nVaYCNoe4DzkHy2BQm6kXfldk9jneSNsQN8uxD"
    "wP9O64UrF3dJpZ62nOu5rjNvfZHZ177GSqDBLsADXB6dtCkjr3W9dEG/0r7tcMyXLH3N",
};

/// The samples whose keys are those of the largest application, by its index. Types come round every twenty.
struct SharedKey
{
    int application;
    int index;
    int number;
};

constexpr SharedKey sharedKeys[] = {
    {1, 0, 0},   {3, 0, 0},   {7, 0, 0}, {7, 20, 0}, // an access key of AWS, twice in one application
    {4, 7, 7},   {8, 7, 7},                          // an API key of Twilio
    {9, 3, 3},                                       // a service account of Google
    {3, 11, 11}, {5, 31, 31},                        // certificates
    {4, 10, 10}, {7, 10, 10},                        // a deploy key of git
    {5, 12, 12},                                     // a key of Snowflake
    {1, 2, 2},   {4, 2, 2},   {7, 2, 2},             // a database: the account is the same
    {5, 1, 1},   {10, 1, 1},                         // an HTTP API: the same
};

/// Of keys that are in one of the further applications and somewhere else.
constexpr double sharedPart = 0.02;
constexpr int sharedRounds = 50;

/// Where chances about keys begin: before these are those about the rest of a sample.
enum Property { IsShared = 16, SharedRound, Expiry, DaysLeft, Age };

quint64 seedOf(int number)
{
    return scatter(~(quint64(number) << 8));
}

/// From the start of a day until the certificate ends.
int daysLeft(int number)
{
    const quint64 seed = seedOf(number);
    const double expiry = chance(seed, Expiry);
    const double share = chance(seed, DaysLeft);
    if (expiry < 0.05)
        return -1 - int(share * 200);
    if (expiry < 0.15)
        return 1 + int(share * 29);
    return 31 + int(share * 1200);
}

/// Of an RSA key, as long as 2048 bits. Nobody knows its factors.
QByteArray modulus(int number)
{
    QByteArray bytes;
    for (int part = 0; part < 4; ++part) {
        const QByteArray text = "sample " + QByteArray::number(number) + ' ' + QByteArray::number(part);
        bytes += QCryptographicHash::hash(text, QCryptographicHash::Sha512);
    }
    bytes.front() = char(uchar(bytes.front()) | 0x80);
    bytes.back() = char(uchar(bytes.back()) | 0x01);
    return bytes;
}

/// Those that were made beforehand belong to the first rounds of types.
template<typename T, std::size_t size>
const T *madeBefore(const T (&table)[size], int number)
{
    const auto round = std::size_t(number / sampleTypeRound);
    return round < size ? &table[round] : nullptr;
}

} // namespace

int SampleKeys::number(const SandboxApplication &application, int index)
{
    const auto shared = std::ranges::find_if(sharedKeys, [&](const SharedKey &key) {
        return key.application == application.number && key.index == index;
    });
    if (shared != std::end(sharedKeys))
        return shared->number;
    const quint64 seed = scatter((quint64(application.number + 1) << 32) | quint64(index));
    if (application.number >= namedSampleApplications && chance(seed, IsShared) < sharedPart) {
        return index % sampleTypeRound + sampleTypeRound * int(chance(seed, SharedRound) * sharedRounds);
    }
    return application.firstKey + index;
}

QString SampleKeys::certificate(int number, qint64 today)
{
    if (const auto *made = madeBefore(certificates, number))
        return QString::fromLatin1(*made);
    const int left = daysLeft(number);
    const int age = 30 + int(chance(seedOf(number), Age) * 300);
    const qint64 end = today + left * dayMs + dayMs / 2;
    return signedCertificate({.commonName = u"device-%1.acme.example"_s.arg(number, 5, 10, QChar(u'0')),
                              .serialNumber = seedOf(number) >> 1,
                              .from = std::min(today, end) - age * dayMs,
                              .until = end});
}

QString SampleKeys::publicKey(int number)
{
    if (const auto *made = madeBefore(publicKeys, number))
        return QString::fromLatin1(*made);
    return publicKeyPem(modulus(number));
}

QString SampleKeys::deployKey(int number)
{
    if (const auto *made = madeBefore(deployKeys, number))
        return QString::fromLatin1(*made);
    return deployKeyText(modulus(number));
}
