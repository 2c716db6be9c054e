// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialservice.h"

#include "api/losantjson.h"
#include "api/transport.h"
#include "domain/credentialdraft.h"

using namespace Qt::StringLiterals;

namespace {

QString parameter(PageQuery::SortField field)
{
    switch (field) {
    case PageQuery::SortField::Name:
        return u"name"_s;
    case PageQuery::SortField::Type:
        return u"type"_s;
    case PageQuery::SortField::CreationDate:
        return u"creationDate"_s;
    case PageQuery::SortField::LastUpdated:
        return u"lastUpdated"_s;
    }
    Q_UNREACHABLE();
}

/// QUrlQuery leaves a plus as it is, which servers read as a blank.
QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString pathOf(const QString &applicationId)
{
    return apiPath({u"applications", applicationId, u"credentials"});
}

QString pathOf(const QString &applicationId, const QString &credentialId)
{
    return apiPath({u"applications", applicationId, u"credentials", credentialId});
}

} // namespace

CredentialService::CredentialService(Transport &transport) : m_transport(transport) {}

PendingCall CredentialService::list(const PageQuery &query, Then<CredentialPage> then,
                                    ApiRequest::Priority priority)
{
    ApiRequest request;
    request.priority = priority;
    request.path = pathOf(query.applicationId);
    request.query.addQueryItem(u"sortField"_s, parameter(query.sortField));
    request.query.addQueryItem(u"sortDirection"_s,
                               query.sortOrder == Qt::AscendingOrder ? u"asc"_s : u"desc"_s);
    request.query.addQueryItem(u"page"_s, QString::number(query.page));
    request.query.addQueryItem(u"perPage"_s, QString::number(query.perPage));
    if (query.isFiltered()) {
        request.query.addQueryItem(u"filterField"_s,
                                   query.filterField == PageQuery::FilterField::Name ? u"name"_s : u"type"_s);
        request.query.addQueryItem(u"filter"_s, encoded(query.filter));
    }
    return ask<CredentialPage>(m_transport, std::move(request), LosantJson::readCredentialPage,
                               std::move(then));
}

PendingCall CredentialService::get(const QString &applicationId, const QString &credentialId,
                                   Then<Credential> then)
{
    const auto answered = [credentialId, then = std::move(then)](Result<Credential> credential) {
        if (credential && credential->id.compare(credentialId, Qt::CaseInsensitive) != 0)
            credential = tl::unexpected(ApiError{.kind = ApiError::Kind::Protocol, .httpStatus = 200});
        then(std::move(credential));
    };
    return ask<Credential>(m_transport, {.path = pathOf(applicationId, credentialId)},
                           LosantJson::readCredential, answered);
}

PendingCall CredentialService::linkedResources(const QString &applicationId, const QString &credentialId,
                                               Then<LinkedResources> then)
{
    ApiRequest request{.path = pathOf(applicationId, credentialId) + "/linkedResources"_L1};
    request.query.addQueryItem(u"includeCustomNodes"_s, u"true"_s);
    return ask<LinkedResources>(m_transport, std::move(request), LosantJson::readLinkedResources,
                                std::move(then));
}

template<typename T>
PendingCall CredentialService::write(const QString &applicationId, ApiRequest request, int countDifference,
                                     Result<T> (*read)(const ApiAnswer &),
                                     std::function<bool(const Result<T> &)> isMeant, Then<T> then)
{
    struct Sent
    {
        ApiCall *call = nullptr;
        bool isAnswered = false;
    };
    const auto sent = std::make_shared<Sent>();
    PendingCall call = ask<T>(
        m_transport, std::move(request), read,
        [this, applicationId, countDifference, isMeant, then = std::move(then), sent](Result<T> answer) {
            if (answer && isMeant && !isMeant(answer))
                answer = tl::unexpected(ApiError{.kind = ApiError::Kind::Protocol, .httpStatus = 200});
            sent->isAnswered = answer || !answer.error().tokenRenewed; // else it may be sent again
            if (answer)
                Q_EMIT credentialsChanged(applicationId, countDifference);
            else if (sent->call->mayHaveBeenSent() && !answer.error().isRefusal())
                Q_EMIT credentialsChanged(applicationId, 0);
            then(std::move(answer));
        });
    sent->call = call.get();
    connect(call.get(), &ApiCall::withdrawn, this, [this, applicationId, sent] {
        if (!sent->isAnswered && sent->call->mayHaveBeenSent())
            Q_EMIT credentialsChanged(applicationId, 0);
    });
    return call;
}

PendingCall CredentialService::post(const QString &applicationId, const CredentialDraft &draft,
                                    Then<Credential> then)
{
    ApiRequest request;
    request.method = ApiRequest::Method::Post;
    request.path = pathOf(applicationId);
    request.body = LosantJson::writePost(draft);
    return write<Credential>(
        applicationId, std::move(request), +1, LosantJson::readCredential,
        [name = draft.value(FieldId::name)](const Result<Credential> &credential) {
            return credential->name == name;
        },
        std::move(then));
}

PendingCall CredentialService::patch(const QString &applicationId, const CredentialDraft &draft,
                                     Then<Credential> then)
{
    const QString id = draft.base()->id;
    ApiRequest request{.method = ApiRequest::Method::Patch,
                       .path = pathOf(applicationId, id),
                       .body = LosantJson::writePatch(draft)};
    return write<Credential>(
        applicationId, std::move(request), 0, LosantJson::readCredential,
        [id](const Result<Credential> &credential) { return credential->id == id; }, std::move(then));
}

PendingCall CredentialService::remove(const QString &applicationId, const QString &credentialId,
                                      Then<void> then)
{
    ApiRequest request{.method = ApiRequest::Method::Delete, .path = pathOf(applicationId, credentialId)};
    return write<void>(applicationId, std::move(request), -1, LosantJson::readDeleted, nullptr,
                       std::move(then));
}

bool CredentialService::isThrottled() const
{
    return !m_transport.throttledUntil().hasExpired();
}

std::optional<qint64> CredentialService::clockOffset() const
{
    return m_transport.clockOffset();
}

void CredentialService::reportChange(const QString &applicationId, int countDifference)
{
    Q_EMIT credentialsChanged(applicationId, countDifference);
}
