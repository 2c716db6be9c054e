// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverurl.h"

#include "api/transport.h"
#include "domain/straytext.h"
#include "domain/wrappedvalue.h"
#include "widgets/texttools.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

QString serverUrlIn(const QString &text)
{
    const QString url = StrayText::trimmed(text).toString();
    const bool isBracketed = url.startsWith(u'<') && url.endsWith(u'>');
    const auto unwrapped = isBracketed ? WrappedValue::Unwrapped{{}, url.mid(1, url.size() - 2)}
                                       : WrappedValue::unwrapped(url, WrappedValue::Place::Value, u"api_url");
    return unwrapped && serverUrlProblem(unwrapped->value).isEmpty() ? unwrapped->value : url;
}

QString serverUrlProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isAllowed = Transport::isAllowed(url);
    if (!Transport::isPlain(url) || (isAllowed && (url.hasQuery() || url.hasFragment())) ||
        (!isAllowed && text.contains(u'@'))) // what is before it may be a password, and is not to be shown
        return QCoreApplication::translate(
            "ServerUrl",
            "A server URL holds no user name, password or parameters: only https://, the host and "
            "perhaps a port and a path.");
    if (!isAllowed)
        return QCoreApplication::translate(
                   "ServerUrl", "“%1” can't be used as a server URL. It has to begin with https://; "
                                "http:// is only for this computer.")
            .arg(quoted(text, 200));
    return {};
}
