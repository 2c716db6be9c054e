// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/keymaterial.h"

#include "domain/openssl.h"
#include "domain/pemscan.h"

#include <openssl/x509v3.h>

#include <algorithm>

using namespace KeyMaterial;
using namespace OpenSsl;
using Kind = PemBlock::Kind;

namespace {

constexpr std::size_t maxChain = 32;

WipedBytes armoured(const PemScan::Scan &scan)
{
    WipedBytes text;
    qsizetype size = 0;
    for (const PemScan::Block &block : scan.blocks)
        size += block.bytes.size() * 2 + 256;
    text.reserve(size);
    for (const PemScan::Block &block : scan.blocks)
        text += WipedBytes(block.armoured());
    return text;
}

bool isSameContent(const PemScan::Scan &one, const PemScan::Scan &other)
{
    return std::ranges::equal(one.blocks, other.blocks, [](const auto &a, const auto &b) {
        return a.bytes == b.bytes && a.content.label == b.content.label && a.header.iv == b.header.iv;
    });
}

qsizetype lineCount(QStringView text)
{
    return text.count(u'\n') + (text.isEmpty() || text.endsWith(u'\n') ? 0 : 1);
}

qsizetype letters(QStringView text)
{
    return std::ranges::count_if(text, [](QChar c) { return !c.isSpace(); });
}

/// Line breaks alone are mended where nothing else is amiss, so that comments between blocks stay.
WipedText withLineBreaks(QStringView text)
{
    WipedText mended(text.toString());
    mended.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    mended.replace(u'\r', u'\n');
    if (!mended.endsWith(u'\n'))
        mended.append(u'\n');
    return mended;
}

/// Whether lines of their own stand between the blocks, which a text made anew out of these has no more.
bool hasTextBetween(QStringView text, const PemScan::Scan &scan)
{
    qsizetype from = 0;
    for (std::size_t i = 0; i <= scan.blocks.size(); ++i) {
        const bool isLast = i == scan.blocks.size();
        const qsizetype to = isLast ? text.size() : std::max(scan.blocks[i].content.block.begin, from);
        QList<QStringView> lines = text.sliced(from, to - from).split(u'\n');
        if (i > 0)
            lines.removeFirst();
        if (!isLast && !lines.isEmpty())
            lines.removeLast();
        for (const QStringView line : lines) {
            if (std::ranges::any_of(line, [](QChar c) { return c.isLetterOrNumber(); }))
                return true;
        }
        if (!isLast)
            from = std::max(from, scan.blocks[i].content.block.end);
    }
    return false;
}

std::optional<PemRestoration> restoredFrom(QStringView text, const PemScan::Scan &scan)
{
    if (!scan.isWhole || !scan.damage)
        return std::nullopt;
    WipedText made;
    constexpr PemDamages lineBreaks = PemDamage::CarriageReturns | PemDamage::NoFinalLineBreak;
    PemScan::Scan after;
    PemDamages mended = scan.damage;
    if (!(scan.damage & ~lineBreaks)) {
        made = withLineBreaks(text);
        after = PemScan::scan(made);
    }
    if (after.blocks.empty() || after.damage) {
        made = QString::fromLatin1(armoured(scan));
        mended.setFlag(PemDamage::TextAround,
                       mended.testFlag(PemDamage::TextAround) || hasTextBetween(text, scan));
        after = PemScan::scan(made);
    }
    if (!after.isWhole || after.damage || !isSameContent(scan, after))
        return std::nullopt;
    PemRestoration restoration{.mended = mended,
                               .formerLines = lineCount(text),
                               .lines = lineCount(made),
                               .blocks = qsizetype(scan.blocks.size()),
                               .removedCharacters = std::max<qsizetype>(letters(text) - letters(made), 0)};
    restoration.text.swap(made);
    return restoration;
}

PemText pemText(const PemScan::Scan &scan)
{
    PemText pem{.damage = scan.damage, .isRestorable = scan.isWhole && scan.damage};
    for (const PemScan::Block &block : scan.blocks)
        pem.blocks.push_back(block.content.block);
    return pem;
}

Certificate certificateOf(const PemBlock &block)
{
    const auto *at = reinterpret_cast<const unsigned char *>(block.certificate.constData());
    return Certificate(d2i_X509(nullptr, &at, long(block.certificate.size())));
}

Key publicKeyOf(const PemBlock &block)
{
    const auto *at = reinterpret_cast<const unsigned char *>(block.publicKey.constData());
    return Key(d2i_PUBKEY(nullptr, &at, long(block.publicKey.size())));
}

bool isSameKey(const PemBlock &one, const PemBlock &other)
{
    if (one.publicKey == other.publicKey)
        return true;
    if (one.algorithm != other.algorithm || one.bits != other.bits)
        return false;
    // One point can be written in two ways.
    const ErrorScope errors;
    const Key a = publicKeyOf(one), b = publicKeyOf(other);
    return a && b && EVP_PKEY_eq(a.get(), b.get()) == 1;
}

std::vector<Certificate> certificatesOf(const PemText &pem)
{
    std::vector<Certificate> certificates;
    for (const PemBlock &block : pem.blocks) {
        if (block.kind != Kind::Certificate || !block.isReadable || certificates.size() >= maxChain)
            continue;
        if (auto certificate = certificateOf(block))
            certificates.push_back(std::move(certificate));
    }
    return certificates;
}

bool isIssuedBy(const Certificate &subject, const Certificate &issuer)
{
    return X509_check_issued(issuer.get(), subject.get()) == X509_V_OK;
}

/// Positions of the certificates so that each is followed by its issuer; empty if they are no such chain.
std::vector<std::size_t> chainOf(const std::vector<Certificate> &certificates)
{
    std::vector<std::size_t> order;
    const auto isIssuerOfAnother = [&](std::size_t i) {
        for (std::size_t other = 0; other < certificates.size(); ++other) {
            if (other != i && isIssuedBy(certificates[other], certificates[i]))
                return true;
        }
        return false;
    };
    std::size_t leaf = certificates.size();
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        if (isIssuerOfAnother(i))
            continue;
        if (leaf != certificates.size())
            return {};
        leaf = i;
    }
    if (leaf == certificates.size())
        return {};
    order.push_back(leaf);
    while (order.size() < certificates.size()) {
        std::size_t issuer = 0;
        while (issuer < certificates.size() &&
               (std::ranges::find(order, issuer) != order.end() ||
                !isIssuedBy(certificates[order.back()], certificates[issuer])))
            ++issuer;
        if (issuer == certificates.size())
            return {};
        order.push_back(issuer);
    }
    return order;
}

bool isInOrder(const std::vector<Certificate> &certificates)
{
    for (std::size_t i = 1; i < certificates.size(); ++i) {
        if (!isIssuedBy(certificates[i - 1], certificates[i]))
            return false;
    }
    return true;
}

} // namespace

bool PemText::holdsPrivateKey() const
{
    return firstPrivateKey() && firstPrivateKey()->isReadable;
}

const PemBlock *PemText::first(PemBlock::Kind kind) const
{
    const auto it = std::ranges::find(blocks, kind, &PemBlock::kind);
    return it == blocks.end() ? nullptr : &*it;
}

const PemBlock *PemText::firstPrivateKey() const
{
    const PemBlock *unreadable = nullptr;
    for (const PemBlock &block : blocks) {
        if (block.isPrivateKey() && block.isReadable)
            return &block;
        if (block.isPrivateKey() && !unreadable)
            unreadable = &block;
    }
    return unreadable;
}

PemText KeyMaterial::readPem(QStringView text)
{
    return pemText(PemScan::scan(text));
}

std::optional<PemRestoration> KeyMaterial::restored(QStringView text)
{
    return restoredFrom(text, PemScan::scan(text));
}

std::optional<QString> KeyMaterial::restoredPem(QStringView text)
{
    auto restoration = restored(text);
    if (!restoration)
        return std::nullopt;
    return std::move(restoration->text);
}

std::optional<SeparatedPem> KeyMaterial::separated(QStringView text)
{
    const PemScan::Scan scan = PemScan::scan(text);
    if (!scan.isWhole)
        return std::nullopt;
    SeparatedPem parts;
    for (const PemScan::Block &block : scan.blocks) {
        const WipedBytes armour = block.armoured();
        (block.content.block.isPrivateKey() ? parts.privateKeys : parts.others) +=
            QString::fromLatin1(armour);
    }
    return parts;
}

Pairing KeyMaterial::pairing(const PemText &key, const PemText &certificates)
{
    const PemBlock *secret = key.firstPrivateKey();
    if (!secret || !secret->isReadable || secret->publicKey.isEmpty())
        return Pairing::Unknown;
    bool isFirst = true;
    for (const PemBlock &block : certificates.blocks) {
        if (block.kind != Kind::Certificate)
            continue;
        if (!block.isReadable || block.publicKey.isEmpty())
            return Pairing::Unknown;
        if (isSameKey(*secret, block))
            return isFirst ? Pairing::Match : Pairing::LaterCertificate;
        isFirst = false;
    }
    return isFirst ? Pairing::Unknown : Pairing::Mismatch;
}

std::optional<bool> KeyMaterial::belongTogether(QStringView key, QStringView certificates)
{
    switch (pairing(readPem(key), readPem(certificates))) {
    case Pairing::Unknown:
        break;
    case Pairing::Match:
    case Pairing::LaterCertificate:
        return true;
    case Pairing::Mismatch:
        return false;
    }
    return std::nullopt;
}

ChainOrder KeyMaterial::chainOrder(const PemText &pem)
{
    const ErrorScope errors;
    const std::vector<Certificate> certificates = certificatesOf(pem);
    if (isInOrder(certificates))
        return ChainOrder::InOrder;
    return chainOf(certificates).empty() ? ChainOrder::Unrelated : ChainOrder::OutOfOrder;
}

bool KeyMaterial::chainIsInOrder(QStringView certificates)
{
    return chainOrder(readPem(certificates)) != ChainOrder::OutOfOrder;
}

std::optional<QString> KeyMaterial::orderedChain(QStringView text)
{
    const ErrorScope errors;
    const PemScan::Scan scan = PemScan::scan(text);
    const PemText pem = pemText(scan);
    const std::vector<Certificate> certificates = certificatesOf(pem);
    if (!scan.isWhole || certificates.size() != pem.blocks.size() || isInOrder(certificates))
        return std::nullopt;
    QString ordered;
    for (const std::size_t i : chainOf(certificates))
        ordered += QString::fromLatin1(scan.blocks[i].armoured());
    return ordered.isEmpty() ? std::nullopt : std::optional(ordered);
}

Validity KeyMaterial::validity(const PemBlock &certificate, const QDateTime &now)
{
    if (certificate.notBefore.isValid() && now < certificate.notBefore)
        return Validity::NotYetValid;
    if (!certificate.notAfter.isValid())
        return Validity::Valid;
    if (now > certificate.notAfter)
        return Validity::Expired;
    return now.addDays(soonDays) > certificate.notAfter ? Validity::ExpiresSoon : Validity::Valid;
}
