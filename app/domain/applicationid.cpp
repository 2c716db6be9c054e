// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/applicationid.h"

#include "domain/straytext.h"
#include "domain/wrappedvalue.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Whether it is one and nothing else: what a start is given, without loading what matches patterns.
bool isId(QStringView text)
{
    return text.size() == 24 && std::ranges::all_of(text, [](QChar character) {
               return (character >= u'0' && character <= u'9') ||
                      (character.toLower() >= u'a' && character.toLower() <= u'f');
           });
}

} // namespace

QString applicationIdIn(QStringView text)
{
    if (isId(text))
        return text.toString();
    static const QRegularExpression id(u"(?:^|/applications/)([0-9a-f]{24})(?:$|[/?#])"_s,
                                       QRegularExpression::CaseInsensitiveOption);
    const auto unwrapped = WrappedValue::unwrapped(text, WrappedValue::Place::Value, u"applicationId");
    return id.match(unwrapped ? unwrapped->value : StrayText::trimmed(text).toString()).captured(1);
}
