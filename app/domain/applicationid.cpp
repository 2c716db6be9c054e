// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/applicationid.h"

#include "domain/straytext.h"
#include "domain/wrappedvalue.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

QString applicationIdIn(QStringView text)
{
    static const QRegularExpression id(u"(?:^|/applications/)([0-9a-f]{24})(?:$|[/?#])"_s,
                                       QRegularExpression::CaseInsensitiveOption);
    const auto unwrapped = WrappedValue::unwrapped(text, WrappedValue::Place::Value, u"applicationId");
    return id.match(unwrapped ? unwrapped->value : StrayText::trimmed(text).toString()).captured(1);
}
