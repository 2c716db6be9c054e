// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apirequest.h"

#include <QUrl>

QString apiPath(std::initializer_list<QStringView> parts)
{
    QString path;
    for (const QStringView part : parts)
        path += u'/' + QString::fromLatin1(QUrl::toPercentEncoding(part.toString()));
    return path;
}
