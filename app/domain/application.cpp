// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/application.h"

#include "domain/showntext.h"

#include <QCoreApplication>

QString ownerName(const Application &application)
{
    if (application.owner == Application::Owner::User)
        return QCoreApplication::translate("Application", "My sandbox");
    if (!application.organizationName.isEmpty() || application.ownerId.isEmpty())
        return application.organizationName;
    return QCoreApplication::translate("Application", "Organization") + u' ' +
           quoted(application.ownerId, 80);
}
