// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <QCoreApplication>

#include <vector>

class QAction;
class QWidget;

/// What can be done on a page of credentials: words, icons and keys.
struct PageActions
{
    struct Sort
    {
        PageQuery::SortField field;
        QAction *action;
    };

    /// The actions belong to the page.
    PageActions(QWidget &page, bool isReadOnly);

    /// `obstacle`: why nothing can be created just now, empty if it can; its tip says so.
    void setCreate(bool isPossible, const QString &obstacle);

    QAction *create;
    QAction *refresh;
    QAction *back;
    QAction *forward;
    QAction *showDetails; ///< can be checked
    std::vector<Sort> sorts;
    QString createTip; ///< as long as there is no obstacle

    Q_DECLARE_TR_FUNCTIONS(PageActions)
};
