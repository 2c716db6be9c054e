// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connection.h"

using namespace Qt::StringLiterals;

QString originOf(const QUrl &url)
{
    const int usual = url.scheme() == "https"_L1 ? 443 : url.scheme() == "http"_L1 ? 80 : -1;
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port(usual) == usual ? -1 : url.port());
    return origin.toString(QUrl::FullyEncoded);
}
