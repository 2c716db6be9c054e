// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialchange.h"

#include "api/losantjson.h"
#include "services/createpolicy.h"
#include "services/credentialservice.h"
#include "services/deletepolicy.h"
#include "services/editpolicy.h"

using State = ChangeOutcome::State;

namespace {

/// Time may mend it; a proxy's wrong password it does not.
bool isUnreachable(const ApiError &error)
{
    return (error.kind == ApiError::Kind::Offline || error.kind == ApiError::Kind::Timeout) &&
           !error.proxyRefused;
}

} // namespace

std::unique_ptr<CredentialChange> CredentialChange::create(CredentialService &service,
                                                           const QString &applicationId,
                                                           const CredentialDraft &draft, Finished finished)
{
    auto policy = std::make_unique<CreatePolicy>(service, applicationId, draft);
    return std::unique_ptr<CredentialChange>(
        new CredentialChange(service, applicationId, std::move(policy), std::move(finished)));
}

std::unique_ptr<CredentialChange> CredentialChange::edit(CredentialService &service,
                                                         const QString &applicationId,
                                                         const CredentialDraft &draft, const QString &userId,
                                                         Finished finished)
{
    auto policy = std::make_unique<EditPolicy>(service, applicationId, draft, userId);
    return std::unique_ptr<CredentialChange>(
        new CredentialChange(service, applicationId, std::move(policy), std::move(finished)));
}

std::unique_ptr<CredentialChange> CredentialChange::remove(CredentialService &service,
                                                           const QString &applicationId,
                                                           const Credential &credential, Finished finished)
{
    auto policy = std::make_unique<DeletePolicy>(service, applicationId, credential);
    return std::unique_ptr<CredentialChange>(
        new CredentialChange(service, applicationId, std::move(policy), std::move(finished)));
}

CredentialChange::CredentialChange(CredentialService &service, const QString &applicationId,
                                   std::unique_ptr<ChangePolicy> policy, Finished finished)
    : m_service(service)
    , m_applicationId(applicationId)
    , m_policy(std::move(policy))
    , m_finished(std::move(finished))
{
    m_nextLookUp.setSingleShot(true);
    connect(&m_nextLookUp, &QTimer::timeout, this, &CredentialChange::lookUp);
    if (m_policy->looksBefore())
        startLookUps(Stage::Before);
    else
        send();
}

CredentialChange::~CredentialChange() = default;

void CredentialChange::cancel()
{
    if (m_isFinished)
        return;
    m_wasCancelled |= m_stage != Stage::Lost;
    switch (m_stage) {
    case Stage::Before:
        finish({.state = State::NotDone, .error = {.kind = ApiError::Kind::Offline}});
        break;
    case Stage::Sending:
        if (m_write->awaitsToken() && m_write->mayHaveBeenSent()) {
            loseAnswer({.kind = ApiError::Kind::Unauthorized, .httpStatus = 401});
        } else {
            m_write->withdraw();
            loseAnswer({.kind = ApiError::Kind::Offline});
        }
        break;
    case Stage::Refused:
    case Stage::Lost:
        finish({.state = State::Unknown, .error = m_error, .hasNamesake = m_hasNamesake});
        break;
    }
}

void CredentialChange::checkAgain()
{
    m_isFinished = false;
    m_stage = Stage::Lost;
    m_lookUps = lookUpTimes.size();
    lookUp();
}

void CredentialChange::stopLooking()
{
    if (!m_isFinished)
        return;
    m_nextLookUp.stop();
    m_lookUp.reset();
}

void CredentialChange::send()
{
    m_stage = Stage::Sending;
    m_write = m_policy->send([this](Result<Credential> answer) { answered(std::move(answer)); });
}

void CredentialChange::answered(Result<Credential> answer)
{
    if (answer) {
        finishDone(std::move(*answer));
    } else if (answer.error().tokenRenewed) {
        m_error = answer.error();
        if (m_write->mayHaveBeenSent())
            startLookUps(Stage::Refused);
        else
            m_write->sendAgain();
    } else if (m_policy->isRefusal(answer.error())) {
        finish({.state = State::NotDone, .error = answer.error()});
    } else {
        loseAnswer(answer.error());
    }
}

void CredentialChange::loseAnswer(const ApiError &error)
{
    if (!m_write->mayHaveBeenSent()) {
        finish({.state = State::NotDone, .error = error});
        return;
    }
    m_error = error;
    if (error.kind == ApiError::Kind::Unauthorized) { // and so would be what looks it up
        finish({.state = State::Unknown, .error = error});
        return;
    }
    Q_EMIT answerLost();
    startLookUps(Stage::Lost);
}

void CredentialChange::startLookUps(Stage stage)
{
    m_stage = stage;
    m_lookUps = 0;
    lookUp();
}

void CredentialChange::lookUp()
{
    ++m_lookUps;
    m_wasLookedUp |= m_stage == Stage::Lost;
    m_lookUp = m_policy->lookUp([this](const Result<CredentialPage> &seen) { lookedUp(seen); });
}

void CredentialChange::lookedUp(const Result<CredentialPage> &seen)
{
    m_isNotYet = false;
    m_isUnreachable = !seen && isUnreachable(seen.error());
    if (m_stage == Stage::Before) {
        if (std::optional<ChangeOutcome> outcome = m_policy->obstacle(seen))
            finish(std::move(*outcome));
        else
            send();
    } else if (seen) {
        judge(*seen);
    } else if (m_isFinished && m_isUnreachable) {
        m_nextLookUp.start(unreachableDelay); // which is no news
    } else {
        lookUpLater(seen.error().kind != ApiError::Kind::Unauthorized);
    }
}

void CredentialChange::judge(const CredentialPage &seen)
{
    m_error.tokenRenewed = m_error.kind == ApiError::Kind::Unauthorized; // as this one was accepted
    WriteTimes times{.sentAt = m_write->sentAt(), .lookedUpAt = m_lookUp->sentAt()};
    if (m_stage == Stage::Refused)
        times.refusedAt = m_write->answeredAt();
    const Finding finding = m_policy->judge(seen, times);
    m_hasNamesake = finding.hasNamesake;
    if (finding.verdict == Finding::Verdict::Done) {
        m_service.reportChange(m_applicationId, m_policy->countDifference());
        finishDone(finding.credential);
    } else if (finding.verdict == Finding::Verdict::NotYet && m_stage == Stage::Refused) {
        m_stage = Stage::Sending;
        m_write->sendAgain();
    } else {
        m_isNotYet = finding.verdict == Finding::Verdict::NotYet;
        lookUpLater();
    }
}

/// Gives up after the last time, or if there `isHope` no longer.
void CredentialChange::lookUpLater(bool isHope)
{
    if (isHope && m_lookUps < lookUpTimes.size())
        m_nextLookUp.start(lookUpTimes[m_lookUps] - lookUpTimes[m_lookUps - 1]);
    else if (m_isNotYet)
        finish({.state = State::NotDone, .error = m_error});
    else
        finish({.state = State::Unknown,
                .error = m_error,
                .hasNamesake = m_hasNamesake,
                .isStillLookedFor = m_isUnreachable});
}

void CredentialChange::finish(ChangeOutcome outcome)
{
    m_isFinished = true;
    outcome.wasCancelled = m_wasCancelled;
    outcome.wasLookedUp = m_wasLookedUp;
    if (outcome.state == State::Unknown)
        m_service.reportChange(m_applicationId, 0);
    m_stage = Stage::Lost; // nothing is sent any more, whatever is found
    m_policy->letGo();
    m_nextLookUp.stop();
    for (const PendingCall *call : {&m_write, &m_lookUp}) {
        if (*call)
            (*call)->withdraw();
    }
    QTimer::singleShot(0, this, [this, outcome = std::move(outcome)] {
        if (outcome.isStillLookedFor)
            m_nextLookUp.start(unreachableDelay);
        const Finished finished = m_finished; // survives this object, which it may delete
        finished(outcome);
    });
}

void CredentialChange::finishDone(Credential credential)
{
    ChangeOutcome outcome{.state = State::Done, .isAsMeant = m_policy->isAsMeant(credential)};
    if (const CredentialType *type = m_policy->generatedKeyType())
        outcome.publicKey = LosantJson::readPublicKey(credential, *type);
    outcome.credential = std::move(credential);
    finish(std::move(outcome));
}
