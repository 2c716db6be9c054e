// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsontext.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;
namespace ondemand = simdjson::ondemand;

namespace {

/// Ends or changes a part of a path, for somebody.
bool isDelimiter(QChar character)
{
    switch (character.unicode()) {
    case '/':
    case '\\':
    case '%':
    case '?':
    case '#':
    case ';':
    case 0x7f:
        return true;
    default:
        return character.unicode() < 0x20;
    }
}

} // namespace

std::string_view keyOf(ondemand::field &field)
{
    std::string_view key;
    if (field.unescaped_key().get(key))
        return {};
    return key;
}

QString readText(ondemand::value value)
{
    const std::string_view token = value.raw_json_token();
    std::string_view text;
    if (value.get_string().get(text)) {
        // No text at all, or one with half of a surrogate pair, which JavaScript takes and simdjson does not.
        const QByteArray list = '[' + QByteArray(token.data(), qsizetype(token.size())) + ']';
        return QJsonDocument::fromJson(list)[0].toString();
    }
    QString result = QString::fromUtf8(text.data(), qsizetype(text.size()));
    if (text.starts_with("\xEF\xBB\xBF"sv)) // which fromUtf8() takes for a mark and drops
        result.prepend(QChar::ByteOrderMark);
    return result;
}

QString readId(ondemand::value value)
{
    const QString id = readText(value);
    const bool isSegment = id != "."_L1 && id != ".."_L1 && std::ranges::none_of(id, isDelimiter);
    return isSegment ? id : QString();
}
