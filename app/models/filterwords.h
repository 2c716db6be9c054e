// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <vector>

/// What conditions of a filter begin with.
enum class FilterKey { Type, Application, Owner, Name, Key, Status, Created, Updated, Expires, None };

/// By FilterKey.
constexpr std::array filterKeys = {
    QLatin1StringView("type"),    QLatin1StringView("app"),     QLatin1StringView("owner"),
    QLatin1StringView("name"),    QLatin1StringView("key"),     QLatin1StringView("status"),
    QLatin1StringView("created"), QLatin1StringView("updated"), QLatin1StringView("expires")};

constexpr bool isDate(FilterKey key)
{
    return key == FilterKey::Created || key == FilterKey::Updated || key == FilterKey::Expires;
}

/// A word, a phrase or a condition of a filter's text, and where it stands there.
///
/// It is a condition if it begins with a key and one of `:<>`. It is meant as one, with a key that there is
/// none of, if two to twelve plain letters stand before its only colon and no slash behind it; so what is
/// pasted, such as `https://…`, `arn:aws:…`, `db.example.com:5432` and `AB:CD:EF`, is a word.
struct FilterWord
{
    qsizetype begin = 0;
    qsizetype end = 0;
    bool isExcluded = false;
    QStringView keyText; ///< as it is written, known or not; empty of a word
    FilterKey key = FilterKey::None;
    QChar mark;        ///< behind the key: `:`, `<` or `>`; null of a word
    QStringView value; ///< without the quotation marks
    qsizetype valueBegin = 0;
    bool isQuoted = false;
    bool isClosed = true; ///< has its second quotation mark, if it has one

    bool isCondition() const { return !mark.isNull(); }
};

/// They refer to the text.
std::vector<FilterWord> filterWords(QStringView text);
