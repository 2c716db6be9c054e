// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxapi.h"

#include "sandbox/bodycheck.h"
#include "sandbox/samplelinks.h"
#include "sandbox/sampleorganizations.h"
#include "sandbox/sandboxquery.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView credentialSorts[] = {"creationDate"_L1, "name"_L1, "type"_L1, "lastUpdated"_L1};
constexpr QLatin1StringView credentialFilters[] = {"name"_L1, "type"_L1};
constexpr ListRules credentialRules = {credentialSorts, credentialFilters, true};

constexpr QLatin1StringView applicationSorts[] = {"name"_L1, "id"_L1, "creationDate"_L1, "ownerId"_L1,
                                                  "lastUpdated"_L1};
constexpr QLatin1StringView applicationFilters[] = {"name"_L1};
constexpr ListRules applicationRules = {applicationSorts, applicationFilters, false};

bool isBefore(const QString &field, const SandboxApplication &a, const SandboxApplication &b)
{
    if (field == "creationDate"_L1 && a.creationDate != b.creationDate)
        return a.creationDate < b.creationDate;
    if (field == "lastUpdated"_L1 && a.lastUpdated != b.lastUpdated)
        return a.lastUpdated < b.lastUpdated;
    if (field == "ownerId"_L1 && a.ownerId != b.ownerId)
        return a.ownerId < b.ownerId;
    if (field == "name"_L1) {
        if (const int result = a.name.toCaseFolded().compare(b.name.toCaseFolded()))
            return result < 0;
    }
    return a.id < b.id;
}

/// Whether the segments of a path are those of a pattern, where `*` stands for any one.
bool fits(const QList<QByteArray> &segments, const QList<QByteArray> &pattern)
{
    return std::ranges::equal(segments, pattern, [](const QByteArray &segment, const QByteArray &wanted) {
        return wanted == "*" ? !segment.isEmpty() : segment == wanted;
    });
}

bool isUnverified(const QString &email)
{
    const SandboxAuth::Account *account = SandboxAuth::findAccount(email);
    return account && account->isUnverified;
}

} // namespace

/// One request on its way to its endpoint, signed in where it has to be.
struct SandboxApi::Call
{
    const SandboxRequest &request;
    QHash<QString, QString> parameters;
    SandboxAuth::Grant grant;
    const SandboxApplication *application = nullptr;
    SandboxCredential *credential = nullptr;
};

/// One method of one path. A token needs one of the scopes: those for everything of the kind, or those of the
/// endpoint itself.
struct SandboxApi::Endpoint
{
    enum class Access {
        Everybody, ///< without a token
        Particular,
        ReadsApplications,
        WritesApplications,
    };

    const char *method;
    const char *path;
    Handler handler;
    Access access;
    const char *scopes = "";

    bool permits(const QStringList &granted) const;
};

const SandboxApi::Endpoint SandboxApi::endpoints[] = {
    {"GET", "/me", &SandboxApi::me, Endpoint::Access::Particular,
     "all.User all.User.read all.User.bounded all.User.cli only.User only.User.read only.User.bounded "
     "me.* me.get"},
    {"POST", "/auth/user", &SandboxApi::signIn, Endpoint::Access::Everybody},
    {"GET", "/auth/ssoDomain", &SandboxApi::ssoDomain, Endpoint::Access::Everybody},
    {"GET", "/applications", &SandboxApi::applications, Endpoint::Access::Particular,
     "all.Organization all.Organization.read all.Organization.bounded all.User all.User.read "
     "all.User.bounded all.User.cli applications.* applications.get"},
    {"GET", "/applications/*", &SandboxApi::application, Endpoint::Access::ReadsApplications,
     "all.User.cli only.Organization only.Organization.read only.Organization.bounded application.* "
     "application.get"},
    {"GET", "/applications/*/credentials", &SandboxApi::credentials, Endpoint::Access::ReadsApplications,
     "credentials.* credentials.get"},
    {"POST", "/applications/*/credentials", &SandboxApi::createCredential,
     Endpoint::Access::WritesApplications, "credentials.* credentials.post"},
    {"GET", "/applications/*/credentials/*", &SandboxApi::credential, Endpoint::Access::ReadsApplications,
     "credential.* credential.get"},
    {"PATCH", "/applications/*/credentials/*", &SandboxApi::changeCredential,
     Endpoint::Access::WritesApplications, "credential.* credential.patch"},
    {"DELETE", "/applications/*/credentials/*", &SandboxApi::deleteCredential,
     Endpoint::Access::WritesApplications, "credential.* credential.delete"},
    {"GET", "/applications/*/credentials/*/linkedResources", &SandboxApi::linkedResources,
     Endpoint::Access::ReadsApplications, "credential.* credential.linkedResources"},
    {"GET", "/orgs/*", &SandboxApi::organization, Endpoint::Access::Particular,
     "all.Organization all.Organization.read all.Organization.bounded all.User all.User.read "
     "all.User.bounded org.* org.get"},
};

bool SandboxApi::Endpoint::permits(const QStringList &granted) const
{
    QStringList accepted = QString::fromLatin1(scopes).split(u' ');
    if (access == Access::ReadsApplications || access == Access::WritesApplications) {
        for (const auto of : {"all.Application"_L1, "all.Organization"_L1, "all.User"_L1}) {
            accepted += {of, of + ".bounded"_L1};
            if (access == Access::ReadsApplications)
                accepted += of + ".read"_L1;
        }
    }
    return std::ranges::any_of(granted,
                               [&accepted](const QString &scope) { return accepted.contains(scope); });
}

SandboxApi::SandboxApi(SampleData samples, const QByteArray &token, const QByteArray &password)
    : m_store(samples), m_auth(token, password)
{
}

SandboxAnswer SandboxApi::answer(const SandboxRequest &request)
{
    const QList<QByteArray> segments = request.path.split('/');
    const Endpoint *endpoint = nullptr;
    QByteArray allow;
    for (const Endpoint &candidate : endpoints) {
        if (!fits(segments, QByteArray(candidate.path).split('/')))
            continue;
        allow += (allow.isEmpty() ? "" : ", ") + QByteArray(candidate.method);
        if (request.method == candidate.method)
            endpoint = &candidate;
    }
    if (allow.isEmpty())
        return errorAnswer(404, u"NotFound"_s, u"There is nothing at this path."_s);
    if (!endpoint) {
        SandboxAnswer answer = errorAnswer(405, u"MethodNotAllowed"_s,
                                           u"This path knows only "_s + QLatin1StringView(allow) + u'.');
        answer.allow = allow;
        return answer;
    }
    if (request.body.size() > maxBodySize)
        return tooLargeAnswer();

    Call call{request};
    if (endpoint->access != Endpoint::Access::Everybody) {
        const auto grant = m_auth.grant(request.authorization);
        if (!grant)
            return errorAnswer(401, u"Unauthorized"_s, u"A valid access token is required."_s);
        if (!endpoint->permits(grant->scopes)) {
            return errorAnswer(403, u"Forbidden"_s,
                               u"The access token has none of the scopes that this needs."_s);
        }
        call.grant = *grant;
    }
    const auto parameters = queryParameters(request.query);
    if (!parameters)
        return errorAnswer(400, u"Validation"_s, u"The query must be percent-encoded UTF-8."_s);
    call.parameters = *parameters;

    if (segments.size() > 2 && segments[1] == "applications") {
        call.application = m_store.findApplication(segments[2]);
        if (!call.application)
            return errorAnswer(404, u"NotFound"_s, u"Application not found."_s);
    }
    if (segments.size() > 4) {
        call.credential = m_store.credentials(*call.application).find(segments[4].toLower());
        if (!call.credential)
            return errorAnswer(404, u"NotFound"_s, u"Credential not found."_s);
    }
    return (this->*endpoint->handler)(call);
}

SandboxAnswer SandboxApi::me(const Call &call)
{
    const SandboxAuth::Account *account = SandboxAuth::findAccount(call.grant.email);
    return objectAnswer(200, {
                                 {"id"_L1, sandboxUser.id},
                                 {"userId"_L1, sandboxUser.id},
                                 {"creationDate"_L1, u"2019-04-09T09:15:00.000Z"_s},
                                 {"lastUpdated"_L1, u"2024-02-29T12:00:00.000Z"_s},
                                 {"email"_L1, call.grant.email},
                                 {"firstName"_L1, u"Ada"_s},
                                 {"lastName"_L1, u"Example"_s},
                                 {"fullName"_L1, u"Ada Example"_s},
                                 {"companyName"_L1, u"Acme Corp"_s},
                                 {"emailVerified"_L1, !isUnverified(call.grant.email)},
                                 {"needsToVerifyEmail"_L1, isUnverified(call.grant.email)},
                                 {"twoFactorAuthEnabled"_L1, account && account->wantsTwoFactor},
                                 {"ssoLinked"_L1, false},
                             });
}

SandboxAnswer SandboxApi::signIn(const Call &call)
{
    const auto body = jsonObject(call.request.body);
    if (!body)
        return notJsonAnswer();
    const SignInBody checked = checkSignIn(*body);
    if (!checked.problems.empty())
        return problemsAnswer(checked.problems);

    const auto [refusal, token] = m_auth.signIn(checked.email, checked.password, checked.twoFactorCode,
                                                checked.scopes, checked.secondsToLive);
    if (!refusal) {
        return objectAnswer(200, {{"userId"_L1, sandboxUser.id},
                                  {"token"_L1, QString::fromLatin1(token)},
                                  {"needsToVerifyEmail"_L1, isUnverified(checked.email)}});
    }
    switch (*refusal) {
    case SandboxAuth::Refusal::Locked:
        return errorAnswer(401, u"AccountLocked"_s, u"This account is locked after too many tries."_s);
    case SandboxAuth::Refusal::TwoFactorMissing:
        return errorAnswer(401, u"Unauthorized"_s, u"A two-factor code is required."_s);
    case SandboxAuth::Refusal::WrongTwoFactor:
        return errorAnswer(401, u"Unauthorized"_s, u"The two-factor code is not valid."_s);
    case SandboxAuth::Refusal::WrongPassword:
        break;
    }
    return errorAnswer(401, u"Unauthorized"_s, u"The email or the password is not correct."_s);
}

SandboxAnswer SandboxApi::ssoDomain(const Call &call)
{
    const QString email = call.parameters.value("email"_L1);
    if (!SandboxAuth::isEmail(email))
        return problemsAnswer({{u"email"_s, u"email must be an email address."_s}});
    if (!SandboxAuth::isSso(email))
        return {204};
    return objectAnswer(200,
                        {{"ssoType"_L1, u"SAML"_s},
                         {"ssoRequest"_L1, u"https://sso.example.com/saml?SAMLRequest=ZXhhbXBsZQ%3D%3D"_s}});
}

SandboxAnswer SandboxApi::applications(const Call &call)
{
    const auto [query, problems] = listQuery(call.parameters, applicationRules);
    if (!problems.empty())
        return problemsAnswer(problems);

    const bool isOneOwner = call.parameters.contains("orgId"_L1);
    const QString organization = call.parameters.value("orgId"_L1).toLower();
    const QString glob = query.filterField.isEmpty() ? QString() : query.filter.toCaseFolded();
    std::vector<const SandboxApplication *> found;
    for (const SandboxApplication &application : m_store.applications()) {
        const QString owner =
            application.organizationName.isEmpty() ? QString() : QString(application.ownerId);
        if (isOneOwner && owner != organization)
            continue;
        if (glob.isEmpty() || globMatches(glob, application.name.toCaseFolded()))
            found.push_back(&application);
    }
    std::ranges::sort(found, [&query = query](const SandboxApplication *a, const SandboxApplication *b) {
        return query.isDescending ? isBefore(query.sortField, *b, *a) : isBefore(query.sortField, *a, *b);
    });

    QJsonArray items;
    const qint64 total = qint64(found.size());
    const qint64 first = query.page > total / query.perPage ? total : query.page * query.perPage;
    for (qint64 index = first; index < std::min(total, first + query.perPage); ++index)
        items.append(applicationObject(*found[std::size_t(index)]));
    QJsonObject answer = listAnswer(query, items.size(), total);
    answer["items"_L1] = items;
    return objectAnswer(200, answer);
}

SandboxAnswer SandboxApi::application(const Call &call)
{
    return objectAnswer(200, applicationObject(*call.application));
}

SandboxAnswer SandboxApi::credentials(const Call &call)
{
    const auto [query, problems] = listQuery(call.parameters, credentialRules);
    if (!problems.empty())
        return problemsAnswer(problems);

    const CredentialTable::Page page = m_store.credentials(*call.application).page(query);
    QJsonObject rest = listAnswer(query, qsizetype(page.rows.size()), page.total);
    rest["applicationId"_L1] = QString::fromLatin1(call.application->id);

    QByteArray body = "{\"items\":[";
    for (SandboxCredential *credential : page.rows) {
        if (credential != page.rows.front())
            body += ',';
        body += credentialJson(*credential, call.application->id);
    }
    body += "]," + QJsonDocument(rest).toJson(QJsonDocument::Compact).mid(1);
    return {200, body};
}

SandboxAnswer SandboxApi::createCredential(const Call &call)
{
    const auto body = jsonObject(call.request.body);
    if (!body)
        return notJsonAnswer();
    const CheckedBody checked = checkPost(*body);
    if (!checked.problems.empty())
        return problemsAnswer(checked.problems);
    CredentialTable &table = m_store.credentials(*call.application);
    if (table.findName(*checked.name))
        return nameTakenAnswer(*checked.name);

    SandboxCredential credential;
    credential.id = m_store.newCredentialId();
    credential.name = *checked.name;
    credential.description = checked.description.value_or(QString());
    credential.enabled = checked.enabled.value_or(true);
    credential.type = checked.type;
    credential.config = checked.config;
    credential.creationDate = m_store.nextDate();
    credential.lastUpdated = credential.creationDate;
    return {201, credentialJson(table.insert(std::move(credential)), call.application->id)};
}

SandboxAnswer SandboxApi::credential(const Call &call)
{
    return {200, credentialJson(*call.credential, call.application->id)};
}

SandboxAnswer SandboxApi::changeCredential(const Call &call)
{
    const auto body = jsonObject(call.request.body);
    if (!body)
        return notJsonAnswer();
    SandboxCredential changed = *call.credential;
    const CheckedBody checked = checkPatch(*body, *changed.type, readableConfig(changed));
    if (!checked.problems.empty())
        return problemsAnswer(checked.problems);
    CredentialTable &table = m_store.credentials(*call.application);
    if (checked.name && *checked.name != changed.name && table.findName(*checked.name))
        return nameTakenAnswer(*checked.name);

    changed.name = checked.name.value_or(changed.name);
    changed.description = checked.description.value_or(changed.description);
    changed.enabled = checked.enabled.value_or(changed.enabled);
    if (checked.config)
        changed.config = checked.config;
    changed.lastUpdated = m_store.nextDate();
    changed.lastUpdatedBy = sandboxUser;
    return {200, credentialJson(table.update(std::move(changed)), call.application->id)};
}

SandboxAnswer SandboxApi::deleteCredential(const Call &call)
{
    m_store.credentials(*call.application).remove(QByteArray(call.credential->id));
    return objectAnswer(200, {{"success"_L1, true}});
}

SandboxAnswer SandboxApi::linkedResources(const Call &call)
{
    return objectAnswer(200, SampleLinks::linkedResources(*call.credential, call.application->id));
}

SandboxAnswer SandboxApi::organization(const Call &call)
{
    const SampleOrganization *found = findSampleOrganization(call.request.path.split('/').last());
    if (!found)
        return errorAnswer(404, u"NotFound"_s, u"Organization not found."_s);
    QJsonArray members;
    for (const SampleMember &member : found->members) {
        members.append(QJsonObject{{"userId"_L1, member.userId},
                                   {"firstName"_L1, QString::fromUtf8(member.firstName)},
                                   {"lastName"_L1, QString::fromUtf8(member.lastName)},
                                   {"email"_L1, member.email},
                                   {"role"_L1, member.role}});
    }
    return objectAnswer(200, {{"id"_L1, found->id},
                              {"orgId"_L1, found->id},
                              {"creationDate"_L1, u"2019-04-09T09:20:00.000Z"_s},
                              {"lastUpdated"_L1, u"2024-02-29T12:00:00.000Z"_s},
                              {"name"_L1, QString::fromUtf8(found->name)},
                              {"members"_L1, members}});
}

QJsonObject SandboxApi::applicationObject(const SandboxApplication &application) const
{
    const QString id = QString::fromLatin1(application.id);
    QJsonObject object{
        {"id"_L1, id},
        {"applicationId"_L1, id},
        {"name"_L1, application.name},
        {"description"_L1, application.description},
        {"ownerId"_L1, application.ownerId},
        {"ownerType"_L1, application.organizationName.isEmpty() ? "user"_L1 : "organization"_L1},
        {"creationDate"_L1, isoDate(application.creationDate)},
        {"lastUpdated"_L1, isoDate(application.lastUpdated)},
        {"summary"_L1, QJsonObject{{"credentialCount"_L1, m_store.credentialCount(application)}}},
    };
    if (!application.organizationName.isEmpty())
        object["organizationName"_L1] = application.organizationName;
    if (const QJsonObject archive = SampleLinks::archiveConfig(application); !archive.isEmpty())
        object["archiveConfig"_L1] = archive;
    return object;
}
