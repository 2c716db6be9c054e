// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxquery.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int perPageMost = 1000;

std::optional<QString> decoded(QByteArray text)
{
    text.replace('+', ' ');
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString result = decoder(QByteArray::fromPercentEncoding(text));
    if (decoder.hasError())
        return std::nullopt;
    return result;
}

bool isOneOf(std::span<const QLatin1StringView> list, const QString &text)
{
    return std::ranges::find(list, text) != list.end();
}

QString listed(std::span<const QLatin1StringView> list)
{
    QString text;
    for (const QLatin1StringView entry : list)
        text += (text.isEmpty() ? ""_L1 : ", "_L1) + entry;
    return text;
}

} // namespace

std::optional<QHash<QString, QString>> queryParameters(const QByteArray &query)
{
    QHash<QString, QString> parameters;
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const auto key = decoded(pair.left(equals));
        const auto value = decoded(equals < 0 ? QByteArray() : pair.mid(equals + 1));
        if (!key || !value)
            return std::nullopt;
        if (!parameters.contains(*key))
            parameters.insert(*key, *value);
    }
    return parameters;
}

ListQuery listQuery(const QHash<QString, QString> &parameters, const ListRules &rules)
{
    ListQuery result;
    const auto refuse = [&result](QLatin1StringView name, const QString &message) {
        result.problems.push_back({name, message});
    };
    const auto number = [&](QLatin1StringView name, qint64 minimum, qint64 otherwise) {
        const QString text = parameters.value(name);
        if (text.isEmpty())
            return otherwise;
        bool isNumber = std::ranges::all_of(text, [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
        const qint64 value = isNumber ? text.toLongLong(&isNumber) : 0;
        if (!isNumber || value < minimum)
            refuse(name, u"%1 must be a whole number, %2 or more."_s.arg(name).arg(minimum));
        return value;
    };

    result.page.sortField = parameters.value("sortField"_L1);
    if (result.page.sortField.isEmpty())
        result.page.sortField = rules.sortFields.front();
    else if (!isOneOf(rules.sortFields, result.page.sortField))
        refuse("sortField"_L1, "sortField must be one of "_L1 + listed(rules.sortFields) + u'.');

    const QString direction = parameters.value("sortDirection"_L1).toLower();
    result.page.isDescending = direction.isEmpty() ? rules.isDescending : direction == "desc"_L1;
    if (!direction.isEmpty() && direction != "desc"_L1 && direction != "asc"_L1)
        refuse("sortDirection"_L1, u"sortDirection must be asc or desc."_s);

    result.page.page = number("page"_L1, 0, 0);
    result.page.perPage = int(std::min<qint64>(perPageMost, number("perPage"_L1, 1, 100)));

    result.page.filterField = parameters.value("filterField"_L1);
    result.page.filter = parameters.value("filter"_L1);
    if (!result.page.filterField.isEmpty() && !isOneOf(rules.filterFields, result.page.filterField))
        refuse("filterField"_L1, "filterField must be one of "_L1 + listed(rules.filterFields) + u'.');
    return result;
}

QJsonObject listAnswer(const SandboxPageQuery &query, qsizetype count, qsizetype total)
{
    QJsonObject answer{
        {"count"_L1, count},
        {"totalCount"_L1, total},
        {"perPage"_L1, query.perPage},
        {"page"_L1, query.page},
        {"sortField"_L1, query.sortField},
        {"sortDirection"_L1, query.isDescending ? "desc"_L1 : "asc"_L1},
    };
    if (!query.filterField.isEmpty())
        answer["filterField"_L1] = query.filterField;
    if (!query.filter.isEmpty())
        answer["filter"_L1] = query.filter;
    return answer;
}
