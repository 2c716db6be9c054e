// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/tableposition.h"

#include "browse/credentialtableview.h"
#include "models/credentialtablemodel.h"

#include <QScrollBar>

#include <algorithm>
#include <utility>

TablePosition::TablePosition(CredentialTableView &table, const CredentialTableModel &model)
    : QObject(&table), m_table(table), m_model(model)
{
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &TablePosition::save);
    connect(&table, &CredentialTableView::selectedRowsChanged, this, &TablePosition::forgetNext);
}

void TablePosition::selectNext(const QString &credentialId)
{
    m_selectedIds = {credentialId};
    m_currentId = credentialId;
    m_currentRow = -1;
    m_soughtId = credentialId;
}

void TablePosition::forgetNext()
{
    if (std::exchange(m_soughtId, {}).isEmpty())
        return;
    m_selectedIds = {};
    m_currentId.clear();
}

int TablePosition::keepTop()
{
    const int top = m_table.rowAt(0);
    m_topId = top < 0 ? QString() : m_model.credential(top).id;
    return top;
}

void TablePosition::restore()
{
    const QSet<QString> selected = std::exchange(m_selectedIds, {});
    const QString current = std::exchange(m_currentId, {});
    const bool isSought = !std::exchange(m_soughtId, {}).isEmpty();
    const int formerRow = std::exchange(m_currentRow, -1);
    const QString top = std::exchange(m_topId, {});
    const bool isSameQuery = m_restoredQuery == m_model.query();
    m_restoredQuery = m_model.query();

    QList<int> rows;
    int row = -1;
    for (int r = 0; !selected.isEmpty() && r < m_model.rowCount(); ++r) {
        const QString &id = m_model.credential(r).id;
        if (id.isEmpty() || !selected.contains(id))
            continue;
        rows.append(r);
        if (row < 0 || id == current)
            row = r;
    }
    if (rows.isEmpty() && isSameQuery && formerRow >= 0 && m_model.rowCount() > 0) {
        row = std::min(formerRow, m_model.rowCount() - 1);
        rows.append(row);
    }
    m_table.doItemsLayout(); // the scroll bar's range is that of the rows before until then
    if (row >= 0)
        m_table.selectRows(rows, row, m_currentColumn);
    m_table.horizontalScrollBar()->setValue(m_scrollPosition.x());
    if (isSameQuery)
        m_table.verticalScrollBar()->setValue(m_scrollPosition.y());
    else if (const int topRow = m_model.rowOf(top); topRow >= 0)
        m_table.scrollTo(m_model.index(topRow, 0), QAbstractItemView::PositionAtTop);
    else
        m_table.scrollToTop();
    if (row >= 0 && (!isSameQuery || isSought))
        m_table.scrollTo(m_table.currentIndex());
}

void TablePosition::save()
{
    if (m_selectedIds.isEmpty()) {
        const QList<int> rows = m_table.selectedRows();
        for (const int row : rows)
            m_selectedIds.insert(m_model.credential(row).id);
        const int current = m_table.currentIndex().row();
        m_currentRow = rows.isEmpty() ? -1 : rows.contains(current) ? current : rows.first();
        m_currentId = m_currentRow < 0 ? QString() : m_model.credential(m_currentRow).id;
    }
    m_currentColumn = std::max(0, m_table.currentIndex().column());
    m_scrollPosition = {m_table.horizontalScrollBar()->value(), m_table.verticalScrollBar()->value()};
}
