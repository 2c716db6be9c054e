// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/contentcoding.h"

#include <QCoreApplication>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace {

ApiError protocolError(const QString &detail)
{
    ApiError error;
    error.technicalDetail = detail;
    return error;
}

ApiError damaged()
{
    return protocolError(QCoreApplication::translate(
        "ContentCoding", "The answer was compressed, and is damaged or not whole."));
}

/// How zlib's `windowBits` says what to expect.
enum Format { Zlib = MAX_WBITS, Gzip = MAX_WBITS + 16, RawDeflate = -MAX_WBITS };

/// What is called deflate is zlib's format (RFC 1950), but some servers leave its two bytes out.
bool beginsLikeZlib(const QByteArray &body)
{
    if (body.size() < 2)
        return false;
    const int first = uchar(body[0]);
    return (first & 0x0f) == Z_DEFLATED && (first * 256 + uchar(body[1])) % 31 == 0;
}

/// zlib's, freed with this.
class Inflation
{
public:
    Inflation(const QByteArray &body, Format format) : m_hasMembers(format == Gzip)
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(body.data())); // it only reads
        m_stream.avail_in = uInt(body.size());
        m_isGood = inflateInit2(&m_stream, format) == Z_OK;
    }
    ~Inflation() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Inflation)

    bool isGood() const { return m_isGood; }
    bool isAtEnd() const { return m_isAtEnd; }

    /// Some more of it; none at its end, or where it is damaged.
    QByteArrayView next()
    {
        m_stream.next_out = m_part.data();
        m_stream.avail_out = uInt(m_part.size());
        const int outcome = inflate(&m_stream, Z_NO_FLUSH);
        const qsizetype size = qsizetype(m_part.size()) - m_stream.avail_out;
        m_isGood = outcome == Z_OK || outcome == Z_STREAM_END;
        m_isAtEnd = outcome == Z_STREAM_END;
        if (m_isAtEnd && m_stream.avail_in > 0) { // several members in a row are one file (RFC 1952)
            m_isGood = m_hasMembers && inflateReset(&m_stream) == Z_OK;
            m_isAtEnd = false;
        }
        return {m_part.data(), size};
    }

private:
    const bool m_hasMembers;
    z_stream m_stream = {};
    std::array<Bytef, 64 * 1024> m_part;
    bool m_isGood = false;
    bool m_isAtEnd = false;
};

Result<QByteArray> inflated(const QByteArray &body, Format format, qsizetype maxSize)
{
    constexpr qsizetype largeSize = 4 * 1024 * 1024;
    if (body.size() > qsizetype(std::numeric_limits<uInt>::max()))
        return tl::unexpected(bodyTooLarge(maxSize));
    Inflation inflation(body, format);
    QByteArray whole;
    while (inflation.isGood() && !inflation.isAtEnd()) {
        const QByteArrayView part = inflation.next();
        if (whole.size() + part.size() > maxSize)
            return tl::unexpected(bodyTooLarge(maxSize));
        if (whole.size() + part.size() > largeSize && whole.capacity() < maxSize)
            whole.reserve(maxSize); // growing step by step would have two of it for a time
        whole += part;
    }
    if (!inflation.isAtEnd())
        return tl::unexpected(damaged());
    return whole;
}

} // namespace

ApiError bodyTooLarge(qsizetype maxSize)
{
    return protocolError(QCoreApplication::translate("ContentCoding", "The answer is larger than %1 MiB.")
                             .arg(maxSize / 1024 / 1024));
}

Result<QByteArray> decodedBody(const QByteArray &coding, const QByteArray &body, qsizetype maxSize)
{
    const QByteArray name = coding.trimmed().toLower();
    if (name.isEmpty() || name == "identity" || body.isEmpty())
        return body;
    if (name == "gzip" || name == "x-gzip")
        return inflated(body, Gzip, maxSize);
    if (name == "deflate")
        return inflated(body, beginsLikeZlib(body) ? Zlib : RawDeflate, maxSize);
    return tl::unexpected(protocolError(QCoreApplication::translate(
        "ContentCoding", "The answer is compressed in a way that was not asked for.")));
}
