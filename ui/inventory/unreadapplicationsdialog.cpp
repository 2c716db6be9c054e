// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/unreadapplicationsdialog.h"

#include "errortext.h"
#include "models/inventorycolumns.h"
#include "services/inventory.h"
#include "widgets/plainlabel.h"
#include "widgets/texttools.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

UnreadApplicationsDialog::UnreadApplicationsDialog(const Inventory &inventory, QWidget *parent)
    : GrowingDialog(parent)
{
    setWindowTitle(tr("Applications that could not be read"));
    auto *list = new QListWidget;
    list->setAccessibleName(tr("Applications that could not be read"));
    list->setWordWrap(true);
    list->setTextElideMode(Qt::ElideNone);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setResizeMode(QListView::Adjust); // or items keep the heights of another width
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setAlternatingRowColors(true);
    for (const int part : inventory.failedParts()) {
        const Inventory::Part &unread = inventory.parts()[std::size_t(part)];
        const QString name = quoted(InventoryColumns::applicationName(unread.application), 100);
        const QString text = tr("%1: %2").arg(name, errorText(*unread.error));
        auto *item = new QListWidgetItem(wrappable(text), list);
        item->setData(Qt::AccessibleTextRole, text);
    }
    auto *intro = new PlainLabel(tr("Their credentials are missing here, or are as they were before."));
    intro->setWordWrap(true);
    auto *buttons = new QDialogButtonBox;
    QPushButton *retry = buttons->addButton(tr("Retry"), QDialogButtonBox::AcceptRole);
    retry->setToolTip(tr("Read these applications again"));
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(intro);
    column->addWidget(list, 1);
    column->addWidget(buttons);
    column->addStrut(widthOf(80));
}
