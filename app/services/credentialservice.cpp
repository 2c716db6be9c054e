// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialservice.h"

#include "api/losantjson.h"
#include "api/transport.h"
#include "services/credentialcreation.h"

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

} // namespace

CredentialService::CredentialService(Transport &transport) : m_transport(transport) {}

PendingCall CredentialService::list(const PageQuery &query, Then<CredentialPage> then,
                                    ApiRequest::Urgency urgency)
{
    ApiRequest request;
    request.urgency = urgency;
    request.path = apiPath({u"applications", query.applicationId, u"credentials"});
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

PendingCall CredentialService::post(const QString &applicationId, const CredentialDraft &draft,
                                    Then<Credential> then)
{
    ApiRequest request;
    request.method = ApiRequest::Method::Post;
    request.path = apiPath({u"applications", applicationId, u"credentials"});
    request.body = LosantJson::writeDraft(draft);
    return ask<Credential>(m_transport, std::move(request), LosantJson::readCredential, std::move(then));
}

std::unique_ptr<CredentialCreation> CredentialService::create(const QString &applicationId,
                                                              const CredentialDraft &draft,
                                                              std::function<void(CreateOutcome)> then)
{
    return std::make_unique<CredentialCreation>(*this, applicationId, draft, std::move(then));
}

bool CredentialService::isThrottled() const
{
    return !m_transport.throttledUntil().hasExpired();
}

std::optional<qint64> CredentialService::clockOffset() const
{
    return m_transport.clockOffset();
}
