// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/rememberedquery.h"

#include "services/session.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString sortFieldKey = u"browser/sortField"_s;
const QString sortOrderKey = u"browser/sortOrder"_s;
const QString pageSizeKey = u"browser/pageSize"_s;

QString applicationKey(const Session &session)
{
    const QString server = session.isSandbox() ? u"sandbox"_s : session.server().toString();
    return u"lastApplication/"_s + QString::fromLatin1(QUrl::toPercentEncoding(server));
}

} // namespace

PageQuery rememberedQuery(const QSettings &settings)
{
    PageQuery query;
    const int field = settings.value(sortFieldKey, int(query.sortField)).toInt();
    if (field >= int(PageQuery::SortField::Name) && field <= int(PageQuery::SortField::LastUpdated))
        query.sortField = PageQuery::SortField(field);
    query.sortOrder = settings.value(sortOrderKey, int(query.sortOrder)).toInt() == Qt::AscendingOrder
                          ? Qt::AscendingOrder
                          : Qt::DescendingOrder;
    const int size = settings.value(pageSizeKey, query.perPage).toInt();
    if (std::ranges::find(PageQuery::pageSizes, size) != std::end(PageQuery::pageSizes))
        query.perPage = size;
    return query;
}

void rememberQuery(const PageQuery &query, QSettings &settings)
{
    settings.setValue(sortFieldKey, int(query.sortField));
    settings.setValue(sortOrderKey, int(query.sortOrder));
    settings.setValue(pageSizeKey, query.perPage);
}

QString rememberedApplication(const QSettings &settings, const Session &session)
{
    return settings.value(applicationKey(session)).toString();
}

void rememberApplication(const QString &applicationId, QSettings &settings, const Session &session)
{
    if (applicationId != rememberedApplication(settings, session)) // or a file is written
        settings.setValue(applicationKey(session), applicationId);
}
