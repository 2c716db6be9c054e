// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "domain/keymaterial.h"

#include <openssl/err.h>

// The input is a text that may hold keys and certificates. After \1 it is UTF-16; a text after \2 is put in
// place of the line breaks of a key that parses, and one after \3 and a byte is inserted there.

using namespace KeyMaterial;
using namespace Qt::StringLiterals;

namespace {

/// A key of nobody's, which parses.
const QString &someKey()
{
    static const QString key = u"-----BEGIN PRIVATE KEY-----\n"
                               "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
                               "-----END PRIVATE KEY-----\n"_s;
    return key;
}

QString textOf(const QByteArray &bytes)
{
    if (bytes.startsWith('\1'))
        return QString(reinterpret_cast<const QChar *>(bytes.constData() + 1), (bytes.size() - 1) / 2);
    if (bytes.startsWith('\2'))
        return QString(someKey()).replace(u'\n', QString::fromUtf8(bytes.mid(1)));
    if (bytes.startsWith('\3') && bytes.size() > 2)
        return QString(someKey()).insert(uchar(bytes[1]) % someKey().size(), QString::fromUtf8(bytes.mid(2)));
    return QString::fromUtf8(bytes);
}

void checkBlocks(const QString &text, const PemText &pem)
{
    for (const PemBlock &block : pem.blocks) {
        must(block.begin >= 0 && block.begin <= block.end && block.end <= text.size(),
             "a block is in the text");
        must(block.certificate.isEmpty() || block.kind == PemBlock::Kind::Certificate,
             "DER of certificates only");
        must(block.isReadable || block.publicKey.isEmpty(), "a key that can't be read has no public part");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = textOf(bytesOf(data, size));
    const PemText pem = readPem(text);
    checkBlocks(text, pem);
    must(!pem.isRestorable || pem.damage, "only what is damaged is restored");

    if (const auto restoration = restored(text)) {
        must(pem.isRestorable && (restoration->mended & pem.damage) == pem.damage,
             "what is mended was damaged");
        must(restoration->text != text, "a restoration changes something");
        const PemText after = readPem(restoration->text);
        must(!after.damage && after.blocks.size() == pem.blocks.size(), "what was restored is all right");
        for (std::size_t i = 0; i < after.blocks.size(); ++i)
            must(after.blocks[i].isReadable && after.blocks[i].publicKey == pem.blocks[i].publicKey &&
                     after.blocks[i].kind == pem.blocks[i].kind,
                 "and holds the same");
        must(!restored(restoration->text), "so that nothing is left to restore");
    }
    const auto found = findPrivateKey(text);
    must(found.has_value() || !pem.holdsPrivateKey(), "a private key that is read is found");
    must(!found || (found->begin >= 0 && found->begin < text.size()), "where it is");
    if (const auto parts = separated(text)) {
        must(parts->privateKeys.isEmpty() == !pem.firstPrivateKey(), "keys are with keys");
        must(!holdsPrivateKey(parts->others), "and nowhere else");
    }
    if (const auto ordered = orderedChain(text))
        must(chainIsInOrder(*ordered) && !orderedChain(*ordered), "a chain in order is in order");
    (void)chainOrder(pem);
    (void)belongTogether(text, text);
    (void)jwtKeyFit(u"ES256", text);
    (void)jwtKeyFit(u"HS256", text);
    (void)serviceAccountKey(text);
    must(ERR_peek_error() == 0, "OpenSSL's errors are left as they were");
    return 0;
}
