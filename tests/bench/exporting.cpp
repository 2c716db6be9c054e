// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "figures.h"
#include "models/inventorymodel.h"
#include "services/inventory.h"
#include "services/session.h"

#include <QEventLoop>

using namespace Qt::StringLiterals;
using Columns = InventoryColumns;

void measureExporting(const BenchServer &server, const QStringList &arguments)
{
    Session session(server.profile, "token", Session::Kind::Account);
    Inventory inventory(session.applications(), session.credentials());
    const InventoryModel model(inventory);
    QEventLoop loop;
    QObject::connect(&inventory, &Inventory::finished, &loop, &QEventLoop::quit);
    inventory.load();
    loop.exec();
    if (model.rowCount() != arguments.at(0).toInt())
        qFatal("%d of %s credentials are there", model.rowCount(), qPrintable(arguments.at(0)));

    std::vector<int> columns;
    for (int column = Columns::Name; column <= Columns::Key; ++column)
        columns.push_back(column);
    QJsonArray ours;
    for (int i = 0; i < arguments.at(1).toInt(); ++i)
        ours.append(timed([&] {
            const auto result = model.exported(columns).write(arguments.at(2), InventoryExport::Format::Csv,
                                                              [](std::size_t) { return true; });
            if (result.outcome != InventoryExport::Outcome::Written)
                qFatal("%s", qPrintable(result.error));
        }));
    report({{u"ours"_s, ours}});
}
