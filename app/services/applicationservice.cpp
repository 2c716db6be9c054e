// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/applicationservice.h"

#include "api/losantjson.h"

using namespace Qt::StringLiterals;

namespace {

void askForCounts(ApiRequest &request)
{
    request.query.addQueryItem(u"summaryInclude"_s, u"credentialCount"_s);
}

ApiRequest getRequest(const QString &applicationId)
{
    ApiRequest request{.path = apiPath({u"applications", applicationId})};
    askForCounts(request);
    return request;
}

} // namespace

ApplicationService::ApplicationService(Transport &transport) : m_transport(transport) {}

PendingCall ApplicationService::list(int page, Then<ApplicationPage> then)
{
    ApiRequest request{.path = apiPath({u"applications"}), .isAlwaysThere = true};
    request.query.addQueryItem(u"sortField"_s, u"name"_s);
    request.query.addQueryItem(u"sortDirection"_s, u"asc"_s);
    request.query.addQueryItem(u"page"_s, QString::number(page));
    request.query.addQueryItem(u"perPage"_s, QString::number(perPage));
    askForCounts(request);
    return ask<ApplicationPage>(m_transport, std::move(request), LosantJson::readApplicationPage,
                                std::move(then));
}

PendingCall ApplicationService::get(const QString &applicationId, Then<Application> then)
{
    return ask<Application>(m_transport, getRequest(applicationId), LosantJson::readApplication,
                            std::move(then));
}

PendingCall ApplicationService::archiveSettings(const QString &applicationId, Then<ArchiveSettings> then)
{
    return ask<ArchiveSettings>(m_transport, getRequest(applicationId), LosantJson::readArchiveSettings,
                                std::move(then));
}
