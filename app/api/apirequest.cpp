// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apirequest.h"

#include <QUrl>

const char *methodName(ApiRequest::Method method)
{
    switch (method) {
    case ApiRequest::Method::Get:
        return "GET";
    case ApiRequest::Method::Post:
        return "POST";
    case ApiRequest::Method::Patch:
        return "PATCH";
    case ApiRequest::Method::Delete:
        return "DELETE";
    }
    Q_UNREACHABLE();
}

QString apiPath(std::initializer_list<QStringView> parts)
{
    QString path;
    for (const QStringView part : parts)
        path += u'/' + QString::fromLatin1(QUrl::toPercentEncoding(part.toString()));
    return path;
}
