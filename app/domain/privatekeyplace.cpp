// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/privatekeyplace.h"

#include "domain/keymaterial.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace DraftFields;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

namespace {

/// The text without its private keys, and these by themselves.
struct Parted
{
    QString rest, keys;
};

/// Nothing where the keys are no PEM that can be read.
std::optional<Parted> parted(const QString &text, bool isPem)
{
    const auto blocks = KeyMaterial::readPem(text).blocks;
    const auto overlap = [](const KeyMaterial::PemBlock &one, const KeyMaterial::PemBlock &next) {
        return next.begin < one.end;
    };
    if (isPem && std::ranges::adjacent_find(blocks, overlap) != blocks.end()) { // encoded as one
        auto separated = KeyMaterial::separated(text);
        if (!separated || separated->privateKeys.isEmpty())
            return std::nullopt;
        return Parted{std::move(separated->others), std::move(separated->privateKeys)};
    }
    // What people wrote around it stays.
    Parted result;
    qsizetype from = 0;
    for (const KeyMaterial::PemBlock &block : blocks) {
        if (!block.isPrivateKey() || block.begin < from || block.end <= block.begin)
            continue;
        result.rest += QStringView(text).sliced(from, block.begin - from);
        result.keys += QStringView(text).sliced(block.begin, block.end - block.begin).trimmed() % u'\n';
        from = block.end;
    }
    result.rest += QStringView(text).sliced(from);
    if (result.keys.isEmpty() || KeyMaterial::holdsPrivateKey(result.rest) ||
        KeyMaterial::saysPrivateKey(result.rest))
        return std::nullopt;
    if (const auto restored = KeyMaterial::restoredPem(result.keys))
        result.keys = *restored;
    const bool hasRest = !QStringView(result.rest).trimmed().isEmpty();
    result.rest = isPem && hasRest ? result.rest.trimmed() + u'\n' : result.rest.trimmed();
    return result;
}

DraftFinding withMove(DraftFinding finding, const CredentialDraft &draft, FieldId field, FieldId target)
{
    const QString &text = draft.value(field);
    const CredentialField *row = DraftFields::row(draft, field);
    auto parts = parted(text, row && row->format == FileFormat::Pem);
    if (!parts)
        return finding;
    const QString &there = draft.value(target);
    if (there.isEmpty() || there.trimmed() == parts->keys.trimmed())
        return with(std::move(finding), Remedy::MoveToField, {{field, parts->rest}, {target, parts->keys}},
                    target);
    // Swapped: each holds what belongs into the other.
    const KeyMaterial::PemText other = KeyMaterial::readPem(there);
    if (KeyMaterial::readPem(parts->rest).isEmpty() &&
        other.first(KeyMaterial::PemBlock::Kind::Certificate) && !other.holdsPrivateKey() && field.isOfType())
        return with(std::move(finding), Remedy::ExchangeFields, {{field, there}, {target, text}}, target);
    return finding;
}

/// Enough for any chain with its key: to read a text with more blocks would take a while.
constexpr qsizetype maxBlocks = 8;
constexpr auto armour = "-----BEGIN "_L1;

/// A key is of letters and digits, many of them, and texts that have none are read quickly.
bool mayHoldKey(QStringView text)
{
    constexpr int leastCharacters = 40;
    int count = 0;
    for (const QChar c : text) {
        const ushort u = c.unicode();
        count += (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z');
        if (count >= leastCharacters)
            return true;
    }
    return false;
}

bool holdsKey(const QString &text, bool hasManyBlocks)
{
    if (!mayHoldKey(text))
        return false;
    // Of many blocks the first key will do.
    constexpr qsizetype leastBlock = 100, labelEnd = 48;
    for (qsizetype begin = text.indexOf(armour); hasManyBlocks && begin >= 0;) {
        const qsizetype next = text.indexOf(armour, begin + armour.size());
        const QStringView block = QStringView(text).sliced(begin, (next < 0 ? text.size() : next) - begin);
        if (block.size() >= leastBlock && block.first(labelEnd).contains("PRIVATE KEY"_L1) &&
            KeyMaterial::holdsPrivateKey(block))
            return true;
        begin = next;
    }
    return KeyMaterial::holdsPrivateKey(text) || KeyMaterial::saysPrivateKey(text);
}

} // namespace

std::optional<DraftFinding> PrivateKeyPlace::check(const CredentialDraft &draft, FieldId field)
{
    const QString &text = draft.value(field);
    const bool hasManyBlocks = text.count(armour) > maxBlocks;
    if (!holdsKey(text, hasManyBlocks))
        return std::nullopt;
    const bool isServiceAccount =
        text.trimmed().startsWith(u'{') &&
        KeyMaterial::serviceAccountKey(text).kind == KeyMaterial::ServiceAccountKey::Kind::ServiceAccount;
    const auto target = secretField(draft, isServiceAccount ? FileFormat::Json : FileFormat::Pem);
    if (!target)
        return problem(
            field, Kind::PrivateKeyInPublicField,
            words(QT_TRANSLATE_NOOP("DraftValidator",
                                    "There is a private key in here, and everybody can read this field. "
                                    "Take it out.")));
    DraftFinding found = problem(
        field, Kind::PrivateKeyInPublicField,
        words(QT_TRANSLATE_NOOP("DraftValidator",
                                "There is a private key in here, and everybody can read this field. It "
                                "belongs into “%1”."))
            .arg(label(draft, *target)));
    if (hasManyBlocks)
        return found;
    if (!isServiceAccount)
        return withMove(std::move(found), draft, field, *target);
    if (!draft.value(*target).isEmpty())
        return found;
    return with(std::move(found), Remedy::MoveToField, {{field, QString()}, {*target, text}}, target);
}
