// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wrappedvalue.h"

#include "domain/straytext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using WrappedValue::Unwrapped;

constexpr qsizetype maxLength = 16'384; // no value of a type may be longer

/// What a name consists of that stands before a value of ours, in an environment, a script or a file.
constexpr QLatin1StringView nameWords[] = {
    "key"_L1,         "apikey"_L1,     "token"_L1,    "secret"_L1,     "password"_L1, "passwd"_L1,
    "pwd"_L1,         "pass"_L1,       "sid"_L1,      "uri"_L1,        "url"_L1,      "account"_L1,
    "host"_L1,        "user"_L1,       "username"_L1, "region"_L1,     "site"_L1,     "id"_L1,
    "credentials"_L1, "credential"_L1, "json"_L1,     "connection"_L1, "string"_L1,
};

bool isNameOfAValue(QStringView name)
{
    for (const QStringView word : name.split(u'_')) {
        if (std::ranges::any_of(nameWords, [word](QLatin1StringView known) {
                return word.compare(known, Qt::CaseInsensitive) == 0;
            }))
            return true;
    }
    return false;
}

bool isOneWord(QStringView text, qsizetype minimum)
{
    return text.size() >= minimum && std::ranges::none_of(text, [](QChar c) { return c.isSpace(); });
}

std::optional<QStringView> withoutQuotes(QStringView value)
{
    // What stands behind it in a list or a script goes too.
    if (value.size() > 3 && (value.back() == u',' || value.back() == u';'))
        value.chop(1);
    if (value.size() < 3)
        return std::nullopt;
    const QChar first = value.front();
    const QChar closing = first == u'\u201c' || first == u'\u201e' ? value.back() : first;
    const bool isPair = first == u'"' || first == u'\'' || first == u'`' ||
                        ((first == u'\u201c' || first == u'\u201e' || first == u'\u201d') &&
                         (value.back() == u'\u201d' || value.back() == u'\u201c'));
    if (!isPair || value.back() != closing)
        return std::nullopt;
    const QStringView core = value.sliced(1, value.size() - 2);
    return core.contains(first) || core.contains(closing) ? std::nullopt : std::optional(core);
}

/// Of names such as secretAccessKey, SECRET_ACCESS_KEY and secret-access-key the same.
QString plainName(QStringView name)
{
    return name.toString().remove(u'_').remove(u'-').remove(u'.').toLower();
}

std::optional<QStringView> withoutAssignment(QStringView value, QStringView name)
{
    static const QRegularExpression assignment(
        u"^(?<command>(?:export|set|setx|env|declare -x|-e|--env|ENV)\\s+|\\$env:|Environment=)?"
        "(?<name>[A-Za-z][A-Za-z0-9_.-]*)(?<before>\\s*)(?<sign>[=:])(?<after>\\s*)(?<value>.+)$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    // What a start reads is spared the time that loading what matches patterns takes.
    const auto isColonThenBlank = [](QChar first, QChar second) { return first == u':' && second.isSpace(); };
    if (!value.contains(u'=') && std::ranges::adjacent_find(value, isColonThenBlank) == value.end())
        return std::nullopt;
    const auto match = assignment.match(value);
    if (!match.hasMatch())
        return std::nullopt;
    const QStringView key = match.capturedView(u"name");
    const QStringView rest = match.capturedView(u"value");
    const bool hasBlankBefore = match.capturedLength(u"before") > 0;
    const bool hasBlankAfter = match.capturedLength(u"after") > 0;
    if (rest.startsWith(u'=') || rest.startsWith("//"_L1) ||
        (match.capturedView(u"sign") == u":" && !hasBlankAfter))
        return std::nullopt;
    constexpr qsizetype leastName = 4;
    if (match.capturedLength(u"command") > 0 ||
        (name.size() >= leastName && plainName(key).endsWith(plainName(name))))
        return rest;
    // `word=` may be the beginning of a password. SEVERAL_WORDS=, written as an environment variable is and
    // naming a kind of value, is the name of what follows.
    const bool isUpper = key.toString().toUpper() == key;
    if (key.contains(u'_') && isNameOfAValue(key) && (isUpper || (hasBlankBefore && hasBlankAfter)))
        return rest;
    return std::nullopt;
}

std::optional<QStringView> withoutHeaderName(QStringView value, QStringView name)
{
    const qsizetype colon = value.indexOf(u':');
    if (colon < 3 || colon + 1 >= value.size() || value.size() - colon < 3)
        return std::nullopt;
    const QStringView key = value.first(colon).trimmed();
    const bool isKnown = key.compare("Authorization"_L1, Qt::CaseInsensitive) == 0 ||
                         key.compare("Proxy-Authorization"_L1, Qt::CaseInsensitive) == 0 ||
                         (key.startsWith("X-"_L1, Qt::CaseInsensitive) && value[colon + 1].isSpace()) ||
                         (!name.isEmpty() && key.compare(name, Qt::CaseInsensitive) == 0);
    return isKnown ? std::optional(value.sliced(colon + 1).trimmed()) : std::nullopt;
}

std::optional<QStringView> withoutScheme(QStringView value)
{
    constexpr qsizetype leastToken = 8;
    for (const QLatin1StringView scheme : {"Bearer"_L1, "Basic"_L1}) {
        if (!value.startsWith(scheme, Qt::CaseInsensitive) || value.size() <= scheme.size() ||
            !value[scheme.size()].isSpace())
            continue;
        const QStringView token = value.sliced(scheme.size()).trimmed();
        if (isOneWord(token, leastToken))
            return token;
    }
    return std::nullopt;
}

std::optional<QString> outOfJson(QStringView value)
{
    QJsonObject object;
    if (value.startsWith(u'{')) {
        object = QJsonDocument::fromJson(value.toUtf8()).object();
    } else if (value.startsWith(u'"')) {
        // A line of an object.
        QStringView line = value;
        if (line.endsWith(u','))
            line.chop(1);
        const QByteArray json = '{' + line.toUtf8() + '}';
        object = QJsonDocument::fromJson(json).object();
    }
    QString found;
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        QString key = entry.key();
        for (qsizetype i = key.size() - 1; i > 0; --i) { // apiKey, access-token
            if (key[i] == u'-')
                key[i] = u'_';
            else if (key[i].isUpper() && key[i - 1].isLower())
                key.insert(i, u'_');
        }
        const bool isValue = entry->isString() && (isNameOfAValue(key) || key == "value"_L1);
        if (isValue && !found.isEmpty())
            return std::nullopt; // which one?
        if (isValue)
            found = entry->toString();
    }
    return found.isEmpty() ? std::nullopt : std::optional(found);
}

} // namespace

std::optional<Unwrapped> WrappedValue::unwrapped(QStringView value, Place place, QStringView name)
{
    constexpr int maxLayers = 6;
    if (value.size() > maxLength)
        return std::nullopt;
    std::optional<Unwrapped> result;
    QString core = StrayText::trimmed(value).toString();
    const auto take = [&](Wrapping wrapping, QStringView within) {
        core = StrayText::trimmed(within).toString();
        if (!result)
            result = Unwrapped{wrapping, {}};
    };
    for (int layer = 0; layer < maxLayers; ++layer) {
        // A value in a header may be in quotes by itself.
        const bool mayHaveQuotes = place == Place::HeaderValue && !result;
        if (place != Place::Json && place != Place::HeaderValue) {
            if (const auto scheme = withoutScheme(core)) {
                take(Wrapping::Scheme, QString(scheme->toString()));
                continue;
            }
        }
        if (const auto json = place == Place::Value ? outOfJson(core) : std::nullopt)
            take(Wrapping::Json, *json);
        else if (const auto quotes = mayHaveQuotes ? std::nullopt : withoutQuotes(core))
            take(Wrapping::Quotes, QString(quotes->toString()));
        else if (const auto header =
                     place == Place::Json
                         ? std::nullopt
                         : withoutHeaderName(core, place == Place::HeaderValue ? name : QStringView()))
            take(Wrapping::HeaderName, QString(header->toString()));
        else if (const auto assigned =
                     place == Place::HeaderValue ? std::nullopt : withoutAssignment(core, name))
            take(Wrapping::Assignment, QString(assigned->toString()));
        else
            break;
    }
    if (!result || core.isEmpty())
        return std::nullopt;
    result->value = core;
    return result;
}
