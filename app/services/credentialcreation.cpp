// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialcreation.h"

#include "api/losantjson.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// A glob that matches the name; characters that some globs read as more than themselves become `*`.
QString globOf(QString name)
{
    for (QChar &c : name) {
        if (u"*?[]{}()!|+@\\"_s.contains(c))
            c = u'*';
    }
    return name;
}

/// The server refused, so nothing was carried out. Any other answer may come from somebody in between.
bool isRefusal(const ApiError &error)
{
    static constexpr std::array refusals{400, 401, 403, 404, 405, 406, 409,
                                         411, 413, 414, 415, 422, 429, 431};
    return std::ranges::find(refusals, error.httpStatus) != refusals.end();
}

/// Time may mend it; a proxy's wrong password it does not.
bool isUnreachable(const ApiError &error)
{
    return (error.kind == ApiError::Kind::Offline || error.kind == ApiError::Kind::Timeout) &&
           !error.proxyRefused;
}

bool isFarOff(qint64 clockOffset)
{
    return std::chrono::abs(std::chrono::milliseconds(clockOffset)) > CredentialCreation::maxClockDifference;
}

/// Nothing if there are more than are on the page.
std::optional<std::vector<QString>> idsOf(const CredentialPage &page)
{
    if (page.totalCount > int(page.items.size()))
        return std::nullopt;
    std::vector<QString> ids;
    std::ranges::transform(page.items, std::back_inserter(ids), &Credential::id);
    return ids;
}

qint64 millisecondsSince(ApiCall::Clock::time_point then)
{
    return std::chrono::ceil<std::chrono::milliseconds>(ApiCall::Clock::now() - then).count();
}

} // namespace

CredentialCreation::CredentialCreation(CredentialService &service, const QString &applicationId,
                                       const CredentialDraft &draft, Finished finished)
    : m_service(service)
    , m_applicationId(applicationId)
    , m_name(draft.name)
    , m_type(draft.type()->key)
    , m_generatesKey(!draft.valueOf("generatePrivateKey"_L1).isEmpty())
    , m_finished(std::move(finished))
{
    m_nextLookUp.setSingleShot(true);
    connect(&m_nextLookUp, &QTimer::timeout, this, &CredentialCreation::lookUp);
    if (const auto offset = m_service.clockOffset(); offset && isFarOff(*offset)) {
        m_draft = draft;
        startLookUps(Stage::Before);
    } else {
        post(draft);
    }
}

void CredentialCreation::cancel()
{
    if (m_isFinished)
        return;
    switch (m_stage) {
    case Stage::Before:
        finish({.state = CreateOutcome::State::NotCreated, .error = {.kind = ApiError::Kind::Offline}});
        break;
    case Stage::Posting:
        if (m_post->awaitsToken()) {
            finish({.state = CreateOutcome::State::NotCreated,
                    .error = {.kind = ApiError::Kind::Unauthorized, .httpStatus = 401}});
        } else {
            m_post->withdraw();
            loseAnswer({.kind = ApiError::Kind::Offline});
        }
        break;
    case Stage::Refused:
    case Stage::Lost:
        finish({.state = CreateOutcome::State::Unknown, .error = m_error, .hasNamesake = m_hasNamesake});
        break;
    }
}

void CredentialCreation::checkAgain()
{
    m_isFinished = false;
    m_stage = Stage::Lost;
    m_lookUps = lookUpTimes.size();
    lookUp();
}

void CredentialCreation::stopLooking()
{
    if (!m_isFinished)
        return;
    m_nextLookUp.stop();
    m_lookUp.reset();
}

void CredentialCreation::post(const CredentialDraft &draft)
{
    m_stage = Stage::Posting;
    m_post = m_service.post(m_applicationId, draft,
                            [this](Result<Credential> answer) { posted(std::move(answer)); });
}

void CredentialCreation::posted(Result<Credential> answer)
{
    if (answer && answer->name == m_name) {
        finishCreated(std::move(*answer));
    } else if (answer) {
        loseAnswer({.kind = ApiError::Kind::Protocol, .httpStatus = 200});
    } else if (answer.error().tokenRenewed) {
        m_error = answer.error();
        if (m_post->bodyWasSent())
            startLookUps(Stage::Refused);
        else
            m_post->sendAgain();
    } else if (isRefusal(answer.error())) {
        finish({.state = CreateOutcome::State::NotCreated, .error = answer.error()});
    } else {
        loseAnswer(answer.error());
    }
}

void CredentialCreation::loseAnswer(const ApiError &error)
{
    if (!m_post->bodyWasSent()) {
        finish({.state = CreateOutcome::State::NotCreated, .error = error});
        return;
    }
    m_error = error;
    Q_EMIT answerLost();
    startLookUps(Stage::Lost);
}

void CredentialCreation::startLookUps(Stage stage)
{
    m_stage = stage;
    m_lookUps = 0;
    lookUp();
}

void CredentialCreation::lookUp()
{
    const PageQuery query =
        PageQuery{.applicationId = m_applicationId}.withFilter(PageQuery::FilterField::Name, globOf(m_name));
    ++m_lookUps;
    m_lookUp = m_service.list(query, [this](const Result<CredentialPage> &page) { lookedUp(page); });
}

void CredentialCreation::lookedUp(const Result<CredentialPage> &page)
{
    m_isUnreachable = !page && isUnreachable(page.error());
    if (m_stage == Stage::Before)
        lookedUpBefore(page);
    else if (page)
        search(*page);
    else if (m_isFinished && m_isUnreachable)
        m_nextLookUp.start(unreachableDelay); // which is no news
    else
        lookUpLater(page.error().kind != ApiError::Kind::Unauthorized);
}

void CredentialCreation::lookedUpBefore(const Result<CredentialPage> &page)
{
    if (!page && page.error().kind == ApiError::Kind::Unauthorized) {
        finish({.state = CreateOutcome::State::NotCreated, .error = page.error()});
        return;
    }
    if (page)
        m_ids = idsOf(*page);
    post(*std::exchange(m_draft, std::nullopt));
}

void CredentialCreation::search(const CredentialPage &page)
{
    const Credential *created = nullptr;
    m_hasNamesake = false;
    for (const Credential &candidate : page.items) {
        const Match is = match(candidate, page.clockOffset);
        const bool isAnother = is == Match::Created && created && created->id != candidate.id;
        m_hasNamesake |= is == Match::Unclear || isAnother;
        if (is == Match::Created)
            created = &candidate;
    }
    const auto ids = idsOf(page);
    if (created && !m_hasNamesake) {
        finishCreated(*created);
    } else if (m_stage == Stage::Refused && ids && !m_hasNamesake) {
        m_ids = ids;
        m_stage = Stage::Posting;
        m_post->sendAgain();
    } else {
        lookUpLater();
    }
}

/// Gives up after the last time, or if there `isHope` no longer.
void CredentialCreation::lookUpLater(bool isHope)
{
    if (isHope && m_lookUps < lookUpTimes.size())
        m_nextLookUp.start(lookUpTimes[m_lookUps] - lookUpTimes[m_lookUps - 1]);
    else
        finish({.state = CreateOutcome::State::Unknown,
                .error = m_error,
                .hasNamesake = m_hasNamesake,
                .isStillLookedFor = m_isUnreachable});
}

void CredentialCreation::finish(CreateOutcome outcome)
{
    m_isFinished = true;
    m_stage = Stage::Lost; // nothing is sent any more, whatever is found
    m_draft.reset();
    m_nextLookUp.stop();
    for (const PendingCall *call : {&m_post, &m_lookUp}) {
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

void CredentialCreation::finishCreated(Credential credential)
{
    CreateOutcome outcome{.state = CreateOutcome::State::Created};
    if (m_generatesKey) {
        for (const LosantJson::ConfigValue &value : LosantJson::readConfig(credential.config).values) {
            if (value.key == "publicKey"_L1)
                outcome.publicKey = value.text;
        }
    }
    outcome.credential = std::move(credential);
    finish(std::move(outcome));
}

CredentialCreation::Match CredentialCreation::match(const Credential &candidate,
                                                    std::optional<qint64> clockOffset) const
{
    if (candidate.name != m_name)
        return Match::Other;
    if (candidate.type != m_type)
        return candidate.type.isEmpty() ? Match::Unclear : Match::Other;
    if (m_ids && !candidate.id.isEmpty())
        return std::ranges::find(*m_ids, candidate.id) == m_ids->end() ? Match::Created : Match::Other;
    if (!candidate.creationDate || !clockOffset || isFarOff(*clockOffset))
        return Match::Unclear;
    return matchDate(*candidate.creationDate, *clockOffset);
}

/// The server's time, as we know it, is behind by the rest of a second and the way of the answer.
CredentialCreation::Match CredentialCreation::matchDate(qint64 creationDate, qint64 clockOffset) const
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch() + clockOffset;
    if (creationDate < now - millisecondsSince(m_post->sentAt()))
        return Match::Other;
    if (creationDate > now + maxClockDifference.count())
        return Match::Unclear;
    // What was refused is not carried out later.
    const qint64 behind = 1000 + millisecondsSince(m_lookUp->sentAt());
    if (m_stage == Stage::Refused && creationDate > now - millisecondsSince(m_post->answeredAt()) + behind)
        return Match::Other;
    return Match::Created;
}
