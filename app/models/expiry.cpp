// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/expiry.h"

#include "api/losantjson.h"
#include "domain/credentialdraft.h"
#include "domain/keymaterial.h"
#include "models/datetext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 86'400'000;

/// What the platform has read out of a certificate.
std::optional<qint64> dateRead(const Credential &credential)
{
    const LosantJson::ConfigValues config = LosantJson::readConfig(credential.config);
    const auto found =
        std::ranges::find(config.values, "info.notValidAfter"_L1, &LosantJson::ConfigValue::key);
    return found == config.values.end() ? std::nullopt : LosantJson::readDate(found->text.toStdString());
}

std::optional<qint64> dateIn(const QString &pem, bool isAuthorities)
{
    std::optional<qint64> date;
    for (const KeyMaterial::PemBlock &block : KeyMaterial::readPem(pem).blocks) {
        if (block.kind != KeyMaterial::PemBlock::Kind::Certificate || !block.notAfter.isValid())
            continue;
        const qint64 end = block.notAfter.toMSecsSinceEpoch();
        date = !date ? end : isAuthorities ? std::max(*date, end) : std::min(*date, end);
    }
    return date;
}

/// Whether everybody can read the certificates in it.
bool takesCertificates(const CredentialField &row)
{
    return !row.secret && row.kind == FieldKind::File && row.format == FileFormat::Pem &&
           (row.pem == PemContent::Certificate || row.pem == PemContent::Authorities);
}

std::optional<qint64> dateOfCertificates(const CredentialDraft &draft)
{
    for (const FieldId field : draft.shownFields()) {
        const CredentialField &row = draft.type()->field(field);
        if (!takesCertificates(row))
            continue;
        if (const auto date = dateIn(draft.value(field), row.pem == PemContent::Authorities))
            return date;
    }
    return std::nullopt;
}

} // namespace

std::optional<Expiry> expiry(const Credential &credential, qint64 now)
{
    const CredentialType *type = findCredentialType(credential.type);
    if (!type || std::ranges::none_of(type->fields, takesCertificates))
        return std::nullopt;
    std::optional<qint64> date = dateRead(credential);
    if (!date)
        date = dateOfCertificates(LosantJson::readDraft(credential, type));
    if (!date)
        return std::nullopt;
    const qint64 left = *date - now;
    return Expiry{.date = *date,
                  .daysLeft = std::max<qint64>(0, left) / day,
                  .state = left <= 0                        ? Expiry::State::Expired
                           : left <= Expiry::soonDays * day ? Expiry::State::Soon
                                                            : Expiry::State::Later};
}

QString expiryText(const Expiry &expiry, qint64 now)
{
    const auto words = [](const char *text, int n = -1) {
        return QCoreApplication::translate("Expiry", text, nullptr, n);
    };
    const QString when = expiry.state == Expiry::State::Expired ? relativeDateText(expiry.date, now)
                         : expiry.daysLeft == 0
                             ? words(QT_TRANSLATE_NOOP("Expiry", "in less than a day"))
                             : words(QT_TRANSLATE_N_NOOP("Expiry", "in %n day(s)"), int(expiry.daysLeft));
    return words(QT_TRANSLATE_NOOP("Expiry", "%1 (%2)")).arg(exactDateText(expiry.date), when);
}
