// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/rememberedquery.h"

#include "services/session.h"
#include "services/settingskeys.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString applicationKey(const Session &session)
{
    const QString server = session.isSandbox() ? u"sandbox"_s : session.server().toString();
    return SettingsKeys::lastApplications + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(server));
}

} // namespace

PageQuery rememberedQuery(const QSettings &settings)
{
    PageQuery query;
    const int field = settings.value(SettingsKeys::sortField, int(query.sortField)).toInt();
    if (field >= int(PageQuery::SortField::Name) && field <= int(PageQuery::SortField::LastUpdated))
        query.sortField = PageQuery::SortField(field);
    query.sortOrder =
        settings.value(SettingsKeys::sortOrder, int(query.sortOrder)).toInt() == Qt::AscendingOrder
            ? Qt::AscendingOrder
            : Qt::DescendingOrder;
    const int size = settings.value(SettingsKeys::pageSize, query.perPage).toInt();
    if (std::ranges::find(PageQuery::pageSizes, size) != std::end(PageQuery::pageSizes))
        query.perPage = size;
    return query;
}

void rememberQuery(const PageQuery &query, QSettings &settings)
{
    settings.setValue(SettingsKeys::sortField, int(query.sortField));
    settings.setValue(SettingsKeys::sortOrder, int(query.sortOrder));
    settings.setValue(SettingsKeys::pageSize, query.perPage);
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
