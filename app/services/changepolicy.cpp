// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/changepolicy.h"

#include "api/losantjson.h"
#include "services/credentialservice.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace {

qint64 millisecondsSince(WriteTimes::Clock::time_point then)
{
    return std::chrono::ceil<std::chrono::milliseconds>(WriteTimes::Clock::now() - then).count();
}

} // namespace

bool WriteTimes::isFarOff(qint64 clockOffset)
{
    return std::chrono::abs(std::chrono::milliseconds(clockOffset)) > maxClockDifference;
}

std::optional<bool> WriteTimes::canBeOf(std::optional<qint64> date, std::optional<qint64> clockOffset) const
{
    if (!date || !clockOffset || isFarOff(*clockOffset))
        return std::nullopt;
    // The server's time, as we know it, is behind by the rest of a second and the way of the answer.
    const qint64 now = QDateTime::currentMSecsSinceEpoch() + *clockOffset;
    if (*date < now - millisecondsSince(sentAt))
        return false;
    if (*date > now + maxClockDifference.count())
        return std::nullopt;
    const qint64 behind = 1000 + millisecondsSince(lookedUpAt);
    return !refusedAt || *date <= now - millisecondsSince(*refusedAt) + behind;
}

PendingCall lookUpById(CredentialService &service, const QString &applicationId, const QString &credentialId,
                       Then<CredentialPage> then)
{
    return service.get(applicationId, credentialId,
                       [&service, then = std::move(then)](const Result<Credential> &credential) {
                           then(credential.map([&service](const Credential &one) {
                               return CredentialPage{
                                   .items = {one}, .totalCount = 1, .clockOffset = service.clockOffset()};
                           }));
                       });
}
