// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "api/apianswer.h"
#include "api/losantjson.h"
#include "domain/pagequery.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

// The input is the body of an answer, read as every kind of answer there is. Where another JSON parser can
// read it too, both must agree.

using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(const QByteArray &text)
{
    return {text.constData(), std::size_t(text.size())};
}

ApiAnswer answerOf(const QByteArray &body)
{
    return {.httpStatus = 200, .body = body};
}

template<typename T>
void checkError(const Result<T> &result)
{
    must(result || (result.error().kind == ApiError::Kind::Protocol && result.error().httpStatus == 200),
         "a body that can't be read is a Protocol error of its status");
}

std::optional<int> countOf(const QJsonValue &value)
{
    const qint64 count = value.toInteger(-1);
    return count < 0 ? std::nullopt : std::optional(int(std::min<qint64>(count, 1'000'000'000)));
}

std::optional<qint64> timeOf(const QJsonValue &value)
{
    return value.isString() ? LosantJson::readDate(viewOf(value.toString().toUtf8())) : std::nullopt;
}

QJsonObject configOf(const QJsonObject &credential)
{
    const QString own = credential["type"_L1].toString() + "Config"_L1;
    if (credential[own].isObject())
        return credential[own].toObject();
    for (auto it = credential.begin(); it != credential.end(); ++it) {
        if (it.key().endsWith("Config"_L1) && it->isObject())
            return it->toObject();
    }
    return {};
}

std::size_t leafCount(const QJsonObject &object)
{
    std::size_t count = 0;
    for (const QJsonValue &value : object)
        count += value.isObject() ? leafCount(value.toObject()) : value.isNull() ? 0 : 1;
    return count;
}

void compare(const Credential &credential, const QJsonObject &wanted)
{
    must(credential.id == wanted["id"_L1].toString(), "id");
    must(credential.applicationId == wanted["applicationId"_L1].toString(), "application");
    must(credential.name == wanted["name"_L1].toString(), "name");
    must(credential.description == wanted["description"_L1].toString(), "description");
    must(credential.type == wanted["type"_L1].toString(), "type");
    must(credential.createdById == wanted["createdById"_L1].toString(), "creator");
    must(credential.createdByType == wanted["createdByType"_L1].toString(), "kind of creator");
    const QJsonValue enabled = wanted["enabled"_L1];
    must(credential.enabled == (enabled.isBool() ? std::optional(enabled.toBool()) : std::nullopt),
         "enabled");
    must(credential.creationDate == timeOf(wanted["creationDate"_L1]), "creation date");
    must(credential.lastUpdated == timeOf(wanted["lastUpdated"_L1]), "last update");
    const QJsonObject config = configOf(wanted);
    must(QJsonDocument::fromJson(credential.config).object() == config, "configuration");
    must(LosantJson::readConfig(credential.config).values.size() == leafCount(config), "values of it");
}

void compare(const Application &application, const QJsonObject &wanted)
{
    must(application.id == wanted["id"_L1].toString(), "id");
    must(application.name == wanted["name"_L1].toString(), "name");
    must(application.ownerId == wanted["ownerId"_L1].toString(), "owner");
    must(application.organizationName == wanted["organizationName"_L1].toString(), "organization");
    must(application.credentialCount == countOf(wanted["summary"_L1]["credentialCount"_L1]), "count");
    const QString owner = wanted["ownerType"_L1].toString();
    must((application.owner == Application::Owner::User) == (owner == "user"_L1), "owned by a user");
    must((application.owner == Application::Owner::Organization) == (owner == "organization"_L1),
         "owned by an organization");
}

template<typename Page>
void comparePage(const Result<Page> &page, const QJsonObject &wanted)
{
    must(page.has_value() == wanted["items"_L1].isArray(), "a page is a document with items");
    if (!page)
        return;
    std::size_t count = 0;
    const QJsonArray items = wanted["items"_L1].toArray();
    for (const QJsonValue &item : items) {
        if (!item.isObject())
            continue;
        must(count < page->items.size(), "no item is lost");
        compare(page->items[count], item.toObject());
        ++count;
    }
    must(page->items.size() == count, "no item is made up");
    must(page->totalCount == std::max(int(count), countOf(wanted["totalCount"_L1]).value_or(0)), "total");
}

/// Any page that the total promises can be asked for, and every row of it has a number.
void checkCount(int totalCount)
{
    for (const int perPage : PageQuery::pageSizes) {
        PageQuery query{.perPage = perPage};
        query = query.onPage(query.pageCount(totalCount) - 1);
        must(query.firstRow() <= std::numeric_limits<int>::max() - perPage, "the last row has a number");
    }
}

void checkDate(const QByteArray &text)
{
    const auto date = LosantJson::readDate(viewOf(text));
    const QDateTime other = QDateTime::fromString(QString::fromUtf8(text), Qt::ISODateWithMs);
    must(date.has_value() == other.isValid(), "a date is one to Qt too");
    must(!date || *date == other.toMSecsSinceEpoch(), "and the same one");
}

void checkAgreement(const QJsonObject &wanted)
{
    const ApiAnswer answer = answerOf(QJsonDocument(wanted).toJson(QJsonDocument::Compact));
    comparePage(LosantJson::readCredentialPage(answer), wanted);
    comparePage(LosantJson::readApplicationPage(answer), wanted);

    const auto credential = LosantJson::readCredential(answer);
    must(credential.has_value(), "any object is a credential, perhaps one of gaps");
    compare(*credential, wanted);

    const auto application = LosantJson::readApplication(answer);
    must(application.has_value() == !wanted["id"_L1].toString().isEmpty(), "an application has an id");
    if (application)
        compare(*application, wanted);

    const auto account = LosantJson::readAccount(answer);
    must(account && account->email == wanted["email"_L1].toString() &&
             account->fullName == wanted["fullName"_L1].toString(),
         "account");

    const auto signedIn = LosantJson::readSignedIn(answer);
    const QByteArray token = wanted["token"_L1].toString().toUtf8();
    must(signedIn.has_value() == !token.isEmpty(), "who signed in has a token");
    must(!signedIn || signedIn->token == token, "token");
    must(LosantJson::readSsoDomain(answer).has_value() == !wanted["ssoType"_L1].toString().isEmpty(),
         "a domain of single sign-on has a type");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = bytesOf(data, size);
    const ApiAnswer answer = answerOf(body);

    const auto page = LosantJson::readCredentialPage(answer);
    checkError(page);
    if (page) {
        must(page->totalCount >= int(page->items.size()), "the total is no less than the items");
        checkCount(page->totalCount);
        for (const Credential &credential : page->items) {
            must(credential.config.isEmpty() || credential.config.startsWith('{'),
                 "a configuration is an object");
            (void)LosantJson::readConfig(credential.config);
        }
    }
    checkError(LosantJson::readCredential(answer));
    checkError(LosantJson::readApplicationPage(answer));
    checkError(LosantJson::readApplication(answer));
    checkError(LosantJson::readAccount(answer));
    checkError(LosantJson::readSignedIn(answer));
    checkError(LosantJson::readSsoDomain(answer));
    (void)LosantJson::readConfig(body);
    for (const auto &problem : LosantJson::readError(body).fieldProblems)
        must(!problem.field.isEmpty() || !problem.message.isEmpty(), "a problem says something");
    checkDate(body);

    // Qt's parser drops a byte order mark at the start of a text, sometimes.
    const bool hasMark = body.contains("\xEF\xBB\xBF") || body.toLower().contains("\\ufeff");
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject() && !hasMark)
        checkAgreement(document.object());
    return 0;
}
