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
    if (isPem) {
        auto separated = KeyMaterial::separated(text);
        if (!separated || separated->privateKeys.isEmpty())
            return std::nullopt;
        return Parted{std::move(separated->others), std::move(separated->privateKeys)};
    }
    // What people wrote around it stays.
    Parted result;
    qsizetype from = 0;
    for (const KeyMaterial::PemBlock &block : KeyMaterial::readPem(text).blocks) {
        if (!block.isPrivateKey() || block.begin < from || block.end <= block.begin)
            continue;
        result.rest += QStringView(text).sliced(from, block.begin - from);
        result.keys += QStringView(text).sliced(block.begin, block.end - block.begin).trimmed() % u'\n';
        from = block.end;
    }
    result.rest += QStringView(text).sliced(from);
    if (result.keys.isEmpty() || KeyMaterial::holdsPrivateKey(result.rest))
        return std::nullopt;
    if (const auto restored = KeyMaterial::restoredPem(result.keys))
        result.keys = *restored;
    result.rest = result.rest.trimmed();
    return result;
}

DraftFinding withMove(DraftFinding finding, const CredentialDraft &draft, int field, int target)
{
    const QString &text = DraftFields::text(draft, field);
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
    if (parts->rest.trimmed().isEmpty() && other.first(KeyMaterial::PemBlock::Kind::Certificate) &&
        !other.holdsPrivateKey() && field >= 0)
        return with(std::move(finding), Remedy::ExchangeFields, {{field, there}, {target, text}}, target);
    return finding;
}

} // namespace

std::optional<DraftFinding> PrivateKeyPlace::check(const CredentialDraft &draft, int field)
{
    const QString &text = DraftFields::text(draft, field);
    if (text.isEmpty() || !KeyMaterial::holdsPrivateKey(text))
        return std::nullopt;
    const bool isServiceAccount =
        KeyMaterial::serviceAccountKey(text).kind == KeyMaterial::ServiceAccountKey::Kind::ServiceAccount;
    const int target = secretField(draft, isServiceAccount ? FileFormat::Json : FileFormat::Pem);
    if (target < 0)
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
            .arg(label(draft, target)));
    if (!isServiceAccount)
        return withMove(std::move(found), draft, field, target);
    if (!draft.value(target).isEmpty())
        return found;
    return with(std::move(found), Remedy::MoveToField, {{field, QString()}, {target, text}}, target);
}
