// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"

#include "api/jsonanswer.h"
#include "api/jsontext.h"
#include "domain/textbounds.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <simdjson.h>

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;
namespace ondemand = simdjson::ondemand;

namespace {

/// Texts that many items of a page have in common, kept in memory once.
class CommonTexts
{
public:
    QString read(ondemand::value value)
    {
        const std::string_view token = value.raw_json_token();
        const auto found = std::ranges::find(m_texts, token, &Text::token);
        if (found != m_texts.end())
            return found->text;
        QString text = readText(value);
        if (m_texts.size() < most)
            m_texts.push_back({token, text});
        return text;
    }

private:
    static constexpr std::size_t most = 64;

    struct Text
    {
        std::string_view token; ///< as it stands in the document
        QString text;
    };

    std::vector<Text> m_texts;
};

std::optional<qint64> readTime(ondemand::value value)
{
    std::string_view text;
    if (value.get_string().get(text))
        return std::nullopt;
    return LosantJson::readDate(text);
}

/// No more than can be paged through: the rows of the last page still have a number.
std::optional<int> readCount(ondemand::value value)
{
    constexpr int64_t most = 1'000'000'000;
    int64_t count = 0;
    if (value.get_int64().get(count) || count < 0)
        return std::nullopt;
    return int(std::min(count, most));
}

Credential readCredentialObject(ondemand::object object, CommonTexts &common)
{
    Credential credential;
    std::vector<std::pair<std::string_view, std::string_view>> configs; // the type may come after them
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        if (key == "name"sv) {
            credential.name = readText(value);
        } else if (key == "type"sv) {
            credential.type = common.read(value);
        } else if (key == "enabled"sv) {
            bool enabled = false;
            if (!value.get_bool().get(enabled))
                credential.enabled = enabled;
        } else if (key == "id"sv) {
            credential.id = readId(value);
        } else if (key == "applicationId"sv) {
            credential.applicationId = common.read(value);
        } else if (key == "description"sv) {
            credential.description = readText(value);
        } else if (key == "creationDate"sv) {
            credential.creationDate = readTime(value);
        } else if (key == "lastUpdated"sv) {
            credential.lastUpdated = readTime(value);
        } else if (key == "createdById"sv) {
            credential.createdById = common.read(value);
        } else if (key == "createdByType"sv) {
            credential.createdByType = common.read(value);
        } else if (key == "lastUpdatedById"sv) {
            credential.lastUpdatedById = common.read(value);
        } else if (key == "lastUpdatedByType"sv) {
            credential.lastUpdatedByType = common.read(value);
        } else if (key.ends_with("Config"sv)) {
            ondemand::object config;
            if (!value.get_object().get(config))
                configs.emplace_back(key, config.raw_json().value());
        }
    }
    if (!configs.empty()) {
        auto own = configs.begin();
        if (configs.size() > 1) {
            const QByteArray key = credential.type.toUtf8() + "Config";
            const auto found =
                std::ranges::find(configs, std::string_view(key.constData(), std::size_t(key.size())),
                                  &decltype(configs)::value_type::first);
            if (found != configs.end())
                own = found;
        }
        credential.config = QByteArray(own->second.data(), qsizetype(own->second.size()));
    }
    return credential;
}

/// Of something that is listed, sorted and searched with all others of its kind.
QString readListedName(ondemand::value value)
{
    return firstCharacters(readText(value), maxListedCharacters);
}

Application readApplicationObject(ondemand::object object)
{
    Application application;
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        if (key == "id"sv) {
            application.id = readId(value);
        } else if (key == "name"sv) {
            application.name = readListedName(value);
        } else if (key == "ownerId"sv) {
            application.ownerId = readListedName(value);
        } else if (key == "ownerType"sv) {
            const QString owner = readText(value);
            if (owner == "user"_L1)
                application.owner = Application::Owner::User;
            else if (owner == "organization"_L1)
                application.owner = Application::Owner::Organization;
        } else if (key == "organizationName"sv) {
            application.organizationName = readListedName(value);
        } else if (key == "summary"sv) {
            ondemand::object summary;
            ondemand::value count;
            if (!value.get_object().get(summary) && !summary["credentialCount"].get(count))
                application.credentialCount = readCount(count);
        }
    }
    return application;
}

Account readAccountObject(ondemand::object object)
{
    Account account;
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        if (key == "id"sv || (key == "userId"sv && account.id.isEmpty()))
            account.id = readText(value);
        else if (key == "email"sv)
            account.email = readText(value);
        else if (key == "fullName"sv)
            account.fullName = readText(value);
    }
    return account;
}

template<typename Page, typename Read>
Result<Page> readPage(const ApiAnswer &answer, Read readItem)
{
    bool isTooLong = false;
    auto result = readRoot<Page>(answer, [&](ondemand::object root) -> std::optional<Page> {
        Page page;
        bool hasItems = false;
        for (ondemand::field field : root) {
            const std::string_view key = keyOf(field);
            ondemand::value value = field.value();
            if (key == "items"sv) {
                page.items.clear();
                int count = 0;
                for (ondemand::value item : value.get_array()) {
                    isTooLong = ++count > LosantJson::maxPageItems;
                    if (isTooLong)
                        return std::nullopt;
                    ondemand::object object;
                    if (!item.get_object().get(object))
                        page.items.push_back(readItem(object));
                }
                hasItems = true;
            } else if (key == "totalCount"sv) {
                page.totalCount = readCount(value).value_or(0);
            }
        }
        page.totalCount = std::max(page.totalCount, int(page.items.size()));
        return hasItems ? std::optional(std::move(page)) : std::nullopt;
    });
    if (isTooLong)
        return unreadable(answer, QCoreApplication::translate("LosantJson", "A page has %1 items at most.")
                                      .arg(LosantJson::maxPageItems));
    return result;
}

} // namespace

Result<CredentialPage> LosantJson::readCredentialPage(const ApiAnswer &answer)
{
    CommonTexts common;
    auto page = readPage<CredentialPage>(
        answer, [&common](ondemand::object object) { return readCredentialObject(object, common); });
    if (page)
        page->clockOffset = answer.clockOffset;
    return page;
}

Result<Credential> LosantJson::readCredential(const ApiAnswer &answer)
{
    return readRoot<Credential>(answer, [](ondemand::object root) {
        CommonTexts common;
        return std::optional(readCredentialObject(root, common));
    });
}

Result<void> LosantJson::readDeleted(const ApiAnswer &answer)
{
    if (answer.httpStatus == 204)
        return {};
    const auto deleted = readRoot<bool>(answer, [](ondemand::object root) {
        bool isSuccess = false;
        for (ondemand::field field : root) {
            if (keyOf(field) == "success"sv && field.value().get_bool().get(isSuccess))
                isSuccess = false;
        }
        return isSuccess ? std::optional(true) : std::nullopt;
    });
    return deleted.map([](bool) {});
}

Result<ApplicationPage> LosantJson::readApplicationPage(const ApiAnswer &answer)
{
    return readPage<ApplicationPage>(answer, readApplicationObject);
}

Result<Application> LosantJson::readApplication(const ApiAnswer &answer)
{
    return readRoot<Application>(answer, [](ondemand::object root) {
        Application application = readApplicationObject(root);
        return application.id.isEmpty() ? std::nullopt : std::optional(std::move(application));
    });
}

Result<Account> LosantJson::readAccount(const ApiAnswer &answer)
{
    return readRoot<Account>(answer,
                             [](ondemand::object root) { return std::optional(readAccountObject(root)); });
}

Result<SignedIn> LosantJson::readSignedIn(const ApiAnswer &answer)
{
    return readRoot<SignedIn>(answer, [](ondemand::object root) {
        SignedIn signedIn;
        for (ondemand::field field : root) {
            const std::string_view key = keyOf(field);
            ondemand::value value = field.value();
            if (key == "token"sv)
                signedIn.token = readText(value).toUtf8();
            else if (key == "needsToVerifyEmail"sv && value.get_bool().get(signedIn.needsToVerifyEmail))
                signedIn.needsToVerifyEmail = false;
        }
        return signedIn.token.isEmpty() ? std::nullopt : std::optional(std::move(signedIn));
    });
}

Result<bool> LosantJson::readSsoDomain(const ApiAnswer &answer)
{
    if (answer.httpStatus == 204)
        return false;
    return readRoot<bool>(answer, [](ondemand::object root) {
        bool isSso = false;
        for (ondemand::field field : root)
            isSso |= keyOf(field) == "ssoType"sv && !readText(field.value()).isEmpty();
        return isSso ? std::optional(true) : std::nullopt;
    });
}

ApiError LosantJson::readError(const QByteArray &body)
{
    ApiError error;
    if (body.size() > maxErrorSize)
        return error;
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    error.serverType = root["type"_L1].toString();
    error.serverMessage = root["message"_L1].toString();
    const QJsonArray problems = root["validationErrors"_L1].toArray();
    for (const QJsonValue problem : problems) {
        QString field = problem["name"_L1].toString();
        if (field.isEmpty())
            field = problem["id"_L1].toString();
        const QString message = problem["message"_L1].toString();
        if (!field.isEmpty() || !message.isEmpty())
            error.fieldProblems.push_back({field, message});
        if (error.fieldProblems.size() == maxFieldProblems)
            break;
    }
    return error;
}

std::optional<qint64> LosantJson::readDate(std::string_view text)
{
    // The form that the API writes, 2016-06-13T04:00:00.000Z, without the cost of a general parser.
    const auto number = [text](std::size_t from, std::size_t length) {
        int n = -1;
        const char *end = text.data() + from + length;
        const auto read = std::from_chars(text.data() + from, end, n);
        return read.ptr == end && text[from] != '-' ? n : -1;
    };
    if (text.size() == 24 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
        text[16] == ':' && text[19] == '.' && text[23] == 'Z') {
        using namespace std::chrono;
        const int y = number(0, 4);
        const year_month_day date(year(y), month(unsigned(number(5, 2))), day(unsigned(number(8, 2))));
        const int h = number(11, 2), m = number(14, 2), s = number(17, 2), ms = number(20, 3);
        if (y > 0 && date.ok() && h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60 && ms >= 0) {
            const auto time = sys_days(date) + hours(h) + minutes(m) + seconds(s) + milliseconds(ms);
            return qint64(duration_cast<milliseconds>(time.time_since_epoch()).count());
        }
    }
    const QDateTime date =
        QDateTime::fromString(QString::fromUtf8(text.data(), qsizetype(text.size())), Qt::ISODateWithMs);
    return date.isValid() ? std::optional(date.toMSecsSinceEpoch()) : std::nullopt;
}
