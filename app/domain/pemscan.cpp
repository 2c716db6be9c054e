// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pemscan.h"

#include "domain/armour.h"
#include "domain/pembody.h"
#include "domain/plainpem.h"

#include <openssl/pem.h>

using namespace KeyMaterial;
using namespace OpenSsl;
using PemScan::Block;
using PemScan::Scan;
using PlainPem::plain;

namespace {

constexpr int maxBlocks = 128;

/// What OpenSSL's own reader finds. It never decrypts.
std::vector<Block> readByOpenSsl(const QByteArray &text)
{
    const ErrorScope errors;
    std::vector<Block> found;
    const Bio bio(BIO_new_mem_buf(text.constData(), int(text.size())));
    char *name = nullptr, *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    while (bio && found.size() < maxBlocks && PEM_read_bio(bio.get(), &name, &header, &data, &size)) {
        Block &block = found.emplace_back();
        block.content.label = name;
        block.header = Armour::legacyHeader(header).header;
        block.bytes = QByteArray(reinterpret_cast<const char *>(data), size);
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, std::size_t(size));
    }
    return found;
}

bool isSame(const Block &one, const Block &other)
{
    return one.content.label == other.content.label && one.bytes == other.bytes &&
           one.header.cipher == other.header.cipher && one.header.iv == other.header.iv;
}

bool isOtherFormat(const Block &block)
{
    const PemBlock::Kind kind = block.content.block.kind;
    return kind == PemBlock::Kind::OtherPrivateKey || kind == PemBlock::Kind::OtherPublicKey;
}

/// Where OpenSSL and we find the same blocks at once: the places, and all that hurts less than OpenSSL.
bool readWhole(const QByteArray &plain, std::vector<Block> &blocks, const std::vector<Armour::Line> &lines,
               KeyContent::Look look, PemDamages &damage)
{
    if (blocks.empty() || lines.size() != 2 * blocks.size())
        return false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        Block &block = blocks[i];
        const Armour::Line &first = lines[2 * i], &last = lines[2 * i + 1];
        const QByteArray label = block.content.label;
        if (!first.isBegin || last.isBegin || first.label != label || last.label != label)
            return false;
        auto content = KeyContent::read(block.bytes, label, block.header, look);
        if (!content || content->label != label)
            return false;
        block.content = std::move(*content);
        block.content.block.begin = first.begin;
        block.content.block.end = last.end;
        damage |= Armour::untidiness(plain, first, last);
    }
    return true;
}

/// A region of the text that should hold one block.
struct Region
{
    const Armour::Line *first = nullptr, *last = nullptr; ///< one may be missing, or both
    qsizetype begin = 0, end = 0;                         ///< of what is between

    QByteArray label() const { return first ? first->label : last ? last->label : QByteArray(); }
    bool isCertainlyMeant() const { return (first && first->isWhole()) || (last && last->isWhole()); }
};

std::vector<Region> regionsOf(const QByteArray &plain, const std::vector<Armour::Line> &lines)
{
    std::vector<Region> regions;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Region region;
        if (lines[i].isBegin) {
            region.first = &lines[i];
            const bool isClosed = i + 1 < lines.size() && !lines[i + 1].isBegin;
            region.end = i + 1 < lines.size() ? lines[i + 1].begin : plain.size();
            if (isClosed)
                region.last = &lines[++i];
        } else {
            region.last = &lines[i];
            region.end = lines[i].begin;
        }
        region.begin = region.first ? region.first->end : regions.empty() ? 0 : regions.back().end;
        if (!region.first && !regions.empty() && regions.back().last)
            region.begin = regions.back().last->end;
        regions.push_back(region);
    }
    if (lines.empty())
        regions.push_back({nullptr, nullptr, 0, plain.size()});
    return regions;
}

/// One block out of a region, if there is one.
bool readRegion(const QByteArray &plain, const Region &region, KeyContent::Look look, Block &block,
                PemDamages &damage)
{
    const auto body =
        PemBody::read(plain, region.begin, region.end, region.label(),
                      {.hasFirstLine = region.first != nullptr, .hasLastLine = region.last != nullptr}, look);
    block.content.block.begin = region.first ? region.first->begin : body ? body->begin : region.begin;
    block.content.block.end = region.last ? region.last->end : body ? body->end : region.end;
    if (!body) {
        block.content = {KeyContent::promised(region.label()), region.label()};
        block.content.block.begin = region.first ? region.first->begin : region.begin;
        block.content.block.end = region.last ? region.last->end : region.end;
        return false;
    }
    const qsizetype begin = block.content.block.begin, end = block.content.block.end;
    block.content = body->content;
    block.content.block.begin = begin;
    block.content.block.end = end;
    block.header = body->header;
    block.bytes = body->bytes;
    damage |= body->damage;
    damage.setFlag(PemDamage::MissingFirstLine,
                   damage.testFlag(PemDamage::MissingFirstLine) || !region.first);
    damage.setFlag(PemDamage::MissingLastLine, damage.testFlag(PemDamage::MissingLastLine) || !region.last);
    for (const Armour::Line *line : {region.first, region.last}) {
        if (line && line->label != block.content.label)
            damage |= PemDamage::WrongLabel;
    }
    damage |= Armour::around(plain, region.first, region.last, begin, end);
    return true;
}

Scan scanPlain(const QByteArray &plain, QStringView text, KeyContent::Look look)
{
    Scan scan;
    const std::vector<Armour::Line> lines = Armour::lines(plain);
    if (!lines.empty()) {
        const WipedBytes latin = text.toLatin1();
        scan.blocks = readByOpenSsl(latin);
        if (readWhole(plain, scan.blocks, lines, look, scan.damage)) {
            scan.isWhole = true;
            return scan;
        }
    }
    const std::vector<Block> byOpenSsl = std::move(scan.blocks);
    scan = {};
    bool isWhole = true;
    int tried = 0;
    for (const Region &region : regionsOf(plain, lines)) {
        if (!PemBody::isWorthReading(plain, region.begin, region.end)) {
            isWhole = isWhole && !region.isCertainlyMeant();
            continue;
        }
        if (++tried > maxBlocks)
            break;
        Block block;
        if (readRegion(plain, region, look, block, scan.damage)) {
            scan.blocks.push_back(std::move(block));
        } else if (region.isCertainlyMeant()) {
            isWhole = false;
            scan.blocks.push_back(std::move(block));
        }
    }
    scan.isWhole = isWhole && !scan.blocks.empty() && tried <= maxBlocks;
    // What OpenSSL reads as well, prose about BEGIN lines beside it, is all right.
    const bool isSound =
        std::ranges::equal(scan.blocks, byOpenSsl, isSame) && !scan.blocks.empty() && scan.isWhole;
    if (isSound)
        scan.damage &= PemDamage::CarriageReturns | PemDamage::NoFinalLineBreak | PemDamage::BlanksInLines |
                       PemDamage::EmptyLines;
    else if (scan.isWhole && !scan.damage)
        scan.damage = PemDamage::TextInside;
    // Formats with headers and checksums of their own, of which only the kind is known here.
    if (std::ranges::any_of(scan.blocks, isOtherFormat)) {
        scan.damage = {};
        scan.isWhole = false;
    }
    return scan;
}

} // namespace

std::optional<WipedText> PemScan::unwrapped(QStringView text, PemDamages &damage)
{
    using namespace Qt::StringLiterals;
    // "-----BEGIN" in base64, whatever follows; most often Kubernetes' and CI services'.
    if (const qsizetype start = text.indexOf("LS0tLS1CRUdJTi"_L1); start >= 0) {
        const WipedBytes latin = text.sliced(start).toLatin1();
        WipedText inner(QString::fromUtf8(WipedBytes(QByteArray::fromBase64(latin))));
        damage |= PemDamage::Base64Encoded;
        return inner;
    }
    const bool isForm = text.contains("BEGIN+"_L1);
    if (isForm || text.contains("BEGIN%20"_L1) || text.contains("-----%0A"_L1, Qt::CaseInsensitive) ||
        text.contains("-----%0D"_L1, Qt::CaseInsensitive)) {
        WipedBytes utf8 = text.toUtf8();
        if (isForm)
            utf8.replace('+', ' ');
        WipedText inner(QString::fromUtf8(WipedBytes(QByteArray::fromPercentEncoding(utf8))));
        damage |= PemDamage::PercentEncoded;
        return inner;
    }
    return std::nullopt;
}

QByteArray PemScan::Block::armoured() const
{
    const ErrorScope errors;
    const Bio bio(BIO_new(BIO_s_secmem()));
    const QByteArray head = header.text();
    char *text = nullptr;
    if (!bio ||
        !PEM_write_bio(bio.get(), content.label.constData(), head.constData(),
                       reinterpret_cast<const unsigned char *>(bytes.constData()), long(bytes.size())))
        return {};
    const long size = BIO_get_mem_data(bio.get(), &text);
    return QByteArray(text, size);
}

Scan PemScan::scan(QStringView text, KeyContent::Look look)
{
    if (text.size() > maxCharacters)
        return {};
    PemDamages wrapping;
    if (const auto inner = unwrapped(text, wrapping)) {
        Scan scan = scanPlain(plain(*inner), *inner, look);
        for (Block &block : scan.blocks) {
            block.content.block.begin = 0;
            block.content.block.end = text.size();
        }
        scan.damage |= wrapping;
        if (!scan.blocks.empty())
            return scan;
    }
    return scanPlain(plain(text), text, look);
}
