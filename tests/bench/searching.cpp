// SPDX-License-Identifier: GPL-3.0-or-later
#include "allcredentials.h"
#include "commands.h"
#include "figures.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// Each letter, with all rows that it finds.
void typeText(const AllCredentials &all, const QString &text, QJsonArray &letters)
{
    QLineEdit *line = all.window().line(u"Filter all credentials"_s);
    line->setFocus();
    line->selectAll();
    all.window().key(Qt::Key_Delete);
    QTest::qWait(500);
    for (const QChar letter : text) {
        letters.append(all.untilPainted(
            [&] { all.window().type(letter); },
            [&] { return all.model().filter() == InventoryFilter::parse(line->text(), 0); }));
        const int found = all.model().rowCount();
        QTest::qWait(100);
        if (all.model().rowCount() != found)
            qFatal("%d rows of “%s” came later", all.model().rowCount() - found, qPrintable(line->text()));
    }
    line->selectAll();
    all.window().key(Qt::Key_Delete);
    QTest::qWait(500);
}

/// By a click on the column's header.
double orderBy(const AllCredentials &all, int column)
{
    QHeaderView *header = all.table().horizontalHeader();
    all.table().horizontalScrollBar()->setValue(header->sectionPosition(column));
    QTest::qWait(200);
    const QPoint place(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                       header->height() / 2);
    const auto order = [&all] { return std::pair(all.model().sortColumn(), all.model().sortOrder()); };
    const auto before = order();
    return all.untilPainted([&] { QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place); },
                            [&] { return order() != before && all.model().sortColumn() == column; });
}

double turnGrouping(const AllCredentials &all, QWidget *box)
{
    QTest::qWait(500);
    const bool isGrouped = all.model().isGroupedByKey();
    return all.untilPainted(
        [&] {
            QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
        },
        [&] { return all.model().isGroupedByKey() != isGrouped; });
}

} // namespace

void measureSearching(const BenchServer &server, const QStringList &arguments)
{
    AllCredentials all(server, arguments.at(0).toInt());
    all.open();
    all.awaitFilled();
    QTest::qWait(1000);

    QJsonArray letters;
    QJsonArray orders;
    QJsonArray groupings;
    for (int i = 0; i < arguments.at(1).toInt(); ++i) {
        for (const QString &text : arguments.sliced(2))
            typeText(all, text, letters);
        for (int column = 0; column < all.model().columnCount(); ++column) {
            if (all.table().isColumnHidden(column))
                continue;
            orders.append(orderBy(all, column));
            orders.append(orderBy(all, column));
        }
        QWidget *box = all.window().part(QAccessible::CheckBox, u"Group by key"_s);
        for (int turn = 0; turn < 4; ++turn)
            groupings.append(turnGrouping(all, box));
    }
    report({{u"letters"_s, letters}, {u"orders"_s, orders}, {u"groupings"_s, groupings}});
}
