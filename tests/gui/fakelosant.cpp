// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fakelosant.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

ScriptedReply json(const QJsonObject &object, int status = 200)
{
    return {.status = status, .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

QString isoDate(const QDateTime &date)
{
    return date.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QString FakeLosant::applicationId(int n)
{
    return u"%1"_s.arg(n, 24, 16, QChar(u'0'));
}

FakeLosant::FakeLosant()
{
    m_server.handle([this](const RecordedRequest &request) { return reply(request); });
}

QString FakeLosant::addApplication(const QString &name, const QString &organization)
{
    const QString id = applicationId(int(m_applications.size()) + 1);
    QJsonObject application{{u"id"_s, id}, {u"name"_s, name}};
    if (organization.isEmpty()) {
        application[u"ownerType"_s] = u"user"_s;
        application[u"ownerId"_s] = u"aaaaaaaaaaaaaaaaaaaaaaaa"_s;
    } else {
        application[u"ownerType"_s] = u"organization"_s;
        application[u"ownerId"_s] = organization;
        application[u"organizationName"_s] = organization;
    }
    m_applications.append(application);
    m_credentials[id] = {};
    return id;
}

void FakeLosant::setCredentials(const QString &applicationId, const QJsonArray &credentials)
{
    m_credentials[applicationId] = credentials;
}

QJsonArray FakeLosant::someCredentials(int count)
{
    static const QStringList types{u"aws"_s, u"sql"_s, u"http"_s};
    QJsonArray credentials;
    for (int i = 0; i < count; ++i)
        credentials.append(credential(u"Credential %1"_s.arg(i + 1), i + 1, types[i % types.size()]));
    return credentials;
}

QJsonObject FakeLosant::credential(const QString &name, int number, const QString &type)
{
    const QDateTime created = QDateTime::currentDateTimeUtc().addDays(-number);
    return {{u"id"_s, u"c%1"_s.arg(number, 23, 16, QChar(u'0'))},
            {u"applicationId"_s, applicationId(1)},
            {u"name"_s, name},
            {u"type"_s, type},
            {u"enabled"_s, number % 4 != 0},
            {u"creationDate"_s, isoDate(created)},
            {u"lastUpdated"_s, isoDate(created.addSecs(3600))},
            {u"createdById"_s, u"aaaaaaaaaaaaaaaaaaaaaaaa"_s},
            {u"createdByType"_s, u"user"_s}};
}

std::vector<RecordedRequest> FakeLosant::pageRequests() const
{
    std::vector<RecordedRequest> pages;
    std::ranges::copy_if(m_server.requests(), std::back_inserter(pages), [](const RecordedRequest &request) {
        return request.method == "GET" && request.path().endsWith("/credentials");
    });
    return pages;
}

int FakeLosant::pageCount(int page) const
{
    return int(std::ranges::count_if(pageRequests(), [page](const RecordedRequest &request) {
        return request.parameter(u"page"_s) == QString::number(page);
    }));
}

QString FakeLosant::asked(const QString &parameter) const
{
    const auto pages = pageRequests();
    return pages.empty() ? QString() : pages.back().parameter(parameter);
}

ScriptedReply FakeLosant::error(int status, const QString &message)
{
    return json({{u"type"_s, u"Error"_s}, {u"message"_s, message}}, status);
}

ScriptedReply FakeLosant::reply(const RecordedRequest &request)
{
    if (m_exception) {
        if (auto reply = m_exception(request))
            return *reply;
    }
    const QList<QByteArray> path = request.path().split('/');
    if (request.path() == "/me")
        return json({{u"id"_s, u"aaaaaaaaaaaaaaaaaaaaaaaa"_s}, {u"email"_s, u"ada@example.com"_s}});
    if (request.path() == "/applications")
        return applicationsReply(request);
    const QString id = QString::fromUtf8(path.value(2));
    if (path.value(1) != "applications" || !m_credentials.contains(id))
        return error(404, u"Application was not found"_s);
    if (request.method == "POST")
        return create(id, request);
    if (path.value(5) == "linkedResources") {
        const QJsonObject none{{u"items"_s, QJsonArray()}, {u"count"_s, 0}, {u"totalCount"_s, 0}};
        return json({{u"integrations"_s, none}, {u"flows"_s, none}, {u"flowVersions"_s, none}});
    }
    if (path.size() == 5 && path.value(3) == "credentials")
        return one(id, QString::fromUtf8(path.value(4)), request);
    if (path.value(3) == "credentials") {
        ScriptedReply page = m_pageReply.value_or(pageReply(id, request));
        page.delay = std::max(page.delay, m_delay);
        return page;
    }
    const auto found = std::ranges::find_if(
        m_applications, [&](const QJsonValue &application) { return application[u"id"_s] == id; });
    return json(found->toObject());
}

ScriptedReply FakeLosant::applicationsReply(const RecordedRequest &request) const
{
    const int page = request.parameter(u"page"_s).toInt();
    QJsonArray items;
    for (int i = page * m_applicationsPerPage;
         i < m_applications.size() && items.size() < m_applicationsPerPage; ++i) {
        QJsonObject application = m_applications[i].toObject();
        const auto count = m_credentials.at(application[u"id"_s].toString()).size();
        application[u"summary"_s] = QJsonObject{{u"credentialCount"_s, int(count)}};
        items.append(application);
    }
    return json({{u"items"_s, items},
                 {u"count"_s, items.size()},
                 {u"totalCount"_s, m_applications.size()},
                 {u"perPage"_s, m_applicationsPerPage},
                 {u"page"_s, page}});
}

ScriptedReply FakeLosant::pageReply(const QString &applicationId, const RecordedRequest &request) const
{
    const QString field = request.parameter(u"sortField"_s);
    const bool isDescending = request.parameter(u"sortDirection"_s) == "desc"_L1;
    const int perPage = request.parameter(u"perPage"_s).toInt();
    const int page = request.parameter(u"page"_s).toInt();
    // `*` is all that the API names.
    const QRegularExpression glob(
        QRegularExpression::anchoredPattern(
            QRegularExpression::escape(request.parameter(u"filter"_s)).replace(u"\\*"_s, u".*"_s)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);

    std::vector<QJsonObject> rows;
    const QJsonArray &all = m_credentials.at(applicationId);
    for (const QJsonValue &value : all) {
        const QString filtered = value[request.parameter(u"filterField"_s)].toString();
        if (!request.hasParameter(u"filter"_s) || glob.match(filtered).hasMatch())
            rows.push_back(value.toObject());
    }
    std::ranges::stable_sort(rows, [&](const QJsonObject &a, const QJsonObject &b) {
        const int order = QString::compare(a[field].toString(), b[field].toString());
        return isDescending ? order > 0 : order < 0;
    });
    QJsonArray items;
    for (int i = page * perPage; i < int(rows.size()) && items.size() < perPage; ++i)
        items.append(rows[std::size_t(i)]);
    return json({{u"items"_s, items},
                 {u"count"_s, items.size()},
                 {u"totalCount"_s, int(rows.size())},
                 {u"perPage"_s, perPage},
                 {u"page"_s, page},
                 {u"applicationId"_s, applicationId}});
}

ScriptedReply FakeLosant::create(const QString &applicationId, const RecordedRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    QJsonObject created =
        credential(body[u"name"_s].toString(), 0xffff + int(m_credentials[applicationId].size()),
                   body[u"type"_s].toString());
    created[u"applicationId"_s] = applicationId;
    created[u"creationDate"_s] = isoDate(QDateTime::currentDateTimeUtc());
    created[u"lastUpdated"_s] = created[u"creationDate"_s];
    m_credentials[applicationId].append(created);
    return json(created, 201);
}

ScriptedReply FakeLosant::one(const QString &applicationId, const QString &credentialId,
                              const RecordedRequest &request)
{
    QJsonArray &all = m_credentials[applicationId];
    const auto found = std::ranges::find_if(
        all, [&](const QJsonValue &credential) { return credential[u"id"_s] == credentialId; });
    if (found == all.end())
        return error(404, u"Credential was not found"_s);
    QJsonObject credential = found->toObject();
    if (request.method == "DELETE") {
        all.erase(found);
        return json({{u"success"_s, true}});
    }
    if (request.method == "PATCH") {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        for (auto entry = body.begin(); entry != body.end(); ++entry)
            credential[entry.key()] = entry.value();
        credential[u"lastUpdated"_s] = isoDate(QDateTime::currentDateTimeUtc());
        *found = credential;
    }
    ScriptedReply reply = json(credential);
    reply.headers = {
        {"Date", QLocale::c()
                     .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                     .toLatin1()}};
    return reply;
}
