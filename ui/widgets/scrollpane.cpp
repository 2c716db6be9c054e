// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scrollpane.h"

#include <QAccessibleWidget>
#include <QScrollBar>

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

QSize ScrollPane::minimumSizeHint() const
{
    const QSize usual = QScrollArea::minimumSizeHint();
    if (!widget() || horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff)
        return usual;
    const int needed = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
    return {std::max(usual.width(), needed + 2 * frameWidth()), usual.height()};
}

bool ScrollPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}
