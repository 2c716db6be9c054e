// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverurl.h"

#include "api/transport.h"
#include "widgets/texttools.h"

#include <QCoreApplication>

QString serverUrlProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!Transport::isAllowed(url))
        return QCoreApplication::translate(
                   "ServerUrl", "“%1” can't be used as a server URL. It has to begin with https://; "
                                "http:// is only for this computer.")
            .arg(singleLine(text, 200));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return QCoreApplication::translate(
            "ServerUrl",
            "A server URL holds no user name, password or parameters: only https://, the host and "
            "perhaps a port and a path.");
    return {};
}
