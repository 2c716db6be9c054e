// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scrollpane.h"

#include <QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace {

QAccessibleInterface *makeAccessible(const QString &className, QObject *object)
{
    auto *pane = className == "ScrollPane"_L1 ? qobject_cast<ScrollPane *>(object) : nullptr;
    return pane ? new QAccessibleWidget(pane, QAccessible::Client) : nullptr;
}

} // namespace

ScrollPane::ScrollPane(QWidget *parent) : QScrollArea(parent)
{
    QAccessible::installFactory(makeAccessible); // once is enough, further calls do nothing
}
