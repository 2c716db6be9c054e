// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/headervalue.h"

#include <algorithm>

bool isHeaderValue(QByteArrayView value)
{
    return std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool isLosantDomain(QStringView domain)
{
    return std::ranges::all_of(domain, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'.' || c == u':' || c == u'-';
    });
}

bool isProxyUser(QStringView user)
{
    return std::ranges::none_of(user, [](QChar c) { return c.category() == QChar::Other_Control; });
}
