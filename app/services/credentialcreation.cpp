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

/// The server refused, so nothing was carried out.
bool isRefusal(const ApiError &error)
{
    return error.httpStatus >= 300 && error.kind != ApiError::Kind::Server;
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
    m_call = m_service.post(applicationId, draft,
                            [this](Result<Credential> answer) { posted(std::move(answer)); });
}

void CredentialCreation::cancel()
{
    if (m_isFinished)
        return;
    if (m_isLost) {
        m_call.reset();
        m_nextLookUp.stop();
        finish({.state = CreateOutcome::State::Unknown, .error = m_error});
    } else {
        m_call->withdraw();
        loseAnswer({.kind = ApiError::Kind::Offline});
    }
}

void CredentialCreation::checkAgain()
{
    m_lookUps = lookUpTimes.size();
    m_isFinished = false;
    lookUp();
}

void CredentialCreation::posted(Result<Credential> answer)
{
    if (answer && answer->name == m_name)
        finishCreated(std::move(*answer));
    else if (answer)
        loseAnswer({.kind = ApiError::Kind::Protocol, .httpStatus = 200});
    else if (isRefusal(answer.error()))
        finish({.state = CreateOutcome::State::NotCreated, .error = answer.error()});
    else
        loseAnswer(answer.error());
}

void CredentialCreation::loseAnswer(const ApiError &error)
{
    if (!m_call->bodyWasSent()) {
        finish({.state = CreateOutcome::State::NotCreated, .error = error});
        return;
    }
    m_isLost = true;
    m_postedAt = m_call->sentAt(); // again, perhaps, after another sign-in
    m_error = error;
    Q_EMIT answerLost();
    lookUp();
}

void CredentialCreation::lookUp()
{
    const PageQuery query =
        PageQuery{.applicationId = m_applicationId}.withFilter(PageQuery::FilterField::Name, globOf(m_name));
    ++m_lookUps;
    m_call = m_service.list(query, [this](const Result<CredentialPage> &page) { lookedUp(page); });
}

void CredentialCreation::lookedUp(const Result<CredentialPage> &page)
{
    if (page && page->clockOffset) {
        const auto found = std::ranges::find_if(page->items, [&](const Credential &candidate) {
            return isTheCreated(candidate, *page->clockOffset);
        });
        if (found != page->items.end()) {
            finishCreated(*found);
            return;
        }
    }
    if (m_lookUps < lookUpTimes.size())
        m_nextLookUp.start(lookUpTimes[m_lookUps] - lookUpTimes[m_lookUps - 1]);
    else
        finish({.state = CreateOutcome::State::Unknown, .error = m_error});
}

void CredentialCreation::finish(CreateOutcome outcome)
{
    m_isFinished = true;
    QTimer::singleShot(0, this, [this, outcome = std::move(outcome)] {
        const Finished finished = m_finished; // survives this object, which it may delete
        finished(outcome);
    });
}

void CredentialCreation::finishCreated(Credential credential)
{
    CreateOutcome outcome{.state = CreateOutcome::State::Created};
    if (m_generatesKey) {
        for (const LosantJson::ConfigValue &value : LosantJson::readConfig(credential.config)) {
            if (value.key == "publicKey"_L1)
                outcome.publicKey = value.text;
        }
    }
    outcome.credential = std::move(credential);
    finish(std::move(outcome));
}

bool CredentialCreation::isTheCreated(const Credential &candidate, qint64 clockOffset) const
{
    return candidate.name == m_name && candidate.type == m_type && candidate.creationDate &&
           *candidate.creationDate >= m_postedAt + clockOffset;
}
