// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/credentialtypes.h"
#include "models/filterwords.h"
#include "models/inventoryfilter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// The word that the cursor is in, or an empty one at the cursor.
FilterWord wordAt(QStringView text, qsizetype cursor)
{
    for (const FilterWord &word : filterWords(text)) {
        if (word.begin < cursor && cursor <= word.end)
            return word;
    }
    return {.begin = cursor, .end = cursor, .valueBegin = cursor};
}

/// As it stands in a filter; empty if it can't.
QString asValue(const QString &text)
{
    const bool hasSpace = std::ranges::any_of(text, [](QChar c) { return c.isSpace(); });
    if (!hasSpace && !text.startsWith(u'"'))
        return text;
    return text.contains(u'"') ? QString() : u'"' + text + u'"';
}

QStringList typeValues()
{
    QStringList values;
    for (const CredentialType &type : credentialTypes()) {
        const QString product = credentialTypeName(type.key);
        values.append(type.key);
        if (product.compare(type.key, Qt::CaseInsensitive) != 0)
            values.append(product);
    }
    return values;
}

/// Those that begin with what is typed, then those that hold it; each behind `head`.
QStringList fitting(const QString &head, QStringView typed, const QStringList &values)
{
    QStringList beginning, holding;
    for (const QString &value : values) {
        const qsizetype at = value.indexOf(typed, 0, Qt::CaseInsensitive);
        const QString completion = asValue(value);
        if (at >= 0 && !completion.isEmpty() && value != typed)
            (at == 0 ? beginning : holding).append(head + completion);
    }
    return beginning + holding;
}

QStringList keyCompletions(const QString &head, QStringView typed)
{
    QStringList completions;
    for (const QLatin1StringView key : filterKeys) {
        if (key.startsWith(typed, Qt::CaseInsensitive))
            completions.append(head + key + u':');
    }
    return completions;
}

} // namespace

QStringList InventoryFilter::completions(const QString &text, qsizetype cursor,
                                         const QStringList &applications)
{
    const FilterWord word = wordAt(text, cursor);
    const bool isMinus = text.sliced(word.begin, word.end - word.begin) == "-"_L1;
    const QString sign = word.isExcluded || isMinus ? u"-"_s : QString();
    const qsizetype begin = word.begin + sign.size();
    const qsizetype valueBegin = word.isCondition() ? word.valueBegin : begin;
    if (cursor < valueBegin || !word.isCondition())
        return word.isCondition() || word.isQuoted || cursor < begin
                   ? QStringList()
                   : keyCompletions(sign, QStringView(text).sliced(begin, cursor - begin));

    const QString head = sign + word.keyText + word.mark;
    const QStringView typed = word.value.first(std::min(cursor - valueBegin, word.value.size()));
    switch (word.key) {
    case FilterKey::Type:
        return fitting(head, typed, typeValues());
    case FilterKey::Application:
        return fitting(head, typed, applications);
    case FilterKey::Status:
        return fitting(head, typed, {u"enabled"_s, u"disabled"_s});
    default:
        return {};
    }
}

QString InventoryFilter::completed(const QString &text, qsizetype cursor, const QString &completion)
{
    const FilterWord word = wordAt(text, cursor);
    return text.first(word.begin) + completion + QStringView(text).sliced(word.end);
}
